"""Reads code in tests: a text as a file of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from toolsmell.model import Json, Manifest, Place
from toolsmell.sources.code import SourceLocator, scan_file
from toolsmell.sources.code.values import Literal

FIXTURES = Path(__file__).parents[3] / "fixtures" / "sources"


def manifest_of(folder: Path, code: str, name: str = "server.py") -> Manifest:
    """Return the one manifest of a file with this code."""
    path = folder / name
    path.write_text(code, encoding="utf-8", newline="")
    (manifest,) = scan_file(path)
    return manifest


def tool_of(folder: Path, code: str, name: str = "server.py") -> Any:
    """Return the one tool of a file with this code."""
    (tool,) = manifest_of(folder, code, name).tools
    return tool


def literal_at(manifest: Manifest, tool: int, pointer: str) -> Literal:
    locator = manifest.locator
    assert isinstance(locator, SourceLocator)
    literal = locator.literal(Place(tool, pointer))
    assert literal
    return literal


def written(literal: Literal) -> str:
    """Return what stands in the file at a literal, by its offsets; its lines and columns must say the same."""
    text = Path(literal.file).read_bytes().decode(literal.encoding)
    lines = text.split("\n")
    location = literal.location
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    assert starts[location.line - 1] + location.column - 1 == literal.start
    assert starts[location.end_line - 1] + location.end_column - 1 == literal.end
    return text[literal.start : literal.end]


def shown(manifest: Manifest, tool: int, pointer: str) -> str:
    """Return the text of the file that a finding at `pointer` is shown on."""
    assert manifest.locator
    place = Place(tool, pointer)
    found = manifest.locator.locate([place])[place]
    lines = Path(found.file).read_text(encoding="utf-8").split("\n")[found.line - 1 : found.end_line]
    lines[-1] = lines[-1][: found.end_column - 1]
    return "\n".join(lines)[found.column - 1 :]


def listed_by_python(path: Path, package: str) -> dict[str, Json]:
    """Return what the framework itself lists for the server of a file, by the names of the tools.

    Skips the test if the package is neither here nor in the Python that TOOLSMELL_FASTMCP names.
    """
    python = os.environ.get("TOOLSMELL_FASTMCP", sys.executable) if package == "fastmcp" else sys.executable
    if subprocess.run([python, "-c", f"import {package}"], check=False, capture_output=True).returncode:
        pytest.skip(f"{package} is not installed; TOOLSMELL_FASTMCP names a Python that has it")
    return _listed([python, str(FIXTURES / "python" / "list.py"), str(path)], FIXTURES)


def listed_by_node(path: Path, folder: Path) -> dict[str, Json]:
    """Return what the TypeScript SDK lists for the server that a module exports.

    Skips the test if no folder in TOOLSMELL_NODE_MODULES has the SDK and zod.
    """
    folders = [Path(one) for one in os.environ.get("TOOLSMELL_NODE_MODULES", "").split(os.pathsep) if one]
    modules = [one for one in folders if (one / "@modelcontextprotocol/sdk").exists() and (one / "zod").exists()]
    if not modules:
        pytest.skip("no folder in TOOLSMELL_NODE_MODULES has @modelcontextprotocol/sdk and zod")
    for file in (path, FIXTURES / "javascript" / "list.mjs"):
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "node_modules").symlink_to(modules[0], target_is_directory=True)
    return _listed(["node", "list.mjs", f"./{path.name}"], folder)


def _listed(command: list[str], folder: Path) -> dict[str, Json]:
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=folder).stdout
    return {tool["name"]: tool for tool in json.loads(output)}


def expected(name: str) -> dict[str, Json]:
    """Return what a framework listed when it was recorded, by the names of the tools."""
    recorded = json.loads((FIXTURES / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    return {tool["name"]: tool for tool in recorded}
