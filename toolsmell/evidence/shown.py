"""Writes the evidence about a tool as text for a reader: a person, an agent or a model."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from toolsmell.calling.outcomes import Observation, merged
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.code.shown import fact_lines, slices
from toolsmell.evidence.hints import without_library_hints
from toolsmell.reading.context import ToolContext
from toolsmell.tokens import compact_json

_TOOL: Final = 16_000
_DOCUMENT: Final = 2_000
_SIBLINGS: Final = 30
_SIBLING_TEXT: Final = 300
_ARGUMENTS: Final = 400
_RESULT: Final = 900
_CALLS: Final = 30
_OTHER_CALLS: Final = 20


def evidence_text(evidence: ToolEvidence, *, longest: int = 60_000) -> str:
    """Return all evidence about a tool as one text of at most `longest` characters, the nearest to the tool first."""
    tool = evidence.tool
    parts = [f"The tool, as its server sends it:\n{compact_json(without_library_hints(tool.tool))[:_TOOL]}"]
    if calls := "\n".join(call_lines(evidence.own_calls, _CALLS)):
        parts.append(f"Recorded calls of it:\n{calls}")
    if evidence.code is not None:
        parts.append(f"Facts of its code:\n{chr(10).join(fact_lines(evidence.code))}")
        parts.append(f"Its code:\n{slices(evidence.code)}")
    parts += [f"From {name}:\n{text[:_DOCUMENT]}" for name, text in evidence.documents.items()]
    if siblings := "\n".join(sibling_lines(tool)):
        parts.append(f"Other tools of the server:\n{siblings}")
    others = [o for o in evidence.seen if o.trial.tool != tool.tool.name]
    if calls := "\n".join(call_lines(others, _OTHER_CALLS, named=True)):
        parts.append(f"Recorded calls of other tools:\n{calls}")
    return "\n\n".join(parts)[:longest]


def sibling_lines(tool: ToolContext, most: int = _SIBLINGS) -> Iterator[str]:
    """Yield a line for each other tool: its name, its parameters and the beginning of its description."""
    others = [t for t in tool.server.tools if t is not tool and t.tool.name]
    for other in others[:most]:
        names = ", ".join(p.name for p in other.parameters[:12])
        text = " ".join(other.text.raw.split())
        cut = f"{text[:_SIBLING_TEXT]}… (cut)" if len(text) > _SIBLING_TEXT else text
        yield f"- {other.tool.name}({names}): {cut}"
    if len(others) > most:
        yield f"- and {len(others) - most} more"


def call_lines(
    observations: Iterable[Observation], most: int = _CALLS, *, named: bool = False, longest: int = _RESULT
) -> Iterator[str]:
    """Yield a line for each outcome: calls with equal outcomes share one. Results are cut at `longest` characters."""
    groups = merged(observations)
    for group in groups[-most:]:
        yield _line(group, longest, named=named)


def _line(group: Sequence[Observation], longest: int, *, named: bool) -> str:
    first = group[0]
    numbers = ", ".join(str(o.number) for o in group)
    sent = " or ".join(dict.fromkeys(json.dumps(o.trial.arguments, ensure_ascii=False) for o in group))
    tool = f"{first.trial.tool} " if named else ""
    return f"call {numbers}: {tool}{sent[:_ARGUMENTS]} -> {first.outcome}{_costs(group)}: {_answer(first, longest)}"


def _answer(one: Observation, longest: int) -> str:
    text = one.text.strip().replace("\n", "\\n")
    return f"{text[:longest]}… (cut)" if len(text) > longest or one.truncated else text or "(nothing)"


def _costs(group: Sequence[Observation]) -> str:
    """Return a remark about the time and size of results; empty if they are ordinary."""
    slow = min(o.milliseconds for o in group) / 1000
    large = min(o.size for o in group) // 4
    words = [f"after {slow:.0f} s" if slow > 5 else "", f"about {large} tokens" if large > 10_000 else ""]
    found = ", ".join(w for w in words if w)
    return f" ({found})" if found else ""
