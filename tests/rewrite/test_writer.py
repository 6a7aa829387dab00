"""A model explores, analyses, writes and is checked; what it says is a proposal, and what fails goes back with reasons."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.models.loopback import Answer, Asked, fails, loopback, says
from tests.rewrite.scripted import (
    NO,
    NOTHING,
    ROOT,
    STOP,
    asked_for,
    by_stage,
    claim,
    oracle,
    run,
    sequence,
    tool_in,
    user_text,
    written,
)
from toolsmell.calling.classify import Outcome
from toolsmell.calling.diversity import ALIKE, likeness
from toolsmell.calling.outcomes import Observation, Trial, merged
from toolsmell.scoring import rubric

ACTING = str(ROOT / "fixtures" / "servers" / "acting.py")
TEXT = "Lists free berths of a pier. Needs the pier's name."
TOOL = {
    "name": "list_berths",
    "description": TEXT,
    "inputSchema": {
        "type": "object",
        "properties": {"pier": {"type": "string"}, "limit": {"type": "integer", "maximum": 50}},
        "required": ["pier"],
    },
}
LIMIT = "Returns free berths, at most 50 by `limit`."
PLACE = "schema:/inputSchema/properties/limit/maximum"
SOUND = written(f"{TEXT} {LIMIT}", claim(LIMIT, PLACE))
LEAK = written(f"{TEXT} A subscription is required.", claim("A subscription is required.", "original:free berths"))

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a server is not started on Windows")


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    (tmp_path / "tools.json").write_text(json.dumps({"tools": [TOOL]}, indent=2), encoding="utf-8")
    return tmp_path


def _augment(cwd: Path, script: Callable[[Asked], Answer], *args: str) -> tuple[Any, list[Asked], Any]:
    with loopback(script) as model:
        done = run(cwd, "augment", "--format", "json", *args, model=model)
        return done, list(model.asked), (tool_in(done, "list_berths") if done.stdout else None)


def test_a_verified_text_is_proposed_with_its_evidence_and_its_checker(tools: Path) -> None:
    done, _, tool = _augment(tools, by_stage(write=SOUND), "tools.json")
    assert done.returncode == 0, done.stderr
    assert tool["proposed"]["description"] == f"{TEXT} {LIMIT}"
    (made,) = tool["proposed"]["claims"]
    assert made["cites"] == [f'{PLACE} "maximum: 50"']
    assert made["checked_by"] == ["rules", "scripted"]
    assert tool["questions"] >= 5, "comparisons are counted as well"
    assert tool["unsafe"]


def test_a_sentence_that_the_checker_does_not_find_is_cut_and_said(tools: Path) -> None:
    lie = "The cheapest berth comes first."
    text = written(f"{TEXT} {lie} {LIMIT}", claim(lie, "observation:1"), claim(LIMIT, PLACE))
    check = oracle(lambda s: "not said" if "cheapest" in s else "entailed")
    _, _, tool = _augment(tools, by_stage(write=text, check=check), "tools.json")
    assert tool["proposed"]["description"] == f"{TEXT} {LIMIT}"
    assert ("not-in-evidence", lie) in {(v["violation"], v["sentence"]) for v in tool["rejected"]}


def test_the_reasons_go_back_and_no_question_is_asked_twice(tools: Path) -> None:
    done, asked, tool = _augment(tools, by_stage(write=sequence([LEAK, SOUND])), "tools.json")
    assert done.returncode == 0, done.stderr
    texts = [a.body["messages"][1]["content"] for a in asked]
    # The marks differ, the questions must as well.
    assert len({t.partition("\n")[2].rpartition("\n")[0] for t in texts}) == len(texts)
    assert any("harness-trouble" in t and "A subscription is required." in t for t in texts)
    assert "subscription" not in json.dumps([v["description"] for v in tool["variants"]])
    assert tool["proposed"]["description"] == f"{TEXT} {LIMIT}"


def test_what_the_original_warns_of_is_put_back(tools: Path) -> None:
    text = written(f"Lists free berths of a pier. {LIMIT}", claim(LIMIT, PLACE))
    _, _, tool = _augment(
        tools, by_stage(write=text, check=oracle(lambda s: "not said" if "Needs" in s else "entailed")), "tools.json"
    )
    assert "Needs the pier's name." in tool["proposed"]["description"]


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(says("I cannot do that."), id="a refusal"),
        pytest.param(says(""), id="nothing"),
        pytest.param(says("[]"), id="a list"),
        pytest.param(says('{"description": "Lists fr', finish="length"), id="cut JSON"),
        pytest.param(says('{"description": 7, "claims": []}'), id="a text that is a number"),
        pytest.param(says("{" * 9_000), id="braces"),
        pytest.param(says("Das kann ich nicht. 我不能。"), id="another language"),
    ],
)
def test_unusable_answers_are_counted_and_end_the_run(tools: Path, reply: Answer) -> None:
    with loopback(reply) as model:
        done = run(tools, "augment", "tools.json", "--format", "json", model=model)
        assert len(model.asked) in (3, 4)
    assert done.returncode == 4
    assert "3 answers in a row were unusable" in done.stderr
    assert json.loads(done.stdout)["usage"]["unusable_answers"] == 3
    assert tool_in(done, "list_berths")["proposed"] is None


def test_thinking_text_around_the_answer_is_read_over(tools: Path) -> None:
    body = json.dumps({"description": f"{TEXT} {LIMIT}", "claims": [claim(LIMIT, PLACE)]})
    wrapped = says(f"<think>Maybe {{this}}?</think>\nHere you are:\n```json\n{body}\n```\n")
    _, _, tool = _augment(tools, by_stage(write=wrapped), "tools.json")
    assert tool["proposed"]["description"] == f"{TEXT} {LIMIT}"


def test_a_server_that_knows_no_response_format_is_asked_without(tools: Path) -> None:
    answer = by_stage(write=SOUND)

    def script(asked: Asked) -> Answer:
        return fails(400, "response_format is not supported") if "response_format" in asked.body else answer(asked)

    done, _, tool = _augment(tools, script, "tools.json")
    assert done.returncode == 0, done.stderr
    assert tool["proposed"]


@pytest.mark.parametrize("part", ["explore", "analyse", "write", "check"])
def test_the_schemas_of_answers_are_strict(part: str) -> None:
    from toolsmell.rewrite.answers import CALL, analysis_schema, texts_schema
    from toolsmell.rewrite.check import question

    writing = rubric.load().writing
    schemas = {"explore": CALL, "analyse": analysis_schema(writing), "write": texts_schema(writing)}
    schema = {**schemas, "check": question._ANSWER}[part]
    stack = [schema]
    while stack:
        one = stack.pop()
        if one.get("type") == "object":
            assert one["additionalProperties"] is False
            assert one["required"] == list(one["properties"])
            stack += one["properties"].values()
        elif one.get("type") == "array":
            stack.append(one["items"])


def test_a_control_answered_wrongly_voids_the_reply(tools: Path) -> None:
    def check(asked: Asked) -> Answer:
        numbers = [line.partition(".")[0] for line in user_text(asked).splitlines() if line[:1].isdigit()]
        return says(
            json.dumps({"answers": [{"number": int(n), "verdict": "not said"} for n in numbers if n.isdigit()]})
        )

    _, asked, tool = _augment(tools, by_stage(write=SOUND, check=check), "tools.json")
    assert tool["proposed"] is None
    assert any("calls a sentence of the original" in v["detail"] for v in tool["rejected"])
    assert any("SENTENCES" in user_text(a) for a in asked)


def test_another_model_checks(tools: Path) -> None:
    done, asked, tool = _augment(tools, by_stage(write=SOUND), "tools.json", "--checker", "strict")
    assert done.returncode == 0, done.stderr
    assert {a.body["model"] for a in asked} == {"scripted", "strict"}
    assert tool["proposed"]["claims"][0]["checked_by"] == ["rules", "strict"]


def test_a_model_s_text_is_written_with_permission_only(tools: Path) -> None:
    file = tools / "tools.json"
    before = file.read_bytes()
    done, _, tool = _augment(tools, by_stage(write=SOUND), "tools.json", "--apply")
    assert done.returncode == 2
    assert tool["unsafe"]
    assert file.read_bytes() == before
    assert _augment(tools, by_stage(write=SOUND), "tools.json", "--apply", "--unsafe")[0].returncode == 0
    assert LIMIT.encode() in file.read_bytes()


def test_a_rejected_text_gives_its_exit_code(tools: Path) -> None:
    done, _, tool = _augment(tools, by_stage(write=SOUND, check=NO), "tools.json")
    assert done.returncode == 5
    assert tool["proposed"] is None


def test_the_writer_sees_how_the_text_stands(tools: Path) -> None:
    with loopback(by_stage(write=SOUND)) as model:
        run(tools, "augment", "tools.json", model=model)
        (question, *_) = asked_for(model, "write")
        system = next(
            a.body["messages"][0]["content"] for a in model.asked if "You improve" in a.body["messages"][0]["content"]
        )
    for words in ("Levels of 1 to 5", "Missing statements", "Constraints", TEXT):
        assert words in question
    assert "The rubric:" in system


def test_a_token_budget_stops_the_model_and_not_the_run(tools: Path) -> None:
    done, asked, _ = _augment(tools, by_stage(), "tools.json", "--max-tokens", "100")
    assert asked == []
    assert done.returncode == 0, done.stderr
    assert "the model was asked no more" in done.stderr
    assert "--max-tokens" in json.loads(done.stdout)["usage"]["stopped"]


def test_a_dead_model_gives_its_exit_code(tools: Path) -> None:
    done, asked, _ = _augment(tools, lambda _: fails(401, "the key has expired"), "tools.json")
    assert len(asked) == 1
    assert done.returncode == 4
    assert done.stderr.count("toolsmell: the model failed: ") == 1
    assert "the key has expired" in done.stderr


def test_answers_are_recorded_and_replayed_without_a_model(tools: Path) -> None:
    made, _, tool = _augment(tools, by_stage(write=SOUND), "tools.json", "--record", "run.json")
    assert made.returncode == 0, made.stderr
    (tools / "tools.json").unlink()
    again = run(tools, "augment", "--replay", "run.json", "--format", "json")
    assert again.returncode == 0, again.stderr
    assert tool_in(again, "list_berths")["variants"] == tool["variants"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param("anthropic/claude", "serves no model of another provider", id="of another provider"),
        pytest.param("replay:tools.json", "is no recording", id="what is no recording"),
        pytest.param("replay:missing.json", "missing.json", id="a missing file"),
    ],
)
def test_a_wrong_name_is_rejected(tools: Path, name: str, words: str) -> None:
    done = run(tools, "augment", "tools.json", "--model", name, "--model-url", "http://127.0.0.1:9/v1")
    assert done.returncode in (2, 3)
    assert words in done.stderr


def test_a_recording_that_does_not_fit_says_so(tools: Path) -> None:
    assert _augment(tools, by_stage(), "tools.json", "--record", "run.json")[0].returncode == 0
    stored = json.loads((tools / "run.json").read_text(encoding="utf-8"))
    stored["answers"]["replies"] = {}
    (tools / "run.json").write_text(json.dumps(stored), encoding="utf-8")
    done = run(tools, "augment", "--replay", "run.json", "--format", "json")
    assert done.returncode == 4
    assert "holds no answer of scripted" in done.stderr


CALLS = ("--call", "get_boat,list_boats", "--calls-per-tool", "6", "--call-seconds", "30", "--max-questions", "60")


def _exploring(cwd: Path, script: Callable[[Asked], Answer], *args: str) -> tuple[list[str], Any]:
    """Return the questions for calls, and what became of the tool."""
    with loopback(script) as model:
        done = run(cwd, "augment", "--format", "json", *CALLS, *args, "--", sys.executable, ACTING, model=model)
        assert done.returncode in (0, 5), done.stderr
        return asked_for(model, "explore"), tool_in(done, "get_boat")


def _asks(boat: str, query: str) -> Answer:
    return says(json.dumps({"query": query, "arguments": {"boat_id": boat}, "next": f"after {boat}"}))


def test_the_model_goes_first_and_sees_what_calls_returned(tmp_path: Path) -> None:
    boats = sequence([_asks("b7", "Where does the ferry lie?"), _asks("zz", "Is there a boat zz in Oslo?"), STOP])

    def explore(asked: Asked) -> Answer:
        return boats(asked) if '"get_boat"' in user_text(asked).partition("Recorded")[0][:400] else STOP

    questions, tool = _exploring(tmp_path, by_stage(explore=explore))
    own = [q for q in questions if '"name":"get_boat"' in q]
    assert tool["calls"]["by_outcome"]["result"] >= 1
    assert tool["calls"]["by_outcome"]["rejected by the tool"] >= 1
    # What list_boats returned is shown, and so is its own last direction.
    assert '"b7"' in own[0].replace("\\", "")
    assert "after b7" in own[1]
    for words in ("calls of this tool", "calls in all", "seconds", "bytes of answers", "questions to you"):
        assert words in own[0].rpartition("Left: ")[2]


def test_a_call_like_one_before_is_proposed_three_times_and_dropped(tmp_path: Path) -> None:
    same = _asks("b7", "What boat is that?")
    questions, _ = _exploring(
        tmp_path, by_stage(explore=lambda a: same if '"name":"get_boat"' in user_text(a) else STOP)
    )
    assert sum("too similar to an earlier call" in q for q in questions) == 2


def test_texts_that_share_most_are_alike() -> None:
    long = "Lists the free berths of the northern pier for a boat of eleven metres, the cheapest first."
    assert likeness(long, long) > ALIKE
    assert likeness(long, "Shows who was at the gate last night and when the lamps were lit.") < ALIKE


def test_calls_that_ended_alike_are_one_thing() -> None:
    def made(number: int, text: str, outcome: Outcome = Outcome.RESULT) -> Observation:
        return Observation(number, Trial("tide", {"n": number}, "x"), outcome, text, 1, 1)

    groups = merged([made(1, "high"), made(2, "low"), made(3, "high"), made(4, "high", Outcome.INVALID_ARGUMENTS)])
    assert [[o.number for o in group] for group in groups] == [[1, 3], [2], [4]]


def test_nothing_to_say_is_a_good_answer(tools: Path) -> None:
    done, _, tool = _augment(tools, by_stage(write=written(TEXT), analyse=NOTHING), "tools.json")
    assert done.returncode == 0, done.stderr
    assert tool["proposed"] is None
    assert tool["reason"].startswith("left alone")


def _prefers(asked: Asked, *, new: bool) -> Answer:
    """Prefer the new text, or the original, wherever it is."""
    first = user_text(asked).partition("\nA:\n")[2].partition("\nB:\n")[0]
    return says(json.dumps({"better": "A" if (LIMIT in first) is new else "B"}))


def test_the_original_wins_if_the_model_prefers_it_in_both_orders(tools: Path) -> None:
    # The required parameter is described already: nothing has to be added.
    described = json.loads(json.dumps(TOOL))
    described["inputSchema"]["properties"]["pier"]["description"] = "Painted name of the pier"
    (tools / "tools.json").write_text(json.dumps({"tools": [described]}), encoding="utf-8")
    _, _, better = _augment(tools, by_stage(write=SOUND, compare=lambda a: _prefers(a, new=True)), "tools.json")
    assert better["proposed"]["uses"] == {"passed": 0, "of": 0, "preferred": 2, "compared": 2}
    _, asked, worse = _augment(tools, by_stage(write=SOUND, compare=lambda a: _prefers(a, new=False)), "tools.json")
    # A longer text that lost once cannot win both comparisons.
    assert len([a for a in asked if "You compare two descriptions" in a.body["messages"][0]["content"]]) == 1
    assert worse["proposed"] is None
    assert "the original is as good" in worse["reason"]


def test_a_useless_comparison_decides_nothing_and_ends_nothing(tools: Path) -> None:
    done, _, tool = _augment(tools, by_stage(write=SOUND, compare=says("Both are fine.")), "tools.json")
    assert done.returncode == 0, done.stderr
    assert tool["proposed"]


def test_the_best_of_several_texts_is_kept_and_tools_are_worked_on_together(tmp_path: Path) -> None:
    names = [f"{TOOL['name']}_{i}" for i in range(4)]
    raws = [{**TOOL, "name": name, "description": f"{TEXT} Kind {i}."} for i, name in enumerate(names)]
    (tmp_path / "tools.json").write_text(json.dumps({"tools": raws}), encoding="utf-8")

    def write(asked: Asked) -> Answer:
        own = json.loads(user_text(asked).partition("sends it:\n")[2].partition("\n")[0])["description"]
        told = LIMIT if asked.body.get("seed") else "Returns the berths by their price."
        return written(f"{own} {told}", claim(told, PLACE))

    check = oracle(lambda s: "not said" if "price" in s else "entailed")
    with loopback(by_stage(write=write, check=check)) as model:
        args = ("tools.json", "--format", "json", "--best-of", "2", "--concurrency", "4")
        done = run(tmp_path, "augment", *args, model=model)
        temperatures = {a.body.get("temperature") for a in model.asked}
    assert done.returncode == 0, done.stderr
    for name in names:
        tool = tool_in(done, name)
        assert tool["proposed"]["description"].endswith(LIMIT), tool["reason"]
        assert tool["questions"] >= 4
    assert temperatures == {0.0, 0.7}
    assert [line.partition(":")[0] for line in done.stderr.splitlines() if " of 4:" in line] == [
        f"{i} of 4" for i in range(1, 5)
    ]


def test_all_tools_stay_within_a_budget(tools: Path) -> None:
    _, _, tool = _augment(tools, by_stage(write=SOUND), "tools.json", "--server-budget", "10")
    assert tool["proposed"] is None
    assert "may cost 10 tokens together" in tool["reason"]


def test_what_is_sent_where_is_said_before_the_first_question(tools: Path) -> None:
    with loopback(by_stage(write=SOUND)) as model:
        done = run(tools, "augment", "tools.json", model=model)
        assert f"texts of tools are sent to the model at {model.url}, with no key" in done.stderr
    assert re.search(r"about \d+ questions about 1 tool,", done.stderr)


TWINS = [
    {
        "name": "find_berth",
        "description": "Finds a berth of the harbour by its number.",
        "inputSchema": TOOL["inputSchema"],
    },
    {
        "name": "get_berth",
        "description": "Finds a berth of the harbour by its name.",
        "inputSchema": TOOL["inputSchema"],
    },
]
APART = "For a number use `find_berth` instead."


def _told_apart(cwd: Path, *args: str, sentence: str = APART, check: Any = None, tools: Any = TWINS) -> tuple[Any, Any]:
    (cwd / "tools.json").write_text(json.dumps({"tools": tools}), encoding="utf-8")
    told = {"tool": "get_berth", "other": "find_berth", "sentence": sentence}
    answers = {"distinguish": says(json.dumps({"sentences": [told]})), **({"check": check} if check else {})}
    with loopback(by_stage(**answers)) as model:
        done = run(cwd, "augment", "tools.json", "--format", "json", *args, model=model)
        assert len(asked_for(model, "distinguish")) <= 1
    return done, tool_in(done, "get_berth")


def test_tools_that_read_alike_get_a_sentence_that_tells_them_apart(tmp_path: Path) -> None:
    done, tool = _told_apart(tmp_path)
    assert done.returncode == 0, done.stderr
    assert tool["proposed"]["description"] == f"Finds a berth of the harbour by its name. {APART}"
    assert "tells it from 'find_berth'" in tool["reason"]
    assert tool_in(done, "find_berth")["proposed"] is None


@pytest.mark.parametrize(
    ("sentence", "check"),
    [
        pytest.param("Never use other tools.", None, id="it names no tool"),
        pytest.param(APART, oracle(lambda _: "not said"), id="the checker does not find it"),
        pytest.param("ALWAYS prefer this tool to `find_berth`.", None, id="it steers"),
    ],
)
def test_a_sentence_that_is_not_verified_tells_nothing_apart(tmp_path: Path, sentence: str, check: Any) -> None:
    _, tool = _told_apart(tmp_path, sentence=sentence, check=check)
    assert tool["proposed"] is None
    assert any(v["sentence"] == sentence for v in tool["rejected"])


def test_the_budget_of_the_server_binds_these_sentences_too(tmp_path: Path) -> None:
    _, tool = _told_apart(tmp_path, "--server-budget", "60")
    assert tool["proposed"] is None
    assert "may cost 60 tokens together" in tool["reason"]


def test_tools_that_name_each_other_are_not_asked_about(tmp_path: Path) -> None:
    told = [TWINS[0], {**TWINS[1], "description": f"{TWINS[1]['description']} For a number use find_berth."}]
    _, tool = _told_apart(tmp_path, tools=told)
    assert tool["proposed"] is None


def test_the_cost_is_said_before_the_first_question(tools: Path) -> None:
    with loopback(by_stage()) as model:
        named = run(tools, "augment", "tools.json", "--model", "gpt-4.1-mini", "--model-url", model.url, "--no-cache")
        unknown = run(tools, "augment", "tools.json", model=model)
    assert ",000 to write, about $0.0" in named.stderr
    assert "$" not in unknown.stderr


def test_a_file_in_one_line_shows_the_texts_instead_of_itself(tmp_path: Path) -> None:
    filler = {"name": "other", "description": "Shows the tide of today. " * 200}
    (tmp_path / "tools.json").write_text(json.dumps({"tools": [TOOL, filler]}), encoding="utf-8")
    with loopback(by_stage(write=SOUND)) as model:
        done = run(tmp_path, "augment", "tools.json", "--tool", "list_berths", model=model)
        patch = run(tmp_path, "augment", "tools.json", "--tool", "list_berths", "--format", "diff", model=model)
    assert f"  list_berths/description\n    + {LIMIT}\n" in done.stdout
    assert "tide" not in done.stdout
    assert patch.stdout.startswith("--- a/tools.json")


def test_a_sentence_that_was_checked_is_not_asked_about_again(tools: Path) -> None:
    first = written(f"{TEXT} {LIMIT} Berths are painted green.", claim(LIMIT, PLACE))
    green = by_stage(write=sequence([first, SOUND]), check=oracle(lambda s: "not said" if "green" in s else "entailed"))
    with loopback(green) as model:
        done = run(tools, "augment", "--format", "json", "tools.json", model=model)
        checks = asked_for(model, "check")
    assert tool_in(done, "list_berths")["proposed"]["description"] == f"{TEXT} {LIMIT}"
    assert len([text for text in checks if LIMIT in text.rpartition("SENTENCES")[2]]) == 1


def test_calls_are_made_once_and_begin_with_what_a_call_can_show(tmp_path: Path) -> None:
    calls = sequence([_asks("b7", "Where does the ferry lie?"), STOP])
    script = by_stage(explore=lambda a: calls(a) if '"name":"get_boat"' in user_text(a) else STOP)
    with loopback(script) as model:
        record = ("--record", "calls.json")
        run(tmp_path, "augment", *CALLS, *record, "--example", "boat_id=b7", "--", sys.executable, ACTING, model=model)
        unknown = asked_for(model, "explore")[-1].partition("Still unknown:")[2].partition("Explore next")[0]
    seen = json.loads((tmp_path / "calls.json").read_text())["observations"]
    made = [json.dumps(o["trial"]["arguments"]) for o in seen if o["trial"]["tool"] == "get_boat"]
    assert len(made) == len(set(made)) > 1
    assert "failure:" in unknown
    assert "when_not:" not in unknown


def test_what_a_model_said_instead_of_an_answer_is_shown(tools: Path) -> None:
    done, _, tool = _augment(tools, lambda _: says("I cannot \x1b[31mhelp with that."), "tools.json")
    assert done.returncode == 4
    assert "has no JSON object: 'I cannot" in done.stderr
    assert "\x1b" not in done.stderr
    assert tool["reason"].startswith("left alone: the model wrote no text (3 answers in a row were unusable")
