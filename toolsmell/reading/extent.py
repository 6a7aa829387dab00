"""Sums up sentences: how much they say, and how many have each cue."""

from collections.abc import Iterable, Mapping

from toolsmell.reading.cues import FIRST_LINK, Cue
from toolsmell.reading.schema_text import SchemaText
from toolsmell.reading.sentences import Sentence
from toolsmell.reading.stems import amount


class Extent:
    """The sum of several sentences. One that says nothing new is left out."""

    def __init__(self, sentences: Iterable[Sentence], known: Iterable[str]) -> None:
        """Read `sentences` in order; stems in `known` are no news."""
        seen = set(known)
        one = two = three = kept = substantial = 0
        words = 0.0
        explained: dict[str, int] = {}
        for sentence in sentences:
            if sentence.labels:
                each = sentence.length // len(sentence.labels)
                for name in sentence.labels:
                    explained[name] = explained.get(name, 0) + each
            fresh = sentence.stems - seen
            if not fresh:
                continue
            seen |= fresh
            kept += 1
            substantial += len(fresh) > 1
            words += len(fresh) if sentence.text.isascii() else amount(fresh)
            three |= two & sentence.cues
            two |= one & sentence.cues
            one |= sentence.cues
        self.words = words
        """The number of distinct words."""
        self.sentences = kept
        """Sentences that say something new."""
        self.substantial = substantial
        """Sentences with two new words or more."""
        self.explained: Mapping[str, int] = explained
        """Parameters that are explained, each with the number of words of its explanation."""
        self.one, self.two, self.three = one, two, three
        """The cues of at least one, two and three sentences: a bit for each `Cue`."""
        self._seen = seen

    def with_schema(self, schema: SchemaText) -> "Extent":
        """Return the sum including the schema, in which each described parameter is a sentence."""
        both = Extent.__new__(Extent)
        both.words = self.words + amount(schema.stems - self._seen)
        both.sentences = self.sentences + len(schema.described)
        both.substantial = self.substantial
        both.explained = {**self.explained, **schema.described}
        both.one = self.one | schema.cues
        both.two = self.two | self.one & schema.cues
        both.three = self.three | self.two & schema.cues
        return both

    def has(self, cue: Cue) -> bool:
        """Return True if a sentence has `cue`."""
        return bool(self.one >> cue & 1)

    def count(self, cue: Cue) -> int:
        """Return how many sentences speak about `cue`, three at most."""
        return (self.one >> cue & 1) + (self.two >> cue & 1) + (self.three >> cue & 1)

    @property
    def links(self) -> int:
        """The number of distinct linking words."""
        return (self.one >> FIRST_LINK).bit_count()
