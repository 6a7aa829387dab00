"""Before and after by the same measure: scores, findings, tokens and likeness to the siblings.  Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final, NamedTuple

from toolsmell import tokens
from toolsmell.evidence.claims import Measured, Objection, Rewrite, Violation
from toolsmell.model import Component, Finding, Frame, Json, Score, Tool
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rewrite.likeness import Likeness
from toolsmell.rules.engine import RuleSet, check_server, check_tool
from toolsmell.scoring import score
from toolsmell.scoring.rubric import Rubric

SLACK: Final = 0.03
"""How much nearer to its nearest sibling a text may come: words that all tools share cost as much."""

SLIP: Final = 0.5
"""By how much of a level a component may fall on average: a text with the same facts in another order may."""

NEAR: Final = 0.4
"""Tools less alike than this are not taken for one another."""

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
    """What texts are measured by: the same for the original and for every rewrite."""

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

    def original(self, tool: ToolContext) -> Measured:
        """Return the measure of a tool as it is: taken once."""
        if tool.tool.index not in self._original:
            self._original[tool.tool.index] = self.measured(tool)
        return self._original[tool.tool.index]

    def measured(self, tool: ToolContext) -> Measured:
        frame = self.yardstick.frame
        scores = score.score_tool(tool, self.yardstick.rubric, frame)
        cost = tokens.of_tool(tool.tool, self.yardstick.counter).total
        return Measured(scores, score.overall(scores, frame), cost, _worth(scores, frame))

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
    def findings(self) -> dict[int, list[Finding]]:
        """What the rules find in each tool as it is."""
        return dict(check_server(self.server, self.yardstick.rules).tools)

    def objections(self, before: ToolContext, after: ToolContext) -> Iterator[Violation]:
        """Yield what the measure says against a rewrite: a lower score, a new finding, a nearer sibling."""
        yield from self._lower(before, after)
        known = Counter((f.id, f.pointer) for f in self.findings[before.tool.index])
        for found in check_tool(after, self.yardstick.rules):
            known[found.id, found.pointer] -= 1
            if known[found.id, found.pointer] < 0:
                objection = objection_of(found.id, self.yardstick.rules)
                yield Violation(objection, f"{found.id}: {found.message}", pointer=found.pointer)
        yield from self._nearer(before, after)

    def _lower(self, before: ToolContext, after: ToolContext) -> Iterator[Violation]:
        old, new = self.original(before).scores, self.measured(after).scores
        for component, was in old.items():
            now = new[component]
            if was.value is None or (now.value is not None and now.value >= was.value):
                continue
            if now.value is None or _expected(was, self.yardstick.frame) - _expected(now, self.yardstick.frame) > SLIP:
                yield Violation(Objection.LOWER_SCORE, f"{component} falls from {was.value} to {now.value}")

    def _nearer(self, before: ToolContext, after: ToolContext) -> Iterator[Violation]:
        position = self._positions[before.tool.index]
        was, _ = self._likeness.nearest(position)
        now, which = self._likeness.nearest(position, document(after.tool))
        if now > max(was + SLACK, NEAR) and which is not None:
            sibling = self.server.tools[which].tool.label
            yield Violation(
                Objection.MORE_CONFUSABLE, f"it reads more like '{sibling}' than before ({was:.2f}, now {now:.2f})"
            )

    def nearest(self, position: int) -> tuple[float, int | None]:
        """Return how like its nearest sibling the tool at `position` reads, 0 to 1, and the position of that."""
        return self._likeness.nearest(position)

    @cached_property
    def _likeness(self) -> Likeness:
        return Likeness([document(t.tool) for t in self.server.tools])


def _worth(scores: Mapping[Component, Score], frame: Frame) -> float:
    expected = [_expected(s, frame) for s in scores.values() if s.value is not None and frame in s.distribution]
    return 25 * (sum(expected) / len(expected) - 1) if expected else 0.0


def _expected(score: Score, frame: Frame) -> float:
    """Return the mean of a distribution: finer than the level, which a comma can tip at the border of two."""
    return sum(level * share for level, share in enumerate(score.distribution[frame], start=1))


def objection_of(rule: str, rules: RuleSet) -> Objection:
    """Return what a new finding of a rule objects to."""
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


def document(tool: Tool) -> str:
    """Return what a client's tool search indexes: name, description, parameters with their descriptions."""
    from toolsmell.schema.reader import parameters

    lines = [tool.name or "", tool.description or ""]
    lines += [f"{p.name} {p.description or ''}" for p in parameters(tool.input_schema) if p.depth == 0]
    return "\n".join(lines)
