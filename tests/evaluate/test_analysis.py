"""Text to terms."""

import pytest

pytest.importorskip("snowballstemmer")

from toolsmell.evaluate.analysis import Analyser, terms_of


@pytest.mark.parametrize(
    ("analyser", "terms"),
    [
        (Analyser.PLAIN, ["the", "list", "issues", "of", "open", "issues"]),
        (Analyser.STANDARD, ["list", "issues", "open", "issues"]),
        (Analyser.ENGLISH, ["list", "issu", "open", "issu"]),
    ],
)
def test_which_words_count(analyser: Analyser, terms: list[str]) -> None:
    assert terms_of(analyser)("The listIssues of open-issues!") == terms


def test_scripts_without_spaces_are_read_in_pairs() -> None:
    assert terms_of(Analyser.PLAIN)("查询天气 now 雨") == ["查询", "询天", "天气", "now", "雨"]
