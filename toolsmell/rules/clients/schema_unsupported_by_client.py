"""An input schema that a client does not accept.

## What it checks

The input schema of every tool, against the limits of the chosen clients: an object without `properties`, alternatives
at the root, keywords, arrays without `items`, lists of types, values of `enum`, keywords next to `anyOf` and `$ref`,
constructs of regular expressions, and, for OpenAI's strict mode, optional properties, open objects, depth and size.
All tools and places with the same fault are one finding. A tool in OpenAI's shape with `strict: true` is checked
against strict mode without being asked.

## Why it matters

The schema is valid, but a provider rejects the request with all its tools, or a client leaves the tool out. The error
often does not name the tool.

## Smelly

```json
{"name": "find_order", "description": "Finds an order.",
 "inputSchema": {"type": "object", "properties": {"id": {"type": "string"}, "mail": {"type": "string"}},
   "anyOf": [{"required": ["id"]}, {"required": ["mail"]}]}}
```

## Better

```json
{"name": "find_order", "description": "Finds an order by its id, or, without one, by mail. Give one of the two.",
 "inputSchema": {"type": "object", "properties": {"id": {"type": "string"}, "mail": {"type": "string"}}}}
```

## Not flagged

Alternatives inside a property. If no client was chosen: limits that hold in one mode of a provider only, or that its
clients work around.

## Configuration

`clients`: the clients that count, such as `["openai-strict", "gemini"]`; an empty list means all portable limits.

## References

- rubrics/clients.yaml: each limit with its date and source.
- Model Context Protocol 2026-07-28 allows any keyword of JSON Schema 2020-12 in `inputSchema`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from toolsmell.data import client_limits
from toolsmell.data.client_limits import Limit, consequences
from toolsmell.escape import shown
from toolsmell.model import Json, Pointer, Severity
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.clients._chosen import OPTION, limits
from toolsmell.rules.clients._schema import CHECKS, HELP, place

_MILD = ("needs-properties", "regex-dialect")
"""Many users never meet these limits, so without a chosen client they are warnings."""
_NAMED = 3


class _Fault(NamedTuple):
    """One fault, with the limits that it breaks and all places that have it."""

    limits: list[Limit]
    places: dict[tuple[int, Pointer], None]


def check(server: ServerContext, options: Options) -> Iterator[Hit]:
    chosen = _selected(options[OPTION])
    faults: dict[str, _Fault] = {}
    for tool in server.tools:
        if tool.tool.input_schema:
            for limit in (*chosen, *(_strict() if tool.tool.strict else ())):
                _search(tool, limit, faults)
    for what, fault in faults.items():
        yield _hit(what, fault, mild=not options[OPTION])


def _selected(clients: Json) -> list[Limit]:
    return [limit for kind in CHECKS for limit in limits(kind, {OPTION: clients})]


def _strict() -> list[Limit]:
    return [limit for kind in CHECKS for limit in client_limits.limits(kind, ("openai-strict",))]


def _search(tool: ToolContext, limit: Limit, faults: dict[str, _Fault]) -> None:
    """Add to `faults` all places of one tool that break one limit."""
    if limit.kind == "regex-dialect" and "pattern" not in tool.input_check.survey.keywords:
        return
    for at, what in CHECKS[limit.kind](tool.tool.input_schema, limit.value):
        fault = faults.setdefault(what, _Fault([], {}))
        if limit not in fault.limits:
            fault.limits.append(limit)
        fault.places[tool.tool.index, f"/inputSchema{at}"] = None


def _hit(what: str, fault: _Fault, *, mild: bool) -> Hit:
    (tool, pointer), *_ = fault.places
    broken = fault.limits
    mildly = mild and all(limit.kind in _MILD for limit in broken)
    subject, plural = _subject(fault)
    said = what.replace("has ", "have ", 1).replace("is ", "are ", 1) if plural else what
    return Hit(
        pointer,
        f"{subject} {shown(said, 90)}: {consequences(broken)}",
        excerpt=what,
        tool=tool,
        severity=Severity.WARNING if mildly else None,
        help=HELP[broken[0].kind],
        members=tuple(fault.places),
    )


def _subject(fault: _Fault) -> tuple[str, bool]:
    """Return the places for a message, and whether they are several."""
    tools = len({tool for tool, _ in fault.places})
    names = list(dict.fromkeys(shown(place(pointer), 40) for _, pointer in fault.places))
    listed = ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else "")
    if tools > 1:
        if names == ["the input schema"]:
            return f"{tools:,} input schemas", True
        return f"{listed} in {tools:,} tools", len(names) > 1
    return listed, len(names) > 1
