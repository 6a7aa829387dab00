"""The nouns of a rewrite: what is claimed, on what evidence, in which variant, and what speaks against it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple, Self

from toolsmell.model import Component, Pointer, Score


class CiteKind(StrEnum):
    """Where evidence may stand."""

    SCHEMA = "schema"
    """A JSON pointer into the tool: its name, title, input or output schema."""
    ANNOTATION = "annotation"
    """A JSON pointer into the tool, below `/annotations`."""
    ORIGINAL = "original"
    """A span of the original description, in code points: `0-34`."""
    OBSERVATION = "observation"
    """The number of a recorded call."""
    SIBLING = "sibling"
    """A place in another tool of the same server: `list_pets#/description`."""


class Citation(NamedTuple):
    """A place that a claim rests on. Written `kind:place`."""

    kind: CiteKind
    at: str

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read `kind:place`; None where it is no citation."""
        kind, colon, at = text.partition(":")
        known = {str(k): k for k in CiteKind}
        return cls(known[kind], at) if colon and kind in known else None

    def __str__(self) -> str:
        return f"{self.kind}:{self.at}"


class Claim(NamedTuple):
    """One sentence and what it rests on."""

    text: str
    component: Component
    cites: tuple[Citation, ...]
    parameter: str | None = None
    """The parameter whose description it belongs to; None is the tool's own."""


class Rewrite(NamedTuple):
    """A text for one tool, not yet judged."""

    description: str
    parameters: Mapping[str, str] = {}
    """By name: new descriptions of parameters of the tool itself. Those that stay are left out."""
    claims: tuple[Claim, ...] = ()
    """What it says that the original did not, sentence by sentence."""


class Objection(StrEnum):
    """What can be wrong with a rewrite."""

    UNKNOWN_PARAMETER = "unknown-parameter"
    """It describes a parameter that the schema does not have."""
    LOST_NUMBER = "lost-number"
    LOST_UNIT = "lost-unit"
    LOST_VALUE = "lost-value"
    LOST_REFERENCE = "lost-tool-reference"
    LOST_PRECONDITION = "lost-precondition"
    LOST_WARNING = "lost-warning"
    UNCITED = "uncited-claim"
    """It says something new that rests on nothing, or on a place that does not exist or does not say it."""
    INVENTED_NUMBER = "invented-number"
    INVENTED_UNIT = "invented-unit"
    INVENTED_VALUE = "invented-value"
    INVENTED_PARAMETER = "invented-parameter"
    """It names something like a parameter, a field or a tool, of which there is none."""
    CONTRADICTS_VERB = "contradicts-verb"
    CONTRADICTS_ANNOTATION = "contradicts-annotation"
    CONTRADICTS_SCHEMA = "contradicts-schema"
    INVALID_EXAMPLE = "invalid-example"
    HARNESS_TROUBLE = "harness-trouble"
    """It states trouble of the trial (login, quota, network) as behaviour of the tool."""
    COPIED = "copied-from-result"
    """It repeats words of the result of a call: a server may return anything."""
    INSTRUCTION = "instruction-to-agent"
    PRAISE = "praise"
    SECRET = "secret"  # noqa: S105 - a name, not one
    LOCAL_PATH = "local-path"
    CLIENT_LIMIT = "client-limit"
    NEW_FINDING = "new-finding"
    """A rule finds something that it did not find before."""
    LOWER_SCORE = "lower-score"
    MORE_CONFUSABLE = "more-confusable"
    UNWRITABLE = "no-place-in-source"
    """The source code has no text of its own where the claim would stand."""
    POISONED = "poisoned-original"
    """The original has a security finding: it is reported, not improved."""


class Violation(NamedTuple):
    """One objection to a rewrite."""

    objection: Objection
    detail: str
    """What it is about, in words."""
    sentence: str = ""
    """The sentence of the rewrite that it is about; empty where it is about all of it, or about the original."""
    pointer: Pointer = ""
    """Where a rule found something, in the tool."""


class Measured(NamedTuple):
    """What a tool scores and costs with one text."""

    scores: Mapping[Component, Score]
    overall: float | None
    tokens: int
    """Of the whole tool as it is offered to a model."""
    worth: float
    """The mean expected level of the scored components on 0-100: the overall score before it is rounded."""


class Kind(StrEnum):
    FULL = "full"
    COMPACT = "compact"


class Variant(NamedTuple):
    """A rewrite with its measure and what speaks against it."""

    kind: Kind
    components: tuple[Component, ...]
    """What it adds to."""
    rewrite: Rewrite
    measured: Measured
    violations: tuple[Violation, ...] = ()
    by_model: bool = False


class Calls(NamedTuple):
    """What was called of one tool."""

    made: int = 0
    refused: int = 0
    by_outcome: Mapping[str, int] = {}


class Proposal(NamedTuple):
    """What became of one tool."""

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
    """What was dropped on the way, and why."""
    calls: Calls = Calls()
    unsafe: bool = False
    """Whether a model wrote it: it is applied only by a person, or with leave."""


def texts(rewrite: Rewrite, original: str | None) -> dict[Pointer, str]:
    """Return the new texts by where they stand in the tool; `original` is its description."""
    named = {pointer_of(name): text for name, text in rewrite.parameters.items()}
    own = {} if rewrite.description == (original or "") else {"/description": rewrite.description}
    return own | named


def pointer_of(parameter: str | None) -> Pointer:
    """Return where the description of a parameter, or of the tool itself, stands."""
    from toolsmell.model.pointer import escape

    return "/description" if parameter is None else f"/inputSchema/properties/{escape(parameter)}/description"
