"""Finds the tool that returns the id for a parameter, if the text of that tool says so."""

from collections.abc import Sequence
from typing import Final

from toolsmell.reading.context import ServerContext, ToolContext, per_server
from toolsmell.reading.verbs import Deed, deed_of, own_words
from toolsmell.text import identifier_words, pattern, words_of

_IDS: Final = frozenset(("id", "ids", "key", "token", "cursor", "slug", "uuid", "number"))
_RETURNS: Final = frozenset(("return", "give", "list", "get", "show"))
_SAYS: Final = frozenset(("id", "ids", "identifier", "identifiers"))


def origin_of(tool: ToolContext, parameter: str | None) -> ToolContext | None:
    """Return the only sibling that reads or makes the thing and whose text names the id, or None.

    If another sibling finds the same thing, ids may come from there: `list_papers` may list a part of what
    `search_papers` finds.
    """
    words = identifier_words(parameter or "")
    if parameter is None or len(words) < 2 or words[-1] not in _IDS:
        return None
    about = _givers(tool.server).get(_thing(words[:-1]), ())
    likely = [t for t in about if t is not tool and not _needs_id(t, parameter)]
    found = [t for t in likely if _gives(t, parameter, words)]
    if len(found) != 1:
        return None
    return None if any(t is not found[0] and _finds(t) for t in likely) else found[0]


@per_server
def _givers(server: ServerContext) -> dict[frozenset[str], list[ToolContext]]:
    """Return the tools that read or make things, as their names say, by the words of the thing."""
    found: dict[frozenset[str], list[ToolContext]] = {}
    for tool in server.tools:
        deed = deed_of(tool)
        if deed and deed[1] in (Deed.READ, Deed.CREATE):
            found.setdefault(_thing(own_words(tool)[1:]), []).append(tool)
    return found


def _thing(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in words)


def _is_id(name: str) -> bool:
    words = identifier_words(name)
    return bool(words) and words[-1] in _IDS


def _finds(other: ToolContext) -> bool:
    deed = deed_of(other)
    return deed is not None and deed[1] is Deed.READ


def _needs_id(other: ToolContext, parameter: str) -> bool:
    return any(_is_id(p.name) for p in other.parameters if p.required or p.name == parameter)


def _gives(other: ToolContext, parameter: str, words: Sequence[str]) -> bool:
    """Return True if the text of `other` says that it returns the id of the thing."""
    thing = _thing(words[:-1])
    for sentence in other.text.sentences:
        told = words_of(sentence.text)
        of = pattern(r"\bids? of (?:the |each |all |its |an? )?(\w+)").search(sentence.text.lower())
        if of and of[1].removesuffix("s") not in thing:
            continue
        returns = not _RETURNS.isdisjoint(w.removesuffix("s") for w in told)
        if returns and (parameter.lower() in sentence.text.lower() or not _SAYS.isdisjoint(told)):
            return True
    return False
