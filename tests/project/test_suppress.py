"""Findings to live with, from the command line: comments, rows of the configuration, and the baseline."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commands import RULE, SERVER, Done, findings, manifest, suppressed, tool, toolsmell

Scan = Callable[..., Done]
ROW = f'[[suppress]]\nrule = "{RULE}"\nreason = "described in the manual"\n'


@pytest.fixture
def scan(tmp_path: Path) -> Scan:
    """Scan `server.py` with one rule, and those about suppressions."""
    (tmp_path / "server.py").write_text(SERVER)

    def run(*args: object) -> Done:
        options = ("--select", RULE, "--select", "suppression", "--format", "json", *args)
        return toolsmell("scan", *(() if "-" in args else ("server.py",)), *options, cwd=tmp_path)

    return run


def commented(folder: Path, line: str, *, above: str = "", behind: str = "") -> None:
    """Add a comment above a line of the server, or behind it."""
    assert SERVER.count(line) == 1
    text = (f"{above}\n" if above else "") + line + (f"  {behind}" if behind else "")
    (folder / "server.py").write_text(SERVER.replace(line, text))


def comments(done: Done, rule: str) -> list[tuple[int, str]]:
    return [(f["location"]["line"], f["message"]) for f in findings(done.report, rule)]


IGNORE = f"# toolsmell: ignore[{RULE}] it is plain"


@pytest.mark.parametrize("how", ["above", "behind"])
@pytest.mark.parametrize("line", ["def book(room: Any, hours: Any) -> str:"])
def test_a_comment_where_a_tool_begins_is_about_all_of_the_tool(
    tmp_path: Path, scan: Scan, how: str, line: str
) -> None:
    commented(tmp_path, line, **{how: IGNORE})
    by = "server.py:9"
    assert suppressed(scan().report) == [by, by, None]
    assert not comments(scan(), "unused-suppression")


@pytest.mark.parametrize(
    "where", ["@mcp.tool()  {}\ndef book", "{}\n@mcp.tool()\ndef book", "{}\n# more\n\n@mcp.tool()\ndef book"]
)
def test_a_comment_at_a_decorator_is_about_what_it_decorates(tmp_path: Path, scan: Scan, where: str) -> None:
    text = SERVER.replace("@mcp.tool()\ndef book", where.format(IGNORE))
    (tmp_path / "server.py").write_text(text)
    assert [by is None for by in suppressed(scan().report)] == [False, False, True]


def test_a_comment_at_a_parameter_is_about_that_parameter(tmp_path: Path, scan: Scan) -> None:
    text = SERVER.replace("(room: Any, hours: Any)", f"(\n    room: Any,  {IGNORE}\n    hours: Any,\n)")
    (tmp_path / "server.py").write_text(text)
    assert suppressed(scan().report) == ["server.py:10", None, None]


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ("# toolsmell: ignore[untyped-paramter] it is plain", "which is no rule"),
        (f"# toolsmell: ignore[{RULE}]", "gives no reason"),
        ("# toolsmell: ignore", "names no rule"),
        ("# toolsmell: ignore[] why", "names no rule"),
    ],
)
def test_a_comment_that_cannot_suppress_is_a_finding(tmp_path: Path, scan: Scan, comment: str, words: str) -> None:
    commented(tmp_path, "def book(room: Any, hours: Any) -> str:", behind=comment)
    done = scan()
    assert suppressed(done.report) == [None, None, None]
    ((line, message),) = comments(done, "invalid-suppression")
    assert line == 9
    assert words in message


def test_a_comment_without_use_is_a_finding_where_it_stands(tmp_path: Path, scan: Scan) -> None:
    commented(tmp_path, '    """Give a room back."""', above="    # toolsmell: ignore[missing-description] later")
    assert not comments(scan(), "unused-suppression"), "the rule did not run"
    commented(tmp_path, '    """Give a room back."""', above=f"    {IGNORE}")
    assert comments(scan(), "unused-suppression") == [(16, f"the suppression of {RULE} suppresses nothing any more")]


def test_words_in_a_text_are_no_comment(tmp_path: Path, scan: Scan) -> None:
    commented(tmp_path, '    """Give a room back."""', above=f'    x = "{IGNORE}"')
    done = scan()
    assert suppressed(done.report) == [None, None, None]
    assert not comments(done, "unused-suppression")


def test_several_rules_in_one_comment_are_told_apart(tmp_path: Path, scan: Scan) -> None:
    both = f"# toolsmell: ignore[{RULE}, name-restated] plain"
    commented(tmp_path, "def book(room: Any, hours: Any) -> str:", behind=both)
    done = scan("--select", "name-restated")
    assert suppressed(done.report)[:2] == ["server.py:9"] * 2
    assert [message for _, message in comments(done, "unused-suppression")] == [
        "the suppression of name-restated suppresses nothing any more"
    ]


def test_isolated_reads_neither_comments_nor_configuration(tmp_path: Path, scan: Scan) -> None:
    commented(tmp_path, "def book(room: Any, hours: Any) -> str:", behind=IGNORE)
    (tmp_path / "toolsmell.toml").write_text(ROW)
    assert None not in suppressed(scan().report)
    assert suppressed(scan("--isolated").report) == [None, None, None]


TYPESCRIPT = f"""\
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
import {{ z }} from "zod";

