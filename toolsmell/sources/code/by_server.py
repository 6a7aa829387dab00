"""Sorts the tools that were found in files by servers: each tool once, alternatives and copies left out."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from toolsmell.model import How
from toolsmell.sources.code.found import (
    FoundInFile,
    FoundServer,
    FoundTool,
    Identity,
    Mount,
    Place,
    ServerRef,
    identity,
    place_of,
)
from toolsmell.sources.code.module import Module, Project
from toolsmell.sources.code.values import Value

_BUILT = frozenset(("dist", "build", "out", "lib", "esm", "cjs"))


class FoundFile(NamedTuple):
    """A file in which something was found."""

    module: Module
    found: FoundInFile


class Group(NamedTuple):
    """The tools of one server, or of a package that has none or several."""

    server: FoundServer | None
    directory: Path
    tools: list[tuple[Module, FoundTool]]
    """Each with the file in which its name is written."""
    variants: int = 0
    """Registrations of a name that another one, on another way through the program, has too."""


def groups(files: Iterable[FoundFile], project: Project) -> Iterator[Group]:
    """Yield the tools by server, or by package if the server is not known."""
    return _Grouping(mounted(_distinct(files)), project).groups()


def _distinct(files: Iterable[FoundFile]) -> list[FoundFile]:
    """Leave out tools that were found before: by another way through the code, or as the object of a registration."""
    files = sorted(files, key=lambda file: file.module.path)
    tools = sorted((tool for file in files for tool in file.found.tools), key=_certainty)
    used = _used(tools)
    servers: dict[Identity, set[ServerRef | None]] = {}
    kept: set[int] = set()
    for tool in tools:
        seen = servers.setdefault(identity(tool), set())
        new = not seen or (tool.server is not None and tool.how is How.REGISTRATION and tool.server not in seen)
        if new and not (tool.how is How.SHAPE and _contains(tool, used)):
            kept.add(id(tool))
            seen.add(tool.server)
    return [
        file._replace(found=file.found._replace(tools=tuple(tool for tool in file.found.tools if id(tool) in kept)))
        for file in files
    ]


def _certainty(tool: FoundTool) -> tuple[int, bool]:
    return list(How).index(tool.how), tool.server is None


def _used(tools: Sequence[FoundTool]) -> dict[str, list[int]]:
    """Return the offsets of the parts of registered tools, by file."""
    found: dict[str, list[int]] = {}
    places = {place for tool in tools if tool.how is not How.SHAPE for place in _places(tool)}
    for file, start in sorted(place for place in places if place is not None):
        found.setdefault(file, []).append(start)
    return found


def _places(tool: FoundTool) -> tuple[Place, Place, Place]:
    return place_of(tool, "name"), place_of(tool, "description"), place_of(tool, "inputSchema")


def _contains(tool: FoundTool, used: dict[str, list[int]]) -> bool:
    """Return True if parts of a registered tool are written in the object of a shape, or are parts of it."""
    own = {place for place in _places(tool) if place is not None}
    if any(start in used.get(file, ()) for file, start in own):
        return True
    whole = tool.value.literal
    return whole is not None and any(whole.start <= start < whole.end for start in used.get(whole.file, ()))


MAX_MOUNTS = 10
"""Servers that are mounted in one another."""


def mounted(files: list[FoundFile]) -> list[FoundFile]:
    """Move the tools of mounted servers to the servers that they are mounted in, with the prefixes that they get."""
    mounts = {mount.child: mount for file in files for mount in file.found.mounts}
    if not mounts:
        return files
    return [
        file._replace(found=file.found._replace(tools=tuple(_moved(tool, mounts) for tool in file.found.tools)))
        for file in files
    ]


def _moved(tool: FoundTool, mounts: dict[ServerRef, Mount]) -> FoundTool:
    for _ in range(MAX_MOUNTS):
        mount = mounts.get(tool.server) if tool.server is not None else None
        if mount is None:
            break
        tool = tool._replace(value=_prefixed(tool.value, mount.prefix), server=mount.parent)
    return tool


def _prefixed(value: Value, prefix: Value | None) -> Value:
    """Return a tool with a prefix before its name; with one that only a run can tell, the name is known in part."""
    name = value.members.get("name")
    if prefix is None or prefix.data is None or name is None or name.text is None:
        return value
    literal = name.literal._replace(whole=False) if name.literal is not None else None
    if prefix.text is None:
        reason = "its server is mounted with a prefix that is computed at run time"
        return value._replace(data={**value.members, "name": name._replace(literal=literal, partly=reason)})
    text = f"{prefix.text}_{name.text}" if prefix.text else name.text
    return value._replace(data={**value.members, "name": name._replace(data=text, literal=literal)})


class _Grouping:
    def __init__(self, files: list[FoundFile], project: Project) -> None:
        self._files: Final = files
        self._project: Final = project
        self._servers: Final = {s.ref: s for file in files for s in file.found.servers}
        self._by_label: Final = {module.source.label: module for module in project.read()}

    def groups(self) -> Iterator[Group]:
        found: dict[ServerRef | Path, Group] = {}
        for file in self._files:
            for tool in file.found.tools:
                module = self._by_label.get(tool.head.file, file.module)
                package = self._project.package_of(module.path.parent)
                server = self._servers.get(tool.server) if tool.server else None
                server = server or self._only_server(module.path, package)
                group = found.setdefault(server.ref if server else package, Group(server, package, []))
                group.tools.append((module, tool))
        every = list(found.values())
        return (
            _without_variants(_without_built(group))
            for group in every
            if not _is_copy(group, every, self._project.root)
        )

    def _only_server(self, path: Path, package: Path) -> FoundServer | None:
        """Return the one server that a tool can be for if it does not say: that of its package, or of its folder."""
        near = [s for ref, s in self._servers.items() if self._project.package_of(ref.path.parent) == package]
        if len(near) > 1:
            near = [s for s in near if s.ref.path.parent == path.parent]
        return near[0] if len(near) == 1 else None


def _is_copy(group: Group, every: list[Group], root: Path) -> bool:
    """Return True if a compiler made all tools of a group, and a group of sources has them too."""

    def built(one: Group) -> bool:
        return all(_is_built(module.path, root) for module, _ in one.tools)

    names = {tool.name for _, tool in group.tools}
    return built(group) and any(
        names <= {tool.name for _, tool in other.tools} for other in every if other is not group and not built(other)
    )


def _without_built(group: Group) -> Group:
    """Leave out what a compiler made of tools whose sources are there too."""
    built = {module for module in {module for module, _ in group.tools} if _is_built(module.path, group.directory)}
    written = {tool.name for module, tool in group.tools if module not in built}
    kept = [one for one in group.tools if one[0] not in built or one[1].name not in written]
    return group._replace(tools=kept)


def _is_built(path: Path, package: Path) -> bool:
    return not _BUILT.isdisjoint(path.relative_to(package).parts[:-1]) if path.is_relative_to(package) else False


def _without_variants(group: Group) -> Group:
    """Keep the first of several tools of a name, unless all of them are registered on one way through the program."""
    first: dict[str | None, FoundTool] = {}
    kept = []
    for module, tool in group.tools:
        other = first.setdefault(tool.name, tool)
        certain = tool.how is How.REGISTRATION is other.how
        if other is tool or (certain and tool.way == other.way):
            kept.append((module, tool))
    return group._replace(tools=kept, variants=len(group.tools) - len(kept))
