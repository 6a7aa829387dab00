"""Decides whether a call only looks up what a needed tool takes: a sound first step, and no mistake."""

from typing import Final

from toolsmell.evaluate.catalog import Catalog
from toolsmell.model import Json, Manifest, Provenance
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.reading.verbs import Deed, deed_of, own_words
from toolsmell.text import identifier_words

_IDS: Final = frozenset("id ids key keys uuid guid slug name names number path handle ref sha token url code".split())


class Lookups:
    """The tools of a catalog that return what others need."""

    def __init__(self, catalog: Catalog) -> None:
        servers: dict[str, list[str]] = {}
        for entry in catalog.entries:
            servers.setdefault(entry.server, []).append(entry.name)
        self._tools: dict[str, ToolContext] = {}
        self._server: dict[str, str] = {}
        for server, names in servers.items():
            tools = tuple(catalog.entries[catalog.position[name]].tool for name in names)
            context = ServerContext(Manifest(server, server, Provenance.FILE, tools))
            self._tools.update(zip(names, context.tools, strict=True))
            self._server.update(dict.fromkeys(names, server))

    def serves(self, called: str, needed: str, query: str = "", wanted: Json = None) -> bool:
        """Return True if `called` reads things of the kind that a required value of `needed` identifies.

        If the query has that value, nothing has to be looked up.
        """
        one, other = self._tools.get(called), self._tools.get(needed)
        if one is None or other is None or one is other or self._server[called] != self._server[needed]:
            return False
        deed = deed_of(one)
        reads = (deed is not None and deed[1] is Deed.READ) or (one.tool.annotations or {}).get("readOnlyHint") is True
        return reads and any(
            _about(one, thing) for name, thing in _identified(other) if not _given(wanted, name, query)
        )


def _identified(tool: ToolContext) -> list[tuple[str, frozenset[str]]]:
    """Return the required parameters that identify a thing, each with the words of that thing."""
    subject = frozenset(map(_one, own_words(tool)[1:]))
    found = []
    for parameter in tool.parameters:
        words = identifier_words(parameter.name)
        if parameter.required and words and words[-1] in _IDS:
            found.append((parameter.name, frozenset(map(_one, words[:-1])) or subject))
    return found


def _about(tool: ToolContext, thing: frozenset[str]) -> bool:
    return not thing.isdisjoint(map(_one, own_words(tool)[1:]))


def _one(word: str) -> str:
    return word.removesuffix("s")


def _given(wanted: Json, name: str, query: str) -> bool:
    """Return True if the request has the value; without a wanted one, a word with a digit is taken for it."""
    value = wanted.get(name) if isinstance(wanted, dict) else None
    if value is None:
        return any(map(str.isdigit, query))
    return str(value).casefold() in query.casefold()
