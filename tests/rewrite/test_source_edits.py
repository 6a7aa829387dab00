"""Proposals for a server that is read from its code are diffs of that code: its literals, and nothing else."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
PYTHON = '''\
"""A server."""

from typing import Annotated, Literal

from mcp.server.fastmcp import FastMCP
from pydantic import Field

mcp = FastMCP("pier")


@mcp.tool()
def set_berth(
    pier: Annotated[str, Field(description='Name "of" the pier as painted on it')],
    wait_ms: int = 5,
) -> str:
    """Set a berth. Moors the boat at once. This is a perfect and easy helper for everyone. Moors the boat at once.

    Args:
        wait_ms: How long.
    """
    return pier


@mcp.tool(description="Show tides of a pier")
def show_tide_table(pier: str) -> str:
    return pier


@mcp.tool(description="Show the \\"log\\" of a pier")
def show_log(pier: Annotated[str, Field(description="")]) -> str:
    return ""
'''
TYPESCRIPT = """\
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

const server = new McpServer({ name: "slip", version: "1.0.0" });

server.registerTool(
  "set_mooring",
  {
    description: 'Set a mooring for a boat\\'s stay. Asks the harbour master. Asks the harbour master.',
    inputSchema: { pier: z.string().describe("Which pier") },
  },
  async () => ({ content: [] }),
);
"""


def _run(cwd: Path, *args: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "toolsmell", *args]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)


def _dumped(cwd: Path, target: str) -> list[dict[str, Any]]:
    """Return the tools as a scan of the code reads them."""
    done = _run(cwd, "dump", target)
    assert done.returncode == 0, done.stderr
    # One server is a document, several are a line each.
    documents = [done.stdout] if done.stdout.startswith("{\n") else done.stdout.splitlines()
    return [tool for text in documents for tool in json.loads(text)["tools"]]


@pytest.fixture
def code(tmp_path: Path) -> Path:
    folder = tmp_path / "code"
    folder.mkdir()
    (folder / "server.py").write_bytes(PYTHON.encode())
    (folder / "server.ts").write_bytes(TYPESCRIPT.encode())
    subprocess.run(["git", "init", "-q", "."], cwd=tmp_path, check=True)
    return folder


def test_git_applies_the_diff_and_only_the_texts_change(code: Path) -> None:
    done = _run(code.parent, "augment", "code", "--format", "diff")
    assert done.returncode == 0, done.stderr
    subprocess.run(["git", "apply"], cwd=code.parent, input=done.stdout, text=True, check=True)
    python = (code / "server.py").read_text(encoding="utf-8")
    assert python.count("Moors the boat at once.") == 1
    assert """def show_log(pier: Annotated[str, Field(description='Name "of" the pier as painted on it.')])""" in python
    typescript = (code / "server.ts").read_text(encoding="utf-8")
    assert """description: "Set a mooring for a boat's stay. Asks the harbour master.",""" in typescript
    assert len(python.splitlines()) == len(PYTHON.splitlines())
    compile(python, "server.py", "exec")


def test_what_is_applied_is_what_a_scan_reads_and_a_second_run_leaves_it(code: Path) -> None:
    before = {t["name"]: t for t in _dumped(code.parent, "code")}
    done = _run(code.parent, "augment", "code", "--apply", "--format", "json")
    assert done.returncode == 0, done.stderr
    after = {t["name"]: t for t in _dumped(code.parent, "code")}
    assert after.keys() == before.keys()
    proposals = {t["name"]: t["proposed"] for s in json.loads(done.stdout)["servers"] for t in s["tools"]}
    for name, proposed in proposals.items():
        wanted = json.loads(json.dumps(before[name]))
        if proposed:
            wanted["description"] = proposed["description"]
            for parameter, text in proposed["parameters"].items():
                wanted["inputSchema"]["properties"][parameter]["description"] = text
        # Around the lines of a docstring, white space is layout.
        assert (after[name].get("description") or "").split() == (wanted.get("description") or "").split()
        assert after[name]["inputSchema"] == wanted["inputSchema"]
    data = {path.name: path.read_bytes() for path in code.iterdir()}
    assert _run(code.parent, "augment", "code", "--apply").returncode == 0
    assert {path.name: path.read_bytes() for path in code.iterdir()} == data


def test_what_the_code_has_no_text_for_is_said_and_goes_into_overrides(code: Path) -> None:
    found = json.loads(_run(code, "augment", "server.py", "--format", "json").stdout)["servers"][0]["tools"]
    tide = next(t for t in found if t["name"] == "show_tide_table")
    assert tide["proposed"] is None
    assert "no-place-in-source" in {v["violation"] for v in tide["refused"]}
    done = _run(code, "augment", "server.py", "--overrides", "o.json", "--overrides-format", "map")
    assert done.returncode == 0, done.stderr
    (texts,) = json.loads((code / "o.json").read_text(encoding="utf-8"))["servers"].values()
    assert texts["tools"]["show_tide_table"]["parameters"] == {"pier": 'Name "of" the pier as painted on it.'}


def test_the_code_of_a_dumped_server_is_edited(code: Path) -> None:
    (code.parent / "tools.json").write_text(json.dumps({"tools": _dumped(code.parent, "code/server.ts")}))
    done = _run(code.parent, "augment", "tools.json", "--source", "code", "--format", "diff")
    assert "+++ b/code/server.ts" in done.stdout, done.stderr
    assert "tools.json" not in done.stdout
    subprocess.run(["git", "apply", "--check"], cwd=code.parent, input=done.stdout, text=True, check=True)


def test_a_file_that_changed_or_is_a_link_is_not_written(code: Path) -> None:
    target = code.parent / "elsewhere.py"
    (code / "server.ts").unlink()
    (code / "server.py").rename(target)
    (code / "server.py").symlink_to(target)
    done = _run(code, "augment", "server.py", "--apply")
    assert done.returncode != 0
    assert target.read_bytes() == PYTHON.encode()


@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_line_ends_and_encoding_stay(code: Path, newline: str) -> None:
    data = PYTHON.replace("A server.", "Ein Hafen für Boote.").replace("\n", newline).encode("utf-8-sig")
    (code / "server.py").write_bytes(data)
    assert _run(code, "augment", "server.py", "--apply").returncode == 0
    after = (code / "server.py").read_bytes()
    assert after != data
    assert after.startswith(b"\xef\xbb\xbf")
    assert after.count(b"\n") == data.count(b"\n") == after.count(newline.encode())
