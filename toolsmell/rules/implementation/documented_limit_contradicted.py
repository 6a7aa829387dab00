"""A limit in the text or the schema that is not the limit of the code.

## What it checks

Numbers that the description, or the schema, gives as the bounds of a parameter, against the bound that the code checks
or sets. A parameter is reported if the code accepts less than what is written.

## Why it matters

An agent asks for what the text allows, and gets an error, or fewer results than it believes.

## Smelly

```python
@mcp.tool()
def search(query: str, limit: Annotated[int, Field(description="Most hits, at most 100")]) -> list[str]:
    \"\"\"Searches notes.\"\"\"
    return notes.search(query, min(limit, 50))
```

## Better

```python
@mcp.tool()
def search(query: str, limit: Annotated[int, Field(description="Most hits, at most 50")]) -> list[str]:
    \"\"\"Searches notes.\"\"\"
    return notes.search(query, min(limit, 50))
```

## Not flagged

Bounds in the code that are wider, that stand under conditions, or that a setting decides; bounds of lengths.

## References

- Precision and the way to measure it: docs/implementation.md.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model.basics import is_number
from toolsmell.model.implementation import Aspect, CodeFact, FactKind, Handling, Operator
from toolsmell.reading.context import ToolContext
from toolsmell.reading.stated import range_of
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.implementation._code import certain, implementation_of, pointer_to, related
from toolsmell.schema.fit import bound

_WORDS = {Handling.LIMITED: "limits it to", Handling.REJECTED: "allows only", Handling.REPLACED: "allows only"}


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    code = implementation_of(tool)
    texts = {explanation.parameter.pointer: explanation.text for explanation in tool.explanations}
    for parameter in tool.parameters if code is not None else ():
        schema = parameter.schema if isinstance(parameter.schema, dict) else {}
        text = texts.get(parameter.pointer)
        stated = range_of(text) if text is not None else None
        low = stated.low if stated and not stated.unit and stated.low is not None else bound(schema, "minimum")
        high = stated.high if stated and not stated.unit and stated.high is not None else bound(schema, "maximum")
        facts = code.of_parameter(parameter.name, FactKind.BOUND) if code is not None else ()
        fact = next((one for one in certain(facts) if _narrower(one, low, high)), None)
        if fact is not None:
            said = stated.excerpt if stated and not stated.unit else _shown(low, high)
            words = f"{_WORDS[fact.handling or Handling.REJECTED]} {fact.operator} {fact.values[0]}"
            yield Hit(
                pointer_to(parameter.name),
                f"'{shown(parameter.name)}' is documented as {shown(said, 60)}, but the code {words}"
                f" ({shown(fact.lines.shown, 120)}): an agent asks for more than it gets",
                excerpt=said,
                help=f"write the bound of the code: {fact.operator} {fact.values[0]}",
                related=related(fact.lines, "the bound in the code"),
            )


def _shown(low: float | None, high: float | None) -> str:
    """Return the bounds in words; one of them is known."""
    if low is None:
        return f"at most {high:g}"
    return f"at least {low:g}" if high is None else f"from {low:g} to {high:g}"


def _narrower(fact: CodeFact, low: float | None, high: float | None) -> bool:
    """Return True if a bound of the code leaves out a value that is documented."""
    if fact.aspect is not Aspect.VALUE or not fact.values or not is_number(fact.values[0]):
        return False
    limit = fact.values[0]
    match fact.operator:
        case Operator.AT_MOST:
            return high is not None and limit < high
        case Operator.BELOW:
            return high is not None and limit <= high
        case Operator.AT_LEAST:
            return low is not None and limit > low
        case Operator.ABOVE:
            return low is not None and limit >= low
    return False
