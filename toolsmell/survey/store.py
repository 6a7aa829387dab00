"""The folder of a survey: tables in parts, each written aside and renamed, so that it exists whole or not at all."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from toolsmell.errors import SourceError, UsageError
from toolsmell.survey.tables import SCHEMA, TABLES, Column, TableRow, Value
from toolsmell.version import __version__

Format: TypeAlias = Literal["parquet", "jsonl"]
LAST: Final = "servers"
"""The table that is written last: its file says that the part is finished."""

Rows: TypeAlias = Mapping[str, list[Mapping[str, Value]]]
"""Name of a table -> its rows."""


class Store(NamedTuple):
    """A folder with a folder for each table, and a file in it for each part."""

    folder: str
    format: Format = "parquet"

    def path(self, table: str, part: str) -> Path:
        return Path(self.folder, table, f"part-{part}.{self.format}")

    def finished(self, part: str) -> bool:
        """Return True if all tables of a part are written."""
        return self.path(LAST, part).exists()

    def write(self, part: str, rows: Iterable[TableRow]) -> dict[str, int]:
        """Write the tables of a part, all or none, and return how many rows each has.

        Raises `SourceError` if the disk is full or cannot be written to; nothing of the part is left then.
        """
        by_table: dict[str, list[Mapping[str, Value]]] = {name: [] for name in TABLES if name != "runs"}
        for row in rows:
            by_table[row.table].append(row.values)
        by_table["definitions"] = _once(by_table["definitions"])
        order = sorted(by_table, key=lambda name: name == LAST)
        try:
            for table in order:
                _replace(self.path(table, part), table, by_table[table], self.format)
        except OSError as error:
            self.remove(part)
            raise SourceError(f"{self.folder}: cannot be written: {error.strerror or error}") from None
        return {table: len(found) for table, found in by_table.items()}

    def write_run(self, key: str, row: Mapping[str, Value]) -> None:
        """Write the table of settings."""
        try:
            _replace(Path(self.folder, "runs", f"run-{key}.{self.format}"), "runs", [row], self.format)
        except OSError as error:
            raise SourceError(f"{self.folder}: cannot be written: {error.strerror or error}") from None

    def parts(self) -> set[str]:
        """Return the parts that are finished."""
        files = Path(self.folder, LAST).glob(f"part-*.{self.format}")
        return {path.stem.removeprefix("part-") for path in files}

    def remove(self, part: str) -> None:
        """Remove a part, the mark that it is finished first."""
        for table in sorted(TABLES, key=lambda name: name != LAST):
            self.path(table, part).unlink(missing_ok=True)

    def read(
        self, table: str, part: str | None = None, columns: Iterable[str] | None = None
    ) -> Iterator[dict[str, Any]]:
        """Yield the rows of a table, of one part or of all."""
        names = list(columns) if columns is not None else [column.name for column in TABLES[table]]
        pattern = "run-*" if table == "runs" else f"part-{part or '*'}"
        for path in sorted(Path(self.folder, table).glob(f"{pattern}.{self.format}")):
            yield from _read(path, names)


def opened(folder: str) -> Store:
    """Return the survey in a folder. Raises `UsageError` if there is none, or one of another version."""
    for format_ in ("parquet", "jsonl"):
        store = Store(folder, format_)
        if any(Path(folder, LAST).glob(f"part-*.{format_}")):
            return store
    raise UsageError(f"{folder}: holds no survey (no folder `servers` with parts in it)")


def _once(rows: list[Mapping[str, Value]]) -> list[Mapping[str, Value]]:
    return list({str(row["definition"]): row for row in rows}.values())


def _replace(path: Path, table: str, rows: list[Mapping[str, Value]], format_: Format) -> None:
    """Write a file aside and rename it, so that readers see all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if format_ == "parquet":
            _write_parquet(aside, TABLES[table], rows)
        else:
            with open(aside, "w", encoding="ascii") as file:
                file.writelines(json.dumps(row) + "\n" for row in rows)
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def _write_parquet(path: Path, columns: tuple[Column, ...], rows: list[Mapping[str, Value]]) -> None:
    import pyarrow
    from pyarrow import parquet

    types = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "texts": pyarrow.list_(pyarrow.string()),
    }
    metadata = {"toolsmell.schema": SCHEMA, "toolsmell.version": __version__}
    schema = pyarrow.schema([(column.name, types[column.type]) for column in columns], metadata=metadata)
    arrays = [pyarrow.array([_utf8(row.get(c.name)) for row in rows], types[c.type]) for c in columns]
    parquet.write_table(pyarrow.Table.from_arrays(arrays, schema=schema), path, compression="zstd")


def _utf8(value: Value) -> Value:
    """Return a value that UTF-8 can encode: lone surrogates, which JSON allows, become question marks."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    return [str(_utf8(item)) for item in value] if isinstance(value, list) else value


def _read(path: Path, columns: list[str]) -> Iterator[dict[str, Any]]:
    if path.suffix == ".parquet":
        from pyarrow import parquet

        file = parquet.ParquetFile(path)
        known = [name for name in columns if name in file.schema_arrow.names]
        for batch in file.iter_batches(columns=known):
            yield from batch.to_pylist()
        return
    with open(path, encoding="ascii") as lines:
        for line in lines:
            row = json.loads(line)
            yield {name: row.get(name) for name in columns}
