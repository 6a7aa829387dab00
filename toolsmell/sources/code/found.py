"""What the idioms of a language find in a file: tools, and the servers that they may belong to."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from toolsmell.sources.code.module import Module
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import Literal, Value


class ServerRef(NamedTuple):
    """The place that makes a server: what tools of one server have in common."""

    path: Path
    at: int
    """The byte where the call that makes it starts."""


class FoundServer(NamedTuple):
    ref: ServerRef
    name: Value | None
    instructions: Value | None
    literal: Literal
    """The call that makes it."""


class FoundTool(NamedTuple):
    value: Value
    """An object with the parts of the tool, in MCP's names."""
    head: Literal
    """What to point at when the tool as a whole is meant: its name where it is made, or its function's."""
    server: ServerRef | None
    """None where the code does not say which server it is for."""


class Found(NamedTuple):
    tools: tuple[FoundTool, ...] = ()
    servers: tuple[FoundServer, ...] = ()
    unread: tuple[str, ...] = ()
    """Registrations of which not even the name can be told, each as a note."""


def ref_of(module: Module, call: Node) -> ServerRef:
    return ServerRef(module.path, call.start_byte)


def tool(module: Module, node: Node, head: Node, parts: dict[str, Value | None], server: ServerRef | None) -> FoundTool:
    """Put a tool together of the parts that it has; the part `*` says why it may have others."""
    members = {key: value for key, value in parts.items() if value is not None and value.data is not None}
    rest = members.pop("*", None)
    value = Value(members, module.literal(node), rest=str(rest.data) if rest else None)
    return FoundTool(value, module.literal(head), server)


def sorted_out(tools: Iterable[FoundTool]) -> tuple[tuple[FoundTool, ...], tuple[str, ...]]:
    """Separate the tools with a name from those of which not even that is known, which become notes."""
    named, notes = [], []
    for one in tools:
        name = one.value.members.get("name")
        if name and name.text is not None:
            named.append(one)
        else:
            location = one.head.location
            notes.append(f"{location.file}:{location.line}: a tool is made here whose name is computed at run time")
    return tuple(named), tuple(notes)
