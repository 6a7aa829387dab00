"""Finds the package that a folder of a repository belongs to."""

import os
from pathlib import Path
from typing import Final

MARKS: Final = ("pyproject.toml", "setup.py", "package.json", "go.mod")
"""Files that mark the directory of a package."""


class Packages:
    """The packages below a folder; each folder is looked at once."""

    def __init__(self, root: Path) -> None:
        self._root: Final = root
        self._found: dict[Path, Path] = {}

    def of(self, directory: Path) -> Path:
        """Return the directory of the package that a directory belongs to; the root if there is none."""
        if directory not in self._found:
            is_package = any(os.path.exists(directory / name) for name in MARKS)
            top = directory == self._root or self._root not in directory.parents
            self._found[directory] = directory if is_package or top else self.of(directory.parent)
        return self._found[directory]
