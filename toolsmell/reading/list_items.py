"""Tells the kind of list items that say nothing for themselves: `Elevation data` under `Returns:`."""

from typing import Final

from toolsmell.model.reading import StatementKind
from toolsmell.reading.sections import Stand
from toolsmell.text import pattern

_BY_SECTION: Final = {
    "result": StatementKind.RESULT,
    "limit": StatementKind.LIMIT,
    "example": StatementKind.EXAMPLE,
}
"""Sections whose list items are statements of the same kind."""
_NOT_FOR: Final = (
    r"\b(?:when not to use|(?:do not|don['’]t) use (?:it|this|this tool)|not (?:suitable|intended|meant|suited) for)\b"
)
_FOR: Final = (
    r"\b(?:when to use|use (?:it|this)(?: tool)? (?:to|for|when|if)|use cases?"
    r"|(?:useful|ideal|suited|effective|good|great|perfect|helpful)\b[\w -]{0,40} (?:for|when|to))\b"
)
_ERRORS: Final = (
    r"^\W*(?:possible |common )?"
    r"(?:errors?(?: codes?| cases?| conditions?)?|raises|exceptions|failures|fails (?:if|when))\W*$"
)
_FIRST: Final = r"^\W*(?:prerequisites?|before you (?:start|begin|call)[\w ]{0,20}|you (?:first )?need)\W*$"
_ENDS: Final = r"^\W*(?:known |current )?(?:not supported|unsupported|coverage|bounds|caveats|limitations|limits)\W*$"
_BY_HEADING: Final = (
    # Other sections have headings of many meanings, so that the words of the heading decide.
    (StatementKind.WHEN_NOT, _NOT_FOR),
    (StatementKind.WHEN, _FOR),
    (StatementKind.FAILURE, _ERRORS),
    (StatementKind.PREREQUISITE, _FIRST),
    (StatementKind.LIMIT, _ENDS),
    (StatementKind.EFFECT, r"^\W*side[ -]effects?\W*$"),
)
_LABELLED: Final = frozenset((StatementKind.FAILURE,))
"""Kinds whose items begin with a name: `NOT_FOUND: no such parcel`."""


def by_heading(stand: Stand, heading: str) -> tuple[StatementKind, ...]:
    """Return the kind that the heading above gives to a list item which says nothing for itself."""
    if stand.heading or stand.section is None:
        return ()
    kind = _kind(stand, heading)
    if kind is None:
        return ()
    if stand.label is not None and not (stand.bullet and kind is StatementKind.EXAMPLE):
        return (kind,) if kind in _LABELLED and stand.under is None and stand.opens_line else ()
    return (kind,) if stand.bullet else ()


def _kind(stand: Stand, heading: str) -> StatementKind | None:
    lower = heading.lower()
    for kind, source in _BY_HEADING:
        if pattern(source).search(lower):
            return kind
    return _BY_SECTION.get(stand.section or "")
