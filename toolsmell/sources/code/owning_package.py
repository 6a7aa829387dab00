"""Finds the package that a folder of a repository belongs to."""

from pathlib import Path
from typing import Final

from toolsmell.sources.code.disk_answers import DiskAnswers

MARKS: Final = ("pyproject.toml", "setup.py", "package.json", "go.mod")
"""Files that mark the directory of a package."""


class Packages:
    """The packages below a folder; each folder is looked at once."""

    def __init__(self, root: Path, seen: DiskAnswers) -> None:
        self._root: Final = root
        self._seen: Final = seen
        self._found: dict[Path, Path] = {}

    def of(self, directory: Path) -> Path:
        """Return the directory of the package that a directory belongs to; the root if there is none."""
        passed = []
        here = directory
        while here not in self._found:
            passed.append(here)
            top = here == self._root or self._root not in here.parents
            if top or any(self._seen.exists(here / name) for name in MARKS):
                self._found[here] = here
            else:
                here = here.parent
        for folder in passed:
            self._found[folder] = self._found[here]
        return self._found[directory]
