"""Gathers what a writer of one description needs: the text, what is missing, the evidence, constraints and checks.

A coding agent, a person or a model is such a writer. What comes back is checked by `check`, whoever wrote it.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from toolsmell.data.client_limits import Limit
from toolsmell.data.client_limits import load as client_limits
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Rewrite
from toolsmell.evidence.facts import mentions
from toolsmell.evidence.shown import call_lines
from toolsmell.model import Finding, Severity
from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ServerContext, ToolContext, per_server
from toolsmell.reading.verbs import Deed, deed_of
from toolsmell.rewrite.check.objections import against_losses
from toolsmell.rewrite.likeness import COMPARED
from toolsmell.rewrite.measure import NEAR, Bench
from toolsmell.rewrite.origins import origin_of
from toolsmell.rewrite.told_facts import told_facts
from toolsmell.schema.fit import bound
from toolsmell.schema.reader import Parameter, choices_of
from toolsmell.scoring.kind_advice import BY_KIND
from toolsmell.scoring.siblings import siblings_of
from toolsmell.text import identifier_words

ASKS: Final[dict[StatementKind, str]] = {
    StatementKind.PURPOSE: "what it does, beyond repeating its name",
    StatementKind.WHEN: "for what task or question to use it",
    StatementKind.WHEN_NOT: "when to use which other tool instead",
    StatementKind.LIMIT: "where its scope ends: a maximum, what is supported, what it does not return",
    StatementKind.FAILURE: "what happens on an error, or if there is nothing to return",
    StatementKind.PREREQUISITE: "what must be done or known before, or which call comes first",
    StatementKind.EFFECT: "what changes, or that nothing does",
    StatementKind.RESULT: "what comes back: fields, form, order, units",
    StatementKind.DEFAULT: "what holds if an optional parameter is left out",
    StatementKind.EXAMPLE: "one example value or call",
}
"""The content of a statement, by its kind."""

CHECKS: Final = (
    "numbers, units, values, tools, conditions and warnings of the original stay",
    "no number, unit, value or name that the evidence does not have",
    "nothing against the schema, the annotations or the verb of the tool",
    "no login, quota or network trouble and no data of a trial as behaviour",
    "no orders to the agent, no praise, no secret, no path of this machine",
    "`toolsmell verify BEFORE AFTER` compares each new sentence with the evidence",
)


MOST_FACTS: Final = 8
"""Facts of the code that a brief shows."""


_IDS: Final = frozenset("id ids key uuid guid slug".split())
"""Last words of the names of parameters that take what another tool returns."""


class Brief(NamedTuple):
    """Everything that a writer needs to know about one tool."""

    tool: str
    text: str
    """The description; empty if there is none."""
    tokens: int
    overall: float | None
    levels: dict[str, int]
    """Level 1-5 by component; unscored ones are left out."""
    missing: tuple[StatementKind, ...]
    undescribed: tuple[str, ...]
    """Parameters that neither the schema nor the description explains, required ones first."""
    findings: tuple[str, ...]
    """Each as `id: message`."""
    schema: tuple[str, ...]
    """A line for each parameter: its type, whether it is required, its bounds, values and default, its description."""
    confusable: str
    """The tool that agents could take for it, by name; empty if there is none."""
    siblings: tuple[str, ...]
    """Other tools that a reader could take for it, or that give what it needs."""
    documents: dict[str, str]
    """Passages about the tool from the instructions and from documents, by name."""
    calls: tuple[str, ...]
    code: tuple[str, ...]
    """Facts of the tool's code, each with its citation."""
    constraints: tuple[str, ...]
    checks: tuple[str, ...] = CHECKS

    @property
    def need(self) -> float:
        """The need for a writer: briefs of a server are ordered by it, the largest first."""
        return (100.0 - (self.overall or 0.0)) / 10 + len(self.missing) + 2 * len(self.undescribed) + len(self.findings)

    @property
    def worth_it(self) -> bool:
        """Whether anything is missing or wrong."""
        return bool(self.missing or self.undescribed or self.findings)


def brief_of(evidence: ToolEvidence, bench: Bench, *, budget: int | None = None) -> Brief:
    """Return the brief of a tool. `budget` is the most tokens that the tool may cost with its new text."""
    tool = evidence.tool
    measured = bench.original(tool)
    near, nearest = bench.nearest_of(tool)
    return Brief(
        tool=tool.tool.label,
        text=tool.text.raw,
        tokens=measured.tokens,
        overall=measured.overall,
        levels={str(c): s.value for c, s in measured.scores.items() if s.value is not None},
        missing=tuple(kind for kind in tool.reading.missing if _is_owed(tool, kind)),
        undescribed=undescribed(tool),
        findings=tuple(_finding(f) for f in bench.findings_of(tool) if f.severity is not Severity.NOTE),
        schema=tuple(map(_parameter, tool.parameters)),
        confusable=_confusable(tool, nearest) if nearest and near >= NEAR else "",
        siblings=tuple(_siblings(tool, nearest)),
        documents=evidence.documents,
        calls=tuple(call_lines(evidence.own_calls, longest=240)),
        code=tuple(told_facts(tool, evidence.code, MOST_FACTS)) if evidence.code is not None else (),
        constraints=tuple(_constraints(evidence, budget)),
    )