const server = new McpServer({{ name: "rooms", version: "1" }});
server.registerTool( /* toolsmell: ignore[{RULE}] it is plain */
  "book",
  {{ description: "Books.", inputSchema: {{ room: z.any() }} }},
  async () => ({{}}),
);
"""

GO = f"""\
package main

import "github.com/mark3labs/mcp-go/mcp"
import "github.com/mark3labs/mcp-go/server"

func main() {{
	s := server.NewMCPServer("rooms", "1")
	// toolsmell: ignore[{RULE}] it is plain
	tool := mcp.NewTool("book", mcp.WithDescription("Books."), mcp.WithAny("room"))
	s.AddTool(tool, nil)
}}
"""


@pytest.mark.parametrize(("name", "code"), [("server.ts", TYPESCRIPT), ("main.go", GO)])
def test_comments_of_other_languages(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / name).write_text(code)
    done = toolsmell("scan", name, "--select", RULE, "--select", "suppression", "--format", "json", cwd=tmp_path)
    (finding,) = findings(done.report)
    assert finding["suppressed"]["reason"] == "it is plain"


def test_a_row_suppresses_by_rule_tool_and_server(tmp_path: Path, scan: Scan) -> None:
    config = tmp_path / "toolsmell.toml"
    config.write_text(ROW)
    done = scan("--fail-on", "warning")
    assert done.code == 0
    assert suppressed(done.report) == [f"{config}:1"] * 3
    assert done.report["summary"]["suppressed"] == 3
    config.write_text(f'{ROW}tool = "release"\nserver = "rooms"\n')
    assert [by is None for by in suppressed(scan().report)] == [True, True, False]
    config.write_text(f'{ROW}server = "other"\n')
    done = scan("--fail-on", "warning")
    assert done.code == 1
    assert suppressed(done.report) == [None] * 3
    assert not findings(done.report, "unused-suppression"), "that server was not scanned"


def test_a_row_without_use_is_a_finding_with_its_line(tmp_path: Path, scan: Scan) -> None:
    config = tmp_path / "toolsmell.toml"
    config.write_text(f'fail-on = "warning"\n{ROW}tool = "gone"\n\n{ROW}')
    done = scan()
    assert comments(done, "unused-suppression") == [
        (2, f"the suppression of {RULE} in tool 'gone' suppresses nothing any more")
    ]
    assert findings(done.report, "unused-suppression")[0]["kind"] == "run"
    assert done.code == 1, "it fails at its severity, as any finding"
    assert not findings(scan("--skip-unrecognised").report, "unused-suppression"), "a hook sees a part"
    assert not findings(scan("--tool", "book").report, "unused-suppression")


def test_where_a_server_failed_nothing_is_called_unused(tmp_path: Path, scan: Scan) -> None:
    (tmp_path / "toolsmell.toml").write_text(f'{ROW}tool = "gone"\n')
    assert findings(scan().report, "unused-suppression")
    assert not findings(scan("missing.json").report, "unused-suppression"), "the tool may be in what was not read"


@pytest.mark.parametrize(("until", "holds"), [("2999-01-01", True), ("2020-01-01", False)])
def test_a_row_holds_until_its_last_day(tmp_path: Path, scan: Scan, until: str, holds: bool) -> None:
    (tmp_path / "toolsmell.toml").write_text(f"{ROW}until = {until}\n")
    done = scan()
    assert (None not in suppressed(done.report)) is holds
    assert len(findings(done.report, "expired-suppression")) == (not holds)


def test_machines_are_shown_what_is_suppressed_and_people_are_not(tmp_path: Path, scan: Scan) -> None:
    (tmp_path / "toolsmell.toml").write_text(ROW)
    sarif = json.loads(scan("--format", "sarif").stdout)
    assert [result["suppressions"][0]["justification"] for result in sarif["runs"][0]["results"]] == [
        "described in the manual"
    ] * 3
    text = scan("--format", "text").stdout
    assert RULE not in text
    assert "3 suppressed" in text


def write(path: Path, *tools: dict[str, Any]) -> None:
    path.write_text(manifest(*tools))


@pytest.fixture
def rooms(tmp_path: Path) -> Callable[..., Done]:
    """Scan `rooms.json` against its baseline."""

    def run(*args: object) -> Done:
        select = ("--select", RULE, "--fail-on", "warning", "--format", "json")
        return toolsmell("scan", "rooms.json", "--baseline", "old.json", *select, *args, cwd=tmp_path)

    return run


def baseline(folder: Path, *args: object) -> Any:
    done = toolsmell("baseline", *(args or ("rooms.json",)), "--select", RULE, "-o", "old.json", cwd=folder)
    assert done.code == 0, done.stderr
    return json.loads((folder / "old.json").read_text())


def test_a_run_fails_on_new_findings_only(tmp_path: Path, rooms: Scan) -> None:
    write(tmp_path / "rooms.json", tool("book"), tool("release"))
    assert [row["tool"] for row in baseline(tmp_path)["findings"]] == ["book", "release"]
    assert rooms().code == 0
    write(tmp_path / "rooms.json", tool("release"), tool("swap"), tool("book"))
    done = rooms()
    assert done.code == 1
    assert suppressed(done.report) == ["baseline", None, "baseline"], "whatever the order of the tools"
    assert "gone" not in done.stderr


def test_a_reformatted_file_has_no_new_findings(tmp_path: Path, rooms: Scan) -> None:
    write(tmp_path / "rooms.json", tool("book"))
    baseline(tmp_path)
    text = (tmp_path / "rooms.json").read_text()
    (tmp_path / "rooms.json").write_text(json.dumps(json.loads(text), indent=8).replace("\n", "\r\n"))
    assert rooms().code == 0


def test_what_is_gone_is_said(tmp_path: Path, rooms: Scan) -> None:
    write(tmp_path / "rooms.json", tool("book"), tool("release"))
    baseline(tmp_path)
    write(tmp_path / "rooms.json", tool("book"))
    done = rooms()
    assert f"gone since the baseline: rooms: release: {RULE}" in done.stderr
    assert "gone" not in rooms("--skip-unrecognised").stderr, "a hook sees a part"


def test_what_was_not_scanned_is_not_gone(tmp_path: Path, rooms: Scan) -> None:
    write(tmp_path / "rooms.json", tool("book"))
    write(tmp_path / "halls.json", tool("open"))
    assert len(baseline(tmp_path, "rooms.json", "halls.json")["findings"]) == 2
    assert "gone" not in rooms().stderr


def test_a_report_serves_as_a_baseline(tmp_path: Path, rooms: Scan) -> None:
    write(tmp_path / "rooms.json", tool("book"), tool("release"))
    report = toolsmell("scan", "rooms.json", "--select", RULE, "--format", "json", cwd=tmp_path).stdout
    (tmp_path / "old.json").write_text(report)
    assert rooms().code == 0
    write(tmp_path / "rooms.json", tool("swap"), tool("book"))
    done = rooms("--base", "old.json", "--output", f"markdown={tmp_path / 'comment.md'}")
    assert suppressed(done.report) == [None, "baseline"]
    assert "swap" in (tmp_path / "comment.md").read_text()


def test_the_second_of_two_equal_findings_is_new(tmp_path: Path, rooms: Scan) -> None:
    write(tmp_path / "rooms.json", tool("book"))
    baseline(tmp_path)
    write(tmp_path / "rooms.json", tool("book"), tool("book", hall={}))
    assert sorted(suppressed(rooms().report), key=str) == [None, "baseline"], (
        "as many of one identity are old as the file has"
    )


def test_writing_again_keeps_what_is_there_and_drops_what_is_gone(tmp_path: Path) -> None:
    write(tmp_path / "rooms.json", tool("book"), tool("release"))
    baseline(tmp_path)
    (tmp_path / "toolsmell.toml").write_text('baseline = "old.json"')
    write(tmp_path / "rooms.json", tool("book"))
    assert [row["tool"] for row in baseline(tmp_path)["findings"]] == ["book"]
    assert [row["tool"] for row in baseline(tmp_path)["findings"]] == ["book"], "the same again"


def test_one_file_of_a_server_knows_the_baseline_of_all(tmp_path: Path) -> None:
    package = tmp_path / "rooms"
    package.mkdir()
    (tmp_path / "pyproject.toml").write_text("[project]\nname='rooms'\n")
    (package / "app.py").write_text('from mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP("Rooms of the house")\n')
    code = SERVER.split("\n\n\n", 1)[1]
    (package / "booking.py").write_text(f"from typing import Any\n\nfrom rooms.app import mcp\n\n\n{code}")
    assert len(baseline(tmp_path, "rooms")["findings"]) == 3
    done = toolsmell(
        "scan", "rooms/booking.py", "--baseline", "old.json", "--select", RULE, "--format", "json", cwd=tmp_path
    )
    assert suppressed(done.report) == ["baseline"] * 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            '{"schema": "toolsmell.baseline/v2", "findings": []}',
            "is of another version (toolsmell.baseline/v2)",
        ),
        ('{"schema": "toolsmell.report/v9", "servers": []}', "is of another version (toolsmell.report/v9)"),
        ('{"schema": "toolsmell.lock/v1"}', "is no baseline"),
        ("[]", "is no baseline"),
        ('{"schema": "toolsmell.baseline/v1", "findings": [{}]}', "must be a list of objects"),
        ('{"schema": "toolsmell.baseline/v1", "findings": [', "the baseline cannot be read: old.json:1"),
        ("{}\n{}\n", "is no baseline, but 2 documents"),
        ("", "the baseline cannot be read"),
    ],
)
def test_a_file_that_is_no_baseline_is_a_message(tmp_path: Path, rooms: Scan, content: str, words: str) -> None:
    write(tmp_path / "rooms.json", tool("book"))
    (tmp_path / "old.json").write_text(content)
    done = rooms()
    assert done.code == 2
    assert words in done.stderr
    assert not done.stdout


def test_a_missing_baseline_is_a_message(tmp_path: Path, rooms: Scan) -> None:
    write(tmp_path / "rooms.json", tool("book"))
    done = rooms()
    assert (done.code, done.stdout) == (2, "")
    assert "old.json: no such file; `toolsmell baseline` writes one" in done.stderr


def test_a_configured_baseline_stands_beside_its_file_and_not_outside(tmp_path: Path) -> None:
    write(tmp_path / "rooms.json", tool("book"))
    baseline(tmp_path)
    project = tmp_path / "project"
    project.mkdir()
    write(project / "rooms.json", tool("book"))
    (project / "toolsmell.toml").write_text('\nbaseline = "../old.json"')
    done = toolsmell("scan", "project/rooms.json", cwd=tmp_path)
    assert done.code == 2
    assert "toolsmell.toml:2: baseline: ../old.json lies outside of" in done.stderr
    (project / "toolsmell.toml").write_text('baseline = "link.json"')
    (project / "link.json").symlink_to(tmp_path / "old.json")
    assert "lies outside of" in toolsmell("scan", "project/rooms.json", cwd=tmp_path).stderr
    (project / "link.json").unlink()
    (tmp_path / "old.json").rename(project / "link.json")
    done = toolsmell("scan", "project/rooms.json", "--select", RULE, "--fail-on", "warning", cwd=tmp_path)
    assert done.code == 0, "the path starts from the configuration, wherever the run does"


def test_nothing_linted_is_no_baseline(tmp_path: Path) -> None:
    (tmp_path / "rooms.json").write_text('{"tools": []}')
    done = toolsmell("baseline", "rooms.json", cwd=tmp_path)
    assert done.code == 3
    assert not (tmp_path / "toolsmell-baseline.json").exists()


def placed(folder: Path, *names: str) -> Done:
    """Scan a dump of the server's tools of these names, with access to its source code."""
    tools = [tool(name, f"{name.title()}s a room.", room={}, hours={}) for name in names]
    (folder / "dump.json").write_text(manifest(*tools))
    selected = ("--select", RULE, "--select", "suppression")
    return toolsmell("scan", "dump.json", "--source", ".", *selected, "--format", "json", cwd=folder)


