"""Finds a text in the source code of a project: the one literal that says it, or none."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Final

from toolsmell.errors import SourceError
from toolsmell.sources.code import source as files
from toolsmell.sources.code.marks import worth_parsing
from toolsmell.sources.code.module import Module, Project
from toolsmell.sources.code.source_files import Walk
from toolsmell.sources.code.syntax import SUFFIXES
from toolsmell.sources.code.values import Literal, pieces_of
from toolsmell.text import pattern

SHORTEST = 16
"""Characters of a text that is looked for: shorter ones stand in many places by chance."""

_NEEDLE = r"[A-Za-z0-9 ,.;:()_-]+"


def squeezed(text: str) -> str:
    """Return a text with every run of white space as one space: each framework indents docstrings in its own way."""
    return " ".join(text.split())


def says(pieces: tuple[str | None, ...], text: str) -> bool:
    """Return True if a text is made of the pieces. An unknown piece may be any text."""
    wanted = squeezed(text)
    if None not in pieces:
        return squeezed("".join(piece or "" for piece in pieces)) == wanted
    known = [squeezed(piece) for piece in pieces if piece is not None]
    if sum(map(len, known)) < SHORTEST:
        return False
    begins = pieces[0] is None or wanted.startswith(known[0])
    return begins and (pieces[-1] is None or wanted.endswith(known[-1])) and _in_order(known, wanted)


def _in_order(pieces: list[str], text: str) -> bool:
    at = 0
    for piece in pieces:
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


class Texts:
    """The literals of a project, looked through when a text is asked for."""

    def __init__(self, project: Project) -> None:
        self._project: Final = project

    @cached_property
    def _contents(self) -> list[tuple[Path, bytes]]:
        """The files that make tools or servers: elsewhere, the same text is a copy (a command line's help, a page)."""
        found = []
        for candidate in Walk(self._project.root).files():
            try:
                label = self._project.label_of(candidate.path)
                data = files.load(candidate.path, label, max_bytes=self._project.max_bytes)
            except SourceError:
                continue  # the scan of the same directory reports it
            if worth_parsing(SUFFIXES[candidate.path.suffix], data):
                found.append((candidate.path, data))
        return found

    def find(self, text: str, *, file: str | None = None) -> Literal | None:
        """Return the only literal of the project, or of one file, with this text, or None if it is not unique."""
        needle = max(pattern(_NEEDLE).findall(text), key=len, default="").strip()
        if len(text) < SHORTEST or len(needle) < SHORTEST // 2:
            return None
        wanted = needle.encode()
        paths = [path for path, data in self._contents if wanted in data]
        if file is not None:
            paths = [path for path in paths if self._project.label_of(path) == file]
        modules = [module for path in paths if (module := self._project.module(path))]
        found = {one for module in modules for one in _said(module, wanted, text)}
        return found.pop() if len(found) == 1 else None


def _said(module: Module, needle: bytes, text: str) -> Iterator[Literal]:
    """Yield the outermost literals of a file that say `text`."""
    module.project.steps.begin_tool()
    end = -1
    for found in module.matches_apart("strings"):
        node = found["text"]
        if node.start_byte < end or needle not in module.source.data[node.start_byte : node.end_byte]:
            continue
        value = module.evaluate(node)
        if value.literal and says(pieces_of(value), text):
            end = node.end_byte
            yield value.literal
