"""The nouns: what a server offers, what was found in it, and what it scores.

All are immutable values. They are named tuples rather than dataclasses because a scan starts cold in every
commit hook, and forty dataclasses take longer to define than thirty tools take to lint
(`python benchmarks/scan.py --imports`). JSON values inside them (`Tool.raw` and what is read from it) are as
parsed and must not be changed.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from toolsmell.declarations import ClientConfig, ServerJson
    from toolsmell.judged import Judgement, ModelUsage

T = TypeVar("T")

Json: TypeAlias = Any
"""A value as `json.loads` gives it."""

Pointer: TypeAlias = str
"""A JSON pointer (RFC 6901). The empty pointer is the whole value."""


class Component(StrEnum):
    """The six things a tool description owes its reader."""

    __hash__ = str.__hash__  # that of an enumeration is a call of Python code, and scores are kept by component

    PURPOSE = "purpose"
    USAGE = "usage"
    LIMITATIONS = "limitations"
    PARAMETERS = "parameters"
    EXAMPLES = "examples"
    COMPLETENESS = "completeness"


class Frame(StrEnum):
    """What a score is about."""

    __hash__ = str.__hash__

    PROSE = "prose"
    """The description alone, one tool at a time: what the published rubric judges."""
    EFFECTIVE = "effective"
    """What an agent gets: schema and annotations count, text that says nothing about this tool does not."""


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class FindingKind(StrEnum):
    TOOL = "tool"
    """About one tool."""
    CATALOGUE = "catalogue"
    """About several tools, or a server, as a whole."""
    SMELL = "smell"
    """A component that scored under 3."""
    RUN = "run"
    """About the run itself: something was not read, or not as it seems."""


class Provenance(StrEnum):
    """Where the text of a manifest was read."""

    WIRE = "wire"
    FILE = "file"
    SOURCE = "source code"


class Status(StrEnum):
    """How much of a server's list was read."""

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


class Locator(Protocol):
    """Finds places of a manifest in the file it came from."""

    def locate(self, places: Collection[Place]) -> Mapping[Place, Location]:
        """Return the location of each place, or of the nearest thing around it that the file holds."""


class Tool(NamedTuple):
    """One tool, in MCP's shape, as its server sent it.

    `raw` may be anything: a server that lists a number instead of a tool gets a finding, not a crash. The
    properties give a part only where it has the type that the specification asks for.
    """

    index: int  # type: ignore[assignment]  # a field may be called as a method of tuples is
    """Position in the server's list, from 0."""
    raw: Json
    unknown: Mapping[str, str] = {}
    """Parts that could not be read, each with the reason. A part that is neither here nor in `raw` is absent.

    A part of the tool is named (`description`), something further down has its pointer
    (`/inputSchema/properties/when/description`); one that is in `raw` too was read in part.
    """

    @property
    def name(self) -> str | None:
        return _typed(self.raw, "name", str)

    @property
    def title(self) -> str | None:
        return _typed(self.raw, "title", str)

    @property
    def description(self) -> str | None:
        return _typed(self.raw, "description", str)

    @property
    def input_schema(self) -> dict[str, Json] | None:
        return _typed(self.raw, "inputSchema", dict)

    @property
    def output_schema(self) -> dict[str, Json] | None:
        return _typed(self.raw, "outputSchema", dict)

    @property
    def annotations(self) -> dict[str, Json] | None:
        return _typed(self.raw, "annotations", dict)

    def known(self, part: str) -> bool:
        """Say whether `part` was read, and all of it: present, or known to be absent."""
        return part not in self.unknown and not any(key.startswith(f"/{part}/") for key in self.unknown)

    @property
    def label(self) -> str:
        """A word for messages: the name, or the position where there is no name."""
        return self.name or f"#{self.index}"


class Ignore(NamedTuple):
    """A rule in a comment `toolsmell: ignore[rule] reason` of source code."""

    rule: str
    """Empty where the comment names none."""
    reason: str
    at: Location
    """The comment."""
    line: int
    """The line of code that it is about: its own, or the next where it stands alone."""
    tool: int | None = None
    """The tool that begins on that line, by its index: then the comment is about all of that tool."""
    apart: bool = False
    """It may be about code of another server: that it was of no use here says nothing."""


