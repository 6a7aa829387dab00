"""Cuts the inputs of a survey into parts of similar size: JSON Lines, dumps, Parquet; local or remote."""

import json
import os
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

from toolsmell.errors import SourceError, UsageError, reason
from toolsmell.survey.scan_settings import digest
from toolsmell.survey.tabulate import Line

PART_BYTES: Final = 8 * 1024 * 1024
"""A part is about this large: some 10,000 tools, ten seconds of work, so that an interruption loses little."""

_LINES = (".jsonl", ".ndjson")
_PACKED = (".gz", ".bz2", ".xz", ".zst")
_PARQUET = (".parquet", ".pq")
_JSON = (".json",)


class InputPiece(NamedTuple):
    """A piece of an input: a span of a file of lines, some row groups of a table, or a whole document."""

    url: str
    kind: Literal["lines", "document", "table"]
    start: int = 0
    """First byte, or first row group."""
    stop: int | None = None
    """The byte or row group after the last. None is the end."""
    size: int = 0
    """Bytes, to make parts of similar size."""


class InputPart(NamedTuple):
    """Pieces that are read together."""

    pieces: tuple[InputPiece, ...]


def parts(inputs: Iterable[str], part_bytes: int = PART_BYTES) -> list[InputPart]:
    """Return the parts of all inputs, in order. Raises `UsageError` for an input that does not exist or is not read."""
    made: list[InputPart] = []
    waiting: list[InputPiece] = []
    for piece in _pieces(inputs, part_bytes):
        if waiting and sum(p.size for p in waiting) + piece.size > part_bytes:
            made.append(InputPart(tuple(waiting)))
            waiting = []
        waiting.append(piece)
    return [*made, InputPart(tuple(waiting))] if waiting else made


def _pieces(inputs: Iterable[str], part_bytes: int) -> Iterator[InputPiece]:
    seen: set[str] = set()
    for given in inputs:
        for url, size in _files(given):
            if url not in seen:
                seen.add(url)
                yield from _cut(url, size, part_bytes)


def _files(given: str) -> list[tuple[str, int]]:
    """Return the files that an input names, with their sizes: itself, those of a folder, those that a glob matches."""
    import fsspec

    try:
        system, path = fsspec.core.url_to_fs(given)
        if any(mark in path for mark in "*?["):
            found = sorted(system.glob(path, detail=True).values(), key=lambda info: str(info["name"]))
        elif system.isdir(path):
            listed = sorted(system.find(path, detail=True).values(), key=lambda info: str(info["name"]))
            found = [info for info in listed if _kind(str(info["name"]))]
        else:
            found = [system.info(path)]
    except FileNotFoundError:
        raise UsageError(f"{given}: no such file or folder") from None
    except (OSError, ValueError, ImportError) as error:
        raise UsageError(f"{given}: cannot be read: {reason(error)}") from None
    if not found and os.path.isdir(path) and not os.access(path, os.R_OK | os.X_OK):
        raise UsageError(f"{given}: cannot be read: Permission denied")
    if not found:
        raise UsageError(f"{given}: has no file that a survey reads ({', '.join((*_LINES, *_JSON, *_PARQUET))})")
    local = "file" in system.protocol
    return [(str(i["name"]) if local else system.unstrip_protocol(i["name"]), int(i["size"] or 0)) for i in found]


def _kind(url: str) -> Literal["lines", "document", "table"] | None:
    plain = url
    for ending in _PACKED:
        plain = plain.removesuffix(ending)
    if plain.endswith(_LINES):
        return "lines"
    if plain.endswith(_PARQUET):
        return "table"
    return "document" if plain.endswith(_JSON) else None


def _cut(url: str, size: int, part_bytes: int) -> Iterator[InputPiece]:
    kind = _kind(url)
    if kind is None:
        raise UsageError(f"{url}: is not read; a survey reads {', '.join((*_LINES, *_JSON, *_PARQUET))}")
    if kind == "table":
        yield from _row_groups(url, part_bytes)
    elif kind == "lines" and size > part_bytes and not url.endswith(_PACKED):
        for start in range(0, size, part_bytes):
            yield InputPiece(url, kind, start, min(size, start + part_bytes), min(part_bytes, size - start))
    else:
        yield InputPiece(url, kind, 0, None, size)


