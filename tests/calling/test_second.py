"""A rejected call is repeated once, with what its rejection says."""

from typing import Any

import pytest

from toolsmell.calling.classify import Outcome
from toolsmell.calling.outcomes import Observation, Trial
from toolsmell.calling.second import second
from toolsmell.model import Manifest, Provenance, Tool
from toolsmell.reading.context import ServerContext

TOOL = {
    "name": "list_berths",
    "inputSchema": {
        "type": "object",
        "properties": {
            "side": {"type": "string"},
            "path": {"type": "string"},
            "pier": {"type": "string", "examples": ["north"]},
            "count": {"type": "integer"},
        },
        "required": ["side"],
    },
}
CONTEXT = ServerContext(Manifest("port", "port", Provenance.WIRE, (Tool(0, TOOL),))).tools[0]


def again(error: str, outcome: Outcome = Outcome.REJECTED, fault: str | None = None, **sent: Any) -> Any:
    trial = Trial("list_berths", sent, "all parameters", fault)
    found = second(CONTEXT, Observation(1, trial, outcome, error, 5, len(error)), {}, {})
    return found.arguments if found else None


@pytest.mark.parametrize(
    ("error", "sent", "repeated"),
    [
        pytest.param("side must be one of: lee, luv", {"side": "x"}, {"side": "lee"}, id="allowed values"),
        pytest.param("Invalid side 'x'. Allowed values are 'lee' and 'luv'", {"side": "x"}, {"side": "lee"}, id="quoted"),
        pytest.param("missing 'pier'", {"side": "x"}, {"side": "x", "pier": "north"}, id="a missing parameter"),
        pytest.param("'pier' is required here", {"side": "x"}, {"side": "x", "pier": "north"}, id="required"),
        pytest.param(
            "outside allowed folders: /etc not in /workfolder/docs",
            {"side": "x", "path": "/etc"},
            {"side": "x", "path": "/workfolder/docs"},
            id="a folder",
        ),
    ],
)  # fmt: skip
def test_what_the_error_says_is_passed(error: str, sent: dict[str, Any], repeated: dict[str, Any]) -> None:
    assert again(error, **sent) == repeated


def test_nothing_is_repeated_without_a_hint(tmp_path: Any) -> None:
    assert again("something went wrong", side="x") is None
    assert again("missing 'anchor'", side="x") is None, "the tool has no such parameter"
    assert again("side must be one of: lee, luv", Outcome.RESULT, side="x") is None
    assert again("side must be one of: lee, luv", fault="type", side="x") is None, "it was wrong on purpose"
    assert again("count must be one of: lee, luv", side="x", count=3) == {"side": "lee", "count": 3}
