"""Paths as hosts of code know them: relative to the repository, with forward slashes."""

import os.path
from pathlib import Path

from toolsmell.model import Location


class Repository:
    """The repository that this process runs in; its folder, where it is in none."""

    def __init__(self, start: Path | None = None) -> None:
        here = (start or Path.cwd()).absolute()
        self.root = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)

    def path(self, location: Location | None) -> str | None:
        """Return the path of a location in the repository; None for stdin, or what is outside of it.

        Links are not followed: the path is the one under which the file was named.
        """
        if location is None or location.file.startswith("<") or "\0" in location.file:
            return None
        try:
            return Path(os.path.abspath(location.file)).relative_to(self.root).as_posix()  # noqa: PTH100 see above
        except ValueError:
            return None
