"""Reads the configuration of a project: `toolsmell.toml`, or `[tool.toolsmell]` of pyproject.toml.

Such a file is found in a repository, so it is data: it chooses rules and thresholds and names the command that
starts the server, and nothing acts on that command without `--run`. What it may never choose is in
`keys.FORBIDDEN`.
"""

import os
from collections.abc import Iterator
from typing import Any, Final

from toolsmell.errors import UsageError
from toolsmell.project.config.settings import Config, prefix_of

NAMES: Final = ("toolsmell.toml", "pyproject.toml")
MAX_BYTES: Final = 1024 * 1024


def find(start: str) -> Config:
    """Return the configuration of the nearest folder at or above `start` that has one.

    The search ends at the top of the repository that `start` is in: what lies above belongs to somebody else.
    Raises `UsageError` if the file cannot be read or sets something that it may not.
    """
    for folder in _upwards(os.path.abspath(start)):
        for name in NAMES:
            path = os.path.join(folder, name)
            text = _text(path)
            if text is not None and (name == NAMES[0] or "toolsmell" in text):
                config = parse(text, path)
                if config.file is not None:
                    return config
        if os.path.exists(os.path.join(folder, ".git")):
            break
    return Config()


def _upwards(folder: str) -> Iterator[str]:
    yield folder
    while folder != (above := os.path.dirname(folder)):
        yield (folder := above)


def read(path: str) -> Config:
    """Return the configuration of one file. Raises `UsageError` if there is none in it."""
    text = _text(path)
    if text is None:
        raise UsageError(f"{path}: no such file")
    config = parse(text, path)
    if config.file is None:
        raise UsageError(f"{path}: has no [tool.toolsmell]")
    return config


def parse(text: str, path: str) -> Config:
    """Read and validate a configuration file. Raises `UsageError` with file, line and key."""
    import tomllib

    try:
        data: dict[str, Any] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{path}: not valid TOML: {error}") from None
    prefix = prefix_of(path)
    for name in prefix:
        data = data.get(name, {}) if isinstance(data, dict) else {}
    if prefix and not data:
        return Config()
    from toolsmell.project.config.validate import Reader

    return Reader(path, text, prefix).config(data)


def _text(path: str) -> str | None:
    """Return the text of a file, or None if there is none. A device or a pipe is not read: it may never end."""
    try:
        if not os.path.isfile(path):
            if os.path.islink(path):
                raise UsageError(f"{path}: is a link to no file, or to itself")
            return None
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    except ValueError as error:  # a NUL in the name
        raise UsageError(f"{path}: cannot be read: {error}") from None
    if len(data) > MAX_BYTES:
        raise UsageError(f"{path}: larger than {MAX_BYTES} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{path}: is not UTF-8") from None
