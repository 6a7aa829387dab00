"""Reads published data sets into catalogs and cases."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toolsmell.data.shipped import read_regular
from toolsmell.errors import SourceError
from toolsmell.evaluate.catalog import Catalog, from_tools
from toolsmell.evaluate.datasets import Case, load_cases

if TYPE_CHECKING:
    from toolsmell.model import Json


class RetrievalSet(NamedTuple):
    """Tools, cases for them, and rewrites of them."""

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


def _catalog(path: Path) -> Catalog:
    try:
        raw: Json = json.loads(read_regular(path))
        return from_tools(raw["tools"], path.parent.name)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(f"cannot read the tools in {path}: {error}") from None
