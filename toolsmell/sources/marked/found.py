"""A tool as attributes, annotations or macros declare it, before it becomes a manifest."""

from collections.abc import Mapping
from typing import NamedTuple

from toolsmell.model import Json
from toolsmell.sources.marked.tree import PlacedText

HINTS: Mapping[str, str] = {
    "readonly": "readOnlyHint",
    "readonlyhint": "readOnlyHint",
    "destructive": "destructiveHint",
    "destructivehint": "destructiveHint",
    "idempotent": "idempotentHint",
    "idempotenthint": "idempotentHint",
    "openworld": "openWorldHint",
    "openworldhint": "openWorldHint",
}
"""How the four languages call the hints, in lower case without underscores -> MCP's names."""


class MarkedParameter(NamedTuple):
    name: str
    description: PlacedText | None
    schema: dict[str, Json] | None
    """None if the type is declared elsewhere."""
    required: bool
    start: int
    end: int
    default: Mapping[str, Json] = {}
    """`default` of its schema, if the framework puts the default of the code there and it is a literal."""


class Marked(NamedTuple):
    """A method that is marked as a tool."""

    name: PlacedText
    description: PlacedText | None
    title: PlacedText | None
    annotations: Mapping[str, bool]
    parameters: tuple[MarkedParameter, ...] | None
    """None if the input is built by code."""
    start: int
    end: int
    owner: str = ""
    """The type whose tools make one server; empty if all tools of a project do."""


def annotations_of(arguments: Mapping[str, str]) -> dict[str, bool]:
    """Return the hints among arguments whose values are `true` or `false`."""
    found: dict[str, bool] = {}
    for name, value in arguments.items():
        hint = HINTS.get(name.replace("_", "").lower())
        if hint and value in ("true", "false"):
            found[hint] = value == "true"
    return found
