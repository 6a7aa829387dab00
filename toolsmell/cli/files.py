"""Writes files whole or not at all."""

import os
import tempfile
from pathlib import Path
from typing import TextIO

from toolsmell.errors import SourceError, UsageError


def read_file(name: str) -> bytes:
    """Return the content of a file. Raises `SourceError` where it cannot be read."""
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise SourceError(f"{name}: cannot be read: {error.strerror or error}") from None
    except ValueError as error:  # a NUL in the name
        raise SourceError(f"{name}: cannot be read: {error}") from None


class FileInPlace:
    """A file that is written beside `path`, and takes its place on `commit`; without it nothing has changed.

    Raises `UsageError` where the folder is missing or read-only.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        except OSError as error:
            raise self._failure(error) from None
        self._temporary = Path(name)
        self.stream: TextIO = os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="")

    def commit(self) -> None:
        """Put what was written in its place."""
        try:
            self.stream.close()
            self._temporary.chmod(self._mode())
            self._temporary.replace(self._path)
        except OSError as error:
            self.close()
            raise self._failure(error) from None

    def close(self) -> None:
        """Drop what was not committed."""
        self.stream.close()
        self._temporary.unlink(missing_ok=True)

    def _mode(self) -> int:
        """Return the mode of the file that is replaced, or what a new file would get."""
        if self._path.exists():
            return self._path.stat().st_mode & 0o7777
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask

    def _failure(self, error: OSError) -> UsageError:
        return UsageError(f"{self._path}: cannot be written: {error.strerror or error}")


def replace_file(path: Path, text: str) -> None:
    """Write `text` to `path`, whole or not at all. Raises `UsageError` where that cannot be."""
    file = FileInPlace(path)
    try:
        file.stream.write(text)
        file.commit()
    finally:
        file.close()
