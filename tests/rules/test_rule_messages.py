"""Messages of findings name the tool or parameter, for readers who see no line of the file."""

import pytest

from tests.rules.test_rules import manifest_of
from toolsmell.reading.context import ServerContext
from toolsmell.rules import BY_ID
from toolsmell.rules.engine import RuleSet, check_server


@pytest.mark.parametrize(
    ("rule", "schema", "words"),
    [
        ("default-contradicts-schema", {"type": "integer", "default": "5"}, "the default of 'limit' is"),
        ("example-contradicts-schema", {"type": "integer", "examples": ["5"]}, "the example of 'limit' is"),
        ("empty-range", {"type": "integer", "minimum": 5, "maximum": 1}, "minimum 5 of 'limit' is over maximum 1"),
        ("impossible-enum-value", {"type": "integer", "enum": ["5"]}, "a listed value of 'limit' is"),
        ("impossible-enum-value", {"type": "integer", "enum": []}, "the list of values of 'limit' is empty"),
        ("impossible-enum-value", {"type": "integer", "const": "5"}, "the constant of 'limit' is"),
    ],
)
def test_a_parameter_is_named(rule: str, schema: dict[str, object], words: str) -> None:
    tool = {"name": "list", "inputSchema": {"type": "object", "properties": {"limit": schema}}}
    server = ServerContext(manifest_of({"tool": tool}))
    found = check_server(server, RuleSet((BY_ID[rule],)))
    assert [words in finding.message for findings in found.tools.values() for finding in findings] == [True]
