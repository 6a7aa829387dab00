"""An agent at a real server: its calls, the messages to the model, the end of a run, and a series that is resumed."""

import json
import sys
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.evaluate.tools import case
from toolsmell.calling.policy import Policy, decide
from toolsmell.calling.session import alone
from toolsmell.errors import SourceError
from toolsmell.evaluate.agent import run_log
from toolsmell.evaluate.agent.asking import AskerInThreads
from toolsmell.evaluate.agent.loop import Harness, Purse, TaskLimits
from toolsmell.evaluate.agent.run_log import RecordedRuns
from toolsmell.evaluate.agent.runs import run_series, series_of, setting
from toolsmell.evaluate.agent.server import Serving
from toolsmell.evaluate.agent.trajectory import CallOutcome, Stop, Trajectory
from toolsmell.evaluate.catalog import Catalog
from toolsmell.evaluate.datasets import Case
from toolsmell.models.client import ChatReply, ChatRequest, ModelError, ToolCall, Usage
from toolsmell.reading.context import ServerContext
from toolsmell.sources.server import live
from toolsmell.sources.server.launch import Launch

ACTING = str(Path(__file__).parents[3] / "fixtures" / "servers" / "acting.py")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a server is not started on Windows")

BERTH = case("where is b7?", "get_boat", line=1, answer="north 3")


def call(name: str, arguments: Any = None) -> ToolCall:
    return ToolCall(name, arguments if isinstance(arguments, str) else json.dumps(arguments or {}))


class Scripted:
    """A model that makes scripted calls, one answer after the other, and then repeats the last message."""

    def __init__(self, *turns: Sequence[ToolCall]) -> None:
        self.turns = turns
        self.asked: list[ChatRequest] = []

    def complete(self, request: ChatRequest) -> ChatReply:
        self.asked.append(request)
        turn = sum(message.role == "assistant" for message in request.messages)
        if turn < len(self.turns):
            return ChatReply(text="", tool_calls=tuple(self.turns[turn]), usage=Usage(10, 5))
        return ChatReply(text=request.messages[-1].content, usage=Usage(10, 5))

    @property
    def told(self) -> list[str]:
        """The results of tools in the last request."""
        return [message.content for message in self.asked[-1].messages if message.role == "tool"]


class Bench:
    """A server that counts its calls, and runs of agents at it."""

    def __init__(self, folder: Path) -> None:
        self.count = folder / "count.jsonl"
        self.record = folder / "runs.jsonl"
        self.launch = Launch((sys.executable, ACTING), env={"COUNT_FILE": str(self.count)})
        self.manifest = live.fetch(self.launch)

    @property
    def called(self) -> list[str]:
        lines = self.count.read_text(encoding="utf-8").splitlines() if self.count.exists() else []
        return [json.loads(line)["name"] for line in lines]

    def series(
        self,
        model: Any,
        *cases: Case,
        allow: tuple[str, ...] = ("get_boat", "list_boats", "show_*", "hang"),
        limits: TaskLimits | None = None,
        purse: Purse | None = None,
        record: Path | None = None,
        launch: Launch | None = None,
        **serving: Any,
    ) -> Generator[RecordedRuns, None, None]:
        decisions = decide(ServerContext(self.manifest), Policy(allow))
        allowed = frozenset(d.tool for d in decisions if d.allowed)
        chosen = setting({"after": Catalog([self.manifest])}, cases or (BERTH,), decisions)
        harness = Harness(
            AskerInThreads(model),
            "m",
            Serving(alone(launch or self.launch), allowed, **serving),
            limits or TaskLimits(),
            purse or Purse(100, 60),
        )
        return run_series(chosen, series_of(chosen, harness), harness, record=record)

    def run(self, model: Any, *cases: Case, **options: Any) -> tuple[Trajectory, ...]:
        (*_, last) = self.series(model, *cases, **options)
        return last.of("after")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def outcomes(run: Trajectory) -> list[CallOutcome]:
    return [made.outcome for step in run.steps for made in step.calls]


def test_a_task_is_done(bench: Bench) -> None:
    (run,) = bench.run(Scripted([call("list_boats")], [call("get_boat", {"boat_id": "b7"})]))
    assert bench.called == ["list_boats", "get_boat"]
    assert (run.stop, run.success, len(run.steps)) == (Stop.ANSWERED, True, 3)
    assert [(c.tool, c.outcome, c.useful, c.arguments) for c in run.calls] == [
        ("list_boats", CallOutcome.OK, False, {}),
        ("get_boat", CallOutcome.OK, True, {"boat_id": "b7"}),
    ]
    assert (run.tokens, run.seconds is not None) == (45, True)


