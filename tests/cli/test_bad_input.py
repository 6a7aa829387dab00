"""Bad input of every kind: a clear message on stderr, the documented exit code, no traceback, nothing lost."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

GOOD = {"name": "add", "description": "Adds two numbers.", "inputSchema": {"type": "object", "properties": {}}}


def scan(*args: str | Path, stdin: bytes = b"", timeout: float = 60) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "toolsmell", "scan", *map(str, args)]
    done = subprocess.run(command, input=stdin, capture_output=True, timeout=timeout, check=False)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


def refused(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr
    for word in words:
        assert word in done.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", ["no JSON"], id="empty"),
        pytest.param(b'{"tools": [\n  {"name": }', [":2:12", "not valid JSON"], id="invalid, with line and column"),
        pytest.param(b'{"tools": []} trailing', [":1:15"], id="trailing garbage"),
        pytest.param(b"\x00\x01\x02\xff" * 50, ["binary"], id="binary"),
        pytest.param(b'{"tools": ["\xff\xfe"]}', ["UTF-8"], id="latin-1"),
        pytest.param('{"tools": []}'.encode("utf-16"), ["UTF-16"], id="utf-16"),
        pytest.param(b"[" * 100_000, ["nested"], id="unclosed, 100,000 deep"),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, ["nested deeper"], id="100,000 deep"),
        pytest.param(b'{"tools": []}', ["lists no tools"], id="no tools"),
        pytest.param(b"[]", ["lists no tools"], id="an empty list"),
        pytest.param(b'{"tools": 5}', ["`tools` is a number"], id="tools is a number"),
        pytest.param(b'{"hello": "world"}', ["nothing of MCP"], id="other JSON"),
        pytest.param(b'"text"', ["nothing of MCP"], id="a string"),
        pytest.param(
            b'{"jsonrpc": "2.0", "id": 1, "error": {"code": -1, "message": "no auth"}}', ["no auth"], id="an error"
        ),
        pytest.param(b'{"a": NaN}', ["NaN"], id="NaN"),
        pytest.param(b'{"a": ' + b"9" * 5000 + b"}", ["too large"], id="a number of 5,000 digits"),
    ],
)
def test_unreadable_file(tmp_path: Path, content: bytes, words: list[str]) -> None:
    target = tmp_path / "tools.json"
    target.write_bytes(content)
    refused(scan(target), 3, *words)
    refused(scan("-", stdin=content), 3, *words)


def test_missing_file() -> None:
    refused(scan("nowhere/tools.json"), 3, "nowhere/tools.json: no such file")


@pytest.mark.parametrize("target", ["ftp://x/tools.json", "file:///tmp/tools.py"])
def test_a_url_of_another_kind(target: str) -> None:
    refused(scan(target), 3, f"{target}: of URLs, only those with http:// or https:// are read")


def test_file_over_the_limit(tmp_path: Path) -> None:
    target = tmp_path / "tools.json"
    target.write_text(json.dumps({"tools": [GOOD]}, indent=1))
    refused(scan(target, "--max-bytes", "50"), 3, "larger than 50 bytes", "--max-bytes")


def test_line_over_the_limit(tmp_path: Path) -> None:
    target = tmp_path / "servers.jsonl"
    long = {**GOOD, "description": "x" * 5_000}
    target.write_text(
        "\n".join(json.dumps({"server": s, "tools": [t]}) for s, t in [("a", GOOD), ("b", long), ("c", GOOD)])
    )
    done = scan(target, "--max-bytes", "2000", "--format", "json")
    refused(done, 3, "servers.jsonl:2", "larger than 2000 bytes")
    assert [s["key"] for s in json.loads(done.stdout)["servers"] if s["tools"]] == ["a", "c"]


def test_bad_line_does_not_cost_the_others(tmp_path: Path) -> None:
    target = tmp_path / "servers.jsonl"
    target.write_text(
        f'{json.dumps({"server": "a", "tools": [GOOD]})}\n{{"tools": [\n{json.dumps({"server": "c", "tools": [GOOD]})}\n'
    )
    done = scan(target, "--format", "json")
    refused(done, 3, "servers.jsonl:2:")
    assert json.loads(done.stdout)["summary"]["tools"] == 2
    assert scan(target, "--allow-partial").returncode == 0


@pytest.mark.parametrize(
    "tool",
    [
        5,
        None,
        "add",
        [],
        {},
        {"name": 5, "description": [], "inputSchema": "x"},
        {**GOOD, "inputSchema": True},
        {**GOOD, "inputSchema": None},
        {**GOOD, "inputSchema": {"$ref": "#"}},
        {**GOOD, "inputSchema": {"type": "object", "properties": {"a": {"$ref": "#/properties/a"}}}},
        {**GOOD, "inputSchema": {"type": "object", "properties": 7, "required": "x", "items": -1}},
        {**GOOD, "description": "\ud800 lone", "name": "\udfff"},
        {**GOOD, "annotations": "x", "outputSchema": [1], "title": {}},
    ],
    ids=lambda tool: json.dumps(tool)[:60],
)
def test_malformed_tool_is_a_finding_and_the_others_are_linted(tmp_path: Path, tool: Any) -> None:
    target = tmp_path / "tools.json"
    target.write_text(json.dumps({"tools": [tool, GOOD]}))
    done = scan(target, "--select", "all", "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    assert [t["name"] for t in json.loads(done.stdout)["servers"][0]["tools"]][1] == "add"
    assert scan(target, "--select", "all").returncode == done.returncode


def test_duplicate_keys_are_found_with_their_place(tmp_path: Path) -> None:
    target = tmp_path / "tools.json"
    target.write_text(
        '{"tools": [{"name": "a",\n "description": "Adds.", "description": "Removes.", "inputSchema": {"type": "object"}}]}'
    )
    report = json.loads(scan(target, "--format", "json").stdout)
    (finding,) = [f for f in report["servers"][0]["tools"][0]["findings"] if f["id"] == "duplicate-json-key"]
    assert finding["location"]["line"] == 2


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A socket that remembers whether anybody came."""
    visits: list[bytes] = []
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()

        def accept() -> None:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                visits.append(b"came")

        thread = threading.Thread(target=accept)
        thread.start()
        yield server.getsockname()[1], visits
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def test_references_are_never_followed(tmp_path: Path, listener: tuple[int, list[bytes]]) -> None:
    port, visits = listener
    secret = tmp_path / "secret.json"
    secret.write_text('{"description": "found on the disk"}')
    url = f"http://127.0.0.1:{port}/schema.json"
    schemas = [
        {"type": "object", "properties": {"a": {"$ref": url}}},
        {"type": "object", "properties": {"a": {"$ref": secret.as_uri()}}},
        {"type": "object", "properties": {"a": {"$ref": str(secret)}}},
        {"$schema": url, "type": "object", "properties": {"a": {"type": "nonsense"}}},
        {"$id": url, "type": "object", "$dynamicRef": url, "properties": {"a": {"minimum": "x"}}},
    ]
    tools = [{**GOOD, "name": f"t{i}", "inputSchema": s, "outputSchema": s} for i, s in enumerate(schemas)]
    target = tmp_path / "tools.json"
    target.write_text(json.dumps({"tools": tools}))
    done = scan(target, "--select", "all", "--format", "json")
    assert json.loads(done.stdout)["summary"]["tools"] == len(tools)
    assert "found on the disk" not in done.stdout
    assert not visits