def _is_owed(tool: ToolContext, kind: StatementKind) -> bool:
    """Return False for defaults and examples that no parameter lacks: the schema or a text has them."""
    if kind not in (StatementKind.DEFAULT, StatementKind.EXAMPLE):
        return True
    return BY_KIND[kind](tool, siblings_of(tool.server)) is not None


def undescribed(tool: ToolContext) -> tuple[str, ...]:
    """Return the parameters that nothing explains, required ones first."""
    bare = [p for p in tool.parameters if not (p.description or "").strip() and p.name not in tool.reading.explained]
    return tuple(p.name for p in sorted(bare, key=lambda p: not p.required))


def _finding(finding: Finding) -> str:
    return f"{finding.id}: {finding.message}"


def _parameter(parameter: Parameter) -> str:
    parts = ["/".join(sorted(parameter.types)) or "any type", "required" if parameter.required else "optional"]
    schema = parameter.schema if isinstance(parameter.schema, dict) else {}
    if choices := choices_of(schema):
        parts.append(f"one of {', '.join(choices[:8])}{', …' if len(choices) > 8 else ''}")
    for keyword in ("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"):
        if (number := bound(schema, keyword)) is not None:
            parts.append(f"{keyword} {number:g}")
    if isinstance(schema.get("format"), str):
        parts.append(f"format {schema['format']}")
    if parameter.default is not None:
        parts.append(f"default {parameter.default!r}"[:80])
    told = " ".join((parameter.description or "not described").split())
    return f"{parameter.name} ({', '.join(parts)}): {told[:300]}"


def _confusable(tool: ToolContext, nearest: ToolContext) -> str:
    """Return the name of the tool that reads most like this one, unless the text names it already."""
    name = nearest.tool.name or ""
    return "" if mentions(tool.text.lower, name) else name


def _siblings(tool: ToolContext, nearest: ToolContext | None) -> Iterator[str]:
    """Yield the nearest tool, and those that return what a parameter takes."""
    likely = [nearest] if nearest else []
    origins = [o for p in tool.parameters if (o := origin_of(tool, p.name) or _finder(tool, p))]
    for other in list(dict.fromkeys((*origins, *likely, *_related(tool))))[:4]:
        yield f"{other.tool.label}: {' '.join(other.text.raw.split())[:160]}"


def _related(tool: ToolContext) -> list[ToolContext]:
    """Return the tools with words of this name, those with most of them first, then some others."""
    tools = tool.server.tools
    words = set(tool.name_words)
    named = _by_word(tool.server)
    positions = {*range(5), *(at for word in words for at in named[word][:COMPARED])}
    found = [tools[at] for at in sorted(positions) if at < len(tools) and tools[at] is not tool]
    return sorted(found, key=lambda other: -len(words & set(other.name_words)))


@per_server
def _by_word(server: ServerContext) -> dict[str, list[int]]:
    """Return the positions of the tools with each word in their names."""
    found: dict[str, list[int]] = {}
    for at, tool in enumerate(server.tools):
        for word in set(tool.name_words):
            found.setdefault(word, []).append(at)
    return found


def _finder(tool: ToolContext, parameter: Parameter) -> ToolContext | None:
    """Return the sibling that by its name lists what a required id names: `list_boats`, `get_boats` for `boat_id`."""
    words = identifier_words(parameter.name)
    if not parameter.required or len(words) < 2 or words[-1] not in _IDS:
        return None
    name = siblings_of(tool.server).finder(tool, words[:-1])
    if name:
        return tool.server.by_name.get(name)
    readers = _readers(tool.server).get(f"{words[-2].removesuffix('s')}s", ())
    return next((t for t in readers if t is not tool), None)


@per_server
def _readers(server: ServerContext) -> dict[str, list[ToolContext]]:
    """Return the tools that read, as their names say, by the last word of the name."""
    found: dict[str, list[ToolContext]] = {}
    for tool in server.tools:
        deed = deed_of(tool)
        if deed and deed[1] is Deed.READ and tool.name_words:
            found.setdefault(tool.name_words[-1], []).append(tool)
    return found


def _constraints(evidence: ToolEvidence, budget: int | None) -> Iterator[str]:
    if budget is not None:
        yield f"at most {budget} tokens for the whole tool"
    if lengths := [limit for limit in client_limits() if limit.kind == "description-length" and _number(limit)]:
        strictest = min(lengths, key=_number)
        yield f"at most {_number(strictest)} characters: {strictest.title} {_effect(strictest)} if it is longer"
    if kept := list(dict.fromkeys(v.detail for v in against_losses(evidence, Rewrite(""))))[:6]:
        yield f"keep what the original states: {'; '.join(kept)}"


def _number(limit: Limit) -> int:
    return limit.value if isinstance(limit.value, int) else 0


def _effect(limit: Limit) -> str:
    return {"cuts": "drops the rest", "refuses": "rejects the request", "hides": "leaves the tool out"}.get(
        limit.effect, "warns"
    )
