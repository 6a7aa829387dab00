"""Rules as values: a row of the registry, and a module with the documentation and the check."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from toolsmell.escape import shown
from toolsmell.model import Component, Confidence, Edit, Evidence, Fix, Json, JsonText, Pointer, Related, Severity
from toolsmell.model.pointer import lookup
from toolsmell.reading.context import ServerContext, ToolContext

if TYPE_CHECKING:
    from toolsmell.model.configured import ClientConfig
    from toolsmell.model.declared import ServerJson
    from toolsmell.model.verdicts import AgreedDefect
    from toolsmell.rules.since_lock import Drift

Options: TypeAlias = Mapping[str, Json]
"""The options of one rule: its defaults, with what the user set on top."""


class Hit(NamedTuple):
    """One fault that a rule found; the engine adds id, family and severity of the rule."""

    pointer: Pointer
    """Into the tool; into the manifest for a rule of scope `server`, unless `tool` is given; into the file for the
    rules about files."""
    message: str
    """Lower case, one line: names the tool's part, and what an agent gets wrong because of it."""
    excerpt: str = ""
    """The text that it is about: part of the fingerprint, so that a changed text is a new finding."""
    tool: int | None = None
    """For a rule of scope `server` whose finding belongs to one tool: its index."""
    severity: Severity | None = None
    """For a rule with cases of several severities; None means the severity of the rule."""
    confidence: Confidence | None = None
    fix: Fix | None = None
    help: str = ""
    """One line that says what to change, with the names and values of this finding."""
    members: tuple[tuple[int, Pointer], ...] = ()
    """For a finding that several tools share: the index of each tool, and the place in it."""
    related: tuple[Related, ...] = ()
    """Other places that the finding is about, such as lines of code."""
    together: str = ""
    """What the finding says if several tools have it, with `{tools}` for how many; the hits of a grouped rule with the
    same text are one finding. The empty text: those with the same message, pointer and help are."""


class Scope(StrEnum):
    TOOL = "tool"
    """`check(tool: ToolContext, options) -> Iterator[Hit]`"""
    SERVER = "server"
    """`check(server: ServerContext, options) -> Iterator[Hit]`: sees all tools of one server, once."""
    RUN = "run"
    """`check(server: ServerContext, neighbours: Sequence[ServerDigest], options) -> Iterator[Hit]`: sees one server
    and digests of those before it in the same client configuration; not called for the first one."""
    SERVER_JSON = "server.json"
    """`check(entry: ServerJson, options) -> Iterator[Hit]`: sees a registry entry, and no tools."""
    CLIENT_CONFIG = "client configuration"
    """`check(config: ClientConfig, options) -> Iterator[Hit]`: sees a client's list of servers, and no tools."""
    DRIFT = "drift"
    """`check(drift: Drift, options) -> Iterator[Hit]`: sees a server as it was locked and as it is."""
    JUDGE = "judge"
    """`check(agreed: AgreedDefect, options) -> Iterator[Hit]`: sees one defect that models report."""
    SUPPRESSION = "suppression"
    """`check(use: SuppressionUse, options) -> Iterator[Hit]`: sees one suppression and what it did."""


class ServerDigest(NamedTuple):
    """A bounded digest of a server whose report is written."""

    key: str
    names: frozenset[str]
    """Names of its tools: at most 5,000, none longer than 256 characters."""
    tools: int
    tokens: int
    """Estimated, of all its tools."""


class Need(StrEnum):
    """Something that a server must have for a rule to be loaded: a cheap test that saves the import of its module."""

    ANYTHING = "anything"
    PARAMETERS = "parameters"
    ANNOTATIONS = "annotations"
    OUTPUT_SCHEMA = "outputSchema"
    NON_ASCII = "non-ascii text"
    SIBLINGS = "two tools or more"
    DOUBTFUL_SCHEMA = "a schema that a quick look does not settle"
    DUPLICATE_KEYS = "a key that appears twice"
    IMPLEMENTATIONS = "code that was read"
    RESTS = "a sentence whose recorded code has changed"


