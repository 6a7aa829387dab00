"""A default that the code rejects.

## What it checks

Checks in the code of a tool under which it fails: `limit > 50`, `mode not in ("plain", "hex")`. A parameter is reported
if its schema has a default that such a check rejects in every call.

## Why it matters

An agent that leaves the parameter out, or passes its default, gets an error each time.

## Smelly

```python
@mcp.tool()
def search(query: str, limit: int = 100) -> list[str]:
    \"\"\"Searches notes.\"\"\"
    if limit > 50:
        raise ValueError("limit must be at most 50")
    return notes.search(query, limit)
```

## Better

```python
@mcp.tool()
def search(query: str, limit: int = 50) -> list[str]:
    \"\"\"Searches notes.\"\"\"
    if limit > 50:
        raise ValueError("limit must be at most 50")
    return notes.search(query, limit)
```

## Not flagged

Checks that stand under other conditions, that a setting decides, or that replace the value by one that is allowed.

## References

- Precision and the way to measure it: docs/implementation.md.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options, json_key
from toolsmell.rules.implementation._code import implementation_of, pointer_to, property_of, rejecting, rejects, related


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    code = implementation_of(tool)
    for parameter in tool.parameters if code is not None else ():
        schema = property_of(tool, parameter.name)
        if code is None or schema.get("default") is None:
            continue
        fact = next((one for one in rejecting(code, parameter.name) if rejects(one, schema["default"])), None)
        if fact is not None:
            default = json_key("default", schema["default"])
            yield Hit(
                f"{pointer_to(parameter.name)}/default",
                f"the code rejects the default of '{shown(parameter.name)}' ({shown(default, 60)}) at"
                f" {shown(fact.lines.shown, 120)}: a call without it always fails",
                excerpt=default,
                help="choose a default that the code accepts, or change the check",
                related=related(fact.lines, "the check that rejects it"),
            )
