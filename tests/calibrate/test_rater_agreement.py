"""Measures of agreement, against numbers worked out by hand."""

import numpy as np
import pytest

from toolsmell.calibrate.rater_agreement import crosstab, kappa, quadratic_kappa, spearman


def test_kappa_of_a_table() -> None:
    # 20 of 30 alike; by chance 0.5: the textbook's (0.667 - 0.5) / 0.5.
    assert kappa(np.array([10.0, 5.0, 5.0, 10.0])) == pytest.approx(1 / 3)


def test_a_crosstab_counts_who_says_what() -> None:
    one, other = np.array([True, True, False, False]), np.array([True, False, False, False])
    assert crosstab(one, other).tolist() == [2, 0, 1, 1]


def test_where_all_say_one_thing_there_is_nothing_to_agree_on() -> None:
    assert np.isnan(kappa(np.array([30.0, 0.0, 0.0, 0.0])))


def test_a_disagreement_counts_by_its_square() -> None:
    truth = np.array([1, 2, 3, 4, 5])
    near, far = np.array([1, 2, 3, 4, 4]), np.array([1, 2, 3, 4, 1])
    assert quadratic_kappa(truth, truth) == 1
    assert quadratic_kappa(truth, near) > quadratic_kappa(truth, far)
    assert quadratic_kappa(truth, far) == pytest.approx(
        1 - 16 / float(sum((a - b) ** 2 for a in truth for b in far) / 5)
    )


def test_ranks_that_never_vary_have_no_correlation() -> None:
    assert np.isnan(spearman(np.array([1.0, 1.0]), np.array([1.0, 2.0])))
    assert spearman(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 9.0])) == pytest.approx(1)
