"""Tells which text files of a repository have given words, so that a text is looked for in few of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from toolsmell.sources.code.text_files import Page


class WordIndex:
    """The words of text files: as they are written, and as one name in any convention."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages: Final = pages
        self._written: Final[dict[str, list[int]]] = {}
        self._folded: Final[dict[str, list[int]]] = {}
        for number, page in enumerate(pages):
            words = page.distinct_words()
            for word in words:
                self._written.setdefault(word, []).append(number)
            for word in {folded(word) for word in words}:
                self._folded.setdefault(word, []).append(number)

    def with_words(self, words: Iterable[str]) -> Iterator[Page]:
        """Yield the files that have all of these words."""
        found = [self._written.get(word) for word in set(words)]
        return self._common(found)

    def with_name(self, name: str) -> Iterator[Page]:
        """Yield the files that have a name in any convention: `list_ships`, `listShips`, `ListShipsAsync`."""
        plain = folded(name)
        forms = (plain + ending for ending in ("", "async", "tool", "command"))
        numbers = {number for form in forms for number in self._folded.get(form, ())}
        return (self.pages[number] for number in sorted(numbers))

    def _common(self, found: Sequence[Sequence[int] | None]) -> Iterator[Page]:
        known = sorted((one for one in found if one), key=len)
        if not known or len(known) < len(found):
            return
        numbers = set(known[0]).intersection(*known[1:]) if len(known) > 1 else set(known[0])
        for number in sorted(numbers):
            yield self.pages[number]


def folded(name: str) -> str:
    """Return a name without the marks and capitals in which conventions differ."""
    return name.replace("_", "").replace("-", "").lower()
