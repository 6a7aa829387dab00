"""Tells whom a sentence speaks to, and of which parts of an agent's conduct.

An order is told less by single words than by what it joins: a command and the user's consent, a duty and the other
tools, a transfer and the conversation. A description joins the same words in other ways: a statement and the user's
consent, a command and a parameter. So every two traits of a sentence are one feature, which is weighed for orders only.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import combinations
from typing import Final

from toolsmell.reading.conduct_words import ENGLISH, EUROPEAN, FAR_EASTERN, FOREIGN
from toolsmell.reading.features import SentenceWords
from toolsmell.reading.spoken import commanded
from toolsmell.text import words_of

TRAIT: Final = "of:"
"""How the names of features of conduct begin."""


def _by_word(*tables: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for traits in tables:
        for trait, words in traits.items():
            for word in words.split():
                found[word].append(trait)
    return {word: tuple(names) for word, names in found.items()}


_TRAITS: Final = _by_word(ENGLISH, EUROPEAN)
_PHRASES: Final = tuple(_by_word(FAR_EASTERN).items())


def traits_in(text: str, tokens: SentenceWords, verbs: Mapping[str, str]) -> set[str]:
    """Return the traits of a sentence. `verbs` are verbs of change, each with its form."""
    found = {trait for word in _TRAITS.keys() & tokens.words for trait in _TRAITS[word]}
    if "'" in text or not text.isascii():
        parts = " ".join(words_of(text)).replace("’", "'").replace("'", " ").split()
        found.update([trait for word in FOREIGN.intersection(parts) for trait in _TRAITS[word]])
    if not text.isascii():
        found.update([trait for phrase, traits in _PHRASES if phrase in text for trait in traits])
    if (form := commanded(tokens, verbs)) is not None:
        found.add(form)
    return found


def conduct_in(text: str, tokens: SentenceWords, verbs: Mapping[str, str]) -> tuple[str, ...]:
    """Return the features of a sentence's conduct: each trait, and every two."""
    return _joined(frozenset(traits_in(text, tokens, verbs)))


@lru_cache(maxsize=2_000)
def _joined(traits: frozenset[str]) -> tuple[str, ...]:
    """Return the features of the traits of a sentence; many sentences have the same ones."""
    found = sorted(traits)
    return (*[f"{TRAIT}{trait}" for trait in found], *[_pair(*two) for two in combinations(found, 2)])


@cache
def _pair(one: str, other: str) -> str:
    return f"{TRAIT}{one}+{other}"
