"""A description that is too long for a client.

## What it checks

The length of every description, against the limits of the chosen clients. The finding says what each client does and,
if one drops the end, what is lost. It is a warning if only the lost part explains a parameter or sets a condition
(must, only, never, required), else a note. The notes of one server are one finding.

## Why it matters

The agent reads a text that ends in the middle, and does not know it. The end often has what keeps a call from failing:
limits, formats, errors.

## Smelly

```json
{"name": "plan_trip", "inputSchema": {"type": "object", "properties": {"start": {"type": "string"}}},
 "description": {"times": 60, "text": "Plans a trip in stages of a day each. "}}
```

## Better

```json
{"name": "plan_trip", "inputSchema": {"type": "object", "properties": {"start": {"type": "string"}}},
 "description": "Plans a trip in stages of a day each, from 'start' (2026-05-31) on, at most 14."}
```

## Not flagged

Descriptions of parameters, which are not cut.

## Configuration

`clients`: the clients that count, such as `["claude-code"]`; an empty list means all portable limits.

## References

- rubrics/clients.yaml, `description-length`: each limit with its date and source.
"""

from collections.abc import Iterator
from re import DOTALL

from toolsmell.data.client_limits import Limit, consequences
from toolsmell.escape import shown
from toolsmell.model import Severity
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.clients._chosen import limits, lost, utf16_length
from toolsmell.text import pattern

_SHORT = 500
"""Every client accepts a text of this length, also if each character counts twice."""
_CONDITION = (
    r"\b(?:must|never|required|cannot|do not|don't|important|maximum|at most|limited|fails?)\b"
    r"|\b(?:can|may|is|are|works?|use|call) only\b"
    r"|\bonly (?:if|when|after|for|in|with|works?|once|available|accepts?)\b"
    r"|\b(?:returns? an? |an? )error\b"
)
_EXAMPLES = r"```.*?(?:```|\Z)|(?m:^[ \t]*[\"{}\[\]].*$)"
"""Blocks and lines of JSON: what an example calls required is no condition of the tool."""


def check(tool: ToolContext, options: Options) -> Iterator[Hit]:
    if len(tool.text.raw) <= _SHORT:
        return
    length = utf16_length(tool.text.raw)
    over = [limit for limit in limits("description-length", options) if length > limit.value]
    if over:
        yield _hit(tool, over, length)


def _consequences(over: list[Limit]) -> str:
    by_value = {value: [x for x in over if x.value == value] for value in sorted({x.value for x in over})}
    return "; ".join(f"over {value:,}: {consequences(found)}" for value, found in by_value.items())


def _hit(tool: ToolContext, over: list[Limit], length: int) -> Hit:
    """Return the hit; those of tools that lose nothing that matters become one finding."""
    least = min(limit.value for limit in over)
    cutting = [limit.value for limit in over if limit.effect == "cuts"]
    what = _important(tool, min(cutting)) if cutting else ""
    advice = f"shorten the description to {least:,} characters, or put what matters most first"
    among = f", and the rest has {what}" if what else ""
    message = f"the description has {length:,} characters, {_consequences(over)}{among}"
    hit = Hit("/description", message, excerpt=lost(tool.text.raw, least)[:100], help=advice)
    if not cutting or what:
        return hit
    return hit._replace(
        severity=Severity.NOTE, together=f"{{tools}} descriptions have too many characters, {_consequences(over)}"
    )


def _important(tool: ToolContext, units: int) -> str:
    """Return the needed statements that are only after the cut, or an empty text."""
    end = lost(tool.text.raw, units)
    kept = tool.text.raw[: len(tool.text.raw) - len(end)]
    bare = (p.name for p in tool.parameters if not (p.description or "").strip())
    only_there = next((name for name in bare if name in end and name not in kept), None)
    if only_there:
        return f"the only explanation of '{shown(only_there)}'"
    end = pattern(_EXAMPLES, DOTALL).sub(" ", end)
    if condition := pattern(_CONDITION).search(end.lower()):
        begin = max(end.rfind(mark, 0, condition.start()) for mark in ".\n") + 1
        return f"'{shown(end[begin:].lstrip(), 50)}'"
    return ""
