"""Sentences that stand in several tools of one server: they cannot tell an agent which of the tools to call."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final, TypeAlias

from toolsmell.reading.sentences import Sentence

Run: TypeAlias = tuple[str, ...]
"""Three words in a row."""

TOOLS: Final = 3
"""A run of three words that stands in so many tools is a template's."""
SHARE: Final = 0.7
"""A sentence with so many of its runs from templates is one."""
SHORT: Final = 8
"""A first sentence of so few words may stand in other tools too: `Get details of a project`."""
_STOPS: Final = " .!?。！？"
FEWEST: Final = 4
"""A shorter sentence is only compared as a whole."""


class Shared:
    """The sentences and templates that descriptions of one server share. Linear: tools are never compared."""

    def __init__(self, tools: Sequence[tuple[Sequence[Sentence], frozenset[str]]]) -> None:
        """Read the tools: each is its sentences and the words of its name.

        The words of the name are masked, so that a template that names each tool is one template.
        """
        number = self._number = len(tools)
        whole = ({_plain(s) for s in sentences} for sentences, _ in tools) if number > 1 else ()
        self._whole = Counter(chain.from_iterable(whole))
        self._repeats = sum(self._whole.values()) > len(self._whole)
        edges = ({e for s in sentences for e in _edges(s, name)} for sentences, name in tools)
        counted = Counter(chain.from_iterable(edges if number >= TOOLS else ()))
        self._templates = _Templates(tools, {edge for edge, count in counted.items() if count >= TOOLS})

    def within(
        self, sentences: Sequence[Sentence], name: frozenset[str], before: Sequence[Sentence] | None = None
    ) -> frozenset[int]:
        """Return which sentences of a tool stand near-verbatim in three tools or verbatim in two.

        Where the sentences are a rewrite of the tool, `before` are those that the server has of it.
        """
        if not self._repeats and not self._templates.runs and before is None:
            return frozenset()
        copied = self.copied(sentences, before)
        return frozenset(
            i
            for i, s in enumerate(sentences)
            if (i or len(s.words) > SHORT) and (i in copied or self._templates.hold(s, name))
        )

    def copied(self, sentences: Sequence[Sentence], before: Sequence[Sentence] | None = None) -> frozenset[int]:
        """Return which sentences of a tool, or of a rewrite of what it had `before`, another tool has verbatim."""
        own = {_plain(s) for s in (sentences if before is None else before)}
        return frozenset(i for i, s in enumerate(sentences) if self._whole.get(text := _plain(s), 0) > (text in own))

    def everywhere(self, sentences: Sequence[Sentence]) -> frozenset[int]:
        """Return which sentences stand verbatim in three tools or more, and in a quarter of all: the server's own."""
        if not self._repeats:
            return frozenset()
        least = max(TOOLS, self._number / 4)
        return frozenset(i for i, s in enumerate(sentences) if self._whole.get(_plain(s), 0) >= least)


class _Templates:
    """The runs of words that stand in three tools or more.

    A template shares its beginning or its end with its like, so that only sentences are read whole that do.
    """

    def __init__(self, tools: Sequence[tuple[Sequence[Sentence], frozenset[str]]], edges: set[Run]) -> None:
        self._edges = edges
        found = ({r for s in sentences if self._may_hold(s, name) for r in _runs(s, name)} for sentences, name in tools)
        runs = Counter(chain.from_iterable(found)) if edges else Counter()
        self.runs = {run for run, count in runs.items() if count >= TOOLS}

    def hold(self, sentence: Sentence, name: frozenset[str]) -> bool:
        """Return True if a sentence is made from a template."""
        if not self.runs or not self._may_hold(sentence, name):
            return False
        own = set(_runs(sentence, name))
        return len(own & self.runs) >= SHARE * len(own)

    def _may_hold(self, sentence: Sentence, name: frozenset[str]) -> bool:
        return not self._edges.isdisjoint(_edges(sentence, name))


def _plain(sentence: Sentence) -> str:
    """Return the sentence as it stands, with or without a full stop."""
    return sentence.text.rstrip(_STOPS)


def _edges(sentence: Sentence, name: frozenset[str]) -> tuple[Run, ...]:
    """Return the first and the last run of a sentence that is long enough to be a template's."""
    words = sentence.words
    if len(words) < FEWEST:
        return ()
    if name.isdisjoint(words):
        return (tuple(words[:3]), tuple(words[-3:]))
    return (tuple(_masked(words[:3], name)), tuple(_masked(words[-3:], name)))


def _runs(sentence: Sentence, name: frozenset[str]) -> Iterator[Run]:
    words = _masked(sentence.words, name)
    return zip(words, words[1:], words[2:], strict=False)


def _masked(words: list[str], name: frozenset[str]) -> list[str]:
    return words if name.isdisjoint(words) else ["" if word in name else word for word in words]
