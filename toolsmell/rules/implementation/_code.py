"""Shared by the rules about code: the code of a tool, values that it rejects, and lines as related locations."""

from collections.abc import Iterator

from toolsmell.model import Json, Location, Pointer, Related
from toolsmell.model.basics import is_number
from toolsmell.model.implementation import (
    Aspect,
    CodeFact,
    CodeLines,
    FactKind,
    Handling,
    Implementation,
    Operator,
)
from toolsmell.model.pointer import escape
from toolsmell.reading.context import ToolContext


def implementation_of(tool: ToolContext) -> Implementation | None:
    """Return the code of a tool, or None if nobody read it or it was not found."""
    read = tool.server.manifest.implementations
    found = read.get(tool.tool.index) if read is not None else None
    return found if found is not None and found.functions else None


def pointer_to(parameter: str) -> Pointer:
    """Return the place of a wire parameter in the input schema."""
    return f"/inputSchema/properties/{escape(parameter)}"


def property_of(tool: ToolContext, parameter: str) -> dict[str, Json]:
    """Return the schema of a wire parameter; empty if it is not an object."""
    properties = (tool.tool.input_schema or {}).get("properties")
    found = properties.get(parameter) if isinstance(properties, dict) else None
    return found if isinstance(found, dict) else {}


def related(lines: CodeLines, message: str) -> tuple[Related, ...]:
    """Return lines of code as the second place of a finding."""
    return (Related(Location(lines.file, lines.line, 1, lines.end_line + 1, 1), message),)


def certain(facts: tuple[CodeFact, ...]) -> Iterator[CodeFact]:
    """Yield the facts that always hold: no configuration, no error and no other condition decides them."""
    for fact in facts:
        if not fact.flags and all(one.parameter == fact.parameter for one in fact.conditions):
            yield fact


def rejecting(code: Implementation, parameter: str) -> Iterator[CodeFact]:
    """Yield the checks of a parameter under which the tool always fails."""
    for fact in certain(code.of_parameter(parameter, FactKind.BOUND, FactKind.ENUM)):
        if fact.handling is Handling.REJECTED:
            yield fact


def rejects(fact: CodeFact, value: Json) -> bool:
    """Return True if a check certainly rejects a value."""
    if any(not _holds(one.operator, one.aspect, one.values, value) for one in fact.conditions):
        return False
    return not _holds(fact.operator, fact.aspect, fact.values, value, unknown=True)


def _holds(
    operator: Operator | None, aspect: Aspect, values: tuple[Json, ...], value: Json, *, unknown: bool = False
) -> bool:
    """Return True if a comparison holds for a value; `unknown` if that cannot be said."""
    if aspect is Aspect.LENGTH:
        if not isinstance(value, str | list):
            return unknown
        value = len(value)
    match operator:
        case Operator.AMONG if _comparable(values, value):
            return bool(value in values)
        case Operator.OUTSIDE if _comparable(values, value):
            return bool(value not in values)
        case Operator.EQUALS if _comparable(values, value):
            return bool(value == values[0])
        case Operator.DIFFERS if _comparable(values, value):
            return bool(value != values[0])
        case Operator.GIVEN:
            return bool(value != values[0] if values else value)
        case Operator.ABSENT:
            return bool(value == values[0] if values else not value)
    return _ordered(operator, values, value, unknown=unknown)


def _ordered(operator: Operator | None, values: tuple[Json, ...], value: Json, *, unknown: bool) -> bool:
    limit = values[0] if values else None
    if not is_number(value) or not is_number(limit):
        return unknown
    match operator:
        case Operator.BELOW:
            return bool(value < limit)
        case Operator.AT_MOST:
            return bool(value <= limit)
        case Operator.ABOVE:
            return bool(value > limit)
        case Operator.AT_LEAST:
            return bool(value >= limit)
    return unknown


def _comparable(values: tuple[Json, ...], value: Json) -> bool:
    """Return True if a value is of the type of all others."""
    return bool(values) and all(type(one) is type(value) for one in values)
