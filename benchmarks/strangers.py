"""Sets toolsmell up in four repositories that never saw it, and shows what a commit and a pull request do there.

    python benchmarks/strangers.py --write docs/ci.md

`init`, git, pre-commit and the command behind the GitHub Action run as they do for a maintainer. The hook runs from this
checkout instead of from a release. Needs git and pre-commit.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ruamel.yaml import YAML

ROOT = Path(__file__).parent.parent
BEGIN, END = "<!-- begin: python benchmarks/strangers.py -->", "<!-- end: python benchmarks/strangers.py -->"

PYTHON = '''\
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("rooms")


@mcp.tool()
def book(room: str, hours: int) -> str:
    """Book a room."""
    return room
'''
TYPESCRIPT = """\
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

const server = new McpServer({ name: "keys", version: "1.0.0" });

server.registerTool("lend_key", { description: "Lends a key.", inputSchema: { room: z.string() } }, async () => null);
"""
UNDESCRIBED = """
server.registerTool("return_key", { inputSchema: { key: z.string() } }, async () => null);
"""
JAVA = 'class Doors { @McpTool(name = "open") String open() { return "open"; } }\n'
TOOL = {"name": "swap", "description": "Swaps two rooms.", "inputSchema": {"type": "object", "properties": {}}}
CONFIG = {"mcpServers": {"rooms": {"command": "uvx", "args": ["rooms"], "env": {"ROOMS_TOKEN": "${ROOMS_TOKEN}"}}}}
LEAK = json.dumps(CONFIG).replace("${ROOMS_TOKEN}", "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8")


def _json(value: object) -> str:
    return json.dumps(value, indent=1) + "\n"


class Stranger(NamedTuple):
    """A repository, and what a pull request changes in it."""

    title: str
    files: Mapping[str, str]
    change: str
    changed: Mapping[str, str]


STRANGERS = (
    Stranger(
        "No MCP at all",
        {
            "package.json": _json({"name": "clock", "bin": "clock.js"}),
            "package-lock.json": _json({"name": "clock", "lockfileVersion": 3, "packages": {"": {"name": "clock"}}}),
            "tsconfig.json": '{\n  // for editors\n  "compilerOptions": {"strict": true}\n}\n',
            "clock.js": "console.log(new Date());\n",
        },
        "changes two files",
        {"clock.js": "console.log(Date.now());\n", "locale/de.json": _json({"tools": "Werkzeuge"})},
    ),
    Stranger(
        "MCP in three languages",
        {
            "python/pyproject.toml": '[project]\nname = "rooms"\ndependencies = ["mcp"]\n',
            "python/server.py": PYTHON,
            "node/package.json": _json({"name": "keys", "dependencies": {"@modelcontextprotocol/sdk": "1"}}),
            "node/server.ts": TYPESCRIPT,
            "java/Doors.java": JAVA,
        },
        "adds a tool without a description",
        {"node/server.ts": TYPESCRIPT + UNDESCRIBED},
    ),
    Stranger(
        "Only tools.json",
        {"tools.json": _json({"tools": [TOOL]}), "README.md": "# Rooms\n"},
        "breaks the file",
        {"tools.json": _json({"tools": [TOOL]})[:-4]},
    ),
    Stranger(
        "A monorepo",
        {
            "packages/rooms/server.py": PYTHON,
            "packages/keys/server.ts": TYPESCRIPT,
            "apps/web/package.json": _json({"name": "web"}),
            "apps/web/index.js": "export {};\n",
            ".mcp.json": _json(CONFIG),
        },
        "commits a token",
        {".mcp.json": LEAK + "\n"},
    ),
)


class Lab(NamedTuple):
    """The folder and the environment of the commands."""

    folder: Path
    environment: Mapping[str, str]

    def run(self, *command: str) -> tuple[int, str]:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout


def main() -> None:
    """Print the walk as Markdown, or write it between the marks of a page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", type=Path, metavar="PAGE", help="replace what is between the marks of this page")
    page = parser.parse_args().write
    text = "\n".join(line for stranger in STRANGERS for line in _walk(stranger))
    if page is None:
        print(text)
        return
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    page.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


