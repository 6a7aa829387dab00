"""A tool that is not built as the specification says.

## What it checks

That each entry of the list is an object with a `name` (a string that is not empty) and an `inputSchema` (an object,
not null), and that `title`, `description`, `outputSchema`, `annotations` and its hints, `icons`, `execution` and
`_meta`, where they are present, have the types that the specification gives them.

## Why it matters

Clients read the list strictly. Many drop the tool, and some SDKs reject the whole list for one bad entry, so that an
agent sees none of the server's tools.

## Smelly

```json
{"name": "sync_orders", "description": "Copies new orders into the ledger.", "inputSchema": null}
```

## Better

```json
{"name": "sync_orders", "description": "Copies new orders into the ledger.",
 "inputSchema": {"type": "object", "additionalProperties": false}}
```

## Not flagged

A part that could not be read from where the tool was found. What an `inputSchema` that is an object says
(`invalid-schema`, `non-object-schema`), and which characters a name has (`invalid-tool-name`).

## References

- Model Context Protocol 2026-07-28, Tools, Tool: `name` and `inputSchema` are required; `inputSchema` must not be null.
"""

from collections.abc import Iterator

from toolsmell.model import Json
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.fit import kind_of

_TEXTS = ("title", "description")
_OBJECTS = ("outputSchema", "annotations", "execution", "_meta")
_HINTS = ("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint")


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    raw = tool.tool.raw
    if not isinstance(raw, dict):
        yield Hit("", f"the list has {_a(raw)} instead of a tool: clients may reject the whole list")
        return
    yield from _required(tool, raw)
    for part in _TEXTS:
        if part in raw and not isinstance(raw[part], str):
            yield Hit(f"/{part}", f"'{part}' is {_a(raw[part])}, not a string: clients may reject the whole list")
    for part in _OBJECTS:
        if part in raw and not isinstance(raw[part], dict):
            yield Hit(f"/{part}", f"'{part}' is {_a(raw[part])}, not an object: clients may reject the whole list")
    if "annotations" in raw:
        yield from _annotations(raw["annotations"])
    if "icons" in raw:
        yield from _icons(raw["icons"])


def _required(tool: ToolContext, raw: dict[str, Json]) -> Iterator[Hit]:
    name, schema = raw.get("name"), raw.get("inputSchema")
    if not isinstance(name, str) or not name:
        words = "is empty" if name == "" else f"is {_a(name)}, not a string" if "name" in raw else "is missing"
        yield Hit("/name" if "name" in raw else "", f"the tool's name {words}: no agent can call it")
    if not isinstance(schema, dict) and tool.tool.known("inputSchema"):
        words = f"is {_a(schema)}, not an object" if "inputSchema" in raw else "is missing"
        yield Hit(
            "/inputSchema" if "inputSchema" in raw else "",
            f"'inputSchema' {words}: clients reject the tool, and an agent cannot know what to pass",
        )


def _annotations(annotations: Json) -> Iterator[Hit]:
    if not isinstance(annotations, dict):
        return
    for hint in _HINTS:
        if hint in annotations and not isinstance(annotations[hint], bool):
            yield Hit(
                f"/annotations/{hint}", f"'{hint}' is {_a(annotations[hint])}, not true or false: clients ignore it"
            )
    if not isinstance(annotations.get("title", ""), str):
        yield Hit("/annotations/title", f"'annotations.title' is {_a(annotations['title'])}, not a string")


def _icons(icons: Json) -> Iterator[Hit]:
    if not isinstance(icons, list):
        yield Hit("/icons", f"'icons' is {_a(icons)}, not a list: clients may reject the whole list")
        return
    for i, icon in enumerate(icons):
        if not isinstance(icon, dict) or not isinstance(icon.get("src"), str):
            yield Hit(f"/icons/{i}", "an icon is not an object with a 'src': clients may reject the whole list")


def _a(value: Json) -> str:
    kind = kind_of(value)
    return kind if kind == "null" else f"an {kind}" if kind[0] in "aio" else f"a {kind}"