def test_a_comment_holds_for_a_manifest_that_is_placed_on_its_source(tmp_path: Path) -> None:
    commented(tmp_path, "def book(room: Any, hours: Any) -> str:", behind=IGNORE)
    done = placed(tmp_path, "book")
    assert suppressed(done.report) == ["server.py:9", "server.py:9"]
    assert not comments(done, "unused-suppression")


def test_a_comment_at_a_parameter_holds_for_a_placed_manifest(tmp_path: Path) -> None:
    text = SERVER.replace("(room: Any, hours: Any)", f"(\n    room: Any,  {IGNORE}\n    hours: Any,\n)")
    (tmp_path / "server.py").write_text(text)
    assert suppressed(placed(tmp_path, "book").report) == ["server.py:10", None]


def test_a_comment_without_use_for_a_placed_manifest_is_a_finding(tmp_path: Path) -> None:
    commented(tmp_path, '    """Give a room back."""', above=f"    {IGNORE}")
    assert [line for line, _ in comments(placed(tmp_path, "release"), "unused-suppression")] == [16]
    assert not comments(placed(tmp_path, "book"), "unused-suppression"), "it is about a tool that was not looked at"


def test_what_is_wrong_with_a_comment_is_said_for_a_placed_manifest(tmp_path: Path) -> None:
    commented(tmp_path, "def book(room: Any, hours: Any) -> str:", behind=f"# toolsmell: ignore[{RULE}]")
    done = placed(tmp_path, "book")
    assert suppressed(done.report) == [None, None]
    assert [message for _, message in comments(done, "invalid-suppression")] == [
        f"this comment suppresses nothing: it gives no reason for ignoring {RULE}"
    ]


