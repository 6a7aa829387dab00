"""An object that does not say what goes into it.

## What it checks

Each `object` in the input schema, below the root, for `properties`, `patternProperties`, a schema under
`additionalProperties`, or text that shows or names its fields.

## Why it matters

An agent makes up the fields. The server ignores those that it does not know, and nobody learns of it.

## Smelly

```json
{"name": "create_order", "description": "Creates an order.",
 "inputSchema": {"type": "object", "properties": {"data": {"type": "object", "description": "The order data."}}}}
```

## Better

```json
{"name": "create_order", "description": "Creates an order.",
 "inputSchema": {"type": "object", "properties": {"data": {"type": "object", "description": "The order.",
  "properties": {
   "sku": {"type": "string", "description": "Article number, from find_article."},
   "quantity": {"type": "integer", "description": "How many.", "minimum": 1}}}}}}
```

## Not flagged

Objects whose text shows an example or names the fields, those that say `additionalProperties` (they are open, or
closed, on purpose), and what is open by nature: metadata, headers, variables, records.

## References

- JSON Schema 2020-12, Core, 10.3.2: without `properties` an object may have any members.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter
from toolsmell.text import pattern

_SHAPED = frozenset(
    ("patternProperties", "anyOf", "oneOf", "allOf", "$ref", "enum", "const", "examples", "example", "default")
)
_SHOWN = (
    r"[{}\[`\"]|\be\.g|\bexample|such as|key[- ]value|\bkeys?\b|\bfields?\b|\bwith\b|contain|includ|→|->|\bnames? to\b"
    r"|\bmap(?:ping|s)? (?:of|from|to)|dictionary of|headers|variables|format|json|schema|see |\(\w+, \w+"
)


_STORES = frozenset("http request api webhook document documents record records row rows event insert rpc".split())
# Names of what is open by nature.
_OPEN = frozenset(
    (
        "metadata", "headers", "env", "envs", "environment", "variables", "vars", "labels", "attributes", "properties",
        "params", "parameters", "args", "arguments", "context", "extra", "document", "item", "record", "schema",
        "_meta",
        "payload", "values", "annotations", "custom_fields", "customfields", "kwargs", "query", "filter", "where",
    )
)  # fmt: skip


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    for parameter in tool.all_parameters:
        schema = parameter.schema
        if not isinstance(schema, dict) or schema.get("type") != "object" or schema.get("properties"):
            continue
        if not _SHAPED.isdisjoint(schema) or isinstance(schema.get("additionalProperties"), dict | bool):
            continue
        if parameter.name.lower() not in _OPEN and not _passed_on(parameter, tool) and not _shown(parameter, tool):
            yield Hit(
                parameter.pointer,
                f"the object '{shown(parameter.path)}' does not say what goes into it: an agent makes up the fields",
                excerpt=parameter.path,
                help=f"add 'properties' to '{shown(parameter.path)}', or show an example in its description",
            )


def _passed_on(parameter: Parameter, tool: ToolContext) -> bool:
    """Return True if the caller decides what is in the object: a document to store, the body of a request."""
    return parameter.name.lower() in ("body", "data", "document", "event") and not _STORES.isdisjoint(tool.name_words)


def _shown(parameter: Parameter, tool: ToolContext) -> bool:
    if pattern(_SHOWN).search((parameter.description or "").lower()):
        return True
    if "{" in tool.text.raw:
        return True
    return any(e.name == parameter.name and pattern(_SHOWN).search(e.text.lower()) for e in tool.entries)
