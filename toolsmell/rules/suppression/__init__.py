"""Rules about suppressions: comments and configuration that silence a finding."""

from toolsmell.model import Confidence, Severity
from toolsmell.rules.base import Rule, Scope

ROWS: tuple[Rule, ...] = (
    Rule(
        "unused-suppression",
        "suppression",
        "a suppression that suppresses nothing",
        Severity.WARNING,
        Confidence.HIGH,
        help="remove it",
        scope=Scope.SUPPRESSION,
    ),
    Rule(
        "expired-suppression",
        "suppression",
        "a suppression whose time is up",
        Severity.WARNING,
        Confidence.HIGH,
        help='fix what it hides, or set a later "until"',
        scope=Scope.SUPPRESSION,
    ),
    Rule(
        "invalid-suppression",
        "suppression",
        "a comment that is meant to suppress, and cannot",
        Severity.WARNING,
        Confidence.HIGH,
        help="write `toolsmell: ignore[rule-id] reason`",
        scope=Scope.SUPPRESSION,
    ),
)
