"""Words statements for texts that miss no kind of statement for certain, the most useful first."""

from collections.abc import Iterator
from itertools import chain
from typing import Final

from toolsmell.reading.context import ToolContext
from toolsmell.scoring.follow_advice import of_followers
from toolsmell.scoring.sort_advice import of_sort
from toolsmell.scoring.spoken_advice import of_phrases
from toolsmell.scoring.value_advice import of_values
from toolsmell.text import pattern

_STUB: Final = (
    r"\bstub\s*[:.]|\b(?:a|is) stub\b|\A\W{0,9}(?:demonstrate|simulate)s?\b"
    r"|\bdeprecated\b|\bnot (?:yet )?implemented\b|\bplaceholder\b"
)
"""A text whose tool no agent needs."""


def left_open(tool: ToolContext) -> Iterator[str]:
    """Yield statements about questions that a text leaves open; a stub has none, because no agent needs it."""
    if pattern(_STUB).search(tool.text.lower) is None:
        yield from chain(of_values(tool), of_phrases(tool), of_followers(tool), of_sort(tool))
