"""Finds sentences that say the opposite of a sentence in the evidence: the same words with another polarity.

The evidence is the original text, the texts of parameters, and the words of rejections. Verbs of permission, listing
and overwriting are read with their opposites: "SELECT queries are refused" denies "SELECT queries are allowed".
"""

from collections.abc import Iterator, Mapping
from re import IGNORECASE
from typing import Final

from toolsmell.calling.classify import Outcome
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Objection, Violation
from toolsmell.evidence.facts import stems_of
from toolsmell.text import Text, pattern

_PREDICATES: Final[Mapping[str, str]] = {
    "allowed": (
        r"allowed|accepted|permitted|supported|possible|valid|fine"
        r"|(?:(?<=may )|(?<=can ))(?:also )?be (?:run|used|executed|passed|sent)"
    ),
    "refused": r"rejected|refused|forbidden|denied|invalid|unsupported",
    "included": r"included|listed|shown|returned|visible",
    "left out": r"left out|excluded|omitted|hidden|skipped|ignored",
    "overwritten": r"overwrites?|overwritten|replaces?|replaced|discards?|discarded",
    "kept": r"kept|keeps?|preserved|untouched|unchanged|appended|appends?|added at the end",
    "created": r"created|added|made",
    "deleted": r"deleted|removed|erased",
    "first": r"comes? first|come first|is first",
    "last": r"comes? last|come last|is last",
}
_OPPOSITE: Final = {"refused": "allowed", "left out": "included", "kept": "overwritten", "last": "first"}
"""A predicate -> the one that it negates."""
_NOT: Final = r"(?:(?P<not>not|never|n't|no longer) )?(?:\w+ )??"
_ONLY: Final = r"\bonly (?P<what>[\w ]{2,60}?) (?:are|is|can be|may be) (?:allowed|accepted|permitted|supported)\b"
_OTHERS: Final = r"\b(?:other than|besides|except|any|all|every)\b"
_SHARED: Final = 0.75
_ORDERS: Final = (
    ("oldest", "newest"),
    ("ascending", "descending"),
    ("smallest", "largest"),
    ("smaller", "larger"),
    ("alphabetical", "chronological"),
    ("recursively", "non-recursively"),
    ("earliest", "latest"),
)


def against_opposites(evidence: ToolEvidence, sentence: str) -> Iterator[Violation]:
    """Yield the sentence of the evidence that `sentence` says the opposite of."""
    for told in _told(evidence):
        if is_opposite(sentence, told):
            yield Violation(Objection.OPPOSITE, f"the evidence says: {' '.join(told.split())[:160]}", sentence)
            return


def is_opposite(one: str, other: str) -> bool:
    """Return True if two sentences say opposite things of the same matter."""
    if _lifts(one, other):
        return True
    ordered = _order(one)
    if ordered and (against := _order(other)) and against != ordered and against[0] == ordered[0]:
        return _same_matter(one, other, {*_ORDERS[ordered[0]]})
    if _excludes(one) is not _excludes(other):
        return False  # "Anything other than SELECT is rejected" agrees with "only SELECT is allowed"
    said, told = _predicates(one), _predicates(other)
    clashing = [name for name, negated in said.items() if name in told and told[name] is not negated]
    return bool(clashing) and _same_matter(one, other, {w for name in clashing for w in _forms(name)})


def _excludes(sentence: str) -> bool:
    return pattern(r"\b(?:other than|except|besides|apart from)\b", IGNORECASE).search(sentence) is not None


def _told(evidence: ToolEvidence) -> Iterator[str]:
    tool = evidence.tool
    texts = [tool.text.raw, *(p.description for p in tool.all_parameters if p.description)]
    for text in texts:
        yield from (span.text for span in Text(text).sentences)
    for call in evidence.own_calls:
        if call.outcome is Outcome.REJECTED:
            yield call.text[:300]


def _lifts(one: str, other: str) -> bool:
    """Return True if one sentence allows more than the only thing that the other one allows, or denies that thing."""
    only = pattern(_ONLY, IGNORECASE).search(other)
    said = _predicates(one).get("allowed") if only else None
    if only is None or said is None or pattern(_ONLY, IGNORECASE).search(one):
        return False
    thing, mine = stems_of(only["what"]), stems_of(one)
    if pattern(_OTHERS, IGNORECASE).search(one):
        return not said and bool(thing & mine)
    return said and bool(thing) and thing <= mine


def _predicates(sentence: str) -> dict[str, bool]:
    """Return the predicates of a sentence, each with whether it is negated."""
    found: dict[str, bool] = {}
    for name, words in _PREDICATES.items():
        match = pattern(rf"\b(?:is|are|be|gets?|will be)?n?'?t? ?{_NOT}\b(?:{words})\b", IGNORECASE).search(sentence)
        if match:
            flips = name in _OPPOSITE
            found[_OPPOSITE.get(name, name)] = (match["not"] is not None) is not flips
    return found


def _forms(name: str) -> frozenset[str]:
    opposite = next((k for k, v in _OPPOSITE.items() if v == name), name)
    return frozenset(f"{_PREDICATES[name]}|{_PREDICATES[opposite]}".replace("?", "").split("|"))


def _order(sentence: str) -> tuple[int, int] | None:
    """Return which pair of opposite order words a sentence uses, and which of the two, or None."""
    lower = sentence.lower()
    found = [
        (number, side)
        for number, pair in enumerate(_ORDERS)
        for side, word in enumerate(pair)
        if pattern(rf"\b{word}\b").search(lower)
    ]
    return found[0] if len(found) == 1 else None


def _same_matter(one: str, other: str, besides: set[str]) -> bool:
    left_out = stems_of(" ".join(besides)) | {"error"}
    mine, theirs = stems_of(one) - left_out, stems_of(other) - left_out
    return len(mine) > 0 and len(mine & theirs) >= _SHARED * len(mine)
