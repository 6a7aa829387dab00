"""Paths as hosts of code know them: relative to the repository, with forward slashes."""

import os.path
from functools import lru_cache
from pathlib import Path

from toolsmell.model import Location


class Repository:
    """The repository that this process runs in, or its folder if there is no repository."""

    def __init__(self) -> None:
        here = Path.cwd()
        self.root = next((folder for folder in (here, *here.parents) if os.path.exists(folder / ".git")), here)

    def path(self, location: Location | None) -> str | None:
        """Return the path of a location in the repository; None for stdin, or what is outside of it.

        Links are not followed: the path is the one under which the file was named.
        """
        return _relative(location.file, self.root) if location else None


@lru_cache(maxsize=16)
def _relative(file: str, root: Path) -> str | None:
    if file.startswith("<") or "\0" in file:
        return None
    try:
        return Path(os.path.abspath(file)).relative_to(root).as_posix()
    except ValueError:
        return None
