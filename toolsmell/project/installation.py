"""Finds out the origin of the running toolsmell, so that a hook and a workflow can install the same one."""

import json
from typing import Any, Final, NamedTuple

from toolsmell.text import pattern

REPOSITORY: Final = "https://github.com/toolsmell/toolsmell"
PACKAGE: Final = "toolsmell"


class Installation(NamedTuple):
    """A published version of toolsmell."""

    repository: str | None
    """The git repository for pre-commit; None if only the package can be named."""
    revision: str
    """The tag or commit for pre-commit."""
    requirement: str
    """What pip installs."""


def installed() -> Installation | None:
    """Return the installation of this toolsmell; None if it is of a folder, which nobody else has."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        found = distribution(PACKAGE)
    except PackageNotFoundError:
        return None
    return installation_of(found.read_text("direct_url.json"), found.version)


def installation_of(direct_url: str | None, version: str) -> Installation | None:
    """Return the installation that a `direct_url.json` (PEP 610) describes; without one it is of an index.

    None for a folder, a file of this machine, and a version that is not the name of a release.
    """
    if direct_url is None:
        is_release = pattern(r"\d+(\.\d+)*((a|b|rc)\d+)?").fullmatch(version)
        return Installation(REPOSITORY, f"v{version}", f"{PACKAGE}=={version}") if is_release else None
    try:
        origin: Any = json.loads(direct_url)
        url, commit = str(origin["url"]), origin.get("vcs_info", {}).get("commit_id")
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if not url.startswith("https://") or not pattern(r"[\w.:/%+~@-]+").fullmatch(url) or "@" in url:
        return None
    if "vcs_info" in origin:
        is_commit = isinstance(commit, str) and pattern(r"[0-9a-f]{7,64}").fullmatch(commit)
        return Installation(url, commit, f"{PACKAGE} @ git+{url}@{commit}") if is_commit else None
    return Installation(None, "", f"{PACKAGE} @ {url}")
