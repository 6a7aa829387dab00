"""The phrases that show statement kinds and their weights, read from `rubrics/statements.json`.

People edit the phrases in `rubrics/statements.yaml`.
`python -m toolsmell.calibrate.statement_weights` fits the weights.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from toolsmell.data.shipped import shipped
from toolsmell.model import Json

SCHEMA: Final = "toolsmell.statements/v3"

Trie: TypeAlias = Mapping[str, Json]
"""Runs of words, nested word by word. A run that others begin with has its number under the empty word."""

UNIT: Final = 100.0
_BITS: Final = 32
_HALF: Final = 1 << (_BITS - 1)
_STEP: Final = 1 if sys.byteorder == "little" else -1
"""The order of the kinds in memory: a machine that writes the highest byte first has the last kind first."""


class Rows(dict[int, int]):
    """What each feature adds to the log-odds of every kind: one whole number a row, with 32 bits for each kind.

    The numbers of several rows are added in one step for all kinds. A row is parsed when it is first needed: a scan of
    a few tools needs a tenth of them.
    """

    def __init__(self, bias: str, texts: Sequence[str]) -> None:
        """Each text has the hundredths of all kinds, with blanks between them; `bias` is what every sentence has."""
        super().__init__()
        self.texts: Final = texts
        kinds = bias.count(" ") + 1
        self._size: Final = kinds * _BITS // 8
        # With a half of its range added to it, the sum of no kind is negative.
        self._base: Final = _packed(bias) + _packed(" ".join([str(_HALF)] * kinds))

    def __missing__(self, row: int) -> int:
        found = self[row] = _packed(self.texts[row])
        return found

    def log_odds(self, rows: Sequence[int]) -> list[float]:
        """Return the log-odds of each kind for a sentence whose features have these rows."""
        total = sum(map(self.__getitem__, rows), self._base)
        kinds = memoryview(total.to_bytes(self._size, sys.byteorder)).cast("I")[::_STEP]
        return [(kind - _HALF) / UNIT for kind in kinds]


def _packed(row: str) -> int:
    """Return the numbers of a row as one, the first in its lowest bits."""
    return sum(int(number) << place * _BITS for place, number in enumerate(row.split(" ")))


class Lexicon(NamedTuple):
    """Phrases, word lists and weights."""

    phrases: Trie
    """Phrases, each with the position of its cues in `cues`."""
    cues: Sequence[Sequence[str]]
    chinese: tuple[tuple[str, str], ...]
    """Chinese phrases, looked for in the text, each with its cue."""
    verbs: Mapping[str, str]
    """Verbs of change in all forms, each with the form: base, 3s, ed or ing."""
    headings: Mapping[str, str]
    """Words of headings, each with the section that it announces."""
    kinds: tuple[str, ...]
    doubt: tuple[float, ...]
    """Log-odds of each kind under which it certainly is not said."""
    rows: Rows
    """Log-odds of each kind by the rows of a sentence's features; a kind is said above 0."""
    named: Mapping[str, int]
    """Features by name, each with its row."""
    grams: Trie
    """Words in a row, each with its row."""
    openings: Mapping[str, int]
    """Words that open a clause, each with its row."""
    explains: Mapping[str, float]
    """What a feature adds to the log-odds that a sentence explains a parameter."""


@cache
def lexicon() -> Lexicon:
    """Read the lexicon that toolsmell ships."""
    with open(shipped("statements.json"), "rb") as file:
        return from_data(json.loads(file.read().decode()))


def from_data(data: Json) -> Lexicon:
    """Return the lexicon of a parsed `statements.json`."""
    kinds = tuple(data["kinds"])
    return Lexicon(
        phrases=data["phrases"],
        cues=data["cues"],
        chinese=tuple((phrase, cue) for phrase, cue in data["chinese"]),
        verbs=data["verbs"],
        headings=data["headings"],
        kinds=kinds,
        doubt=tuple(data["doubt"]),
        rows=Rows(data["bias"], data["rows"]),
        named=data["named"],
        grams=data["grams"],
        openings=data["openings"],
        explains=data["explains"],
    )
