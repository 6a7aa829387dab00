"""What a tool does, and to which thing, by its name: more verbs than the rules rely on, for words of advice only."""

from enum import StrEnum
from typing import Final

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.reading.verbs import Deed, deed_named, deed_of, opening_deed, own_words
from toolsmell.text import pattern

LONGEST_THING: Final = 4
"""Words of a thing that is named in full; the last words of a longer one cannot be left out."""
_SEEKING: Final = frozenset("search find query list lookup read run execute get fetch retrieve filter".split())
_SEARCHING: Final = frozenset("search find query lookup".split())
_SCALARS: Final = frozenset(
    "id name url count number path version status time balance address token key code email symbol price".split()
)
_EMPTY: Final = frozenset("all api available mcp tool tools my your our".split())
"""Words of names that name no thing."""
_PREPOSITIONS: Final = frozenset("by for from in of on to with as via and or".split())


class Act(StrEnum):
    """What a tool does with its thing."""

    READ = "read"
    CREATE = "create"
    CHANGE = "change"
    REPLACE = "replace"
    """It writes the whole thing."""
    DESTROY = "destroy"
    MAKE = "make"
    """It makes something that it returns."""
    SWITCH = "switch"
    """It starts, stops or moves something that exists."""


_DEEDS: Final = {
    Deed.READ: Act.READ,
    Deed.CREATE: Act.CREATE,
    Deed.CHANGE: Act.CHANGE,
    Deed.DESTROY: Act.DESTROY,
}
_REPLACING: Final = frozenset("write overwrite upload".split())
_MAKING: Final = frozenset("generate render convert translate draw synthesize transcribe summarize".split())
_SWITCHING: Final = frozenset(
    """stop start restart pause resume kill terminate close move rename copy click press scroll toggle enable disable
    cancel approve reject merge assign archive restore reset lock unlock reply connect disconnect attach detach mount
    deploy install trigger complete forget commit checkout post finalize tap swipe type hover drag fill navigate select
    focus resize submit save store apply input switch""".split()
)
_ENDING: Final = frozenset(
    "delete remove destroy archive complete close stop cancel kill terminate disable drop purge".split()
)
_ASKING: Final = frozenset(
    """return returns get gets says tells checks validates echoes counts calculates computes lists searches
    answers extract extracts check analyze analyzes looksup verify verifies compare compares diagnose""".split()
)
"""Verbs that a description opens with if the tool only answers."""


def act_of(tool: ToolContext) -> Act | None:
    """Return what a tool does by its name, or else by the verb that its description begins with."""
    named = deed_of(tool)
    words = own_words(tool)
    if named is None and words:
        if known := _other(words[0]):
            return known
        named = opening_deed(tool)
    if named is None:
        first = (*words[:1], *tool.text.words[:1])
        return Act.READ if not _ASKING.isdisjoint(first) else _opened(tool)
    verb = named[0].removesuffix("s")
    return Act.REPLACE if verb in _REPLACING else _DEEDS[named[1]]


def _other(word: str) -> Act | None:
    if word in _MAKING:
        return Act.MAKE
    return Act.SWITCH if word in _SWITCHING or word.removeprefix("un") in _SWITCHING else None


def _opened(tool: ToolContext) -> Act | None:
    """Return what the first word of the description says: `Stops`, `Generate`; and `A list of` reads."""
    words = tool.text.words
    if not words:
        return None
    if "list" in words[:2]:
        return Act.READ
    bare = words[0].removesuffix("s")
    return _other(words[0]) or _other(bare) or _other(bare.removesuffix("e"))


def ending_verb(tool: ToolContext) -> str | None:
    """Return the first verb in a tool's name that ends or removes its thing: `delete`, `archive`, `stop`."""
    return next((word for word in own_words(tool) if word in _ENDING), None)


def thing_of(tool: ToolContext) -> str | None:
    """Return the subject of the tool: its name without verbs ("calendar events"), or None if nothing is left."""
    own = own_words(tool)
    end = next((i for i, word in enumerate(own) if i and word in _PREPOSITIONS), len(own))
    words = [word for i, word in enumerate(own[:end]) if not _is_verb(word, i) and word not in _EMPTY]
    if not words or len(words) == len(own) or len(words) > LONGEST_THING or len(words[-1]) == 1:
        return None
    if own[0] in _SEARCHING and not is_plural(words[-1]):
        return None  # `search_arxiv`: it may be where it looks.
    if end == len(own) and deed_named(own[-1]) is not None and not is_plural(words[-1]):
        return None  # `semantic_search`: the words before a last verb may only say how it works
    return shown(pattern(r"\b([a-z]) (?=\d)").sub(r"\1", " ".join(words)), 40)  # `l2` is one word


def _is_verb(word: str, place: int) -> bool:
    return deed_named(word) is not None or (place == 0 and _other(word) is not None)


def seeks(tool: ToolContext) -> bool:
    """Return True if a tool looks for something, by the verb of its name or of its description."""
    if not _SEARCHING.isdisjoint(tool.name_words):
        return True
    first = own_words(tool)[:1] + tuple(tool.text.words[:1])
    return any(word in _SEEKING or word.removesuffix("s").removesuffix("e") in _SEEKING for word in first)


def is_scalar(thing: str) -> bool:
    """Return True if a thing is one value: of an id there are no fields to tell."""
    return not _SCALARS.isdisjoint(thing.split()[-1:])


def is_plural(thing: str) -> bool:
    """Return True if a thing is several."""
    return thing.endswith("s") and not thing.endswith(("ss", "us", "is"))
