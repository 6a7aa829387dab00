"""The version of zod that a file uses: its converters write some types differently."""

import json
from pathlib import Path

from toolsmell.sources.code.module import Module, Project
from toolsmell.text import pattern

_MAX_BYTES = 1 << 20
_GROUPS = ("dependencies", "peerDependencies", "devDependencies")


def is_zod_4(module: Module) -> bool:
    """Return True if a file imports zod 4, by its path or by the package.json nearest to the file."""
    origins = {binding.origin for binding in module.scopes[0].names.values() if binding.origin}
    if "zod/v4" in origins or "zod/v3" in origins:
        return "zod/v4" in origins
    return "zod" in origins and _version(module).startswith("4")


def _version(module: Module) -> str:
    """Return the version of zod for the folder of a file. Each read of a project looks anew: files change."""
    known, directory = module.project.zod_versions, module.path.parent
    if directory not in known:
        known[directory] = _nearest(directory, module.project)
    return known[directory]


def _nearest(directory: Path, project: Project) -> str:
    """Return the first version that a range of the nearest package.json with zod allows, or an empty text."""
    while directory.is_relative_to(project.root):
        if found := _declared(project.seen.text(directory / "package.json", _MAX_BYTES)):
            return found
        directory = directory.parent
    return ""


def _declared(text: str) -> str:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    groups = [data.get(group) for group in _GROUPS] if isinstance(data, dict) else []
    found = next(
        (group["zod"] for group in groups if isinstance(group, dict) and isinstance(group.get("zod"), str)), ""
    )
    version = pattern(r"\d[\d.]*").search(found[:100])
    return version[0] if version else ""
