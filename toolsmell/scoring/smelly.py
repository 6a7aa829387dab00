"""Summarises the smells of one tool in one finding, with the statement that would help most."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Final

from toolsmell.model import Confidence, Finding, FindingKind, Severity

SMELLY: Final = "smelly-description"
"""The id of the finding."""
FAMILY: Final = "smell"


@cache
def smell(id_: str) -> Finding:
    """Return a smell on its own, as configurations switch it off or change its severity."""
    return Finding(
        id=id_,
        kind=FindingKind.SMELL,
        family=FAMILY,
        severity=Severity.NOTE,
        confidence=Confidence.MEDIUM,
        message=words(id_),
        pointer="/description",
    )


def summarised(smells: Sequence[Finding], next_: str | None) -> Finding:
    """Return the finding for the `smells` of a tool, at least one; `next_` is the statement that would help most.

    The severity is that of the most severe smell.
    """
    found = reworded(smell(SMELLY), tuple([one.id for one in smells]), next_)
    severity = min([one.severity for one in smells], key=lambda severity: severity.rank)
    return found if severity is found.severity else found._replace(severity=severity)


def reworded(finding: Finding, smells: tuple[str, ...], next_: str | None) -> Finding:
    """Return the finding with these smells, and with this statement as its help."""
    return finding._replace(smells=smells, message=", ".join(map(words, smells)), help=next_ or "")


def without(finding: Finding, ids: Collection[str]) -> Finding:
    """Return the finding without some of its smells; at least one has to stay."""
    return reworded(finding, tuple(id_ for id_ in finding.smells if id_ not in ids), finding.help)


def words(id_: str) -> str:
    """Return a smell's id as words: `unclear-purpose` as "unclear purpose"."""
    return id_.replace("-", " ")
