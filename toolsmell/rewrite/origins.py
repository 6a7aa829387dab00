"""Finds the tool that returns the id which a parameter takes, if that tool's text says so."""

from typing import Final

from toolsmell.reading.context import ServerContext, ToolContext, per_server
from toolsmell.reading.verbs import Deed, deed_of
from toolsmell.text import identifier_words, words_of

_IDS: Final = frozenset(("id", "ids", "key", "token", "cursor", "slug", "uuid", "number"))
_SAYS: Final = frozenset(("id", "ids", "identifier", "identifiers"))


def origin_of(tool: ToolContext, parameter: str | None) -> ToolContext | None:
    """Return the one sibling that reads or makes the thing and whose text names the id; None for several or none."""
    words = identifier_words(parameter or "")
    if parameter is None or len(words) < 2 or words[-1] not in _IDS:
        return None
    found = [t for t in _givers(tool.server) if t is not tool and _gives(t, parameter, words)]
    return found[0] if len(found) == 1 else None


@per_server
def _givers(server: ServerContext) -> tuple[ToolContext, ...]:
    """Return the tools that read or make things, as their names say."""
    deeds = ((tool, deed_of(tool)) for tool in server.tools)
    return tuple(tool for tool, deed in deeds if deed and deed[1] in (Deed.READ, Deed.CREATE))


def _gives(other: ToolContext, parameter: str, words: list[str]) -> bool:
    """Return True if the text of `other` says that it returns the id: `Returns the boat ids`, or the field itself."""
    if any(p.name == parameter for p in other.parameters):
        return False
    thing = {w.removesuffix("s") for w in words[:-1]}
    for sentence in other.text.sentences:
        told = words_of(sentence.text)
        stems = {w.removesuffix("s") for w in told}
        returns = not {"return", "give", "list", "get", "show"}.isdisjoint(stems)
        if returns and (parameter.lower() in sentence.text.lower() or (thing <= stems and not _SAYS.isdisjoint(told))):
            return True
    return False
