"""The cache of source code that was read: one file for each folder, in the user's cache folder. It may be deleted."""

import contextlib
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from toolsmell.data.shipped import open_regular
from toolsmell.sources.code.disk_answers import digest

_MAGIC: Final = b"toolsmell source cache 1"
_MAX_ENTRY: Final = 32 << 20
_MAX_ALL: Final = 256 << 20
_SUFFIX: Final = ".cache"
_PART: Final = ".part"


class SourceCache:
    """Stores texts by name. An entry is valid for one key, which names all that it was made of.

    A file that is damaged, that somebody else may have written or that cannot be read is as good as none. Files are
    written beside their place and moved there, so that several runs may share the folder.
    """

    def __init__(self, folder: Path, say: Callable[[str], None] = lambda _: None, *, most: int = _MAX_ALL) -> None:
        """`say` is called with the reason if an entry is not used or not written; `most` is the size of all entries."""
        self._folder: Final = folder
        self._say: Final = say
        self._most: Final = most

    def get(self, name: str, key: str) -> str | None:
        """Return the text that was stored for a key, or None."""
        path = self._folder / (name + _SUFFIX)
        try:
            data = _own(path)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            self.ignored(name, str(error))
            return None
        head, _, body = data.partition(b"\n")
        parts = head.rsplit(b" ", 2)
        if len(parts) != 3 or parts[0] != _MAGIC:
            self.ignored(name, "it is no entry of this version")
        elif parts[1] != key.encode():
            return None
        elif parts[2] != digest(body).encode():
            self.ignored(name, "it is damaged")
        else:
            return body.decode("ascii", "replace")
        return None

    def put(self, name: str, key: str, text: str) -> None:
        """Store a text for a key, in place of the one that was stored under this name. Failures are said only."""
        body = text.encode("ascii")
        data = b"%s %s %s\n%s" % (_MAGIC, key.encode(), digest(body).encode(), body)
        if len(data) > _MAX_ENTRY:
            self._say(f"cache of source code: {len(data):,} bytes for one folder are too many, so they are not stored")
            return
        try:
            self._write(self._folder / (name + _SUFFIX), data)
            self._prune(keep=name + _SUFFIX)
        except OSError as error:
            self._say(f"cache of source code: {self._folder} cannot be written: {error.strerror or error}")

    def ignored(self, name: str, reason: str) -> None:
        """Say that an entry is not used."""
        self._say(f"cache of source code: {self._folder / (name + _SUFFIX)} is ignored: {reason}")

    def _write(self, path: Path, data: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = f"{path}.{os.getpid()}-{os.urandom(4).hex()}{_PART}"
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            with open(descriptor, "wb") as file:
                file.write(data)
            os.replace(temporary, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise

    def _prune(self, keep: str) -> None:
        """Remove the entries that were written first, until the rest is small enough."""
        entries = sorted(self._entries(), reverse=True)
        total = 0
        for _, size, path in entries:
            total += size
            if total > self._most and os.path.basename(path) != keep:
                with contextlib.suppress(OSError):
                    os.unlink(path)

    def _entries(self) -> Iterator[tuple[float, int, str]]:
        with os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.name.endswith((_SUFFIX, _PART)) and entry.is_file(follow_symlinks=False):
                    with contextlib.suppress(OSError):
                        found = entry.stat(follow_symlinks=False)
                        yield found.st_mtime, found.st_size, entry.path


def _own(path: Path) -> bytes:
    """Return a file of this user. Raises `ValueError` if it is too large, or if somebody else may have written it."""
    with open_regular(str(path)) as file:
        found = os.fstat(file.fileno())
        if hasattr(os, "geteuid"):
            if found.st_uid != os.geteuid():
                raise ValueError("it belongs to another user")
            if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
                raise ValueError("other users may write to it")
        data = file.read(_MAX_ENTRY + 1)
    if len(data) > _MAX_ENTRY:
        raise ValueError("it is too large")
    return data
