"""Manifests from JSON files and stdin: one document, or JSON Lines with a server a line."""

import errno
import io
import os
import sys
from collections.abc import Collection, Iterator, Mapping
from typing import BinaryIO, Final, NamedTuple

from toolsmell.data.shipped import open_regular
from toolsmell.editing.patch import PatchError, UneditableError
from toolsmell.errors import SourceError, UnreadableError
from toolsmell.model import Edited, Location, Manifest, Place, Provenance, Status, Tool
from toolsmell.sources.json import document as jsontext
from toolsmell.sources.json.document import Document
from toolsmell.sources.json.kinds import DocumentKind, is_known_name, mentions_mcp, presume, recognise
from toolsmell.sources.json.shapes import Listed, Shape, read_bundle, read_tools

DEFAULT_MAX_BYTES = 64 * 1024 * 1024
STDIN = "-"


class File(NamedTuple):
    """An open file, and its name in messages."""

    label: str
    stem: str
    """The name of a server in it that has no name of its own."""
    stream: BinaryIO


def open_file(target: str, *, stdin_filename: str | None = None, data: bytes | None = None) -> File:
    """Open a file, or stdin for `-`, which is read as `stdin_filename` if that is given.

    `data` stands for what the file holds, for instance in an editor that has not saved it.
    Raises `SourceError` if it is missing, a directory or unreadable.
    """
    if target == STDIN:
        name = stdin_filename or "<stdin>"
        return File(name, _stem(name).strip("<>"), sys.stdin.buffer)
    if data is not None:
        return File(target, _stem(target), io.BytesIO(data))
    try:
        return File(target, _stem(target), open_regular(target))
    except FileNotFoundError:
        raise SourceError(f"{target}: no such file") from None
    except IsADirectoryError:
        raise SourceError(f"{target}: is a directory") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        hint = " (- reads stdin)" if isinstance(error, OSError) and error.errno == errno.EINVAL else ""
        raise SourceError(f"{target}: cannot be read: {reason}{hint}") from None


def _stem(path: str) -> str:
    return os.path.splitext(os.path.basename(path))[0]


def read_stdin(max_bytes: int) -> bytes:
    """Return the content of stdin. Raises `SourceError` if it is too large."""
    data = sys.stdin.buffer.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise SourceError(f"<stdin>: larger than {max_bytes} bytes; `--max-bytes` raises the limit")
    return data


def documents(file: File, *, max_bytes: int = DEFAULT_MAX_BYTES) -> Iterator[Document | SourceError]:
    """Yield the JSON documents of a file: one, or one a line if the first line is a document of its own.

    A bad line of JSON Lines is yielded as the error it is, and the rest is read on; a bad file is one error.
    """
    with file.stream as stream:
        first = stream.readline(max_bytes + 1)
        line = _parsed_alone(first, file.label) if len(first) <= max_bytes else None
        rest = stream.readline(max_bytes + 1) if line else b""
        while line and rest and not rest.strip():
            rest = stream.readline(max_bytes + 1)
        if line and rest:
            yield line._replace(alone=False)
            yield from _lines(stream, rest, file.label, max_bytes)
        elif line:
            yield line
        else:
            yield _whole(first, stream, file.label, max_bytes)


def _parsed_alone(first: bytes, label: str) -> Document | None:
    """Parse a first line if it is a document; that a long pretty-printed file's is not is seen at its end."""
    if first.strip()[-1:] not in (b"}", b"]"):
        return None
    try:
        return jsontext.parse(decode(first, label), label)
    except SourceError:
        return None


def _whole(first: bytes, stream: BinaryIO, label: str, max_bytes: int) -> Document | SourceError:
    data = first + stream.read(max(0, max_bytes + 1 - len(first)))
    try:
        if len(data) > max_bytes:
            raise SourceError(f"{label}: larger than {max_bytes} bytes; `--max-bytes` raises the limit")
        text = decode(data, label)
    except SourceError as error:
        return UnreadableError(str(error), is_mcp=mentions_mcp(data.decode("utf-8", "replace")))
    try:
        return jsontext.parse(text, label)
    except SourceError as error:
        return _despite(error, text, label)


def _despite(error: SourceError, text: str, label: str) -> Document | SourceError:
    """Return a client configuration with comments, which clients accept; otherwise the error, with what the file is."""
    try:
        document = jsontext.parse(text.removeprefix("\ufeff"), label, comments=True)
    except SourceError:
        return UnreadableError(str(error), is_mcp=mentions_mcp(text))
    kind = recognise(document.value, known_name=is_known_name(label))
    if kind is DocumentKind.CLIENT_CONFIG and not text.startswith("\ufeff"):
        return document
    return UnreadableError(str(error), is_mcp=kind is not None)


def _lines(stream: BinaryIO, line: bytes, label: str, max_bytes: int) -> Iterator[Document | SourceError]:
    number = 2
    while line:
        if line.strip():
            yield _line(line, stream, label, number, max_bytes)
        number += 1
        line = stream.readline(max_bytes + 1)


def _line(line: bytes, stream: BinaryIO, label: str, number: int, max_bytes: int) -> Document | SourceError:
    try:
        if len(line) > max_bytes:
            while line and not line.endswith(b"\n"):
                line = stream.readline(max_bytes)
            raise SourceError(f"{label}:{number}: a line larger than {max_bytes} bytes; `--max-bytes` raises the limit")
        return jsontext.parse(decode(line.rstrip(), label), label, first_line=number)._replace(alone=False)
    except SourceError as error:
        return error


