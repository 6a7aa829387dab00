"""One finding for what many tools share: a parameter of one name, wrong in the same way in each of them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from toolsmell.reading.context import ToolContext
from toolsmell.schema.reader import Parameter


class Shared(NamedTuple):
    """A parameter, and how many tools besides its own have one like it."""

    tool: ToolContext
    parameter: Parameter
    others: int

    @property
    def elsewhere(self) -> str:
        """Say for a message where else it is: ` (and in 4 other tools)`."""
        if not self.others:
            return ""
        return f" (and in {self.others} other tools)" if self.others > 1 else " (and in another tool)"


def shared(found: Iterable[tuple[ToolContext, Parameter]], many: int = 3) -> Iterator[Shared]:
    """Yield each parameter of a path that fewer than `many` tools have, and one for all where more have it."""
    by_path: dict[str, list[tuple[ToolContext, Parameter]]] = {}
    for tool, parameter in found:
        by_path.setdefault(parameter.path, []).append((tool, parameter))
    for places in by_path.values():
        tools = {tool.tool.index for tool, _ in places}
        if len(tools) >= many:
            yield Shared(*places[0], len(tools) - 1)
        else:
            yield from (Shared(tool, parameter, 0) for tool, parameter in places)