class SuppressionUse(NamedTuple):
    """A suppression after the run."""

    rule: str
    reason: str = ""
    tool: str | None = None
    server: str | None = None
    until: str | None = None
    expired: bool = False
    uses: int = 0
    """Findings that it suppressed."""
    problem: str | None = None
    """Why it cannot suppress anything."""

    @property
    def about(self) -> str:
        """Return for people what is suppressed."""
        tool = f" in tool '{self.tool}'" if self.tool else ""
        return f"{self.rule}{tool}{f' of server {self.server!r}' if self.server else ''}"


Check: TypeAlias = (
    Callable[[ToolContext, Options], Iterator[Hit]]
    | Callable[[ServerContext, Options], Iterator[Hit]]
    | Callable[[ServerContext, Sequence[ServerDigest], Options], Iterator[Hit]]
    | Callable[["ServerJson", Options], Iterator[Hit]]
    | Callable[["ClientConfig", Options], Iterator[Hit]]
    | Callable[["Drift", Options], Iterator[Hit]]
    | Callable[["AgreedDefect", Options], Iterator[Hit]]
    | Callable[[SuppressionUse, Options], Iterator[Hit]]
)


def json_key(key: str, value: Json) -> str:
    """Return a key and a value as they are written in JSON, for `Hit.help`: `"enum": ["asc", "desc"]`."""
    from json import dumps  # few scans have a finding that needs it

    return f'"{key}": {dumps(value, ensure_ascii=False)}'


def addition(tool: ToolContext, pointer: Pointer, keys: Mapping[str, Json]) -> Fix | None:
    """Return the fix that adds keys to the schema at `pointer`; None if the schema there is a reference to another."""
    from json import dumps

    here = lookup(tool.tool.raw, pointer)
    if not isinstance(here, dict) or "$ref" in here or not here.keys().isdisjoint(keys):
        return None
    edits = tuple(Edit(f"{pointer}/{key}", JsonText(dumps(value))) for key, value in keys.items())
    name = pointer.rpartition("/")[2]
    return Fix(True, f"add {', '.join(json_key(*item) for item in keys.items())} to '{shown(name, 60)}'", edits)


def words(text: str) -> frozenset[bytes]:
    """Return the words of a text, divided by white space, as `Rule.words` needs them."""
    return frozenset(text.encode().split())


class Rule(NamedTuple):
    """A row of the registry. The rule's module, found by its id, holds its documentation and its `check`."""

    id: str
    family: str
    summary: str
    """The fault, in a few words."""
    severity: Severity
    confidence: Confidence
    scope: Scope = Scope.TOOL
    component: Component | None = None
    """The component of the score that a reader would look under."""
    needs: Need = Need.ANYTHING
    words: frozenset[bytes] = frozenset()
    """The rule is skipped for tools that have none of these words (as in `ToolContext.sent_words`)."""
    recommended: bool = True
    """On by default: right in at least 95 of 100 measured findings, or a plain reading of the specification."""
    strict: bool = True
    """In the preset `strict`; a rule in neither preset is a matter of taste and runs with `all`."""
    fixable: bool = False
    help: str = ""
    """What to change, for hits that do not say it themselves."""
    grouped: bool = False
    """A rule of scope `tool` whose equal findings in several tools are one finding with members."""
    evidence: Evidence = Evidence.NONE
    """Why its findings have their severity. `Evidence.NONE` becomes `PRECISION` once enough findings were read."""
    since: str = "0.1"
    options: Options = {}
    """Defaults of the options that a user may set."""

    @property
    def module_name(self) -> str:
        return f"toolsmell.rules.{_python(self.family)}.{_python(self.id)}"

    @property
    def module(self) -> ModuleType:
        """The rule's module; imported when a scan has something for it, or its documentation is asked for."""
        return _module(self.family, self.id)


@cache
def _module(family: str, id_: str) -> ModuleType:
    return import_module(f"toolsmell.rules.{_python(family)}.{_python(id_)}")


def _python(name: str) -> str:
    return name.replace("-", "_")
