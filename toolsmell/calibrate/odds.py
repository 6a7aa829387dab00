"""The proportional-odds model, fitted by penalised likelihood.

P(level <= k) = logistic(cut_k - weights . signals), and the ratings of all jurors are the data. Weights are held at
zero or above: every signal is something that a good description has, and a negative weight on one would tell a
maintainer to remove it. statsmodels' OrderedModel knows neither penalty nor bounds, so this is scipy's L-BFGS-B.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

Numbers = NDArray[np.float64]

LEVELS: Final = 5
PENALTY: Final = 1.0
"""Half of this times the sum of the squared weights is added to the loss: it keeps weights few and small."""
_SMALLEST_GAP: Final = -4.0
"""Logarithm of the least distance between two cut points."""


class Fit(NamedTuple):
    """What was fitted."""

    weights: Numbers
    cut_points: Numbers
    """Four, rising, for signals measured from their means."""
    typical: Numbers
    """The means of the signals."""

    def smaller(self, signals: Numbers) -> Numbers:
        """Return P(level <= k) for k = 1 ... 4: a row for each tool."""
        eta = (signals - self.typical) @ self.weights
        return np.asarray(expit(self.cut_points[None, :] - eta[:, None]))

    def levels(self, signals: Numbers) -> NDArray[np.int64]:
        """Return the median level of each tool."""
        return np.asarray(1 + (self.smaller(signals) < 0.5).sum(axis=1))


def fit(signals: Numbers, ratings: Numbers, penalty: float = PENALTY) -> Fit:
    """Fit to `signals` (a row for each tool) and `ratings` (how many jurors gave each of the five levels).

    Each tool weighs one, however many jurors rated it.
    """
    typical = signals.mean(axis=0)
    centred = signals - typical
    shares = ratings / ratings.sum(axis=1, keepdims=True)
    number = signals.shape[1]
    begin = np.concatenate([np.full(number, 0.1), [0.0], np.zeros(LEVELS - 2)])
    bounds = [(0.0, None)] * number + [(None, None)] + [(_SMALLEST_GAP, None)] * (LEVELS - 2)
    found = minimize(_loss, begin, args=(centred, shares, penalty), jac=True, method="L-BFGS-B", bounds=bounds)
    return Fit(found.x[:number], _cut_points(found.x[number:]), typical)


def _cut_points(parameters: Numbers) -> Numbers:
    """Return rising cut points: the first, and the logarithms of the distances between them."""
    return np.asarray(parameters[0] + np.concatenate([[0.0], np.cumsum(np.exp(parameters[1:]))]))


def _loss(parameters: Numbers, signals: Numbers, shares: Numbers, penalty: float) -> tuple[float, Numbers]:
    """Return the penalised negative log-likelihood and its gradient."""
    number = signals.shape[1]
    weights, steps = parameters[:number], np.exp(parameters[number + 1 :])
    cuts = _cut_points(parameters[number:])
    below = expit(cuts[None, :] - (signals @ weights)[:, None])
    slope = below * (1 - below)
    edge = ((0, 0), (1, 1))
    probability = np.maximum(np.diff(np.pad(below, edge, constant_values=(0, 1)), axis=1), 1e-12)
    pull = shares / probability
    # Raising cut k moves probability from level k + 1 to level k.
    by_cut = -(pull[:, :-1] - pull[:, 1:]) * slope
    gradient_cuts = by_cut.sum(axis=0)
    gradient_weights = -signals.T @ by_cut.sum(axis=1) + penalty * weights
    later = np.cumsum(gradient_cuts[::-1])[::-1]
    gradient = np.concatenate([gradient_weights, later[:1], later[1:] * steps])
    loss = -(shares * np.log(probability)).sum() + penalty / 2 * weights @ weights
    return float(loss), gradient
