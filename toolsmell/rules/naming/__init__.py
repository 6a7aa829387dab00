"""Rules about names of tools."""

from toolsmell.model import Confidence, Severity
from toolsmell.rules.base import Need, Rule, Scope

ROWS: tuple[Rule, ...] = (
    Rule(
        "invalid-tool-name", "naming", "a name that the specification does not allow", Severity.ERROR, Confidence.HIGH
    ),
    Rule(
        "duplicate-tool-name",
        "naming",
        "two tools of one server with the same name",
        Severity.ERROR,
        Confidence.HIGH,
        scope=Scope.SERVER,
        needs=Need.SIBLINGS,
    ),
    Rule(
        "case-only-difference",
        "naming",
        "names that differ only by case or separators",
        Severity.WARNING,
        Confidence.HIGH,
        scope=Scope.SERVER,
        needs=Need.SIBLINGS,
        recommended=False,
    ),
    Rule(
        "confusable-names",
        "naming",
        "names so alike that an agent takes one for the other",
        Severity.NOTE,
        Confidence.MEDIUM,
        scope=Scope.SERVER,
        needs=Need.SIBLINGS,
        recommended=False,
    ),
    Rule(
        "mixed-naming",
        "naming",
        "several conventions of writing names in one server",
        Severity.NOTE,
        Confidence.HIGH,
        scope=Scope.SERVER,
        needs=Need.SIBLINGS,
        recommended=False,
    ),
    Rule(
        "generic-tool-name",
        "naming",
        "a name that could be any tool's",
        Severity.NOTE,
        Confidence.MEDIUM,
    ),
    Rule(
        "mixed-verbs",
        "naming",
        "several verbs for one deed in one server",
        Severity.NOTE,
        Confidence.MEDIUM,
        scope=Scope.SERVER,
        needs=Need.SIBLINGS,
        recommended=False,
    ),
    Rule(
        "redundant-prefix",
        "naming",
        "names that all begin with the name of their server",
        Severity.NOTE,
        Confidence.HIGH,
        scope=Scope.SERVER,
        needs=Need.SIBLINGS,
        recommended=False,
        strict=False,
    ),
)
