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
    # schema
    Rule("invalid-schema", "schema", "a schema that is not valid JSON Schema", _ERROR, _HIGH),
    Rule("non-object-schema", "schema", "a schema without type object at its root", _ERROR, _HIGH),
    Rule("undeclared-dialect", "schema", "an older dialect that is not declared", _WARNING, _HIGH),
    Rule("unknown-dialect", "schema", "a dialect that nobody knows", _WARNING, _HIGH),
    Rule(
        "older-dialect",
        "schema",
        "schemas that declare an older dialect than 2020-12",
        _NOTE,
        _HIGH,
        scope=Scope.SERVER,
        recommended=False,
    ),
    Rule(
        "required-without-property",
        "schema",
        "a required name that no property has",
        _ERROR,
        _HIGH,
        component=Component.PARAMETERS,
    ),
    Rule(
        "default-contradicts-schema",
        "schema",
        "a default that its own schema does not allow",
        _WARNING,
        _HIGH,
        component=Component.PARAMETERS,
        needs=Need.PARAMETERS,
    ),
    Rule(
        "impossible-enum-value",
        "schema",
        "a listed value of another type",
        _WARNING,
        _HIGH,
        component=Component.PARAMETERS,
        needs=Need.PARAMETERS,
    ),
    Rule(
        "empty-range",
        "schema",
        "bounds between which there is nothing",
        _WARNING,
        _HIGH,
        component=Component.PARAMETERS,
        needs=Need.PARAMETERS,
    ),
    Rule("network-reference", "schema", "a reference that leads out of the tool", _ERROR, _HIGH),
    Rule("dangling-reference", "schema", "a reference that leads nowhere", _ERROR, _HIGH),
    Rule("invalid-header-parameter", "schema", "an x-mcp-header that breaks the rules", _ERROR, _HIGH),
    Rule("sensitive-header-parameter", "schema", "a secret that is copied into a header", _WARNING, _MEDIUM),
    # output
    # protocol
    Rule("malformed-tool", "protocol", "a tool that is not built as specified", _ERROR, _HIGH),
    Rule(
        "duplicate-json-key",
        "protocol",
        "a key that stands twice in one object",
        _WARNING,
        _HIGH,
        scope=Scope.SERVER,
    ),
    Rule(
        "unknown-tool-field",
        "protocol",
        "a field that MCP does not know",
        _NOTE,
        _HIGH,
        scope=Scope.SERVER,
    ),
    Rule("schema-beyond-bounds", "protocol", "a schema too deep or too large to read", _WARNING, _HIGH),
    # server-json
    Rule(
        "server-json-missing-field",
        "server-json",
        "a required field that is missing",
        _ERROR,
        _HIGH,
        scope=Scope.SERVER_JSON,
    ),
    Rule(
        "invalid-server-name",
        "server-json",
        "a name that is not namespace/name",
        _ERROR,
        _HIGH,
        scope=Scope.SERVER_JSON,
    ),
    Rule(
        "server-description-too-long",
        "server-json",
        "more than the 100 characters that the registry takes",
        _ERROR,
        _HIGH,
        scope=Scope.SERVER_JSON,
    ),
    Rule(
        "inexact-version",
        "server-json",
        "a version that is a range, latest or left out",
        _ERROR,
        _HIGH,
        scope=Scope.SERVER_JSON,
    ),
    Rule(
        "unknown-registry-type",
        "server-json",
        "a package whose registry no client knows",
        _ERROR,
        _HIGH,
        scope=Scope.SERVER_JSON,
    ),
    Rule(
        "plain-http-remote",
        "server-json",
        "a remote that is not reached by https",
        _ERROR,
        _HIGH,
        scope=Scope.SERVER_JSON,
    ),
    Rule(
        "secret-in-server-json",
        "server-json",
        "a secret for everyone to read",
        _ERROR,
        _HIGH,
        scope=Scope.SERVER_JSON,
    ),
    Rule(
        "undeclared-url-variable",
        "server-json",
        "a variable in an address that nothing declares",
        _ERROR,
        _HIGH,
        scope=Scope.SERVER_JSON,
    ),
    # client-config
    Rule(
        "two-transports",
        "client-config",
        "a server that is both started and connected to",
        _ERROR,
        _HIGH,
        scope=Scope.CLIENT_CONFIG,
    ),
    Rule(
        "missing-transport",
        "client-config",
        "a server with neither a command nor an address",
        _ERROR,
        _HIGH,
        scope=Scope.CLIENT_CONFIG,
    ),
    Rule(
        "malformed-arguments",
        "client-config",
        "arguments that are not a list of strings",
        _ERROR,
        _HIGH,
        scope=Scope.CLIENT_CONFIG,
    ),
    Rule(
        "non-string-env",
        "client-config",
        "a variable or header that is not a string",
        _ERROR,
        _HIGH,
        scope=Scope.CLIENT_CONFIG,
    ),
    Rule(
        "hardcoded-secret",
        "client-config",
        "a secret that stands in the file",
        _ERROR,
        _MEDIUM,
        scope=Scope.CLIENT_CONFIG,
    ),
    Rule(
        "plain-http-url",
        "client-config",
        "an address without encryption",
        _WARNING,
        _HIGH,
        scope=Scope.CLIENT_CONFIG,
    ),
    Rule(
        "undeclared-input",
        "client-config",
        "an input that is asked for and not declared",
        _ERROR,
        _HIGH,
        scope=Scope.CLIENT_CONFIG,
    ),
)

BY_ID = {rule.id: rule for rule in RULES}
FAMILIES = tuple(dict.fromkeys(rule.family for rule in RULES))

__all__ = ["BY_ID", "FAMILIES", "RULES", "Need", "Rule", "Scope"]
