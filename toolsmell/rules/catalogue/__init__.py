"""Rules about tools of one server that an agent has to tell apart."""

from toolsmell.model import Component, Confidence, Severity
from toolsmell.rules.base import Need, Rule, Scope

ROWS: tuple[Rule, ...] = (
    Rule(
        "identical-description",
        "catalogue",
        "tools with the same description",
        Severity.WARNING,
        Confidence.HIGH,
        scope=Scope.SERVER,
        component=Component.PURPOSE,
        needs=Need.SIBLINGS,
    ),
    Rule(
        "near-identical-description",
        "catalogue",
        "descriptions that differ in nothing that an agent can use",
        Severity.WARNING,
        Confidence.MEDIUM,
        scope=Scope.SERVER,
        component=Component.PURPOSE,
        needs=Need.SIBLINGS,
        recommended=False,
    ),
    Rule(
        "overlapping-tools",
        "catalogue",
        "tools that say they do the same, and not which to take when",
        Severity.WARNING,
        Confidence.MEDIUM,
        scope=Scope.SERVER,
        component=Component.USAGE,
        needs=Need.SIBLINGS,
        recommended=False,
    ),
    Rule(
        "shared-boilerplate",
        "catalogue",
        "the same sentence in many tools",
        Severity.NOTE,
        Confidence.HIGH,
        scope=Scope.SERVER,
        needs=Need.SIBLINGS,
        recommended=False,
    ),
    Rule(
        "missing-prerequisite",
        "catalogue",
        "a tool that needs what another starts, with no word of it",
        Severity.WARNING,
        Confidence.MEDIUM,
        scope=Scope.SERVER,
        component=Component.USAGE,
        needs=Need.SIBLINGS,
        recommended=False,
    ),
    Rule(
        "colliding-tool-name",
        "catalogue",
        "a tool name that another server of the configuration has too",
        Severity.WARNING,
        Confidence.HIGH,
        scope=Scope.RUN,
        recommended=False,
    ),
)
