"""Reads the verb in the name of a tool, and whether it reads, makes, changes or destroys.

Only verbs that leave little room are listed. `run`, `set`, `open`, `clear` or `process` may do anything, and a name
with such a verb says nothing here.
"""

from enum import StrEnum
from functools import cache
from typing import Final

from toolsmell.reading.context import ToolContext, per_tool


class Deed(StrEnum):
    """The effect of a verb on its object."""

    READ = "read"
    CREATE = "create"
    CHANGE = "change"
    DESTROY = "destroy"


_VERBS: Final = {
    Deed.READ: "get list search find read fetch show describe query lookup count view retrieve browse inspect",
    Deed.CREATE: "create insert append send publish register",
    Deed.CHANGE: "update edit modify patch rename write overwrite upload",
    Deed.DESTROY: "delete remove drop destroy purge wipe erase truncate uninstall",
}
ANSWERS: Final = frozenset(
    "chart charts diagram diagrams plot graph link links url urls query queries report summary prompt plan preview "
    "template estimate quote schema outline draft".split()
)
"""What is made of these is an answer, not a thing that stays."""
_FILLERS = frozenset(("api", "mcp", "tool", "batch", "bulk", "multi"))
# Alone, they may mean something else: a query that writes, a drag and its drop.
_NEED_AN_OBJECT = frozenset(("query", "drop"))
# A noun that stands last (`news_update`, `air_drop`) is taken for no verb.
_AT_THE_END = frozenset("create insert edit modify rename delete remove destroy list get search fetch find".split())


@cache
def _deeds() -> dict[str, Deed]:
    return {verb: deed for deed, verbs in _VERBS.items() for verb in verbs.split()}


@per_tool
def deed_of(tool: ToolContext) -> tuple[str, Deed] | None:
    """Return the verb in the name of `tool` and what it does; None where the name does not say."""
    words = own_words(tool)
    verb = words[0] if words and words[0] in _deeds() else words[-1] if words and words[-1] in _AT_THE_END else ""
    deed = _deeds().get(verb)
    if deed is None or (verb in _NEED_AN_OBJECT and len(words) == 1):
        return None
    if deed is Deed.CREATE and not ANSWERS.isdisjoint(words):
        return None
    return verb, deed


@per_tool
def own_words(tool: ToolContext) -> tuple[str, ...]:
    """Return the words of the tool's name without the server's name, or mark, that they begin with."""
    words = tool.name_words
    server = tool.server
    while (
        len(words) > 1
        and words[0] not in _deeds()
        and (words[0] in _FILLERS or words[0] == server.beginning or words[0] in server.name_words)
    ):
        words = words[1:]
    return words


@per_tool
def opening_deed(tool: ToolContext) -> tuple[str, Deed] | None:
    """Return the verb that the description begins with (`Deletes`, `Delete`) and what it does."""
    words = tool.text.words
    first = words[0] if words else ""
    for verb in (first, first.removesuffix("s"), first.removesuffix("es")):
        deed = _deeds().get(verb)
        if deed and not (deed is Deed.CREATE and not ANSWERS.isdisjoint(words[:6])):
            return first, deed
    return None


def deed_named(word: str) -> Deed | None:
    """Return the effect of a verb in any of its forms (`deletes`, `deleting`, `deleted`); None for other words."""
    deeds = _deeds()
    for ending in ("", "s", "es", "ing", "ed", "d"):
        stem = word.removesuffix(ending) if ending else word
        if word.endswith(ending) and (deed := deeds.get(stem) or (deeds.get(stem + "e") if ending == "ing" else None)):
            return deed
    return None
