"""The tools that a model gets to choose from."""

import pytest

pytest.importorskip("bm25s")

from tests.evaluate.tools import WEATHER, case, catalog, tool
from toolsmell.evaluate.catalog import Catalog
from toolsmell.evaluate.trials import FEW, LIMIT, Mode, SelectionTrial, TrialMaker, aliases
from toolsmell.model import Manifest, Provenance, Tool

TWINS = (tool("read_file", "Reads a text file from disk."), tool("open_file", "Reads a text file from disk."))
MANY = tuple(tool(f"tool_{i}", f"Does thing number{i} with gadget{i % 7}.") for i in range(200))


def trial(mode: Mode, *names: str, tools: Catalog, query: str = "what will the weather be") -> list[SelectionTrial]:
    return list(TrialMaker(tools).trials([case(query, *names)], [mode]))


def test_single_offers_all_tools_in_the_servers_order() -> None:
    (found,) = trial(Mode.SINGLE, "forecast", tools=catalog(*WEATHER))
    assert found.offered == ("forecast", "observation", "send_message")
    assert found.expected == {"forecast"}


def test_of_too_many_the_right_one_is_kept() -> None:
    (found,) = trial(Mode.SINGLE, "tool_199", tools=catalog(*MANY), query="gadget3")
    assert len(found.offered) == LIMIT
    assert {"tool_199", "tool_3", "tool_10", "tool_17"} <= set(found.offered)


def test_similar_offers_the_nearest_siblings() -> None:
    (found,) = trial(Mode.SIMILAR, "tool_3", tools=catalog(*MANY))
    assert len(found.offered) == FEW
    assert {int(name[5:]) % 7 for name in found.offered} == {3}
    assert "tool_3" in found.offered


def test_scenario_offers_the_tools_of_the_server() -> None:
    servers = Catalog(
        Manifest(key, key, Provenance.FILE, tuple(Tool(i, t) for i, t in enumerate(tools)))
        for key, tools in (("weather", WEATHER), ("files", TWINS))
    )
    (found,) = trial(Mode.SCENARIO, "forecast", tools=servers)
    assert set(found.offered) == {"forecast", "observation", "send_message"}
    (drawn,) = trial(Mode.SCENARIO, "tool_1", tools=catalog(*MANY))
    assert len(drawn.offered) == FEW
    assert "tool_1" in drawn.offered


def test_none_offers_neither_the_right_one_nor_its_twin() -> None:
    (found,) = trial(Mode.NONE, "read_file", tools=catalog(*TWINS, *WEATHER))
    assert set(found.offered) == {"open_file", "forecast", "observation", "send_message"}
    text = " ".join(f"word{i}" for i in range(40))
    (found,) = trial(Mode.NONE, "x", tools=catalog(tool("x", text), tool("y", text), *WEATHER), query="word1 weather")
    assert set(found.offered) == {"forecast", "observation", "send_message"}
    assert found.expected == frozenset()


def test_a_case_without_a_right_tool_is_one_of_none() -> None:
    assert [len(trial(mode, tools=catalog(*WEATHER))) for mode in Mode] == [0, 0, 0, 1, 0]


def test_several_right_tools_are_one_of_multi() -> None:
    tools = catalog(*WEATHER)
    assert [len(trial(mode, "forecast", "send_message", tools=tools)) for mode in Mode] == [0, 0, 0, 1, 1]


def test_a_case_with_an_unknown_tool_has_no_trial() -> None:
    assert trial(Mode.SINGLE, "gone", tools=catalog(*WEATHER)) == []


def test_a_rewrite_is_tried_against_the_siblings_of_the_original() -> None:
    after = catalog(*({**t, "description": "Something else entirely."} for t in MANY))
    before = catalog(*MANY)
    cases = [case("query", "tool_3")]
    (old,) = TrialMaker(before).trials(cases, [Mode.SIMILAR])
    (new,) = TrialMaker(after, before).trials(cases, [Mode.SIMILAR])
    assert new.offered == old.offered
    (own,) = TrialMaker(after).trials(cases, [Mode.SIMILAR])
    assert own.offered != old.offered


def test_no_place_is_the_right_ones() -> None:
    tools = catalog(*MANY)
    places = [trial(Mode.SIMILAR, "tool_3", tools=tools, query=f"q{i}")[0].offered.index("tool_3") for i in range(60)]
    assert len(set(places)) == FEW


def test_names_that_providers_refuse_get_an_alias() -> None:
    names = ("plain_name", "with space", "with.space", "x" * 70, "x" * 71, "\ud800", "")
    found = aliases(names)
    assert tuple(found.values()) == names
    assert found["plain_name"] == "plain_name"
    assert all(alias and len(alias) <= 64 and alias.isascii() for alias in found)
    assert len(found) == len(names)
