"""The order of the rooms: imports go down only, there are no circles, and heavy packages stay in their place."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "toolsmell"

ROOMS = (
    "version", "errors", "cached", "deferred", "text", "escape", "model", "tokens", "schema", "data", "safety", "reading", "scoring",
    "rules", "project", "editing", "sources", "models", "judge", "calling", "evidence", "rewrite", "evaluate",
    "calibrate", "reporters", "app", "survey", "serve", "cli",
)  # fmt: skip
"""Lowest first: a module imports its own room and lower ones, also under TYPE_CHECKING and inside functions."""

HEAVY = {
    "click": {"cli"},
    "mcp": {"sources/server/live.py", "calling/session.py", "serve"},
    "mcp_types": {"sources/server/live.py", "calling/session.py", "serve"},
    "httpx2": {"sources/server/http.py"},
    "litellm": {"models"},
    "lsprotocol": {"serve/language_server.py", "serve/lsp_values.py"},
    "pygls": {"serve/language_server.py", "serve/lsp_values.py"},
    "openai": {"models"},
    "jsonschema": {"schema/validators.py"},
    "jsonschema_rs": {"schema/validators.py"},
    "tree_sitter": {"sources/code", "sources/marked"},
    "numpy": {"evaluate", "calibrate", "judge", "survey"},
    "scipy": {"evaluate", "calibrate"},
    "matplotlib": {"evaluate", "calibrate"},
    "bm25s": {"evaluate"},
    "dask": {"survey"},
    "datasketch": {"survey"},
    "distributed": {"survey"},
    "fsspec": {"survey"},
    "pyarrow": {"survey"},
}
"""Package -> the only places that may import it."""

MODULES = sorted(PACKAGE.rglob("*.py"))


def _imports(path: Path) -> Iterator[str]:
    """Yield every name that a module imports, wherever in the module that is."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _module(path: Path) -> str:
    name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    return name.removesuffix(".__init__")


def _graph() -> dict[str, set[str]]:
    """Return the modules of the package, each with those that it imports."""
    paths = {_module(path): path for path in MODULES}
    graph: dict[str, set[str]] = {}
    for module, path in paths.items():
        names = (name if name in paths else name.rpartition(".")[0] for name in _imports(path))
        graph[module] = {name for name in names if name in paths and name != module}
    return graph


def _room(module: str) -> int | None:
    parts = module.split(".")
    return None if len(parts) == 1 or parts[1] == "__main__" else ROOMS.index(parts[1])


def test_imports_go_down_only() -> None:
    upward = set()
    for module, imported in _graph().items():
        here = _room(module)
        for name in imported:
            there = _room(name)
            if here is not None and there is not None and there > here:
                upward.add((module, name))
    assert upward == set()


def test_there_are_no_circles() -> None:
    assert _circles(_graph()) == []


def _circles(graph: dict[str, set[str]]) -> list[set[str]]:
    """Return the sets of modules that reach one another, by removing what imports nothing or is not imported."""
    reach = {module: _reached(graph, module) for module in graph}
    circles: list[set[str]] = []
    for module in graph:
        circle = {other for other in reach[module] if module in reach[other]}
        if circle and circle not in circles:
            circles.append(circle)
    return circles


def _reached(graph: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for module in graph[waiting.pop()] - seen:
            seen.add(module)
            waiting.append(module)
    return seen


def _id(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def test_heavy_packages_stay_in_their_place() -> None:
    strays = []
    for path in MODULES:
        relative = _id(path)
        for name in _imports(path):
            allowed = HEAVY.get(name.split(".")[0])
            if allowed and not any(relative == place or relative.startswith(f"{place}/") for place in allowed):
                strays.append((relative, name))
    assert strays == []


def test_every_module_says_why_it_exists() -> None:
    silent = [_id(path) for path in MODULES if not _is_documented(path)]
    assert silent == []


def _is_documented(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return not tree.body or ast.get_docstring(tree) is not None


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
