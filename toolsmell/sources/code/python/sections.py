"""The sections of a docstring: where its description ends, and what it says of each parameter.

Google, NumPy and Sphinx style, in this order, by the rules of griffe, which FastMCP asks: a docstring is of the first
style that finds a section in it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from toolsmell.text import pattern

_GOOGLE_HEADER = r"\w[\w\s-]*:(?:\s+\S.*)?\s*$"
_PARAMETER_TITLES = frozenset(("args", "arguments", "params", "parameters"))
_NUMPY_ITEM = r"(?i)\*{0,2}[_a-z]\w*(?:,\s\*{0,2}[_a-z]\w*)*"
_SPHINX_FIELDS = r":(param|parameter|arg|argument|key|keyword|i?var|cvar|returns?|raises?|except|exception|\w*type)\b"
_SPHINX_PARAMETERS = frozenset(("param", "parameter", "arg", "argument", "key", "keyword"))


class Part(NamedTuple):
    """A piece of a docstring, by its lines; the last one is inside."""

    text: str
    first: int
    last: int


class Sections(NamedTuple):
    description: Part | None
    parameters: dict[str, Part]


def split(lines: list[str]) -> Sections | None:
    """Split the lines of a cleaned docstring, or return None if it has no sections."""
    return _google(lines) or _numpy(lines) or _sphinx(lines)


def _blank(lines: list[str], at: int) -> bool:
    return not 0 <= at < len(lines) or not lines[at].strip()


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _outside_fences(lines: list[str]) -> Iterator[int]:
    """Yield the numbers of the lines that are in no fenced code."""
    fenced = False
    for at, line in enumerate(lines):
        if line.lstrip(" ").startswith("```"):
            fenced = not fenced
        elif not fenced:
            yield at


def _before(lines: list[str], end: int) -> Part | None:
    text = "\n".join(lines[:end]).rstrip("\n")
    return Part(text, 0, max(0, text.count("\n"))) if text.strip() else None


def _google(lines: list[str]) -> Sections | None:
    start: int | None = None
    parameters: dict[str, Part] = {}
    end = 0
    for at in _outside_fences(lines):
        if at < end or not _google_header(lines, at):
            continue
        start = at if start is None else start
        end = at + 1
        indent = _indent(lines[end])
        while end < len(lines) and (_blank(lines, end) or _indent(lines[end]) >= indent):
            end += 1
        if lines[at].partition(":")[0].lower() in _PARAMETER_TITLES:
            parameters.update(_google_items(lines, at + 1, end, indent))
    return None if start is None else Sections(_before(lines, start), parameters)


def _google_header(lines: list[str], at: int) -> bool:
    if ":" not in lines[at] or not _blank(lines, at - 1) or _blank(lines, at + 1):
        return False
    return lines[at + 1].startswith(" ") and bool(pattern(_GOOGLE_HEADER).match(lines[at]))


def _google_items(lines: list[str], start: int, end: int, indent: int) -> Iterator[tuple[str, Part]]:
    heads = [at for at in range(start, end) if not _blank(lines, at) and _indent(lines[at]) == indent]
    for head, next_head in zip(heads, [*heads[1:], end], strict=True):
        name, colon, first = lines[head].strip().partition(":")
        if not colon:
            continue
        if "(" in name and name.endswith(")"):
            name = name.partition("(")[0].strip()
        rest = [line[min(_indent(line), 2 * indent) :] for line in lines[head + 1 : next_head]]
        yield name, _item([first.lstrip(), *rest], head)


def _item(texts: list[str], first: int) -> Part:
    text = "\n".join(texts).rstrip()
    return Part(text, first, first + text.count("\n"))


def _numpy(lines: list[str]) -> Sections | None:
    headers = [at for at in _outside_fences(lines) if not _blank(lines, at) and _dashes(lines, at + 1)]
    parameters: dict[str, Part] = {}
    for header, end in zip(headers, [*headers[1:], len(lines)], strict=False):
        if lines[header].strip().lower() == "parameters":
            parameters.update(_numpy_items(lines, header + 2, end))
    return Sections(_before(lines, headers[0]), parameters) if headers else None


def _dashes(lines: list[str], at: int) -> bool:
    return at < len(lines) and "-" in lines[at] and not lines[at].replace("-", "").strip()


def _numpy_items(lines: list[str], start: int, end: int) -> Iterator[tuple[str, Part]]:
    heads = [at for at in range(start, end) if not _blank(lines, at) and not lines[at].startswith(" ")]
    for head, next_head in zip(heads, [*heads[1:], end], strict=False):
        named = pattern(_NUMPY_ITEM).match(lines[head])
        body = [line[min(_indent(line), 4) :] for line in lines[head + 1 : next_head]]
        if named:
            part = _item(body, head + 1)
            yield from ((name, part) for name in named[0].split(", "))


def _sphinx(lines: list[str]) -> Sections | None:
    parameters: dict[str, Part] = {}
    text: list[str] = []
    found = False
    at = 0
    while at < len(lines):
        field = pattern(_SPHINX_FIELDS).match(lines[at])
        end = at + 1
        if field is None:
            text.append(lines[at])
        else:
            found = found or not field[1].endswith("type")
            while end < len(lines) and not lines[end].startswith(":"):
                end += 1
            if field[1] in _SPHINX_PARAMETERS:
                parameters.update(_sphinx_item(lines, at, end))
        at = end
    return Sections(_before(text, len(text)), parameters) if found else None


def _sphinx_item(lines: list[str], at: int, end: int) -> Iterator[tuple[str, Part]]:
    _, directive, first = (*lines[at].split(":", 2), "", "")[:3]
    margin = min((_indent(line) for line in lines[at + 1 : end] if line.strip()), default=0)
    rest = [line[margin:] for line in lines[at + 1 : end]]
    if len(directive.split(" ")) > 1:
        yield directive.split(" ")[-1], _item([first.strip(), *rest], at)
