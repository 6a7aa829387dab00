"""Long runs of comment lines, taken out of the way of the parser.

The grammar of Python looks from each comment to the next line of code, for its indentation: a file of many comment
lines in a row, as people write who comment out half of it, takes time that grows with their square.
"""

import re
from collections.abc import Iterator
from typing import Final

# https://github.com/tree-sitter/tree-sitter-python/pull/245 describes it.
LONGEST: Final = 500
"""Comment lines in a row that are left as they are."""

_RUN = re.compile(rb"(?:^[ \t]*+#[^\n]*+\n)++", re.MULTILINE)
_LINE = re.compile(rb"^[ \t]*+#(?![^\n]*toolsmell:)[^\n]*+", re.MULTILINE)
_STRING = re.compile(
    rb"""
    \"\"\" (?: [^"\\] | \\. | "(?!"") )*+ (?: \"\"\" | \Z )
    | ''' (?: [^'\\] | \\. | '(?!'') )*+ (?: ''' | \Z )
    | " (?: [^"\\\n] | \\. )*+ "?
    | ' (?: [^'\\\n] | \\. )*+ '?
    | \# [^\n]*+
    """,
    re.DOTALL | re.VERBOSE,
)
"""A string; or a comment, in which quotes are no strings."""


MAX_LEVELS: Final = 200
"""Levels of indentation that are parsed. Python itself allows 100; the grammar overruns its memory at 512."""

_INDENTED = re.compile(rb"^[ \t]{%d,}+[^\s#]" % MAX_LEVELS, re.MULTILINE)
_INDENT = re.compile(rb"^[ \t]*+(?=[^\s#])", re.MULTILINE)


def is_too_deep(data: bytes) -> bool:
    """Return True if code is indented on more levels than any that Python runs."""
    if not _INDENTED.search(data):
        return False
    levels: list[int] = []
    for found in _INDENT.finditer(data):
        width = len(found[0])
        while levels and levels[-1] >= width:
            levels.pop()
        levels.append(width)
        if len(levels) > MAX_LEVELS:
            return True
    return False


def without_long_runs(data: bytes) -> bytes:
    """Return code of the same length, with white space instead of comments if too many follow each other.

    Comments that are for toolsmell stay, and so does everything in strings.
    """
    if data.count(b"#") < LONGEST:
        return data
    runs = [run for run in _RUN.finditer(data) if run[0].count(b"\n") > LONGEST]
    strings = _long_strings(data) if runs else iter(())
    here = next(strings, None)
    pieces, at = [], 0
    for run in runs:
        while here is not None and here.end() <= run.start():
            here = next(strings, None)
        if here is None or here.start() > run.start():
            blank = _LINE.sub(lambda comment: b" " * len(comment[0]), run[0])
            pieces += [data[at : run.start()], blank]
            at = run.end()
    return b"".join([*pieces, data[at:]])


def _long_strings(data: bytes) -> Iterator[re.Match[bytes]]:
    return (found for found in _STRING.finditer(data) if found[0].startswith((b'"""', b"'''")))
