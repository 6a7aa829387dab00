"""The cascade asks a model if the scorecard is unsure, and a larger one if the small one is."""

from pathlib import Path

import pytest

from tests.judge.test_jury import WHOLE, verdict
from toolsmell.errors import UsageError
from toolsmell.judge.cascade import Band, escalates, load, unsure
from toolsmell.judge.jury import deliberate
from toolsmell.model import Component, Frame, Score
from toolsmell.model.verdicts import Suspicion, Verdict

BANDS = dict.fromkeys(Component, Band(0.4, 0.6))


def scores(**probabilities: float | None) -> dict[Component, Score]:
    def score(component: Component) -> Score:
        p = probabilities.get(component.value, 0.99)
        shares = {Frame.PROSE: (p or 0.0, 0, 1 - (p or 0.0), 0, 0)}
        level = None if p is None else 1 if p > 0.5 else 3
        return Score(component, level, level, p, shares, calibrated=True, origin="scorecard")

    return {component: score(component) for component in Component}


def test_a_component_near_a_cut_point_makes_a_tool_doubtful() -> None:
    assert not unsure(scores(), BANDS)
    assert unsure(scores(usage=0.45), BANDS)
    assert not unsure(scores(usage=0.35), BANDS)
    assert not unsure(scores(usage=0.45), {**BANDS, Component.USAGE: Band(0.48, 0.52)})


def test_what_cannot_be_scored_is_doubtful_and_what_does_not_exist_is_not() -> None:
    assert not unsure(scores(parameters=None), BANDS)  # it takes none
    nothing = Score(Component.USAGE, None, None, None, {}, calibrated=False, origin="scorecard", reason="a script")
    assert unsure({**scores(), Component.USAGE: nothing}, BANDS)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        pytest.param([verdict(1)], False, id="agrees with the scorecard"),
        pytest.param([verdict(1, usage=3)], True, id="contradicts a sure scorecard"),
        pytest.param([verdict(1, limitations=3)], False, id="contradicts an unsure scorecard"),
        pytest.param([verdict(1, limitations=1), verdict(1, limitations=3)], True, id="samples dispute"),
        pytest.param([verdict(None)], True, id="no verdict"),
        pytest.param([verdict(1, Suspicion("no-quotation", "nothing", Component.USAGE))], True, id="in doubt"),
        pytest.param([verdict(5, WHOLE)], False, id="steered, as the next would be"),
    ],
)
def test_who_is_asked_next(verdicts: list[Verdict], expected: bool) -> None:
    known = scores(limitations=0.5)
    assert escalates(deliberate(verdicts, Frame.PROSE), known, Frame.PROSE, BANDS) is expected


def test_the_shipped_bands_are_bands() -> None:
    for band in load().values():
        assert 0 <= band.low <= 0.5 <= band.high <= 1


@pytest.mark.parametrize("text", ["", "[]", '{"schema": "toolsmell.cascade/v1", "bands": {}}', '{"schema": "x"}'])
def test_a_file_that_holds_no_bands(tmp_path: Path, text: str) -> None:
    (tmp_path / "cascade.json").write_text(text)
    with pytest.raises(UsageError, match="bands of the cascade cannot be used"):
        load(tmp_path / "cascade.json")
