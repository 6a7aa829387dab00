"""Groups findings: a parameter of one path that has the same fault in several tools is one finding."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from toolsmell.model import Fix, Pointer
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit
from toolsmell.schema.reader import Parameter


class SharedFault(NamedTuple):
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
        return _elsewhere(self.others)


def merged(found: Iterable[tuple[int, Hit]]) -> Iterator[tuple[int, Hit]]:
    """Yield one hit for all that say the same of the same place in several tools, with the tool that it belongs to.

    What to change must be the same too, so that the help is true of each member, unless the hits have a text for
    several tools (`Hit.together`).

    `found` are hits with the indices of their tools. Each hit that comes out has its members, so that it stays the same
    finding until the last of them is fixed; a fix covers all members.
    """
    groups: dict[tuple[str, str, str], list[tuple[int, Hit]]] = {}
    for tool, hit in found:
        key = (hit.together, "", "") if hit.together else (hit.pointer, hit.message, hit.help)
        groups.setdefault(key, []).append((tool, hit))
    for group in groups.values():
        first, hit = group[0]
        yield (
            first,
            hit._replace(
                message=_message(hit, len({tool for tool, _ in group})),
                excerpt=hit.together or f"{hit.pointer} {hit.excerpt}",
                fix=_whole(group),
                members=tuple((tool, hit.pointer) for tool, hit in group),
            ),
        )


def _message(hit: Hit, tools: int) -> str:
    """Return the message of a hit that several tools have."""
    if hit.together:
        return hit.together.replace("{tools}", f"{tools:,}") if tools > 1 else hit.message
    head, colon, tail = hit.message.rpartition(": ")
    return f"{head}{_elsewhere(tools - 1)}{colon}{tail}" if head else f"{tail}{_elsewhere(tools - 1)}"


def _elsewhere(others: int) -> str:
    """Return the number of other tools for a message: ` (and in 4 other tools)`; empty if there is none."""
    if not others:
        return ""
    return f" (and in {others} other tools)" if others > 1 else " (and in another tool)"


def _whole(group: list[tuple[int, Hit]]) -> Fix | None:
    """Return the fix of all members; None if one of them has none."""
    fixes = [(tool, hit.fix) for tool, hit in group if hit.fix]
    if len(fixes) < len(group):
        return None
    edits = [edit._replace(tool=tool) for tool, fix in fixes for edit in fix.edits]
    return fixes[0][1]._replace(edits=tuple(edits))


def shared(found: Iterable[tuple[ToolContext, Parameter]]) -> Iterator[SharedFault]:
    """Yield one `SharedFault` for each path: the parameters of that path in all tools."""
    by_path: dict[str, list[tuple[ToolContext, Parameter]]] = {}
    for tool, parameter in found:
        by_path.setdefault(parameter.path, []).append((tool, parameter))
    for places in by_path.values():
        yield SharedFault(*places[0], tuple(places))
