"""A unit that differs from the name or from other tools.

## What it checks

The unit that the description of a number states, against the unit in its own name (`timeout_ms`), and against the unit
of the parameters of the same name in the other tools of the server.

## Why it matters

An agent learns the unit from the first tool that it reads, and is wrong by a factor of a thousand in the next one.

## Smelly

```json
{"name": "watch_queue", "description": "Waits for a message.", "inputSchema": {"type": "object", "properties": {
  "timeout_ms": {"type": "integer", "description": "Time to wait, in seconds."}}}}
```

## Better

```json
{"name": "watch_queue", "description": "Waits for a message.", "inputSchema": {"type": "object", "properties": {
  "timeout_ms": {"type": "integer", "description": "Time to wait, in milliseconds."}}}}
```

## Not flagged

Texts that name two units ("30000 ms, 30 s"), and parameters whose unit is in neither place.

## References

- The loss of the Mars Climate Orbiter (NASA, 1999) is the classic of this fault.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter
from toolsmell.text import identifier_words, last_word, pattern

_UNITS = {
    "milliseconds": r"\b(?:milliseconds?|millis|ms|msec)\b",
    "seconds": r"\b(?:seconds?|secs?)\b",
    "minutes": r"\b(?:minutes?|mins?)\b",
    "hours": r"\b(?:hours?|hrs?)\b",
    "days": r"\bdays?\b",
    "bytes": r"\bbytes?\b",
    "kilobytes": r"\b(?:kilobytes?|kb|kib)\b",
    "megabytes": r"\b(?:megabytes?|mb|mib)\b",
    "kilometres": r"\b(?:kilomet(?:er|re)s?|km)\b",
    "metres": r"\bmet(?:er|re)s?\b",
    "miles": r"\bmiles?\b",
}
_IN_NAMES = {
    **dict.fromkeys(("ms", "millis", "milliseconds", "msec"), "milliseconds"),
    **dict.fromkeys(("seconds", "secs", "sec"), "seconds"),
    **dict.fromkeys(("minutes", "mins"), "minutes"),
    **dict.fromkeys(("hours", "hrs"), "hours"),
    "days": "days",
    "bytes": "bytes",
    "kb": "kilobytes",
    "mb": "megabytes",
    "km": "kilometres",
    **dict.fromkeys(("metres", "meters"), "metres"),
    "miles": "miles",
}
_COMPARED = frozenset("timeout duration delay interval ttl wait distance radius".split())


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    first: dict[str, tuple[ToolContext, str]] = {}
    for tool in server.tools:
        if tool.parameter_endings.isdisjoint(_IN_NAMES) and tool.parameter_endings.isdisjoint(_COMPARED):
            continue
        for parameter in tool.all_parameters:
            if not (said := _said(parameter)):
                continue
            own = _IN_NAMES.get(_unit_word(parameter.name))
            if own and own != said:
                yield _hit(tool, parameter, f"the text says {said}, the name says {own}")
            elif not own and last_word(parameter.name) in _COMPARED:
                other, unit = first.setdefault(parameter.name, (tool, said))
                if unit != said:
                    yield _hit(tool, parameter, f"in {said} here, and in {unit} in '{shown(other.tool.label, 40)}'")


def _unit_word(name: str) -> str:
    words = identifier_words(name)
    return words[-1] if len(words) > 1 else ""


def _said(parameter: Parameter) -> str | None:
    """Return the one unit that the description of a number names; None if it names none, or several."""
    if parameter.types.isdisjoint(("integer", "number")) or not parameter.description:
        return None
    lower = parameter.description.lower()
    units = [unit for unit, source in _UNITS.items() if pattern(source).search(lower)]
    return units[0] if len(units) == 1 else None


def _hit(tool: ToolContext, parameter: Parameter, what: str) -> Hit:
    return Hit(
        parameter.pointer,
        f"'{shown(parameter.path)}': {what}: an agent is wrong by a factor",
        excerpt=parameter.path,
        tool=tool.tool.index,
        help="use one unit in the name, in the text and in all tools",
    )
