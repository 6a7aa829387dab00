"""Values of a check: the verdict on each new sentence, and what the rewrite lost."""

from enum import StrEnum
from typing import NamedTuple

from toolsmell.evidence.claims import Objection, Violation

RULES = "rules"
"""Who checked a sentence, if no model did."""


class CheckVerdict(StrEnum):
    """The verdicts of a check about a new sentence."""

    ENTAILED = "entailed"
    CONTRADICTED = "contradicted"
    NOT_SAID = "not said"
    """The evidence does not say it."""
    STEERING = "steering"
    """It steers the agent or praises the tool."""
    UNVERIFIED = "unverified"
    """Typed facts do not settle it, and no model was asked or answered."""


class CheckedSentence(NamedTuple):
    """A new sentence and whether it is true."""

    parameter: str | None
    """The parameter whose description has it; None is the description of the tool."""
    text: str
    verdict: CheckVerdict
    by: tuple[str, ...] = ()
    """Who decided: `rules`, or the name of a model."""
    violations: tuple[Violation, ...] = ()
    """Why it is not accepted."""
    quotation: str = ""
    """What in the evidence settles it."""

    @property
    def accepted(self) -> bool:
        """Whether the sentence is verified."""
        return self.verdict is CheckVerdict.ENTAILED

    @property
    def unsettled(self) -> bool:
        """Whether nothing speaks for or against the sentence."""
        return self.verdict is CheckVerdict.UNVERIFIED

    @property
    def reason(self) -> str:
        """Why it is not accepted, in words."""
        return "; ".join(v.detail for v in self.violations)


class Checked(NamedTuple):
    """The findings of a check of one rewrite."""

    sentences: tuple[CheckedSentence, ...] = ()
    lost: tuple[Violation, ...] = ()

    def having(self, *verdicts: CheckVerdict) -> tuple[CheckedSentence, ...]:
        """Return the sentences with one of these verdicts."""
        return tuple(s for s in self.sentences if s.verdict in verdicts)

    @property
    def sound(self) -> bool:
        """Whether nothing is lost and every new sentence is verified."""
        return not self.lost and all(s.accepted for s in self.sentences)

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Everything that speaks against the rewrite."""
        return (*self.lost, *(v for s in self.sentences for v in s.violations))


_STEERING = frozenset((Objection.INSTRUCTION, Objection.PRAISE))
_CONTRADICTED = frozenset(
    (
        Objection.CONTRADICTS_VERB,
        Objection.CONTRADICTS_ANNOTATION,
        Objection.CONTRADICTS_SCHEMA,
        Objection.INVALID_EXAMPLE,
        Objection.CONTRADICTED,
        Objection.OPPOSITE,
    )
)


def verdict_of(violations: tuple[Violation, ...]) -> CheckVerdict:
    """Return the verdict that follows from the objections to one sentence."""
    found = {v.objection for v in violations}
    if found & _STEERING:
        return CheckVerdict.STEERING
    return CheckVerdict.CONTRADICTED if found & _CONTRADICTED else CheckVerdict.NOT_SAID
