"""Measures of a ranking, by hand."""

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolsmell.evaluate.metrics import Ranking, measure


def ranked(*ranks: int | None, grades: tuple[float, ...] = ()) -> Ranking:
    return Ranking(ranks, grades or (1.0,) * len(ranks), None)


def test_two_right_tools_at_two_and_seven() -> None:
    found = measure(ranked(2, 7), ks=(1, 5, 10))
    assert found["mrr"] == 0.5
    assert [found[f"recall@{k}"] for k in (1, 5, 10)] == [0, 0.5, 1]
    assert [found[f"precision@{k}"] for k in (1, 5, 10)] == [0, 0.2, 0.2]
    assert [found[f"completeness@{k}"] for k in (1, 5, 10)] == [0, 0, 1]
    assert found["ndcg@10"] == pytest.approx((1 / log2(3) + 1 / log2(8)) / (1 + 1 / log2(3)))


def test_grades() -> None:
    """The best tool first, and one that would do as well not found."""
    found = measure(ranked(1, None, grades=(2, 1)), ks=(5,))
    assert (found["recall@5"], found["completeness@5"], found["sufficiency@5"]) == (0.5, 0, 1)
    assert found["ndcg@5"] == pytest.approx(3 / (3 + 1 / log2(3)))
    assert measure(ranked(None, 1, grades=(2, 1)), ks=(5,))["sufficiency@5"] == 0


def test_without_grades_all_are_needed() -> None:
    assert measure(ranked(1, None), ks=(5,))["sufficiency@5"] == 0


def test_nothing_found() -> None:
    assert set(measure(ranked(None, None)).values()) == {0.0}


@given(st.lists(st.tuples(st.none() | st.integers(1, 30), st.floats(0.1, 100)), min_size=1, max_size=6))
def test_measures_are_shares_and_grow_with_k(pairs: list[tuple[int | None, float]]) -> None:
    ranking = Ranking(tuple(rank for rank, _ in pairs), tuple(grade for _, grade in pairs), None)
    found = measure(ranking, ks=(1, 3, 10))
    distinct = len({rank for rank, _ in pairs if rank}) == sum(rank is not None for rank, _ in pairs)
    for name, value in found.items():
        assert value >= 0
        assert value <= 1 + 1e-9 or not distinct, name
    for name in ("recall", "completeness", "sufficiency"):
        assert found[f"{name}@1"] <= found[f"{name}@3"] <= found[f"{name}@10"]
