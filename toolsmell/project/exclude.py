"""The files that a configuration excludes, as patterns in the syntax of .gitignore."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from toolsmell.errors import UsageError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_MAX_STARS = 3
"""Wildcards in one pattern. Each is a loop in a regular expression, and the names of files may be hostile."""


class Exclude(NamedTuple):
    """Patterns relative to the folder of the configuration that has them."""

    folder: str
    spec: "GitIgnoreSpec"

    def covers(self, path: str, *, directory: bool = False) -> bool:
        """Return True if the patterns match a path, or a folder around it."""
        relative = os.path.relpath(os.path.abspath(path), self.folder).replace(os.sep, "/")
        return not relative.startswith("../") and self.spec.match_file(relative + ("/" if directory else ""))


def exclude_of(patterns: Sequence[str], folder: str) -> Exclude | None:
    """Return the exclusion for `patterns` of a configuration in `folder`, or None if there are none.

    Raises `UsageError` for a pattern with so many wildcards that matching it could take long.
    """
    if not patterns:
        return None
    from pathspec import GitIgnoreSpec

    for given in patterns:
        if given.replace("**", "*").count("*") > _MAX_STARS:
            raise UsageError(f"exclude: {given}: has more than {_MAX_STARS} wildcards; use several shorter patterns")
    return Exclude(os.path.abspath(folder), GitIgnoreSpec.from_lines(patterns))
