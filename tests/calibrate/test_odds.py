"""The fit, against ratings that were drawn from a model which is known."""

import numpy as np
import pytest

from toolsmell.calibrate.calibration import counts
from toolsmell.calibrate.folds import folds
from toolsmell.calibrate.odds import fit

WEIGHTS, CUTS = np.array([3.0, 1.5, 0.0]), np.array([-1.5, -0.5, 0.5, 1.5])


def _drawn(tools: int, weights: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> "tuple[np.ndarray, np.ndarray]":
    random = np.random.default_rng(7)
    signals = random.random((tools, len(weights)))
    latent = (signals - 0.5) @ weights
    levels = 1 + (latent[:, None] + random.logistic(size=(tools, 3)))[:, :, None].__gt__(CUTS).sum(axis=2)
    return signals, levels


def test_weights_and_cut_points_are_found_again() -> None:
    signals, levels = _drawn(4_000, WEIGHTS)
    found = fit(signals, counts(levels), penalty=0.01)
    assert found.weights == pytest.approx(WEIGHTS, abs=0.2)
    assert found.cut_points == pytest.approx(CUTS, abs=0.15)
    below = found.smaller(signals)
    assert below.mean(axis=0) == pytest.approx([(levels <= k).mean() for k in range(1, 5)], abs=0.01)


def test_a_signal_that_speaks_against_a_level_weighs_nothing() -> None:
    signals, levels = _drawn(2_000, np.array([3.0, -2.0]))
    assert fit(signals, counts(levels)).weights[1] == 0


def test_a_penalty_makes_weights_smaller() -> None:
    signals, levels = _drawn(200, WEIGHTS)
    free, held = (fit(signals, counts(levels), penalty).weights for penalty in (0.01, 30.0))
    assert held[0] < free[0] / 2


def test_a_level_that_nobody_gave_leaves_the_cut_points_rising() -> None:
    signals, levels = _drawn(300, WEIGHTS)
    found = fit(signals, counts(np.where(levels == 3, 2, levels)))
    assert (np.diff(found.cut_points) > 0).all()


def test_a_server_is_held_out_whole() -> None:
    servers = ["large"] * 30 + [f"small-{i % 11}" for i in range(40)]
    for division in folds(servers):
        where = {server: {int(f) for s, f in zip(servers, division, strict=True) if s == server} for server in servers}
        assert all(len(found) == 1 for found in where.values())
        assert len(set(division.tolist())) == 10
