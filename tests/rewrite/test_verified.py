"""Sentences that typed facts and recorded calls verify without a model, each next to one that says more or otherwise."""

import pytest

from tests.rewrite.test_contradicted import verdict
from toolsmell.evidence.check_verdicts import CheckVerdict


@pytest.mark.parametrize(
    ("tool", "true", "other"),
    [
        pytest.param("list_ships", "An unknown harbour is an error.", "An unknown ship is an error.", id="other subject"),
        pytest.param(
            "list_ships", "A harbour that does not exist is rejected.", "A harbour that does not exist is rejected in 5 ms.", id="more"
        ),
        pytest.param("list_ships", "If nothing matches, an empty list is returned.", "If nothing matches, an empty text is returned.", id="form"),
        pytest.param("show_crew", "A boat that does not exist gives an empty list.", "All boats give an empty list.", id="missing elsewhere"),
        pytest.param("add_buoy", "If the buoy exists already, the call succeeds.", "If the buoy exists already, the call succeeds and logs it.", id="and"),
        pytest.param("delete_buoy", "Only red buoys are accepted.", "Only red boats are accepted.", id="only"),
        pytest.param("delete_buoy", "Anything other than red buoys is rejected.", "Anything other than buoys is rejected.", id="other than"),
        pytest.param("find_charts", "Upper and lower case do not matter.", "Upper and lower case do not matter in names of files.", id="case"),
        pytest.param("find_charts", "`per_page` is 20 unless you set it.", "`per_page` is 20 unless you set `before`.", id="unless"),
        pytest.param("find_charts", "At most 20 charts are returned by default.", "At most 20 ships are returned by default.", id="at most"),
        pytest.param("show_tide", "It takes no parameters.", "It takes no parameters and no time.", id="no parameters"),
    ],
)  # fmt: skip
def test_facts_and_calls_verify_what_they_show_and_nothing_more(tool: str, true: str, other: str) -> None:
    assert verdict(tool, true) is CheckVerdict.ENTAILED
    assert verdict(tool, other) is not CheckVerdict.ENTAILED
