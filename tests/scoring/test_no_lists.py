"""Components are data: no code outside `rubrics/` lists those of the shipped rubric."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rubrics import COMPONENTS

ROOT = Path(__file__).parent.parent.parent
ENOUGH = 4
"""So many components in one value are a list of them."""


def listed(tree: ast.AST) -> Iterator[int]:
    """Yield the lines with a text, a collection or an enumeration that has several components."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 200:
            found = set(node.value.split())
        elif isinstance(node, ast.List | ast.Tuple | ast.Set | ast.Dict):
            values = node.keys if isinstance(node, ast.Dict) else node.elts
            found = {str(value.value) for value in values if isinstance(value, ast.Constant)}
        elif isinstance(node, ast.ClassDef):
            parts = (part.value for part in node.body if isinstance(part, ast.Assign))
            found = {str(part.value) for part in parts if isinstance(part, ast.Constant)}
        else:
            continue
        if len(found & set(COMPONENTS)) >= ENOUGH:
            yield node.lineno


@pytest.mark.parametrize("folder", ["toolsmell", "benchmarks", "docs"])
def test_no_module_lists_the_components(folder: str) -> None:
    paths = [path for path in (ROOT / folder).rglob("*.py") if "site" not in path.parts]
    assert len(paths) > 1
    places = {f"{path}:{line}" for path in paths for line in listed(ast.parse(path.read_text(encoding="utf-8")))}
    assert not places