def test_patterns_from_outside_do_not_hang(tmp_path: Path) -> None:
    evil = {"type": "string", "pattern": "^(a+)+$", "default": "a" * 40 + "!", "examples": ["a" * 40 + "!"]}
    schema = {"type": "object", "properties": {"a": evil}, "patternProperties": {"^(a+)+$": evil}}
    target = tmp_path / "tools.json"
    target.write_text(json.dumps({"tools": [{**GOOD, "inputSchema": schema, "outputSchema": schema}]}))
    assert scan(target, "--select", "all", timeout=30).returncode in (0, 1)


def test_megabyte_of_text_is_read(tmp_path: Path) -> None:
    texts = [
        "a" * 10**6,
        "a. " * 300_000,
        "-" * 10**6,
        "`" * 10**6,
        "\n- x" * 200_000,
        "(" * 10**6,
        "é" * 10**6,
        "a_" * 400_000,
    ]
    tools = [{**GOOD, "name": f"t{i}", "description": text} for i, text in enumerate(texts)]
    target = tmp_path / "tools.json"
    target.write_text(json.dumps({"tools": tools}))
    done = scan(target, "--select", "all", "--format", "json", timeout=150)
    # On a slow machine, 300,000 sentences take longer than the limit for one tool; that is said, and the rest is linted.
    assert done.returncode in (0, 1) or (done.returncode == 3 and "--lint-seconds" in done.stderr)
    assert len(json.loads(done.stdout)["servers"][0]["tools"]) == len(texts)


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal is needed")
def test_a_terminal_shows_an_error_once(tmp_path: Path) -> None:
    import pty

    master, slave = pty.openpty()
    command = [sys.executable, "-m", "toolsmell", "scan", "no.json"]
    subprocess.run(command, stdout=slave, stderr=slave, cwd=tmp_path, check=False)
    os.close(slave)
    shown = os.read(master, 100_000).decode()
    os.close(master)
    assert shown.count("no such file") == 1


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--files"], ["no target after --files"]),
        (["--files", "--output=json=y"], ["--output=json=y: is not a target, because it begins with '-'"]),
        (["--files", "-"], ["stdin is no file"]),
        (["--"], ["no command after"]),
        ([""], ["a target is empty"]),
        (["x.json", "--why", "add", "--format", "json"], ["--format, --output and --base are about a report"]),
        (["x.json", "--diff", "--output", "json=y"], ["--format, --output and --base are about a report"]),
        (["x.json", "--select", "undescribed-paramter"], ["did you mean 'undescribed-parameter'"]),
        (["x.json", "--format", "xml"], ["xml"]),
        (["x.json", "--output", "json"], ["FORMAT=FILE"]),
        (["x.json", "--output", "xml=y"], ["no format is called 'xml'"]),
        (["x.json", "--env", "NOT_SET_ANYWHERE"], ["it is not set here"]),
        (["x.json", "--header", "nonsense"], ["NAME: VALUE"]),
        (["x.json", "--fail-under", "200"], ["200"]),
        (["x.json", "--rubric", "no.yaml"], ["no.yaml: the rubric cannot be read: No such file"]),
        (["x.json", "--baseline", "no.json"], ["no.json: no such file"]),
        (["x.json", "--locked", "no.json"], ["no.json: no such file"]),
        (["x.json", "--format", "markdown", "--base", "no.json"], ["no.json: cannot be read"]),
        (["x.json", "--judge", "replay:no.jsonl"], ["cannot read the recording no.jsonl"]),
    ],
)
def test_usage(args: list[str], words: list[str]) -> None:
    refused(scan(*args), 2, *words)


