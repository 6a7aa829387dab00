"""A value of an enumeration that the code rejects.

## What it checks

Checks in the code of a tool under which it fails. A parameter is reported if its schema lists a value in `enum` that
such a check rejects in every call.

## Why it matters

The schema offers the value, so an agent picks it, and gets an error.

## Smelly

```python
@mcp.tool()
def export(kind: Literal["csv", "xml"]) -> str:
    \"\"\"Exports the orders.\"\"\"
    if kind not in ("csv", "json"):
        raise ValueError("kind must be csv or json")
    return orders.export(kind)
```

## Better

```python
@mcp.tool()
def export(kind: Literal["csv", "json"]) -> str:
    \"\"\"Exports the orders.\"\"\"
    if kind not in ("csv", "json"):
        raise ValueError("kind must be csv or json")
    return orders.export(kind)
```

## Not flagged

Checks that stand under other conditions, or that a setting decides, and values that only the code accepts.

## References

- Precision and the way to measure it: docs/implementation.md.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.implementation._code import implementation_of, pointer_to, property_of, rejecting, rejects, related


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    code = implementation_of(tool)
    for parameter in tool.parameters if code is not None else ():
        offered = property_of(tool, parameter.name).get("enum")
        if code is None or not isinstance(offered, list):
            continue
        for fact in rejecting(code, parameter.name):
            refused = [value for value in offered if value is not None and rejects(fact, value)]
            if refused:
                words = ", ".join(f"'{shown(str(value), 40)}'" for value in refused[:5])
                yield Hit(
                    f"{pointer_to(parameter.name)}/enum",
                    f"the schema of '{shown(parameter.name)}' offers {words}, which the code rejects at"
                    f" {shown(fact.lines.shown, 120)}: an agent that picks it gets an error",
                    excerpt=words,
                    help="list the values that the code accepts",
                    related=related(fact.lines, "the check that rejects it"),
                )
                break
