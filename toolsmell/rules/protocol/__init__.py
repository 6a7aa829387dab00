"""Rules about the form that the MCP specification gives to a list of tools."""

from toolsmell.model import Confidence, Evidence, Severity
from toolsmell.rules.base import Need, Rule, Scope

ROWS: tuple[Rule, ...] = (
    Rule(
        "malformed-tool",
        "protocol",
        "a tool that is not built as specified",
        Severity.ERROR,
        Confidence.HIGH,
        help="send what the specification asks for",
        evidence=Evidence.SPECIFICATION,
    ),
    Rule(
        "duplicate-json-key",
        "protocol",
        "a key that appears twice in one object",
        Severity.WARNING,
        Confidence.HIGH,
        help="remove one of the two",
        scope=Scope.SERVER,
        needs=Need.DUPLICATE_KEYS,
        evidence=Evidence.SPECIFICATION,
    ),
    Rule(
        "unknown-tool-field",
        "protocol",
        "a field that MCP does not know",
        Severity.NOTE,
        Confidence.HIGH,
        help='remove the field, or move it to "_meta"',
        scope=Scope.SERVER,
        evidence=Evidence.SPECIFICATION,
    ),
    Rule(
        "schema-beyond-bounds",
        "protocol",
        "a schema too deep or too large to read",
        Severity.WARNING,
        Confidence.HIGH,
        help="split the tool, or take the data as a file",
        needs=Need.DOUBTFUL_SCHEMA,
        evidence=Evidence.SPECIFICATION,
    ),
)
