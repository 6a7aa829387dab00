"""A description whose end a client drops.

## What it checks

The length of every description against what the chosen clients show. The finding says what is lost, and is graver
where only the lost part explains a parameter or sets a condition (must, only, never, required).

## Why it matters

The agent reads a text that ends in the middle, and does not know it. What stands at the end is often what keeps a
call from failing: limits, formats, errors.

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

`clients`: the clients that count, such as `["claude-code"]`; none stands for all (`portable`).

## References

- rubrics/clients.yaml, `description-length`: each limit with its date and source.
"""

from collections.abc import Iterator

from toolsmell.data.client_limits import Limit
from toolsmell.escape import shown
from toolsmell.model import Severity
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.clients._chosen import cut, limits, utf16_length
from toolsmell.text import pattern

_SHORT = 1_000
"""No client cuts a text that is at most this long."""
_CONDITION = r"\b(?:must|only|never|required|cannot|do not|don't|important|maximum|at most|limit|error|fails?)\b"


def check(tool: ToolContext, options: Options) -> Iterator[Hit]:
    text = tool.text.raw
    if len(text) <= _SHORT // 2:
        return
    length = utf16_length(text)
    over = [limit for limit in limits("description-length", options) if length > limit.value]
    if over:
        limit = min(over, key=lambda x: x.value)
        yield _hit(tool, limit, length)


def _hit(tool: ToolContext, limit: Limit, length: int) -> Hit:
    text = tool.text.raw
    lost = cut(text, limit.value)
    kept = text[: len(text) - len(lost)]
    only_there = [
        p.name for p in tool.parameters if p.name in lost and p.name not in kept and not (p.description or "").strip()
    ]
    if only_there:
        what = f"all that is said of '{shown(only_there[0])}'"
    elif condition := pattern(_CONDITION).search(lost.lower()):
        begin = max(lost.rfind(mark, 0, condition.start()) for mark in ".\n") + 1
        what = f"'{shown(lost[begin:].lstrip(), 50)}'"
    else:
        what = ""
    does = "refuses it" if limit.effect == "refuses" else "drops the rest"
    among = f", among it {what}" if what else ""
    return Hit(
        "/description",
        f"{length:,} characters, and {limit.title} takes {limit.value:,} and {does}: "
        f"{length - limit.value:,} are lost{among}",
        excerpt=lost[:100],
        severity=None if what else Severity.NOTE,
    )
