"""A class has a name of its own: one that means two things has to be looked up each time."""

import ast
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "toolsmell"

ONE_MEANING = {"Reporter": "the protocol, and the class of each format that implements it"}
"""Names that several classes share because they are one thing in several forms."""


def test_no_class_name_means_two_things() -> None:
    found = defaultdict(set)
    for path in PACKAGE.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].add(path.relative_to(PACKAGE).as_posix())
    twice = {name: paths for name, paths in found.items() if len(paths) > 1}
    assert twice.keys() == ONE_MEANING.keys(), twice
