"""Reads the thing that a tool is about in its first sentence: `unblocked actions` of `Get all unblocked actions`."""

from collections.abc import Sequence
from typing import Final

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext, per_tool
from toolsmell.reading.stems import stems_of
from toolsmell.reading.verbs import deed_named
from toolsmell.scoring.named_act import asks, is_plural, switches, thing_of
from toolsmell.text import pattern

_READ: Final = 300
"""Characters of a description that are read for an object."""
_LONGEST: Final = 4
"""Words of an object; in a longer one, the words that matter are not certain."""
_TOKENS: Final = r"[A-Za-z][A-Za-z0-9]*(?:[-'.][A-Za-z0-9]+)*|\S"
_SHORTEST: Final = 3
"""Letters of the last word of an object."""
_ENVELOPES_READ: Final = 3
"""Envelopes within each other that are opened."""
_DETERMINERS: Final = frozenset(
    """a an the this that these all every each any some multiple several many more one two single specific particular
    given certain existing available current currently latest recent new full complete entire whole detailed
    comprehensive basic general various random different your my our its their user's
    both up back most least top as""".split()
)
"""Words before an object that say how many or which ones are meant."""
_ENVELOPES: Final = frozenset(
    """list lists listing array set collection details detail information info overview summary copy sample range
    ranges instance instances""".split()
)
"""Nouns whose own object is what a tool gives: `a list of orders`, `information about an order`."""
_JOINTS: Final = frozenset("of about on for regarding".split())
"""Words between such a noun and its object."""
_SEARCHED: Final = frozenset("for up out through across".split())
"""Words that belong to the verb: `search for`, `look up`."""
_ENDS: Final = frozenset(
    """by for from in of on to with as via at into over under between within without about against across through per
    during after before since until inside
    that which who whose along back where when while if whether so is are was were has have can may will must using
    based given including include such like matching ranked sorted ordered grouped filtered associated related named
    called owned found stored used whose not only currently optionally then plus and or what how why it
    them you""".split()
)
"""Words behind an object."""
_GOES_ON: Final = frozenset("including such with which ranked sorted ordered optionally e.g like filtered".split())
"""Words behind a comma that begin no second object."""
_VAGUE: Final = frozenset(
    """information info details data something everything anything things thing results result content contents value
    values way ways tool tools one ones part parts set number item object objects request response output call calls
    action operation operations query search access list lists rest support version json count total""".split()
)
"""Last words that name nothing alone."""
_LOOKING: Final = ("search", "look", "scan", "browse", "quer")
_SEARCHING: Final = ("search", "query", "queries")
_POSSIBLE: Final = ("able", "ible")
"""Endings of adjectives that may stand behind their noun: `the files accessible`."""
_NOUNS: Final = frozenset("table variable timetable cable deliverable bible executable".split())
"""Nouns with such an ending."""
_SEVERAL: Final = frozenset(("and", "or", "/", "&", "("))
"""Words between two objects."""


@per_tool
def subject_of(tool: ToolContext) -> str | None:
    """Return the thing in the name of a tool, or the object of the verb that its text begins with.

    The text decides if it is about something else: `purge_table` removes all documents from a table.
    """
    thing, found = thing_of(tool), object_of(tool)
    if thing and found and stems_of(found.lower().split()[-1:]) == stems_of(thing.lower().split()[-1:]):
        return thing
    return found or thing


@per_tool
def object_of(tool: ToolContext) -> str | None:
    """Return the object of the first verb of a description, without articles; None if it is not certain."""
    first = next((line for line in tool.text.raw[:_READ].splitlines() if line.strip()), "")
    words = pattern(_TOKENS).findall(first)
    if not words or not (asks(words[0].lower()) or deed_named(words[0].lower()) or switches(words[0].lower())):
        return None
    sought = words[0].lower().startswith(_LOOKING) and words[1:2] != [] and words[1] in _SEARCHED
    rest = _without_envelope(words[2 if sought else 1 :])
    end = _end(rest)
    possible = end > 1 and rest[end - 1].endswith(_POSSIBLE) and rest[end - 1].lower() not in _NOUNS
    found = rest[: end - 1] if possible else rest[:end]
    if not _is_certain(found, rest[end : end + 2]):
        return None
    if words[0].lower().startswith(_SEARCHING) and not (sought or is_plural(found[-1])):
        return None  # `Search the index`: it is where the tool looks.
    return shown(" ".join(found), 40)


def _without_envelope(words: Sequence[str]) -> Sequence[str]:
    """Return the words behind articles and quantities, and behind `the list of` or `details about`."""
    for _ in range(_ENVELOPES_READ):
        start = next((i for i, word in enumerate(words) if not _is_determiner(word)), len(words))
        words = words[start:]
        if len(words) < 2 or words[0].lower() not in _ENVELOPES or words[1].lower() not in _JOINTS:
            return words
        words = words[2:]
    return words


def _is_determiner(word: str) -> bool:
    return word.lower() in _DETERMINERS or word.isdecimal()


def _end(words: Sequence[str]) -> int:
    """Return where a preposition, a participle, a relative word or a mark ends the object."""
    for place, word in enumerate(words):
        if _is_end(word) or (place and word.islower() and _is_participle(word, words[place - 1], words[place + 1 :])):
            return place
    return len(words)


def _is_end(word: str) -> bool:
    return not word[0].isalpha() or word.lower() in _ENDS


def _is_participle(word: str, before: str, after: Sequence[str]) -> bool:
    """Return True if a word begins a clause: `tokens matching`, `the items selected`.

    It does not after a singular if it is a noun (`input string`), or an adjective before one (`file based cache`).
    """
    if not word.endswith(("ed", "ing")):
        return False
    last = not after or _is_end(after[0]) or _is_determiner(after[0])
    return is_plural(before) or (last and word.endswith("ed"))


def _is_certain(found: Sequence[str], after: Sequence[str]) -> bool:
    """Return True if some words are one object that means something, by themselves and by what follows them."""
    last = found[-1].lower() if found else ""
    verb = deed_named(last) is not None and not last.endswith(("ing", "s"))  # A listing and updates are things.
    if len(found) > _LONGEST or len(last) < _SHORTEST or last.endswith("ly") or verb:
        return False
    if (last in _VAGUE and len(found) == 1) or any(len(word) == 1 or "'" in word for word in found):
        return False
    if after and after[0] == ",":
        return len(after) > 1 and after[1].lower() in _GOES_ON  # Otherwise it is the first of several objects.
    return not after or after[0].lower() not in _SEVERAL
