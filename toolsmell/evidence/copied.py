"""Finds words that a sentence copies from the result of a call.

A server may return anything, also orders to the agent. A model that is shown a result may repeat it, so a sentence that
shares four words in a row with a result is not proposed. Names and numbers do not count: they are facts of the result.
Of a rejection, words that the server's own texts use and those that all rejections are made of do not count either:
"only SELECT queries are allowed" is what a description should say.
"""

from collections.abc import Callable, Container, Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Final

from toolsmell.text import pattern, words_of

ROW: Final = 4
"""Words in a row that no sentence shares with a result by chance."""
_SIGNS: Final = 8
"""The same for writing without spaces between words."""
_SMALL: Final = frozenset(
    """a an and are as at be but by can for from has have if in into is it its may no not of on or that the their there
    they this to was were which will with you your""".split()
)


_OF_REJECTIONS: Final = frozenset(
    """error errors failed fails such exist exists existing already missing found find match matches only allowed
    accepted permitted supported required specify specified provide given use used both either same simultaneously
    together parameter parameters argument arguments value values outside inside within directory directories file
    files access denied invalid unknown empty exact""".split()
)


def copied_of_rejection(
    sentence: str, rejections: Iterable[str], names: Container[str], server: AbstractSet[str]
) -> str | None:
    """Return the words that `sentence` shares with a rejection and that are not of the `server`'s own texts."""
    return _shared(sentence, rejections, names, lambda row: _is_ordinary(row, server))


def _is_ordinary(row: tuple[str, ...], known: AbstractSet[str]) -> bool:
    return all(word in _SMALL or word in _OF_REJECTIONS or _is_known(word, known) for word in row)


def _is_known(word: str, known: AbstractSet[str]) -> bool:
    """Return True for a word that is known, in the singular or the plural."""
    singular = f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")
    return not known.isdisjoint((word, singular, f"{word}s"))


def copied(sentence: str, results: Iterable[str], names: Container[str] = (), own: str = "") -> str | None:
    """Return the words that `sentence` shares with one of `results`, or None.

    `names` are the names of tools, parameters and fields in lower case; `own` is what the tool itself says: words that
    are there are not copied from a result.
    """
    told = set(_rows(own, names))
    return _shared(sentence, results, names, lambda row: row in told)


def _shared(
    sentence: str, results: Iterable[str], names: Container[str], passes: Callable[[tuple[str, ...]], bool]
) -> str | None:
    wanted = {row for row in _rows(sentence, names) if not passes(row)}
    for result in results if wanted else ():
        found = next((row for row in _rows(result, names) if row in wanted), None)
        if found:
            return " ".join(found)
    return None


def _is_name(word: str, names: Container[str]) -> bool:
    """Return True for a name in quotes or with more than one part; a plain word may be a name only by design."""
    bare = word.lstrip("`'\"")
    return bare.lower() in names and (bare != word or not bare.isalpha() or not bare.islower())


def _rows(text: str, names: Container[str]) -> Iterator[tuple[str, ...]]:
    """Yield each row of words of a text; one of small words only says nothing."""
    bare = pattern(r"([`'\"]?)\b\w+(?:[.-]\w+)*").sub(lambda m: " " if _is_name(m[0], names) else m[0], text)
    words = [word for word in words_of(bare) if not word.isdecimal()]
    for at in range(len(words) - ROW + 1):
        row = tuple(words[at : at + ROW])
        if not _SMALL.issuperset(row):
            yield row
    for run in pattern(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{8,}").findall(text):
        yield from ((run[at : at + _SIGNS],) for at in range(len(run) - _SIGNS + 1))
