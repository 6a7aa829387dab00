"""One judgement of several verdicts."""

import pytest

from tests.rubrics import COMPONENTS
from toolsmell.judge.jury import deliberate, improvement, settled
from toolsmell.model import Frame, Score
from toolsmell.model.verdicts import Opinion, Standing, Suspicion, Verdict

USAGE = "usage"
WHOLE = Suspicion("addresses-evaluator", "it speaks to whoever assesses it")


def verdict(level: int | None = 3, *suspicions: Suspicion, improvement: str | None = None, **levels: int) -> Verdict:
    if level is None:
        return Verdict("m", "p", 0, "", {}, unscored="it did not answer")
    by = {c: levels.get(c, level) for c in COMPONENTS}
    opinions = {c: Opinion({Frame.PROSE: by[c]}, {Frame.PROSE: "words"}, improvement) for c in COMPONENTS}
    return Verdict("m", "p", 0, "", opinions, suspicions)


def score(level: int | None = None) -> Score:
    return Score(USAGE, level, level, None, {}, calibrated=False, origin="scorecard")


@pytest.mark.parametrize(
    ("levels", "own", "level", "with_scorecard"),
    [
        ([2], 5, 2, False),
        ([2, 4, 3], 1, 3, False),
        ([1, 1, 5], 5, 1, False),
        ([2, 3], 1, 2, True),
        ([2, 3], 5, 3, True),
        ([1, 4], 3, 3, True),
        ([3, 3], 1, 3, False),
        ([2, 3], None, 2, False),
        ([1, 2, 4, 5], 3, 3, True),
    ],
)
def test_the_median_counts(levels: list[int], own: int | None, level: int, with_scorecard: bool) -> None:
    judgement = deliberate([verdict(n) for n in levels], Frame.PROSE)
    assert settled(judgement, score(own), Frame.PROSE) == (level, with_scorecard)


def test_disputes_are_marked() -> None:
    judgement = deliberate([verdict(3, usage=1), verdict(3, purpose=4), verdict(3, usage=2)], Frame.PROSE)
    assert judgement.disputed == (USAGE,)


def test_what_is_suspect_has_no_voice() -> None:
    two_of_three = deliberate([verdict(5, WHOLE), verdict(2), verdict(2)], Frame.PROSE)
    assert two_of_three.standing is Standing.USED
    assert settled(two_of_three, score(), Frame.PROSE) == (2, False)
    one_of_three = deliberate([verdict(5, WHOLE), verdict(5, WHOLE), verdict(2)], Frame.PROSE)
    assert (one_of_three.standing, one_of_three.reason) == (Standing.SUSPECT, WHOLE.reason)


def test_a_doubted_component_is_left_to_the_others() -> None:
    doubt = Suspicion("above-scorecard", "level 5, and the scorecard has 1", USAGE)
    judgement = deliberate([verdict(3, doubt, usage=5), verdict(3, usage=2)], Frame.PROSE)
    assert settled(judgement, score(), Frame.PROSE) == (2, False)
    alone = deliberate([verdict(3, doubt, usage=5)], Frame.PROSE)
    assert alone.standing is Standing.USED
    assert settled(alone, score(), Frame.PROSE) is None


def test_failures_cost_only_themselves() -> None:
    judgement = deliberate([verdict(None), verdict(4)], Frame.PROSE)
    assert judgement.standing is Standing.USED
    none = deliberate([verdict(None), verdict(None)], Frame.PROSE)
    assert (none.standing, none.reason) == (Standing.UNSCORED, "it did not answer")


def test_the_strictest_says_what_to_add() -> None:
    found = deliberate(
        [verdict(3), verdict(2, improvement="Say when."), verdict(1, improvement="Say it.")], Frame.PROSE
    )
    assert improvement(found, USAGE, Frame.PROSE) == "Say it."
    assert improvement(deliberate([verdict(3)], Frame.PROSE), USAGE, Frame.PROSE) is None
