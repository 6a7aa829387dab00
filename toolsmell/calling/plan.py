"""Plans calls without a model: valid ones with typical and edge values, then calls with one fault each.

Values come from examples, enumerations, defaults and formats, from what name and description tell, and from what other
tools returned before; each valid call is checked against the schema before it is made.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from toolsmell.calling.classify import Outcome
from toolsmell.calling.diversity import ALIKE, likeness
from toolsmell.calling.outcomes import Observation, Trial
from toolsmell.calling.plausible import FORMATS, plausible
from toolsmell.model import Json
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.reading.verbs import Deed, deed_named, deed_of, own_words
from toolsmell.safety.masking import holds_mask
from toolsmell.schema.fit import bound, violation
from toolsmell.schema.reader import Parameter
from toolsmell.text import pattern

Pool = Mapping[str, Sequence[Json]]
"""Values that tools returned, by the name of their field."""

_OWN = frozenset(("id", "name", "key", "slug", "uuid", "number"))
"""Names of fields that identify the object they are in."""
_KEPT = 5
_DEEPEST = 20
_RANK = {Deed.CREATE: 1, Deed.CHANGE: 3, Deed.DESTROY: 4}
_WRONG: tuple[Json, ...] = ("text", 7, [])


def in_order(server: ServerContext, allowed: frozenset[str]) -> list[ToolContext]:
    """Sort the allowed tools so that a tool that returns a value comes before those that take it."""
    tools = sorted((tool for tool in server.tools if tool.tool.name in allowed), key=_rank)
    givers = _givers(tools)
    ordered: dict[int, ToolContext] = {}
    for tool in tools:
        _visit(tool, givers, ordered, frozenset())
    return list(ordered.values())


def _givers(tools: Sequence[ToolContext]) -> dict[str, list[ToolContext]]:
    """Map each field name to the tools that return it, by their output schema or by the thing in their name."""
    found: dict[str, list[ToolContext]] = {}
    for tool in tools:
        deed, kind = deed_of(tool), kind_of(tool)
        names = [p.name for p in tool.all_outputs]
        if kind and deed and deed[1] in (Deed.READ, Deed.CREATE):
            names += [f"{kind}_{own}" for own in _OWN]
        for name in dict.fromkeys(names):
            found.setdefault(name, []).append(tool)
    return found


def _visit(
    tool: ToolContext,
    givers: Mapping[str, Sequence[ToolContext]],
    ordered: dict[int, ToolContext],
    above: frozenset[int],
) -> None:
    """Add the tools that return what `tool` needs, and then the tool itself. A circle is followed once."""
    at = tool.tool.index
    if at in ordered or at in above or len(above) > _DEEPEST:
        return
    for parameter in tool.parameters:
        for giver in givers.get(parameter.name, ())[:3] if parameter.required else ():
            if _rank(giver)[0] < _RANK[Deed.DESTROY]:
                _visit(giver, givers, ordered, above | {at})
    ordered[at] = tool


def _rank(tool: ToolContext) -> tuple[int, int, int]:
    deed = deed_of(tool)
    needs = sum(p.required for p in tool.parameters)
    place = _RANK.get(deed[1], 0 if not needs else 2) if deed else 2
    return place, needs, tool.tool.index


def kind_of(tool: ToolContext) -> str | None:
    """Return the thing that a tool deals with, from its name: `boat` from `list_boats`."""
    words = own_words(tool)
    if len(words) < 2 or deed_named(words[0]) is None:
        return None
    return "_".join((*words[1:-1], words[-1].removesuffix("s")))


def trials(tool: ToolContext, pool: Pool, given: Mapping[str, Sequence[Json]] | None = None) -> Iterator[Trial]:
    """Yield the trials of one tool: a typical valid call, one for each edge value, then the faults.

    `given` are the user's values by the name of a parameter; they come before all others.
    """
    schema = tool.tool.input_schema or {}
    name = tool.tool.name or ""
    given = given or {}
    usual = {p.name: value(p, pool, given) for p in tool.parameters if p.required}
    seen: list[str] = []
    for trial in (*_valid(tool, usual, pool, given), *_faulty(tool, name, usual)):
        sound = violation(trial.arguments, schema, schema) is None
        if sound is (trial.fault is None or trial.fault == "unknown") and not _alike(trial, seen):
            seen.append(_text(trial))
            yield trial


def _valid(tool: ToolContext, usual: dict[str, Json], pool: Pool, given: Pool) -> Iterator[Trial]:
    name = tool.tool.name or ""
    yield Trial(name, usual, "only what is required")
    everything = {p.name: value(p, pool, given) for p in tool.parameters}
    yield Trial(name, everything, "all parameters")
    for parameter in tool.parameters:
        for word, edge in _edges(parameter, pool):
            yield Trial(name, {**usual, parameter.name: edge}, f"the {word} {parameter.name}", about=parameter.name)


def _faulty(tool: ToolContext, name: str, usual: dict[str, Json]) -> Iterator[Trial]:
    for parameter in tool.parameters:
        if parameter.required:
            left = {k: v for k, v in usual.items() if k != parameter.name}
            yield Trial(name, left, f"without the required {parameter.name}", "missing", parameter.name)
    for parameter in tool.parameters:
        for word, beyond in _beyond(parameter):
            arguments = {**usual, parameter.name: beyond}
            yield Trial(name, arguments, f"{parameter.name} {word}", "range", parameter.name)
        wrong = next((w for w in _WRONG if violation(w, parameter.schema, tool.tool.input_schema)), None)
        if wrong is not None:
            yield Trial(
                name, {**usual, parameter.name: wrong}, f"{parameter.name} of another type", "type", parameter.name
            )
    yield Trial(name, {**usual, "toolsmell_unknown": 1}, "an unknown parameter", "unknown")


def value(parameter: Parameter, pool: Pool, given: Pool | None = None) -> Json:
    """Return a typical value: the user's, one of the schema, one that a call returned, or one of its format."""
    schema = parameter.schema if isinstance(parameter.schema, dict) else {}
    for seed in (given or {}).get(parameter.name, ()):
        if violation(seed, schema) is None:
            return seed
    for keyword in ("examples", "example", "const", "default", "enum"):
        found = schema.get(keyword)
        if keyword in ("examples", "enum"):
            found = found[0] if isinstance(found, list) and found else None
        if found is not None:
            return found
    for seen in pool.get(parameter.name, ()):
        if violation(seen, schema) is None:
            return seen
    return _typical(parameter, schema)


