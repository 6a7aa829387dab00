"""All rules: each family's package has the rows of its rules, and this module joins them.

A row is data. The module of the rule, which has its documentation and its check, is imported only if a scan has
something for it (`Rule.needs`). A test compares rows, modules, fixtures and documentation pages.
"""

from toolsmell.rules import (
    annotations,
    catalogue,
    client_config,
    clients,
    cost,
    description,
    drift,
    implementation,
    judge,
    naming,
    output,
    parameters,
    protocol,
    schema,
    security,
    server_json,
    suppression,
)
from toolsmell.rules.base import Need, Rule, Scope

RULES: tuple[Rule, ...] = (
    *description.ROWS,
    *parameters.ROWS,
    *schema.ROWS,
    *output.ROWS,
    *protocol.ROWS,
    *server_json.ROWS,
    *client_config.ROWS,
    *annotations.ROWS,
    *naming.ROWS,
    *catalogue.ROWS,
    *security.ROWS,
    *drift.ROWS,
    *judge.ROWS,
    *suppression.ROWS,
    *clients.ROWS,
    *cost.ROWS,
    *implementation.ROWS,
)

BY_ID = {rule.id: rule for rule in RULES}
FAMILIES = tuple(dict.fromkeys(rule.family for rule in RULES))

__all__ = ["BY_ID", "FAMILIES", "RULES", "Need", "Rule", "Scope"]
