"""The annotations of a tool that its author wrote: what a library sets on every tool is no evidence."""

from collections.abc import Mapping
from typing import Final

from toolsmell.model import Json, Tool

LIBRARY: Final = {"readOnlyHint": False, "destructiveHint": True, "idempotentHint": False, "openWorldHint": True}
"""The hints that `mcp.NewTool` of mark3labs/mcp-go starts from."""


def written_hints(tool: Tool) -> Mapping[str, Json]:
    """Return the annotations without values that a library may have set.

    If all four hints are there, those with the value that the library starts from say nothing: nobody can tell whether
    the author wrote them too.
    """
    annotations = tool.annotations or {}
    if not annotations.keys() >= LIBRARY.keys():
        return annotations
    return {name: value for name, value in annotations.items() if name not in LIBRARY or value is not LIBRARY[name]}


def without_library_hints(tool: Tool) -> Json:
    """Return a tool as its server sent it, but without annotations that a library may have set."""
    written = written_hints(tool)
    if not isinstance(tool.raw, dict) or tool.annotations is None or len(written) == len(tool.annotations):
        return tool.raw
    rest = {name: value for name, value in tool.raw.items() if name != "annotations"}
    return {**rest, "annotations": dict(written)} if written else rest
