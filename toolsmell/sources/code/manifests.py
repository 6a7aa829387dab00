"""Puts the tools that were found in files together into servers."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from toolsmell.model import Manifest, Pointer, Provenance, Status, Tool
from toolsmell.sources.code.found import (
    Found,
    FoundServer,
    FoundTool,
    How,
    Identity,
    Place,
    ServerRef,
    identity,
    place_of,
)
from toolsmell.sources.code.locator import SourceLocator, Written
from toolsmell.sources.code.module import Module, Project
from toolsmell.sources.code.origin import Origin
from toolsmell.sources.code.values import Literal, Reading, read

_BUILT = frozenset(("dist", "build", "out", "lib", "esm", "cjs"))
_PARTS = ("name", "title", "description", "inputSchema", "outputSchema", "annotations")
_NOT_READ = "is not read from source code"


class FoundFile(NamedTuple):
    """A file in which something was found."""

    module: Module
    found: Found


class _Group(NamedTuple):
    """The tools of one server, or of a package that has none or several."""

    server: FoundServer | None
    directory: Path
    tools: list[tuple[Module, FoundTool]]


def manifests(
    files: Iterable[FoundFile], project: Project, name: str | None = None, *, origin: Origin
) -> Iterator[Manifest]:
    """Yield a manifest for each server, in order of their keys' files; `name` is what the user calls them."""
    groups = list(_Grouping(tuple(_distinct(files)), project).groups())
    keys = _keys(groups, project.root)
    for group, key in zip(groups, keys, strict=True):
        yield _manifest(group, name or key, origin)


def _distinct(files: Iterable[FoundFile]) -> list[FoundFile]:
    """Leave out tools that were found before: by another way through the code, or as the object of a registration."""
    files = sorted(files, key=lambda file: file.module.path)
    tools = sorted((tool for file in files for tool in file.found.tools), key=_certainty)
    used = {place for tool in tools if tool.how is not How.SHAPE for place in _places(tool)} - {None}
    servers: dict[Identity, set[ServerRef | None]] = {}
    kept: set[int] = set()
    for tool in tools:
        seen = servers.setdefault(identity(tool), set())
        new = not seen or (tool.server is not None and tool.how is How.REGISTRATION and tool.server not in seen)
        if new and not (tool.how is How.SHAPE and used.intersection(_places(tool))):
            kept.add(id(tool))
        seen.add(tool.server)
    return [
        file._replace(found=file.found._replace(tools=tuple(tool for tool in file.found.tools if id(tool) in kept)))
        for file in files
    ]


def _certainty(tool: FoundTool) -> tuple[bool, bool]:
    return tool.how is not How.REGISTRATION, tool.server is None


def _places(tool: FoundTool) -> tuple[Place, Place]:
    return place_of(tool, "description"), place_of(tool, "inputSchema")


class _Grouping:
    def __init__(self, files: tuple[FoundFile, ...], project: Project) -> None:
        self._files: Final = files
        self._project: Final = project
        self._servers: Final = {s.ref: s for file in files for s in file.found.servers}

    def groups(self) -> Iterator[_Group]:
        found: dict[ServerRef | Path, _Group] = {}
        for file in self._files:
            package = self._project.package_of(file.module.path.parent)
            only = self._only_server(file.module.path, package) if file.found.tools else None
            for tool in file.found.tools:
                server = (self._servers.get(tool.server) if tool.server else None) or only
                group = found.setdefault(server.ref if server else package, _Group(server, package, []))
                group.tools.append((file.module, tool))
        for group in found.values():
            group.tools[:] = _without_built(group)
        return (group for group in found.values() if group.tools)

    def _only_server(self, path: Path, package: Path) -> FoundServer | None:
        """Return the one server that a tool can be for which does not say: that of its package, or of its folder."""
        near = [s for ref, s in self._servers.items() if self._project.package_of(ref.path.parent) == package]
        if len(near) > 1:
            near = [s for s in near if s.ref.path.parent == path.parent]
        return near[0] if len(near) == 1 else None


