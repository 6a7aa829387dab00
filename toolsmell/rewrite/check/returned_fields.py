"""Reads which fields a tool returns: from its output schema, or from all its recorded results."""

import json
from typing import NamedTuple

from toolsmell.calling.classify import Outcome
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.model import Json
from toolsmell.text import pattern


class Fields(NamedTuple):
    """Fields of a result."""

    kind: str
    """`object`, or `array` for a list of objects."""
    names: frozenset[str]
    where: str
    """Where they are from, in words."""


def fields_shown(evidence: ToolEvidence) -> Fields | None:
    """Return the fields that every result has; None if neither schema nor two recorded results show them."""
    outputs = [p for p in evidence.tool.all_outputs if p.depth == 0]
    if outputs:
        return Fields("object", frozenset(p.name for p in outputs), "the output schema has these fields")
    results = [o for o in evidence.own_calls if o.outcome is Outcome.RESULT and not o.truncated]
    shapes = [_shape(o.text) for o in results]
    kinds = {kind for kind, _ in shapes}
    if len(shapes) < 2 or len(kinds) != 1 or None in kinds:
        return None
    common = frozenset.intersection(*(names for _, names in shapes))
    numbers = ", ".join(str(o.number) for o in results[:5])
    return Fields(str(kinds.pop()), common, f"the results of calls {numbers} have these fields")


def _shape(text: str) -> tuple[str | None, frozenset[str]]:
    try:
        found: Json = json.loads(text)
    except (ValueError, RecursionError):
        return None, frozenset()
    if isinstance(found, dict):
        return "object", _plain(found)
    if isinstance(found, list) and found and all(isinstance(item, dict) for item in found):
        return "array", frozenset.intersection(*(_plain(item) for item in found))
    return None, frozenset()


def _plain(found: dict[str, Json]) -> frozenset[str]:
    return frozenset(name for name in found if pattern(r"[A-Za-z_]\w{0,40}").fullmatch(name))
