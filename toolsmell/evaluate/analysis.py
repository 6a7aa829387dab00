"""Splits text into terms for a lexical search."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import cache
from typing import TypeAlias

from toolsmell.text import identifier_words, pattern

Terms: TypeAlias = Callable[[str], list[str]]

# Chinese, Japanese and Korean have no spaces between words, so pairs of characters are the terms.
UNSPACED = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"

# Articles, conjunctions, prepositions, pronouns and auxiliaries.
_FUNCTION_WORDS = """
    a an the and or but nor if then else than so as of at by for from in into on onto to up with without
    about over under between through during before after above below again further once out off down i me my
    mine we us our ours you your yours he him his she her hers it its they them their theirs this that these
    those who whom whose which what am is are was were be been being have has had having do does did doing
    can could will would shall should may might must not no s t d ll re ve m there here when where why how
    all any both each few more most other some such only own same too very just
"""
_STOP_WORDS = frozenset(_FUNCTION_WORDS.split())


class Analyser(StrEnum):
    """The rules by which words become terms."""

    PLAIN = "plain"
    """Every word is a term."""
    STANDARD = "standard"
    """English function words are left out: a description gains nothing by being written in whole sentences."""
    ENGLISH = "english"
    """Like `STANDARD`, with inflected forms as one term (Snowball's English stemmer)."""


def terms_of(analyser: Analyser) -> Terms:
    """Return the function that turns a text into its terms, with repeats, in order."""
    if analyser is Analyser.PLAIN:
        return lambda text: list(_words(text))
    if analyser is Analyser.STANDARD:
        return lambda text: [word for word in _words(text) if word not in _STOP_WORDS]
    stem = _stemmer()
    return lambda text: [stem(word) for word in _words(text) if word not in _STOP_WORDS]


def _words(text: str) -> Iterator[str]:
    """Yield the words in lower case, with identifiers split."""
    for word in identifier_words(text):
        if word.isascii() or len(word) == 1 or not pattern(UNSPACED).match(word):
            yield word
        else:
            yield from (word[i : i + 2] for i in range(len(word) - 1))


@cache
def _stemmer() -> Callable[[str], str]:
    import snowballstemmer

    stemmer = snowballstemmer.stemmer("english")
    return cache(lambda word: str(stemmer.stemWord(word)))
