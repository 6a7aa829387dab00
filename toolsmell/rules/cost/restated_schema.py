"""Texts that repeat what the schema says.

## What it checks

Descriptions of parameters that begin or end with "(optional)" or "(required)" as `required` says already, and a default
in brackets or behind a comma, "(default: 10)", that is the `default` of the schema. All of a server are one finding.

## Why it matters

Both are sent with every request. The words cost tokens and tell an agent nothing that the schema does not.

## Smelly

```json
{"name": "list_orders", "description": "Lists orders.", "inputSchema": {"type": "object", "properties": {
  "limit": {"type": "integer", "default": 20, "description": "(optional) Most orders to return (default: 20)"},
  "state": {"type": "string", "description": "(optional) State of the orders, such as paid"},
  "sort": {"type": "string", "default": "newest", "description": "(optional) Order of the orders (default: newest)"},
  "customer": {"type": "string", "description": "Name of the customer (optional)"}}}}
```

## Better

```json
{"name": "list_orders", "description": "Lists orders.", "inputSchema": {"type": "object", "properties": {
  "limit": {"type": "integer", "default": 20, "description": "Most orders to return"},
  "state": {"type": "string", "description": "State of the orders, such as paid"},
  "sort": {"type": "string", "default": "newest", "description": "Order of the orders"},
  "customer": {"type": "string", "description": "Name of the customer"}}}}
```

## Not flagged

Words that the schema contradicts (`contradicted-required`, `contradicted-default`), and sentences that say when a
parameter is needed. Fewer than fifteen tokens in a server.

## References

- An audit of 44 public servers found such words in 670 places.
"""

from collections.abc import Iterator

from toolsmell.model import Edit, Fix
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter
from toolsmell.text import pattern
from toolsmell.tokens import estimate

_FEWEST = 15
"""Tokens of a server that are worth a finding."""
_MARK = (
    r"^(?:[(\[](?P<bracketed>optional|required)[)\]][.:,]? *|(?P<first>optional|required)\. |(?P<colon>optional): )"
    r"|[ ,]*[(\[](?P<last>optional|required)[)\]]$"
)
_CLAUSE = (
    r"[,;] (?:optional, )?(?:the )?default(?: value)?(?:s to| is|:) [`'\"]?(?P<value>[\w.+-]{0,39}\w)[`'\"]?(?=[.;]?$"
    r"|[.;] )"
)
_DEFAULT = r" *[(\[](?:the )?defaults? ?(?:is|to|:|=|value:?)? ?[`'\"]?(?P<value>[\w.+-]{1,40})[`'\"]?[)\]]"


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    found = [(tool, parameter, text) for tool in server.tools for parameter, text in _restated(tool)]
    saved = sum(estimate(parameter.description or "") - estimate(text) for _, parameter, text in found)
    if saved < _FEWEST:
        return
    tool, parameter, _ = found[0]
    edits = tuple(Edit(f"{p.pointer}/description", text, tool.tool.index) for tool, p, text in found)
    yield Hit(
        f"{parameter.pointer}/description",
        f"{len(found)} descriptions of parameters repeat the schema ('(optional)', a default): about {saved:,} tokens"
        f" in"
        " every request",
        excerpt="schema",
        tool=tool.tool.index,
        fix=Fix(True, "remove the words that repeat the schema", edits),
        help="remove '(optional)', '(required)' and defaults that the schema has",
        members=tuple((tool.tool.index, f"{p.pointer}/description") for tool, p, _ in found),
    )


def _restated(tool: ToolContext) -> Iterator[tuple[Parameter, str]]:
    """Yield each parameter whose description repeats the schema, with the description that does not."""
    for parameter in tool.all_parameters:
        schema = parameter.schema
        text = schema.get("description") if isinstance(schema, dict) and "$ref" not in schema else None
        if isinstance(text, str) and len(text) < 2_000:
            shorter = _without(text, parameter)
            if shorter != text and len(shorter) > 2:
                yield parameter, shorter


def _without(text: str, parameter: Parameter) -> str:
    lower = text.lower()
    if "default" in lower and parameter.default is not None:
        match = pattern(_DEFAULT).search(lower) or pattern(_CLAUSE).search(lower)
        if match and len(lower) == len(text) and match["value"] == str(parameter.default).lower():
            text = text[: match.start()] + text[match.end() :]
    if "optional" in lower or "required" in lower:
        match = pattern(_MARK).search(text.lower())
        word = match and (match["bracketed"] or match["first"] or match["colon"] or match["last"])
        if match and (word == "required") is parameter.required:
            text = (text[: match.start()] + text[match.end() :]).strip()
            text = text[:1].upper() + text[1:]
    return text