class Manifest(NamedTuple):
    """What one server offers, and how it was learned. Every source makes these; everything else reads them."""

    key: str
    """The key in the client configuration, `--name`, the server's own name or the file's stem."""
    source: str
    """What was read, for people: a path, a URL, a command line."""
    provenance: Provenance
    tools: tuple[Tool, ...] = ()
    name: str | None = None
    """The server's own name."""
    status: Status = Status.COMPLETE
    error: str | None = None
    """Why `status` is not complete."""
    instructions: str | None = None
    info: Json = None
    """`serverInfo` as sent."""
    protocol_version: str | None = None
    capabilities: Json = None
    """What the server declared that it offers, as sent."""
    prompts: tuple[Json, ...] = ()
    resources: tuple[Json, ...] = ()
    resource_templates: tuple[Json, ...] = ()
    unknown: Mapping[str, str] = {}
    """Parts (`instructions`, `prompts`, `annotations` ...) that this source cannot tell, each with the reason."""
    duplicate_keys: tuple[Place, ...] = ()
    """Keys that stand twice in one JSON object, so that two readers may see two values."""
    notes: tuple[str, ...] = ()
    """What a person should know of how this was read."""
    group: str | None = None
    """The client configuration that this server stands in with others: an agent sees all of them at once."""
    declared: "ServerJson | ClientConfig | None" = None
    """The file that declares servers, where this is such a file and not a server."""
    locator: Locator | None = None
    ignores: tuple[Ignore, ...] = ()
    """What the source code says should not be reported."""


class Edit(NamedTuple):
    """Replace the string at `pointer` of a tool by `text`."""

    pointer: Pointer
    text: str


class Fix(NamedTuple):
    """A mechanical cure for a finding."""

    safe: bool
    """Whether it can be applied without a person reading it."""
    description: str
    edits: tuple[Edit, ...]


class Suppression(NamedTuple):
    by: str
    reason: str | None


OLD = Suppression("baseline", None)
"""Of a finding that a baseline holds."""


class Finding(NamedTuple):
    """One thing that is wrong, where, and how sure that is."""

    id: str
    kind: FindingKind
    family: str
    severity: Severity
    confidence: Confidence
    message: str
    pointer: Pointer = ""
    """A JSON pointer in the tool (in the manifest, where the finding is not about one tool)."""
    excerpt: str = ""
    """The text that the finding is about; part of the fingerprint."""
    component: Component | None = None
    location: Location | None = None
    fix: Fix | None = None
    suppressed: Suppression | None = None
    fingerprint: str | None = None
    """As a stored report gives it; else `toolsmell.fingerprint` works it out where it is needed."""

    def placed(self, location: Location | None) -> "Finding":
        """Return the finding at a location: what `_replace` does, without its detour over a dictionary."""
        return Finding._make((*self[:_LOCATION], location, *self[_LOCATION + 1 :]))


_LOCATION: Final = Finding._fields.index("location")


class Score(NamedTuple):
    """One component of one tool."""

    component: Component
    value: int | None
    """Level 1-5 in the frame of the run; None is unscored, and `reason` says why."""
    prose: int | None
    smell_probability: float | None
    """Of a level under 3, in the frame of the run."""
    distribution: Mapping[Frame, tuple[float, ...]]
    """Probability of each level 1-5, by frame; a frame is missing where it is unscored."""
    calibrated: bool
    """Whether the probabilities were fitted to labels of this frame."""
    origin: str
    """`scorecard`, `judge` or `both`."""
    reason: str | None = None
    signals: Mapping[str, float] = {}
    """By id, what each signal that the rubric weighs did: log-odds against a typical tool."""


class Tokens(NamedTuple):
    """What one tool costs in a request."""

    total: int
    """Of the compact JSON of name, description and inputSchema."""
    description: int
    exact: bool
    encoding: str


class ToolReport(NamedTuple):
    index: int  # type: ignore[assignment]  # a field may be called as a method of tuples is
    name: str | None
    tokens: Tokens
    scores: Mapping[Component, Score]
    overall: float | None
    """25 x (mean of the scored components - 1), one decimal: 0-100; None under four of them."""
    overall_prose: float | None
    findings: tuple[Finding, ...]
    judge: "Judgement | None" = None
    """What models said; None in a run without them."""


class ServerReport(NamedTuple):
    key: str
    name: str | None
    source: str
    provenance: Provenance
    status: Status
    error: str | None
    instructions_tokens: int | None
    tools: tuple[ToolReport, ...]
    findings: tuple[Finding, ...]
    """About the server as a whole."""
    notes: tuple[str, ...] = ()


class RunInfo(NamedTuple):
    """What a reader needs to compare two reports: scores are comparable at equal fingerprints only."""

    version: str
    frame: Frame
    rubric_id: str
    rubric_fingerprint: str


class Summary(NamedTuple):
    """Counts over a run. Suppressed findings are counted in `suppressed` only."""

    servers: int = 0
    servers_failed: int = 0
    servers_partial: int = 0
    tools: int = 0
    smelly_tools: int = 0
    """Tools with at least one component under 3."""
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    suppressed: int = 0
    overall: float | None = None
    """Mean of the tools that have an overall score."""
    usage: "tuple[ModelUsage, ...] | None" = None
    """What asking models took, by model; None in a run without them."""

    @property
    def findings(self) -> int:
        return self.errors + self.warnings + self.notes


def _typed(raw: Json, key: str, kind: type[T]) -> T | None:
    value = raw.get(key) if isinstance(raw, dict) else None
    return value if isinstance(value, kind) else None
