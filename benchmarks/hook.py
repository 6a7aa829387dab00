"""Measures the time that a commit waits for the hook: its entry line over one changed file, in a repository with a configuration.

    python benchmarks/hook.py

Prints a table: wall time and processor time, the best of several runs: what the hook takes, not what else the machine
does. pre-commit's own time, which it takes for any hook, is not in it.
"""

import resource
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from ruamel.yaml import YAML

RUNS = 15
GOAL = "0.30 s"
ROOT = Path(__file__).parent.parent

CONFIG = """\
fail-on = "warning"
extend-select = ["strict"]

[tools.tool_3]
ignore = ["smell"]

[[suppress]]
rule = "unbounded-limit"
reason = "the server stops at 50 by itself"
"""

PYTHON = """\
@mcp.tool()
def tool_{n}(room: str, limit: int = 10) -> list[str]:
    \"\"\"List what is planned in room {n}.

    Args:
        room: Number of the room, as on its door.
        limit: Most rows to return.
    \"\"\"
    return []


"""

TYPESCRIPT = """\
server.registerTool(
  "tool_{n}",
  {{
    description: "List what is planned in room {n}.",
    inputSchema: {{ room: z.string().describe("Number of the room."), limit: z.number().max(50) }},
  }},
  async () => ({{ content: [] }}),
);
"""

GO = """\
	s.AddTool(mcp.NewTool("tool_{n}", mcp.WithDescription("List what is planned in room {n}."),
		mcp.WithString("room", mcp.Required(), mcp.Description("Number of the room."))), handle)
"""

JSON = '{{"name": "tool_{n}", "description": "List what is planned in room {n}.", "inputSchema": {{"type": "object"}}}}'


def files(tools: int = 30) -> dict[str, str]:
    """Return what a person would have changed: a file with tools in each language."""

    def repeated(part: str, between: str = "") -> str:
        return between.join(part.format(n=n) for n in range(tools))

    python = 'from mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP("rooms")\n\n\n'
    typescript = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\nimport { z } from "zod";\n'
    typescript += 'const server = new McpServer({ name: "rooms", version: "1" });\n'
    go = 'package main\n\nimport "github.com/mark3labs/mcp-go/mcp"\nimport "github.com/mark3labs/mcp-go/server"\n\n'
    go += 'func main() {\n\ts := server.NewMCPServer("rooms", "1")\n'
    return {
        "rooms.json": f'{{"tools": [{repeated(JSON, ", ")}]}}',
        "server.py": python + repeated(PYTHON),
        "server.ts": typescript + repeated(TYPESCRIPT),
        "main.go": f"{go}{repeated(GO)}}}\n",
        "package.json": '{"private": true}',
        "setup.py": "print('no tools here')\n",
    }


def main() -> None:
    hooks = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (entry,) = (hook["entry"] for hook in hooks if hook["id"] == "toolsmell")
    print(f"| `{entry}` over | wall | processor | goal |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for what, wall, processor in measure(Path(folder), entry):
            print(f"| {what} | {wall:.2f} s | {processor:.2f} s | {GOAL} |")


def measure(folder: Path, entry: str) -> Iterator[tuple[str, float, float]]:
    (folder / "toolsmell.toml").write_text(CONFIG, encoding="utf-8")
    command = [str(Path(sys.executable).parent / "toolsmell"), *shlex.split(entry)[1:]]
    for name, text in files().items():
        (folder / name).write_text(text, encoding="utf-8")
        times = [timed([*command, name], folder) for _ in range(RUNS)]
        yield f"{name} ({text.count('tool_')} tools)", min(wall for wall, _ in times), min(cpu for _, cpu in times)


def timed(command: list[str], folder: Path) -> tuple[float, float]:
    """Return the wall time and the processor time of a command."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
