"""A parameter that neither its schema nor the tool's description explains.

## What it checks

Each parameter of a tool, also inside objects and arrays: its schema has a `description` with at least one letter
or digit, or the tool's description names the parameter.

## Why it matters

An agent fills a parameter that nobody explains by guessing from its name: the wrong format, unit or id is what
it gets wrong most.

## Smelly

```json
{"name": "book", "description": "Books a room.",
 "inputSchema": {"type": "object", "properties": {"slot": {"type": "string"}}}}
```

## Better

```json
{"name": "book", "description": "Books a room.",
 "inputSchema": {"type": "object", "properties": {
   "slot": {"type": "string", "description": "Start of the half hour to book, such as 2026-03-01T14:30Z."}}}}
```

## Not flagged

A parameter that the description explains by name, a constant, and one whose `title` says more than its name.

## References

- Hasan et al., "Model Context Protocol (MCP) Tool Descriptions Are Smelly!" (arXiv 2602.14878): opaque parameters, 84 % of 856 tools.
"""

from collections.abc import Iterator

from toolsmell.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema import Parameter
from toolsmell.text import identifier_words


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    for parameter in tool.all_parameters:
        if not (_described(parameter) or _titled(parameter) or _in_prose(parameter, tool)):
            yield Hit(
                parameter.pointer,
                f"parameter '{parameter.path}' is not described: an agent must guess what to pass",
                excerpt=parameter.path,
            )


def _described(parameter: Parameter) -> bool:
    schema = parameter.schema
    if not isinstance(schema, dict) or "const" in schema:
        return True
    return any(c.isalnum() for c in parameter.description or "")


def _titled(parameter: Parameter) -> bool:
    title = parameter.schema.get("title")
    return isinstance(title, str) and not set(identifier_words(title)) <= set(identifier_words(parameter.name))


def _in_prose(parameter: Parameter, tool: ToolContext) -> bool:
    return parameter.name.lower() in tool.text.lower and parameter.name in tool.text.raw
