"""A finding is the same one while what it is about stays the same."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolsmell.project.fingerprint import fingerprint

BASE = ("name-restated", "weather", "get_forecast", "/description", "Gets the forecast")
any_text = st.text(st.characters(codec=None))


def test_is_pinned_so_that_stored_baselines_stay_good() -> None:
    assert fingerprint(*BASE) == "ef253a840dfc2adc"


@pytest.mark.parametrize("excerpt", ["gets  the\n forecast", "  GETS THE FORECAST "])
def test_case_and_white_space_of_the_excerpt_do_not_count(excerpt: str) -> None:
    assert fingerprint(*BASE[:4], excerpt) == fingerprint(*BASE)


@pytest.mark.parametrize("position", range(5))
def test_every_part_counts(position: int) -> None:
    parts: list[str | int | None] = list(BASE)
    parts[position] = "another"
    assert fingerprint(*parts) != fingerprint(*BASE)  # type: ignore[arg-type]


def test_index_and_a_name_of_digits_differ() -> None:
    assert len({fingerprint("r", "s", tool, "", "") for tool in (1, "1", None, "None")}) == 4


@given(any_text, any_text, any_text)
def test_any_text_has_one(server: str, tool: str, excerpt: str) -> None:
    assert re.fullmatch("[0-9a-f]{16}", fingerprint("r", server, tool, "/name", excerpt))


@given(any_text, any_text)
def test_parts_do_not_run_into_each_other(server: str, tool: str) -> None:
    assert fingerprint("r", server + "\0", tool, "", "") != fingerprint("r", server, "\0" + tool, "", "")
