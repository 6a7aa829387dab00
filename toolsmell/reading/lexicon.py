"""The phrases that show statement kinds and their weights, read from `rubrics/statements.json`.

People edit the phrases in `rubrics/statements.yaml`.
`python -m toolsmell.calibrate.statement_weights` fits the weights.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from toolsmell.data.shipped import shipped
from toolsmell.model import Json

SCHEMA: Final = "toolsmell.statements/v2"

Trie: TypeAlias = Mapping[str, Json]
"""Runs of words, nested word by word. A run that others begin with has its number under the empty word."""

Row: TypeAlias = Sequence[int]
"""What a feature adds to the log-odds of each kind, in hundredths: lists, as parsed."""

UNIT: Final = 100.0


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
    bias: Row
    """Log-odds of each kind for a sentence without any feature, in hundredths; a kind is said above 0."""
    doubt: tuple[float, ...]
    """Log-odds of each kind under which it certainly is not said."""
    rows: Sequence[Row]
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
    with open(shipped("statements.json"), encoding="utf-8") as file:
        return from_data(json.load(file))


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
        bias=data["bias"],
        doubt=tuple(data["doubt"]),
        rows=data["rows"],
        named=data["named"],
        grams=data["grams"],
        openings=data["openings"],
        explains=data["explains"],
    )
