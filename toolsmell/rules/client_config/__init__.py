"""Rules about the files in which a client lists its servers."""

from toolsmell.model import Confidence, Evidence, Severity
from toolsmell.rules.base import Rule, Scope

ROWS: tuple[Rule, ...] = (
    Rule(
        "two-transports",
        "client-config",
        "a server that is both started and connected to",
        Severity.ERROR,
        Confidence.HIGH,
        scope=Scope.CLIENT_CONFIG,
        evidence=Evidence.SPECIFICATION,
    ),
    Rule(
        "missing-transport",
        "client-config",
        "a server with neither a command nor an address",
        Severity.ERROR,
        Confidence.HIGH,
        scope=Scope.CLIENT_CONFIG,
        evidence=Evidence.SPECIFICATION,
    ),
    Rule(
        "malformed-arguments",
        "client-config",
        "arguments that are not a list of strings",
        Severity.ERROR,
        Confidence.HIGH,
        scope=Scope.CLIENT_CONFIG,
        evidence=Evidence.SPECIFICATION,
    ),
    Rule(
        "non-string-env",
        "client-config",
        "a variable or header that is not a string",
        Severity.ERROR,
        Confidence.HIGH,
        scope=Scope.CLIENT_CONFIG,
        evidence=Evidence.SPECIFICATION,
    ),
    Rule(
        "hardcoded-secret",
        "client-config",
        "a secret that stands in the file",
        Severity.ERROR,
        Confidence.MEDIUM,
        scope=Scope.CLIENT_CONFIG,
        evidence=Evidence.SPECIFICATION,
    ),
    Rule(
        "plain-http-url",
        "client-config",
        "an address without encryption",
        Severity.WARNING,
        Confidence.HIGH,
        scope=Scope.CLIENT_CONFIG,
        evidence=Evidence.SPECIFICATION,
    ),
    Rule(
        "undeclared-input",
        "client-config",
        "an input that is asked for and not declared",
        Severity.ERROR,
        Confidence.HIGH,
        scope=Scope.CLIENT_CONFIG,
        evidence=Evidence.SPECIFICATION,
    ),
)