def _row_groups(url: str, part_bytes: int) -> Iterator[InputPiece]:
    with _opened_table(url) as table:
        for group in range(table.num_row_groups):
            size = table.metadata.row_group(group).total_byte_size
            yield InputPiece(url, "table", group, group + 1, min(size, part_bytes))


def lines(part: InputPart) -> Iterator[Line]:
    """Yield the servers of a part. Raises `SourceError` if a file cannot be read any more."""
    for piece in part.pieces:
        try:
            if piece.kind == "table":
                yield from _table_lines(piece)
            elif piece.kind == "document":
                yield from _document(piece)
            else:
                yield from _span(piece)
        except (OSError, ValueError, EOFError) as error:
            raise SourceError(f"{piece.url}: cannot be read: {reason(error)}") from None


def content(part: InputPart, read: Iterable[Line]) -> str:
    """Return the hash of a part: of its files' names and the text of its lines."""
    names = [f"{piece.url}:{piece.start}".encode("utf-8", "replace") for piece in part.pieces]
    return digest(*names, *(line.text.encode("utf-8", "replace") for line in read))


def _document(piece: InputPiece) -> Iterator[Line]:
    import fsspec

    with fsspec.open(piece.url, "rb", compression="infer") as file:
        text = file.read().decode("utf-8", "replace")
    yield Line(text, piece.url, _stem(piece.url))


def _span(piece: InputPiece) -> Iterator[Line]:
    """Yield the lines that begin in a span of bytes; the last may end behind it."""
    import fsspec

    stem = _stem(piece.url)
    with fsspec.open(piece.url, "rb", compression="infer") as file:
        at = piece.start
        if at:
            file.seek(at - 1)
            at += len(file.readline()) - 1
        number = 0
        while piece.stop is None or at < piece.stop:
            data = file.readline()
            if not data:
                return
            number += 1
            if data.strip():
                place = f"{piece.url}:{number}" if piece.start == 0 else f"{piece.url}@{at}"
                yield Line(data.decode("utf-8", "replace").strip(), place, f"{stem}-{at}")
            at += len(data)


def _table_lines(piece: InputPiece) -> Iterator[Line]:
    with _opened_table(piece.url) as table:
        groups = list(range(piece.start, piece.stop if piece.stop is not None else table.num_row_groups))
        for number, row in enumerate(table.read_row_groups(groups).to_pylist()):
            place = f"{piece.url}#{piece.start}:{number}"
            yield Line(_row_text(row), place, f"{_stem(piece.url)}-{piece.start}-{number}")


def _row_text(row: dict[str, object]) -> str:
    """Return a row of a table with a tools column as a line of JSON; the column may hold JSON or structures."""
    tools = row.get("tools")
    name = next((row[key] for key in ("server", "name", "key") if isinstance(row.get(key), str)), None)
    listed = json.loads(tools) if isinstance(tools, str | bytes) else tools
    if isinstance(listed, dict):
        listed = listed.get("tools")
    instructions = row.get("instructions")
    return json.dumps({"server": name, "instructions": instructions, "tools": listed}, default=str)


class _opened_table:  # noqa: N801  a context manager
    """Opens a Parquet file wherever it is; complains if it has no column `tools`."""

    def __init__(self, url: str) -> None:
        import fsspec

        self._url: Final = url
        self._file: Final = fsspec.open(url, "rb")

    def __enter__(self):  # type: ignore[no-untyped-def]
        try:
            from pyarrow import parquet
        except ImportError:
            raise UsageError(f"{self._url}: Parquet needs pyarrow: `pip install 'toolsmell[scale]'`") from None
        try:
            table = parquet.ParquetFile(self._file.__enter__())
        except (OSError, ValueError) as error:
            raise UsageError(f"{self._url}: is no Parquet file: {error}") from None
        if "tools" not in table.schema_arrow.names:
            raise UsageError(f"{self._url}: has no column `tools`")
        return table

    def __exit__(self, *error: object) -> None:
        self._file.__exit__(*error)


def _stem(url: str) -> str:
    return url.replace("\\", "/").rpartition("/")[2].partition(".")[0]
