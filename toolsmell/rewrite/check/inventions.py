"""Finds what a sentence states that the evidence does not have: numbers, units, values and names."""

from collections.abc import Iterator

from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Objection, Violation
from toolsmell.evidence.facts import facts_of, same_dimension, spelt_numbers
from toolsmell.evidence.named import names_of
from toolsmell.rewrite.check.new_sentences import Fresh
from toolsmell.text import pattern

_STANDARD = r"\b(?:ISO|RFC|IEEE|UTF|SHA|HTTP|BCP|MD|base|IPv)[ -]?\d+(?:[-.]\d+)*\b"
"""The name of a standard: its number is no quantity."""


def inventions(evidence: ToolEvidence, fresh: list[Fresh]) -> Iterator[Violation]:
    """Yield the numbers, units, values and names of new sentences that the evidence does not have."""
    own, siblings = evidence.own, evidence.siblings
    names = names_of(evidence.tool.server)
    told = {v.lower() for v in (*siblings.values, *siblings.identifiers)} | evidence.names
    for _, sentence in fresh:
        stated = facts_of([pattern(_STANDARD).sub(" ", sentence)])
        about_others = bool(names.named_in(sentence.lower()) - {evidence.tool.tool.name})
        numbers = own.numbers | spelt_numbers(own.lower) | (siblings.numbers if about_others else frozenset())
        for number in sorted(stated.numbers - numbers):
            yield Violation(Objection.INVENTED_NUMBER, f"the evidence has no number {number}", sentence)
        for unit in sorted(stated.units - evidence.units):
            if other := same_dimension(unit, own.units):
                yield Violation(Objection.OPPOSITE, f"the evidence measures in {other}, not in {unit}", sentence)
            else:
                yield Violation(Objection.INVENTED_UNIT, f"nothing is measured in {unit}", sentence)
        for name in sorted(stated.identifiers):
            if name.lower() not in told and name.lower() not in own.lower:
                yield Violation(Objection.INVENTED_PARAMETER, f"nothing has the name '{name}'", sentence)
        for value in sorted({*stated.values, *stated.links}):
            known = value.lower() in own.lower or value.lower() in told
            if not known and value not in stated.identifiers and not _json(value):
                yield Violation(Objection.INVENTED_VALUE, f"the evidence has no '{value[:80]}'", sentence)
        yield from _called_parameters(evidence, sentence)


def _json(value: str) -> bool:
    """Return True for a call written as JSON, which is validated as a whole."""
    return value.startswith("{")


def _called_parameters(evidence: ToolEvidence, sentence: str) -> Iterator[Violation]:
    """Yield names that a sentence calls parameters and that the tool does not have."""
    kinds = "(?:parameter|argument|option|field|flag)"
    called = rf"\b{kinds} [`'\"]?(\w{{2,40}})[`'\"]?|[`'\"](\w{{2,40}})[`'\"] {kinds}\b"
    for match in pattern(called).finditer(sentence):
        name = (match[1] or match[2]).lower()
        if name not in evidence.names and (
            match[2] or f"'{name}'" in sentence.lower() or f"`{name}`" in sentence.lower()
        ):
            yield Violation(Objection.INVENTED_PARAMETER, f"there is no '{name}'", sentence)
