"""`report` and `scan --why`: what was scanned, shown again and explained."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = {
    "tools": [
        {
            "name": "convert_length",
            "description": "Convert a length. Use it for distances, not for areas.",
            "inputSchema": {"type": "object", "properties": {"value": {"type": "number"}}},
        },
        {"name": "now", "description": "Get the time.", "inputSchema": {"type": "object"}},
        "no tool",
    ]
}


def toolsmell(*args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "toolsmell", *args], input=stdin, capture_output=True, check=False)


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    path = tmp_path / "tools.json"
    path.write_text(json.dumps(TOOLS, indent=1), encoding="utf-8")
    return path


def test_a_stored_report_shows_as_the_scan_did(manifest: Path, tmp_path: Path) -> None:
    stored = tmp_path / "report.json"
    scan = toolsmell("scan", str(manifest), "--output", f"json={stored}", "--statistics")
    assert b"convert_length" in scan.stdout
    assert toolsmell("report", str(stored), "--statistics").stdout == scan.stdout
    again = toolsmell("report", "-", "--format", "json", stdin=stored.read_bytes())
    assert (again.returncode, again.stdout) == (0, stored.read_bytes())


def test_a_missing_report_is_a_message() -> None:
    done = toolsmell("report", "no/such/report.json")
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr == b"toolsmell: no/such/report.json: cannot be read: No such file or directory\n"


def test_what_is_no_report_is_a_message(manifest: Path) -> None:
    done = toolsmell("report", str(manifest))
    assert (done.returncode, done.stdout) == (3, b"")
    assert b"tools.json: not a report" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_stored_report_becomes_a_page_with_before_and_after(manifest: Path, tmp_path: Path) -> None:
    before, after = tmp_path / "before.json", tmp_path / "after.json"
    toolsmell("scan", str(manifest), "--output", f"json={before}")
    manifest.write_text(manifest.read_text().replace("Get the time.", "Get the time of a zone, to the second."))
    scanned = toolsmell(
        "scan", str(manifest), "--output", f"json={after}", "--output", f"html={tmp_path / 'scan.html'}"
    )
    assert scanned.returncode in (0, 1), scanned.stderr
    page = toolsmell("report", str(after), "--format", "html").stdout
    assert page == (tmp_path / "scan.html").read_bytes()
    compared = toolsmell("report", str(after), "--format", "html", "--base", str(before)).stdout.decode()
    assert "Before and after" in compared
    assert "<ins>time of a zone, to the second.</ins>" in compared
    after.write_text(after.read_text().replace("toolsmell.report/v1", "toolsmell.report/v9"))
    other = toolsmell("report", str(after), "--format", "html")
    assert (other.returncode, other.stdout) == (3, b"")
    assert b"a report of version 'v9'" in other.stderr


def test_a_base_needs_a_format_that_compares(manifest: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    toolsmell("scan", str(manifest), "--output", f"json={old}")
    done = toolsmell("report", str(old), "--base", str(old))
    assert done.returncode == 2
    assert b"--base is for the formats markdown" in done.stderr
    assert toolsmell("report", str(old), "--base", str(old), "--format", "markdown").returncode == 0


def test_why_explains_the_tool_that_is_asked_for(manifest: Path) -> None:
    done = toolsmell("scan", str(manifest), "--why", "now")
    assert done.returncode == 0
    text = done.stdout.decode()
    assert text.startswith("now\n")
    assert "\n  Get the time.\n      -> " in text
    assert "parameters      -  it takes no parameters" in text
    assert "What would raise the overall score most" in text
    assert "convert_length" not in text


def test_why_without_a_name_explains_the_worst_tool(manifest: Path) -> None:
    scanned = json.loads(toolsmell("scan", str(manifest), "--format", "json").stdout)
    tools = [tool for server in scanned["servers"] for tool in server["tools"] if tool["overall"] is not None]
    worst = min(tools, key=lambda tool: tool["overall"])["name"]
    done = toolsmell("scan", str(manifest), "--why")
    assert done.returncode == 0
    assert done.stdout.decode().startswith(f"{worst}\n")
    done = toolsmell("scan", "--why", str(manifest))
    assert done.returncode == 2
    assert b"put the target before it" in done.stderr


def test_why_of_an_unknown_tool_names_the_nearest(manifest: Path) -> None:
    done = toolsmell("scan", str(manifest), "--why", "convert_lenght")
    assert done.returncode == 2
    assert b"--why convert_lenght: no server has a tool of that name; similar names: convert_length" in done.stderr