def grouped(folder: Path, config: str) -> Any:
    """Scan three tools whose parameter has one fault, and return the finding that they share."""
    schema = {"type": "object", "properties": {"limit": {"type": "integer", "description": "How many (default: 20)."}}}
    names = ("list_rooms", "list_guests", "list_bills")
    write(folder / "hotel.json", *({"name": n, "description": "Lists.", "inputSchema": schema} for n in names))
    (folder / "toolsmell.toml").write_text(config)
    args = ("scan", "hotel.json", "--select", "prose-only-default", "--select", "suppression", "--format", "json")
    return toolsmell(*args, cwd=folder).report


SHARED = '[[suppress]]\nrule = "prose-only-default"\nreason = "kept for old clients"\ntool = "%s"\n'


@pytest.mark.parametrize("tool", ["list_rooms", "list_bills"])
def test_a_row_about_one_tool_of_a_shared_finding_leaves_the_others(tmp_path: Path, tool: str) -> None:
    (finding,) = findings(grouped(tmp_path, SHARED % tool))
    assert finding["suppressed"] is None
    assert {member["tool"] for member in finding["members"]} == {"list_rooms", "list_guests", "list_bills"} - {tool}
    assert finding["message"].endswith("(suppressed in 1 of 3 tools)")
    assert len(finding["fix"]["edits"]) == 2


def test_rows_about_all_tools_of_a_shared_finding_suppress_it(tmp_path: Path) -> None:
    rows = "\n".join(SHARED % name for name in ("list_rooms", "list_guests", "list_bills"))
    (finding,) = findings(grouped(tmp_path, rows))
    assert finding["suppressed"]["reason"] == "kept for old clients"


def test_a_row_about_a_tool_without_the_fault_is_unused(tmp_path: Path) -> None:
    found = findings(grouped(tmp_path, SHARED % "list_beds"))
    assert sorted(finding["id"] for finding in found) == ["prose-only-default", "unused-suppression"]
