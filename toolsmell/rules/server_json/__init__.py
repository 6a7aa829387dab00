"""Rules about `server.json`, the entry of a server in the MCP registry."""

from toolsmell.model import Confidence, Evidence, Severity
from toolsmell.rules.base import Rule, Scope

ROWS: tuple[Rule, ...] = (
    Rule(
        "server-json-missing-field",
        "server-json",
        "a required field that is missing",
        Severity.ERROR,
        Confidence.HIGH,
        scope=Scope.SERVER_JSON,
        evidence=Evidence.SPECIFICATION,
    ),
    Rule(
        "invalid-server-name",
        "server-json",
        "a name that is not namespace/name",
        Severity.ERROR,
        Confidence.HIGH,
        scope=Scope.SERVER_JSON,
        evidence=Evidence.SPECIFICATION,
    ),
    Rule(
        "server-description-too-long",
        "server-json",
        "more than the 100 characters that the registry takes",
        Severity.ERROR,
        Confidence.HIGH,
        scope=Scope.SERVER_JSON,
        evidence=Evidence.SPECIFICATION,
    ),
    Rule(
        "inexact-version",
        "server-json",
        "a version that is a range, latest or left out",
        Severity.ERROR,
        Confidence.HIGH,
        scope=Scope.SERVER_JSON,
        evidence=Evidence.SPECIFICATION,
    ),
    Rule(
        "unknown-registry-type",
        "server-json",
        "a package whose registry no client knows",
        Severity.ERROR,
        Confidence.HIGH,
        scope=Scope.SERVER_JSON,
        evidence=Evidence.SPECIFICATION,
    ),
    Rule(
        "plain-http-remote",
        "server-json",
        "a remote that is not reached by https",
        Severity.ERROR,
        Confidence.HIGH,
        scope=Scope.SERVER_JSON,
        evidence=Evidence.SPECIFICATION,
    ),
    Rule(
        "secret-in-server-json",
        "server-json",
        "a secret for everyone to read",
        Severity.ERROR,
        Confidence.HIGH,
        scope=Scope.SERVER_JSON,
        evidence=Evidence.SPECIFICATION,
    ),
    Rule(
        "undeclared-url-variable",
        "server-json",
        "a variable in an address that nothing declares",
        Severity.ERROR,
        Confidence.HIGH,
        scope=Scope.SERVER_JSON,
        evidence=Evidence.SPECIFICATION,
    ),
)
