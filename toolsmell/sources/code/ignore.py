"""Reads what git ignores: nested .gitignore files, and those above the directory that is scanned."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toolsmell.sources.code.syntax import SUFFIXES

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_MAX_BYTES = 256 * 1024
_MAX_STARS = 2
"""In one part of a pattern. Each is a loop in the regular expression that it becomes; file names may be hostile."""
_MAX_DOUBLE_STARS = 3


class _Level(NamedTuple):
    start: int
    """Where a path relative to this level's directory starts in a path of the walk."""
    spec: "GitIgnoreSpec"


class Ignored(NamedTuple):
    """The patterns that hold in one directory."""

    levels: tuple[_Level, ...] = ()
    """Outermost first."""
    skipped: tuple[str, ...] = ()
    """Patterns that are not applied, each as a note."""

    def covers(self, path: str, *, directory: bool) -> bool:
        """Return True if a path of the walk is ignored; the innermost file with a matching pattern decides."""
        for level in reversed(self.levels):
            said = level.spec.check_file(path[level.start :] + ("/" if directory else "")).include
            if said is not None:
                return said
        return False

    def inside(self, directory: Path, prefix: str) -> "Ignored":
        """Return the patterns that apply in a directory whose files the walk writes with `prefix`."""
        lines = _lines(directory / ".gitignore")
        if not lines:
            return self
        from pathspec import GitIgnoreSpec

        kept = [line for line in lines if _bounded(line)]
        dropped = tuple(
            f"{directory / '.gitignore'}: the pattern {line[:60]!r} has too many wildcards and is not applied"
            for line in lines
            if not _bounded(line) and _may_cover_code(line)
        )
        level = _Level(len(prefix), GitIgnoreSpec.from_lines(kept))
        return Ignored((*self.levels, level), self.skipped + dropped)


def around(root: Path) -> tuple[Ignored, str]:
    """Return what the .gitignore files above `root` say, up to the top of its repository, and its files' prefix.

    A root that is ignored itself is read: somebody named it.
    """
    above: list[Path] = []
    for directory in (root, *root.parents):
        if os.path.exists(directory / ".git"):
            break
        above.append(directory)
    else:
        return Ignored(), ""
    top = directory
    ignored, prefix = Ignored(), ""
    for part in root.relative_to(top).parts:
        ignored = ignored.inside(top, prefix)
        if ignored.covers(prefix + part, directory=True):
            return Ignored(), ""
        top, prefix = top / part, f"{prefix}{part}/"
    return ignored, prefix


def _lines(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            return file.read(_MAX_BYTES).decode("utf-8", "replace").splitlines()
    except OSError:
        return []


def _may_cover_code(line: str) -> bool:
    """Return False for a pattern that ends with a suffix that no source file has, such as `report.*.*.*.*.json`."""
    suffix = Path(line.strip()).suffix
    return not suffix[1:].isalpha() or suffix in SUFFIXES


def _bounded(line: str) -> bool:
    parts = line.split("/")
    return parts.count("**") <= _MAX_DOUBLE_STARS and all(
        part == "**" or part.count("*") <= _MAX_STARS for part in parts
    )
