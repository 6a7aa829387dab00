"""Finds the tools that a text names, without looking for each name of a server in each of its texts."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from toolsmell.evidence.facts import references_of
from toolsmell.reading.context import ServerContext, per_server
from toolsmell.text import pattern

_WORD: Final = r"\w+"


class ToolNames:
    """The names of the tools of a server, by the word of each that the fewest of them have."""

    def __init__(self, names: Iterable[str]) -> None:
        words = {name: pattern(_WORD).findall(name.lower()) for name in names}
        often = Counter(word for found in words.values() for word in set(found))
        self._by_word: Final[dict[str, list[str]]] = {}
        self._wordless: Final[list[str]] = []
        for name, found in words.items():
            held = self._by_word.setdefault(min(found, key=often.__getitem__), []) if found else self._wordless
            held.append(name)

    def named_in(self, lower: str) -> frozenset[str]:
        """Return the names in a text in lower case, as `references_of` does."""
        words = set(pattern(_WORD).findall(lower))
        likely = [name for word in words for name in self._by_word.get(word, ())]
        return references_of(lower, [*likely, *self._wordless])


@per_server
def names_of(server: ServerContext) -> ToolNames:
    """Return the names of the tools of a server, ordered once."""
    return ToolNames(server.by_name)
