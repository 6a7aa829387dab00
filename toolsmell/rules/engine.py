"""Runs the selected rules over one server."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from toolsmell.cached import cached_property
from toolsmell.model import Confidence, Finding, FindingKind, How, Json, Member, Severity
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Need, Options, Rule, Scope, ServerDigest, SuppressionUse
from toolsmell.rules.grouping import merged
from toolsmell.rules.unread import may_speak_of
from toolsmell.rules.watch import Watch

if TYPE_CHECKING:
    from toolsmell.model.configured import ClientConfig
    from toolsmell.model.declared import ServerJson
    from toolsmell.model.verdicts import AgreedDefect
    from toolsmell.rules.since_lock import Drift

_MAX_NAMES = 5_000
_MAX_NAME = 256
_OF_SHAPES = ("naming", "schema", "protocol", "clients")
"""Families that judge names and schemas: findings in what only looks like a tool are notes."""
_OF_SHAPE: Final = "missing-description"
"""So are findings of this rule: what has no description is perhaps no tool."""
_OF_LISTS = (Scope.TOOL, Scope.SERVER, Scope.RUN)


class Override(NamedTuple):
    """Settings of the configuration for one tool."""

    off: frozenset[str] = frozenset()
    """Ids and families whose findings in the tool are left out."""
    severities: Mapping[str, Severity] = {}
    options: Mapping[str, Options] = {}


_NOTHING = Override()
_NO_NAMES: Mapping[int | None, str | None] = {}


class RuleSet(NamedTuple):
    """The rules that run and their settings, from `--select`, `--ignore` and the configuration."""

    rules: tuple[Rule, ...]
    min_confidence: Confidence = Confidence.LOW
    severities: Mapping[str, Severity] = {}
    """By rule id: what the user wants instead of the rule's own."""
    options: Mapping[str, Options] = {}
    """By rule id: what the user set; the rule's defaults fill the rest."""
    overrides: Mapping[str, Override] = {}
    """By the name of a tool: what takes the place of the above there."""

    def options_of(self, rule: Rule, tool: str | None = None) -> Mapping[str, Json]:
        own = self._override(tool).options.get(rule.id) or self.options.get(rule.id)
        return {**rule.options, **own} if own else rule.options

    def applied(self, finding: Finding, tool: str | None) -> Finding | None:
        """Return a finding with the severity that was set for it, or None if it is not wanted.

        `tool` is the name of the tool that it is about.
        """
        if self.overrides and len(finding.members) > 1:
            if (wanted := self._with_wanted_members(finding)) is None:
                return None
            finding = wanted
            if self._is_off(finding, tool):  # then it is about the first tool that is left
                tool, finding = finding.members[0].name, finding._replace(pointer=finding.members[0].pointer)
        override = self._override(tool)
        unsure = finding.confidence.rank > self.min_confidence.rank
        if unsure or self._is_off(finding, tool):
            return None
        severity = override.severities.get(finding.id) or self.severities.get(finding.id)
        return finding._replace(severity=severity) if severity else finding

    def _with_wanted_members(self, finding: Finding) -> Finding | None:
        """Leave out the members in whose tools the rule is off; None if no member is left."""
        kept = tuple(member for member in finding.members if not self._is_off(finding, member.name))
        if len(kept) == len(finding.members):
            return finding
        off = len(finding.members) - len(kept)
        message = f"{finding.message} (off in {off} of {len(finding.members)} tools)"
        return finding._replace(members=kept, message=message, fix=None) if kept else None

    def _is_off(self, finding: Finding, tool: str | None) -> bool:
        off = self._override(tool).off
        return finding.id in off or finding.family in off

    def _override(self, tool: str | None) -> Override:
        return self.overrides.get(tool, _NOTHING) if tool is not None else _NOTHING


class ServerFindings(NamedTuple):
    tools: Mapping[int, list[Finding]]
    """By the tool's index."""
    server: list[Finding]


class Neighbours:
    """Remembers the servers of each client configuration as a run passes by: an agent sees all of them at once."""

    def __init__(self) -> None:
        self._by_group: dict[str, list[ServerDigest]] = {}

    def of(self, server: ServerContext) -> Sequence[ServerDigest]:
        """Return the digests of the servers in the same file that came before this one."""
        return self._by_group.get(server.manifest.group or "", ())

    def add(self, server: ServerContext) -> None:
        """Remember a server for those after it; one that stands alone is forgotten."""
        if server.manifest.group:
            self._by_group.setdefault(server.manifest.group, []).append(_digest(server))


def _digest(server: ServerContext) -> ServerDigest:
    names = (name for name in server.by_name if len(name) <= _MAX_NAME)
    return ServerDigest(
        key=server.manifest.key[:_MAX_NAME],
        names=frozenset(islice(names, _MAX_NAMES)),
        tools=len(server.tools),
        tokens=server.tokens,
    )


