"""Rules about what changed since a server was locked."""

from toolsmell.model import Confidence, Severity
from toolsmell.rules.base import Rule, Scope

ROWS: tuple[Rule, ...] = (
    Rule(
        "breaking-change",
        "drift",
        "a change that makes right calls wrong",
        Severity.ERROR,
        Confidence.HIGH,
        help="check that callers cope, then run `toolsmell lock`",
        scope=Scope.DRIFT,
    ),
    Rule(
        "suspicious-change",
        "drift",
        "a change that a security rule finds fault with",
        Severity.ERROR,
        Confidence.HIGH,
        help="do not accept the change before you know why it was made",
        scope=Scope.DRIFT,
    ),
    Rule(
        "routing-change",
        "drift",
        "a change of what agents choose by",
        Severity.WARNING,
        Confidence.HIGH,
        help="read the new text, then run `toolsmell lock` to accept it",
        scope=Scope.DRIFT,
    ),
    Rule(
        "cosmetic-change",
        "drift",
        "the same words, set otherwise",
        Severity.NOTE,
        Confidence.HIGH,
        help="run `toolsmell lock` to accept it",
        scope=Scope.DRIFT,
    ),
    Rule(
        "volatile-default",
        "drift",
        "a default that changes from day to day",
        Severity.WARNING,
        Confidence.HIGH,
        scope=Scope.DRIFT,
    ),
)
