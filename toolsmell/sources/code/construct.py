"""Tools that a project makes with its own functions, classes and loops.

If the name that a registration gives to the SDK is a parameter, a field or a loop variable, the code around it makes
several tools. Each value that such a name can have (a call site, an element, a subclass) is assumed in turn, and the
registration is read again.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Final, TypeAlias

from toolsmell.model import How
from toolsmell.sources.code.found import FoundTool, identity
from toolsmell.sources.code.module import Found, Key, Project
from toolsmell.sources.code.values import TOO_MUCH, Value

MAX_DEPTH = 8
"""Assumptions that one tool may rest on."""

MAX_OPTIONS = 10_000
"""Values of one name that are tried."""

MAX_ROOTS = 4
"""Names of one registration that are tried one after another."""

MAX_READINGS = 5_000
"""Readings of one registration."""

MAX_FRUITLESS = 200
"""Readings of one registration without a tool."""

Options: TypeAlias = Callable[[Found], Iterator[Iterator[Mapping[Key, Found]]]]
"""Yields ways to the values that a name without a value can have, the most certain way first.

Each way yields the values with what goes with them. The next way is tried if no value of the last one gave a tool.
"""

Name: TypeAlias = Callable[[], Value | None]
Make: TypeAlias = Callable[[], FoundTool | None]


class Construction:
    """One registration, and how to read it."""

    def __init__(self, project: Project, options: Options, name: Name, make: Make) -> None:
        self._project: Final = project
        self._options: Final = options
        self._name: Final = name
        self._make: Final = make
        self._readings = 0
        self._found = 0
        self._made: dict[tuple[str, str, int], list[FoundTool]] = {}
        """The values that were read for names, by the name and its place."""

    def tools(self, depth: int = 0) -> list[FoundTool]:
        """Return the tools that the registration makes; without a name if nothing says what it can be."""
        self._readings += 1
        self._project.steps.begin_tool(exploring=depth > 0)
        self._project.open.clear()
        name = self._name()
        if (name is None or name.text is None) and depth < MAX_DEPTH and (found := self._followed(depth)):
            return [*found, _more(found[0])] if self._readings > MAX_READINGS and depth == 0 else found
        literal = name.literal if name is not None and depth else None
        key = (
            (name.text, literal.file, literal.start) if name is not None and name.text is not None and literal else None
        )
        if key is not None and key in self._made:
            return self._made[key]
        self._project.steps.begin_tool()
        tool = self._make()
        made = [] if tool is None else [_constructed(tool) if depth else tool]
        if key is not None:
            self._made[key] = made
        return made

    def _followed(self, depth: int) -> list[FoundTool]:
        """Return the tools with a name for all values of the first name without a value that has any."""
        waiting = list(self._project.open)
        seen: set[Key] = set()
        while waiting and len(seen) < MAX_ROOTS:
            root = waiting.pop(0)
            key = (root.module.path, root.node.start_byte)
            if key in seen:
                continue
            seen.add(key)
            self._project.steps.begin_tool(exploring=True)
            self._project.open.clear()
            if found := self._assumed(root, depth):
                return found
            # The values of a name may follow from another name, such as a list from a parameter.
            waiting[:0] = self._project.open
        return []

    def _assumed(self, root: Found, depth: int) -> list[FoundTool]:
        """Return the tools with a name for all values of `root`."""
        for way in self._options(root):
            if found := self._tried(way, depth):
                return found
        return []

    def _tried(self, way: Iterator[Mapping[Key, Found]], depth: int) -> list[FoundTool]:
        found: list[FoundTool] = []
        for given in islice(way, MAX_OPTIONS):
            if self._readings > MAX_READINGS or (self._readings > MAX_FRUITLESS and not self._found):
                break
            with self._project.assume(given):
                tools = [tool for tool in self.tools(depth + 1) if tool.name is not None] if given else []
            found.extend(tools)
            self._found += len(tools)
        return list({identity(tool): tool for tool in reversed(found)}.values())[::-1]


def _key(name: Value | None) -> tuple[str, str, int] | None:
    """Return a known name and where it is written."""
    if name is None or name.text is None or name.literal is None:
        return None
    return name.text, name.literal.file, name.literal.start


def _more(tool: FoundTool) -> FoundTool:
    """Return a tool without a name: it tells that a registration makes more tools than were followed."""
    value = tool.value._replace(data={**tool.value.members, "name": TOO_MUCH})
    return tool._replace(value=value, head=tool.value.literal or tool.head, how=How.REGISTRATION)


def _constructed(tool: FoundTool) -> FoundTool:
    """Mark a tool as constructed, and point at its name where that is written."""
    name = tool.value.members.get("name")
    head = name.literal if name is not None and name.literal is not None else tool.head
    return tool._replace(how=How.CONSTRUCTED if tool.how is How.REGISTRATION else tool.how, head=head)
