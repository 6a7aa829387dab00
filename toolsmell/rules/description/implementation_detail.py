"""A description that tells how the tool is built.

## What it checks

Names of internal types (`Expects a SwapRequestContainer`), HTTP methods and paths (`GET /users/{id}`), words on the
code (`wrapper around`, `under the hood`, `implemented in`, `retry logic`, `async function`).

## Why it matters

An agent cannot use any of it: it calls the tool, not its code. It may even try to, by sending an HTTP request of its
own, or a field of a type that it has no definition of. The tokens are paid in every request.

## Smelly

```json
{"name": "get_order", "description": "Wrapper around GET /v2/orders/{id}; returns an OrderResponseDTO.",
 "inputSchema": {"type": "object"}}
```

## Better

```json
{"name": "get_order", "description": "Returns state, total and lines of one order.",
 "inputSchema": {"type": "object"}}
```

## Not flagged

HTTP methods in tools that send requests, and names of types that the server's other tools or the schema show.

## References

- Hasan et al., "Model Context Protocol (MCP) Tool Descriptions Are Smelly!" (arXiv 2602.14878).
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.text import pattern

_OF_TYPES = ("Request", "Response", "DTO", "Container")
_OF_HTTP = ("GET", "POST", "PUT", "PATCH", "DELETE /")
_OF_CODE = (
    "wrapper", "implement", "retry logic", "async function", "asynchronous function",
    "internally", "coroutine",
    "flask", " endpoint",
)  # fmt: skip
_TYPES = r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)*(?:Request|Response|DTO|Container)\b"
_HTTP = (
    r"\b(?:GET|POST|PUT|PATCH|DELETE) /[\w{}/.:-]+|\b(?:takes|accepts|via|is) an? ['\"`]?(?:GET|POST|PUT"
    r"|PATCH)['\"`]? request\b"
)
_CODE = (
    r"\b(?:thin |simple |lightweight )?wrapper (?:around|for|over)\b|\bimplemented (?:in|using"
    r"|with|by|via)\b"
    r"|\bcurrent implementation\b|\bretry logic\b|\basync(?:hronous)? function\b|\binternally (?:calls?|uses?"
    r"|invokes?)\b|\bcoroutine\b"
    r"|\bbuilt (?:using|with|on) flask\b|\b(?:calls?|hits?|queries) the \S+ endpoint\b"
)
_SENDS_REQUESTS = frozenset(
    (
        "http",
        "request",
        "requests",
        "api",
        "curl",
        "rest",
        "webhook",
        "endpoint",
        "response",
        "schema",
        "code",
        "openapi",
    )
)


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    detail = _detail(tool)
    if detail:
        yield Hit(
            "/description",
            f"'{shown(detail, 50)}' tells how the tool is built: an agent that calls it does not need to know",
            excerpt=detail,
            help="remove it, or say what it means for a call",
        )


def _detail(tool: ToolContext) -> str | None:
    raw, lower = tool.text.raw, tool.text.lower
    code = pattern(_CODE).search(lower) if any(map(lower.__contains__, _OF_CODE)) else None
    if code:
        return code[0]
    http = pattern(_HTTP).search(raw) if any(map(raw.__contains__, _OF_HTTP)) else None
    kind = pattern(_TYPES).search(raw) if any(map(raw.__contains__, _OF_TYPES)) else None
    if (http is None and kind is None) or not _SENDS_REQUESTS.isdisjoint(tool.name_words):
        return None
    if http:
        return http[0]
    return kind[0] if kind and not _defined(kind[0], tool) else None


def _defined(name: str, tool: ToolContext) -> bool:
    """Return True if the schema defines the type."""
    definitions = (tool.tool.input_schema or {}).get("$defs")
    return isinstance(definitions, dict) and name in definitions
