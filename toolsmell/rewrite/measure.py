"""Measures a tool before and after a rewrite: scores, findings, tokens, likeness to the siblings."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Final, NamedTuple

from toolsmell import tokens
from toolsmell.evidence.claims import Objection, Rewrite, Violation
from toolsmell.evidence.named import names_of
from toolsmell.evidence.proposals import Measured
from toolsmell.model import Finding, Frame, Json, Tool
from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rewrite.check.new_sentences import Original
from toolsmell.rewrite.likeness import Likeness
from toolsmell.rules.engine import RuleSet, check_server, check_tool
from toolsmell.rules.trust import alone
from toolsmell.scoring import score
from toolsmell.scoring.weights import Rubric

SLACK: Final = 0.03
"""Increase in similarity to the nearest sibling that is accepted: common words cost this much."""

NEAR: Final = 0.4
"""Agents do not confuse tools with a lower similarity."""

_OF_FAMILY = {"clients": Objection.CLIENT_LIMIT, "security": Objection.INSTRUCTION}
_OF_RULE = {
    "secret-in-text": Objection.SECRET,
    "steering-description": Objection.INSTRUCTION,
    "self-praise": Objection.PRAISE,
    "phantom-parameter": Objection.INVENTED_PARAMETER,
    "unknown-reference": Objection.INVENTED_PARAMETER,
    "example-contradicts-schema": Objection.INVALID_EXAMPLE,
}


class Yardstick(NamedTuple):
    """The measure of texts, the same for the original and for every rewrite."""

    rubric: Rubric
    rules: RuleSet
    frame: Frame = Frame.EFFECTIVE
    counter: tokens.Counter = tokens.ESTIMATE


class Bench:
    """One server on which rewrites of its tools are tried out."""

    def __init__(self, server: ServerContext, yardstick: Yardstick) -> None:
        self.server: Final = server
        self.yardstick: Final = yardstick
        self._positions: Final = {tool.tool.index: at for at, tool in enumerate(server.tools)}
        self._original: Final[dict[int, Measured]] = {}
        self._own: Final[dict[int, list[Finding]]] = {}

    def original(self, tool: ToolContext) -> Measured:
        """Return the measure of the original tool, which is taken once."""
        if tool.tool.index not in self._original:
            self._original[tool.tool.index] = self.measured(tool)
        return self._original[tool.tool.index]

    def measured(self, tool: ToolContext) -> Measured:
        frame = self.yardstick.frame
        rubric = self.yardstick.rubric
        scores = score.score_tool(tool, rubric, frame)
        cost = tokens.of_tool(tool.tool, self.yardstick.counter).total
        expected = {c: level for c, one in scores.items() if (level := one.expected(frame)) is not None}
        return Measured(scores, score.overall(scores, frame, rubric), cost, score.points(expected, rubric))

    def tried(self, tool: ToolContext, rewrite: Rewrite) -> ToolContext:
        """Return the tool as it would be, among its siblings as they are.

        The server is not read anew for it: names stay, and what is asked of siblings does not depend on this text.
        """
        return ToolContext(replaced(tool.tool, rewrite), self.server)

    def with_all(self, rewrites: dict[int, Rewrite]) -> ServerContext:
        """Return the server as it would be with rewrites of several tools, by their index."""
        tools = (t.tool for t in self.server.tools)
        changed = tuple(replaced(t, rewrites[t.index]) if t.index in rewrites else t for t in tools)
        return ServerContext(self.server.manifest._replace(tools=changed))

    @cached_property
    def _security(self) -> RuleSet:
        """The rules about security, which look at a server."""
        rules = self.yardstick.rules
        return rules._replace(rules=tuple(r for r in rules.rules if r.family == "security"))

    @cached_property
    def findings(self) -> dict[int, list[Finding]]:
        """Findings in the original tools, by index."""
        return dict(check_server(self.server, self.yardstick.rules).tools)

    def findings_of(self, tool: ToolContext) -> list[Finding]:
        """Return the findings in an original tool, also those that the server's report merges into one for many."""
        index = tool.tool.index
        if index not in self._own:
            reported = self.findings[index]
            known = Counter((f.id, f.pointer) for f in reported)
            alone_in_it = check_tool(tool, self.yardstick.rules)
            self._own[index] = [*reported, *(f for f in alone_in_it if not known[f.id, f.pointer])]
        return self._own[index]

    def objections(self, before: ToolContext, after: ToolContext) -> Iterator[Violation]:
        """Yield the objections to a rewrite: smells, lost statement kinds, findings, a nearer sibling."""
        yield from self._worse(before, after)
        known = Counter((f.id, f.pointer) for f in self.findings_of(before))
        for found in (*check_tool(after, self.yardstick.rules), *alone(after, self._security)):
            if about_schema(found.id):
                continue
            known[found.id, found.pointer] -= 1
            if known[found.id, found.pointer] < 0:
                objection = objection_of(found.id, self.yardstick.rules)
                yield Violation(objection, f"{found.id}: {found.message}", pointer=found.pointer)
        yield from self.nearer(before, after)

    def _worse(self, before: ToolContext, after: ToolContext) -> Iterator[Violation]:
        old, new = self.original(before).scores, self.measured(after).scores
        for component, was in old.items():
            now = new[component]
            if was.value is not None and not was.smelly and (now.value is None or now.smelly):
                yield Violation(Objection.LOWER_SCORE, f"{component} would become a smell ({was.value} to {now.value})")
        kept = Original(after.text.raw)
        gone = [s for s in before.reading.sentences if not kept.has(s.text)]
        said = {kind for s in gone for kind in s.says} - {StatementKind.STEERING}
        # A kind that the reading is not sure about may be said in other words.
        lost = set(after.reading.missing)
        if not after.reading.says(StatementKind.PURPOSE):
            # The reading denies no purpose to a text that repeats the name, but the one of the original is lost.
            lost.add(StatementKind.PURPOSE)
        for kind in sorted(said & lost):
            yield Violation(Objection.LOST_KIND, f"the original has a statement of the kind '{kind}'")

    def nearer(self, before: ToolContext, after: ToolContext) -> Iterator[Violation]:
        """Yield the sibling that a rewrite comes too close to, if an agent could confuse them."""
        position = self._positions[before.tool.index]
        was, _ = self._likeness.nearest(position)
        now, which = self._likeness.nearest(position, document(after))
        if now > max(was + SLACK, NEAR) and which is not None:
            sibling = self.server.tools[which].tool.label
            yield Violation(
                Objection.MORE_CONFUSABLE, f"it reads more like '{sibling}' than before ({was:.2f}, now {now:.2f})"
            )

    def nearest(self, position: int) -> tuple[float, int | None]:
        """Return the similarity of the tool at `position` to its nearest sibling, 0 to 1, and that one's position."""
        return self._likeness.nearest(position)

    def nearest_of(self, tool: ToolContext) -> tuple[float, ToolContext | None]:
        """Return the similarity of a tool to its nearest sibling, 0 to 1, and the sibling."""
        near, at = self.nearest(self._positions[tool.tool.index])
        return near, None if at is None else self.server.tools[at]

    @cached_property
    def _likeness(self) -> Likeness:
        return Likeness([document(t) for t in self.server.tools])


