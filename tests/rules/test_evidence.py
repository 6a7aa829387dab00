"""Each row of a rule names its evidence, and its measured precision is true."""

import pytest

from toolsmell.data import precision
from toolsmell.model import Evidence
from toolsmell.rules import RULES, Need, Rule, Scope


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_recommended_rules_rest_on_something(rule: Rule) -> None:
    # A sentence whose recorded code has changed is a fact of the project's own record.
    if rule.recommended and rule.scope in (Scope.TOOL, Scope.SERVER) and rule.needs is not Need.RESTS:
        assert rule.evidence is not Evidence.NONE


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.evidence is Evidence.PRECISION], ids=lambda r: r.id)
def test_precision_was_measured(rule: Rule) -> None:
    known = precision.of(rule.id)
    assert known.measured is not None
    assert known.measured >= 0.95
    assert known.usefulness is None or known.usefulness >= 0.7


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.recommended], ids=lambda rule: rule.id)
def test_no_recommended_rule_is_often_wrong(rule: Rule) -> None:
    known = precision.of(rule.id)
    assert known.right >= 0.9 * known.read or known.read < 10
