"""Names and texts are taken apart into the words that people see in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolsmell.text import identifier_words, last_word


@pytest.mark.parametrize(
    "name", ["limit", "start_date", "max-results", "maxResults", "timeZone", "pageSize", "userID", "x", "file_path_"]
)
def test_the_last_word_is_that_of_the_identifier(name: str) -> None:
    assert last_word(name.rstrip("_")) == identifier_words(name)[-1]


@given(st.text(max_size=200))
def test_any_name_has_a_last_word(name: str) -> None:
    assert len(last_word(name)) <= 240
