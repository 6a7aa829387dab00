"""Documentation of parameters beside the tool that no client gets.

## What it checks

The docstring of the function that a tool runs. A parameter is reported if the docstring documents it, and neither its
schema nor the description of the tool has these words. All such parameters of a tool are one finding.

## Why it matters

The author wrote what the agent needs, and the framework does not send it: `description=` replaces the docstring, and
some frameworks keep only its first part.

## Smelly

```python
@mcp.tool(description="Searches notes.")
def search(query: str) -> list[str]:
    \"\"\"Searches notes.

    Args:
        query: Words to look for, in double quotes for a phrase.
    \"\"\"
    return notes.search(query)
```

## Better

```python
@mcp.tool(description="Searches notes.")
def search(query: Annotated[str, Field(description="Words to look for, in double quotes for a phrase.")]) -> list[str]:
    return notes.search(query)
```

## Not flagged

Parameters that have a description, and documentation that stands in the tool's description.

## References

- Precision and the way to measure it: docs/implementation.md.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model.implementation import FactKind
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.implementation._code import implementation_of, pointer_to, property_of, related

_NAMED = 3
_TELLING = 4
"""Words of a text that is worth sending."""


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    code = implementation_of(tool)
    sent = " ".join(tool.prose_lower.split())
    dropped = {
        fact.parameter: fact
        for fact in (code.of(FactKind.DOCUMENTATION) if code is not None else ())
        if fact.parameter is not None
        and not fact.way
        and (schema := property_of(tool, fact.parameter))
        and not schema.get("description")
        and (fact.message or "").lower() not in sent
    }
    if not dropped:
        yield from _unsent(tool)
        return
    first = next(iter(dropped.values()))
    names = ", ".join(f"'{shown(name, 40)}'" for name in list(dropped)[:_NAMED])
    more = f" and {len(dropped) - _NAMED} more" if len(dropped) > _NAMED else ""
    yield Hit(
        pointer_to(next(iter(dropped))),
        f"the docstring at {shown(first.lines.shown, 120)} documents {names}{more}, but the server does not send it: an"
        " agent never reads it",
        excerpt=" ".join(dropped),
        help="give each parameter its text as a description in the schema",
        related=related(first.lines, "the documentation that is not sent"),
    )


def _unsent(tool: ToolContext) -> Iterator[Hit]:
    """Yield the text beside the description that the reader of the source code found and the framework drops."""
    text = " ".join(tool.tool.unsent.split())
    if len(text.split()) >= _TELLING and text.lower() not in " ".join(tool.prose_lower.split()):
        yield Hit(
            "/description",
            f"the docstring goes on with '{shown(text, 80)}', but the framework does not send it: an agent never reads"
            " it",
            excerpt=text[:80],
            help="move what an agent needs into the description, or into descriptions of parameters",
        )
