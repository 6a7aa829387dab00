"""Puts the tools that were found in files together into servers."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from toolsmell.escape import shown
from toolsmell.model import Manifest, Pointer, Provenance, Status, Tool
from toolsmell.sources.code.by_server import FoundFile, Group, groups
from toolsmell.sources.code.found import FoundServer, FoundTool
from toolsmell.sources.code.gaps import descriptions
from toolsmell.sources.code.locator import SourceLocator, ToolLiterals
from toolsmell.sources.code.module import Module, Project
from toolsmell.sources.code.origin import Origin
from toolsmell.sources.code.overwritten import overwritten
from toolsmell.sources.code.values import Literal, ValueReading, read, readable

_PARTS = ("name", "title", "description", "inputSchema", "outputSchema", "annotations")
_NOT_READ = "is not read from source code"


def manifests(
    files: Iterable[FoundFile], project: Project, name: str | None = None, *, origin: Origin
) -> Iterator[Manifest]:
    """Yield a manifest for each server, in order of their keys' files; `name` is what the user calls them."""
    found = list(groups(overwritten(list(files), project), project))
    for group, key in zip(found, _keys(found, project.root), strict=True):
        yield _manifest(group, name or key, origin)


def _keys(groups: list[Group], root: Path) -> list[str]:
    """Return a key for each group: the name of its server, with its file if several have that name."""
    plain = [_plain_key(group, root) for group in groups]
    return [
        key if plain.count(key) == 1 else f"{key} ({_place(group).relative_to(root).as_posix()})"
        for group, key in zip(groups, plain, strict=True)
    ]


def _plain_key(group: Group, root: Path) -> str:
    name = group.server.name.text if group.server and group.server.name else None
    if name:
        return name
    files = {module.path for module, _ in group.tools}
    place = next(iter(files)) if len(files) == 1 else group.directory
    return place.stem if place != root else root.name


def _place(group: Group) -> Path:
    return group.server.ref.path if group.server else group.tools[0][0].path


def _manifest(group: Group, key: str, origin: Origin) -> Manifest:
    readings = [read(tool.value) for _, tool in group.tools]
    modules = list(dict.fromkeys(module for module, _ in group.tools))
    server = group.server
    errors = [module.error for module in modules if module.error]
    instructions = server.instructions if server else None
    written = tuple(
        ToolLiterals(r.marks, tool.head, tool.site) for r, (_, tool) in zip(readings, group.tools, strict=True)
    )
    return Manifest(
        key=key,
        source=_source(modules),
        provenance=Provenance.SOURCE,
        tools=tuple(
            _tool(index, reading)._replace(how=tool.how, unsent=tool.unsent, causes=tool.causes)
            for index, (reading, (_, tool)) in enumerate(zip(readings, group.tools, strict=True))
        ),
        name=server.name.text if server and server.name else None,
        status=Status.PARTIAL if errors else Status.COMPLETE,
        error="; ".join(errors) or None,
        instructions=instructions.text if instructions else None,
        unknown=_unknown(server),
        notes=tuple(_notes(modules, group)),
        locator=SourceLocator(written, _server_places(server), origin),
    )


def _tool(index: int, reading: ValueReading) -> Tool:
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


def _notes(modules: list[Module], group: Group) -> Iterator[str]:
    for module in modules:
        count = sum(owner is module for owner, _ in group.tools)
        yield f"{module.source.label}: {count} tool{'s' if count > 1 else ''}"
        if module.source.note:
            yield module.source.note
    if group.variants:
        yield f"{group.variants} more with a name that is shown: alternatives; a run registers one of them"
    yield from _unsent([tool for _, tool in group.tools if tool.unsent], len(group.tools))
    values = [(tool.value.members.get("description"), tool.head) for _, tool in group.tools]
    unknown = [
        (value.unknown.reason, value.literal or head)
        for value, head in values
        if value and value.unknown and readable(value) is None
    ]
    yield from descriptions(unknown, len(group.tools))


def _unsent(tools: list[FoundTool], count: int) -> Iterator[str]:
    if tools:
        first = tools[0].head.location
        title = shown(tools[0].unsent.partition("\n")[0], 40)
        yield (
            f"the sections of {len(tools)} of {count} docstrings are not sent to agents, except for parameters:"
            f" fastmcp takes them off: first at {first.file}:{first.line} ('{title}')"
        )


def _server_places(server: FoundServer | None) -> Mapping[Pointer, Literal]:
    if server is None:
        return {}
    places = {"": server.literal}
    if server.name and server.name.literal:
        places["/name"] = places["/serverInfo/name"] = places["/info/name"] = server.name.literal
    if server.instructions and server.instructions.literal:
        places["/instructions"] = server.instructions.literal
    return places
