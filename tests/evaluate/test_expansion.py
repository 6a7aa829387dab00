"""Texts that enrich search documents."""

from pathlib import Path

import pytest

pytest.importorskip("openai")

from tests.evaluate.tools import WEATHER, case, catalog, tool
from tests.models.loopback import Answer, Asked, loopback, says
from toolsmell.evaluate.expansion import distinctive, from_examples, from_model
from toolsmell.evaluate.search_documents import Expansion
from toolsmell.models.client import ModelError
from toolsmell.models.connect import ModelOptions, connect

REPLY = """{"questions": ["Will it rain?", 7], "topics": ["weather"], "function": "Predicts.",
"when_to_use": "Before a trip.", "limitations": null, "tags": "sky"}"""


def test_without_a_model() -> None:
    text = "Predicts the weather. Use this when the user plans a trip. Only works for cities."
    found, other = from_examples(
        catalog(tool("forecast", text), tool("send", "Sends a letter.")),
        [case("will it rain", "forecast"), case("both", "forecast", "send")],
    )
    assert found.questions == ("will it rain", "both")
    assert found.function == "Predicts the weather."
    assert found.when_to_use == "Use this when the user plans a trip."
    assert found.limitations == "Only works for cities."
    assert "weather" in found.topics
    assert other.questions == ("both",)


def test_distinctive_words_are_rare_elsewhere() -> None:
    tools = catalog(tool("a", "common common rare rare"), tool("b", "common thing"), tool("c", "common stuff"))
    assert distinctive(tools)[0][0] == "rare"


def test_with_a_model(tmp_path: Path) -> None:
    def script(asked: Asked) -> Answer:
        text = asked.body["messages"][1]["content"]
        assert text.startswith("<<<")
        return says(REPLY if "Predicts" in text else "I would rather not.")

    with loopback(script) as server:
        options = ModelOptions(model="m", url=server.url, cache=tmp_path / "cache", env={})
        with connect(options) as connection:
            found = dict(from_model(catalog(*WEATHER[:2]), connection.model, "m"))
    assert found[0] == Expansion(("Will it rain?",), ("weather",), "Predicts.", "Before a trip.", "", ())
    assert isinstance(found[1], ModelError)
    assert "not the JSON" in str(found[1])
