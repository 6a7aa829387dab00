"""What a rewrite states that nothing supports.  Pure."""

from collections.abc import Iterator

from toolsmell.evidence.citations import Evidence
from toolsmell.evidence.claims import Claim, Objection, Rewrite, Violation
from toolsmell.evidence.facts import facts_of, spelt_numbers
from toolsmell.text import Text, pattern


def fresh_sentences(evidence: Evidence, rewrite: Rewrite) -> list[tuple[str | None, str]]:
    """Return the sentences that the original does not hold, each with the parameter that it is about, if any."""
    told = {p.name: p.description or "" for p in evidence.tool.parameters}
    found: list[tuple[str | None, str]] = []
    for name, text in ((None, rewrite.description), *rewrite.parameters.items()):
        raw = evidence.tool.text.raw if name is None else told.get(name, "")
        before = normal(raw)
        found += [(name, s.text) for s in Text(text).sentences if normal(s.text) not in before]
    return found


def normal(text: str) -> str:
    """Return `text` without what does not change its meaning: case, blanks, and the mark at its end."""
    return " ".join(text.lower().split()).rstrip(".;: ")


def uncited(evidence: Evidence, rewrite: Rewrite, fresh: list[tuple[str | None, str]]) -> Iterator[Violation]:
    """Yield the new sentences that no claim carries, and the claims that their citations do not."""
    by_place: dict[str | None, list[Claim]] = {}
    for claim in rewrite.claims:
        by_place.setdefault(claim.parameter, []).append(claim)
    for parameter, sentence in fresh:
        carried = [c for c in by_place.get(parameter, ()) if _same(c.text, sentence)]
        reasons = [evidence.unsupported(claim) for claim in carried]
        if not carried:
            yield Violation(Objection.UNCITED, "no claim says it", sentence)
        elif all(reasons):
            yield Violation(Objection.UNCITED, reasons[0] or "", sentence)


def _same(claim: str, sentence: str) -> bool:
    a, b = normal(claim), normal(sentence)
    return a in b or b in a


def inventions(evidence: Evidence, fresh: list[tuple[str | None, str]]) -> Iterator[Violation]:
    """Yield the numbers, units, values and names in new sentences that stand nowhere in the evidence."""
    known = evidence.known
    numbers = known.numbers | spelt_numbers(known.lower)
    for _, sentence in fresh:
        stated = facts_of([sentence])
        for number in sorted(stated.numbers - numbers):
            yield Violation(Objection.INVENTED_NUMBER, f"nothing says {number}", sentence)
        for unit in sorted(stated.units - evidence.units):
            yield Violation(Objection.INVENTED_UNIT, f"nothing measures in {unit}", sentence)
        for name in sorted(stated.identifiers):
            if name.lower() not in evidence.names and name.lower() not in known.lower:
                yield Violation(Objection.INVENTED_PARAMETER, f"nothing is called '{name}'", sentence)
        for value in sorted({*stated.values, *stated.links}):
            if value.lower() not in known.lower and value not in stated.identifiers and not _json(value):
                yield Violation(Objection.INVENTED_VALUE, f"nothing names '{value[:80]}'", sentence)
        yield from _called_parameters(evidence, sentence)


def _json(value: str) -> bool:
    """A call shown as JSON is validated as a whole."""
    return value.startswith("{")


def _called_parameters(evidence: Evidence, sentence: str) -> Iterator[Violation]:
    """Yield names that a sentence calls parameters and that are none."""
    kinds = "(?:parameter|argument|option|field|flag)"
    called = rf"\b{kinds} [`'\"]?(\w{{2,40}})[`'\"]?|[`'\"](\w{{2,40}})[`'\"] {kinds}\b"
    for match in pattern(called).finditer(sentence):
        name = (match[1] or match[2]).lower()
        if name not in evidence.names and (
            match[2] or f"'{name}'" in sentence.lower() or f"`{name}`" in sentence.lower()
        ):
            yield Violation(Objection.INVENTED_PARAMETER, f"there is no '{name}'", sentence)
