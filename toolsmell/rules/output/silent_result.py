"""A tool that makes something and does not say what comes back.

## What it checks

Tools that by their names create, upload, book or send something, that have no output schema, and whose
description has no word on a result: an id, a link, what is returned or shown. Where a server has three such tools or
more, that is one finding.

## Why it matters

An agent plans the next step with the answer of this one. If it cannot know that the new id comes back, it calls a
search to find it, or makes the thing a second time to be sure.

## Smelly

```json
{"name": "create_ticket", "description": "Creates a ticket in the queue of a team.", "inputSchema": {"type": "object"}}
```

## Better

```json
{"name": "create_ticket", "description": "Creates a ticket in the queue of a team and returns its id.",
 "inputSchema": {"type": "object"}}
```

## Not flagged

Tools that get, list or search: what they get is their result. Tools that delete or change: that they did is what
there is to say. What the caller names itself (a table, a folder, a branch), and tools without a description
(`missing-description`).

## References

- Hasan et al., "Model Context Protocol (MCP) Tool Descriptions Are Smelly!" (arXiv 2602.14878): unclear purpose.
- Model Context Protocol 2026-07-28, Tools, Output schema.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Options

_MANY = 3
_MAKES = frozenset(
    (
        "create", "insert", "register", "upload", "submit", "schedule", "deploy", "import", "book", "order",
        "copy", "clone",
        "duplicate", "fork", "post", "compose", "draft", "purchase", "mint", "send", "reserve",
    )
)  # fmt: skip
# What the caller names itself needs no id; and these words tell that the tool is about something that exists.
_NAMED = frozenset(
    (
        "table", "directory", "folder", "branch", "namespace", "file", "bucket", "database", "collection",
        "index", "queue", "tag",
        "label", "get", "list", "search", "cancel", "delete", "update", "find", "read", "fetch", "check", "or",
        "topic", "key",
    )
)  # fmt: skip
# Stems of words that tell of something that comes back.
_TELLS = (
    "return", "result", "respon", "output", "receiv", "yield", "provid", "show", "display", "print", "id of",
    "identifier", " ids",
    "confirm", "link to", "url of", "preview", "report", "get back", "gives", "which can be used", "status",
    "download", "render", "job",
    "asynchron", "answer", "wait", "http", "list of", "retriev", "fetch", "read", "search", "token for", "handle",
)  # fmt: skip


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    silent = [tool for tool in server.tools if _silent(tool)]
    if len(silent) >= _MANY:
        yield Hit(
            "/tools",
            f"{len(silent)} tools ({', '.join(shown(tool.tool.label, 30) for tool in silent[:3])} ...) make"
            f" something and do"
            " not say what comes back: an agent cannot go on with it",
            excerpt="tools",
        )
        return
    for tool in silent:
        yield Hit(
            "/description",
            "the tool makes something, and nothing says what comes back: an agent cannot go on with it",
            tool=tool.tool.index,
        )


def _silent(tool: ToolContext) -> bool:
    if tool.tool.output_schema is not None or not tool.text.raw.strip() or not tool.tool.known("outputSchema"):
        return False
    words = {word.removesuffix("s") for word in tool.name_words}
    if _MAKES.isdisjoint(words) or not _NAMED.isdisjoint(words) or tool.text.script != "latin":
        return False  # in other scripts the words below are not known
    lower = tool.text.lower
    return not any(map(lower.__contains__, _TELLS))
