"""Text files of a repository, in any language, as runs of words without what joins or escapes them."""

import os
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from toolsmell.model import Location
from toolsmell.sources.code.source_files import Walk
from toolsmell.sources.code.values import Literal, LiteralKind

MAX_BYTES: Final = 2 * 1024 * 1024
_MAX_TOTAL = 64 * 1024 * 1024
"""Bytes of all files that are kept in memory; files beyond that are not searched."""

_WORD = re.compile(r"\w+")
_ESCAPE = re.compile(r"\\(?:u\{?[0-9A-Fa-f]{4,6}\}?|x[0-9A-Fa-f]{2}|.)", re.DOTALL)
_PREFIX = re.compile(r"(?<![\w'\"])(?:[rRbBuU]?[fF]|[bBfF]?[rR]|[bBuU])(?=[\"'])")
"""Letters before a literal that joins the one before it: `"one " f"two"`."""
_BEGINS = re.compile(r"(?:^|[\n\"'`>|(:\[{=*]|\\n)\W*$")
_ENDS = re.compile(r"\W*?(?:$|[\n\"'`<|\\{])")
_COMMENT = re.compile(r"(?:^|\n)[ \t]*(?:#(?!\[)|//(?![/!]))[^\n]*$")
"""Comments that are not documentation: what they say is no description."""
_TESTS = re.compile(r"(?m)^#\[cfg\(test\)\]\s*\n(?=mod )")
"""Where the tests of a Rust file begin."""
_BINARY = frozenset(
    ".png .jpg .jpeg .gif .ico .webp .svg .pdf .zip .gz .tar .whl .jar .class .so .dll .exe .wasm .woff .woff2 .ttf"
    " .mp3 .mp4 .lock .map .min.js .snap .pyc .bin .db .sqlite .parquet .pb .onnx .lockb".split()
)
_LOCKS = frozenset("package-lock.json pnpm-lock.yaml yarn.lock go.sum Cargo.lock poetry.lock uv.lock".split())
PROSE: Final = 3
"""The rank of prose."""
_BUILT_RANK = 2
_DATA_ENDINGS = (".json", ".jsonc", ".yaml", ".yml", ".toml", ".xml")
"""Where both code and data say a text, the data is a copy: a manifest for a catalog, a recorded list."""
_PROSE_ENDINGS = (".md", ".mdx", ".rst", ".txt", ".html")
_BUILT = frozenset("dist build out lib bundle generated gen vendor docs".split())


class TextSpan(NamedTuple):
    """A span of a file, in code points."""

    page: "Page"
    start: int
    end: int

    @property
    def literal(self) -> Literal:
        """The span as a place for findings. Nothing is written there."""
        return Literal(
            self.page.location(self.start, self.end), self.start, self.end, LiteralKind.EXPRESSION, whole=False
        )

    @property
    def line(self) -> int:
        return self.page.line(self.start)


class Page:
    """One text file."""

    def __init__(self, label: str, text: str, rank: int) -> None:
        self.label: Final = label
        self.text: Final = text
        self.rank: Final = rank
        """0 for code, 1 for data, 2 for what is built, 3 for prose. The lowest rank that has a text is taken."""

    @property
    def _plain(self) -> str:
        """The text with blanks for its escapes, so that places stay the same."""
        return _ESCAPE.sub(_blank, self.text) if "\\" in self.text else self.text

    def distinct_words(self) -> set[str]:
        return set(_WORD.findall(self._plain))

    @cached_property
    def _read(self) -> tuple[str, list[int], list[int], list[int]]:
        """The words joined by spaces; where each begins there, and where it begins and ends in the file."""
        words, places, begins, ends = list[str](), list[int](), list[int](), list[int]()
        at = 1
        for match in _WORD.finditer(_PREFIX.sub(_blank, self._plain)):
            words.append(match[0])
            places.append(at)
            begins.append(match.start())
            ends.append(match.end())
            at += len(match[0]) + 1
        return f" {' '.join(words)} ", places, begins, ends

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def line(self, at: int) -> int:
        """Return the number, from 1, of the line of a code point."""
        return bisect_right(self._lines, at)

    def start_of(self, line: int) -> int:
        """Return the code point that a line starts at; the end of the file for a line after it."""
        return self._lines[line - 1] if line <= len(self._lines) else len(self.text)

    def location(self, start: int, end: int) -> Location:
        """Return a span with lines and columns."""
        first, last = self.line(start), self.line(end)
        return Location(self.label, first, start - self._lines[first - 1] + 1, last, end - self._lines[last - 1] + 1)

    def find(self, words: str) -> Iterator[TextSpan]:
        """Yield the spans with these words in a row. `words` are joined by single spaces."""
        run, places, begins, ends = self._read
        at = run.find(f" {words} ")
        while at >= 0:
            first = bisect_right(places, at + 1) - 1
            last = bisect_right(places, at + len(words)) - 1
            if self._is_whole(begins[first], ends[last]):
                yield TextSpan(self, begins[first], ends[last])
            at = run.find(f" {words} ", at + 1)

    def _is_whole(self, start: int, end: int) -> bool:
        """Return True if a text begins and ends here: at a quote, a mark-up sign or a line, and in no plain comment."""
        before, after = self.text[max(0, start - 80) : start], self.text[end : end + 80]
        return bool(_BEGINS.search(before)) and bool(_ENDS.match(after)) and not _COMMENT.search(before)

    def matches(self, expression: re.Pattern[str], start: int = 0, end: int | None = None) -> Iterator[TextSpan]:
        """Yield the matches of an expression; a group `name` is the span, if the expression has it."""
        for match in expression.finditer(self.text, start, len(self.text) if end is None else end):
            yield TextSpan(self, *match.span("name" if "name" in expression.groupindex else 0))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def words_of(text: str) -> str:
    """Return the words of a text, joined by single spaces."""
    return " ".join(_WORD.findall(text))


def pages(root: Path, label: str) -> list[Page]:
    """Return the text files below `root`, without those of tests, of dependencies and that git ignores."""
    found: list[Page] = []
    total = 0
    for candidate in Walk(root, wanted=_is_text).files():
        if candidate.size > MAX_BYTES or total + candidate.size > _MAX_TOTAL:
            continue
        try:
            data = candidate.path.read_bytes()
        except OSError:
            continue
        if b"\0" in data[:4096]:
            continue
        total += len(data)
        relative = candidate.path.relative_to(root)
        text = _TESTS.split(data.decode("utf-8", "replace"), maxsplit=1)[0]
        found.append(Page(os.path.normpath(os.path.join(label, relative)), text, _rank(relative)))
    return found


def _is_text(path: str) -> bool:
    name = os.path.basename(path)
    if name.lower().startswith(("readme", "changelog", "history", "contributing")):
        return False  # they speak of tools, and no server reads them
    return name not in _LOCKS and not any(name.endswith(ending) for ending in _BINARY)


def _rank(path: Path) -> int:
    if path.name.endswith(_PROSE_ENDINGS):
        return PROSE
    if _BUILT.intersection(part.lower() for part in path.parts[:-1]):
        return _BUILT_RANK
    return int(path.name.endswith(_DATA_ENDINGS))
