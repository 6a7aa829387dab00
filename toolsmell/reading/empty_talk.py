"""Denies statements to sentences that define a common word, praise, or tell of a function that code may call.

`A folder is a place where files are kept` and `Watering plants becomes easy` tell nothing of a tool, although they have
the words of effects and purposes. Readers found no statement in any of the definitions in the labelled descriptions.
"""

from collections.abc import Container
from collections.abc import Set as AbstractSet
from typing import Final

from toolsmell.model.reading import StatementKind
from toolsmell.reading.features import LONGEST, Names
from toolsmell.reading.near_misses import UNSURE, denials, denied
from toolsmell.reading.statement_kinds import Context
from toolsmell.reading.stems import stems_of, without_forms
from toolsmell.text import pattern, words_of

_DEFINED: Final = (
    r"^(?:(?:an?|each|every) [\w'-]{1,40}(?: [\w'-]{1,40}){0,2} is|[a-z'-]{1,40}s are"
    r"|(?!(?:it|this|that|there|what|which|here|one|each|he|she) )[a-z-]{2,40} is)"
    r" (?:(?:an?|the|where|what|how|when|one|part|used to) (?!same\b|default\b|only\b)"
    r"|(?:[a-z]{2,30} ){1,2}(?:that|which|who|of)\b)"
)
_PRAISED: Final = (
    r"\b(?:is|are|becomes?|gets?|been|made|makes? [\w -]{1,60}?)"
    r" (?:(?:an?|the|so|very|more|most|always|\w{2,20}ly) ){0,3}"
    r"(?:easy|easier|simple|simpler|breeze|effortless|straightforward|pleasure|joy|fun|convenient|helpful|useful|popular"
    r"|nice|great|excellent|powerful|reliable|efficient)(?: and [\w-]{3,20})?"
    r"(?: (?:with|using|by means of) (?:it|this)\b.{0,40})?\W*$"
)
_OPINION: Final = (
    r"^[a-z][\w' -]{2,60}? (?:is|are) (?:(?:an?|the|of|always|often|very|quite|most) ){0,2}"
    r"(?:good|bad|best|common|frequent|important|valuable|essential|vital|wise|popular|matter)\b"
    r"(?! (?:when|if|for|to|because|before|since)\b)[\w' -]{0,40}\W*$"
)
"""What somebody thinks of a thing: `Paying bills on time is good practice`."""
_RESTATED: Final = (
    r"^what (?:is|gets) \w{2,30}ed is\b"
    r"|\b(?:is|are|gets?) \w{2,30}(?:ed|en|t) by (?:it|(?:this|the) (?:tool|function))\b"
)
_LATER: Final = (
    r"^\W*(?:returns?|returned|if|for|only|when|note|examples?|args|each|requires?|required|optional|optionally|important"
    r"|useful|ideal|perfect|pass|warning|accepts|ask|includes?|including|max|maximum|call|provide|defaults?|takes|just"
    r"|it (?:should|must|takes|requires|accepts|expects|needs)"
    r"|outputs?|input|always|never|use|sorted|ordered|grouped|ranked|capped|limited|also|does|do"
    r"|cannot|now|each|every)\b"
)
"""How a sentence begins that, behind the opening, states something else than a purpose. In the training half of
`benchmarks/labels`, readers found a purpose in 4 of 832."""
_FUNCTION: Final = (
    r"^\W*(?:(?:async |export |The |the )*(?:[Ff]unction|[Mm]ethod|def) )?([A-Za-z_][\w.]{0,80})\([^()\n]{0,300}\)`?"
    r"(?: ?(?:->|:) ?[\w<>\[\]|{}]{1,60})? ?(?:[-–—:,]|->)? ?[a-z]"
)
"""A function with its arguments, and a word about it: `move(window: number) moves a window`."""
_WITHHELD: Final = r"\b(?:do|does|will) ?(?:not|n['’]t) (?:also )?return\b"
_DONE: Final = r"^(?:an?|the|all|each|every) [\w -]{2,60}? (?:is|are) (\w{2,30}?(?:ed|en|t))\b"
_CONDITION: Final = frozenset(
    "if when will not no never only unless automatically permanently also then until after without instead".split()
)
"""Words that say more of an act than that the tool does it."""
_KINDS: Final = tuple(StatementKind).index
_OF_DEFINITIONS: Final = tuple(
    map(_KINDS, set(StatementKind) - {StatementKind.LIMIT, StatementKind.DEFAULT, StatementKind.STEERING})
)
_OF_PRAISE: Final = tuple(
    map(_KINDS, (StatementKind.PURPOSE, StatementKind.WHEN, StatementKind.EFFECT, StatementKind.RESULT))
)
_OF_FUNCTIONS: Final = tuple(map(_KINDS, (StatementKind.PURPOSE, StatementKind.EFFECT, StatementKind.RESULT)))
_DENIED: Final = denials(
    ((" is ", " are "), _DEFINED, _OF_DEFINITIONS),
    ((" is ", " are ", " been ", "make", "made", "become", " get"), _PRAISED, _OF_PRAISE),
    ((" is ", " are "), _OPINION, _OF_PRAISE),
    (("ed is", " by it", " by this ", " by the "), _RESTATED, (_KINDS(StatementKind.EFFECT),)),
)
_PURPOSE: Final = _KINDS(StatementKind.PURPOSE)
_RESULT: Final = _KINDS(StatementKind.RESULT)
_EFFECT: Final = _KINDS(StatementKind.EFFECT)


def without_talk(text: str, odds: list[float], context: Context, *, opens: bool = False) -> list[float]:
    """Lower the log-odds of each kind that a sentence has for its words, but not for what it says."""
    lower = text[:LONGEST].lower()
    odds = denied(lower, odds, _DENIED)
    if odds[_EFFECT] > 0 and _names_its_act(lower, context.name_stems):
        odds[_EFFECT] = UNSURE
    if odds[_RESULT] > 0 and lower.count("return") == 1 and pattern(_WITHHELD).search(lower):
        odds[_RESULT] = UNSURE
    if not opens and odds[_PURPOSE] > 0 and pattern(_LATER).match(lower):
        odds[_PURPOSE] = UNSURE
    return odds


def tells_of_a_function(text: str, tool: str, siblings: Container[str]) -> bool:
    """Return True if a sentence is about a function with its arguments that is neither the tool nor a sibling."""
    match = pattern(_FUNCTION).match(text[:LONGEST]) if "(" in text else None
    return match is not None and match[1] != tool and match[1] not in siblings


def without_functions(text: str, odds: list[float], names: Names) -> list[float]:
    """Lower the log-odds of what a function does that is no tool: code that the tool runs may call it."""
    if tells_of_a_function(text, names.tool, names.siblings):
        for kind in _OF_FUNCTIONS:
            odds[kind] = min(odds[kind], UNSURE)
    return odds


def _names_its_act(lower: str, name_stems: AbstractSet[str]) -> bool:
    """Return True if a sentence says no more, in the passive, than the verb in the name: `a door is locked`."""
    match = pattern(_DONE).match(lower)
    if match is None or not _CONDITION.isdisjoint(words_of(lower)):
        return False
    return not without_forms(stems_of((match[1],)) - name_stems, name_stems)
