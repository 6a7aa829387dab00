"""The tools and servers that the idioms of a language find in a file."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias

from toolsmell.model import How
from toolsmell.sources.code.gaps import Gap
from toolsmell.sources.code.module import Found as Resolved
from toolsmell.sources.code.module import Key, Module
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import Literal, Value


class ServerRef(NamedTuple):
    """The place that makes a server: what tools of one server have in common."""

    path: Path
    at: int
    """The first byte of the call that makes it."""


class FoundServer(NamedTuple):
    ref: ServerRef
    name: Value | None
    instructions: Value | None
    literal: Literal
    """The call that makes it."""


Way: TypeAlias = tuple[Path | int, ...]

_BRANCHES = frozenset(
    "if_statement elif_clause else_clause conditional_expression ternary_expression try_statement except_clause"
    " catch_clause switch_case switch_default expression_case default_case type_case case_clause"
    " match_statement".split()
)
_FUNCTIONS = frozenset(
    "function_definition function_declaration method_declaration method_definition func_literal arrow_function"
    " function_expression lambda".split()
)


def way_to(module: Module, node: Node) -> Way:
    """Return the functions and branches around a node: code with the same ones runs together."""
    found: list[Path | int] = []
    here = node
    while here.parent is not None:
        if here.parent.type in _FUNCTIONS:
            found.append(here.parent.start_byte)
        elif here.parent.type in _BRANCHES:
            found.append(here.start_byte)
        here = here.parent
    return (*found, module.path)


class Site(NamedTuple):
    """The code that makes a tool."""

    module: Module
    node: Node
    """The call, object or decorated function."""
    function: Resolved | None = None
    """The function that the tool runs, if the code that makes the tool names it."""
    name: Literal | None = None
    """Where the name of the tool is written: for a tool that a function of the project makes, an argument or member."""
    given: Mapping[Key, Resolved] = {}
    """The values of names under which the code makes this tool, if it makes several."""


class FoundTool(NamedTuple):
    value: Value
    """An object with the parts of the tool, in MCP's names."""
    head: Literal
    """The place of the tool as a whole: its name in the code that makes it, or the name of its function."""
    server: ServerRef | None
    """None if the code does not say which server it is for."""
    how: How = How.REGISTRATION
    causes: Mapping[str, str] = {}
    """Why parts are missing, as `Tool.causes` has it."""
    way: Way = ()
    """The functions and branches around the code that makes the tool, innermost first."""
    site: Site | None = None
    unsent: str = ""
    """Text of the docstring that the framework does not send."""

    @property
    def name(self) -> str | None:
        name = self.value.members.get("name")
        return name.text if name is not None else None


Place: TypeAlias = tuple[str, int] | None
"""A file, and the character that a part of a tool starts at."""

Identity: TypeAlias = tuple[str | None, Place, Place]


def place_of(tool: FoundTool, part: str) -> Place:
    """Return the place of a part of a tool, or None if it is not a literal."""
    value = tool.value.members.get(part)
    literal = value.literal if value else None
    return (literal.file, literal.start) if literal else None


def identity(tool: FoundTool) -> Identity:
    """Return a key that is equal for a tool that was found in two ways."""
    described = place_of(tool, "description") or place_of(tool, "inputSchema")
    return tool.name, place_of(tool, "name"), described


class Mount(NamedTuple):
    """A server whose tools another server offers too."""

    child: ServerRef
    parent: ServerRef | None
    prefix: Value | None
    """The text before the names, without the underscore that follows it, or None without a prefix."""


class FoundInFile(NamedTuple):
    tools: tuple[FoundTool, ...] = ()
    servers: tuple[FoundServer, ...] = ()
    unread: tuple[Gap, ...] = ()
    """Registrations whose names are not known."""
    mounts: tuple[Mount, ...] = ()


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
    written = members["name"].literal if "name" in members else None
    site = Site(module, node, name=written, given=module.project.assumed)
    return FoundTool(value, module.literal(head), server, way=way_to(module, node), site=site)


def _with_part_of_name(tool: FoundTool) -> FoundTool:
    """Name a tool by the known part of its name, if there is one."""
    name = tool.value.members.get("name")
    pieces = [piece for piece in name.unknown.pieces if piece] if name is not None and name.unknown else []
    known = max(pieces, key=len, default="").strip("-_./: ")
    if name is None or name.unknown is None or len(known) < MIN_NAME:
        return tool
    part = Value(known, name.literal, partly=f"known in part: {name.unknown.reason}")
    return tool._replace(value=tool.value._replace(data={**tool.value.members, "name": part}))


MIN_NAME = 4
"""Characters of a name that are known, if not all are."""


def sorted_out(tools: Iterable[FoundTool]) -> tuple[tuple[FoundTool, ...], tuple[Gap, ...]]:
    """Separate the tools with a name from those without, which become gaps."""
    named, notes = [], []
    for one in map(_with_part_of_name, tools):
        if one.name is not None:
            named.append(one)
        else:
            location = one.head.location
            notes.append(Gap(location.file, location.line, one.how is not How.SHAPE))
    return tuple(named), tuple(notes)
