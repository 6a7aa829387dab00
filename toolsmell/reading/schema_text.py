"""Sums up the texts of an input schema about its parameters."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from toolsmell.reading.cues import Cue
from toolsmell.reading.stems import FAR_EAST, stems_of
from toolsmell.schema.reader import Parameter
from toolsmell.text import has_any, words_of

SHORTEST: Final = 2
"""A description of fewer words explains nothing."""
_EXAMPLE: Final = ("example", "e.g", "such as", "for instance", "例如", "示例")
_DEFAULT: Final = ("default", "optional", "omitted", "if not provided", "if not specified", "默认", "可选")


class SchemaText(NamedTuple):
    """The descriptions in a schema."""

    texts: Mapping[str, str] = {}
    """By path, the description of each parameter that has one."""
    lower: str = ""
    """All of them in lower case."""
    stems: frozenset[str] = frozenset()
    described: Mapping[str, int] = {}
    """By path, each parameter that is described in two words or more, with their number."""
    cues: int = 0
    """Whether examples are given, and defaults: a bit for each `Cue`."""


_NOTHING: Final = SchemaText()


def read_schema(parameters: Iterable[Parameter]) -> SchemaText:
    """Sum up the descriptions of `parameters`."""
    texts = {p.path: text for p in parameters if (text := p.description)}
    if not texts:
        return _NOTHING
    lower = "\n".join(texts.values()).lower()
    cues = has_any(lower, _EXAMPLE) << Cue.EXAMPLE | has_any(lower, _DEFAULT) << Cue.DEFAULT
    lengths = {path: _length(text) for path, text in texts.items()}
    described = {path: length for path, length in lengths.items() if length >= SHORTEST}
    return SchemaText(texts, lower, frozenset(stems_of(words_of(lower), ascii_only=lower.isascii())), described, cues)


def _length(text: str) -> int:
    """Return about how many words `text` has; two characters of a script without blanks are about one."""
    blanks = text.count(" ") + 1
    return blanks if text.isascii() or text[0] < FAR_EAST else max(blanks, len(text) // 2)
