"""Takes the tools of a folder from the cache if nothing has changed that the reading depended on."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from toolsmell.errors import SourceError
from toolsmell.model import Manifest
from toolsmell.sources.code.disk_answers import digest, holds
from toolsmell.sources.code.encoded import Decoded, Places, decode, encode
from toolsmell.sources.code.folder_reading import FolderReading
from toolsmell.sources.code.found import Site
from toolsmell.sources.code.locator import SourceLocator
from toolsmell.sources.code.module import Project
from toolsmell.sources.code.source_cache import SourceCache
from toolsmell.sources.code.values import Literal
from toolsmell.version import __version__

_GRAMMARS: Final = "tree-sitter tree-sitter-python tree-sitter-javascript tree-sitter-typescript tree-sitter-go".split()


def reading(store: SourceCache, project: Project, name: str | None, read: Callable[[], FolderReading]) -> FolderReading:
    """Return what `read` gives for the files that the project keeps, from the cache if it has that."""
    entry, key = _names(project, name)
    text = store.get(entry, key)
    if text is not None:
        try:
            found = decode(text)
        except ValueError:
            store.ignored(entry, "its content is not understood")
        else:
            if holds(project.root, found.seen):
                return _with_locators(found, read)
    project.seen.remembers = True
    result = read()
    _keep(store, entry, key, result, project)
    return result


def _keep(store: SourceCache, entry: str, key: str, result: FolderReading, project: Project) -> None:
    """Store a result. Errors may come from a slow machine, so a result with any is not stored."""
    if result.errors:
        return
    text = encode(result, project.seen.answers)
    # What is decoded must be what was read, whatever a reader puts into a manifest one day.
    if _bare(decode(text).reading.manifests) == _bare(result.manifests):
        store.put(entry, key, text)


def _bare(manifests: Iterable[Manifest]) -> list[Manifest]:
    return [manifest._replace(locator=None) for manifest in manifests]


def _names(project: Project, name: str | None) -> tuple[str, str]:
    """Return the name of the entry for a folder, and the key of its content."""
    given = json.dumps([str(project.root), project.label, name, project.max_bytes])
    files = [[os.path.relpath(path, project.root), digest(data)] for path, data in project.kept()]
    content = json.dumps([given, _readers(), files])
    return _digest(given), _digest(content)


def _digest(text: str) -> str:
    return digest(text.encode("ascii"))


@cache
def _readers() -> str:
    """Return the versions of all that reads source code. In a checkout, the code changes between versions."""
    from importlib.metadata import version

    own = Path(__file__).parent
    files = sorted(path for path in own.rglob("*") if path.suffix in (".py", ".scm"))
    code = [(str(path.relative_to(own)), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return json.dumps([__version__, sys.version, [version(name) for name in _GRAMMARS], code])


def _with_locators(found: Decoded, read: Callable[[], FolderReading]) -> FolderReading:
    again = _Again(read)
    manifests = (
        manifest._replace(locator=_StoredLocator(places, _Later(again, position)))
        for position, (manifest, places) in enumerate(zip(found.reading.manifests, found.places, strict=True))
    )
    return found.reading._replace(manifests=tuple(manifests))


class _Again:
    """Reads a folder when something is asked that only its code tells."""

    def __init__(self, read: Callable[[], FolderReading]) -> None:
        self._read: Final = read

    @cached_property
    def manifests(self) -> tuple[Manifest, ...]:
        return self._read().manifests

    def locator(self, position: int) -> SourceLocator:
        found = self.manifests[position].locator if position < len(self.manifests) else None
        if not isinstance(found, SourceLocator):
            raise SourceError("the source code has changed while it was read")
        return found


class _Later:
    """The files of one server (`Origin`), read when they are needed."""

    def __init__(self, again: _Again, position: int) -> None:
        self._again: Final = again
        self._position: Final = position

    @property
    def locator(self) -> SourceLocator:
        return self._again.locator(self._position)

    def original(self, file: str) -> bytes | None:
        return self.locator.origin.original(file)

    def used_once(self, literal: Literal) -> bool:
        return self.locator.origin.used_once(literal)

    def again(self, files: Mapping[str, bytes]) -> Iterable[Manifest]:
        return self.locator.origin.again(files)


class _StoredLocator(SourceLocator):
    """A locator with the places of the cache. The code behind a tool is read when it is needed."""

    def __init__(self, places: Places, later: _Later) -> None:
        super().__init__(places.tools, places.server, later)
        self._later: Final = later

    def site(self, tool: int) -> Site | None:
        return self._later.locator.site(tool)
