"""Runs the command line as people do: in a process of its own, in a folder of its own."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

Tool = dict[str, Any]

SERVER = '''\
from typing import Any

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("rooms")


@mcp.tool()
def book(room: Any, hours: Any) -> str:
    """Book a room for some hours."""
    return room


@mcp.tool()
def release(key: Any) -> str:
    """Give a room back."""
    return key
'''
"""Two tools of a server `rooms`; `RULE` finds two parameters of the first, one of the second."""

RULE = "untyped-parameter"


class Done(NamedTuple):
    code: int
    stdout: str
    stderr: str

    @property
    def report(self) -> Any:
        return json.loads(self.stdout)


def toolsmell(
    *args: object, cwd: Path, stdin: bytes = b"", env: Mapping[str, str] | None = None, file_size: int | None = None
) -> Done:
    """Run toolsmell in a folder. `file_size` is the largest file, in bytes, that the system lets it write."""

    def limit() -> None:
        import resource

        if file_size is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))

    command = [sys.executable, "-m", "toolsmell", *map(str, args)]
    done = subprocess.run(
        command, cwd=cwd, input=stdin, env=env, capture_output=True, check=False, timeout=120, preexec_fn=limit
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def findings(report: Any, rule: str | None = None) -> list[Any]:
    """Return the findings of a report in JSON, those of the run too."""
    found = list(report.get("findings", []))
    for server in report["servers"]:
        found += server["findings"] + [finding for tool in server["tools"] for finding in tool["findings"]]
    return [finding for finding in found if rule in (None, finding["id"])]


def suppressed(report: Any, rule: str = RULE) -> list[str | None]:
    """Return the kind of suppression of each finding of a rule, or None if a finding is not suppressed."""
    return [f["suppressed"] and f["suppressed"]["by"] for f in findings(report, rule)]


def manifest(*tools: Tool) -> str:
    return json.dumps({"tools": tools}, indent=1)


def tool(name: str, description: str = "Books a room for some hours.", **properties: Any) -> Tool:
    # The same fault of the same parameter in several tools is one finding, so each tool has a parameter of its own.
    schema = {"type": "object", "properties": properties or {f"{name}_room": {"description": "Its number."}}}
    return {"name": name, "description": description, "inputSchema": schema}


def copied(folder: Path, *tops: str) -> None:
    """Copy what git tracks of this repository, as it is now, to a folder; with `tops`, only what is below these."""
    root = Path(__file__).parent.parent
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True).stdout.decode()
    for name in map(Path, filter(None, listed.split("\0"))):
        if (root / name).is_file() and (not tops or name.parts[0] in tops):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, folder / name)
