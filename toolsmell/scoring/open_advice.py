"""Words statements for texts that miss no kind of statement for certain, the most useful first."""

from collections.abc import Iterator
from itertools import chain
from typing import Final

from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ToolContext
from toolsmell.scoring.follow_advice import of_followers
from toolsmell.scoring.sort_advice import of_sort
from toolsmell.scoring.spoken_advice import of_phrases
from toolsmell.scoring.value_advice import of_values
from toolsmell.text import has_any, pattern

_STUB: Final = (
    r"\bstub\s*[:.]|\b(?:a|is) stub\b|\A\W{0,9}(?:demonstrate|simulate)s?\b"
    r"|\bdeprecated\b|\bnot (?:yet )?implemented\b|\bplaceholder\b"
)
"""A text whose tool no agent needs."""
_ANSWERS: Final = {
    StatementKind.FAILURE: (
        "what happens if", "what it returns if", "what it returns without", "what happens without", "an error",
        "there are more than", "what to do if", "conform", "largest value",
    ),
    StatementKind.LIMIT: (
        "largest value", "at most", "how long `", "how far", "how old", "how to get the rest", "earliest", "how many",
        "how high", "how long a call", "countries",
    ),
    StatementKind.DEFAULT: ("is left out", "none of"),
    StatementKind.EFFECT: ("second call", "is kept", "can be restored", "has ended", "has the", "` adds"),
    StatementKind.RESULT: ("unchanged", "alone", "returns the `", "returns how many", "how many results"),
}  # fmt: skip
"""Words of statements, by a kind of statement that may answer them: a text that has one is not asked again."""
_ANSWERING: Final = {
    "list its parameters": ("parameters:", "args:", "arguments:", "takes "),
    "which unit": ("centimet", "meter", "metre", " cm", "pixel", " unit", "inch"),
    "name the other": ("`",),
    "can be enabled": ("to enable", "enable the", "enable them", "enables"),
}
"""Pieces of a text that may answer a statement with certain words."""


def left_open(tool: ToolContext) -> Iterator[str]:
    """Yield statements about questions that a text leaves open; a stub has none, because no agent needs it."""
    if pattern(_STUB).search(tool.text.lower) is not None:
        return
    said = {kind for sentence in tool.reading.sentences for kind in sentence.says}
    told = [words for kind in _ANSWERS if kind in said for words in _ANSWERS[kind]]
    told += [words for words, pieces in _ANSWERING.items() if has_any(tool.text.lower, pieces)]
    for text in chain(of_values(tool), of_phrases(tool), of_followers(tool), of_sort(tool)):
        if not has_any(text, told):
            yield text
