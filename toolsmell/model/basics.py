"""Values that everything else is made of: enumerations, JSON, places in files."""

from enum import StrEnum
from typing import Any, Final, NamedTuple, TypeAlias, TypeGuard, TypeVar

T = TypeVar("T")

Json: TypeAlias = Any
"""A value as `json.loads` gives it."""

Pointer: TypeAlias = str
"""A JSON pointer (RFC 6901). The empty pointer is the whole value."""


Component: TypeAlias = str
"""The id of a component of a rubric, such as `purpose`: one thing that a description owes its reader."""

IDENTIFIER: Final = r"[a-z][a-z0-9_-]{0,39}"
"""The form of the ids of components, smells and signals: it needs no escaping in any format."""

SMELL_BELOW: Final = 3
"""A level under this is a smell: level 3 is the least that an agent can work with."""


class Frame(StrEnum):
    """The text that a score judges."""

    __hash__ = str.__hash__

    PROSE = "prose"
    """The description alone, one tool at a time: what the published rubric judges."""
    EFFECTIVE = "effective"
    """What an agent gets: schema and annotations count, text that says nothing about this tool does not."""


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """Order by it for the most severe first: 0 is an error."""
        return _SEVERITY_RANKS[self]


_SEVERITY_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """Order by it for the surest first: 0 is high confidence."""
        return _CONFIDENCE_RANKS[self]


_CONFIDENCE_RANKS = {confidence: rank for rank, confidence in enumerate(Confidence)}


class Evidence(StrEnum):
    """Why a finding deserves its severity."""

    SPECIFICATION = "specification"
    """The Model Context Protocol, JSON Schema or another standard says so."""
    REJECTION = "rejection"
    """A client or provider rejects, hides or cuts such a tool; the report is dated."""
    EFFECT = "effect"
    """A measurement shows that agents fail more often."""
    PRECISION = "precision"
    """People read at least thirty findings on real servers and found them right."""
    NONE = "none"
    """Reviewers' opinion without a measurement."""


class FindingKind(StrEnum):
    TOOL = "tool"
    """About one tool."""
    CATALOG = "catalogue"
    """About several tools, or a server, as a whole."""
    SMELL = "smell"
    """A component that scored under 3."""
    RUN = "run"
    """About the run itself: something was not read, or not as it seems."""


class Provenance(StrEnum):
    """The source of the text of a manifest."""

    WIRE = "wire"
    FILE = "file"
    SOURCE = "source code"


class Status(StrEnum):
    """The share of a server's list that was read."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    FAILED = "failed"


class Location(NamedTuple):
    """A span of a file. Lines and columns count from 1, columns in code points; the end is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


class Place(NamedTuple):
    """Something in a manifest: a pointer into one tool, or, with no tool, into the manifest."""

    tool: int | None
    pointer: Pointer


def typed(raw: Json, key: str, kind: type[T]) -> T | None:
    """Return the value of `key` if `raw` is an object and the value is a `kind`, otherwise None."""
    value = raw.get(key) if isinstance(raw, dict) else None
    return value if isinstance(value, kind) else None


def is_number(value: Json) -> TypeGuard[int | float]:
    """Return True for a number; a boolean, which is an `int` in Python, is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_whole(value: Json) -> TypeGuard[int]:
    """Return True for a number that is written without a fraction."""
    return isinstance(value, int) and not isinstance(value, bool)


class How(StrEnum):
    """The way a tool was found in source code, the most certain first."""

    REGISTRATION = "registration"
    """A call, a decorator or a type of the SDK makes it."""
    CONSTRUCTED = "constructed"
    """A function, class or loop of the project makes it, which gives it to the SDK."""
    SHAPE = "shape"
    """It is written as an object with the parts of a tool, and no registration was found."""

    @property
    def confidence(self) -> Confidence:
        match self:
            case How.REGISTRATION:
                return Confidence.HIGH
            case How.CONSTRUCTED:
                return Confidence.MEDIUM
        return Confidence.LOW
