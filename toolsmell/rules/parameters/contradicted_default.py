"""A default in the text that is not the one in the schema.

## What it checks

Parameters whose description states one default, against the `default` of the schema. Case is ignored in words, and a
number in another unit (`30 seconds` for 30000) is left alone.

## Why it matters

An agent plans with one of the two and gets the other: more rows than it thought, a shorter time-out, another state.

## Smelly

```json
{"name": "list_orders", "description": "Lists orders, newest first.",
 "inputSchema": {"type": "object", "properties": {
   "limit": {"type": "integer", "description": "How many to return (default: 20).", "default": 50}}}}
```

## Better

```json
{"name": "list_orders", "description": "Lists orders, newest first.",
 "inputSchema": {"type": "object", "properties": {
   "limit": {"type": "integer", "description": "How many to return (default: 50).", "default": 50}}}}
```

## Not flagged

A `null` in the schema, which generators write for 'not given', and a default that depends on something.

## References

- JSON Schema 2020-12, Validation, 9.2 `default`.
- Hasan et al., "Model Context Protocol (MCP) Tool Descriptions Are Smelly!" (arXiv 2602.14878): opaque parameters.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model import Json
from toolsmell.reading.context import ToolContext
from toolsmell.reading.stated import Default, default_of
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import choices_of


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if "default" not in tool.input_check.survey.keywords or "default" not in tool.prose_lower:
        return
    for parameter, text, _ in tool.explanations:
        if "default" not in text.lower or parameter.default is None:
            continue
        stated = default_of(text, choices_of(parameter.schema))
        if stated and _differs(stated, parameter.default):
            yield Hit(
                parameter.pointer,
                f"the text says that '{shown(parameter.path)}' defaults to {shown(stated.text, 30)}, the schema says"
                f" {shown(str(parameter.default), 30)}: an agent plans with the wrong one",
                excerpt=stated.excerpt,
                help=(
                    f"write {shown(str(parameter.default), 30)} in the text, or {shown(stated.text, 30)} in the schema"
                ),
            )


def _differs(stated: Default, default: Json) -> bool:
    if isinstance(default, bool):
        return stated.text.lower() in ("true", "false") and (stated.text.lower() == "true") is not default
    if isinstance(default, int | float):
        value = stated.value(("number",))
        return value is not None and value != default and not (stated.unit and _converts(value, default))
    if isinstance(default, str) and stated.kind != "number":
        return _plain(stated.text) != _plain(default)
    return False


def _converts(stated: float, default: float) -> bool:
    """Return True if two numbers may be one amount in two units: 30 s and 30000 ms, 2 MB and 2097152."""
    if not stated or not default:
        return False
    ratio = max(stated / default, default / stated)
    return any(
        abs(ratio - factor) < 1e-6 for factor in (60, 100, 1000, 1024, 3600, 60_000, 86_400, 1_000_000, 1_048_576)
    )


def _plain(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
