"""A parameter that the code never reads.

## What it checks

The parameters of a tool whose code was read from source. A parameter is reported if neither the handler nor any
function of the project that gets it reads it. The finding names the handler.

## Why it matters

An agent fills the parameter, and believes that the result follows it: it filters by a date, and gets everything.

## Smelly

```python
@mcp.tool()
def list_orders(status: str, since: str) -> list[dict]:
    \"\"\"Lists orders with a status.\"\"\"
    return db.orders(status)
```

## Better

```python
@mcp.tool()
def list_orders(status: str, since: str) -> list[dict]:
    \"\"\"Lists orders with a status.\"\"\"
    return db.orders(status, since)
```

## Not flagged

Tools with arguments that code elsewhere may read: `**kwargs`, decorators other than the registration, arguments that
are passed on as one value, handlers that only declare. Parameters whose name or description says that they are not
used.

## References

- Precision and the way to measure it: docs/implementation.md.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model import Json
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.implementation._code import implementation_of, pointer_to, property_of, related
from toolsmell.text import pattern

_ADMITTED = (
    r"(?i)\b(?:unused|not used|ignored|deprecated|reserved|placeholder|dummy|compatib|no effect|unimplemented)\w*"
)
_NAMES = (
    r"(?i)^(?:_.*|.*_$|ctx|context|dummy.*|placeholder|unused.*|random_string|no_?params?|reason(?:ing)?|thoughts?"
    r"|explanation|intent)$"
)


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    code = implementation_of(tool)
    empty = {parameter.name for parameter in tool.parameters if _has_no_content(parameter.schema)}
    for unused in code.unused if code is not None else ():
        name, handler = unused.parameter, code.handler if code is not None else None
        if handler is None or name in empty or _is_admitted(tool, name) or pattern(_NAMES).match(name):
            continue
        yield Hit(
            pointer_to(name),
            f"'{shown(name)}' does nothing: neither {shown(handler.name, 60)} ({shown(handler.lines.shown, 120)}) nor"
            " the functions that it calls read it; an agent believes that the result follows it",
            excerpt=name,
            help=f"use '{shown(name, 60)}' in the code, or remove it",
            related=related(unused.lines, "the code that never reads it"),
        )


def _is_admitted(tool: ToolContext, name: str) -> bool:
    """Return True if the schema or the description says that a parameter is not used."""
    described = property_of(tool, name).get("description")
    texts = [explained.text.raw for explained in tool.explanations if explained.parameter.name == name]
    texts += [sentence.text for sentence in tool.reading.sentences if name in sentence.parameters]
    return any(pattern(_ADMITTED).search(text) for text in (described, *texts) if isinstance(text, str))


def _has_no_content(schema: Json) -> bool:
    """Return True for an object without properties: nothing in it could be read."""
    return isinstance(schema, dict) and schema.get("type") == "object" and not schema.get("properties")
