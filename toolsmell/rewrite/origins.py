"""Finds the tool that returns the id which a parameter takes, if that tool's text says so."""

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
    likely = [t for t in _givers(tool.server) if t is not tool and _is_about(t, parameter, words)]
    found = [t for t in likely if _gives(t, parameter, words)]
    if len(found) != 1:
        return None
    return None if any(t is not found[0] and _finds(t) for t in likely) else found[0]


@per_server
def _givers(server: ServerContext) -> tuple[ToolContext, ...]:
    """Return the tools that read or make things, as their names say."""
    deeds = ((tool, deed_of(tool)) for tool in server.tools)
    return tuple(tool for tool, deed in deeds if deed and deed[1] in (Deed.READ, Deed.CREATE))


def _is_id(name: str) -> bool:
    words = identifier_words(name)
    return bool(words) and words[-1] in _IDS


def _finds(other: ToolContext) -> bool:
    deed = deed_of(other)
    return deed is not None and deed[1] is Deed.READ


def _is_about(other: ToolContext, parameter: str, words: list[str]) -> bool:
    """Return True if `other` is about the thing by its name, and needs no id itself."""
    about = {w.removesuffix("s") for w in own_words(other)[1:]}
    needs = any(_is_id(p.name) for p in other.parameters if p.required or p.name == parameter)
    return about == {w.removesuffix("s") for w in words[:-1]} and not needs


def _gives(other: ToolContext, parameter: str, words: list[str]) -> bool:
    """Return True if the text of `other` says that it returns the id of the thing."""
    thing = {w.removesuffix("s") for w in words[:-1]}
    for sentence in other.text.sentences:
        told = words_of(sentence.text)
        of = pattern(r"\bids? of (?:the |each |all |its |an? )?(\w+)").search(sentence.text.lower())
        if of and of[1].removesuffix("s") not in thing:
            continue
        returns = not _RETURNS.isdisjoint(w.removesuffix("s") for w in told)
        if returns and (parameter.lower() in sentence.text.lower() or not _SAYS.isdisjoint(told)):
            return True
    return False
