"""A parameter that the description promises and the schema does not have.

## What it checks

Names that the description lists under a heading for parameters (`Args:`, `Parameters:`) or calls one (`the "limit"
parameter`), against the properties of the input schema.

## Why it matters

An agent passes it. The server ignores it, or rejects the call; with the former nobody learns that the filter was
never applied.

## Smelly

```json
{"name": "list_orders", "description": "Lists orders.\\n\\nArgs:\\n    state: open or paid\\n    limit: how many",
 "inputSchema": {"type": "object", "properties": {"state": {"type": "string"}}}}
```

## Better

```json
{"name": "list_orders", "description": "Lists orders.\\n\\nArgs:\\n    state: open or paid",
 "inputSchema": {"type": "object", "properties": {"state": {"type": "string"}}}}
```

## Not flagged

A schema that could not be read or takes anything, names of fields inside an object, and headings that are not about
parameters.

## References

- Model Context Protocol 2026-07-28, Tools, Data types: `inputSchema` defines the expected parameters.
- Hasan et al., "Model Context Protocol (MCP) Tool Descriptions Are Smelly!" (arXiv 2602.14878): opaque parameters.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.text import begin_of_line, pattern

_BEFORE = 400
"""Characters before a place that are read for what the line is about."""
_CALLED = (
    r"(?:[`'\"](\w{2,40})[`'\"] (?:parameter|argument|param|arg)\b(?!s)|\b(?:parameter|argument"
    r"|param) [`'\"](\w{2,40})[`'\"])"
)
_MARKED = r"(?m)^[ \t]*[:@]param[ \t]+(?:[\w\[\], |.]{1,40}[ \t]+)?(\w{1,60})[ \t]*:"
"""A line of a docstring that can only be about a parameter."""
_OTHER_CALLS = r"\b(?:methods?|functions?|queries|query|urls?|endpoints?|requests?|tools?|commands?|api)\b"
_OPEN = ("patternProperties", "allOf", "anyOf", "oneOf", "$ref")


_OF_THE_FRAMEWORK = frozenset(("ctx", "context", "self", "cls", "mcp_context", "args", "kwargs"))
"""Parameters of handlers that no caller passes."""


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    lower = tool.text.lower
    if (
        not any(map(lower.__contains__, ("arg", "param", "input")))
        or tool.tool.input_schema is None
        or not _closed(tool)
    ):
        return
    known = {parameter.name.lower() for parameter in tool.all_parameters}
    for name in dict.fromkeys((*_listed(tool), *_called(tool))):
        if name.lower() not in known:
            yield Hit(
                "/description",
                f"the description explains a parameter '{shown(name)}' that the schema does not have: a value that an"
                " agent passes is lost",
                excerpt=name,
                help=_help(name),
            )


def _help(name: str) -> str:
    if name.lower() in _OF_THE_FRAMEWORK:
        return f"remove '{shown(name)}' from the description: the framework passes it, not the caller"
    return f"add '{shown(name)}' to the input schema, or remove it from the description"


def _closed(tool: ToolContext) -> bool:
    schema = tool.tool.input_schema or {}
    return (
        schema.get("type") == "object" and not any(key in schema for key in _OPEN) and tool.input_check.survey.complete
    )


def _listed(tool: ToolContext) -> Iterator[str]:
    if "\n" not in tool.text.raw:
        return
    marked = pattern(_MARKED).findall(tool.text.raw) if "param " in tool.text.raw else []
    yield from marked
    names = [entry.name for entry in tool.entries if entry.listed and not entry.text.startswith("//")]
    if any(name[:1].islower() for name in names):
        names = [name for name in names if not name[:1].isupper()]  # `Restriction: ...` after the list
    known = {parameter.name for parameter in tool.parameters}
    names = [name for name in names if name in known or not _is_heading(name, tool.text.raw)]
    # Where none of the names is known the heading is about something else, unless there are no parameters at all.
    if names and (not known or not known.isdisjoint(names)):
        unknown = [name for name in names if name not in known]
        if not known or len(unknown) <= len(names) - len(unknown):
            yield from (name for name in unknown if name.replace("_", "a").isalnum())


def _is_heading(name: str, raw: str) -> bool:
    """Return True for a word in bold type with its colon: `**Hints:** 1. ...` begins another section."""
    return name[:1].isupper() and f"**{name}:**" in raw


def _called(tool: ToolContext) -> Iterator[str]:
    lower = tool.text.lower
    if "param" in lower or "arg" in lower:
        for match in pattern(_CALLED).finditer(tool.text.raw):
            name = match[1] or match[2]
            if not _elsewhere(name, tool) and not _of_something_else(tool.text.raw, match.start()):
                yield name


def _of_something_else(raw: str, at: int) -> bool:
    """Return True if the line before `at` is about functions, queries or requests of their own."""
    line = raw[begin_of_line(raw, at, _BEFORE) : at].lower()
    return bool(pattern(_OTHER_CALLS).search(line))


def _elsewhere(name: str, tool: ToolContext) -> bool:
    """Return True if another tool of the server has the parameter, so that the sentence may be about that one."""
    return any(name == p.name for other in tool.server.tools if other is not tool for p in other.all_parameters)
