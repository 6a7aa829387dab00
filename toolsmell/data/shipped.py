"""Opens files, and finds the data that toolsmell ships: `rubrics/` is at the top of the repository, to be edited."""

import errno
import io
import os
import stat
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, BinaryIO

from toolsmell.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


def shipped(name: str) -> str:
    """Return the path of a file of `rubrics/`: inside an installed package, beside it in a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside = os.path.join(package, "rubrics", name)
    return inside if os.path.exists(inside) else os.path.join(os.path.dirname(package), "rubrics", name)


def open_regular(path: str) -> BinaryIO:
    """Open a file to read bytes. Raises `OSError` if it is a folder, a pipe or a device, which may never end.

    The kind is checked after the file is open, so that the name cannot become something else in between.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return open(descriptor, "rb")
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    what = "a pipe" if stat.S_ISFIFO(mode) else "a device"
    raise OSError(errno.EINVAL, f"it is {what}, not a file", path)


def read_regular(path: str | os.PathLike[str]) -> str:
    """Return the text of a file in UTF-8. Raises `OSError` like `open_regular`, and `UnicodeDecodeError`."""
    with io.TextIOWrapper(open_regular(os.fspath(path)), encoding="utf-8") as file:
        return file.read()


def user_cache(name: str) -> "Path":
    """Return the path of something in the user's cache folder, which may be deleted at any time.

    Raises `UsageError` if there is no such folder: in a container, a user may have neither a home nor a name.
    """
    from platformdirs import user_cache_path

    try:
        path = user_cache_path("toolsmell", appauthor=False) / name
    except RuntimeError as error:
        raise UsageError(f"no cache folder: {error}") from None
    if not path.is_absolute():  # earlier versions of platformdirs: `~/.cache` would be made in the working directory
        raise UsageError("no cache folder: set HOME to an absolute path")
    return path


def write_json_forms(paths: Iterable[str], to_json: Callable[[str, str], str]) -> None:
    """Write the JSON form of each YAML file next to it. `to_json` converts a file's text, given its name."""
    from pathlib import Path

    for name in paths:
        source = Path(name)
        source.with_suffix(".json").write_text(to_json(source.read_text(encoding="utf-8"), name), encoding="utf-8")
