"""Values of what is proposed for a tool: variants with their measures, and the choice among them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from toolsmell.evidence.check_verdicts import Checked
from toolsmell.evidence.claims import Reported, Rewrite, Violation
from toolsmell.model import Pointer, Score


class Measured(NamedTuple):
    """Scores and tokens of a tool with one text."""

    scores: Mapping[str, Score]
    overall: float | None
    tokens: int
    """Tokens of the whole tool as it is offered to a model."""
    worth: float
    """The mean expected level of the scored components on 0-100: the overall score before it is rounded."""


class VariantKind(StrEnum):
    """The kind of a variant."""

    FULL = "full"
    """Adds everything that the evidence supports."""
    COMPACT = "compact"
    """Adds a part of it."""
    LEAN = "lean"
    """Only removes waste."""


class Variant(NamedTuple):
    """A rewrite with its measure and what speaks against it."""

    kind: VariantKind
    components: tuple[str, ...]
    """The components that it adds to."""
    rewrite: Rewrite
    measured: Measured
    violations: tuple[Violation, ...] = ()
    by_model: bool = False
    checked: Checked = Checked()
    """The verdict on each sentence that the original does not have."""
    uses: "Uses | None" = None
    """Results of trials, or None if it was not tried."""


class Uses(NamedTuple):
    """Results of a text on held-out requests of the exploration, and against the original."""

    passed: int
    of: int
    """Requests for which a model selects this tool with arguments that fit, of how many."""
    preferred: int = 0
    """Comparisons with the original that it wins, in both orders."""
    compared: int = 0
    """Comparisons that the model answered, two at most."""


class Calls(NamedTuple):
    """Counts of the calls of one tool."""

    made: int = 0
    refused: int = 0
    by_outcome: Mapping[str, int] = {}


class Proposal(NamedTuple):
    """The outcome for one tool."""

    index: int  # type: ignore[assignment]  # a field may be called as a method of tuples is
    name: str | None
    description: str | None
    """The original."""
    original: Measured
    proposed: Variant | None
    variants: tuple[Variant, ...]
    reason: str
    """Why nothing is proposed, or why this variant is."""
    rounds: int = 0
    refused: tuple[Violation, ...] = ()
    """Dropped sentences with the reasons."""
    calls: Calls = Calls()
    questions: int = 0
    """Questions about this tool that a model was asked."""
    helps: str = ""
    """What would help to say more: a seed, a permission, a case."""
    problems: tuple[Reported, ...] = ()
    """Contradictions between a text and the code that a model found: findings for the author, never text."""
    unsafe: bool = False
    """Whether a model wrote it. Then only a person, or an explicit option, applies it."""


def texts(rewrite: Rewrite, original: str | None) -> dict[Pointer, str]:
    """Return the new texts by where they stand in the tool; `original` is its description."""
    named = {pointer_of(name): text for name, text in rewrite.parameters.items()}
    own = {} if rewrite.description == (original or "") else {"/description": rewrite.description}
    return own | named


def pointer_of(parameter: str | None) -> Pointer:
    """Return the pointer of the description of a parameter, or of the tool itself."""
    from toolsmell.model.pointer import escape

    return "/description" if parameter is None else f"/inputSchema/properties/{escape(parameter)}/description"
