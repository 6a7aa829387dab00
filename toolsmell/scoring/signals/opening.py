"""The signal of how a description opens."""

from typing import Final

from toolsmell.reading.stems import stems_of
from toolsmell.scoring.told import Told

TELLING: Final = 2
"""So many words beyond the name make the function plain."""
LEAST: Final = 3
"""An abbreviation of fewer letters may be short for anything."""
LONGEST_ACRONYM: Final = 6
PHRASE: Final = 8
"""From so many words on, a sentence is no phrase."""
_EMPTY: Final = frozenset(
    stems_of("information details detailed specific particular given data current about existing available".split())
)
"""Words that say nothing of what a tool is about: `Get information about a specific agent`."""


def beyond(told: Told) -> float:
    """Return how much the first sentence that counts says beyond the name: 0, 1/2, or 1 from two words on.

    The first word, a verb, does not count, and neither does what the name abbreviates: `stats` is short for
    statistics, and `dema` for a double exponential moving average.
    """
    tool = told.tool
    if told.first is None:
        return 0.0
    words, names = told.first.words, tool.name_words
    spelled = _spelled_out(words, names)
    glued = "".join(names)
    beginnings = {_beginning(name.rstrip("s")) for name in names} - {""}
    found: set[str] = set()
    for place, word in enumerate(words):
        if place in spelled or (not place and word.isascii()):
            continue
        stems = stems_of((word,)) - _EMPTY
        bare = word.rstrip("s")
        if stems <= tool.own_stems or (len(word) > LEAST and bare in glued) or _beginning(bare) in beginnings:
            continue
        found |= stems - tool.own_stems
        if len(found) >= TELLING:
            return 1.0
    return len(found) / TELLING


def phrase(told: Told) -> float:
    """Return the length of the first sentence that counts: 1 from eight words on.

    Readers call `Create a pull request` vague more often than `Delete a Kafka topic by name`.
    """
    return 0.0 if told.first is None else min(1.0, told.first.length / PHRASE)


def _spelled_out(words: list[str], names: tuple[str, ...]) -> frozenset[int]:
    """Return the places of the words whose initials are a word of the name."""
    initials = "".join([word[0] for word in words])
    found: set[int] = set()
    for name in names:
        if 2 <= len(name) <= LONGEST_ACRONYM and name in initials and name not in words:
            begin = initials.index(name)
            found.update(range(begin, begin + len(name)))
    return frozenset(found)


def _beginning(word: str) -> str:
    """Return how a word begins: one is short for another if both begin alike. A shorter word has no beginning."""
    return word[:LEAST] if len(word) >= LEAST else ""
