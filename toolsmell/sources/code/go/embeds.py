"""Files that `//go:embed` puts into variables."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from toolsmell.sources.code.go.names import directory_of, files_of
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.source import Source

_EMBED = re.compile(rb"//go:embed[ \t]+(\S+)[ \t]*\n(?:var[ \t]+)?[ \t]*(\w+)[ \t]")


def embedded(module: Module, name: str) -> Path | None:
    """Return the path of the file that is in a variable, by its name, or None if there is no such variable."""
    package, _, name = name.rpartition(".")
    directory = directory_of(module, package) if package else module.path.parent
    for file in files_of(module.project, directory) if directory is not None else ():
        for path, variable in _embeds(file.source):
            if variable == name.encode():
                return file.path.parent / path.decode("utf-8", "replace")
    return None


@lru_cache(maxsize=64)
def _embeds(source: Source) -> Sequence[tuple[bytes, bytes]]:
    return _EMBED.findall(source.data) if b"//go:embed" in source.data else ()
