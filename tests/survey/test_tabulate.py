"""From lines to rows: the pure function that every engine can map over lines."""

import json

import pytest

from toolsmell.errors import UsageError
from toolsmell.model import Tool
from toolsmell.survey import rows
from toolsmell.survey.scan_settings import Settings, run_key
from toolsmell.survey.tables import TABLES, TableRow
from toolsmell.survey.tabulate import definition

TOOL = {"name": "list_pots", "description": "List pots.", "inputSchema": {"type": "object", "properties": {"a": {}}}}

DEFAULTS = Settings()


def line(**server: object) -> str:
    return json.dumps({"server": "kiln", "tools": [TOOL], **server})


def of(table: str, found: list[TableRow]) -> list[dict[str, object]]:
    return [dict(row.values) for row in found if row.table == table]


def test_a_server_has_one_row_and_its_tools_and_findings_refer_to_it() -> None:
    found = list(rows([line()]))
    (server,) = of("servers", found)
    (tool,) = of("tools", found)
    assert found[-1].table == "servers"
    assert (server["server"], server["status"], server["tools"], server["source"]) == ("kiln", "complete", 1, "lines:1")
    assert (tool["name"], tool["server_hash"]) == ("list_pots", server["server_hash"])
    assert json.loads(str(tool["levels"])).keys() >= {"purpose", "usage"}
    assert of("definitions", found)[0]["definition"] == tool["definition"]
    assert {row["rule"] for row in of("findings", found)}


def test_every_row_has_every_column_of_its_table() -> None:
    found = list(rows([line(), "{"]))
    for row in found:
        assert list(row.values) == [column.name for column in TABLES[row.table]], row.table


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "not valid JSON"),
        ("[1, 2", "not valid JSON"),
        ('{"a": 1}', "holds no list of tools"),
        ('{"mcpServers": {}}', "client-config"),
        ('{"tools": 3}', "not a list of tools"),
        ('{"error": {"message": "gone"}, "jsonrpc": "2.0"}', "gone"),
    ],
)
def test_a_line_that_is_no_server_is_a_failed_one_and_the_next_is_read(text: str, reason: str) -> None:
    bad, good = of("servers", list(rows([text, line()])))
    assert bad["status"] == "failed"
    assert reason in str(bad["error"])
    assert good["status"] == "complete"


def test_blank_lines_are_no_servers() -> None:
    assert of("servers", list(rows(["", "  ", line()])))[0]["source"] == "lines:3"


def test_keys_change_with_what_rows_depend_on_and_only_then() -> None:
    def key(text: str, settings: Settings = DEFAULTS) -> object:
        return of("servers", list(rows([text], settings)))[0]["key"]

    reordered = json.dumps({"tools": [dict(reversed(TOOL.items()))], "server": "kiln"})
    assert key(line()) == key(reordered)
    others = {key(line(instructions="Wait.")), key(line(server="oven")), key(line(), Settings(frame="prose"))}
    assert len(others | {key(line(tools=[TOOL, TOOL])), key(line(), Settings(select=("security",))), key(line())}) == 6


def test_the_run_key_needs_rules_that_exist() -> None:
    with pytest.raises(UsageError, match="no-such-rule"):
        run_key(Settings(select=("no-such-rule",)))


def test_a_definition_is_canonical() -> None:
    assert definition(Tool(0, {"b": 1, "a": "\ud800é"})) == '{"a":"\\ud800\\u00e9","b":1}'
