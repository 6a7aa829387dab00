"""Tests the place of a score among public tools."""

from toolsmell.model import Frame
from toolsmell.scoring import rubric
from toolsmell.scoring.percentile import distribution, percentile

SHIPPED = rubric.load()


def test_the_distribution_is_dated_and_of_the_shipped_rubric() -> None:
    known = distribution()
    assert known.rubric == SHIPPED.fingerprint, "run benchmarks/percentiles.py after a change of the rubric"
    assert known.tools > 1_000
    assert len(known.date.split("-")) == 3
    for scores in known.overall.values():
        assert len(scores) == 100
        assert list(scores) == sorted(scores)


def test_a_percentile_counts_the_tools_below() -> None:
    scores = distribution().overall[Frame.EFFECTIVE.value]
    assert percentile(0.0, Frame.EFFECTIVE, SHIPPED) == 0
    assert percentile(100.0, Frame.EFFECTIVE, SHIPPED) == 100
    middle = percentile(scores[50], Frame.EFFECTIVE, SHIPPED)
    assert middle is not None
    assert 40 <= middle <= 51


def test_other_rubrics_and_unscored_tools_have_none() -> None:
    assert percentile(50.0, Frame.PROSE, SHIPPED._replace(fingerprint="other")) is None
    assert percentile(None, Frame.PROSE, SHIPPED) is None