def _walk(stranger: Stranger) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as top:
        lab = _lab(Path(top))
        _put(lab.folder, stranger.files)
        yield from (f"### {stranger.title}", "")
        yield from ("Files: " + ", ".join(f"`{name}`" for name in stranger.files) + ".", "")
        yield from _shown("toolsmell init", *_without_texts(lab.run("toolsmell", "init")))
        environment = _use_this_checkout(lab)
        yield from _shown("git commit -am 'Set up toolsmell'", *_commit(lab, "Set up toolsmell"))
        yield from _shown("toolsmell action", *_action(lab, environment))
        _put(lab.folder, stranger.changed)
        yield from (f"A pull request {stranger.change}:", "")
        yield from _shown("git commit -am 'Change it'", *_commit(lab, "Change it"))
        yield from _shown("toolsmell action", *_action(lab, environment))


def _lab(top: Path) -> Lab:
    """Return an empty repository, and an environment in which toolsmell is installed as from an index."""
    from toolsmell.version import __version__

    info = top / "site" / f"toolsmell-{__version__}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: toolsmell\nVersion: {__version__}\n")
    (top / "bin").mkdir()
    for name in ("toolsmell", "pre_commit"):
        (top / "bin" / name).write_text(f'#!/bin/sh\nexec {sys.executable} -m {name} "$@"\n')
        (top / "bin" / name).chmod(0o755)
    (top / "repository").mkdir()
    environment = {
        **os.environ,
        "PATH": f"{top / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": f"{top / 'site'}:{ROOT}",
        "PRE_COMMIT_HOME": str(top / "cache"),
        "NO_COLOR": "1",
        "COLUMNS": "110",
    }
    for role in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{role}_NAME": "ann", f"GIT_{role}_EMAIL": "ann@example.com"}
    lab = Lab(top / "repository", environment)
    lab.run("git", "init", "-q")
    return lab


def _put(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def _without_texts(done: tuple[int, str]) -> tuple[int, str]:
    """Leave out the texts of the files, which `init` shows."""
    code, output = done
    lines = (line for line in output.splitlines() if line and not re.match(r"    (?!\d+ finding)", line))
    return code, "\n".join(lines)


def _use_this_checkout(lab: Lab) -> Mapping[str, str]:
    """Let the hook run from this checkout, install it, and return the environment of the workflow's last step."""
    path, workflow = lab.folder / ".pre-commit-config.yaml", lab.folder / ".github" / "workflows" / "toolsmell.yml"
    hooks = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    local = {"repo": "local", "hooks": [{**hook, "language": "system"} for hook in hooks if hook["id"] == "toolsmell"]}
    existed = path.exists()
    YAML().dump({"repos": [local]}, path)
    lab.run("pre_commit", "install")
    if not existed:  # the maintainer has written the hook by hand
        return {}
    steps = YAML(typ="safe").load(workflow.read_text(encoding="utf-8"))["jobs"]["toolsmell"]["steps"]
    environment: Mapping[str, str] = steps[-1].get("env", {})
    return environment


def _commit(lab: Lab, message: str) -> tuple[int, str]:
    lab.run("git", "add", "-A")
    code, output = lab.run("git", "commit", "-q", "-m", message)
    lines = (line for line in output.splitlines() if line and not line.startswith(("- hook id", "- duration", "[WARN")))
    lab.run("git", "commit", "-q", "--no-verify", "-m", message)
    return code, "\n".join(lines)


def _action(lab: Lab, environment: Mapping[str, str]) -> tuple[int, str]:
    files = {name: str(lab.folder.parent / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    extra = {**files, "RUNNER_TEMP": str(lab.folder.parent), "GITHUB_EVENT_NAME": "pull_request", **environment}
    return Lab(lab.folder, {**lab.environment, **extra}).run("toolsmell", "action")


def _shown(command: str, code: int, output: str) -> Iterator[str]:
    yield from ("```console", f"$ {command}")
    yield from output.strip().splitlines()
    if code:
        yield f"(exit code {code})"
    yield from ("```", "")


if __name__ == "__main__":
    main()
