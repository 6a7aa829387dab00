"""Values of a rewrite: claims with their citations, and objections."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple, Self

from toolsmell.model import Pointer


class CiteKind(StrEnum):
    """Kinds of places that may be cited."""

    SCHEMA = "schema"
    """A JSON pointer into the tool: its name, title, input or output schema."""
    ANNOTATION = "annotation"
    """A JSON pointer into the tool, below `/annotations`."""
    ORIGINAL = "original"
    """A quotation from the original description: `original:Only works within allowed directories`."""
    OBSERVATION = "observation"
    """The number of a recorded call."""
    SIBLING = "sibling"
    """A place in another tool of the same server: `list_pets#/description`."""
    DOCUMENT = "document"
    """A passage about the tool in another text: `instructions`, or the name of a file."""
    CODE = "code"
    """Lines of the tool's code, with a digest of them and the id of a fact: `server.py:12-14@0a1b2c3d4e5f#F2`."""
    QUOTATION = "quotation"
    """Words of the evidence, as the checker quotes them."""


class Citation(NamedTuple):
    """A place that supports a claim, written as `kind:place`."""

    kind: CiteKind
    at: str
    quotation: str = ""
    """The words at that place, cut to one line; empty if they were not looked up."""

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read `kind:place`; None if it is not a citation."""
        kind, colon, at = text.partition(":")
        known = {str(k): k for k in CiteKind}
        return cls(known[kind], at) if colon and kind in known else None

    def __str__(self) -> str:
        return f"{self.kind}:{self.at}"

    @property
    def shown(self) -> str:
        """The place with its words."""
        own = self.kind in (CiteKind.ORIGINAL, CiteKind.QUOTATION)
        return f'{self} "{self.quotation}"' if self.quotation and not own else str(self)


class Claim(NamedTuple):
    """One sentence and the citations that support it."""

    text: str
    component: str
    """The component of the rubric that it adds to."""
    cites: tuple[Citation, ...]
    parameter: str | None = None
    """The parameter whose description it belongs to, or None for the tool's own."""


class Reported(NamedTuple):
    """Something that a text promises and the code does not do: it goes to the author, never into a text."""

    text: str
    cites: tuple[Citation, ...]


class Rewrite(NamedTuple):
    """A text for one tool, not yet judged."""

    description: str
    parameters: Mapping[str, str] = {}
    """By name: new descriptions of parameters of the tool itself. Those that stay are left out."""
    claims: tuple[Claim, ...] = ()
    """New sentences, in order."""


class Objection(StrEnum):
    """Kinds of objections to a rewrite."""

    UNKNOWN_PARAMETER = "unknown-parameter"
    """It describes a parameter that the schema does not have."""
    LOST_NUMBER = "lost-number"
    LOST_UNIT = "lost-unit"
    LOST_VALUE = "lost-value"
    LOST_REFERENCE = "lost-tool-reference"
    LOST_PRECONDITION = "lost-precondition"
    LOST_WARNING = "lost-warning"
    UNCITED = "uncited-claim"
    """It says something new without a citation, or cites a place that does not exist or does not say it."""
    INVENTED_NUMBER = "invented-number"
    INVENTED_UNIT = "invented-unit"
    INVENTED_VALUE = "invented-value"
    INVENTED_PARAMETER = "invented-parameter"
    """It names a parameter, a field or a tool that does not exist."""
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
    TRIAL_DATA = "trial-data"
    """It states data of the recorded calls, such as a name, as if it belonged to the tool."""
    CONTRADICTED = "contradicted-by-evidence"
    """The checker says that the evidence contradicts it."""
    OPPOSITE = "says-the-opposite"
    """It says the opposite of a text or a recorded call in the evidence."""
    NOT_SAID = "not-in-evidence"
    """The checker says that the evidence does not say it."""
    LOST_KIND = "lost-statement-kind"
    """The original has a statement of a kind that the rewrite does not have."""
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
    """The objection in words."""
    sentence: str = ""
    """The sentence of the rewrite that it is about. Empty if it is about the whole rewrite or the original."""
    pointer: Pointer = ""
    """Where a rule found something, in the tool."""
