"""A folder is read whole, and a target that is no file says what to type."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands import SERVER, Done, findings, manifest, tool, toolsmell

TOKEN = "ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"


def put(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def scan(folder: Path, *args: str) -> tuple[Done, Any]:
    done = toolsmell("scan", *args, "--format", "json", cwd=folder)
    return done, done.report


CONFIG = json.dumps({"mcpServers": {"a": {"command": "a", "env": {"API_TOKEN": TOKEN}}}})
ENTRY = json.dumps({"name": "io.github.a/b", "packages": [{"registryType": "npm", "identifier": "b"}]})
BUNDLE = json.dumps(
    {"manifest_version": "0.3", "name": "hall", "server": {}, "tools": [{"name": "open", "description": "Opens it."}]}
)


def test_each_file_is_read_as_what_it_is(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "server.py": SERVER,
            "spec/../tools.json": manifest(tool("swap")),
            ".mcp.json": CONFIG,
            ".codex/config.toml": f'[mcp_servers.a]\ncommand = "a"\nenv = {{API_TOKEN = "{TOKEN}"}}\n',
            "deploy/server.json": ENTRY,
            "bundle/manifest.json": BUNDLE,
            "pkg/__toolsnaps__/lock.snap": json.dumps(tool("lock")),
            "pkg/__toolsnaps__/unlock.snap": json.dumps(tool("unlock")),
            "pkg/jest.snap": "exports[`a`] = `b`;",
            "package.json": '{"name": "a"}',
            "main.rb": "puts 1",
            "node_modules/x/tools.json": manifest(tool("foreign")),
            "tests/tools.json": manifest(tool("only_for_a_test")),
        },
    )
    done, report = scan(tmp_path)
    tools = {server["key"]: [t["name"] for t in server["tools"]] for server in report["servers"] if server["tools"]}
    assert tools == {"rooms": ["book", "release"], "tools": ["swap"], "hall": ["open"], "pkg": ["lock", "unlock"]}
    assert {f["location"]["file"] for f in findings(report, "hardcoded-secret")} == {".mcp.json", ".codex/config.toml"}
    assert {f["location"]["file"] for f in findings(report, "server-json-missing-field")} == {"deploy/server.json"}
    passed = done.stderr.splitlines()[-1].removeprefix("toolsmell: passed over ").split(", ")
    assert set(passed) == {
        "1 JSON file of another kind",
        "1 file that is not valid JSON",
        "1 Ruby file (not read)",
        "1 file of tests or examples",
    }
    snapshot = next(server for server in report["servers"] if server["key"] == "pkg")
    files = {f["location"]["file"] for t in snapshot["tools"] for f in t["findings"]}
    assert files == {"pkg/__toolsnaps__/lock.snap", "pkg/__toolsnaps__/unlock.snap"}


def test_a_scan_without_a_target_reads_the_folder(tmp_path: Path) -> None:
    put(tmp_path, {"tools.json": manifest(tool("swap"))})
    _, report = scan(tmp_path)
    assert report["summary"]["tools"] == 1


def test_a_scan_without_a_target_reads_those_of_the_configuration(tmp_path: Path) -> None:
    put(tmp_path, {"a/tools.json": manifest(tool("a")), "b/tools.json": manifest(tool("b"))})
    put(tmp_path, {"toolsmell.toml": 'targets = ["b"]\n', "a/here.txt": ""})
    for folder in (tmp_path, tmp_path / "a"):
        _, report = scan(folder)
        assert [t["name"] for server in report["servers"] for t in server["tools"]] == ["b"]


@pytest.mark.parametrize("target", ["https://example.com/mcp", "--run", "../outside", "/etc", ""])
def test_a_configuration_names_only_files_and_folders_of_its_own(tmp_path: Path, target: str) -> None:
    put(tmp_path, {"project/toolsmell.toml": f"targets = [{json.dumps(target)}]\n", "outside/tools.json": "{}"})
    done = toolsmell("scan", cwd=tmp_path / "project")
    assert done.code == 2
    assert "toolsmell.toml:1: targets: " in done.stderr


def test_excluded_files_are_left_out_of_folders_and_hooks(tmp_path: Path) -> None:
    put(tmp_path, {"examples/tools.json": manifest(tool("a")), "gen/x.py": SERVER, "tools.json": manifest(tool("b"))})
    put(tmp_path, {"toolsmell.toml": 'exclude = ["examples/", "gen/*.py"]\n'})
    _, report = scan(tmp_path)
    assert [t["name"] for server in report["servers"] for t in server["tools"]] == ["b"]
    done, report = scan(tmp_path, "--skip-unrecognised", "examples/tools.json", "gen/x.py")
    assert done.code == 0
    assert report["servers"] == []
    assert "passed over 2 excluded files" in done.stderr
    _, report = scan(tmp_path, "examples/tools.json")
    assert report["summary"]["tools"] == 1, "who names a file wants it read"


def test_a_pattern_that_could_take_long_is_rejected(tmp_path: Path) -> None:
    put(tmp_path, {"toolsmell.toml": f'exclude = ["{"*a" * 30}"]\n', "tools.json": manifest(tool("b"))})
    done = toolsmell("scan", cwd=tmp_path)
    assert done.code == 2
    assert "has more than 3 wildcards" in done.stderr


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("mcp-server-git", "to start it as a server, type `toolsmell scan -- mcp-server-git`"),
        ("localhost:1234/mcp", "type `toolsmell scan http://localhost:1234/mcp`"),
        ("example.com:80", "type `toolsmell scan http://example.com:80`"),
        ("main.rb", "Ruby is not read: start the server"),
        ("tools.php", "PHP is not read: start the server"),
    ],
)
def test_what_is_no_file_says_what_to_type(tmp_path: Path, target: str, words: str) -> None:
    if "." in target and ":" not in target:
        put(tmp_path, {target: "class A {}"})
    done = toolsmell("scan", target, cwd=tmp_path)
    assert done.code == 3
    assert words in done.stderr


@pytest.mark.parametrize(
    ("name", "text"),
    [("mcp.json", CONFIG.replace(TOKEN, "${API_TOKEN}")), ("server.json", ENTRY)],
    ids=["mcp", "entry"],
)
def test_a_correct_declaration_passes_with_a_hint(tmp_path: Path, name: str, text: str) -> None:
    entry = {**json.loads(ENTRY), "description": "Books rooms.", "version": "1.0.0"}
    entry["packages"] = [{"registryType": "npm", "identifier": "b", "version": "1.0.0", "transport": {"type": "stdio"}}]
    put(tmp_path, {name: text if name == "mcp.json" else json.dumps(entry)})
    done = toolsmell("scan", name, cwd=tmp_path)
    assert done.code == 0, done.stdout
    assert done.stderr == f"{name}: only the file is checked; add --run to start its servers and scan their tools\n"
    assert "1 file that declares servers: 0 errors, 0 warnings" in done.stdout


def test_a_tool_that_could_not_be_read_fails_a_scan_of_a_person(tmp_path: Path) -> None:
    code = SERVER.replace('"""Book a room for some hours."""', "return room")
    code = "import os\n" + code.replace("@mcp.tool()\ndef book", "@mcp.tool(description=os.environ['TEXT'])\ndef book")
    put(tmp_path, {"server.py": code})
    done = toolsmell("scan", "server.py", cwd=tmp_path)
    assert done.code == 3
    assert "1 description (book) could not be read from the code: start the server" in done.stderr + done.stdout
    assert toolsmell("scan", "server.py", "--allow-partial", cwd=tmp_path).code == 0


def test_rules_are_ignored_by_path(tmp_path: Path) -> None:
    bad = manifest({"name": "x", "inputSchema": {"type": "object", "properties": {}}})
    put(tmp_path, {"old/tools.json": bad, "new/tools.json": bad})
    put(tmp_path, {"toolsmell.toml": '[paths."old/**"]\nignore = ["missing-description"]\n'})
    _, report = scan(tmp_path)
    marked = {f["location"]["file"]: f["suppressed"] for f in findings(report, "missing-description")}
    assert marked["new/tools.json"] is None
    assert marked["old/tools.json"]["by"].endswith("toolsmell.toml:1")
    put(tmp_path, {"toolsmell.toml": '[paths."old/**"]\nignore = ["missing-descripton"]\n'})
    done = toolsmell("scan", cwd=tmp_path)
    assert done.code == 2
    assert (
        "toolsmell.toml:2: no rule is called 'missing-descripton'; did you mean 'missing-description'?" in done.stderr
    )
