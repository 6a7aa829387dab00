"""Tools that are hard to tell apart."""

import pytest

pytest.importorskip("bm25s")

from tests.evaluate.tools import WEATHER, case, catalog, tool
from toolsmell.evaluate.confusion import Mistake, Shift, mistakes, neighbours, shifts
from toolsmell.evaluate.retrieval import Setup, build, run


def test_nearest_siblings() -> None:
    tools = catalog(
        tool("read_file", "Reads a text file from disk."),
        tool("open_file", "Reads a text file from disk."),
        tool("send_mail", "Delivers a letter."),
    )
    found = list(neighbours(tools, build(tools, Setup()), limit=1))
    assert [(n.tool, n.sibling) for n in found] == [("read_file", "open_file"), ("open_file", "read_file")]
    assert all(0.5 < n.similarity < 1 for n in found)
    same = catalog(tool("a", "one text"), tool("b", "one text"))
    assert next(neighbours(same, build(same, Setup()))).similarity > 0.4


def test_no_more_siblings_than_asked_for() -> None:
    tools = catalog(*(tool(f"t{i}", "one and the same text here") for i in range(6)))
    found = list(neighbours(tools, build(tools, Setup()), limit=2))
    assert len(found) == 12


def test_queries_that_go_to_the_wrong_tool() -> None:
    tools = catalog(*WEATHER)
    cases = [
        case("weather of the coming days", "observation"),
        case("predicts weather", "observation"),
        case("deliver a text", "send_message"),
        case("zzz", "forecast"),
    ]
    found = mistakes(run(build(tools, Setup()), tools, cases), tools)
    assert found == (
        Mistake("observation", "forecast", 2, ("weather of the coming days", "predicts weather")),
        Mistake("forecast", None, 1, ("zzz",)),
    )


def test_what_changed() -> None:
    before = [Mistake("a", "b", 3, ()), Mistake("a", None, 1, ()), Mistake("c", "d", 1, ())]
    after = [Mistake("a", "b", 1, ()), Mistake("c", "d", 1, ()), Mistake("e", "f", 1, ())]
    assert shifts(before, after) == (Shift("a", "b", 3, 1), Shift("a", None, 1, 0), Shift("e", "f", 0, 1))
