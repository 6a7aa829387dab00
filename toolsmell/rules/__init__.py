"""The registry: every rule is a row here, and a module of its own in the folder of its family.

The rows are explicit, so that one table says what toolsmell checks; a test holds rows, modules, fixtures and
documentation pages equal. A module is imported only when a scan has something for it (`Rule.needs`).
"""

from toolsmell.model import Component, Confidence, Severity
from toolsmell.rules.base import Need, Rule, Scope

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
_HIGH, _MEDIUM, _LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW

RULES: tuple[Rule, ...] = (
    # description
    Rule(
        "missing-description",
        "description",
        "a tool without a description",
        _ERROR,
        _HIGH,
        component=Component.PURPOSE,
    ),
    # parameters
    Rule(
        "undescribed-parameter",
        "parameters",
        "a parameter that nothing explains",
        _WARNING,
        _HIGH,
        component=Component.PARAMETERS,
        needs=Need.PARAMETERS,
    ),
)

BY_ID = {rule.id: rule for rule in RULES}
FAMILIES = tuple(dict.fromkeys(rule.family for rule in RULES))

__all__ = ["BY_ID", "FAMILIES", "RULES", "Need", "Rule", "Scope"]
