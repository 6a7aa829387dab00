"""The sections of a docstring: where its description ends, and what it says of each parameter.

Google, NumPy and Sphinx style, in this order, by the rules of griffe, which FastMCP asks: a docstring is of the first
style that finds in it what `Splits` names.
"""

from collections.abc import Collection, Iterator
from enum import Enum
from typing import Final, NamedTuple

from toolsmell.text import pattern

_GOOGLE_HEADER = r"\w[\w\s-]*:(?:\s+\S.*)?\s*$"
_PARAMETER_TITLES = frozenset(("args", "arguments", "params", "parameters"))
_NUMPY_ITEM = r"(?i)\*{0,2}[_a-z]\w*(?:,\s\*{0,2}[_a-z]\w*)*"
_SPHINX_FIELDS = r":(param|parameter|arg|argument|key|keyword|i?var|cvar|returns?|raises?|except|exception|\w*type)\b"
_SPHINX_PARAMETERS = frozenset(("param", "parameter", "arg", "argument", "key", "keyword"))


_TITLES: Final = frozenset(
    (
        *_PARAMETER_TITLES,
        *(f"{kind} {what}" for kind in ("keyword", "other", "type") for what in ("args", "arguments")),
        *(f"{kind} {what}" for kind in ("other", "type") for what in ("params", "parameters")),
        *"raises exceptions returns yields receives examples attributes functions methods classes modules".split(),
        *("type aliases", "warns", "warnings", "deprecated"),
        # What FastMCP 4.1.7 and later counts besides: titles that griffe reads as notes.
        *"attention caution danger error example hint important note notes raise references return tip todo".split(),
        *("see also", "see-also", "warning", "yield"),
    )
)


class Splits(Enum):
    """The condition under which FastMCP splits a docstring: it then sends the text before the first section only."""

    # https://github.com/PrefectHQ/fastmcp/pull/3872 began it, /pull/5082 tells of 4.1; the versions were read in the
    # packages (fastmcp/utilities/docstring_parsing.py of https://pypi.org/project/fastmcp/#history).

    NOTHING = "up to 3.2.3: the whole docstring is sent"
    PARAMETERS = "3.2.4 to 4.0: a section that explains parameters"
    SECTIONS = "4.1.0 to 4.1.6: any section"
    TITLES = "since 4.1.7: a section with a title that is known"


class Part(NamedTuple):
    """A piece of a docstring, by its lines; the last one is inside."""

    text: str
    first: int
    last: int


class Sections(NamedTuple):
    description: Part | None
    parameters: dict[str, Part]
    unsent: str = ""
    """The text after the description that does not explain a parameter."""
    titled: bool = True
    """Whether a section has a title that is known."""


def split(lines: list[str], by: Splits) -> Sections | None:
    """Split the lines of a cleaned docstring, or return None if it is sent whole."""
    if by is Splits.NOTHING:
        return None
    found = (read(lines) for read in (_google, _numpy, _sphinx))
    return next((one for one in found if one is not None and _counts(one, by)), None)


def _counts(found: Sections, by: Splits) -> bool:
    if by is Splits.PARAMETERS:
        return bool(found.parameters)
    return by is Splits.SECTIONS or found.titled or bool(found.parameters)


def _is_title(line: str) -> bool:
    return line.partition(":")[0].strip().lower() in _TITLES


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


def _after(lines: list[str], start: int, about: Collection[int]) -> str:
    """Return the text from the first section on, without the lines about parameters and the rules below titles."""
    left = (
        at for at in range(start, len(lines)) if at not in about and not _blank(lines, at) and not _dashes(lines, at)
    )
    return "\n".join(lines[at].strip() for at in left)


def _google(lines: list[str]) -> Sections | None:
    start: int | None = None
    parameters: dict[str, Part] = {}
    titled = False
    about: set[int] = set()
    end = 0
    for at in _outside_fences(lines):
        if at < end or not _google_header(lines, at):
            continue
        start = at if start is None else start
        titled = titled or _is_title(lines[at])
        end = at + 1
        indent = _indent(lines[end])
        while end < len(lines) and (_blank(lines, end) or _indent(lines[end]) >= indent):
            end += 1
        if lines[at].partition(":")[0].lower() in _PARAMETER_TITLES:
            parameters.update(_google_items(lines, at + 1, end, indent))
            about.update(range(at, end))
    return None if start is None else Sections(_before(lines, start), parameters, _after(lines, start, about), titled)


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
    about: set[int] = set()
    for header, end in zip(headers, [*headers[1:], len(lines)], strict=False):
        if lines[header].strip().lower() == "parameters":
            parameters.update(_numpy_items(lines, header + 2, end))
            about.update(range(header, end))
    titled = any(_is_title(lines[header]) for header in headers)
    if not headers:
        return None
    return Sections(_before(lines, headers[0]), parameters, _after(lines, headers[0], about), titled)


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
    rest: list[str] = []
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
            elif not field[1].endswith("type"):
                rest.extend(line.strip() for line in lines[at:end] if line.strip())
        at = end
    return Sections(_before(text, len(text)), parameters, "\n".join(rest)) if found else None


def _sphinx_item(lines: list[str], at: int, end: int) -> Iterator[tuple[str, Part]]:
    _, directive, first = (*lines[at].split(":", 2), "", "")[:3]
    margin = min((_indent(line) for line in lines[at + 1 : end] if line.strip()), default=0)
    rest = [line[margin:] for line in lines[at + 1 : end]]
    if len(directive.split(" ")) > 1:
        yield directive.split(" ")[-1], _item([first.strip(), *rest], at)
