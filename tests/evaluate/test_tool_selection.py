"""Selection by a model behind a real HTTP server."""

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("bm25s")
pytest.importorskip("openai")

from tests.evaluate.tools import WEATHER, case, catalog, tool
from tests.models.loopback import Answer, Asked, fails, loopback, says
from toolsmell.evaluate.catalog import Catalog
from toolsmell.evaluate.datasets import Case
from toolsmell.evaluate.evaluation_json import selection_summary
from toolsmell.evaluate.tool_selection import CheckedArguments, Choice, ask, check_arguments, measured
from toolsmell.evaluate.tool_selection import TrialAnswer as Outcome
from toolsmell.evaluate.trials import Mode, TrialMaker
from toolsmell.models.connect import ModelOptions, connect

CASES = (
    case("weather of the coming days in Rome", "forecast", line=1, arguments={"forecast": {"place": "rome"}}),
    case("weather at this moment in Rome", "observation", line=2),
    case("tell Ann by text", "send_message", line=3),
)


def by_words(asked: Asked) -> Answer:
    """Call the tool whose description shares most words with the query; none that shares fewer than two."""
    query = set(asked.body["messages"][-1]["content"].lower().split())
    scored = [
        (len(query & set(t["function"]["description"].lower().strip(".").split())), t["function"]["name"])
        for t in asked.body["tools"]
    ]
    best, name = max(scored)
    return says("", calls=[(name, {"place": "ROME"})]) if best > 1 else says("nothing fits")


def selected(
    script: Any, tmp_path: Path, *modes: Mode, cases: tuple[Case, ...] = CASES, tools: Catalog | None = None
) -> list[Outcome]:
    there = tools or catalog(*WEATHER)
    with loopback(script) as server:
        options = ModelOptions(model="m", url=server.url, cache=tmp_path / "cache", attempts=1, env={})
        with connect(options) as connection:
            answers = list(ask(TrialMaker(there).trials(cases, modes), there, connection.model, "m"))
    return sorted(answers, key=lambda answer: (answer.trial.case.line, answer.trial.mode))


def test_what_a_model_calls(tmp_path: Path) -> None:
    first, second, third = selected(by_words, tmp_path, Mode.SINGLE)
    assert [answer.choice for answer in (first, second, third)] == [Choice.RIGHT, Choice.RIGHT, Choice.ABSTAINED]
    assert first.arguments == CheckedArguments(fault=None, as_wanted=True)
    assert second.arguments == CheckedArguments(fault=None, as_wanted=None)
    assert (third.correct, third.picked, third.arguments) == (False, (), None)


def test_calling_nothing_is_right_where_nothing_fits(tmp_path: Path) -> None:
    answers = selected(by_words, tmp_path, Mode.NONE)
    assert [(answer.choice, answer.correct) for answer in answers] == [
        (Choice.WRONG, False),  # its sibling looks near enough
        (Choice.ABSTAINED, True),
        (Choice.ABSTAINED, True),
    ]


def test_the_wrong_tool_and_one_that_is_not_there(tmp_path: Path) -> None:
    (wrong,) = selected(says("", calls=[("observation", {})]), tmp_path / "a", Mode.SINGLE, cases=CASES[:1])
    (both,) = selected(
        says("", calls=[("forecast", {}), ("observation", {})]), tmp_path / "b", Mode.SINGLE, cases=CASES[:1]
    )
    (unknown,) = selected(says("", calls=[("predict", {})]), tmp_path / "c", Mode.SINGLE, cases=CASES[:1])
    assert [answer.choice for answer in (wrong, both, unknown)] == [Choice.WRONG, Choice.WRONG, Choice.UNKNOWN]
    assert unknown.picked == ("predict",)


def test_several_tools_are_planned(tmp_path: Path) -> None:
    cases = (case("weather tomorrow, and tell Ann", "forecast", "send_message", line=1),)
    for reply, choice in (
        ('{"tools": ["send_message", "forecast"]}', Choice.RIGHT),
        ('{"tools": ["forecast"]}', Choice.WRONG),
        ('{"tools": ["forecast", "fly"]}', Choice.UNKNOWN),
        ('{"tools": []}', Choice.ABSTAINED),
        ("forecast and send_message", Choice.UNREADABLE),
    ):
        (answer,) = selected(says(reply), tmp_path / choice, Mode.MULTI, cases=cases)
        assert (answer.choice, answer.correct) == (choice, choice is Choice.RIGHT)


def test_a_model_that_does_not_answer_is_neither_right_nor_wrong(tmp_path: Path) -> None:
    (answer,) = selected(fails(500), tmp_path, Mode.SINGLE, cases=CASES[:1])
    assert (answer.choice, answer.correct) == (None, False)
    assert "500" in str(answer.error)
    assert measured([answer], "after") == []


def test_a_tool_that_no_model_can_be_given_is_named(tmp_path: Path) -> None:
    deep: Any = {}
    for _ in range(900):
        deep = {"properties": {"x": deep}}
    tools = catalog(*WEATHER, {"name": "abyss", "description": "Deep.", "inputSchema": deep})
    (answer,) = selected(by_words, tmp_path, Mode.SINGLE, cases=CASES[:1], tools=tools)
    assert (answer.choice, "abyss nests deeper than 64" in str(answer.error)) == (None, True)


