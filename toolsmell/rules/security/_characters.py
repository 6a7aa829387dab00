"""Sorts the characters that nobody sees by what they can do."""

from collections.abc import Iterator
from enum import Enum

from toolsmell.escape import invisible_runs
from toolsmell.text import pattern


class Unseen(Enum):
    """A kind of character that is not seen, as a regular expression."""

    CONTROL = r"[\x00-\x1f\x7f-\x9f]"
    BIDIRECTIONAL = r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
    TAG = r"[\U000e0000-\U000e007f]"
    HIDDEN = r"[^\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]"


def unseen(text: str, kind: Unseen) -> Iterator[tuple[int, int]]:
    """Yield the runs of unseen characters in `text` that hold one of `kind`."""
    for start, end in invisible_runs(text):
        if pattern(kind.value).search(text, start, end):
            yield start, end


def right_to_left(text: str) -> bool:
    """Return True if `text` has letters of a script that is written from right to left."""
    return bool(
        pattern(r"[\u05d0-\u05ea\u0620-\u064a\u066e-\u06d3\u0710-\u072f\u0780-\u07b1\ufb1d-\ufdfb]").search(text)
    )
