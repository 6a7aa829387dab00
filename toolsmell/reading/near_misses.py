"""Denies kinds to constructions that share the words of a kind but say something else.

`If draft is true, sends nothing` has the words of a default, but says what holds if the parameter is given. Each
construction had the kind in at most one of ten labelled sentences.
"""

from typing import Final, TypeAlias

from toolsmell.model.reading import StatementKind
from toolsmell.reading.constructions import BETTER_THAN
from toolsmell.reading.features import LONGEST
from toolsmell.reading.leads import ByLead, by_lead, led
from toolsmell.text import pattern

_GIVEN: Final = (
    r"(?:^|[;:] )\W*(?:if|when) (?!none |neither |no |not )[`'\"]?\w{1,40}[`'\"]? (?:is|are) "
    r"(?:true|set|given|provided|specified|passed|enabled|present)\b"
    r"(?!.*\b(?:default|otherwise|omitted|else|without|not|unless|left out)\b)"
)
_FOREVER: Final = r"\b(?:cannot|can['’]t|can not) be (?:undone|reversed|recovered|restored|recalled)\W*$"
_OTHER_TASK: Final = (
    r"^(?!.*\b(?:use this|use it|when|if)\b).*\b(?:that|which) can (?:then )?be used (?:to|for|in|by|with|as)\b"
    r"|^\W*(?:this|the|each) (?!tool|function|endpoint|command)\w{2,20}(?: (?!tool|function)\w{2,20})? can be used to\b"
)
_TOOL: Final = r"^\W*(?:use|call|run) [`'\"]?[a-z]{1,40}[_-][\w-]{1,40}[`'\"]?(?:\(\))?(?: tool)?"
_AN_ID: Final = r"to (?:find|get|look up|discover|obtain|list|fetch)\b[\w ,]{0,60}?\w{0,30}ids?\b"
_CALLED_BEFORE: Final = rf"{_TOOL} (?:first\b(?! (?:if|when))|{_AN_ID})"
_ACCEPTED: Final = r"\bhttp \W{0,3}2\d\d"
_DENIAL: Final = (
    r"^\W*(?:(?:it|this|this tool|(?:this|the) (?:tool|function|endpoint|action)) )?"
    r"(?:(?:does|can|will|could|do|is|are|was) ?(?:\W{0,2}not\W{0,2}|n['’]t)|cannot) "
)
_THE_DEFAULT: Final = r"(?<!omitted, )\b(?:at|with|in|from|using|to|via|by means of|on) the default [\w -]{2,30}\W*$"
_ERROR: Final = r"^\W*(?:it )?(?:returns?|gives?) (?:an? |the )?(?:error|exception|404|403)\b"
_MORE: Final = (
    r"^\W*(?:read|learn|find out|see) more\b|^\W*(?:for )?more (?:info|information|details) (?:is|are|can|at|on|see)\b"
)
_ASKED: Final = r"\?[\"'”’)]*\W*$"
_JSON: Final = r"^\W{0,3}[{\[]\s*\""
_UNSUITED: Final = (
    r"^\W*(?:it |this (?:tool )?)?(?:is )?not (?:suitable|useful|suited|ideal|intended|meant|recommended|appropriate"
    r"|designed) (?:for|to|when|if)\b(?!.*\buse (?:it|this)\b)"
)
_ONE_OF_THEM: Final = (
    r"\b(?:at least one|either|all|both|one of|exactly one)\b[^.]{0,60}? (?:is|are|must be) (?:required|provided)\b"
    r"(?! (?:for|to|by|before|permission))"
)
_UNLIKE: Final = rf"\b(?:is|are) different from\b|{BETTER_THAN}"
Denials: TypeAlias = ByLead[tuple[str, tuple[int, ...]]]
"""By words of which one must be in the text for a pattern to be tried: the pattern, and the kinds it denies."""


def denials(*rows: tuple[tuple[str, ...], str, tuple[int, ...]]) -> Denials:
    """Return the table of rows of words, a pattern and kinds."""
    return by_lead((lead, (source, kinds)) for leads, source, kinds in rows for lead in leads)


_KINDS: Final = tuple(StatementKind).index
_DENIED: Final = denials(
    (("if ", "when "), _GIVEN, (_KINDS(StatementKind.DEFAULT),)),
    (("the default ",), _THE_DEFAULT, (_KINDS(StatementKind.DEFAULT),)),
    (("error", "exception", " 40"), _ERROR, (_KINDS(StatementKind.RESULT),)),
    ((" more ",), _MORE, tuple(map(_KINDS, set(StatementKind) - {StatementKind.STEERING}))),
    (("?",), _ASKED, tuple(map(_KINDS, (StatementKind.RESULT, StatementKind.PURPOSE, StatementKind.LIMIT)))),
    ((" be ",), _FOREVER, (_KINDS(StatementKind.LIMIT),)),
    ((" can ",), _OTHER_TASK, (_KINDS(StatementKind.WHEN),)),
    ((" first", " to "), _CALLED_BEFORE, (_KINDS(StatementKind.WHEN_NOT),)),
    (("http ",), _ACCEPTED, (_KINDS(StatementKind.FAILURE),)),
    (("not", "n't ", "n’t "), _DENIAL, (_KINDS(StatementKind.PURPOSE),)),
    (("not ",), _UNSUITED, (_KINDS(StatementKind.WHEN),)),
    (("offline",), r"\b(?:works|runs) (?:fully |entirely )?offline\b", (_KINDS(StatementKind.LIMIT),)),
    (("required", "provided"), _ONE_OF_THEM, (_KINDS(StatementKind.PREREQUISITE),)),
    (("different from", " than "), _UNLIKE, (_KINDS(StatementKind.PREREQUISITE),)),
    (
        ("{", "["),
        _JSON,
        tuple(map(_KINDS, set(StatementKind) - {StatementKind.EXAMPLE, StatementKind.RESULT, StatementKind.STEERING})),
    ),
)
UNSURE: Final = -0.1
"""Log-odds of a kind that is not said, but not called missing either."""


def without_near_misses(text: str, odds: list[float]) -> list[float]:
    """Lower the log-odds of each kind that a sentence has for its words, but not for their construction."""
    return denied(text[:LONGEST].lower(), odds, _DENIED)


def denied(lower: str, odds: list[float], table: Denials) -> list[float]:
    """Lower the log-odds of the kinds that the rows of a table deny to a sentence in lower case."""
    for source, kinds in led(lower, table):
        if pattern(source).search(lower):
            for kind in kinds:
                odds[kind] = min(odds[kind], UNSURE)
    return odds
