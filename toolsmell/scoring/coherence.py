"""Measures how the tools of one server fit together: how distinct they are, their names, their number.

Each aspect is a level from 1.0 to 5.0. Whether operations are missing is not judged: names alone do not tell.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.reading.verbs import deed_named, own_words
from toolsmell.scoring.siblings import siblings_of
from toolsmell.scoring.signals.definition import names_sibling

Aspect: TypeAlias = Callable[[ServerContext], float]

_LEVELS_OF_COUNT: Final = ((1, 3.0), (2, 3.5), (3, 5.0), (15, 5.0), (25, 3.0), (50, 1.0))
"""Levels at numbers of tools, straight lines between: 3 to 15 fit, 1 or 2 are thin, more than 15 are heavy."""
_ALIKE: Final = 0.6
"""Two descriptions are alike if they share this much of their words."""


def disambiguation(server: ServerContext) -> float:
    """Return 5 if no tool can be taken for another, and 1 if all can.

    A tool can be taken for another that does the same with the same thing, by its name, if the words of their
    descriptions are alike and it does not name the other.
    """
    siblings = siblings_of(server)
    near = [(tool, siblings.nearest(tool)) for tool in server.tools]
    confusable = sum(1 for tool, name in near if name is not None and _confusable(tool, server.by_name[name]))
    return 5 - 4 * confusable / max(1, len(server.tools))


def _confusable(tool: ToolContext, other: ToolContext) -> bool:
    ours, theirs = (frozenset(t.text.words) for t in (tool, other))
    alike = len(ours & theirs) >= _ALIKE * max(1, len(ours | theirs))
    return alike and not names_sibling(tool)


def naming(server: ServerContext) -> float:
    """Return 5 if all names follow one pattern (the case of letters, and whether a verb comes first)."""
    patterns = Counter(_pattern(tool) for tool in server.tools)
    return 1 + 4 * max(patterns.values(), default=0) / max(1, len(server.tools))


def _pattern(tool: ToolContext) -> tuple[str, bool]:
    name, words = tool.tool.name or "", own_words(tool)
    case = next((mark for mark in "_-./" if mark in name), "camel" if name != name.lower() else "")
    if not case and len(tool.name_words) == 1:
        case = "_"  # one word in small letters fits snake_case
    return case, bool(words) and deed_named(words[0]) is not None


def tool_count(server: ServerContext) -> float:
    """Return 5 for 3 to 15 tools, less for fewer or more, and 1 from 50 on."""
    count, known = max(1, len(server.tools)), _LEVELS_OF_COUNT
    place = bisect_right(known, count, key=lambda point: point[0])
    if place == len(known):
        return known[-1][1]
    (low, below), (high, above) = known[place - 1], known[place]
    return below + (above - below) * (count - low) / (high - low)


ASPECTS: Final[Mapping[str, Aspect]] = {
    "disambiguation": disambiguation,
    "naming": naming,
    "tool-count": tool_count,
}
"""Every aspect, by id; a rubric may use these and no others."""
