"""Splits a sentence at its semicolons.

`Stop a job; finished jobs are ignored` states its limit in few words. Each part is read like a sentence of its own
too, so that a fact counts whether it stands alone or not. Other marks set no facts apart: what follows a comma, a colon
or a dash, or is in brackets, is mostly a list or an explanation of the words before.
"""

from typing import Final

from toolsmell.text import pattern

_APART: Final = r"[;；]"
MOST: Final = 8
"""Parts of one sentence that are read; a list in a sentence may have thousands."""


def clauses(text: str) -> list[str]:
    """Return the parts of a sentence, in order; nothing if it has one part only."""
    if ";" not in text and "；" not in text:
        return []
    first, *others = pattern(_APART).split(text, maxsplit=MOST)
    kept = [part.strip() for part in others[: MOST - 1] if " " in part.strip() or not part.isascii()]
    return [first.strip(), *kept] if kept else []
