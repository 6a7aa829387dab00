"""Parts of tools that code assigns again after the literal: what clients get is not what the literal says."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from toolsmell.sources.code.by_server import FoundFile
from toolsmell.sources.code.found import FoundTool, way_to
from toolsmell.sources.code.languages import Flow, flow_of
from toolsmell.sources.code.module import Found, Module, Project
from toolsmell.sources.code.syntax import Match, Node
from toolsmell.sources.code.values import Value, unknown

_PARTS = ("name", "title", "description", "inputSchema")
_ASSIGNS = rb"(?:\.|\[[\"'])(?:name|title|description|inputSchema)(?:[\"']\])?\s*\+?=[^=]"
_OWN = ("this", "self", "cls")
MAX_OBJECTS = 2_000
"""Objects that one assignment may change."""


class _Overwrite(NamedTuple):
    start: int
    end: int
    part: str
    value: Value


def overwritten(files: list[FoundFile], project: Project) -> list[FoundFile]:
    """Return the tools with the parts that are assigned again as unknown, or as what they are set to."""
    found: dict[str, list[_Overwrite]] = {}
    for module in list(project.read()):
        flow = flow_of(module.language) if re.search(_ASSIGNS, module.source.data) else None
        for file, one in _overwrites(module, flow) if flow is not None else ():
            found.setdefault(file, []).append(one)
    if not found:
        return files
    return [
        file._replace(found=file.found._replace(tools=tuple(_applied(tool, found) for tool in file.found.tools)))
        for file in files
    ]


def _overwrites(module: Module, flow: Flow) -> Iterator[tuple[str, _Overwrite]]:
    for matches in module.usage.changes.values():
        for match in matches:
            part = _part(module, match)
            if part is None or "right" not in match or module.text(match["object"]) in _OWN:
                continue
            module.project.steps.begin_tool(exploring=True)
            for held, certain in _objects(module, match["object"], flow):
                literal = held.module.literal(held.node)
                yield literal.file, _Overwrite(literal.start, literal.end, part, _value(module, match, certain))


def _part(module: Module, match: Match) -> str | None:
    node = match.get("property") or match.get("index")
    text = module.text(node).strip("'\"") if node is not None else ""
    return text if text in _PARTS else None


def _value(module: Module, match: Match, certain: bool) -> Value:
    value = module.evaluate(match["right"]) if certain else None
    if value is not None and value.text is not None:
        return value
    line = module.source.line(match["change"].start_byte)
    return unknown(f"is assigned again at {module.source.label}:{line}", module.literal(match["right"]))


def _objects(module: Module, node: Node, flow: Flow) -> Iterator[tuple[Found, bool]]:
    """Yield the objects that a name stands for; False if a run decides which of them."""
    project = module.project
    project.open.clear()
    found = flow.resolve(module, node)
    if isinstance(found, Found) and found.node.type in flow.objects:
        at = module.lookup(module.text(node), node.start_byte)
        same = at is not None and at.at is not None and way_to(module, at.at) == way_to(module, node)
        yield found, same
        return
    for root in list(project.open)[:1]:
        for way in flow.options(root):
            seen = 0
            for given in way:
                seen += 1
                with project.assume(given):
                    one = flow.resolve(module, node)
                if isinstance(one, Found) and one.node.type in flow.objects:
                    yield one, False
                if seen > MAX_OBJECTS:
                    return
            if seen:
                return


def _applied(tool: FoundTool, found: dict[str, list[_Overwrite]]) -> FoundTool:
    """Return a tool with the parts that are assigned again."""
    whole = tool.value.literal
    for part in _PARTS:
        value = tool.value.members.get(part)
        literal = (value.literal if value is not None else None) or whole
        for one in found.get(literal.file, ()) if literal is not None else ():
            if literal is not None and one.part == part and one.start <= literal.start <= one.end:
                tool = tool._replace(value=tool.value._replace(data={**tool.value.members, part: one.value}))
    return tool
