"""Versions compared case by case."""

import pytest

pytest.importorskip("numpy")

from tests.evaluate.tools import case
from toolsmell.evaluate.comparison import CaseMeasures, case_id, compare_all
from toolsmell.evaluate.stats import Effect


def measured(variant: str, *values: float, setup: str = "full/bm25") -> CaseMeasures:
    return CaseMeasures(variant, setup, {(i + 1, f"q{i}"): {"hit": value} for i, value in enumerate(values)})


OLD = measured("before", *[0] * 10, *[1] * 10)


def test_a_word_for_each_variant() -> None:
    found = compare_all(
        [OLD], [measured("up", *[1] * 20), measured("down", *[0] * 20), measured("same", *[0] * 10, *[1] * 10)], ["hit"]
    )
    assert [found.verdict_of(name) for name in ("up", "down", "same")] == [Effect.BETTER, Effect.WORSE, Effect.NONE]
    assert [found.acceptable(name) for name in ("up", "down", "same")] == [True, False, True]
    assert [row.measure for row in found.worse("down")] == ["hit"]


def test_several_tests_make_each_less_sure() -> None:
    alone = compare_all([OLD], [measured("a", *[1] * 6, *[0] * 4, *[1] * 10)], ["hit"])
    assert alone.rows[0].adjusted_p == alone.rows[0].difference.p == 0.03125
    both = compare_all([OLD], [measured(name, *[1] * 6, *[0] * 4, *[1] * 10) for name in "ab"], ["hit"])
    assert [row.verdict for row in both.rows] == [Effect.NONE, Effect.NONE]


def test_joining_adjusts_for_all_tests() -> None:
    one = compare_all([OLD], [measured("a", *[1] * 6, *[0] * 4, *[1] * 10)], ["hit"])
    joined = one.joined(one)
    assert [row.adjusted_p for row in joined.rows] == [0.0625, 0.0625]
    assert joined.verdict_of("a") is Effect.NONE


def test_worse_somewhere_is_worse() -> None:
    after = [measured("a", *[1] * 20), measured("a", *[0] * 20, setup="dense")]
    found = compare_all([OLD, OLD._replace(setup="dense")], after, ["hit"])
    assert found.verdict_of("a") is Effect.WORSE
    assert not found.acceptable("a")


def test_cases_of_one_side_only_are_counted_and_in_no_row() -> None:
    found = compare_all([OLD], [measured("a", *[1] * 8)], ["hit"])
    assert (found.unpaired, found.rows[0].difference.cases) == (12, 8)
    nothing = compare_all([OLD], [CaseMeasures("a", "full/bm25", {})], ["hit"])
    assert (nothing.unpaired, nothing.rows) == (20, ())


def test_a_case_is_known_by_its_line() -> None:
    assert case_id(case("q", "old_name", line=3)) == case_id(case("q", "new_name", line=3))
    assert case_id(case("q", "a")) != case_id(case("q", "b"))
