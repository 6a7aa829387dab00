"""Words which sibling takes what a list of a tool names, or gives the whole of one of its results."""

from collections.abc import Iterator
from typing import Final

from toolsmell.reading.context import ServerContext, ToolContext, per_server
from toolsmell.scoring.named_act import CONTENTS, Act, act_of, is_plural, seeks, thing_of
from toolsmell.scoring.named_object import subject_of
from toolsmell.scoring.naming import is_readable, name_of, quoted
from toolsmell.text import identifier_words, pattern

_FINDING: Final = frozenset("list lists search searcher find finder all".split())
_GIVING: Final = frozenset("get getter fetch read fetcher describe".split())
_PARTS: Final = frozenset("id ids name names index number".split())
"""Last words of parameters that name a thing by the words before them: `color_id`."""
_FEW: Final = 2
"""Siblings that may take a thing: of more, one is no more worth naming than another."""
_READ: Final = 800
"""Characters of a text that are searched for the names of siblings."""
_NUMBERS: Final = frozenset("id index number".split())
_COMMON: Final = frozenset(
    """files file users user projects project results result items item documents document texts data
    details messages message""".split()
)
"""Things that parameters of most tools name: a sibling that takes one is not meant for this list."""


def of_followers(tool: ToolContext) -> Iterator[str]:
    """Yield statements about the sibling that uses what a tool lists or finds."""
    if act_of(tool) is Act.CREATE and (number := _number_of_new(tool)):
        yield f"say whether it returns the {quoted(number[1])} that {quoted(number[0])} takes"
    if act_of(tool) is not Act.READ or name_of(tool) is None:
        return
    if (giver := _giver(tool)) and giver not in tool.text.raw:
        yield f"say that {quoted(giver)} returns one of its results in full"
    words = [word for word in (subject_of(tool) or "").lower().split() if word not in _PARTS]
    last = words[-1] if words else ""
    listed = is_plural(last) or "list" in tool.name_words
    if not listed or last in _COMMON | CONTENTS or not seeks(tool):
        return
    taker = next((found for word in (last, _one(last)) if (found := _taker(tool, word))), None)
    if taker:
        yield f"say that {quoted(taker[0])} takes them as {quoted(taker[1])}"


def _number_of_new(tool: ToolContext) -> tuple[str, str] | None:
    """Return a sibling and the `track_index` that it takes, of the track that a tool creates."""
    last = (thing_of(tool) or "").lower().rsplit(" ", 1)[-1]
    taker = next(iter(_takers(tool.server).get(last, ())), None)
    own = taker is not None and (taker[0] == tool.tool.name or taker[1] in {p.name for p in tool.parameters})
    return taker if taker and not own and identifier_words(taker[1])[-1] in _NUMBERS else None


def _taker(tool: ToolContext, word: str) -> tuple[str, str] | None:
    """Return the sibling, and its parameter, that takes a thing which a tool lists; all words of it fit the tool."""
    takers = _takers(tool.server).get(word, [])
    named = any(name in tool.server.by_name for name in pattern(r"[\w-]+").findall(tool.text.raw[:_READ]))
    if not 0 < len(takers) <= _FEW or takers[0][0] == tool.tool.name or named:
        return None
    taker = takers[0]
    known = {word, *_PARTS, *tool.name_words, *tool.text.words}
    return taker if known.issuperset(identifier_words(taker[1])) else None


def _one(word: str) -> str:
    return f"{word.removesuffix('ies')}y" if word.endswith("ies") else word.removesuffix("s")


def _giver(tool: ToolContext) -> str | None:
    """Return the sibling whose name differs only in its verb: `label_getter` for `label_searcher`."""
    if _FINDING.isdisjoint(tool.name_words):
        return None
    return _givers(tool.server).get(_things(tool))


def _things(tool: ToolContext) -> frozenset[str]:
    return frozenset(_one(word) for word in tool.name_words if word not in _FINDING | _GIVING)


@per_server
def _givers(server: ServerContext) -> dict[frozenset[str], str]:
    """Return the tools that give one thing that a call names, by the words of their names without the verb."""
    givers = (t for t in server.tools if not _GIVING.isdisjoint(t.name_words) and any(p.required for p in t.parameters))
    return {_things(giver): name for giver in givers if (name := name_of(giver)) and _things(giver)}


@per_server
def _takers(server: ServerContext) -> dict[str, list[tuple[str, str]]]:
    """Return tools and parameters, few for each thing that the parameter names: `color` of `colorId`."""
    found: dict[str, list[tuple[str, str]]] = {}
    for tool in server.tools:
        uses = act_of(tool) is not Act.CREATE  # A creating tool is given new values.
        for parameter in tool.parameters if (name := name_of(tool)) and uses else ():
            words = identifier_words(parameter.name)
            head = words[-2] if len(words) > 1 and words[-1] in _PARTS else words[-1] if words else ""
            some = found.setdefault(head.lower(), [])
            if head and is_readable(parameter.name) and len(some) <= _FEW:
                some.append((name or "", parameter.name))
    return found
