"""The table of who may import whom, and of who may import what is heavy."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "toolsmell"

LAYERS = {
    "pure": 1,
    "sources": 2,
    "llm": 2,
    "judge": 3,
    "rewrite": 3,
    "evaluate": 3,
    "calibrate": 3,
    "reporters": 2,
    "app": 4,
    "fixing": 4,
    "cli": 5,
}
"""A module imports its own layer and lower ones only."""

PURE_FOLDERS = {"components", "reading", "rules"}

HEAVY = {
    "click": {"cli"},
    "mcp": {"sources/live.py", "rewrite/session.py"},
    "mcp_types": {"sources/live.py", "rewrite/session.py"},
    "httpx2": {"sources/http.py"},
    "litellm": {"llm"},
    "openai": {"llm"},
    "jsonschema_rs": {"metaschema.py"},
    "tree_sitter": {"sources/code"},
    "numpy": {"evaluate", "calibrate", "judge"},
    "scipy": {"evaluate", "calibrate"},
    "matplotlib": {"evaluate", "calibrate"},
    "bm25s": {"evaluate"},
}
"""Package -> the only places that may import it."""

MODULES = sorted(PACKAGE.rglob("*.py"))


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def _layer(relative: str) -> int:
    head = relative.removesuffix(".py").split("/")[0]
    return LAYERS.get(head, LAYERS["pure"])


def _id(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=_id)
def test_imports_run_one_way(path: Path) -> None:
    relative = _id(path)
    if relative == "__main__.py":
        return
    for name in _imports(path):
        parts = name.split(".")
        if parts[0] != "toolsmell" or len(parts) == 1:
            continue
        assert _layer("/".join(parts[1:])) <= _layer(relative), f"{relative} imports {name}, which is above it"


@pytest.mark.parametrize("path", MODULES, ids=_id)
def test_heavy_packages_stay_in_their_place(path: Path) -> None:
    relative = _id(path)
    for name in _imports(path):
        allowed = HEAVY.get(name.split(".")[0])
        if allowed is not None:
            assert any(relative == place or relative.startswith(f"{place}/") for place in allowed), (
                f"{relative}: {name}"
            )


@pytest.mark.parametrize("path", MODULES, ids=_id)
def test_every_module_says_why_it_exists(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not tree.body or ast.get_docstring(tree), f"{_id(path)} has no docstring"


def test_a_plain_scan_imports_nothing_heavy(tmp_path: Path) -> None:
    target = tmp_path / "tools.json"
    target.write_text('{"tools": [{"name": "t", "description": "Says hi.", "inputSchema": {"type": "object"}}]}')
    code = (
        "import sys\nfrom toolsmell.cli import run\n"
        f"code = run(['scan', {str(target)!r}])\n"
        "print(code, *sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.splitlines()[-1].split()[1:])
    heavy = {"mcp", "litellm", "openai", "rich", "yaml", "ruamel", "jinja2", "jsonschema", "jsonschema_rs", "pydantic"}
    heavy |= {
        "numpy",
        "scipy",
        "httpx",
        "httpx2",
        "anyio",
        "tree_sitter",
        "asyncio",
        "dataclasses",
        "hashlib",
        "inspect",
        "logging",
    }
    assert not loaded & heavy
