"""Tools of one server that are described in different scripts.

## What it checks

The script that most of the letters of each description belong to (Latin, Han, Kana, Hangul). One finding a server,
which names the tools of the smaller group.

## Why it matters

A request in one language finds the tools that are described in it, and passes the others over. It is mostly the
newest tool that nobody translated.

## Smelly

```json
[{"name": "list_orders", "description": "Lists the orders of one day.", "inputSchema": {"type": "object"}},
 {"name": "get_order", "description": "查询一个订单的详细信息。", "inputSchema": {"type": "object"}}]
```

## Better

```json
[{"name": "list_orders", "description": "Lists the orders of one day.", "inputSchema": {"type": "object"}},
 {"name": "get_order", "description": "Returns the details of one order.", "inputSchema": {"type": "object"}}]
```

## Not flagged

Names and examples in another script inside a description, and two languages in one script.

## References

- Comparable checks of other linters of MCP servers; agents choose by words.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options

_NAMES = {"latin": "Latin", "han": "Chinese", "kana": "Japanese", "hangul": "Korean"}


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    groups: dict[str, list[str]] = {}
    for tool in server.tools:
        script = tool.text.script if tool.text.raw else "none"
        if script in _NAMES and not (script == "latin" and _has_others(tool.text.raw)):
            groups.setdefault(script, []).append(tool.tool.label)
    # Japanese is written with Han too: a short text may have no Kana.
    if "kana" in groups and "han" in groups:
        groups["kana"] += groups.pop("han")
    if len(groups) < 2:
        return
    script, tools = min(groups.items(), key=lambda group: len(group[1]))
    others = " and ".join(sorted(_NAMES[name] for name in groups if name != script))
    listed = ", ".join(shown(name, 30) for name in tools[:3]) + (" ..." if len(tools) > 3 else "")
    yield Hit(
        "/tools",
        f"{len(tools)} of {len(server.tools)} tools ({listed}) are described in {_NAMES[script]} script, the"
        f" others in {others}:"
        " a request in one language misses some",
        excerpt=f"{script} {' '.join(tools[:3])}",
    )


def _has_others(raw: str) -> bool:
    """Return True if a mostly Latin text (names, code) has words in another script, so that it belongs to no group."""
    return not raw.isascii() and sum(c > "\u036f" and c.isalpha() for c in raw) > 3
