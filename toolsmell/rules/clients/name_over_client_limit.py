"""A name that is too long for a client.

## What it checks

The length of every tool's name, alone and behind what the client puts in front of it (`mcp__server__`), against the
limits of the chosen clients.

## Why it matters

Some clients leave such a tool out without a message, others reject the whole request. An agent misses the tool either
way.

## Smelly

```json
{"name": "get_all_open_orders_of_one_customer_by_customer_number_and_date_range", "description": "Gets orders.",
 "inputSchema": {"type": "object"}}
```

## Better

```json
{"name": "find_orders", "description": "Gets the open orders of a customer in a range of dates.",
 "inputSchema": {"type": "object"}}
```

## Not flagged

Names over 128 characters, which the specification does not allow: `invalid-tool-name`. What a client puts in front is
counted only if the server's name is known: its key in a client configuration, or, less surely, its own name.

## Configuration

`clients`: the clients that count, such as `["openai", "gemini"]`; an empty list means all portable limits.

## References

- rubrics/clients.yaml, `name-length` and `full-name-length`: each limit with its date and source.
"""

from collections.abc import Iterator

from toolsmell.data.client_limits import Limit, consequences
from toolsmell.escape import shown
from toolsmell.model import Confidence
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.clients._chosen import limits, server_name

_ALLOWED = 128
_SHORT = 24
"""A name that is at most this long fits everywhere behind a server's name of ordinary length."""


_BOTH = " for server and tool together"


def check(tool: ToolContext, options: Options) -> Iterator[Hit]:
    name = tool.tool.name
    if not name or len(name) <= _SHORT or len(name) > _ALLOWED:
        return
    over = [limit for limit in limits("name-length", options) if len(name) > limit.value]
    if over:
        yield _hit(name, name, over, "")
        return
    server = server_name(tool.server)
    for limit in limits("full-name-length", options) if server else ():
        full = limit.prefix.replace("{server}", server or "") + name
        if len(full) > limit.value:
            sure = None if tool.server.manifest.group else Confidence.MEDIUM
            yield _together(_hit(name, full, [limit], _BOTH), limit, server or "")._replace(confidence=sure)


def _together(hit: Hit, limit: Limit, server: str) -> Hit:
    """Return a hit that is one with those of the server's other tools: its own name is part of each."""
    room = limit.value - len(limit.prefix.replace("{server}", server))
    text = f"{{tools}} names are over {limit.value}{_BOTH} ('{shown(server, 40)}'): {consequences([limit])}"
    if room < _SHORT:
        return hit._replace(together=text, help=f"shorten the name of the server: it leaves {max(room, 0)} characters")
    return hit._replace(together=text, help=f"shorten names to {room} characters, or the name of the server")


def _hit(name: str, full: str, over: list[Limit], together: str) -> Hit:
    most = min(limit.value for limit in over)
    return Hit(
        "/name",
        f"'{shown(full, 50)}' has {len(full)} characters, over {most}{together}: {consequences(over)}",
        excerpt=name,
        help=f"shorten the name to {len(name) - len(full) + most} characters",
    )