def decode(data: bytes, label: str) -> str:
    """Decode UTF-8. Raises `SourceError` for anything else, with what it looks like."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(f"{label}: is UTF-16; save it as UTF-8")
    if b"\x00" in data[:4096]:
        raise SourceError(f"{label}: is binary, not JSON")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(f"{label}: is not UTF-8 (byte {error.start}): save it as UTF-8") from None


def read(document: Document, kind: DocumentKind, *, stem: str, name: str | None = None) -> Manifest:
    """Read the tools of one document. Raises `SourceError` if it is not of this kind."""
    try:
        if kind is DocumentKind.DUMP:
            from toolsmell.sources.json import snapshot

            manifest = _dated(snapshot.from_json(document.value, key=name, source=document.file))
            listed = tuple(Listed(tool.raw, f"/tools/{tool.index}") for tool in manifest.tools)
        else:
            shape = read_bundle(document.value) if kind is DocumentKind.MCPB else read_tools(document.value)
            manifest, listed = _manifest(shape, document, name or shape.name or stem), shape.tools
    except SourceError as error:
        raise SourceError(f"{document.file}:{document.first_line}: {error}") from None
    locator = JsonLocator(document, listed)
    # Those of a dump were in what the server sent.
    return manifest._replace(locator=locator, duplicate_keys=manifest.duplicate_keys + locator.duplicates())


def _dated(manifest: Manifest) -> Manifest:
    """Return the manifest of a dump with a note of its date."""
    note = f"dumped on {manifest.date}"
    return manifest if not manifest.date or note in manifest.notes else manifest._replace(notes=(*manifest.notes, note))


def _manifest(shape: Shape, document: Document, key: str) -> Manifest:
    line = f":{document.first_line}" if document.first_line > 1 else ""
    return Manifest(
        key=key,
        source=document.file + line,
        provenance=Provenance.FILE,
        tools=tuple(Tool(i, tool.raw, tool.unknown, tool.strict) for i, tool in enumerate(shape.tools)),
        name=shape.name,
        status=Status.PARTIAL if shape.partial else Status.COMPLETE,
        error=shape.partial,
        instructions=shape.instructions,
        unknown=shape.unknown,
        notes=shape.notes,
    )


def _data(document: Document) -> bytes:
    return document.text.encode("utf-8", "surrogatepass")


class JsonLocator:
    """Finds the places of a manifest in the JSON document that it was read from."""

    takes_json: Final = True
    """`edit` takes values of `JsonText` too."""

    def __init__(self, document: Document, tools: tuple[Listed, ...]) -> None:
        self.document: Final = document
        self._tools: Final = tools

    @property
    def is_single_tool(self) -> bool:
        """Whether the document is one tool, and not a list with one."""
        return len(self._tools) == 1 and not self._tools[0].at

    def locate(self, places: Collection[Place]) -> Mapping[Place, Location]:
        pointers = {place: self.pointer(place) for place in places}
        found = self.document.spans(set(pointers.values()))
        return {place: found[pointer] for place, pointer in pointers.items()}

    def edit(self, manifest: Manifest, texts: Mapping[Place, str], files: Mapping[str, bytes] = {}) -> Edited:
        """Return the manifest with these texts, which replace others or are added (`Locator`)."""
        from toolsmell.sources.json.editing import with_texts

        before = self.document
        if not before.alone:
            raise UneditableError(f"{manifest.source}: only a file with one JSON document can be edited")
        if before.file in files:
            before = jsontext.parse(decode(files[before.file], before.file), before.file)
        after = with_texts(before, {self.pointer(place): text for place, text in texts.items()})
        kind = presume(after.value)
        if kind is None:
            raise PatchError(f"{manifest.source}: the edited text is no list of tools")
        again = read(after, kind, stem=manifest.key, name=manifest.key)
        return Edited(again, {before.file: _data(before)}, {before.file: _data(after)})

    def unwritable(self, _place: Place) -> str | None:
        """Return None: an object takes any text (`Locator`)."""
        return None

    def again(self, manifest: Manifest) -> Manifest:
        """Return the manifest as it is: `edit` has read the document again (`Locator`)."""
        return manifest

    def pointer(self, place: Place) -> str:
        """Return the pointer of a place in the document. A tool as a whole is shown by its name."""
        if place.tool is None:
            return place.pointer
        tool = self._tools[place.tool]
        named = isinstance(tool.raw, dict) and isinstance(tool.raw.get("name"), str)
        head, slash, rest = (place.pointer or ("/name" if named else "")).lstrip("/").partition("/")
        if not head:
            return tool.at
        return tool.at + tool.moved.get(head, f"/{head}") + slash + rest

    def duplicates(self) -> tuple[Place, ...]:
        """Return the keys that are twice in one object, each with the tool that it is in."""
        by_start = {tool.at: i for i, tool in enumerate(self._tools)}
        return tuple(self._owner(pointer, by_start) for pointer in self.document.duplicates())

    def _owner(self, pointer: str, by_start: Mapping[str, int]) -> Place:
        end = len(pointer)
        while end > 0:
            index = by_start.get(pointer[:end])
            if index is not None:
                return Place(index, self._unmoved(index, pointer[end:]))
            end = pointer.rfind("/", 0, end)
        return Place(None, pointer)

    def _unmoved(self, index: int, below: str) -> str:
        for part, at in self._tools[index].moved.items():
            if below == at or below.startswith(at + "/"):
                return f"/{part}{below[len(at) :]}"
        return below