def _typical(parameter: Parameter, schema: dict[str, Json]) -> Json:
    types = parameter.types or frozenset(("string",))
    if "string" in types:
        likely = FORMATS.get(str(schema.get("format"))) or plausible(parameter.name, parameter.description or "")
        if likely is not None and violation(likely, schema) is None:
            return likely
        text = likely or "example"
        shortest, longest = bound(schema, "minLength") or 0, bound(schema, "maxLength")
        return text.ljust(int(min(shortest, 10_000)), "x")[: None if longest is None else int(longest)]
    if not types.isdisjoint(("integer", "number")):
        low, high = bound(schema, "minimum"), bound(schema, "maximum")
        middle = 1 if low is None and high is None else low if low is not None else high
        return int(middle) if middle is not None and "number" not in types else middle
    if "boolean" in types:
        return False
    if "array" in types:
        items = schema.get("items")
        few = int(min(bound(schema, "minItems") or 0, 20))
        inner = Parameter(parameter.name, "", "", items, required=True, depth=1)
        return [_typical(inner, items if isinstance(items, dict) else {}) for _ in range(few)]
    if "object" in types:
        named = schema.get("properties")
        required = schema.get("required")
        return {
            key: _typical(Parameter(key, "", "", named[key], required=True, depth=1), named[key])
            for key in (required if isinstance(required, list) else ())
            if isinstance(named, dict) and isinstance(key, str) and isinstance(named.get(key), dict)
        }
    return None


def _edges(parameter: Parameter, pool: Pool) -> Iterator[tuple[str, Json]]:
    schema = parameter.schema if isinstance(parameter.schema, dict) else {}
    for word, keyword in (("smallest", "minimum"), ("largest", "maximum")):
        edge = bound(schema, keyword)
        if edge is not None:
            yield word, int(edge) if float(edge).is_integer() else edge
    if parameter.required and "string" in parameter.types and pool.get(parameter.name):
        yield "unfound", "toolsmell-unknown"
    choices = schema.get("enum")
    for choice in choices[1:4] if isinstance(choices, list) else ():
        yield "other", choice


def _beyond(parameter: Parameter) -> Iterator[tuple[str, Json]]:
    schema = parameter.schema if isinstance(parameter.schema, dict) else {}
    high, low = bound(schema, "maximum"), bound(schema, "minimum")
    if high is not None:
        yield "over its maximum", int(high) + 1
    elif low is not None:
        yield "under its minimum", int(low) - 1
    if isinstance(schema.get("enum"), list) and "string" in parameter.types:
        yield "not among its values", "toolsmell-unknown"


def _text(trial: Trial) -> str:
    return json.dumps(trial.arguments, sort_keys=True, default=str)


def _alike(trial: Trial, seen: Sequence[str]) -> bool:
    """Return True if a call is nearly equal to an earlier one, measured by compression."""
    text = _text(trial)
    return any(text == other or likeness(text, other) >= ALIKE for other in seen if len(text) > 200) or text in seen


def gathered(observation: Observation, pool: dict[str, list[Json]], kind: str | None = None) -> None:
    """Add the values that a call returned to the pool, by the names of their fields.

    `kind` is what the tool deals with: the `id` of what `list_boats` returns is a `boat_id` as well.
    """
    if observation.outcome is not Outcome.RESULT or observation.truncated:
        return
    try:
        stack: list[tuple[str, Json]] = [("", json.loads(observation.text))]
    except ValueError:
        stack = _paths(observation.text)
    for _ in range(500):
        if not stack:
            break
        name, found = stack.pop()
        if isinstance(found, dict):
            stack += found.items()
        elif isinstance(found, list):
            stack += [(name, item) for item in found[:5]]
        elif isinstance(found, str) and "\n" in found:
            stack += _paths(found)
        elif name and isinstance(found, str | int) and not holds_mask(str(found)) and len(str(found)) < 200:
            for key in (name, f"{kind}_{name}") if kind and name in _OWN else (name,):
                values = pool.setdefault(key, [])
                if found not in values and len(values) < _KEPT:
                    values.append(found)


def _paths(text: str) -> list[tuple[str, Json]]:
    """Return the lines that are paths: many servers answer in lines, and of those only paths are sure to be values."""
    lines = (line.strip() for line in text.splitlines()[:50])
    return [("path", line) for line in lines if pattern(r"/[\w.@+-]+(?:/[\w.@+-]+)*/?").fullmatch(line)]
