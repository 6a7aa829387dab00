"""Sentences that inform about their tool, and sentences that do not."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolsmell.model import Manifest, Provenance, Tool
from toolsmell.reading.context import ServerContext
from toolsmell.reading.extent import Extent
from toolsmell.reading.readable import Irrelevance
from toolsmell.reading.relevance import judged, relevant

S, G, U = Irrelevance.SHARED, Irrelevance.GENERIC, Irrelevance.UNANCHORED
SHIP = {"type": "object", "properties": {"ship": {"type": "string"}}}
TOLD = {"type": "object", "properties": {"ship": {"type": "string", "description": "The name painted on the bow."}}}


def _server(*descriptions: str, schema: Any = None, names: Sequence[str] = ()) -> ServerContext:
    tools = tuple(
        Tool(i, {"name": names[i] if names else f"moor_{i}", "description": text, "inputSchema": schema or {}})
        for i, text in enumerate(descriptions)
    )
    return ServerContext(Manifest("port", "port", Provenance.WIRE, tools, name="port"))


def _why(*descriptions: str, schema: Any = None) -> list[Irrelevance | None]:
    """Return why each sentence of the first tool does not count."""
    return [why for _, why in judged(_server(*descriptions, schema=schema).tools[0])]


@pytest.mark.parametrize(
    ("text", "whys"),
    [
        pytest.param("Moors a ship. Every ship is tied up with ropes from the quay.", [None, None], id="news"),
        pytest.param("Moors a ship. Moors a ship.", [None, G], id="again"),
        pytest.param("Moors a ship. This tool is easy to use and very helpful.", [None, G], id="fits any tool"),
        pytest.param("Read-only: it changes nothing.", [G], id="fits any tool, alone"),
        pytest.param("Moor 0.", [None], id="the name alone"),
        pytest.param("Moors a ship. At most 12 ships.", [None, None], id="a number is news"),
        pytest.param("Moors a ship. Grind roasted coffee coarsely.", [None, U], id="from elsewhere"),
        pytest.param("Moors a ship. Deprecated, permanently overwrites vouchers.", [None, None], id="a warning"),
        pytest.param("Moors a ship.\n- ship: its name", [None, None], id="a parameter that nothing else explains"),
    ],
)
def test_a_sentence_counts_where_it_tells_something_of_the_tool(text: str, whys: list[Irrelevance | None]) -> None:
    assert _why(text, schema=SHIP) == whys


def test_what_the_schema_says_is_no_news() -> None:
    assert _why("Moors a ship. Takes the name painted on the bow.", schema=TOLD) == [None, G]


def test_verbatim_in_two_tools_is_shared_and_near_verbatim_in_three() -> None:
    text = "Ship dues of {} are billed to the captain at noon of the following day."
    own = ("Moors a ship.", "Tows a barge.", "Dredges the basin.")
    assert _why(*(f"{o} {text.format('guests')}" for o in own[:2])) == [None, S]
    assert _why(*(f"{o} {text.format(w)}" for o, w in zip(own[:2], ("guests", "ferries"), strict=True)))[1] is None
    found = _why(*(f"{o} {text.format(w)}" for o, w in zip(own, ("guests", "ferries", "barges"), strict=True)))
    assert found == [None, S]


def test_a_full_stop_makes_no_sentence_ones_own() -> None:
    assert (
        _why(
            "Moors a ship. Dues are billed at noon by the harbour office.",
            "Dues are billed at noon by the harbour office",
        )[1]
        is S
    )


def test_a_short_first_sentence_may_stand_in_other_tools() -> None:
    assert _why("Get a berth.", "Get a berth.") == [None]


def test_a_template_that_names_each_tool_is_one_template() -> None:
    names = ("moor_ship", "tow_barge", "dredge_basin")
    text = "The crew of {} answers within an hour and keeps a diary of the tide."
    server = _server(*(f"First {i} of all. {text.format(n)}" for i, n in enumerate(names)), names=names)
    assert [why for _, why in judged(server.tools[0])][-1] is S


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=4))
def test_any_text_is_read_and_only_its_own_sentences_are_kept(texts: list[str]) -> None:
    for tool in _server(*texts, schema=SHIP).tools:
        kept = relevant(tool)
        assert set(map(id, kept)) <= set(map(id, tool.sentences))
        prose, effective = Extent(tool.sentences, tool.name_stems), Extent(kept, tool.name_stems)
        assert 0 <= effective.words <= prose.words
        assert effective.one & ~prose.one == 0