def test_a_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    broken = iter([True])

    def once_down(asked: Asked) -> Answer:
        if "Ann" in asked.body["messages"][-1]["content"] and next(broken, False):
            return fails(500)
        return by_words(asked)

    tools = catalog(*WEATHER)
    with loopback(once_down) as server:
        options = ModelOptions(model="m", url=server.url, cache=tmp_path / "cache", attempts=1, env={})
        for unanswered in (1, 0):
            with connect(options) as connection:
                answers = list(ask(TrialMaker(tools).trials(CASES, [Mode.SINGLE]), tools, connection.model, "m"))
            assert sum(answer.choice is None for answer in answers) == unanswered
        assert len(server.asked) == 4


def test_a_model_sees_aliases_and_is_understood(tmp_path: Path) -> None:
    tools = catalog(tool("weather.get now", "Returns the weather of a place."), *WEATHER)
    seen: list[str] = []

    def script(asked: Asked) -> Answer:
        seen.extend(t["function"]["name"] for t in asked.body["tools"])
        return says("", calls=[("weather_get_now", {})])

    (answer,) = selected(script, tmp_path, Mode.SINGLE, cases=(case("q", "weather.get now", line=1),), tools=tools)
    assert "weather_get_now" in seen
    assert (answer.choice, answer.picked) == (Choice.RIGHT, ("weather.get now",))


SCHEMA = {
    "type": "object",
    "properties": {"n": {"type": "integer", "minimum": 1}, "unit": {"enum": ["c", "f"]}},
    "required": ["n"],
}


@pytest.mark.parametrize(
    ("text", "wanted", "fault", "as_wanted"),
    [
        pytest.param('{"n": 3}', None, None, None, id="fits"),
        pytest.param('{"n": 3, "unit": "c"}', {"n": 3}, None, True, id="more than wanted"),
        pytest.param('{"n": 3}', {"n": 3, "unit": "c"}, None, False, id="less than wanted"),
        pytest.param('{"n": 0}', None, "n is under", None, id="out of bounds"),
        pytest.param("{}", {"n": 1}, "lacks the required n", False, id="missing"),
        pytest.param("", None, "lacks the required n", None, id="nothing"),
        pytest.param('{"n": 1, "colour": "red"}', None, "has no parameter colour", None, id="invented"),
        pytest.param("{n: 3}", {"n": 3}, "not JSON", False, id="no JSON"),
        pytest.param("[3]", None, "not an object", None, id="a list"),
        pytest.param("[" * 100_000, None, "not JSON", None, id="deep"),
    ],
)
def test_arguments(text: str, wanted: Any, fault: str | None, as_wanted: bool | None) -> None:
    found = check_arguments(text, SCHEMA, wanted)
    assert found.as_wanted is as_wanted
    assert (found.fault is None) if fault is None else (fault in str(found.fault))


def test_words_may_differ_in_case_and_space() -> None:
    assert check_arguments(json.dumps({"q": " New  york "}), {}, {"q": "new York"}).as_wanted
    assert not check_arguments('{"n": true}', {}, {"n": 1}).as_wanted


ISSUES = (
    tool("list_issues", "Lists the issues of a project with their ids."),
    tool("close_issue", "Closes an issue.", issue_id="which one"),
    tool("list_users", "Lists the people of a project."),
)


def _closing(arguments: dict[str, Any] | None = None, query: str = "close the issue about tides") -> tuple[Case, ...]:
    return (case(query, "close_issue", line=1, arguments={"close_issue": arguments} if arguments else {}),)


def test_a_look_up_first_is_no_error(tmp_path: Path) -> None:
    issues = [
        {**t, "inputSchema": {**t["inputSchema"], "required": list(t["inputSchema"]["properties"])}} for t in ISSUES
    ]
    there = catalog(*issues)
    looks_up = says("", calls=[("list_issues", {})])
    (first,) = selected(looks_up, tmp_path / "a", Mode.SINGLE, cases=_closing(), tools=there)
    assert (first.choice, first.calls) == (Choice.LOOKUP, (("list_issues", "{}"),))
    assert measured([first], "after") == []
    both = says("", calls=[("list_issues", {}), ("close_issue", {"issue_id": "7"})])
    (done,) = selected(both, tmp_path / "b", Mode.SINGLE, cases=_closing(), tools=there)
    assert done.choice is Choice.RIGHT
    (other,) = selected(
        says("", calls=[("list_users", {})]), tmp_path / "c", Mode.SINGLE, cases=_closing(), tools=there
    )
    assert other.choice is Choice.WRONG
    told = _closing({"issue_id": "77"}, "close issue 77")
    (needless,) = selected(looks_up, tmp_path / "d", Mode.SINGLE, cases=told, tools=there)
    assert needless.choice is Choice.WRONG, "the request gives the id"
    untold = _closing(query="close issue 77")
    (guessed,) = selected(looks_up, tmp_path / "e", Mode.SINGLE, cases=untold, tools=there)
    assert guessed.choice is Choice.WRONG, "a word with a digit is taken for the id"


def test_the_report_names_what_was_missed(tmp_path: Path) -> None:
    call = says("", calls=[("observation", {"place": "Rome"})])
    answers = selected(call, tmp_path, Mode.SINGLE, cases=CASES[:1])
    (missed,) = selection_summary(answers)["single"]["missed"]
    assert (missed["line"], missed["expected"], missed["choice"]) == (1, ["forecast"], "wrong")
    assert missed["calls"] == [{"tool": "observation", "arguments": '{"place": "Rome"}'}]
