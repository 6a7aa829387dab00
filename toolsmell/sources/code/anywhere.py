"""Finds texts and names in all text files of a repository, whatever the language.

A text is found by its words in a row, so that quotes, joins, escapes and comment marks do not matter. A name is found
where it is quoted or defined.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

from toolsmell.model import Location
from toolsmell.sources.code.declared_blocks import DeclaredBlocks
from toolsmell.sources.code.name_forms import (
    defined,
    defined_in_another_spelling,
    is_called,
    is_comment,
    is_mentioned,
    is_registered,
    keyed,
    quoted,
)
from toolsmell.sources.code.text_files import PROSE, Page, TextSpan, pages, words_of
from toolsmell.sources.code.word_index import WordIndex, folded
from toolsmell.text import pattern

_SENTENCE = r"(?<=[.!?])\s+|\n"
_FEW = 3
"""Words that a text needs to be looked for in all files."""
_BEGINNING = 12
"""Words by which a text is known if its middle or end is computed."""


def beginning(text: str) -> str:
    """Return the first words of a text, by which it is known if the rest is computed."""
    return " ".join(words_of(text).split()[:_BEGINNING])


class Anywhere:
    """The text files of a repository, read when a text is first looked for."""

    def __init__(self, root: Path, label: str) -> None:
        self._root: Final = root
        self._label: Final = label
        self._found: Final[dict[str, list[TextSpan]]] = {}
        """The places of words: a thousand tools may have one description."""

    @cached_property
    def _index(self) -> WordIndex:
        return WordIndex(pages(self._root, self._label))

    @cached_property
    def blocks(self) -> DeclaredBlocks:
        return DeclaredBlocks(self._index)

    def at(self, location: Location) -> TextSpan | None:
        """Return the span of a location, if its file is among those that are searched."""
        page = self._by_label.get(location.file)
        if page is None:
            return None
        start, end = (page.start_of(line) for line in (location.line, location.end_line))
        return TextSpan(page, start + location.column - 1, end + location.end_column - 1)

    @cached_property
    def _by_label(self) -> Mapping[str, Page]:
        return {page.label: page for page in self._index.pages}

    def called(self, name: str) -> Sequence[Page]:
        """Return the source files that are called like a tool, in any convention."""
        return self._by_stem.get(folded(name), ())

    @cached_property
    def _by_stem(self) -> Mapping[str, list[Page]]:
        found: dict[str, list[Page]] = {}
        for page in self._index.pages:
            if page.rank == 0:
                found.setdefault(folded(Path(page.label).stem), []).append(page)
        return found

    def texts(self, text: str) -> list[TextSpan]:
        """Return the places that say a text, of the lowest rank that has any."""
        words = words_of(text)
        return self._lowest(words) if words.count(" ") + 1 >= _FEW else []

    def begun(self, text: str) -> list[TextSpan]:
        """Return the places of a text's first or last words: the rest is computed."""
        words = words_of(text).split()
        if len(words) <= _BEGINNING:
            return []
        return self._lowest(" ".join(words[:_BEGINNING])) or self._lowest(" ".join(words[-_BEGINNING:]))

    def first_sentence(self, text: str) -> list[TextSpan]:
        """Return the places of a text's first sentence: it proves nothing unless the tool's name is near."""
        words = words_of(pattern(_SENTENCE).split(text.strip(), maxsplit=1)[0])
        hits = self._lowest(words) if words.count(" ") + 1 >= _FEW else []
        return [hit for hit in hits if not is_comment(hit)]

    def _lowest(self, words: str) -> list[TextSpan]:
        if words not in self._found:
            pages_ = self._index.with_words(words.split())
            self._found[words] = _lowest_rank([hit for page in pages_ for hit in page.find(words)])
        return self._found[words]

    def names(self, name: str) -> list[list[TextSpan]]:
        """Return the places of a name by kind, the surest kind first."""
        here = [page for page in self._index.with_words(words_of(name).split()) if page.rank < PROSE]
        alike = (page for page in self._index.with_name(name) if page.rank < PROSE)
        in_quotes = _lowest_rank([hit for page in here for hit in quoted(page, name)])
        definitions = _lowest_rank([hit for page in here for hit in defined(page, name)])
        return [
            [hit for hit in definitions if is_registered(hit)],
            [hit for hit in in_quotes if is_called(hit)],
            [hit for hit in in_quotes if hit.page.rank == 0 and not is_mentioned(hit)],
            definitions,
            _lowest_rank([hit for page in here if page.rank == 0 for hit in keyed(page, name)]),
            _lowest_rank([hit for page in alike for hit in defined_in_another_spelling(page, name)]),
        ]


def _lowest_rank(hits: list[TextSpan]) -> list[TextSpan]:
    rank = min((hit.page.rank for hit in hits), default=0)
    return [hit for hit in hits if hit.page.rank == rank]
