"""A description that advertises the tool.

## What it checks

Words that praise and say nothing else: `powerful tool`, `cutting-edge`, `seamless`, `best-in-class`, `effortlessly`.

## Why it matters

Agents are moved by praise as people are: a tool is preferred for its adjectives. The tokens are paid in every
request, and tell nothing that helps to use it.

## Smelly

```json
{"name": "read_page", "description": "A powerful, state-of-the-art tool that seamlessly reads web pages.",
 "inputSchema": {"type": "object"}}
```

## Better

```json
{"name": "read_page", "description": "Returns the text of a web page as Markdown, without menus and advertisements.",
 "inputSchema": {"type": "object"}}
```

## Not flagged

`advanced` and `comprehensive`, which may tell a tool from its plain sibling, and praise of something else.

## References

- Hasan et al., "Model Context Protocol (MCP) Tool Descriptions Are Smelly!" (arXiv 2602.14878).
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.reading.praise_and_orders import PRAISE
from toolsmell.rules.base import Hit, Options
from toolsmell.text import pattern


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    praise = pattern(PRAISE).search(tool.text.lower)
    if praise:
        yield Hit(
            "/description",
            f"'{shown(praise[0], 40)}' praises the tool: it tells an agent nothing",
            excerpt=praise[0],
        )
