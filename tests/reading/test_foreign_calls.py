"""Examples of calls that the server does not have."""

import pytest

from toolsmell.model import Manifest, Provenance, Tool
from toolsmell.model.reading import ReadSentence, StatementKind
from toolsmell.reading.context import ServerContext


def last(example: str) -> ReadSentence:
    schema = {"type": "object", "properties": {"ship": {"type": "string"}}}
    tools = (
        Tool(0, {"name": "find_berth", "description": f"Finds a berth for a ship. {example}", "inputSchema": schema}),
        Tool(1, {"name": "moor", "description": "Moors a ship."}),
    )
    return ServerContext(Manifest("harbour", "test", Provenance.FILE, tools)).tools[0].reading.sentences[-1]


def test_a_call_of_nothing_that_the_server_has_is_no_example() -> None:
    assert StatementKind.EXAMPLE not in last('Example: steer(wheel="hard to port", why="fog").').says


@pytest.mark.parametrize(
    "example",
    [
        'Example: find_berth(ship="Gorch Fock").',
        'Example: harbour.berth(vessel="Gorch Fock").',
        'Example: moor(rope="long").',
        'Example: lookup(ship="Gorch Fock").',
        'Example: lookup("Gorch Fock").',
        'Example: "Gorch Fock (length=81)".',
    ],
)
def test_a_call_that_shares_a_name_or_passes_values_only_stays_an_example(example: str) -> None:
    assert StatementKind.EXAMPLE in last(example).says
