"""Reads files that options name, and writes files whole or not at all."""

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

from toolsmell.data.shipped import open_regular
from toolsmell.errors import SourceError, UsageError


def read_file(name: str) -> bytes:
    """Return the content of a file. Raises `SourceError` if it cannot be read."""
    try:
        with open_regular(name) as file:
            return file.read()
    except OSError as error:
        raise SourceError(f"{name}: cannot be read: {error.strerror or error}") from None
    except ValueError as error:  # a NUL in the name
        raise SourceError(f"{name}: cannot be read: {error}") from None


@contextlib.contextmanager
def given_besides() -> Iterator[None]:
    """Raise `UsageError` instead of `SourceError`, for files that options name."""
    try:
        yield
    except SourceError as error:
        raise UsageError(str(error)) from None


class FileInPlace:
    """A file that is written next to `path` and replaces it on `commit`. Without `commit` nothing changes.

    A link is replaced, never followed: in a stranger's repository it could lead anywhere. A device or a pipe is
    written to directly. Raises `UsageError` if the folder is missing or read-only, or the disk is full.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._temporary: Path | None = None
        try:
            if _is_device(path):
                handle = os.open(path, os.O_WRONLY)
            else:
                handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
                self._temporary = Path(name)
        except (OSError, ValueError) as error:
            raise self._failure(error) from None
        self.stream: TextIO = os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="")

    def finish(self) -> None:
        """Write everything out; after that, only `commit` is left to do."""
        try:
            self.stream.close()
            if self._temporary:
                self._temporary.chmod(self._mode())
        except OSError as error:
            self.close()
            raise self._failure(error) from None

    def commit(self) -> None:
        """Replace the old file by the new one."""
        self.finish()
        try:
            if self._temporary:
                self._temporary.replace(self._path)
        except OSError as error:
            self.close()
            raise self._failure(error) from None

    def close(self) -> None:
        """Remove the new file if it was not committed."""
        with contextlib.suppress(OSError):  # the disk may have no space for the buffer
            self.stream.close()
        if self._temporary:
            self._temporary.unlink(missing_ok=True)

    def _mode(self) -> int:
        """Return the mode of the replaced file, or that of a new file."""
        if self._path.is_file() and not self._path.is_symlink():
            return stat.S_IMODE(self._path.stat().st_mode)
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask

    def _failure(self, error: Exception) -> UsageError:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        return UsageError(f"{self._path}: cannot be written: {reason}")


def _is_device(path: Path) -> bool:
    """Return True for a pipe or a device. A link counts only if the system made it (`/dev/stdout`)."""
    if not path.exists() or path.is_file() or path.is_dir():
        return False
    return not path.is_symlink() or str(path).startswith(("/dev/", "/proc/"))


def replace_files(contents: Mapping[str, bytes]) -> None:
    """Write several files, all or none. If one cannot be written, restores the others and raises `UsageError`."""
    before = {path: _content(path) for path in contents}
    files: dict[str, FileInPlace] = {}
    done: list[str] = []
    try:
        for path, content in contents.items():
            files[path] = FileInPlace(Path(path))
            _write(files[path], path, content)
            files[path].finish()
        for path, file in files.items():
            file.commit()
            done.append(path)
    except BaseException:
        # Also if the user interrupts.
        for path in done:
            _restore(path, before[path])
        raise
    finally:
        for file in files.values():
            file.close()


def _content(path: str) -> bytes | None:
    """Return the present content of a file, or None if there is no file."""
    return read_file(path) if os.path.lexists(path) else None


def _restore(path: str, content: bytes | None) -> None:
    if content is None:
        os.unlink(path)
    else:
        replace_file(path, content)


def _write(file: FileInPlace, path: str | Path, content: str | bytes) -> None:
    try:
        if isinstance(content, bytes):
            file.stream.buffer.write(content)
        else:
            file.stream.write(content)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from None


def replace_file(path: str | Path, content: str | bytes) -> None:
    """Write a file completely or not at all. Raises `UsageError` if it cannot be written."""
    file = FileInPlace(Path(path))
    try:
        _write(file, path, content)
        file.commit()
    finally:
        file.close()
