"""Keys under which confusable names meet: each is made from one name alone, so that no pair is ever compared."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

_LONG_WORD = 5
_LONGEST_NAME = 64
_CONNECTIVES = frozenset(("to", "from", "by", "for", "of", "in", "on", "as", "with", "and", "or", "via", "into", "2"))
_UNCHANGED = frozenset(("ss", "us", "is", "as", "os"))


@lru_cache(maxsize=20_000)
def singular(word: str) -> str:
    """Return an English word without its plural ending, as far as its letters tell."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 4 and word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and word[-2:] not in _UNCHANGED:
        return word[:-1]
    return word


def _number(words: Sequence[str]) -> Iterator[str]:
    yield " ".join(map(singular, words))


def _digits(words: Sequence[str]) -> Iterator[str]:
    """Yield the name without a number of one or two digits at its end; a longer one is part of what it names."""
    if words:
        numbered = words[-1].isdecimal() and len(words[-1]) <= 2
        yield " ".join(words[:-1] if numbered else words)


def _order(words: Sequence[str]) -> Iterator[str]:
    """Yield the words in order of the alphabet; not where their order says from what to what."""
    if len(words) > 1 and _CONNECTIVES.isdisjoint(words):
        yield " ".join(sorted(words))


def _letter(words: Sequence[str]) -> Iterator[str]:
    """Yield the name once for each letter of a long word, with that letter blanked."""
    if sum(map(len, words)) > _LONGEST_NAME:
        return
    for i, word in enumerate(words):
        if len(word) >= _LONG_WORD and word.isalpha():
            before, after = " ".join(words[:i]), " ".join(words[i + 1 :])
            for at in range(len(word)):
                yield f"{before}/{word[:at]}?{word[at + 1 :]}/{after}"


KINDS: tuple[tuple[str, Callable[[Sequence[str]], Iterable[str]]], ...] = (
    ("a plural", _number),
    ("a digit", _digits),
    ("the order of its words", _order),
    ("one letter", _letter),
)
"""What two names differ by, and the keys that both then have."""


def alike(names: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str, str]]:
    """Yield pairs of names, the later one first, and what they differ by; `names` gives the words of each."""
    shapes = Counter(tuple(map(len, words)) for words in names.values())
    seen: dict[tuple[str, str], str] = {}
    for name, words in names.items():
        for difference, keys in KINDS:
            # Names that differ by a letter have words of the same lengths: most names have no such sibling.
            if keys is _letter and shapes[tuple(map(len, words))] == 1:
                continue
            other = None
            for key in keys(words):
                other = other or seen.get((difference, key))
                seen.setdefault((difference, key), name)
            if other:
                yield name, other, difference
                break
