"""The overrides file does what it says: FastMCP serves the new texts in front of a real server."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_augment import BERTH, GOOD, SERVER

ROOT = Path(__file__).parent.parent.parent
CLIENT = """
import asyncio, json, sys
from fastmcp import Client

async def main():
    async with Client(json.load(open(sys.argv[1]))) as client:
        print(json.dumps({tool.name: tool.inputSchema["properties"] for tool in await client.list_tools()}))

asyncio.run(main())
"""


@pytest.mark.live
def test_a_client_sees_the_new_text_through_fastmcp(tmp_path: Path, apart: Callable[[str, str], str]) -> None:
    fastmcp = apart("TOOLSMELL_FASTMCP", "Python that has fastmcp")
    program = tmp_path / "server.py"
    program.write_text(SERVER.replace("TOOLS", repr([BERTH, GOOD])), encoding="utf-8")
    server = (sys.executable, str(program))
    command = [
        sys.executable,
        "-m",
        "toolsmell",
        "augment",
        "--format",
        "json",
        "--overrides",
        "o.json",
        "--",
        *server,
    ]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    made = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    proposed = {
        tool["name"]: tool["proposed"]["parameters"]
        for tool in json.loads(made.stdout)["servers"][0]["tools"]
        if tool["proposed"]
    }
    assert proposed
    (tmp_path / "client.py").write_text(CLIENT, encoding="utf-8")
    bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    asked = [fastmcp, str(tmp_path / "client.py"), str(tmp_path / "o.json")]
    done = subprocess.run(asked, env=bare, capture_output=True, text=True, check=True)
    seen = json.loads(done.stdout.splitlines()[-1])
    found = {name: {p: about["description"] for p, about in seen[name].items()} for name in proposed}
    assert found == proposed