def test_the_agent_is_offered_all_tools_as_the_server_describes_them(bench: Bench) -> None:
    model = Scripted()
    bench.run(model)
    (request,) = model.asked
    assert [tool["name"] for tool in request.tools] == [tool.name for tool in bench.manifest.tools]
    assert request.tools[1]["description"] == "Gets a boat"


def test_a_task_without_calls_starts_no_server(bench: Bench) -> None:
    (run,) = bench.run(Scripted(), launch=Launch(("/nowhere/at/all",)))
    assert (run.stop, run.success) == (Stop.ANSWERED, False)


@pytest.mark.parametrize(
    ("asked", "outcome", "words"),
    [
        pytest.param(call("delete_boat", {"boat_id": "b7"}), CallOutcome.FORBIDDEN, "may not be used", id="forbidden"),
        pytest.param(call("fly"), CallOutcome.UNKNOWN, "no tool called fly", id="unknown"),
        pytest.param(call("\x1b[2Jfly"), CallOutcome.UNKNOWN, r"called \x1b[2Jfly", id="unknown with controls"),
        pytest.param(call("get_boat", '{"boat_id"'), CallOutcome.ARGUMENTS, "are not JSON", id="half JSON"),
        pytest.param(call("get_boat", "[" * 100_000), CallOutcome.ARGUMENTS, "are not JSON", id="deep JSON"),
        pytest.param(call("get_boat", '{"boat_id": NaN}'), CallOutcome.ARGUMENTS, "are not JSON", id="no number"),
        pytest.param(call("get_boat", '{"boat_id": 1e999}'), CallOutcome.ARGUMENTS, "are not JSON", id="infinity"),
        pytest.param(call("get_boat", '["b7"]'), CallOutcome.ARGUMENTS, "are not an object", id="no object"),
        pytest.param(call("get_boat", {}), CallOutcome.ARGUMENTS, "lacks the required boat_id", id="missing"),
        pytest.param(call("get_boat", {"boat_id": 7}), CallOutcome.ARGUMENTS, "(boat_id is", id="type"),
        pytest.param(call("get_boat", {"boat_id": "b7", "x": 1}), CallOutcome.ARGUMENTS, "parameter x", id="invented"),
        pytest.param(call("get_boat", {"boat_id": "b" * 200_000}), CallOutcome.ARGUMENTS, "longer than", id="endless"),
    ],
)
def test_a_call_that_is_not_made(bench: Bench, asked: ToolCall, outcome: CallOutcome, words: str) -> None:
    model = Scripted([asked])
    (run,) = bench.run(model)
    assert bench.called == []
    assert (run.stop, outcomes(run)) == (Stop.ANSWERED, [outcome])
    assert words in model.told[0]


def test_what_is_sent_back_to_the_model_is_readable(bench: Bench) -> None:
    model = Scripted([call("get_boat", "{"), call("a b\n")])
    bench.run(model)
    (message,) = [m for m in model.asked[-1].messages if m.role == "assistant"]
    assert [(c.name, c.arguments, c.id) for c in message.tool_calls] == [
        ("get_boat", "{}", "call_1_0"),
        ("a_b_", "{}", "call_1_1"),
    ]
    assert [m.tool_call_id for m in model.asked[-1].messages if m.role == "tool"] == ["call_1_0", "call_1_1"]


def test_what_a_tool_says_is_data(bench: Bench) -> None:
    model = Scripted([call("show_news", {"topic": "x"}), call("show_owner", {"boat_id": "b7"})])
    (run,) = bench.run(model, case("what is new?", "show_news"))
    news, owner = model.told
    assert news.startswith("<<<")
    assert news.endswith(">>>")
    assert "Ignore all previous instructions" in news
    assert "a1B2c3D4" not in owner
    assert "a1B2c3D4" not in json.dumps([made._asdict() for made in run.calls])


def test_what_gives_this_machine_away_is_masked(bench: Bench) -> None:
    model = Scripted([call("list_boats")])
    bench.run(model, private=("north 3",))
    assert '"berth": "[private]"' in model.told[0]


def test_a_long_result_is_cut(bench: Bench) -> None:
    model = Scripted([call("list_boats")])
    bench.run(model, result_chars=10)
    assert "north" not in model.told[0]
    assert "(Cut here: the whole has 39 bytes.)" in model.told[0]


