"""A text, sentence by sentence: what each says and what it speaks about."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from toolsmell.escape import as_read
from toolsmell.reading.cues import OF_PARAMETERS, Cue, cues_in
from toolsmell.reading.parameter_labels import Section, labels_in
from toolsmell.reading.stems import FAR_EAST, stems_of
from toolsmell.text import Text, words_of

_COLONS: Final = ":："


class Sentence(NamedTuple):
    """One sentence and what was read in it."""

    text: str
    """The sentence as a model reads it: what hides letters or is hidden between them changes no word."""
    words: list[str]
    stems: AbstractSet[str]
    """What it says: its words without those of grammar, cut to stems."""
    cues: int
    """What it speaks about: a bit for each `Cue`."""
    labels: Sequence[str]
    """The parameters that it explains, where it is an explanation of parameters."""

    @property
    def length(self) -> int:
        """The number of words; two Chinese characters are about one."""
        return sum(len(word) // 2 if word > FAR_EAST else 1 for word in self.words)


def read(text: Text) -> Iterator[Sentence]:
    """Yield the sentences of `text`."""
    section = Section.TEXT
    for _, _, written in text.sentences:
        body = as_read(written) or written
        words = words_of(body)
        cues = cues_in(body, words)
        labels: Sequence[str] = ()
        if body[-1] in _COLONS or body.endswith(":**"):
            section = Section.PARAMETERS if cues >> Cue.PARAMETERS & 1 else Section.OTHER
        elif ":" in body or " - " in body or "：" in body:
            labels, section = labels_in(body, section, lists=bool(cues >> Cue.PARAMETERS & 1))
            if labels:
                cues &= OF_PARAMETERS
        elif body[0] == "#":
            section = Section.TEXT
        yield Sentence(body, words, stems_of(words, ascii_only=body.isascii()), cues, labels)
