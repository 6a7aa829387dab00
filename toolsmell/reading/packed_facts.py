"""Finds statements that are packed into a few words of a sentence whose other words speak of something else.

`Return up to 50 contacts, newest first` is a purpose for most of its words; the weights of words see the limit and
the order of the result only if they were fitted to enough sentences of this kind.
"""

from collections.abc import Sequence
from typing import Final

from toolsmell.model.reading import StatementKind
from toolsmell.reading.consequences import CONSEQUENCES
from toolsmell.reading.constructions import CERTAIN
from toolsmell.reading.features import LONGEST
from toolsmell.reading.leads import by_lead, led
from toolsmell.text import has_any, pattern

_RETURNED: Final = (
    r"\w,? and (?:then )?returns? (?!(?:(?:its|their|the|an?) )?"
    r"(?:results?|response|output|answer|errors?|exception|early|to|from|if|when|nothing)\b)[a-z]"
)
_RETURNS: Final = (
    r"^\W*(?:it |this |this tool )?(?:also )?returns? (?!(?:an? |the )?(?:\w+ )?(?:errors?|exception|nothing|null|none"
    r"|early|if|when|max|up to)\b)[\w`{\[]"
)
"""Behind the opening. In the training half of `benchmarks/labels`, readers found a result in 74 of 74."""
_RETURNS_EITHER: Final = r",? returns? either (?:the |an? )"
_CONSENT_LATER: Final = (
    r"\b(?:obtain|get|seek|ask|request|collect|gather)\b[\w' ]{0,30} "
    r"(?:consent|permission|approval|confirmation|agreement)\b.{0,30}? "
    r"(?:afterwards?|later|after the (?:fact|event|deed))\b"
)
_ORDERED: Final = (
    r"\byou (?:must|have to) (?:always )?(?:use|call|invoke) this (?:tool|function)\b(?! (?:to|with|in)\b)"
    r"|\b(?:use|call|invoke) this (?:tool |function )?every time\b"
)
_OVERRIDES: Final = (
    r"(?<!whether to )\b(?:ignore|disregard|forget) (?:all |any |the |your |these |of )*"
    r"(?:previous|prior|earlier|preceding|foregoing|former) (?:\w{2,20} )?"
    r"(?:rules?|instructions?|prompts?|directives?|guidelines?|constraints|orders|guidance|policies)\b"
)
_ELSEWHERE: Final = r"^\W*for [^.]{3,120}, (?:use|call|see) (?:the )?[`'\"]?[a-z]{1,40}[_-][a-z]"
_NOT_FOR: Final = r"^\W*(?:do not|don['’]t) use (?:it|this|this tool) (?:to|for|when|if)\b(?! any| other| all| every)"
_AND_THEN: Final = (
    r"^\W*(?!if |when |to |use )[a-z]{2,20} [^.;:,]{3,100} and (?:then |also |automatically )?"
    r"(?:sends?|notif(?:y|ies)|e?mails?|writes?|deletes?|removes?|overwrites?|resets?|charges?|restarts?|stores?|saves?"
    r"|closes?|clears?|archives?|moves?|publish(?:es)?) (?:an?|the|its|it|their|all|each|every|them|to|`)\b"
)
"""A second act of a first sentence: `Create a user and send an invitation`. Readers saw an effect in 8 of 10."""
_NUMBER: Final = r"(?:\d|(?:once|twice|one|two|three|four|five|six|eight|ten|twelve|twenty|thirty|fifty) )"
_MOST: Final = rf"\b(?:up to|at most|no more than) (?:about |around )?{_NUMBER}"
_CAP: Final = r"\(cap(?:ped at)?:? \d|\bat most `"
_WORKFLOW: Final = r"[\w)`] ?(?:->|→) ?[`\w]{1,60} ?(?:->|→) ?[`\w]"
_CALLED_FIRST: Final = r"^\W*(?:call|run|use) (?:the )?[`'\"]?[a-z]{1,40}[_-][\w-]{1,40}[`'\"]?(?: tool)? first\b"
_UNCHANGED: Final = (
    r"^\W*(?:(?:it|this|this tool) )?(?:does|do) not (?:update|modify|change|alter|delete|write|overwrite) "
)
_MAXIMUM: Final = r"\(max(?:imum)?\.?:? (?:of )?\d[\d,]*\b(?! ?(?:-|to|by|and))"
_ONLY: Final = (
    r"[,(] ?only (?:for|on|in|if|when|from)\b|\bonly\)?\W*$"
    r"|^(?:it|this|(?:this|the) (?:tool|function)) only [a-z]{2,20}s\b"
)
_LEFT_OUT: Final = r", (?:without|excluding|except|but not|not including) (?!\w{2,30}ing\b)[a-z]"
_FORMAT: Final = (
    r"(?:pdf|csv|tsv|png|jpe?g|gif|svg|eps|tiff|webp|mp3|wav|ogg|flac|mp4|json|xml|html|markdown|yaml|docx|xlsx|odt"
    r"|rtf|zip)"
)
_FORMATS: Final = rf"\b(?:as|to|in|into|from) (?:an? )?{_FORMAT}(?:, {_FORMAT}){{0,9}},? or {_FORMAT}\b"
_AS_FORMAT: Final = (
    rf"^(?!\W*(?:save|store|upload|write)s?\b)[^\n]{{0,600}}?\b(?:as|into) (?:an? )?{_FORMAT}\b"
    r"(?![-:(]| (?:uri|url|data|encoded|string|or)\b)"
)
"""What is saved as a file comes back from nowhere."""
_UNIT: Final = (
    r"[a-z,)] in (?:metres|meters|feet|(?:kilo|centi|milli)met(?:re|er)s|miles|inches|(?:kilo)?grams|kg"
    r"|pounds|tons|lit(?:re|er)s|(?:us |euro )?(?:cents|dollars)|euros|pence|yen|usd|eur|gbp"
    r"|chf|cad|aud|jpy|cny|inr|per ?cent"
    r"|(?:milli)?seconds|minutes|hours|bytes|[km]b|pixels|(?:degrees )?(?:celsius|fahrenheit)|degrees|utc)\b"
)
_UNITS: Final = rf"^[^:]{{1,200}}{_UNIT}"
_FIRST: Final = (
    r", (?:the )?(?:newest|oldest|latest|earliest|nearest|best|highest|lowest|cheapest|largest|smallest|most \w{1,20})"
    r" first\b"
)
_EXAMPLE: Final = r"^\W*examples?(?: (?:call|use|usage|query|value)s?)?: ?\w.{4}"
_KEPT: Final = r"\b(?:and|but|while) (?:keep|preserv|retain)(?:e?s|e|ing)? (?:its|their|the|all)\b"
_SORTED: Final = (
    r", by (?:\w{1,20} )?(?:group|type|category|kind|class|month|day|week|year|date|region|country|status|size)s?"
    r"\b(?! ?:)"
    r"|\b(?:sorted|ordered|ranked|grouped|arranged) by\b"
    r"|\bin (?:chronological|alphabetical|descending|ascending) order\b"
)
_FINAL: Final = r"\b(?:cannot|can't|can not) be (?:undone|reversed|recovered|restored|recalled)\b|\birreversibl[ey]\b"
_KINDS: Final = tuple(StatementKind).index
_SHOWN: Final = (
    # The kind, a word that must be in the text for the pattern to be tried, and the pattern.
    (_KINDS(StatementKind.RESULT), "return", _RETURNED),
    (_KINDS(StatementKind.RESULT), " in ", _UNITS),
    (_KINDS(StatementKind.RESULT), " first", _FIRST),
    (_KINDS(StatementKind.RESULT), " by ", _SORTED),
    (_KINDS(StatementKind.RESULT), " order", _SORTED),
    (_KINDS(StatementKind.LIMIT), "up to ", _MOST),
    (_KINDS(StatementKind.LIMIT), "at most ", _MOST),
    (_KINDS(StatementKind.LIMIT), "no more than ", _MOST),
    (_KINDS(StatementKind.LIMIT), "max", _MAXIMUM),
    (_KINDS(StatementKind.LIMIT), "(cap", _CAP),
    (_KINDS(StatementKind.LIMIT), "at most `", _CAP),
    (_KINDS(StatementKind.PREREQUISITE), "->", _WORKFLOW),
    (_KINDS(StatementKind.PREREQUISITE), "→", _WORKFLOW),
    (_KINDS(StatementKind.PREREQUISITE), " first", _CALLED_FIRST),
    (_KINDS(StatementKind.EFFECT), " not ", _UNCHANGED),
    (_KINDS(StatementKind.LIMIT), "only", _ONLY),
    (_KINDS(StatementKind.LIMIT), " or ", _FORMATS),
    (_KINDS(StatementKind.RESULT), " or ", _FORMATS),
    (_KINDS(StatementKind.RESULT), " as ", _AS_FORMAT),
    (_KINDS(StatementKind.RESULT), " into ", _AS_FORMAT),
    (_KINDS(StatementKind.LIMIT), ", without ", _LEFT_OUT),
    (_KINDS(StatementKind.LIMIT), ", e", _LEFT_OUT),
    (_KINDS(StatementKind.LIMIT), " not ", _LEFT_OUT),
    (_KINDS(StatementKind.EFFECT), " and ", _AND_THEN),
    (_KINDS(StatementKind.EFFECT), "keep", _KEPT),
    (_KINDS(StatementKind.EFFECT), "preserv", _KEPT),
    (_KINDS(StatementKind.EFFECT), "retain", _KEPT),
    (_KINDS(StatementKind.EFFECT), "be ", _FINAL),
    (_KINDS(StatementKind.EFFECT), "irreversibl", _FINAL),
    (_KINDS(StatementKind.EFFECT), "read-only", r"^\W*read-only\W*$"),
    (_KINDS(StatementKind.EXAMPLE), "example", _EXAMPLE),
    (_KINDS(StatementKind.RESULT), "either ", _RETURNS_EITHER),
    (_KINDS(StatementKind.STEERING), "this", _ORDERED),
    (_KINDS(StatementKind.STEERING), " after", _CONSENT_LATER),
    (_KINDS(StatementKind.STEERING), " later", _CONSENT_LATER),
    (_KINDS(StatementKind.STEERING), "ignore ", _OVERRIDES),
    (_KINDS(StatementKind.STEERING), "disregard ", _OVERRIDES),
    (_KINDS(StatementKind.STEERING), "forget ", _OVERRIDES),
    (_KINDS(StatementKind.WHEN_NOT), "for ", _ELSEWHERE),
    (_KINDS(StatementKind.WHEN_NOT), " use ", _NOT_FOR),
)
"""`... and returns its id` says what comes back, `up to 50` limits, `you must use this tool` steers, and `Read-only.`
says what changes, whatever else a sentence says."""
_EVERY: Final = by_lead((lead, (kind, source)) for kind, lead, source in (*_SHOWN, *CERTAIN, *CONSEQUENCES))
_RESULT: Final = _KINDS(StatementKind.RESULT)
_SURE: Final = 1.0
"""Log-odds of a kind that the structure of a sentence shows."""
_COUNTED: Final = (
    # The kind, words of which one must be in the text, and the patterns: each match is a fact of its own.
    (StatementKind.RESULT, (" in ", " first", " by ", " order"), (_UNIT, _FIRST, _SORTED)),
    (StatementKind.LIMIT, ("up to ", "at most ", "no more than ", "only", " or "), (_MOST, _ONLY, _FORMATS)),
)
MOST: Final = 3
"""Facts of one kind that a sentence can have."""


def with_structure(text: str, odds: list[float], *, opens: bool = False) -> list[float]:
    """Raise the log-odds of each kind that the structure of a sentence shows, although no weight knows its words."""
    lower = text[:LONGEST].lower()
    if not opens and odds[_RESULT] < _SURE and "return" in lower and pattern(_RETURNS).match(lower):
        odds[_RESULT] = _SURE
    for kind, source in led(lower, _EVERY):
        if odds[kind] < _SURE and pattern(source).search(lower):
            odds[kind] = _SURE
    return odds


def packed(text: str, says: Sequence[StatementKind]) -> tuple[StatementKind, ...]:
    """Return the kinds that a sentence states more than once, one for each further fact: `newest first, in kb`."""
    if len(text) > LONGEST:
        return ()
    lower = text.lower()
    found: list[StatementKind] = []
    for kind, leads, sources in _COUNTED:
        if kind in says and has_any(lower, leads):
            number = sum([len(pattern(source).findall(lower)) for source in sources])
            found.extend([kind] * (min(number, MOST) - 1))
    return tuple(found)
