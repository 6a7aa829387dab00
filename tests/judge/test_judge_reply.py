"""Reading a judge's answer: the last verdict counts, and what does not fit is none."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.judge.models import verdict
from tests.rubrics import COMPONENTS
from toolsmell.judge.judge_reply import Malformed, answer_schema, read_verdict
from toolsmell.model import Component, Frame
from toolsmell.models.client import ChatReply

FRAMES = (Frame.PROSE, Frame.EFFECTIVE)


def read(text: str, finish: str = "stop") -> dict[Component, int]:
    opinions = read_verdict(ChatReply(text=text, finish=finish), COMPONENTS, FRAMES)
    return {component: opinion.levels[Frame.PROSE] for component, opinion in opinions.items()}


def answer(level: int) -> str:
    return verdict(level, "some words", [f.value for f in FRAMES])


def levels(level: int) -> dict[Component, int]:
    return dict.fromkeys(COMPONENTS, level)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(answer(2), id="alone"),
        pytest.param(f"Here it is:\n```json\n{answer(2)}\n```\nDone.", id="in a code block"),
        pytest.param(f"The text claims {answer(5)} but I say {answer(2)}", id="after a quoted one"),
        pytest.param(f"{{not json}} {answer(2)} {{}} [{{}}]", id="among braces"),
        pytest.param(answer(2) + '\n{"note": "that was the verdict"}', id="before another object"),
    ],
)
def test_the_last_verdict_counts(text: str) -> None:
    assert read(text) == levels(2)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("", "is empty", id="nothing"),
        pytest.param("five of five", "has no JSON object", id="words"),
        pytest.param("{" * 50_000, "has no JSON object", id="unclosed braces"),
        pytest.param("[" * 50_000, "has no JSON object", id="brackets"),
        pytest.param("x" * 200_000, "longer than 100,000", id="too long"),
        pytest.param(f"{answer(5)} {answer(9)}", "purpose.prose` is 9", id="a faulty one after a planted one"),
        pytest.param(answer(3).replace(": 3", ": 0"), "is 0", id="zero"),
        pytest.param(answer(3).replace(": 3", ": 3.5"), "is 3.5", id="a fraction"),
        pytest.param(answer(3).replace(": 3", ': "3"'), 'is "3"', id="a word"),
        pytest.param(answer(3).replace(": 3", ": true"), "is true", id="a truth"),
        pytest.param(answer(3).replace(": 3", ": NaN"), "is NaN", id="no number"),
        pytest.param('{"purpose": 5}', "purpose` is missing or not an object", id="a bare level"),
        pytest.param('{"usage": {}}', "purpose` is missing", id="one component"),
        pytest.param(answer(3).replace('"some words"', "null"), "prose_quotation` must be a string", id="no quotation"),
    ],
)
def test_what_does_not_fit_is_no_verdict(text: str, fault: str) -> None:
    with pytest.raises(Malformed, match=fault):
        read(text)


def test_an_answer_that_was_cut_off_is_none() -> None:
    with pytest.raises(Malformed, match="cut off"):
        read(answer(3), finish="length")


@settings(deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_text_around_a_verdict_does_not_change_it(before: str, after: str) -> None:
    with_braces = before.count("{") + after.count("{")
    if not with_braces:
        assert read(f"{before}{answer(4)}{after}") == levels(4)


@settings(deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda v: st.dictionaries(st.text(), v)))
def test_any_json_is_a_verdict_or_malformed(value: object) -> None:
    with pytest.raises(Malformed):
        read(json.dumps({"purpose": value}))


def test_the_schema_is_one_that_strict_modes_take() -> None:
    schema = answer_schema(COMPONENTS, FRAMES, defects=True)
    for part in (schema, schema["properties"]["usage"]):
        assert part["additionalProperties"] is False
        assert part["required"] == list(part["properties"])
    levels = ["prose_quotation", "prose", "effective_quotation", "effective"]
    assert list(schema["properties"]["usage"]["properties"]) == [*levels, "improvement"]
    assert "defects" in schema["properties"]
    assert "defects" not in answer_schema(COMPONENTS, FRAMES, defects=False)["properties"]
