"""Data sets in the shapes that the field publishes, read into catalogs and cases."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from toolsmell.errors import SourceError
from toolsmell.evaluate.catalog import Catalog, from_tools
from toolsmell.evaluate.datasets import Case, load_cases
from toolsmell.model import Json


class RetrievalSet(NamedTuple):
    """Tools, what is asked of them, and rewrites of them."""

    name: str
    tools: Catalog
    cases: tuple[Case, ...]
    variants: dict[str, Catalog]
    """The same tools with other texts, by the name of the rewrite."""


def load_retrieval(folder: Path) -> RetrievalSet:
    """Read a folder with `tools.json`, `queries.jsonl` and a file `after_NAME.json` for each rewrite."""
    variants = {path.stem.removeprefix("after_"): path for path in sorted(folder.glob("after_*.json"))}
    return RetrievalSet(
        name=folder.name,
        tools=_catalog(folder / "tools.json"),
        cases=load_cases(folder / "queries.jsonl"),
        variants={name: _catalog(path) for name, path in variants.items()},
    )


def load_pairs(path: Path) -> tuple[Catalog, Catalog]:
    """Read JSON Lines of `{name, before, after}`, each of the two a description or an object with one."""
    before, after = [], []
    for row in _rows(path):
        before.append(_tool(row, "before"))
        after.append(_tool(row, "after"))
    return from_tools(before), from_tools(after)


def load_servers(path: Path) -> Iterator[Catalog]:
    """Read JSON Lines of `{server, tools}`, one catalog for each."""
    for row in _rows(path):
        yield from_tools(row["tools"], str(row["server"]))


def _catalog(path: Path) -> Catalog:
    try:
        raw: Json = json.loads(path.read_text(encoding="utf-8"))
        return from_tools(raw["tools"], path.parent.name)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(f"cannot read the tools in {path}: {error}") from None


def _rows(path: Path) -> Iterator[dict[str, Json]]:
    try:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except (OSError, ValueError) as error:
        raise SourceError(f"cannot read {path}: {error}") from None


def _tool(row: dict[str, Json], side: str) -> Json:
    value = row[side]
    return {"name": row["name"], **(value if isinstance(value, dict) else {"description": value})}