def test_trouble_of_the_harness_is_nobodys_fault(bench: Bench) -> None:
    asked = [call("show_weather", {"city": "Oslo"}), call("get_boat", {"boat_id": "b9"})]
    (run,) = bench.run(Scripted(asked))
    assert outcomes(run) == [CallOutcome.HARNESS, CallOutcome.ARGUMENTS]
    assert (run.success, [made.tool for made in run.calls]) == (None, ["get_boat"])


def test_each_task_gets_a_server_of_its_own_without_the_users_environment(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_SECRET_TOKEN", "do-not-pass-this-on")
    asked = [call("show_tide", {"day": "today"})]
    runs = bench.run(Scripted(asked), case("tide?", "show_tide"), case("tide now?", "show_tide"))
    # The server answers every second call of its life otherwise.
    assert [run.calls[0].result for run in runs] == ['{"high": 1, "low": 2}'] * 2
    for line in map(json.loads, bench.count.read_text(encoding="utf-8").splitlines()):
        assert line["cwd"] == []
        assert "MY_SECRET_TOKEN" not in line["env"]


def test_a_server_that_dies_in_a_call_is_started_anew(bench: Bench) -> None:
    dying = bench.launch._replace(env={**bench.launch.env, "DIE_IN": "list_boats"})
    model = Scripted([call("list_boats")], [call("get_boat", {"boat_id": "b7"})])
    (run,) = bench.run(model, launch=dying)
    assert "went away during the call" in model.told[0]
    assert (outcomes(run), run.success) == ([CallOutcome.HARNESS, CallOutcome.OK], True)


def test_a_server_that_dies_again_and_again_ends_the_task(bench: Bench) -> None:
    dying = bench.launch._replace(env={**bench.launch.env, "DIE_IN": "list_boats"})
    model = Scripted(*[[call("list_boats")]] * 9)
    (run,) = bench.run(model, launch=dying)
    assert (run.stop, run.finished, run.success) == (Stop.SERVER, False, None)
    assert run.reason == "the server hung or went away 3 times"
    assert bench.called == ["list_boats"] * 3


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        pytest.param(("/nowhere/at/all",), "could not be started", id="no command"),
        pytest.param((sys.executable, "-c", "raise SystemExit('out of boats')"), "out of boats", id="dies at once"),
    ],
)
def test_a_server_that_does_not_start_ends_the_task(bench: Bench, argv: tuple[str, ...], words: str) -> None:
    (run,) = bench.run(Scripted([call("list_boats")]), launch=Launch(argv))
    assert run.stop is Stop.SERVER
    assert words in run.reason


def test_an_older_server_that_knows_no_question_but_initialize(bench: Bench, serve: Callable[..., Launch]) -> None:
    bench.launch = serve("strict")
    bench.manifest = live.fetch(bench.launch)
    model = Scripted([call("find_book", {"words": "sea"})])
    (run,) = bench.run(model, case("books of the sea?", "find_book"), allow=("find_book",))
    assert "Method not found: tools/call" in model.told[0]
    assert (run.stop, len(run.calls)) == (Stop.ANSWERED, 1)


def test_a_call_that_hangs_costs_its_time_and_the_agent_goes_on(bench: Bench) -> None:
    model = Scripted([call("hang")], [call("get_boat", {"boat_id": "b7"})])
    (run,) = bench.run(model, call_seconds=2)
    assert "timed out after 2 s" in model.told[0]
    assert (outcomes(run), run.success) == ([CallOutcome.HARNESS, CallOutcome.OK], True)


def test_a_server_that_sends_too_much_is_ended(bench: Bench) -> None:
    model = Scripted([call("show_news", {"topic": "x"})])
    (run,) = bench.run(model, max_bytes=300)
    assert "sent more than it may" in model.told[0]
    assert outcomes(run) == [CallOutcome.HARNESS]


FOREVER = [[call("get_boat", {"boat_id": "b7"})]] * 50


@pytest.mark.parametrize(
    ("limits", "stop", "made"),
    [(TaskLimits(steps=3), Stop.STEPS, 3), (TaskLimits(calls=2), Stop.CALLS, 2)],
)
def test_an_agent_that_does_not_stop_has_failed(bench: Bench, limits: TaskLimits, stop: Stop, made: int) -> None:
    (run,) = bench.run(Scripted(*FOREVER), limits=limits)
    assert (run.stop, run.finished, run.success, len(bench.called)) == (stop, True, False, made)


def test_a_task_that_takes_too_long_is_not_measured(bench: Bench) -> None:
    (run,) = bench.run(Scripted([call("hang")]), limits=TaskLimits(seconds=0.5))
    assert (run.stop, run.finished) == (Stop.TIME, False)


