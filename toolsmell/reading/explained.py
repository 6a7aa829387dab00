"""Finds the explanation of each parameter: in the schema, or in the description of the tool.

Servers generated from docstrings often explain their parameters in a section of the description (`Args:`, a list,
`:param name:`) and leave the schema bare; an agent reads both, and so do the rules.
"""

from collections.abc import Iterator, Sequence
from re import IGNORECASE, Match
from typing import NamedTuple

from toolsmell.schema.reader import Parameter
from toolsmell.text import Text, pattern

# `- name (type, optional): text`, `:param name: text`, `**name** - text`. The name is checked against the schema.
_ENTRY = (
    r"[ \t]*(?:[-*•+]\s+|\d{1,2}[.)]\s+)?(?:[:@]param\s+(?:\w+\s+)?)?[`*]{0,3}([A-Za-z_$][\w.$-]*)[`*]{0,3}"
    r"(?:[ \t]*(?:\(([^()\n]{0,80})\)|[\[<{]([^\[\]<>{}\n]{0,80})[\]>}]))?[`*]{0,2}[ \t]*(?:::?|="
    r"|[-–—]{1,2}(?=[ \t]))[*`]{0,2}[ \t]*"
)
_HEADING = (
    r"[ \t]*(?:#+[ \t]*)?\*{0,2}(?:args?|arguments|param(?:eter)?s|inputs|[\w ]{1,40}[ ](?:args|arguments"
    r"|param(?:eter)?s|inputs)"
    r"(?=\*{0,2}:))\*{0,2}:?\*{0,2}[ \t]*$"
)
_OF_AN_OBJECT = (
    r"[ \t]*(?:[-*•][ \t]+)?(?:[\w'`]{1,40}[ ]){0,5}(?:fields|properties|keys|attributes)\b[^:\n]{0,40}:[ \t]*$"
)
"""A heading over the fields of one item: `Step object fields:`. What is indented below it explains no parameter."""
_ALWAYS_SECTIONS = frozenset(("returns", "return", "raises", "yields"))
_SECTIONS = frozenset(
    (
        "returns", "return", "raises", "yields", "output", "outputs", "response", "example", "examples", "note",
        "notes", "features",
        "usage", "warning", "warnings", "tips", "errors", "important",
    )
)  # fmt: skip
_MAX_ENTRY = 2_000


class Entry(NamedTuple):
    """One line or paragraph of a description that explains one name."""

    name: str
    signature: str
    """The text in brackets after the name: `str, optional`."""
    text: str
    start: int
    """Where the line begins, in code points of the description."""
    listed: bool
    """Whether it is under a heading that announces parameters."""


class Explanation(NamedTuple):
    """All texts about one parameter."""

    parameter: Parameter
    text: Text
    signature: str = ""


def entries(description: Text) -> tuple[Entry, ...]:
    """Return the parts of a description that look like explanations of names. Linear in its length."""
    return tuple(_entries(description)) if "\n" in description.raw and _marked(description.raw) else ()


def _marked(raw: str) -> bool:
    return ":" in raw or " - " in raw or " – " in raw or " — " in raw or "=" in raw


def _entries(description: Text) -> Iterator[Entry]:
    lines = description.lines
    listed, indent, at, object_at = False, -1, 0, -1
    while at < len(lines):
        line = lines[at]
        at += 1
        if line.text.endswith((":", "*", "s", "S")) and pattern(_HEADING, IGNORECASE).match(line.text):
            listed, indent = True, -1
            continue
        here = _indent(line.text)
        object_at = _object_at(line.text, here, object_at)
        if here > object_at >= 0:
            continue
        match = pattern(_ENTRY).match(line.text) if _marked(line.text) else None
        section = match is not None and _section(match, line.text, listed and (indent < 0 or here == indent))
        if match is None or section or here < indent:
            listed = listed and match is None and here > indent
        if match is None or (listed and here > indent >= 0):
            continue
        indent = here if listed else indent
        text = [line.text[match.end() :]]
        while at < len(lines) and _indent(lines[at].text) > here and sum(map(len, text)) < _MAX_ENTRY:
            text.append(lines[at].text.strip())
            at += 1
        if not section:
            yield Entry(match[1], match[2] or match[3] or "", "\n".join(text).strip(), line.start, listed)


def _object_at(line: str, here: int, before: int) -> int:
    """Return the indentation of the heading over the fields of an object that a line is under; -1 if there is none."""
    if before >= 0 and (here > before or not line.strip()):
        return before
    return here if line.rstrip().endswith(":") and pattern(_OF_AN_OBJECT, IGNORECASE).match(line) else -1


def _section(match: Match[str], line: str, in_list: bool) -> bool:
    """Return True if a line begins another section. In a list, a parameter may be called `note`: it has a text."""
    name = match[1].lower()
    may_be_one = in_list and match[1].islower() and match.end() < len(line)
    return name in _ALWAYS_SECTIONS or (name in _SECTIONS and not may_be_one)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def explanations(parameters: Sequence[Parameter], found: Sequence[Entry]) -> Iterator[Explanation]:
    """Yield the explanation of each parameter that has one; the words of its schema come first."""
    by_name = {entry.name: entry for entry in reversed(found)}
    for parameter in parameters:
        entry = by_name.get(parameter.name) if parameter.depth == 0 else None
        own = parameter.description or ""
        if entry is not None and entry.text not in own:
            yield Explanation(parameter, Text(f"{own}\n{entry.text}" if own else entry.text), entry.signature)
        elif own or entry is not None:
            yield Explanation(parameter, Text(own), entry.signature if entry else "")
