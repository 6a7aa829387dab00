"""Paired statistics, against values worked out by hand and against what they promise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("numpy")

import numpy as np

from toolsmell.evaluate.stats import Difference, Effect, Interval, compare, holm, mcnemar, verdict


@pytest.mark.parametrize(
    ("improved", "worsened", "p"),
    [
        (0, 0, 1.0),
        (5, 0, 0.0625),
        (6, 0, 0.03125),
        (10, 10, 1.0),
        (15, 5, 0.04138946533203125),
        (9_000, 11_000, pytest.approx(1.954e-45, rel=1e-3)),
    ],
)
def test_mcnemar(improved: int, worsened: int, p: float) -> None:
    assert mcnemar(improved, worsened) == mcnemar(worsened, improved) == p


def test_holm() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []
    assert holm([0.9, 0.8]) == [1.0, 1.0]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_adjusting_keeps_the_order_and_never_helps(values: list[float]) -> None:
    adjusted = holm(values)
    assert all(new >= old for new, old in zip(adjusted, values, strict=True))
    assert sorted(range(len(values)), key=lambda i: (adjusted[i], values[i])) == sorted(
        range(len(values)), key=lambda i: values[i]
    )


def test_hits() -> None:
    found = compare([0] * 8 + [1] * 12, [1] * 8 + [1] * 12, binary=True)
    assert (found.test, found.p, found.improved, found.worsened) == ("McNemar", 2 / 2**8, 8, 0)
    assert (found.before, found.after) == (0.6, 1.0)
    assert found.delta == pytest.approx(0.4)
    assert verdict(found, found.p) is Effect.BETTER


def test_means() -> None:
    before = [0.1 * (i % 7) for i in range(60)]
    found = compare(before, [value + 0.1 + 0.05 * (i % 3) for i, value in enumerate(before)])
    assert found.test == "bootstrap"
    assert found.interval.low < found.delta < found.interval.high
    assert found.interval.low > 0.1
    assert verdict(found, found.p) is Effect.BETTER


def test_few_cases_prove_nothing() -> None:
    assert compare([0.0] * 3, [0.9] * 3).p == 0.25
    assert compare([0.0] * 5, [0.9] * 5).p > 0.05
    assert compare([0.0] * 5, [1.0] * 5, binary=True).p > 0.05


def test_nothing_changed() -> None:
    found = compare([0.5] * 10, [0.5] * 10)
    assert (found.p, found.delta, found.interval) == (1.0, 0.0, Interval(0.0, 0.0))
    assert found.detectable == 0.6, "six of ten cases would have to change"
    assert verdict(found, found.p) is Effect.NONE


@pytest.mark.parametrize(
    ("p", "delta", "word"), [(0.2, 0.9, Effect.NONE), (0.01, -0.1, Effect.WORSE), (0.01, 0.1, Effect.BETTER)]
)
def test_words(p: float, delta: float, word: Effect) -> None:
    found = Difference(10, 0.5, 0.5 + delta, Interval(0, 0), p, "bootstrap", 0, 0, 0.1)
    assert verdict(found, p) is word


def test_servers_are_drawn_as_a_whole() -> None:
    """A gain in one server of ten is no gain of all of them, however many cases that one has."""
    clusters = [f"server {i // 20}" for i in range(200)]
    before, after = [0.0] * 200, [1.0] * 20 + [0.0] * 180
    alone = compare(before, after, binary=True)
    together = compare(before, after, binary=True, clusters=clusters)
    assert alone.p < 0.001
    assert (together.test, verdict(together, together.p)) == ("bootstrap", Effect.NONE)
    assert together.interval.high - together.interval.low > 2 * (alone.interval.high - alone.interval.low)


def test_false_alarms_are_as_rare_as_promised() -> None:
    random = np.random.default_rng(1)
    alarms = covered = 0
    for _ in range(120):
        before = random.random(60)
        found = compare(list(before), list(before + random.normal(0, 0.2, 60)))
        alarms += found.p < 0.05
        covered += found.interval.low <= 0 <= found.interval.high
    assert alarms <= 14, "5 in 100 are promised; 14 of 120 come by chance once in a thousand"
    assert covered >= 106


def test_what_is_called_detectable_is_mostly_found() -> None:
    random = np.random.default_rng(2)
    before = random.random(80)
    least = compare(list(before), list(before + random.normal(0, 0.2, 80))).detectable
    hits = sum(compare(list(before), list(before + random.normal(least, 0.2, 80))).p < 0.05 for _ in range(100))
    assert 65 <= hits <= 95


def test_many_cases_need_little_memory() -> None:
    random = np.random.default_rng(3)
    found = compare(list(random.random(5_000)), list(random.random(5_000)))
    assert found.cases == 5_000


@pytest.mark.parametrize(("before", "after"), [([], []), ([1.0], [])])
def test_there_must_be_pairs(before: list[float], after: list[float]) -> None:
    with pytest.raises(ValueError, match="at least one case"):
        compare(before, after)
