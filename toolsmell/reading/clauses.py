"""Splits a sentence at its semicolons.

`Stop a job; finished jobs are ignored` states its limit in few words. Each part after the first is read like a sentence
of its own too, so that a fact counts whether it stands alone or not. Other marks set no facts apart: what follows a
comma or a colon, or is in brackets, is mostly a list or an explanation of the words before.
"""

from collections.abc import Iterator
from typing import Final

from toolsmell.text import pattern

_APART: Final = r"[;；]"
MOST: Final = 8
"""Parts of one sentence that are read; a list in a sentence may have thousands."""


def clauses(text: str) -> Iterator[str]:
    """Yield the parts of a sentence after the first; nothing if it has one part only."""
    parts = pattern(_APART).split(text, maxsplit=MOST)
    yield from (part.strip() for part in parts[1:MOST] if " " in part.strip() or not part.isascii())
