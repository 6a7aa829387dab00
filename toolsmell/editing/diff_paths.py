"""Paths as a diff names them: below the working directory, without links, so that `git apply` finds the file."""

import os

from toolsmell.editing.patch import PatchError


def diff_path(file: str) -> str:
    """Return the path of a file for a diff that is applied in the working directory.

    Raises `PatchError` for a file that no diff can name there: a link, or one outside of the working directory.
    """
    if os.path.islink(file):
        raise PatchError(f"{file} is a link, which a diff cannot change; name the file that it leads to")
    path = os.path.relpath(os.path.realpath(file), os.path.realpath("."))
    if path == os.pardir or path.startswith(os.pardir + os.sep) or os.path.isabs(path):
        raise PatchError(
            f"{file} is outside of the working directory, and `git apply` takes no such path: run toolsmell in a "
            "folder above the file"
        )
    return path.replace(os.sep, "/")
