"""A description that sends the agent to a tool that does not exist.

## What it checks

Names written as identifiers where a tool is meant (`use get_library first`, `the list_users tool`), against the
tools of the server and the parameters that its schemas have.

## Why it matters

An agent calls the name, and fails; or it looks for another tool that might be meant, and takes the wrong one. It
happens when a tool is renamed, or when one server's text is copied into another.

## Smelly

```json
[{"name": "read_docs", "description": "Reads the documentation of a library. Call resolve_library first.",
  "inputSchema": {"type": "object"}},
 {"name": "find_library", "description": "Finds a library by its name.", "inputSchema": {"type": "object"}}]
```

## Better

```json
[{"name": "read_docs", "description": "Reads the documentation of a library. Call find_library first.",
  "inputSchema": {"type": "object"}},
 {"name": "find_library", "description": "Finds a library by its name.", "inputSchema": {"type": "object"}}]
```

## Not flagged

A name that is part of a tool's name or has one in it (clients put prefixes before names), words without `_`, `-` or
a capital inside, and lists of which only a part was read.

## References

- Hasan et al., "Model Context Protocol (MCP) Tool Descriptions Are Smelly!" (arXiv 2602.14878): missing usage guidance.
"""

from collections.abc import Iterator

from toolsmell.context import ServerContext, ToolContext
from toolsmell.escape import shown
from toolsmell.model import Status
from toolsmell.rules.base import Hit, Options
from toolsmell.text import pattern

# A name that can only be an identifier: with an underscore, or a capital inside.
_NAME = r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*_[a-z0-9_]+|[a-z]+[A-Z][A-Za-z0-9]+"
_MENTIONS = (
    rf"(?i:\bthe|\busing|\buse|\bcall|\bvia|\brun|\binvoke|\bor|\band|\bwith|\bfrom|\bby) [`'\"]?(?P<name>{_NAME})[`'\"]?(?:\(\))? (?:MCP )?(?:tool|function)\b"
    rf"|(?i:\btools?|\bfunctions?) [`'\"](?P<quoted>{_NAME})[`'\"]"
    rf"|(?i:\bcall|\bcalling|\bafter calling|\brun|\binvoke) [`'\"]?(?P<called>{_NAME})[`'\"]?(?:\(\))?(?= (?:first|before|to |again|for |tool|instead|with)|[.,;)])"
)


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    if server.manifest.status is not Status.COMPLETE:
        return
    known: set[str] | None = None
    for tool in server.tools:
        for name in _mentioned(tool):
            known = _known(server) if known is None else known
            if not _exists(name, known):
                yield Hit(
                    "/description",
                    f"the description sends the agent to '{shown(name)}', and this server has no such tool",
                    excerpt=name,
                    tool=tool.tool.index,
                )


def _mentioned(tool: ToolContext) -> Iterator[str]:
    raw = tool.text.raw
    if "tool" not in raw and "call" not in raw and "Call" not in raw and "run" not in raw and "function" not in raw:
        return
    found = (match[match.lastgroup or 0] for match in pattern(_MENTIONS).finditer(raw))
    yield from dict.fromkeys(found)


def _known(server: ServerContext) -> set[str]:
    names = {name.lower() for name in server.by_name}
    for tool in server.tools:
        names.update(parameter.name.lower() for parameter in (*tool.all_parameters, *tool.all_outputs))
    return names


def _exists(name: str, known: set[str]) -> bool:
    plain = _plain(name)
    return name.lower() in known or any(plain in _plain(other) or _plain(other) in plain for other in known if len(other) > 3)


def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())
