"""What the idioms of a language find in a file: tools, and the servers that they may belong to."""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, TypeAlias

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


class How(StrEnum):
    """How a tool was found, from the most to the least certain."""

    REGISTRATION = "registration"
    """A call, a decorator or a type of the SDK makes it."""
    CONSTRUCTED = "constructed"
    """A function, class or loop of the project makes it, which gives it to the SDK."""
    SHAPE = "shape"
    """It is written as an object with the parts of a tool; no registration was found."""


class FoundTool(NamedTuple):
    value: Value
    """An object with the parts of the tool, in MCP's names."""
    head: Literal
    """What to point at for the tool as a whole: its name where it is made, or the name of its function."""
    server: ServerRef | None
    """None if the code does not say which server it is for."""
    how: How = How.REGISTRATION

    @property
    def named(self) -> bool:
        name = self.value.members.get("name")
        return name is not None and name.text is not None


Place: TypeAlias = tuple[str, int] | None
"""A file, and the character that a part of a tool starts at."""

Identity: TypeAlias = tuple[str | None, Place, Place]


def place_of(tool: FoundTool, part: str) -> Place:
    """Return where a part of a tool is written."""
    value = tool.value.members.get(part)
    literal = value.literal if value else None
    return (literal.file, literal.start) if literal else None


def identity(tool: FoundTool) -> Identity:
    """Return what two tools share that are the same one, found in two ways."""
    name = tool.value.members.get("name")
    described = place_of(tool, "description") or place_of(tool, "inputSchema")
    return name.text if name else None, place_of(tool, "name"), described


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
    for key in ("name", "title", "description"):
        if key in members and members[key].text is None and members[key].known:
            members[key] = module.computed(node)._replace(literal=members[key].literal)
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
