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


@pytest.mark.parametrize(
    ("schema", "help_"),
    [
        ({"type": "boolean"}, "add a description to 'bold': what changes if it is true"),
        (
            {"type": ["integer", "null"]},
            "add a description to 'bold': what it counts or measures, its unit and its bounds",
        ),
        ({"type": "array"}, "add a description to 'bold': what one item is"),
        ({"type": "string"}, "add a description to 'bold': meaning, form, and where the value comes from"),
        ({}, "add a description to 'bold': meaning, form, and where the value comes from"),
    ],
)
def test_what_a_description_lacks_fits_the_type_of_the_parameter(schema: dict[str, object], help_: str) -> None:
    tool = {"name": "paint", "inputSchema": {"type": "object", "properties": {"bold": schema}}}
    found = check_server(ServerContext(manifest_of({"tool": tool})), RuleSet((BY_ID["undescribed-parameter"],)))
    assert [finding.help for findings in found.tools.values() for finding in findings] == [help_]


@pytest.mark.parametrize("name", ["case_id", "caseId", "uuid"])
def test_an_id_is_not_asked_for_units(name: str) -> None:
    tool = {"name": "paint", "inputSchema": {"type": "object", "properties": {name: {"type": "integer"}}}}
    found = check_server(ServerContext(manifest_of({"tool": tool})), RuleSet((BY_ID["undescribed-parameter"],)))
    helps = [finding.help for findings in found.tools.values() for finding in findings]
    assert helps == [f"add a description to '{name}': what it identifies, and where it comes from"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("delete_event", "Delete a calendar event."),
        ("delete_event", "Deletes an event."),
        ("createCronJob", "Create a new cronjob"),
        ("create_board", "Create a new Acme board"),
        ("get_event", "Retrieves details of a specific event"),
    ],
)
def test_a_description_that_says_something_does_not_only_repeat_the_name(name: str, text: str) -> None:
    server = ServerContext(
        manifest_of({"tool": {"name": name, "description": text}, "server": {"key": "acme-calendar"}})
    )
    found = check_server(server, RuleSet((BY_ID["name-restated"],)))
    reading = server.tools[0].reading
    assert any(found.tools.values()) != any(sentence.says for sentence in reading.sentences)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("get_event", "Gets an event.", "which fields come back"),
        ("delete_event", "Deletes an event.", "what is lost with it"),
        ("reboot_crane", "Reboot a crane", "what changes and what comes back"),
    ],
)
def test_what_a_restated_name_lacks_fits_what_the_tool_does(name: str, text: str, words: str) -> None:
    server = ServerContext(manifest_of({"tool": {"name": name, "description": text}}))
    found = check_server(server, RuleSet((BY_ID["name-restated"],)))
    helps = [finding.help for findings in found.tools.values() for finding in findings]
    assert helps == [f"add what the name does not say: {words}, limits, or when to use it"]
