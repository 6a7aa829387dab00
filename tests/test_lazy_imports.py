"""Imports inside functions: each exists for a cold start, or for an optional extra, and says so here."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "toolsmell"

STANDARD = frozenset(
    (
        "base64 binascii ctypes dataclasses datetime difflib hashlib html importlib json os pathlib pickle platform shlex"
        " signal tempfile textwrap threading tomllib unicodedata urllib"
    ).split()
)
"""A plain scan does without them, and they take up to 10 ms (`benchmarks/scan.py --imports`)."""

EXTRAS = frozenset(
    (
        "bm25s dask datasketch distributed fsspec litellm matplotlib numpy openai pyarrow scipy sentence_transformers"
        " snowballstemmer tiktoken"
    ).split()
)
"""Packages of optional extras: only the command that needs one may fail without it."""

HEAVY = frozenset(
    (
        "jinja2 jsonschema jsonschema_rs mcp mcp_types pathspec platformdirs ruamel tree_sitter tree_sitter_go"
        " tree_sitter_javascript tree_sitter_python tree_sitter_typescript"
    ).split()
)
"""Required packages that take from 5 ms (platformdirs) to a second (mcp) to import."""

ROOMS = {
    "toolsmell.safety": "the table of secrets, if the gate for secrets opens",
    "toolsmell.app": "the whole product, when a function of the public API is first used",
    "toolsmell.calibrate": "numpy and scipy, for `calibrate` only",
    "toolsmell.calling": "calls of tools: the SDK's client and a sandbox",
    "toolsmell.cli.commands": "a command is imported when it runs",
    "toolsmell.cli.whole_files": "pathlib and tempfile, for files that are written",
    "toolsmell.cli.progress": "with a judge only",
    "toolsmell.cli": "the whole command line, for commands about it",
    "toolsmell.editing": "with `--fix` and `--diff` only",
    "toolsmell.escape": "with an error message only",
    "toolsmell.evidence.code": "the code of tools, if a rule or a rewrite asks for it",
    "toolsmell.evaluate": "numpy, for `eval` only",
    "toolsmell.judge": "with a judge only",
    "toolsmell.model": "for configurations and registry entries only",
    "toolsmell.models": "with a model only",
    "toolsmell.project": "tomllib, for a project with a configuration, a lock or a baseline",
    "toolsmell.reporters.parts": "for the formats that need it",
    "toolsmell.rewrite": "for `augment`, and for `scan --base REV`",
    "toolsmell.rules": "rules are imported if a server has something for them",
    "toolsmell.schema": "for rewrites only",
    "toolsmell.scoring.coherence": "for a rubric that scores servers",
    "toolsmell.scoring.server_score": "for a rubric that scores servers",
    "toolsmell.serve": "the SDK's server, for `mcp` only, and pygls, for `lsp` only",
    "toolsmell.sources": "each kind of source is imported when a target is of that kind",
    "toolsmell.survey": "Dask and pyarrow, for surveys only",
    "toolsmell.tokens": "tiktoken, with `--exact-tokens` only",
}
"""Prefix -> why modules below it are imported inside functions."""


def _deferred() -> Iterator[tuple[str, str]]:
    """Yield every import inside a function: the file, and the name of what is imported."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.Import):
                        yield from ((path.name, alias.name) for alias in node.names)
                    elif isinstance(node, ast.ImportFrom) and node.module:
                        yield from ((path.name, f"{node.module}.{alias.name}") for alias in node.names)


def _reason(name: str) -> str | None:
    if name.split(".", maxsplit=1)[0] in STANDARD | EXTRAS | HEAVY:
        return name.split(".", maxsplit=1)[0]
    return next((prefix for prefix in ROOMS if name == prefix or name.startswith(f"{prefix}.")), None)


def test_every_import_inside_a_function_has_a_reason() -> None:
    found = list(_deferred())
    assert [(file, name) for file, name in found if _reason(name) is None] == []


NO_SCAN = frozenset(
    (
        "_bz2 _hashlib _heapq _lzma _random asyncio dataclasses difflib hashlib importlib.resources inspect logging pickle"
        " platform random shutil subprocess tempfile toolsmell.judge toolsmell.rewrite unicodedata uuid"
    ).split()
)
"""Modules that no scan of a file needs. Each costs a hook 0.5 to 5 ms, those of compiled code most."""

NO_JSON = NO_SCAN | {
    "toolsmell.evidence.code", "toolsmell.model.implementation", "toolsmell.sources.code", "tree_sitter",
}  # fmt: skip

CALM = {"name": "find_boat", "description": "Find a boat by its sail number.", "inputSchema": {"type": "object"}}

PYTHON = """\
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("harbour")


@mcp.tool()
def find_boat(sail_number: str) -> str:
    \"\"\"Find a boat by its sail number. Returns its name and berth.\"\"\"
    return lookup(sail_number)
"""

GO = """\
package main

import "github.com/mark3labs/mcp-go/mcp"
import "github.com/mark3labs/mcp-go/server"

func main() {
	s := server.NewMCPServer("harbour", "1")
	s.AddTool(mcp.NewTool("find_boat", mcp.WithDescription("Find a boat by its sail number.")), handle)
}
"""


@pytest.mark.parametrize(
    ("name", "text", "unwanted"),
    [
        pytest.param("tools.json", json.dumps({"tools": [CALM]}), NO_JSON, id="json"),
        pytest.param("server.py", PYTHON, {*NO_SCAN, "tree_sitter_go", "tree_sitter_typescript"}, id="python"),
        pytest.param("main.go", GO, {*NO_SCAN, "tree_sitter_python", "tree_sitter_typescript"}, id="go"),
        pytest.param("setup.py", "print('no tools')\n", {*NO_SCAN, "tree_sitter"}, id="no-tools"),
    ],
)
def test_a_hook_on_one_file_imports_only_what_it_needs(
    tmp_path: Path, name: str, text: str, unwanted: frozenset[str]
) -> None:
    (tmp_path / "toolsmell.toml").write_text('extend-select = ["strict"]\n', encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    code = (
        "import sys\nfrom toolsmell.cli import run\n"
        f"code = run(['scan', '--skip-unrecognised', '--quiet', '--files', {name!r}])\n"
        "print(code, *sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    code_, *loaded = done.stderr.splitlines()[-1].split()
    assert code_ in {"0", "1"}, done.stderr
    assert sorted(unwanted.intersection(loaded)) == []
