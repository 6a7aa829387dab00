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
)

BY_ID = {rule.id: rule for rule in RULES}
FAMILIES = tuple(dict.fromkeys(rule.family for rule in RULES))

__all__ = ["BY_ID", "FAMILIES", "RULES", "Need", "Rule", "Scope"]