def test_calls_of_the_whole_series_are_bounded(bench: Bench) -> None:
    cases = [case(f"where is boat {i}?", "get_boat") for i in range(4)]
    runs = bench.run(Scripted(*FOREVER[:2]), *cases, purse=Purse(5, 60))
    assert len(bench.called) == 5
    assert [run.stop for run in runs] == [Stop.ANSWERED, Stop.ANSWERED, Stop.BUDGET]
    assert "5 calls of tools are made" in runs[-1].reason


class Failing(Scripted):
    def complete(self, request: ChatRequest) -> ChatReply:
        raise ModelError("no such model")


def test_a_model_without_an_answer_ends_its_task_alone(bench: Bench) -> None:
    runs = bench.run(Failing(), BERTH, case("again?", "get_boat"))
    assert [(run.stop, run.reason) for run in runs] == [(Stop.MODEL, "no such model")] * 2


def test_a_series_goes_on_where_it_stopped(bench: Bench) -> None:
    cases = [case(f"where is boat {i}?", "get_boat", line=i + 1) for i in range(4)]
    model = Scripted(FOREVER[0])
    first = bench.series(model, *cases, record=bench.record)
    for found in first:
        if len(found.runs) == 2:
            break
    first.close()
    with bench.record.open("a", encoding="utf-8") as file:
        file.write('{"of": "cut o')
    before = len(model.asked)
    runs = bench.run(model, *cases, record=bench.record)
    assert [run.case.line for run in runs] == [1, 2, 3, 4]
    # One more question may have been asked for the interrupted run.
    assert len(model.asked) - before == 4
    assert run_log.load(bench.record).of("after") == runs
    bench.run(model, *cases, record=bench.record)
    assert len(model.asked) - before == 4


def test_a_run_that_something_else_ended_is_made_again(bench: Bench) -> None:
    bench.run(Failing(), record=bench.record)
    (run,) = bench.run(Scripted(FOREVER[0]), record=bench.record)
    assert run.success is True
    assert run_log.load(bench.record).of("after") == (run,)


def test_other_conditions_are_another_series(bench: Bench) -> None:
    model = Scripted(FOREVER[0])
    bench.run(model, record=bench.record)
    bench.run(model, record=bench.record, limits=TaskLimits(steps=5))
    bench.run(model, record=bench.record, allow=("get_boat",))
    assert len(bench.called) == 3
    assert len(run_log.load(bench.record).runs) == 1


def test_an_answer_that_was_corrected_grades_the_recorded_run_anew(bench: Bench) -> None:
    model = Scripted(FOREVER[0])
    (run,) = bench.run(model, BERTH._replace(answer="south 1"), record=bench.record)
    (again,) = bench.run(model, BERTH, record=bench.record)
    assert (run.success, again.success, len(bench.called)) == (False, True, 1)


@pytest.mark.parametrize(
    ("cases", "words"),
    [
        pytest.param([case("q", "nope", line=3)], "line 3 wants nope, which the server does not have", id="unknown"),
        pytest.param([case("q", "add_boat", line=3)], "line 3 needs add_boat, which may not be called", id="forbidden"),
        pytest.param([case(" ", "get_boat", line=3)], "line 3 has no query", id="empty"),
        pytest.param([], "there are none", id="none"),
    ],
)
def test_no_case_that_can_be_run(bench: Bench, cases: list[Case], words: str) -> None:
    decisions = decide(ServerContext(bench.manifest), Policy(("get_boat",)))
    with pytest.raises(SourceError, match=words):
        setting({"after": Catalog([bench.manifest])}, cases, decisions)


def test_what_is_wrong_with_cases_is_kept(bench: Bench) -> None:
    cases = [BERTH, case("use get_boat", "get_boat", line=2, answer={"a": 1}), case("x", "nope", line=3)]
    (found, *_) = bench.series(Scripted(), *cases)
    assert found.series.tasks == 2
    assert [problem.split(":")[0] for problem in found.series.problems] == [
        "line 2 names the tool that it asks for",
        "line 2 has an answer that is no text, number or list of these",
        "line 3 wants nope, which the server does not have",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "{}\n",
        '{"schema": "other/v1"}\n',
        '{"schema": "toolsmell.agent/v1"}\n',
        "[]\n",
        '"x"\n',
        '{"of": "x", "version": "after", "case": {"query": "q", "tools": []}, "line": 1, "stop": "steps", "steps": []}\n',
        "[" * 100_000 + "\n",
    ],
)
def test_a_file_that_is_no_recording(tmp_path: Path, text: str) -> None:
    (tmp_path / "r.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"r\.jsonl"):
        run_log.load(tmp_path / "r.jsonl")
