"""A description that sends the agent to a tool that does not exist.

## What it checks

Identifiers that name a tool (`use get_library first`, `the list_users tool`, `id from list_users`), with and without
quotes, in the description of a tool and of its parameters, against the tools of the server, and the parameters and
values of its schemas.

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
a capital inside, tools that the text sets apart (`unlike the built-in run_command`), and lists of which only a part was
read.

## References

- Hasan et al., "Model Context Protocol (MCP) Tool Descriptions Are Smelly!" (arXiv 2602.14878): missing usage guidance.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from re import DOTALL
from typing import NamedTuple

from toolsmell.escape import shown
from toolsmell.model import Pointer, Status
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import choices_of
from toolsmell.text import identifier_words, pattern

# What can only be an identifier: with an underscore, or a capital inside.
_NAME = r"\b(?:[a-z][a-z0-9]{0,40}(?:[_-][a-z0-9]{1,40}){0,8}?_[a-z0-9_]{1,80}|[a-z]{1,40}[A-Z][A-Za-z0-9]{1,80})\b"
_LITERALS = ("tool", "call", "run ", "function", "invoke", "use ", "using ", "try ", "from ", "via ", "see ", "prefer ")
_VERBS = frozenset(
    "get list search find create update delete remove add fetch read write send run resolve query describe start stop"
    " check upload execute lookup browse".split()
)
"""Beginnings of names of tools, for names after `from`, `use` or `see` alone."""
_POINTED = r"(?:^|[ (;,:])(?:use|using|call|calling|try|prefer|via|from|see|by calling|returned by|output of) [`'\"]?$"
_AFTER_POINTED = r"[`'\"]?(?:\(\))?(?:$|[.,;)] ?|[ ](?:first|to|instead|before|for|or|and|tool|with|again|if|when)\b)"
_FOREIGN = r"built-?in|default|your own|native|instead of|rather than|unlike|formerly|replaces"
_CALLED = r"(?:\b(?:call|calling|run|invoke) [`'\"]?)$"
_NAMED = r"\b(?:the|using|use|call|via|run|invoke|or|and|with|from|by) [`'\"]?$"
_QUOTED = r"\b(?:tools?|functions?) [`'\"]$"
_AFTER_CALLED = r"[`'\"]?(?:\(\))?(?: (?:first|before|to|again|for|tool|instead|with)\b|[.,;)])"
_EXAMPLES = r"<examples?>.*?</examples?>"
_AFTER_NAMED = r"[`'\"]?(?:\(\))? (?:mcp )?(?:tool|function)\b"


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    if server.manifest.status is not Status.COMPLETE:
        return
    known: _Known | None = None
    for tool in server.tools:
        for name, pointer in _mentioned(tool):
            known = _known(server) if known is None else known
            if not known.has(name):
                yield Hit(
                    pointer,
                    f"the text refers to a tool '{shown(name)}', which this server does not have: an agent looks for it"
                    " in vain",
                    excerpt=name,
                    tool=tool.tool.index,
                )


def _mentioned(tool: ToolContext) -> Iterator[tuple[str, Pointer]]:
    """Yield each name that is meant as a tool, once, with the pointer to its text."""
    lower = tool.prose_lower
    if not any(map(lower.__contains__, _LITERALS)):
        return
    found: dict[str, Pointer] = {}
    texts = [("/description", tool.text.raw)]
    texts += [(f"{p.pointer}/description", p.description) for p in tool.all_parameters if p.description]
    for pointer, text in texts:
        raw = pattern(_EXAMPLES, DOTALL).sub(" ", text) if "<example" in text else text
        if "_" in raw or pattern(r"[a-z][A-Z]").search(raw):
            for name in pattern(_NAME).finditer(raw):
                if _meant_as_tool(raw, name.start(), name.end()) and not _explained(raw, name[0]):
                    found.setdefault(name[0], pointer)
    yield from found.items()


def _explained(raw: str, name: str) -> bool:
    """Return True if a line of the same text explains the name: it is a value of a parameter, such as an action."""
    return f"- {name}:" in raw or f"* {name}:" in raw or f"- `{name}`" in raw or f"\n{name}:" in raw


def _meant_as_tool(raw: str, start: int, end: int) -> bool:
    before, after = raw[max(0, start - 40) : start].lower(), raw[end : end + 20].lower()
    if pattern(_FOREIGN).search(before):
        return False
    if pattern(_POINTED).search(before) and pattern(_AFTER_POINTED).match(after):
        return identifier_words(raw[start:end])[0] in _VERBS
    if pattern(_CALLED).search(before) and pattern(_AFTER_CALLED).match(after):
        return True
    if pattern(_NAMED).search(before) and pattern(_AFTER_NAMED).match(after):
        return True
    return bool(pattern(_QUOTED).search(before)) and after[:1] in ("`", "'", '"')


class _Known(NamedTuple):
    """The names of a server's tools, parameters and values."""

    names: AbstractSet[str]
    """In lower case."""
    plain: AbstractSet[str]
    """Those of four characters and more, without signs."""
    joined: str
    """The plain ones, one on a line: a part of one is found at once, however many there are."""
    sizes: AbstractSet[int]
    """The lengths of the plain ones."""

    def has(self, name: str) -> bool:
        """Return True if a name is there, or is a part of one, or has one as a part."""
        if name.lower() in self.names:
            return True
        plain = _plain(name)
        return plain in self.joined or any(
            plain[i : i + size] in self.plain for size in self.sizes for i in range(len(plain) - size + 1)
        )


def _known(server: ServerContext) -> _Known:
    names = {name.lower() for name in server.by_name}
    for tool in server.tools:
        for parameter in (*tool.all_parameters, *tool.all_outputs):
            names.add(parameter.name.lower())
            names.update(choice.lower() for choice in choices_of(parameter.schema))
    plain = {_plain(name) for name in names if len(name) > 3} - {""}
    return _Known(names, plain, "\n".join(sorted(plain)), frozenset(map(len, plain)))


def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())
