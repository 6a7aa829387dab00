"""The forms of a tool's document."""

import pytest

from tests.evaluate.tools import WEATHER
from toolsmell.evaluate.search_documents import NOTHING, DocumentForm, Expansion, document, weighted_parts
from toolsmell.model import Tool

FORECAST = Tool(0, WEATHER[0])
MORE = Expansion(
    ("will it rain?", "sun tomorrow?"), ("weather", "days"), "Predicts.", "Before a trip.", "Not now.", ("sky",)
)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (DocumentForm.DESCRIPTION, "Predicts the weather of the coming days."),
        (DocumentForm.FULL, "forecast\nPredicts the weather of the coming days.\nplace: city or village"),
        (
            DocumentForm.TOOLSHED,
            (
                "forecast\nPredicts the weather of the coming days.\nplace: city or village\n"
                "will it rain?\nsun tomorrow?\nweather, days"
            ),
        ),
        (
            DocumentForm.TOOL_DE,
            (
                "forecast\nPredicts the weather of the coming days.\nplace: city or village\n"
                "Predicts.\nBefore a trip.\nNot now.\nsky"
            ),
        ),
    ],
)
def test_a_form(form: DocumentForm, text: str) -> None:
    assert document(FORECAST, form, MORE) == text


def test_parts_weigh_one_in_all_and_share_what_is_missing() -> None:
    whole = weighted_parts(FORECAST, MORE)
    assert whole["forecast"] == pytest.approx(0.2)
    assert whole["will it rain?"] == pytest.approx(0.2)
    assert sum(whole.values()) == pytest.approx(1)
    bare = weighted_parts(FORECAST, NOTHING)
    assert bare["forecast"] == pytest.approx(1 / 3)
    assert sum(bare.values()) == pytest.approx(1)


@pytest.mark.parametrize("raw", [None, 7, {}, {"name": 1, "description": [], "inputSchema": "x"}])
def test_anything_has_a_document(raw: object) -> None:
    for form in (DocumentForm.FULL, DocumentForm.DESCRIPTION, DocumentForm.TOOLSHED, DocumentForm.TOOL_DE):
        assert document(Tool(0, raw), form) == ""
    assert weighted_parts(Tool(0, raw), NOTHING) == {"": 1.0}


def test_a_vector_is_no_text() -> None:
    with pytest.raises(ValueError, match="tdwa is a vector"):
        document(FORECAST, DocumentForm.TDWA)
