"""Tells openings that speak of the world from those that speak of the tool.

`The night sky holds many secrets.` and `Invoices are how companies get paid.` tell an agent nothing, and the sentence
after them opens the description. In the labelled descriptions, no reader found a statement in such an opening.
"""

from collections.abc import Collection
from typing import Final

from toolsmell.reading.sentences import Sentence
from toolsmell.text import pattern

_OF_THE_TOOL: Final = (
    r"(?!\w+s (?:or \w+s )?(?:the|an?|all|each|every|how|which|what|whether|where|who|id|one|up|its|your|any|both)\b)"
    r"(?!(?:\w+ly|you|your|this|these|it|here|with|use|used|using|which|what|where|whether|who|how|when|if|given|returns?"
    r"|lists?|shows?|gets?|provides?|there|by|to|from|ask|let|set|make|check|find|see|learn|know|validate|run|execute"
    r"|download|read|search|fetch|login|generate)\b)"
)
"""How an opening about the tool begins: with a verb and its object, or with words that point to the tool."""
_SUBJECT: Final = (
    r"(?:(?:an?|the|every|each|most|many|all|some|good|no) )?"
    r"(?:(?!(?:that|which|where|who|whose|whether|what|tools?|functions?|server|api|endpoint|it|this|you|your|users?|caller|agent|client|how|to)\b)"
    r"[\w'-]{1,30},? ){1,6}?"
)
_SAYS: Final = (
    r"(?:(?:is|are|was|were) (?!\w+(?:ed|en)\b|used\b|given\b|sent\b|found\b|read\b|shown\b|made (?:by|with)\b"
    r"|currently\b)"
    r"|(?:has|have|had) |(?:matters?|tells?|holds?|makes?|needs?|helps?|plays?|comes?|begins?|connects?|means?|brings?"
    r"|affects?|occurs?|tends?|deserves?|lives?|grows?|can be|should be|would be|belongs?|counts?|demands?|depends?"
    r"|takes place|happens?)\b)"
)
_TRUTH: Final = rf"\W*{_OF_THE_TOOL}{_SUBJECT}{_SAYS}(?!.*\b(?:tool|function|endpoint|api)\b)"
_READ: Final = 300
"""Characters of a sentence that are read; a longer one is no saying."""


def is_general_truth(sentence: Sentence, verbs: Collection[str]) -> bool:
    """Return True if a sentence, as an opening, tells of the world. `verbs` are verbs of change in all forms."""
    text = sentence.text
    if len(text) > _READ or not sentence.words or sentence.words[0] in verbs:
        return False
    return pattern(_TRUTH).match(text.lower()) is not None
