"""A parameter that the text calls optional and the schema requires.

## What it checks

Parameters in the schema's `required` whose description says 'optional' without a condition.

## Why it matters

An agent that has no value leaves it out, as the text says, and the call fails; or it invents one that it did not need.

## Smelly

```json
{"name": "list_orders", "description": "Lists orders.",
 "inputSchema": {"type": "object", "required": ["customer"], "properties": {
   "customer": {"type": "string", "description": "Name of the customer (optional)."}}}}
```

## Better

```json
{"name": "list_orders", "description": "Lists orders.",
 "inputSchema": {"type": "object", "properties": {
   "customer": {"type": "string", "description": "Name of the customer; all of them if left out."}}}}
```

## Not flagged

'Optional if' and the like.

## References

- JSON Schema 2020-12, Validation, 6.5.3 `required`.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.reading.stated import default_of, required_of
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter, choices_of
from toolsmell.text import Text, pattern

_ALTERNATIVES = ("exactly one", "either", "one of", "not both")
_ONE_OF = (
    r"(?:[Ee]xactly one of|[Oo]nly one of|[Ee]ither|[Oo]ne of)[:]? [`'\"]?([A-Za-z_]\w*)[`'\"]? (?:or|and"
    r"|/) [`'\"]?([A-Za-z_]\w*)"
    r"[`'\"]?"
)


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    lower = tool.prose_lower
    if "required" not in tool.input_check.survey.keywords:
        return
    if "optional" in lower or "default" in lower:
        for parameter, text, signature in tool.explanations:
            if parameter.required and (why := _may_be_left_out(parameter, text, signature)):
                yield Hit(
                    parameter.pointer,
                    f"the text {why}, but the schema requires it: a call without it fails",
                    excerpt=parameter.path,
                    help=f"remove '{shown(parameter.name)}' from 'required', or change the text",
                )
    if any(map(tool.text.lower.__contains__, _ALTERNATIVES)):
        yield from _alternatives(tool)


def _may_be_left_out(parameter: Parameter, text: Text, signature: str) -> str | None:
    """Return what the text says of a parameter that may be left out; None if it says nothing of the kind."""
    holds_fields = not parameter.types.isdisjoint(("object", "array"))
    if holds_fields and not f"{signature}{text.lower}".lower().lstrip(" ([").startswith("optional"):
        return None  # what the text calls optional, and its default, may be a field
    if "optional" in text.lower + signature.lower() and required_of(text, signature) is False:
        return f"calls '{shown(parameter.path)}' optional"
    own = parameter.schema
    if "default" not in text.lower or not isinstance(own, dict) or "default" in own or parameter.depth:
        return None
    choices = choices_of(own)
    stated = default_of(text, choices)
    if stated and choices and stated.text not in choices:
        return None  # the default of something that the text of one value speaks of
    given = stated if stated and stated.kind != "quoted" else None
    return f"gives a default ({shown(given.text, 30)}) for '{shown(parameter.path)}'" if given else None


def _alternatives(tool: ToolContext) -> Iterator[Hit]:
    """Yield required parameters if a sentence asks for only one of them."""
    required = [parameter for parameter in tool.parameters if parameter.required]
    for sentence in tool.text.sentences if len(required) > 1 else ():
        match = pattern(_ONE_OF).search(sentence.text)
        names = {match[1], match[2]} if match else set()
        both = [parameter for parameter in required if parameter.name in names]
        if match and len(both) == 2:
            yield Hit(
                "/inputSchema/required",
                f"the text asks for one of '{shown(both[0].name)}' and '{shown(both[1].name)}', but the schema"
                " requires both: an agent makes one of them up",
                excerpt=match[0],
                help=f"remove '{shown(both[0].name)}' and '{shown(both[1].name)}' from 'required'",
            )
            return
