"""What the name of a tool means is no statement about the tool, and a general truth none either."""

import pytest

from toolsmell.model import Manifest, Provenance, Tool
from toolsmell.model.reading import ReadSentence, StatementKind
from toolsmell.reading.context import ServerContext


def sentences(name: str, description: str) -> tuple[ReadSentence, ...]:
    manifest = Manifest("harbour", "test", Provenance.FILE, (Tool(0, {"name": name, "description": description}),))
    return ServerContext(manifest).tools[0].reading.sentences


def opening(name: str) -> str:
    verb, _, thing = name.partition("_")
    return f"{verb.title()} a {thing} on the chart of the northern basin."


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("delete_buoy", "After the call has been made the buoy is no longer there."),
        ("remove_mark", "Once that is done, the mark no longer exists."),
        ("stop_winch", "When a winch is stopped it no longer runs."),
        ("restart_pump", "When a pump is restarted it stops and then it starts."),
        ("rename_pier", "After this, the pier has another name."),
        ("search_berths", "It returns berths."),
    ],
)
def test_what_the_name_means_is_no_statement(name: str, text: str) -> None:
    assert sentences(name, f"{opening(name)} {text}")[-1].says == ()


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("delete_buoy", "Its log is no longer there after 30 days.", StatementKind.LIMIT),
        ("search_berths", "Returns berths, nearest first.", StatementKind.RESULT),
        ("search_berths", "Returns the name, depth and length of each berth.", StatementKind.RESULT),
    ],
)
def test_what_says_more_than_the_name_is_one(name: str, text: str, kind: StatementKind) -> None:
    assert kind in sentences(name, f"{opening(name)} {text}")[-1].says


@pytest.mark.parametrize(
    "truth",
    [
        "The open sea holds many secrets.",
        "Good charts make a voyage more pleasant.",
        "Tides are the pulse of a coast.",
        "Keeping watch at night is at the heart of seamanship.",
    ],
)
def test_a_general_truth_at_the_beginning_states_nothing(truth: str) -> None:
    read = sentences("get_tide", f"{truth} Predicts the height of the water in a port, in metres.")
    assert read[0].says == ()
    assert StatementKind.PURPOSE in read[1].says


@pytest.mark.parametrize(
    "opening",
    [
        "Predicts how high the water is in a port.",
        "The height of the water in a port.",
        "Tells whether a port is open.",
    ],
)
def test_an_opening_about_the_tool_is_no_general_truth(opening: str) -> None:
    assert StatementKind.PURPOSE in sentences("get_tide", f"{opening} Heights are in metres.")[0].says
