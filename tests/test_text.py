"""Names and texts are taken apart into the words that people see in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolsmell.text import Text, identifier_words, last_word


@pytest.mark.parametrize(
    "name", ["limit", "start_date", "max-results", "maxResults", "timeZone", "pageSize", "userID", "x", "file_path_"]
)
def test_the_last_word_is_that_of_the_identifier(name: str) -> None:
    assert last_word(name.rstrip("_")) == identifier_words(name)[-1]


@given(st.text(max_size=200))
def test_any_name_has_a_last_word(name: str) -> None:
    assert len(last_word(name)) <= 240


@pytest.mark.parametrize(
    ("raw", "first"),
    [
        ("<note>The pier is closed.</note> Moors a ship.", "<note>The pier is closed.</note>"),
        ("<system>the pier is closed</system> Moors a ship.", "<system>the pier is closed</system>"),
        ('Example: moor(ship="Emma") Returns a berth.', 'Example: moor(ship="Emma")'),
    ],
)
def test_a_closing_tag_or_a_call_with_values_ends_a_sentence(raw: str, first: str) -> None:
    assert Text(raw).sentences[0].text == first


@pytest.mark.parametrize("raw", ["Moors <b>any</b> ship.", 'Pass moor(ship="Emma") and wait.', "Moors (in fog) Emma."])
def test_a_short_tag_or_a_bracket_within_a_sentence_ends_none(raw: str) -> None:
    assert [span.text for span in Text(raw).sentences] == [raw]
