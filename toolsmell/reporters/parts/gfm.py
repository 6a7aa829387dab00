"""Text from a server in GitHub's Markdown, so that it stays text: no links, mentions, headings or HTML."""

import re
from typing import Final

from toolsmell.escape import visible
from toolsmell.reporters.parts.columns import cut_end
from toolsmell.text import pattern

LONGEST: Final = 400
"""Characters of one text."""

# What Markdown, HTML or a formula could begin or end with, wherever it stands in a line.
_SPECIAL: Final = frozenset("\\`*_[]<>&|#@$~/")


def prose(text: str) -> str:
    """Return `text` for the middle of a line."""
    shown = "".join(map(_character, cut_end(visible(text), LONGEST)))
    shown = pattern(r"(?<=[0-9A-Za-z])&#95;(?=[0-9A-Za-z])").sub("_", shown)
    # An entity is decoded before GitHub looks for @names, #numbers and addresses; a comment keeps them apart.
    shown = pattern(r"(&#(?:35|64);)").sub(r"\1<!-- -->", shown)
    return pattern(r"(?<![0-9A-Za-z])(gh|www)(?=[-.])", re.IGNORECASE).sub(r"\1<!-- -->", shown)


def code(text: str) -> str:
    """Return `text` as code, in which GitHub looks for nothing."""
    return f"<code>{prose(text)}</code>"


def _character(c: str) -> str:
    return f"&#{ord(c)};" if c in _SPECIAL else c
