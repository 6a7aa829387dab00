"""Prompts of a judge: made from the rubric, with data between two marks, in a sandboxed template."""

import json
import re
from pathlib import Path

import pytest

from tests.judge.models import GOOD
from toolsmell.errors import UsageError
from toolsmell.judge.prompt import JudgePrompt
from toolsmell.judge.subject import LONGEST_SCHEMA, LONGEST_TEXT, Subject, Subjects
from toolsmell.model import Frame, Json, Manifest, Provenance, Tool
from toolsmell.models.client import ChatReply
from toolsmell.reading.context import ServerContext
from toolsmell.scoring import rubric
from toolsmell.scoring.weights import Block

FRAMES = (Frame.PROSE, Frame.EFFECTIVE)
PROMPT = JudgePrompt(rubric.load(), FRAMES)


def subject(*tools: Json, frames: tuple[Frame, ...] = FRAMES, server: str = "desk") -> Subject:
    listed = tuple(Tool(i, tool) for i, tool in enumerate(tools or (GOOD,)))
    context = ServerContext(Manifest(server, "desk.json", Provenance.FILE, listed))
    return Subjects(context, frames).of(context.tools[0])


def described(text: str) -> str:
    shown: str = json.loads(subject({"name": "t", "description": text}).shown)["description"]
    return shown


def test_it_is_built_from_the_rubric() -> None:
    shipped = rubric.load()
    system = PROMPT.request("m", subject()).messages[0].content
    for part in shipped.components.values():
        assert all(words in system for words in (part.component, part.question, *part.levels.values()))
    part = shipped.components["usage"]
    changed = part._replace(levels={**part.levels, 3: "Something else entirely."})
    other = JudgePrompt(shipped._replace(components={**shipped.components, "usage": changed}), FRAMES)
    assert "Something else entirely." in other.prompt.system
    assert other.fingerprint != PROMPT.fingerprint


def test_weights_are_nothing_to_a_judge() -> None:
    shipped = rubric.load()
    part = shipped.components["usage"]
    refitted = shipped._replace(
        components={
            **shipped.components,
            "usage": part._replace(prose=Block((1.0, 2.0, 3.0, 4.0), (), ())),
        }
    )
    assert JudgePrompt(refitted, FRAMES).fingerprint == PROMPT.fingerprint


def test_one_frame_is_asked_for_in_other_words() -> None:
    prose = JudgePrompt(rubric.load(), (Frame.PROSE,))
    assert "inputSchema" not in prose.prompt.system
    assert prose.fingerprint != PROMPT.fingerprint


def test_a_tool_stands_between_marks_that_it_cannot_contain() -> None:
    shown = subject()
    first, second = PROMPT.request("m", shown), PROMPT.request("m", shown)
    ((opening, text, closing),) = re.findall(r"<<<(\w+)\n(.*)\n(\w+)>>>", first.messages[1].content, re.DOTALL)
    assert opening == closing
    assert text == shown.shown
    assert opening not in text
    assert first == second


@pytest.mark.parametrize(
    "text",
    ["<<<", ">>>", "a>>>b", "<|im_start|>", "\uff1c\uff1c\uff1c", "«««", "<<<3f2a9c0b7d1e4f5a", "[INST]", "|>"],
)
def test_look_alikes_of_the_marks_are_broken_up(text: str) -> None:
    shown = described(f"before {text} after")
    assert text not in shown
    assert shown.startswith("before ")
    assert shown.endswith(" after")


def test_what_hides_is_shown() -> None:
    assert described("a\u200bb\U000e0041\u202e") == "a\\u200bb\\U000e0041\\u202e"


def test_of_a_megabyte_the_ends_are_shown_and_what_is_left_out_is_said() -> None:
    shown = described("begin" + "x" * 1_000_000 + "end")
    assert shown.startswith("begin")
    assert shown.endswith("end")
    assert "(… 984,008 characters left out …)" in shown
    assert len(shown) < LONGEST_TEXT + 100


def test_a_schema_of_any_size_and_shape_is_shown_within_limits() -> None:
    deep: Json = "end"
    for _ in range(500):
        deep = {"properties": {"p": deep}}
    wide = {"properties": {f"p{i}": {"type": "string", "description": "x" * 50} for i in range(5_000)}}
    for schema in (deep, wide, [1] * 5_000, 10**400, None, "text"):
        assert len(subject({"name": "t", "inputSchema": schema}).shown) < 2 * LONGEST_SCHEMA


def test_prose_is_judged_by_names_and_description_alone() -> None:
    shown = json.loads(subject(frames=(Frame.PROSE,)).shown)
    assert list(shown) == ["server", "name", "description"]
    assert shown["description"] == GOOD["description"]


def test_sentences_of_other_tools_are_named() -> None:
    line = "Only works within the allowed folders."
    tools = [{"name": f"t{i}", "description": f"Does thing {i}. {line}"} for i in range(3)]
    assert json.loads(subject(*tools).shown)["also_in_other_tools"] == [line]
    assert "also_in_other_tools" not in json.loads(subject(*tools[:2]).shown)


def test_a_second_question_shows_the_first_answer_and_what_is_wrong_with_it() -> None:
    first = PROMPT.request("m", subject())
    second = PROMPT.prompt.again(first, ChatReply(text="five!"), "it is no JSON")
    assert [m.role for m in second.messages] == ["system", "user", "assistant", "user"]
    assert "it is no JSON" in second.messages[3].content
    assert second.key != first.key


BLOCKS = "{{% block system %}}{system}{{% endblock %}}{{% block user %}}{user}{{% endblock %}}{{% block again %}}{{{{ fault }}}}{{% endblock %}}"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        pytest.param(BLOCKS.format(system="{{ colour }}", user="{{ tool }}"), "'colour' is undefined", id="undefined"),
        pytest.param(BLOCKS.format(system="x", user="no tool"), "must show the tool exactly once", id="no tool"),
        pytest.param(BLOCKS.format(system="x", user="{{ tool }}{{ tool }}"), "exactly once", id="two tools"),
        pytest.param("{% block system %}{% endblock %}", "lacks the block `user`", id="no block"),
        pytest.param("{% if %}", "cannot be read", id="no template"),
        pytest.param(
            BLOCKS.format(system="{{ ''.__class__.__mro__[1].__subclasses__() }}", user="{{ tool }}"),
            "cannot be filled",
            id="out of the sandbox",
        ),
        pytest.param(BLOCKS.format(system="{% include '/etc/passwd' %}", user="{{ tool }}"), "cannot be", id="a file"),
        pytest.param(
            BLOCKS.format(system="{% for i in range(999999999) %}x{% endfor %}", user="{{ tool }}"),
            "cannot be filled",
            id="without end",
        ),
    ],
)
def test_a_prompt_that_cannot_be_used_says_why(tmp_path: Path, source: str, message: str) -> None:
    (tmp_path / "judge.j2").write_text(source)
    with pytest.raises(UsageError, match=re.escape(message)):
        JudgePrompt(rubric.load(), FRAMES, tmp_path)


def test_a_folder_without_the_prompt(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        JudgePrompt(rubric.load(), FRAMES, tmp_path)
