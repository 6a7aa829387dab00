"""Texts without what does not tell them apart, so that equal ones meet under one key and no pair is ever compared."""

from collections.abc import Iterable, Mapping, Sequence

_MOST = 20_000
_STOP = frozenset(
    """a an the this that these those of in on at for from by with as and or to is are be was were it its your you their
    into using use used via can will which""".split()
)


class _Stems(dict[str, str]):
    """Stems by word, each made once: a plain lookup is what most calls come down to."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST:
            self.clear()
        return self.setdefault(word, stem(word))


_STEMS = _Stems()


def stem(word: str) -> str:
    """Return a word without the endings that number and person give it: near enough to compare."""
    if word in _STOP or len(word) == 1:
        return ""
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


_JOINTS = frozenset(
    "of for from in on at by with to into about within across per using via under inside that which whose where".split()
)
"""Words behind which a noun says more of the noun before."""


def head(words: Sequence[str]) -> str:
    """Return the stem of the noun that a first sentence is about: `plan` in `list the plans of a rule`."""
    found = ""
    for word in words[1:]:
        if word in _JOINTS:
            if found:
                return found
        elif stemmed := _STEMS[word]:
            found = stemmed
    return found


def turned(some: Sequence[str], others: Sequence[str]) -> bool:
    """Return True if two first sentences are about each other's noun: plans for a rule, and rules for a plan."""
    first, second = head(some), head(others)
    return first != second and first in content(others[1:]) and second in content(some[1:])


def content(words: Iterable[str]) -> tuple[str, ...]:
    """Return the stems of the words that say something, in alphabetical order, repeats kept."""
    return tuple(sorted(filter(None, map(_STEMS.__getitem__, words))))


def closest(shared: Mapping[int, int]) -> tuple[tuple[int, int], ...]:
    """Return the tool that shares most, with the amount; of several, the first one. Empty if none shares anything."""
    # Not `Counter.most_common`: it imports heapq, and its choice among equal counts differs from run to run.
    best = max(shared, key=lambda tool: (shared[tool], -tool), default=None)
    return () if best is None else ((best, shared[best]),)
