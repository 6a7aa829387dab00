"""Measures the structure of the package: circles, sizes, duplicates of names, and English.

    python benchmarks/house.py

Prints the table in docs/architecture.md. Lines of a file include its documentation; lines of a function include its
signature and docstring. Rule modules count like all others.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import duplicates

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "toolsmell"


def main() -> None:
    modules = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
    print("| what | measured | goal |\n|---|---|---|")
    for what, measured, goal in rows(modules):
        print(f"| {what} | {measured} | {goal} |")


def rows(modules: dict[Path, ast.Module]) -> Iterator[tuple[str, str, str]]:
    """Yield the rows of the table: what is measured, its value, its goal."""
    top = [path.stem for path in PACKAGE.glob("*.py") if not path.stem.startswith("__")]
    yield "modules at the top", str(len(top)), "at most 8"
    yield "circles of imports", str(circles(modules)), "0"
    files = [path.read_text(encoding="utf-8").count("\n") for path in modules]
    yield "lines of a file, 90 % are under", f"{quantiles(files, n=10)[-1]:.0f}", "at most 220"
    yield "lines of the longest file", str(max(files)), "at most 400"
    functions = list(lengths(modules))
    yield "lines of a function, median", f"{median(functions):.0f}", "at most 8"
    yield "lines of the longest function", str(max(functions)), "at most 50"
    yield "runs of six lines that two modules share", str(sum(1 for _ in duplicates.pairs())), "each with a reason"
    yield "texts with an odd construction", english(), "at most 2 %"


def lengths(modules: dict[Path, ast.Module]) -> Iterator[int]:
    """Yield the lines of every function."""
    for tree in modules.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                yield node.end_lineno - node.lineno + 1


def circles(modules: dict[Path, ast.Module]) -> int:
    """Return how many groups of modules import one another, wherever in a module the import is."""
    names = {_name(path): tree for path, tree in modules.items()}
    graph = {name: _imported(tree, names) - {name} for name, tree in names.items()}
    reach = {name: _reached(graph, name) for name in graph}
    return len({frozenset(o for o in reach[name] if name in reach[o]) for name in graph if name in reach[name]})


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _imported(tree: ast.Module, names: dict[str, ast.Module]) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in names else node.module)
    return found & names.keys()


def _reached(graph: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for name in graph[waiting.pop()] - seen:
            seen.add(name)
            waiting.append(name)
    return seen


def english() -> str:
    """Return the share of odd texts, as `docs/english.py` prints it."""
    done = subprocess.run([sys.executable, ROOT / "docs" / "english.py"], capture_output=True, text=True, check=False)
    return done.stdout.splitlines()[-1].split(": ")[1].split(" (")[0]


if __name__ == "__main__":
    main()
