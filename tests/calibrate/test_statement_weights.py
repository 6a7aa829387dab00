"""Weights of statement kinds, fitted to sentences."""

import pytest

pytest.importorskip("scipy")

from toolsmell.calibrate.statement_weights import KINDS, Example, fit
from toolsmell.reading.features import SentenceWords
from toolsmell.reading.statement_kinds import Seen


def example(server: str, feature: str, *says: str) -> Example:
    return Example(server, Seen(SentenceWords(["^", "$"], set()), {feature}), dict.fromkeys(says, 1.0))


def test_conduct_is_weighed_for_orders_only() -> None:
    servers = [f"harbour-{number}" for number in range(20)]
    told = [example(server, "of:hide+user", "steering", "limit") for server in servers]
    model = fit([*told, *(example(server, "cue:ret-form", "result") for server in servers)])
    weights = dict(zip(KINDS, model.weights[:, model.features.index("of:hide+user")], strict=True))
    assert weights.pop("steering") > 1
    assert set(weights.values()) == {0.0}


def test_an_order_is_weighed_without_its_place() -> None:
    servers = [f"harbour-{number}" for number in range(20)]
    told = [example(server, "is:second", "steering", "limit") for server in servers]
    model = fit([*told, *(example(server, "cue:ret-form", "result") for server in servers)])
    weights = dict(zip(KINDS, model.weights[:, model.features.index("is:second")], strict=True))
    assert weights["steering"] == 0.0
    assert weights["limit"] > 1
