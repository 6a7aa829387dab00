"""A parameter whose description has nothing but its type.

## What it checks

Descriptions of parameters that consist of words for types (`string`, `a number`, `list of strings`, `JSON object`),
with or without the parameter's own name in front (`user_id: str`, `limit (integer)`).

## Why it matters

The schema has the type already. The agent pays for the words, and still has to guess what to pass.

## Smelly

```json
{"name": "assign_ticket", "description": "Assigns a ticket.", "inputSchema": {"type": "object", "properties": {
  "assignee": {"type": "string", "description": "assignee (string)"}}}}
```

## Better

```json
{"name": "assign_ticket", "description": "Assigns a ticket.", "inputSchema": {"type": "object", "properties": {
  "assignee": {"type": "string", "description": "Login of the person who will work on it."}}}}
```

## Not flagged

Texts with a word of their own, also a plain one (`Page number`), parameters with an enum, a default or an example, and
a type that the schema does not have, which tells something.

## References

- Hasan et al., "Model Context Protocol (MCP) Tool Descriptions Are Smelly!" (arXiv 2602.14878): opaque parameters.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter
from toolsmell.text import words_of

_LONGEST = 60
_TYPES = frozenset(
    "string strings str number numbers float integer integers int boolean booleans bool object objects dict array"
    " arrays list lists json null none".split()
)
_FILLERS = frozenset("a an the of or and is as parameter param argument value values optional required type".split())
_SPEAKING = frozenset(("enum", "const", "default", "format", "pattern", "examples", "example", "properties"))


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    for parameter in tool.all_parameters:
        text = parameter.description or ""
        if 2 < len(text) <= _LONGEST and _only_type(text, parameter):
            yield Hit(
                f"{parameter.pointer}/description" if "$ref" not in parameter.schema else parameter.pointer,
                f"the description of '{shown(parameter.path)}' ({shown(text, 40)}) is only its type: an agent must"
                " guess what to pass",
                excerpt=text,
                help=f"say what '{shown(parameter.path)}' is: meaning, form, and where the value comes from",
            )


def _only_type(text: str, parameter: Parameter) -> bool:
    schema = parameter.schema
    if not isinstance(schema, dict) or not _SPEAKING.isdisjoint(schema) or not parameter.types:
        return False
    rest = text.removeprefix(parameter.name) if text[len(parameter.name) :].lstrip()[:1] in (":", "(", "-") else text
    said = set(words_of(rest)) - _FILLERS
    if not said or not said <= _TYPES or said <= set(words_of(parameter.name)):
        return False
    return not (parameter.types == {"string"} and not said.isdisjoint(("json", "list", "array", "object", "dict")))
