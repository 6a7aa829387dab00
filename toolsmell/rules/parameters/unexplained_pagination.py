"""A cursor or a page number that nobody explains.

## What it checks

Parameters that page through results. A cursor or token: some word that it comes from the answer before, or what to
pass first. A page number: whether the first one is 0 or 1, by a `minimum`, a `default` or the text. An offset
explains itself.

## Why it matters

An agent that makes up a cursor is rejected; one that begins at the wrong page misses the first results, and reports
that there are none.

## Smelly

```json
{"name": "list_orders", "description": "Lists orders.",
 "inputSchema": {"type": "object", "properties": {"cursor": {"type": "string", "description": "The cursor."}}}}
```

## Better

```json
{"name": "list_orders", "description": "Lists orders, 50 at a time.",
 "inputSchema": {"type": "object", "properties": {
   "cursor": {"type": "string", "description": "The next_cursor of the answer before; leave out for the first page."}}}}
```

## Not flagged

Cursors of other kinds (of an editor or a database), and `page` if it means a web page or a page of a document.

## References

- Model Context Protocol 2026-07-28, Pagination: cursors are opaque; a client must not make them up.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter
from toolsmell.text import pattern

_CURSORS = frozenset(
    (
        "cursor",
        "nextcursor",
        "pagetoken",
        "nexttoken",
        "nextpagetoken",
        "continuationtoken",
        "startcursor",
        "aftercursor",
        "paginationtoken",
        "marker",
        "nextpage",
    )
)
_LAST = frozenset(
    (
        "cursor",
        "token",
        "marker",
        "page",
        "number",
        "num",
        "no",
        "index",
        "nextcursor",
        "pagetoken",
        "nexttoken",
        "pagenumber",
    )
)
_PAGES = frozenset(("page", "pagenumber", "pagenum", "pageno", "pageindex"))
_SOURCE = (
    r"previous|prior|last (?:response|request|call|result|page)|return|respons|result of|from (?:the|a)\b"
    r"|next[ _]?(?:page|cursor|token|set|batch)|earlier|continue|where to start|start(?:ing)? (?:point|after|from)"
    r"|after|subsequent|resum"
)


_ASCII = r"[\x00-\x7f–—’“”…]*$"
"""A text in another script is not read."""


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if tool.parameter_endings.isdisjoint(_LAST):
        return
    for parameter in tool.parameters:
        name = parameter.name.replace("_", "").replace("-", "").lower()
        if name in _CURSORS and "string" in parameter.types and not _sourced(parameter, tool):
            yield Hit(
                parameter.pointer,
                f"nothing says where the cursor '{shown(parameter.name)}' comes from: an agent makes one up",
                excerpt=parameter.name,
                help=f"say which field of the previous result goes into '{shown(parameter.name)}'",
            )
        elif name in _PAGES and not parameter.types.isdisjoint(("integer", "number")) and not _counted(parameter, tool):
            yield Hit(
                parameter.pointer,
                f"nothing says whether '{shown(parameter.name)}' begins at 0 or at 1: an agent may miss the first page",
                excerpt=parameter.name,
                help=f"add 'minimum' to '{shown(parameter.name)}', or say what the first page is",
            )


def _sourced(parameter: Parameter, tool: ToolContext) -> bool:
    own = parameter.description or ""
    said = f"{own} {tool.text.raw}".lower()
    return bool(pattern(_SOURCE).search(said)) or not pattern(_ASCII).match(own)


def _counted(parameter: Parameter, tool: ToolContext) -> bool:
    schema = parameter.schema
    if parameter.default is not None or "minimum" in schema or "exclusiveMinimum" in schema:
        return True
    if any(c.isdigit() for c in parameter.description or "") or "first" in (parameter.description or "").lower():
        return True
    prose = tool.text.lower
    at = prose.find(f"{parameter.name.lower()}:")
    return at >= 0 and any(c.isdigit() for c in prose[at : at + 120])
