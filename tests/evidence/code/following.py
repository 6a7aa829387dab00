"""Reads the code of tools in tests: files as a project of their own."""

from collections.abc import Mapping
from pathlib import Path

from toolsmell.app import read
from toolsmell.evidence.code import implementations
from toolsmell.model.implementation import CodeFact, FactKind, Implementation


def followed(folder: Path, files: Mapping[str, str]) -> dict[str, Implementation]:
    """Return the code of each tool of a project with these files, by the tool's name."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found: dict[str, Implementation] = {}
    for manifest in read(str(folder)):
        assert manifest.error is None
        made = implementations(manifest)
        found.update({tool.name or "": made[tool.index] for tool in manifest.tools})
    return found


def shown(fact: CodeFact) -> tuple[object, ...]:
    """Return what a test compares of a fact: parameter, operator, values and handling."""
    operator, handling = fact.operator and fact.operator.value, fact.handling and fact.handling.value
    return fact.parameter, operator, fact.values, handling


def facts(implementation: Implementation, *kinds: FactKind) -> list[tuple[object, ...]]:
    return [shown(fact) for fact in implementation.of(*kinds)]
