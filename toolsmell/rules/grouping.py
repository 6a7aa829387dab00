"""Groups findings: a parameter of one path that has the same fault in several tools is one finding."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from toolsmell.model import Pointer
from toolsmell.reading.context import ToolContext
from toolsmell.schema.reader import Parameter


class Shared(NamedTuple):
    """A parameter, and all places of the server that have one of the same path with the same fault."""

    tool: ToolContext
    parameter: Parameter
    places: tuple[tuple[ToolContext, Parameter], ...]

    @property
    def others(self) -> int:
        """Number of tools besides the first."""
        return len({tool.tool.index for tool, _ in self.places}) - 1

    @property
    def members(self) -> tuple[tuple[int, Pointer], ...]:
        """Return the places for `Hit.members`, so that the finding stays the same until the last one is fixed."""
        return tuple((tool.tool.index, parameter.pointer) for tool, parameter in self.places)

    @property
    def elsewhere(self) -> str:
        """Return the number of other tools for a message: ` (and in 4 other tools)`; empty if there is none."""
        if not self.others:
            return ""
        return f" (and in {self.others} other tools)" if self.others > 1 else " (and in another tool)"


def shared(found: Iterable[tuple[ToolContext, Parameter]]) -> Iterator[Shared]:
    """Yield one `Shared` for each path: the parameters of that path in all tools."""
    by_path: dict[str, list[tuple[ToolContext, Parameter]]] = {}
    for tool, parameter in found:
        by_path.setdefault(parameter.path, []).append((tool, parameter))
    for places in by_path.values():
        yield Shared(*places[0], tuple(places))
