"""Examples for the pages of smells, and how well each smell agreed with models and readers."""

import json
from functools import cache
from typing import Final, NamedTuple

from toolsmell.data.shipped import shipped

FILE: Final = "smells.json"


class SmellExample(NamedTuple):
    """The parts of a smell's page that are not in the rubric."""

    before: str
    """A description that has the smell."""
    after: str
    """The same description without it."""
    why: str
    jurors: float
    """Cohen's kappa with three model jurors on unseen servers, prose frame."""
    readers: float
    """Cohen's kappa with readers of text and schema, effective frame."""


def example(smell: str) -> SmellExample | None:
    """Return the facts about a smell, or None for a smell of another rubric."""
    return _table().get(smell)


@cache
def _table() -> dict[str, SmellExample]:
    with open(shipped(FILE), encoding="utf-8") as file:
        pages = json.load(file)["pages"]
    return {smell: SmellExample(**page) for smell, page in pages.items()}
