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

SCHEMA: Final = "toolsmell.statements/v1"

Trie: TypeAlias = Mapping[str, Json]
"""Phrases by their words, nested; under the empty word stand the cues of the phrase that ends there."""

Weights: TypeAlias = Sequence[tuple[int, float]]
"""What a feature adds to the log-odds of statement kinds, by their position in `Lexicon.kinds`: lists, as parsed."""


class Lexicon(NamedTuple):
    """Phrases, word lists and weights."""

    phrases: Trie
    chinese: tuple[tuple[str, str], ...]
    """Chinese phrases, looked for in the text, each with its cue."""
    verbs: Mapping[str, str]
    """Verbs of change in all forms, each with the form: base, 3s, ed or ing."""
    headings: Mapping[str, str]
    """Words of headings, each with the section that it announces."""
    kinds: tuple[str, ...]
    bias: tuple[float, ...]
    """Log-odds of each kind for a sentence without any feature; a kind is said above 0."""
    doubt: tuple[float, ...]
    """Log-odds of each kind under which it certainly is not said."""
    weights: Mapping[str, Weights]
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
        chinese=tuple((phrase, cue) for phrase, cue in data["chinese"]),
        verbs=data["verbs"],
        headings=data["headings"],
        kinds=kinds,
        bias=tuple(data["bias"]),
        doubt=tuple(data["doubt"]),
        weights=data["weights"],
        explains=data["explains"],
    )