def about_schema(rule: str) -> bool:
    """Return True for a rule that asks for a keyword of the schema: a text that states the same is no worse."""
    return rule.startswith("prose-only-")


def objection_of(rule: str, rules: RuleSet) -> Objection:
    """Return the objection for a new finding of a rule."""
    family = next((r.family for r in rules.rules if r.id == rule), "")
    if rule.startswith("contradicted-"):
        return Objection.CONTRADICTS_SCHEMA
    return _OF_RULE.get(rule) or _OF_FAMILY.get(family) or Objection.NEW_FINDING


def replaced(tool: Tool, rewrite: Rewrite) -> Tool:
    """Return the tool with the texts of a rewrite, and nothing else changed."""
    raw: dict[str, Json] = dict(tool.raw)
    if rewrite.description != (tool.description or ""):
        raw["description"] = rewrite.description
    if rewrite.parameters:
        schema = raw["inputSchema"]
        named = dict(schema["properties"])
        for name, text in rewrite.parameters.items():
            if isinstance(named.get(name), dict):
                named[name] = {**named[name], "description": text}
        raw["inputSchema"] = {**schema, "properties": named}
    return tool._replace(raw=raw)


def document(tool: ToolContext) -> str:
    """Return the words by which an agent could take a tool for a sibling: its name and its description.

    Sentences that name a sibling tell the two apart, and texts of parameters may be equal: they are left out.
    """
    names = names_of(tool.server)
    told = [s.text for s in tool.text.sentences if not names.named_in(s.text.lower()) - {tool.tool.name}]
    return "\n".join((tool.tool.name or "", *told))
