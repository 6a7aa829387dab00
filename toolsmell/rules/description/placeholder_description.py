"""A description that was never written.

## What it checks

Tool and parameter descriptions that are, as a whole, a placeholder: `TODO`, `TBD`, `description here`, `lorem ipsum`,
`N/A`, `undefined`, `[object Object]`, `<description>`, or a template variable that was not filled in.

## Why it matters

To an agent it is worse than none: it reads as if there were something to know, and says nothing.

## Smelly

```json
{"name": "sync_orders", "description": "TODO: add description", "inputSchema": {"type": "object"}}
```

## Better

```json
{"name": "sync_orders", "description": "Copies new orders into the ledger and returns how many it copied.",
 "inputSchema": {"type": "object"}}
```

## Not flagged

A description that speaks of to-dos or placeholders: `Lists all TODO comments`, `Fills in a placeholder`.

## References

- Model Context Protocol 2026-07-28, Tools: `description` describes the functionality of the tool; a model
  is given it to understand the tool.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.text import pattern

# One of these has to be there; most tools are done with after these tests.
_LITERALS = (
    "todo", "tbd", "tba", "fixme", "n/a", "undefined", "description", "lorem", "[object", "{{", "${", "...", "…",
    "xxx", "placeholder",
)  # fmt: skip
_WORDS = frozenset(("null", "none", "nil", "nan", "na", "test", "dummy", "sample", "example", "-", "?", "."))
_LONGEST = 120
_STAND_IN = (
    r"\W*(?:"
    r"(?:todo|tbd|tba|fixme|xxx)\b(?:[ :.\-–—]*(?:add|write|fill in|insert|provide|complete|update)?[ ]*(?:a |the "
    r"|tool |parameter )*(?:description|docs?|documentation|later|text|me|this)*)"
    r"|n/?a|undefined|null|none|nil|nan|\[object object\]|lorem ipsum.*"
    r"|(?:no|missing|empty|add|insert|your|a|the|some|tool|parameter|function|enter|write|test|default"
    r"|sample)(?:[ _-](?:your|a|the|tool|parameter|function))*[ _-]description"
    r"(?:[ _-](?:here|goes here|available|provided|given|found|yet|available yet|text))*"
    r"|description(?:[ _-](?:here|goes here|of (?:the )?(?:tool|parameter|function)|placeholder|text|todo|tbd))?"
    r"|placeholder(?:[ _-](?:text|description))?"
    r"|(?:this is )?(?:a )?(?:test|dummy|sample|example)(?: (?:tool|description|parameter|text))?"
    r"|x{3,}|\.{3,}|…"
    r")\W*"
)
_UNFILLED = (
    r"\W*(?:\{\{[^{}\n]{1,60}\}\}|\$\{[^{}\n]{1,60}\}|<[a-z_ ]*description[a-z_ ]*>|%[a-z_]*description[a-z_]*%)\W*"
)


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    raw = tool.text.raw
    likely = any(map(tool.prose_lower.__contains__, _LITERALS))
    if raw and len(raw) <= _LONGEST and _placeholder(raw, likely):
        yield Hit(
            "/description",
            f"the description is a placeholder ({shown(raw, 40)}): an agent learns nothing from it",
            excerpt=raw,
        )
    for parameter in tool.all_parameters:
        schema = parameter.schema
        description = schema.get("description") if isinstance(schema, dict) else None
        if not isinstance(description, str) or not 0 < len(description) <= (_LONGEST if likely else 10):
            continue
        if _placeholder(description, likely) and "description" not in parameter.name.lower():
            yield Hit(
                parameter.pointer,
                f"the description of '{shown(parameter.path)}' is a placeholder ({shown(description, 40)})",
                excerpt=description,
            )


def _placeholder(text: str, likely: bool) -> bool:
    lower = text.lower()
    if len(lower) < 10 and lower.strip(" .!") in _WORDS:
        return True
    if not likely or not any(map(lower.__contains__, _LITERALS)):
        return False
    return bool(pattern(_STAND_IN).fullmatch(lower) or pattern(_UNFILLED).fullmatch(lower))
