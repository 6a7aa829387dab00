"""Paths that a client sends: only files and folders below one root, wherever links lead."""

import os
import stat
from typing import NamedTuple

from toolsmell.errors import UsageError
from toolsmell.escape import shown


class Root(NamedTuple):
    """The folder below which everything must be."""

    folder: str

    def path(self, given: str) -> str:
        """Return the absolute path that a client means, relative to the root or absolute.

        Raises `UsageError` if it leads out of the root, does not exist, or is neither a file nor a folder.
        """
        root = os.path.realpath(self.folder)
        if "\0" in given:
            raise UsageError("the path holds a null byte")
        path = os.path.realpath(os.path.join(root, given))
        if path != root and not path.startswith(root.rstrip(os.sep) + os.sep):
            raise UsageError(f"{shown(given)}: is outside the root; give a path below it")
        try:
            mode = os.stat(path).st_mode
        except OSError as error:
            raise UsageError(f"{shown(given)}: {error.strerror}; paths are relative to the root") from None
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise UsageError(f"{shown(given)}: is neither a file nor a folder")
        return path


def rooted(folder: str) -> Root:
    """Return a root. Raises `UsageError` if the folder does not exist."""
    if not os.path.isdir(folder):
        raise UsageError(f"--root {folder}: no such folder")
    return Root(os.path.abspath(folder))
