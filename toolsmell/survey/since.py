"""Rows of an earlier survey, for servers that have not changed since."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from toolsmell.survey.store import Store, opened
from toolsmell.survey.tables import TableRow
from toolsmell.survey.tabulate import Server

_COPIED = ("tools", "findings")


def unchanged(since: str, server: Server) -> bool:
    """Return True if the earlier survey has rows for this server with these settings.

    Raises `UsageError` if the folder `since` holds no survey.
    """
    return server.key in _index(since)


def copied(since: str, server: Server) -> Iterator[TableRow]:
    """Yield the rows of an unchanged server, with its present source. Its own row is last."""
    part, source = _index(since)[server.key]
    tables = _by_source(since, part)
    here = {"source": server.line.source}
    for row in tables["tools"].get(source, ()):
        yield TableRow("definitions", tables["definitions"][row["definition"]][0])
    for table in _COPIED:
        for row in tables[table].get(source, ()):
            yield TableRow(table, {**row, **here})
    yield TableRow("servers", {**tables["servers"][source][0], **here})


@lru_cache(maxsize=1)
def _index(since: str) -> dict[str, tuple[str, str]]:
    """Return the part and the source of each server of the earlier survey, by its key."""
    store = opened(since)
    index: dict[str, tuple[str, str]] = {}
    for part in sorted(store.parts()):
        for row in store.read("servers", part, ("key", "source", "status")):
            if row["status"] in ("complete", "partial"):
                index[row["key"]] = (part, row["source"])
    return index


@lru_cache(maxsize=2)
def _by_source(since: str, part: str) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Return the tables of an earlier part; rows by source, definitions by hash.

    Servers keep their order from survey to survey, so that two parts in memory are enough.
    """
    store = opened(since)
    return {table: _grouped(store, table, part) for table in ("servers", "definitions", *_COPIED)}


def _grouped(store: Store, table: str, part: str) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in store.read(table, part):
        groups.setdefault(row["definition" if table == "definitions" else "source"], []).append(row)
    return groups