def test_unknown_tool(tmp_path: Path) -> None:
    target = tmp_path / "tools.json"
    target.write_text(json.dumps({"tools": [GOOD]}))
    for format_ in ("text", "json"):
        done = scan(target, "--tool", "add", "--tool", "ad", "--format", format_)
        refused(done, 2, "no server has a tool of that name", "add")
        assert done.stdout == ""


def test_output_in_a_missing_folder(tmp_path: Path) -> None:
    target = tmp_path / "tools.json"
    target.write_text(json.dumps({"tools": [GOOD]}))
    refused(scan(target, "--output", f"json={tmp_path}/nowhere/report.json"), 2, "cannot be written")


def test_an_unreadable_target_does_not_cost_the_others(tmp_path: Path) -> None:
    target = tmp_path / "tools.json"
    target.write_text(json.dumps({"tools": [GOOD]}))
    done = scan("missing.json", target, "--format", "json")
    refused(done, 3, "missing.json: no such file")
    assert json.loads(done.stdout)["summary"]["tools"] == 1


def test_hook_passes_over_other_json(tmp_path: Path) -> None:
    other = tmp_path / "package.json"
    other.write_text('{"private": true}')
    done = scan(other, "--skip-unrecognised")
    refused(done, 0, "passed over 1 JSON file of another kind")


def test_asking_a_model_without_its_extra_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(json.dumps({"tools": [GOOD]}))
    block = "import sys; sys.modules['openai'] = None; from toolsmell.cli import run; sys.exit(run(sys.argv[1:]))"
    model = "openai/m", "http://127.0.0.1:9/v1"
    for command in (("scan", "--judge", model[0], "--model-url"), ("augment", "--model", model[0], "--model-url")):
        args = [sys.executable, "-c", block, *command, model[1], "x.json"]
        done = subprocess.run(args, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert "needs the extra `llm`: pip install 'toolsmell[llm]'" in done.stderr


def _without_rights(*args: str | Path) -> subprocess.CompletedProcess[str]:
    """Run toolsmell so that permissions of files count, for root too."""
    command = [sys.executable, "-m", "toolsmell", *map(str, args)]
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root reads everything, and setpriv, which takes that right, is not installed")
        rights = "-dac_override,-dac_read_search"
        command = ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}", *command]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False, text=True)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout, done.stderr + done.stdout)


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Path]:
    """Return a folder with a file, which nobody may read."""
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "tools.json").write_text(json.dumps({"tools": [GOOD]}))
    (tmp_path / "good.json").write_text(json.dumps({"tools": [GOOD]}))
    folder.chmod(0)
    yield folder
    folder.chmod(0o755)


@pytest.mark.parametrize("name", ["", "tools.json"])
@pytest.mark.parametrize("command", ["scan", "brief", "dump", "lock", "baseline", "verify"])
def test_what_may_not_be_read_is_said(closed: Path, command: str, name: str) -> None:
    after = [closed.parent / "good.json"] if command == "verify" else []
    refused(_without_rights(command, closed / name, *after), 3, "cannot be read: Permission denied")


def test_a_folder_that_may_not_be_read_is_named_beside_the_others(closed: Path) -> None:
    done = _without_rights("scan", closed.parent)
    refused(done, 3, "closed: cannot be read: Permission denied", "1 tool of 2 servers (1 failed)")


def test_verify_needs_one_server_on_each_side(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"tools": [GOOD]}))
    (tmp_path / "b.jsonl").write_text(f"{json.dumps({'tools': [GOOD]})}\n" * 2)
    refused(_without_rights("verify", tmp_path / "a.json", tmp_path / "b.jsonl"), 3, "2 servers with tools; verify")
