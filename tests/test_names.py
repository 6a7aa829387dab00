"""A class and a module have names of their own: one that means two things has to be looked up each time."""

import ast
from collections import defaultdict
from pathlib import Path, PurePosixPath

PACKAGE = Path(__file__).parent.parent / "toolsmell"

ONE_CLASS = {"Reporter": "the protocol, and the class of each format that implements it"}
"""Names that several classes share because they are one thing in several forms."""

ONE_MODULE = {
    "languages": "the functions for each language: those that follow values, and those that follow tools into handlers",
    "shown": "evidence as text for a reader: all of it, and the part that is code",
}
"""Names that several modules share because they have one role in several rooms."""

LANGUAGES = frozenset(("go", "javascript", "python"))
"""Rooms of one shape: what one calls `names`, all call so, and the module above them holds what they share."""

NAMED_BY_USERS = frozenset(("cli/commands", "cli/options", "reporters/formats"))
"""A command, an option and a format are named as people type them, also if another module does their work."""


def test_no_class_name_means_two_things() -> None:
    found = defaultdict(set)
    for path in PACKAGE.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].add(path.relative_to(PACKAGE).as_posix())
    twice = {name: paths for name, paths in found.items() if len(paths) > 1}
    assert twice.keys() == ONE_CLASS.keys(), twice


def test_no_module_name_means_two_things() -> None:
    found = defaultdict(set)
    for path in PACKAGE.rglob("*.py"):
        room = path.relative_to(PACKAGE).parent
        if path.stem != "__init__" and room.as_posix() not in NAMED_BY_USERS:
            found[path.stem].add(_without_language(PurePosixPath(room.as_posix())))
    twice = {name: rooms for name, rooms in found.items() if len(rooms) > 1}
    assert twice.keys() == ONE_MODULE.keys(), twice


def _without_language(room: PurePosixPath) -> PurePosixPath:
    """Return the room above the rooms for single languages; `marked` is one for the languages that mark tools."""
    if room.as_posix() == "sources/marked":
        return PurePosixPath("sources/code")
    return room.parent if room.name in LANGUAGES else room