def _without_built(group: _Group) -> list[tuple[Module, FoundTool]]:
    """Leave out what a compiler made of tools whose sources are there too."""
    built = {module for module in {module for module, _ in group.tools} if _is_built(module.path, group.directory)}
    if not built:
        return group.tools
    written = {_name(tool) for module, tool in group.tools if module not in built}
    return [(module, tool) for module, tool in group.tools if module not in built or _name(tool) not in written]


def _is_built(path: Path, package: Path) -> bool:
    return not _BUILT.isdisjoint(path.relative_to(package).parts[:-1]) if path.is_relative_to(package) else False


def _name(tool: FoundTool) -> str | None:
    return tool.value.members["name"].text


def _keys(groups: list[_Group], root: Path) -> list[str]:
    """Return a key for each group: the name of its server, told apart by its file where several have it."""
    plain = [_plain_key(group, root) for group in groups]
    return [
        key if plain.count(key) == 1 else f"{key} ({_place(group).relative_to(root).as_posix()})"
        for group, key in zip(groups, plain, strict=True)
    ]


def _plain_key(group: _Group, root: Path) -> str:
    name = group.server.name.text if group.server and group.server.name else None
    if name:
        return name
    files = {module.path for module, _ in group.tools}
    place = next(iter(files)) if len(files) == 1 else group.directory
    return place.stem if place != root else root.name


def _place(group: _Group) -> Path:
    return group.server.ref.path if group.server else group.tools[0][0].path


def _manifest(group: _Group, key: str, origin: Origin) -> Manifest:
    readings = [read(tool.value) for _, tool in group.tools]
    modules = list(dict.fromkeys(module for module, _ in group.tools))
    server = group.server
    errors = [module.error for module in modules if module.error]
    instructions = server.instructions if server else None
    written = tuple(Written(r.marks, tool.head) for r, (_, tool) in zip(readings, group.tools, strict=True))
    return Manifest(
        key=key,
        source=_source(modules),
        provenance=Provenance.SOURCE,
        tools=tuple(_tool(index, reading) for index, reading in enumerate(readings)),
        name=server.name.text if server and server.name else None,
        status=Status.PARTIAL if errors else Status.COMPLETE,
        error="; ".join(errors) or None,
        instructions=instructions.text if instructions else None,
        unknown=_unknown(server),
        notes=tuple(_notes(modules, group)),
        locator=SourceLocator(written, _server_places(server), origin),
    )


def _tool(index: int, reading: Reading) -> Tool:
    unknown = dict(reading.unknown)
    reason = unknown.pop("", None)
    if reason:
        unknown.update({part: reason for part in _PARTS if part not in reading.raw and part not in unknown})
    raw = {part: reading.raw[part] for part in _PARTS if part in reading.raw}
    return Tool(index, raw, unknown)


def _source(modules: list[Module]) -> str:
    labels = [module.source.label for module in modules]
    return labels[0] if len(labels) == 1 else os.path.commonpath(labels) or "."


def _unknown(server: FoundServer | None) -> Mapping[str, str]:
    unknown = dict.fromkeys(("prompts", "resources", "resource_templates", "protocol_version", "info"), _NOT_READ)
    if server is None:
        unknown["instructions"] = "the code that makes the server was not found"
    elif server.instructions and server.instructions.unknown:
        unknown["instructions"] = server.instructions.unknown.reason
    return unknown


def _notes(modules: list[Module], group: _Group) -> Iterator[str]:
    for module in modules:
        count = sum(owner is module for owner, _ in group.tools)
        yield f"{module.source.label}: {count} tool{'s' if count > 1 else ''}"
        if module.source.note:
            yield module.source.note


def _server_places(server: FoundServer | None) -> Mapping[Pointer, Literal]:
    if server is None:
        return {}
    places = {"": server.literal}
    if server.name and server.name.literal:
        places["/name"] = places["/serverInfo/name"] = places["/info/name"] = server.name.literal
    if server.instructions and server.instructions.literal:
        places["/instructions"] = server.instructions.literal
    return places