def check_server(
    server: ServerContext, rules: RuleSet, neighbours: Sequence[ServerDigest] = (), watch: Watch | None = None
) -> ServerFindings:
    """Run the rules over one server and sort what they yield by what it is about.

    `neighbours` are the servers before it in the same client configuration (`Neighbours.of`). `watch` limits the time
    of each tool and of each rule about the server, and knows which ran out of it.
    """
    watch = watch or Watch()
    found = ServerFindings({tool.tool.index: [] for tool in server.tools}, [])
    partly_read = {tool.tool.index: tool.tool for tool in server.tools if tool.tool.unknown}
    shapes = {tool.tool.index for tool in server.tools if tool.tool.how is How.SHAPE}
    names = _names(server)
    needs = _Needs(server)
    for rule in rules.rules:
        if rule.scope not in _OF_LISTS or not needs.met(rule.needs) or not needs.says(rule.words):
            continue
        for tool, hit in _hits(rule, server, neighbours, rules, watch):
            if tool in partly_read and not may_speak_of(partly_read[tool], hit.pointer):
                continue
            made = _finding(rule, hit, tool is None, names)
            if tool in shapes and (rule.family in _OF_SHAPES or rule.id == _OF_SHAPE):
                made = made._replace(severity=Severity.NOTE)
            if finding := rules.applied(made, names.get(tool)):
                (found.server if tool is None else found.tools[_place(finding, tool)]).append(finding)
    return found


def _place(finding: Finding, tool: int) -> int:
    """Return the tool under which a finding is listed: a member, if settings of single tools left the own one out."""
    left = [member.index for member in finding.members]
    return tool if tool in left or not left else left[0]


def check_tool(tool: ToolContext, rules: RuleSet) -> list[Finding]:
    """Run the rules about single tools over one tool. It may be a variant that its server does not list."""
    name = tool.tool.name
    hits = ((rule, hit) for rule in rules.rules if rule.scope is Scope.TOOL for hit in _hits_of(rule, tool, rules))
    readable = ((rule, hit) for rule, hit in hits if not tool.tool.unknown or may_speak_of(tool.tool, hit.pointer))
    found = (rules.applied(_finding(rule, hit, about_server=False), name) for rule, hit in readable)
    return [finding for finding in found if finding]


def _hits_of(rule: Rule, tool: ToolContext, rules: RuleSet) -> Iterator[Hit]:
    if not rule.words or not rule.words.isdisjoint(tool.sent_words):
        yield from rule.module.check(tool, rules.options_of(rule, tool.tool.name))


def _names(server: ServerContext) -> Mapping[int | None, str | None]:
    """Return the names of the tools by their index."""
    return {tool.tool.index: tool.tool.name for tool in server.tools}


def check_file(declared: "ServerJson | ClientConfig", rules: RuleSet) -> list[Finding]:
    """Run the rules about files over one that declares servers; the findings point into the file."""
    from toolsmell.model.declared import ServerJson

    scope = Scope.SERVER_JSON if isinstance(declared, ServerJson) else Scope.CLIENT_CONFIG
    return [f for _, finding in _of_subject(scope, declared, rules) if (f := rules.applied(finding, None))]


def check_drift(drift: "Drift", rules: RuleSet) -> ServerFindings:
    """Run the rules about changes over a server and what it was when it was locked."""
    found = ServerFindings({tool.tool.index: [] for tool in drift.after.tools}, [])
    names = _names(drift.after)
    for tool, finding in _of_subject(Scope.DRIFT, drift, rules):
        if applied := rules.applied(finding, names.get(tool)):
            (found.server if tool is None else found.tools[tool]).append(applied)
    return found


def check_defects(defects: "Sequence[AgreedDefect]", rules: RuleSet, tool: str | None) -> list[Finding]:
    """Run the rules about what models report over the defects of one tool of this name."""
    of_all = (finding for defect in defects for _, finding in _of_subject(Scope.JUDGE, defect, rules))
    found = (rules.applied(finding._replace(kind=FindingKind.TOOL), tool) for finding in of_all)
    return [finding for finding in found if finding]


def check_suppression(use: SuppressionUse, rules: RuleSet) -> list[Finding]:
    """Run the rules about suppressions over one that a run is done with."""
    found = [f for _, finding in _of_subject(Scope.SUPPRESSION, use, rules) if (f := rules.applied(finding, None))]
    return [finding._replace(kind=FindingKind.RUN) for finding in found]


def _of_subject(scope: Scope, subject: object, rules: RuleSet) -> Iterator[tuple[int | None, Finding]]:
    """Yield the hits of the rules of a scope in its subject, with the tool of each."""
    for rule in rules.rules:
        if rule.scope is scope:
            check: Any = rule.module.check
            for hit in check(subject, rules.options_of(rule)):
                yield hit.tool, _finding(rule, hit, hit.tool is None)


