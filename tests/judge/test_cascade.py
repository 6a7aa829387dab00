"""The cascade asks a model if the scorecard is unsure, and a larger one if the small one is."""

import json
from pathlib import Path

import pytest

from tests.judge.test_jury import WHOLE, verdict
from tests.rubrics import COMPONENTS
from toolsmell.data.shipped import shipped as shipped_file
from toolsmell.judge.cascade import bands_of, escalates, unsure
from toolsmell.judge.jury import deliberate
from toolsmell.model import Component, Frame, Score
from toolsmell.model.verdicts import Suspicion, Verdict
from toolsmell.scoring import rubric
from toolsmell.scoring.weights import Band

BANDS = dict.fromkeys(COMPONENTS, Band(0.4, 0.6))


def scores(**probabilities: float | None) -> dict[Component, Score]:
    def score(component: Component) -> Score:
        p = probabilities.get(component, 0.99)
        shares = {Frame.PROSE: (p or 0.0, 0, 1 - (p or 0.0), 0, 0)}
        level = None if p is None else 1 if p > 0.5 else 3
        return Score(component, level, level, p, shares, calibrated=True, origin="scorecard")

    return {component: score(component) for component in COMPONENTS}


def test_a_component_near_a_cut_point_makes_a_tool_doubtful() -> None:
    assert not unsure(scores(), BANDS)
    assert unsure(scores(usage=0.45), BANDS)
    assert not unsure(scores(usage=0.35), BANDS)
    assert not unsure(scores(usage=0.45), {**BANDS, "usage": Band(0.48, 0.52)})


def test_what_cannot_be_scored_is_doubtful_and_what_does_not_exist_is_not() -> None:
    assert not unsure(scores(parameters=None), BANDS)  # it takes none
    nothing = Score("usage", None, None, None, {}, calibrated=False, origin="scorecard", reason="a script")
    assert unsure({**scores(), "usage": nothing}, BANDS)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        pytest.param([verdict(1)], False, id="agrees with the scorecard"),
        pytest.param([verdict(1, usage=3)], True, id="contradicts a sure scorecard"),
        pytest.param([verdict(1, limitations=3)], False, id="contradicts an unsure scorecard"),
        pytest.param([verdict(1, limitations=1), verdict(1, limitations=3)], True, id="samples dispute"),
        pytest.param([verdict(None)], True, id="no verdict"),
        pytest.param([verdict(1, Suspicion("no-quotation", "nothing", "usage"))], True, id="in doubt"),
        pytest.param([verdict(5, WHOLE)], False, id="steered, as the next would be"),
    ],
)
def test_who_is_asked_next(verdicts: list[Verdict], expected: bool) -> None:
    known = scores(limitations=0.5)
    assert escalates(deliberate(verdicts, Frame.PROSE), known, Frame.PROSE, BANDS) is expected


def test_the_shipped_bands_are_around_a_half() -> None:
    for band in bands_of(rubric.load()).values():
        assert 0 <= band.low <= 0.5 <= band.high <= 1


def test_a_component_whose_bands_nobody_measured_is_always_doubtful() -> None:
    shipped = rubric.load()
    data = json.loads(Path(shipped_file("six-components.json")).read_text())
    del data["components"]["usage"]["unsure"]
    bands = bands_of(rubric.from_data(data, "other.json"))
    assert bands["purpose"] == bands_of(shipped)["purpose"]
    assert unsure(scores(), bands)
