"""Finds what a rewrite lost of the original: numbers, units, values, named tools, conditions and warnings."""

from collections.abc import Iterator

from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Objection, Violation
from toolsmell.evidence.facts import Facts, Statement, mentions, spelt_numbers, statements_of, stems_of
from toolsmell.evidence.named import names_of
from toolsmell.schema.reader import choices_of
from toolsmell.text import Text

_KEPT = 0.6
"""Share of the words of a condition that one sentence must have to count as the same."""


def losses(evidence: ToolEvidence, after: Facts, text: str) -> Iterator[Violation]:
    """Yield the facts of the original that `text`, whose facts are `after`, does not state."""
    before = evidence.original
    for number in sorted(before.numbers - after.numbers - spelt_numbers(text)):
        yield Violation(Objection.LOST_NUMBER, f"the original says {number}")
    for unit in sorted(before.units - after.units):
        yield Violation(Objection.LOST_UNIT, f"the original measures in {unit}")
    for value in sorted(v for v in before.values if v.lower() not in after.lower):
        yield Violation(Objection.LOST_VALUE, f"the original names '{value}'")
    for choice in sorted(_choices_named(evidence) - _named(evidence, after.lower)):
        yield Violation(Objection.LOST_VALUE, f"the original names the value '{choice}'")
    for link in sorted(before.links - after.links):
        yield Violation(Objection.LOST_VALUE, f"the original gives the address {link}")
    for name in sorted(names_of(evidence.tool.server).named_in(before.lower) - {evidence.tool.tool.name}):
        if not mentions(after.lower, name):
            yield Violation(Objection.LOST_REFERENCE, f"the original points to the tool '{name}'")
    yield from _lost_statements(before, text)


def _choices_named(evidence: ToolEvidence) -> frozenset[str]:
    return _named(evidence, evidence.original.lower)


def _named(evidence: ToolEvidence, lower: str) -> frozenset[str]:
    """Return the values of enumerations that a text names."""
    choices = {c for p in evidence.tool.all_parameters for c in choices_of(p.schema)}
    return frozenset(c for c in choices if len(c) > 2 and mentions(lower, c))


def _lost_statements(before: Facts, text: str) -> Iterator[Violation]:
    sentences = [(stems_of(span.text), span.text) for span in Text(text).sentences]
    normal = _normal(text)
    for statement in before.statements:
        if statement.stems and _normal(statement.text) not in normal and not _survives(statement, sentences):
            objection = Objection.LOST_WARNING if statement.warning else Objection.LOST_PRECONDITION
            yield Violation(objection, f"the original says: {statement.text[:200]}", statement.text)


def _survives(statement: Statement, sentences: list[tuple[frozenset[str], str]]) -> bool:
    found: set[str] = set()
    for stems, sentence in sentences:
        bound = list(statements_of(sentence))
        if not bound or any(b.negated for b in bound) is not statement.negated:
            continue
        shared = statement.stems & stems
        if len(shared) >= _KEPT * len(statement.stems):
            return True
        found |= shared
    return len(found) >= 0.8 * len(statement.stems)


def _normal(text: str) -> str:
    return " ".join(text.lower().split())
