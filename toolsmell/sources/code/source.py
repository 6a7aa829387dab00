"""One file of source code, read once: its text as people see it, and its bytes as the parser wants them."""

import codecs
import re
from bisect import bisect_right
from functools import cached_property
from pathlib import Path
from typing import Final

from toolsmell.data.shipped import open_regular
from toolsmell.errors import SourceError
from toolsmell.model import Location
from toolsmell.sources.code.values import Literal, LiteralKind

DEFAULT_MAX_BYTES = 2 * 1024 * 1024
"""Size of one file. Nobody writes a larger one by hand; bundles and generated code are."""

_WIDEST_INDENT = 1_000
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Codecs that are not of texts ("rot13", "zlib") also have names.
_TEXT_ENCODINGS = ("utf", "latin", "iso8859", "cp", "ascii", "shift_jis", "euc", "gb", "big5", "koi8", "mac")


class Source:
    """A decoded file. Offsets of the parser count bytes of `data`; those for people count code points of the text."""

    def __init__(
        self, label: str, text: str, encoding: str = "utf-8", note: str | None = None, original: bytes = b""
    ) -> None:
        self.label: Final = label
        """The path as the user would write it."""
        self.original: Final = original
        """The file as it was read."""
        self.data: Final = original if original and encoding == "utf-8" else text.encode("utf-8", "surrogatepass")
        self.encoding: Final = encoding
        """Decodes the file to the text that offsets count in."""
        self.note: Final = note
        """A note for people on how it was decoded."""
        self._ascii: Final = len(self.data) == len(text)
        self._last = (0, 0, 0)

    @property
    def text(self) -> str:
        return self.data.decode("utf-8", "surrogatepass")

    @cached_property
    def _starts(self) -> list[int]:
        """The start of each line, in bytes."""
        return [0, *(match.end() for match in re.finditer(rb"\n", self.data))]

    @cached_property
    def _starts_in_text(self) -> list[int]:
        """The start of each line, in code points."""
        if self._ascii:
            return self._starts
        starts = [0]
        for begin, end in zip(self._starts, self._starts[1:], strict=False):
            starts.append(starts[-1] + self._count(begin, end))
        return starts

    def _count(self, begin: int, end: int) -> int:
        return end - begin if self._ascii else len(self.slice(begin, end))

    def slice(self, begin: int, end: int) -> str:
        return self.data[begin:end].decode("utf-8", "surrogatepass")

    def line(self, byte: int) -> int:
        """Return the number, from 1, of the line that the byte is in."""
        return bisect_right(self._starts, byte)

    def line_start(self, line: int) -> int:
        """Return the byte that a line starts at."""
        return self._starts[line - 1]

    def lines(self, first: int, last: int) -> str:
        """Return whole lines by their numbers, inclusive."""
        end = self._starts[last] if last < len(self._starts) else len(self.data)
        return self.slice(self._starts[first - 1], end)

    def indent(self, byte: int) -> str:
        """Return the white space that the line of this byte starts with."""
        start = self._starts[self.line(byte) - 1]
        head = self.data[start : min(byte, start + _WIDEST_INDENT)]
        return head[: len(head) - len(head.lstrip(b" \t"))].decode()

    def literal(self, begin: int, end: int, kind: LiteralKind) -> Literal:
        """Describe the span between two bytes."""
        line, column = self._position(begin)
        end_line, end_column = self._position(end)
        starts = self._starts_in_text
        return Literal(
            Location(self.label, line, column, end_line, end_column),
            start=starts[line - 1] + column - 1,
            end=starts[end_line - 1] + end_column - 1,
            kind=kind,
            encoding=self.encoding,
            indent=self.indent(begin),
        )

    def _position(self, byte: int) -> tuple[int, int]:
        line = self.line(byte)
        last_line, last_byte, last_column = self._last
        # Lines may be a megabyte long, and are mostly asked about from left to right.
        if line == last_line and byte >= last_byte:
            column = last_column + self._count(last_byte, byte)
        else:
            column = self._count(self._starts[line - 1], byte) + 1
        self._last = (line, byte, column)
        return line, column


class DocumentSource(Source):
    """A JSON document, read as an expression: in parentheses. Nothing can be written into it as into code."""

    def __init__(self, label: str, text: str) -> None:
        super().__init__(label, f"({text})")

    def literal(self, begin: int, end: int, kind: LiteralKind = LiteralKind.EXPRESSION) -> Literal:  # noqa: ARG002
        found = super().literal(begin, end, LiteralKind.EXPRESSION)
        at = found.location
        column = at.column - 1 if at.line == 1 else at.column
        end_column = at.end_column - 1 if at.end_line == 1 and at.end_column else at.end_column
        location = Location(at.file, at.line, column, at.end_line, end_column)
        return found._replace(location=location, start=found.start - 1, end=found.end - 1)


def load(path: Path, label: str, *, max_bytes: int = DEFAULT_MAX_BYTES) -> bytes:
    """Read a file. Raises `SourceError` if it cannot be read, or is too large."""
    try:
        with open_regular(str(path)) as file:
            data = file.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SourceError(f"{label}: cannot be read: {reason}") from None
    if len(data) > max_bytes:
        raise SourceError(f"{label}: larger than {max_bytes:,} bytes, as no file written by hand is")
    return data


def decode(data: bytes, label: str) -> Source:
    """Decode a file. Raises `SourceError` if it is no text."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _declared(data)
    try:
        return Source(label, data.decode(encoding), encoding, original=data)
    except UnicodeDecodeError as error:
        if b"\x00" in data[:4096]:
            raise SourceError(f"{label}: is binary, not source code") from None
        note = f"{label}: is not {encoding} (byte {error.start}); read as Latin-1"
        return Source(label, data.decode("latin-1"), "latin-1", note, original=data)


def _declared(data: bytes) -> str:
    """Return the encoding that a Python file declares in its first two lines (PEP 263), else UTF-8."""
    head = b"\n".join(data[:400].split(b"\n")[:2])
    if b"coding" not in head:
        return "utf-8"
    cookie = re.search(rb"^[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]{1,40})", head, re.MULTILINE)
    if not cookie:
        return "utf-8"
    name = cookie[1].decode().lower().replace("_", "-")
    try:
        known = codecs.lookup(name).name.replace("-", "")
    except LookupError:
        return "utf-8"
    return name if known.startswith(_TEXT_ENCODINGS) and known != "utf7" else "utf-8"
