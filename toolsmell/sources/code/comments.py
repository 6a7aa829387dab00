"""Comments that say what should not be reported: `toolsmell: ignore[rule-id] reason`.

Such a comment is about the line it ends, or, where it stands alone, about the next line of code. On a line that a tool
begins with, it is about the whole tool.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple

from toolsmell.model import Ignore, Location, Manifest, Place
from toolsmell.sources.code.locator import SourceLocator
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import LiteralKind
from toolsmell.text import pattern

MAX_COMMENTS: Final = 1_000
"""Comments of one file that are read. More of them suppress nothing: finding the code around each takes time."""
_MAX_IN_A_ROW: Final = 20
"""Comments between one that stands alone and the code that it is about."""

_MARK = b"toolsmell:"
_CODE = re.compile(rb"[^ \t\r\n}]")
_IGNORE = r"toolsmell:[ \t]*ignore\b(?:\[([^\]\r\n]*)\])?([^\r\n]*)"


class Comment(NamedTuple):
    """A comment with an `ignore`, which may be about several rules."""

    rules: tuple[str, ...]
    reason: str
    at: Location
    line: int


def comments(module: Module) -> Iterator[Comment]:
    """Yield the comments of a file that say what should not be reported: the first `MAX_COMMENTS`."""
    return islice(_comments(module), MAX_COMMENTS)


def _comments(module: Module) -> Iterator[Comment]:
    data = module.source.data
    start = data.find(_MARK)
    while start >= 0:
        node = module.root.descendant_for_byte_range(start, start + len(_MARK))
        if node is not None and "comment" in node.type:
            end = data.find(b"\n", start, node.end_byte)
            text = module.source.slice(start, node.end_byte if end < 0 else end)
            if found := pattern(_IGNORE).match(text):
                rules = tuple(rule.strip() for rule in (found[1] or "").split(","))
                reason = found[2].removesuffix("*/").removesuffix("-->").strip(" \t-–—:")
                yield Comment(
                    rules, reason, module.literal(node, LiteralKind.EXPRESSION).location, _about(module, node)
                )
        start = data.find(_MARK, start + 1)


def _about(module: Module, node: Node) -> int:
    """Return the line that a comment is about; for a line that starts a decorator, that of what it decorates."""
    source = module.source
    line = source.line(node.start_byte)
    code = _CODE.search(source.data, source.line_start(line))
    if code is None or code.start() >= node.start_byte or source.data[code.start() : node.start_byte] == b"{":
        code = _code_after(module, node)
    return _decorated(module, code.start()) if code else line


def _code_after(module: Module, node: Node) -> re.Match[bytes] | None:
    """Find the first code behind a comment and those that follow it."""
    end = node.end_byte
    for _ in range(_MAX_IN_A_ROW):
        code = _CODE.search(module.source.data, end)
        following = module.root.descendant_for_byte_range(code.start(), code.start()) if code else None
        if following is None or "comment" not in following.type:
            return code
        end = following.end_byte
    return None


def _decorated(module: Module, byte: int) -> int:
    node = module.root.descendant_for_byte_range(byte, byte)
    decorator = node.parent if node is not None and node.type == "@" else None
    around = decorator.parent if decorator is not None else None
    definition = around.child_by_field_name("definition") if around is not None else None
    return module.source.line(definition.start_byte if definition is not None else byte)


def ignores(found: Iterable[Comment], manifest: Manifest) -> tuple[Ignore, ...]:
    """Return the suppressions in comments for a manifest, rule by rule."""
    locator = manifest.locator
    heads = dict(_heads(locator, len(manifest.tools))) if isinstance(locator, SourceLocator) else {}
    return tuple(
        Ignore(rule, comment.reason, comment.at, comment.line, heads.get((comment.at.file, comment.line)))
        for comment in found
        for rule in comment.rules
    )


def _heads(locator: SourceLocator, tools: int) -> Iterator[tuple[tuple[str, int], int]]:
    """Yield the lines that a tool begins with: where it is registered, and where its name or function stands."""
    for index in range(tools):
        whole = locator.mark(Place(index, ""))
        for literal in (locator.head(index), whole.value if whole else None):
            if literal is not None:
                yield (literal.location.file, literal.location.line), index
