"""Finds runs of six lines or more of code that two places of the package share.

    python benchmarks/duplicates.py

Blank lines, comments, docstrings, imports and lone brackets are passed over, and the tables of rules (rows) are left
out: they are lists of values. Prints the pairs of places, longest first. docs/architecture.md says why they stay.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).parent.parent / "toolsmell"
LINES = 6
_THIN = re.compile(r"[\s()\[\]{},:]*|(?:from|import) .*|else:|try:|return|@\w+(?:\(.*\))?|\"\"\".*")


class Line(NamedTuple):
    file: str
    number: int
    text: str


class Pair(NamedTuple):
    """A run of lines in two places."""

    length: int
    one: Line
    other: Line


def main() -> None:
    for pair in sorted(pairs(), reverse=True):
        print(f"{pair.length} lines: {pair.one.file}:{pair.one.number} ~ {pair.other.file}:{pair.other.number}")


def pairs() -> Iterator[Pair]:
    """Yield the longest run that each two files share, if it has enough lines."""
    files = {path.relative_to(PACKAGE).as_posix(): list(lines(path)) for path in sorted(PACKAGE.rglob("*.py"))}
    places: dict[tuple[str, ...], list[tuple[str, int]]] = defaultdict(list)
    for name, found in files.items():
        for at in range(len(found) - LINES + 1):
            places[tuple(line.text for line in found[at : at + LINES])].append((name, at))
    best: dict[tuple[str, str], Pair] = {}
    for same in places.values():
        for i, (one, at) in enumerate(same):
            for other, there in same[i + 1 :]:
                length = _length(files[one][at:], files[other][there:])
                pair = Pair(length, files[one][at], files[other][there])
                if one != other and (best.get((one, other)) or pair) <= pair:
                    best[one, other] = pair
    yield from best.values()


def lines(path: Path) -> Iterator[Line]:
    """Yield the lines of code of a module; a table of rules has none."""
    source = path.read_text(encoding="utf-8")
    if path.name == "__init__.py" and path.parent.parent.name == "rules":
        return
    texts = {number for node in ast.walk(ast.parse(source)) for number in _lines_of_text(node)}
    for number, text in enumerate(source.splitlines(), start=1):
        code = " ".join(text.split("  #")[0].split())
        if number not in texts and not _THIN.fullmatch(code) and not code.startswith("#"):
            yield Line(path.relative_to(PACKAGE).as_posix(), number, code)


def _lines_of_text(node: ast.AST) -> range:
    """Return the lines of a docstring, or of a list of names that is imported."""
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    if isinstance(node, ast.stmt) and (is_text or isinstance(node, ast.Import | ast.ImportFrom)):
        return range(node.lineno, (node.end_lineno or node.lineno) + 1)
    return range(0)


def _length(one: list[Line], other: list[Line]) -> int:
    return next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a.text != b.text), min(len(one), len(other))
    )


if __name__ == "__main__":
    main()
