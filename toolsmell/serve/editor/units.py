"""Converts columns between code points and the units that an editor counts in."""

from typing import Final, NamedTuple

UTF16, UTF32 = "utf-16", "utf-32"
_BYTES: Final = {"utf-8": ("utf-8", 1), UTF16: ("utf-16-le", 2)}


class Units(NamedTuple):
    """The lines of a document and the encoding in which an editor counts columns."""

    lines: tuple[str, ...]
    encoding: str

    def to_editor(self, line: int, column: int) -> int:
        """Return a column of code points in units of the editor."""
        return self._size(self._line(line)[:column])

    def from_editor(self, line: int, column: int) -> int:
        """Return a column of the editor in code points. A column beyond the end of the line is its end."""
        if self.encoding == UTF32:
            return column
        text = self._line(line)
        if text.isascii():
            return min(column, len(text))
        used = 0
        for position, character in enumerate(text):
            if used >= column:
                return position
            used += self._size(character)
        return len(text)

    def _line(self, line: int) -> str:
        return self.lines[line] if 0 <= line < len(self.lines) else ""

    def _size(self, text: str) -> int:
        if self.encoding == UTF32 or text.isascii():
            return len(text)
        name, width = _BYTES[self.encoding]
        return len(text.encode(name, "surrogatepass")) // width


def units_of(text: str, encoding: str) -> Units:
    """Return the units of a document. Lines end with a line feed, as locations count them."""
    return Units(tuple(text.split("\n")), encoding)