def _grouped(found: Iterator[tuple[int, Hit]], server: ServerContext, rules: RuleSet) -> Iterator[tuple[int, Hit]]:
    """Merge the hits of several tools; a tool with its own settings keeps its own finding."""
    apart: dict[str | None, list[tuple[int, Hit]]] = {}
    for tool, hit in found:
        name = server.by_index[tool].tool.name
        apart.setdefault(name if name in rules.overrides else None, []).append((tool, hit))
    for group in apart.values():
        yield from merged(group)


def _hits(
    rule: Rule, server: ServerContext, neighbours: Sequence[ServerDigest], rules: RuleSet, watch: Watch
) -> Iterator[tuple[int | None, Hit]]:
    if rule.scope is Scope.RUN and not neighbours:
        return
    if rule.scope is Scope.TOOL:
        found = _of_tools(rule, server, rules, watch)
        yield from _grouped(found, server, rules) if rule.grouped else found
        return
    check: Any = rule.module.check
    options = rules.options_of(rule)
    given = (server, options) if rule.scope is Scope.SERVER else (server, neighbours, options)
    for hit in watch.listed(rule.id, check, *given):
        yield hit.tool, hit


def _of_tools(rule: Rule, server: ServerContext, rules: RuleSet, watch: Watch) -> Iterator[tuple[int, Hit]]:
    check: Any = rule.module.check
    options = rules.options_of(rule)
    for tool in server.tools:
        index = tool.tool.index
        if index in watch.late or (rule.words and rule.words.isdisjoint(tool.sent_words)):
            continue
        own = rules.options_of(rule, tool.tool.name) if rules.overrides else options
        for hit in watch.listed(index, check, tool, own):
            yield index, hit


def _finding(rule: Rule, hit: Hit, about_server: bool, names: Mapping[int | None, str | None] = _NO_NAMES) -> Finding:
    return Finding(
        id=rule.id,
        kind=FindingKind.CATALOG if about_server or rule.family == "catalogue" else FindingKind.TOOL,
        family=rule.family,
        severity=hit.severity or rule.severity,
        confidence=hit.confidence or rule.confidence,
        message=hit.message,
        pointer=hit.pointer,
        excerpt=hit.excerpt,
        component=rule.component,
        fix=hit.fix,
        help=hit.help or rule.help,
        evidence=rule.evidence,
        members=tuple(Member(index, names.get(index), pointer) for index, pointer in hit.members),
        related=hit.related,
    )


class _Needs:
    """Says what a server has, each look taken once."""

    def __init__(self, server: ServerContext) -> None:
        self._server: Final = server
        self._known: Final[dict[Need, bool]] = {}

    def met(self, need: Need) -> bool:
        """Return True if the server has what a rule needs."""
        found = self._known.get(need)
        if found is None:
            found = self._known[need] = self._has(need)
        return found

    def _has(self, need: Need) -> bool:
        match need:
            case Need.ANYTHING:
                return True
            case Need.PARAMETERS:
                return self._parameters
            case Need.ANNOTATIONS:
                return self._annotations
            case Need.OUTPUT_SCHEMA:
                return self._output_schema
            case Need.NON_ASCII:
                return self._non_ascii
            case Need.SIBLINGS:
                return len(self._server.tools) > 1
            case Need.DOUBTFUL_SCHEMA:
                return self._doubtful_schema
            case Need.DUPLICATE_KEYS:
                return bool(self._server.manifest.duplicate_keys)
            case Need.RESTS:
                return bool(self._server.manifest.rests)
            case Need.IMPLEMENTATIONS:
                return bool(self._server.manifest.implementations)

    def says(self, words: frozenset[bytes]) -> bool:
        """Return True if any tool has one of `words`."""
        return not words or not words.isdisjoint(self._words)

    @cached_property
    def _words(self) -> frozenset[bytes]:
        return frozenset[bytes]().union(*(tool.sent_words for tool in self._server.tools))

    @cached_property
    def _annotations(self) -> bool:
        return any(t.tool.annotations is not None for t in self._server.tools)

    @cached_property
    def _output_schema(self) -> bool:
        return any(t.tool.output_schema is not None for t in self._server.tools)

    @cached_property
    def _parameters(self) -> bool:
        return any(tool.parameters for tool in self._server.tools)

    @cached_property
    def _doubtful_schema(self) -> bool:
        return any(not _settled(tool) for tool in self._server.tools)

    @cached_property
    def _non_ascii(self) -> bool:
        return not self._server.sent_around.isascii() or any(not t.sent.isascii() for t in self._server.tools)


def _settled(tool: ToolContext) -> bool:
    """Return True if a quick look finds the schemas valid, and small enough to be read whole."""
    inputs = tool.tool.input_schema is None or tool.input_check.survey.settled
    outputs = tool.tool.output_schema is None or tool.output_check.survey.settled
    return inputs and outputs and tool.read_whole
