"""Which sentences of a description say something of this tool, and of no other.

A description can be padded: with a template, with a sibling's sentences, with what the schema says anyway, with
text that fits any tool or has nothing to do with this one. Such text helps no agent to choose, and is told here.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final

from toolsmell.cached import cached_property
from toolsmell.reading.cues import Cue, cue_words
from toolsmell.reading.readable import Irrelevance, Readable
from toolsmell.reading.sentences import Sentence
from toolsmell.reading.stems import GENERIC, SPECIFIC, stems_in_name, stems_of
from toolsmell.schema.reader import Parameter
from toolsmell.text import pattern

SHORT: Final = 8
"""For a sentence of so few words one word of news is enough."""
FOREIGN: Final = 3
"""So many words without a tie to the tool make a sentence foreign to it."""
FEW: Final = 1
"""So many are enough right after a foreign sentence."""
_STATEMENTS: Final = sum(
    1 << cue for cue in (Cue.WHEN, Cue.WHEN_NOT, Cue.NEGATION, Cue.ORDER, Cue.LIMIT, Cue.FAILURE, Cue.SCOPE, Cue.CAVEAT)
)
_IDENTIFIER: Final = r"[\w.-]+"


def relevant(tool: Readable) -> tuple[Sentence, ...]:
    """Return the sentences of the description that say something of `tool`; the very tuple if all do."""
    sentences = tool.sentences
    if not sentences or (len(sentences) == 1 and not tool.shared_sentences and _opens(sentences[0], tool)):
        return sentences
    kept = tuple(sentence for sentence, why in tool.judged_sentences if why is None)
    return sentences if len(kept) == len(sentences) else kept


def judged(tool: Readable) -> Iterator[tuple[Sentence, Irrelevance | None]]:
    """Yield each sentence of the description, with the reason why it does not count, or None."""
    shared = tool.shared_sentences
    subject = _Subject(tool)
    for i, sentence in enumerate(tool.sentences):
        why = _irrelevance(sentence, subject, shared=i in shared, first=i == 0)
        subject.add(sentence, why)
        yield sentence, why


class _Subject:
    """What a tool is about, as far as it was told."""

    def __init__(self, tool: Readable) -> None:
        self.tool = tool
        own = tool.name_stems | stems_in_name(" ".join([p.name for p in tool.parameters]))
        self._said = set(own)
        # A mutable set: a frozen one would be copied for every sentence.
        self._ties = set(own - empty())
        self._schema = tool.schema_text.stems
        self._cues = 0
        self._numbers: set[str] = set()
        self._unread: list[Sentence] = []
        self.astray = False
        """Whether the sentence before has nothing to do with the tool."""

    def add(self, sentence: Sentence, why: Irrelevance | None) -> None:
        """Take note of a sentence, and of whether it counts."""
        self._said |= sentence.stems
        self._cues |= sentence.cues
        self._unread.append(sentence)
        self.astray = why is Irrelevance.UNANCHORED
        if why is None:
            self._ties |= sentence.stems - empty()

    def has_news(self, sentence: Sentence, needed: int) -> bool:
        """Say whether `needed` words tell what was not said before, nor is said by the schema."""
        news = len(sentence.stems - empty() - self._said - self._schema)
        return news >= needed or news + len(self._new_numbers(sentence)) >= needed

    def _new_numbers(self, sentence: Sentence) -> set[str]:
        numbers = set(filter(str.isdecimal, sentence.words))
        if numbers:
            # Few sentences come down to their numbers: those before are read for them when one does.
            self._numbers.update(word for before in self._unread for word in before.words if word.isdecimal())
            self._unread.clear()
        return numbers - self._numbers

    def opens_a_question(self, sentence: Sentence) -> bool:
        """Say whether a sentence speaks, of known things, about what no sentence spoke about: a limit of them, say."""
        if not sentence.cues & _STATEMENTS & ~self._cues:
            return False
        return bool((sentence.stems & self._ties) - self.tool.name_stems)

    def explained_by(self, sentence: Sentence) -> list[Parameter]:
        """Return the parameters of the tool that a sentence explains."""
        return [self._parameters[name] for name in sentence.labels if name in self._parameters]

    @cached_property
    def _parameters(self) -> dict[str, Parameter]:
        return {p.name: p for p in self.tool.parameters}

    def is_tied_to(self, sentence: Sentence) -> bool:
        """Return True if a sentence shares a word with the tool or several siblings, or names one of them."""
        told = sentence.stems - empty()
        if told & self._ties or told & self._schema or told & SPECIFIC or told & self.tool.server.common_stems:
            return True
        if not sentence.cues >> Cue.NAMED & 1:
            return False
        return any(name in self.tool.server.by_name for name in pattern(_IDENTIFIER).findall(sentence.text))


def _opens(sentence: Sentence, tool: Readable) -> bool:
    """Return True if a first sentence is about this tool: it may repeat the name, but must not fit every tool."""
    return not (sentence.stems <= empty() and sentence.stems.isdisjoint(tool.name_stems))


def _irrelevance(sentence: Sentence, subject: _Subject, *, shared: bool, first: bool) -> Irrelevance | None:
    explained = subject.explained_by(sentence)
    if shared and not explained:
        return Irrelevance.SHARED
    if any(not parameter.description for parameter in explained):
        return None
    if first:
        return None if _opens(sentence, subject.tool) else Irrelevance.GENERIC
    needed = 1 if explained or len(sentence.words) <= SHORT else 2
    if not subject.has_news(sentence, needed) and not subject.opens_a_question(sentence):
        return Irrelevance.GENERIC
    if explained:
        return None
    told = len(sentence.stems - empty())
    if told >= (FEW if subject.astray else FOREIGN) and not subject.is_tied_to(sentence):
        return Irrelevance.UNANCHORED
    return None


@cache
def empty() -> frozenset[str]:
    """Return the stems that say nothing about a tool: of words that fit any tool, and of the words of cues."""
    return (GENERIC | stems_of(cue_words())) - SPECIFIC
