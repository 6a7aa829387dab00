"""Edits spans of a text: every byte outside them stays, and the result is read again to prove it."""

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from toolsmell.errors import ToolsmellError
from toolsmell.model import Json, Pointer
from toolsmell.model.pointer import unescape


class PatchError(ToolsmellError):
    """An edit would have changed something else, so nothing was written."""


class UneditableError(PatchError):
    """The source cannot be edited at all."""


class Replacement(NamedTuple):
    """Replaces the characters from `start` to `end` by `text`; offsets are in code points."""

    start: int
    end: int
    text: str


def splice(text: str, replacements: Iterable[Replacement]) -> str:
    """Return `text` with the replacements. Raises `PatchError` if two overlap."""
    pieces = []
    at = 0
    for replacement in sorted(replacements, key=lambda r: (r.start, r.end)):
        if replacement.start < at or replacement.end < replacement.start:
            raise PatchError("two edits overlap")
        pieces += [text[at : replacement.start], replacement.text]
        at = replacement.end
    return "".join([*pieces, text[at:]])


def string_literal(value: str, like: str) -> str:
    r"""Return `value` as a JSON string in the style of `like`: in ASCII if that has escapes and is ASCII."""
    # A lone surrogate can only be written as an escape.
    ascii_only = (like.isascii() and "\\u" in like) or any("\ud800" <= c <= "\udfff" for c in value)
    return json.dumps(value, ensure_ascii=ascii_only)


def edited(value: Json, edits: Mapping[Pointer, str]) -> Json:
    """Return a copy of a JSON value with the strings at the pointers replaced.

    Raises `PatchError` for a pointer to nothing, or to something that is not a string.
    """
    for pointer, text in edits.items():
        value = _set(value, [unescape(token) for token in pointer.split("/")[1:]], text, pointer)
    return value


def _set(value: Json, tokens: list[str], text: str, pointer: Pointer) -> Json:
    # Only the path is copied; the rest of the document is shared.
    if not tokens:
        if not isinstance(value, str):
            raise PatchError(f"{pointer}: is not a string")
        return text
    head, rest = tokens[0], tokens[1:]
    if isinstance(value, dict) and head in value:
        return {**value, head: _set(value[head], rest, text, pointer)}
    if isinstance(value, list) and head.isdecimal() and int(head) < len(value):
        at = int(head)
        return [*value[:at], _set(value[at], rest, text, pointer), *value[at + 1 :]]
    raise PatchError(f"{pointer}: there is nothing to edit")


def unified_diff(path: str, before: str, after: str) -> str:
    """Return a diff for `git apply` and `patch -p1`, which is empty if nothing changed."""
    from difflib import unified_diff as lines_of

    if before == after:
        return ""
    old, new = _lines(before), _lines(after)
    lines = []
    for line in lines_of(old, new, _named(f"a/{path}"), _named(f"b/{path}")):
        lines.append(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
    return "".join(lines)


def _named(name: str) -> str:
    """Return the name of a file as git writes it: in quotes if it has characters that are not printed."""
    if name.isprintable() and '"' not in name and "\\" not in name:
        # Without the tab, the name would end at the first blank.
        return f"{name}\t" if " " in name else name
    octets = name.encode("utf-8", "surrogateescape")
    return '"' + "".join(chr(b) if 32 <= b < 127 and b not in b'"\\' else f"\\{b:03o}" for b in octets) + '"'


def _lines(text: str) -> list[str]:
    # `splitlines` also splits at characters that git does not treat as line ends.
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines
