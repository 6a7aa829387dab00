"""A tool as the signals see it: the sentences that count in one frame, what each speaks about, and its parameters."""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from toolsmell.components.cues import Cue, chinese_cues_of, cues_of
from toolsmell.context import ToolContext
from toolsmell.model import Frame
from toolsmell.text import pattern, words_of

STOP = frozenset(
    """a an the this that these those it its is are was were be been being am to of in on at for from by with as and or
    but if then than so such into onto out up over under about can could may might will would shall should must do does
    did has have had you your we our they their i he she which who what when where how all any each every some no not
    only also just more most other via per use used using tool function""".split()
)


class Sentence(NamedTuple):
    """One sentence and what was read in it."""

    text: str
    cues: int
    """A bit for each `Cue` that it holds."""
    fresh: frozenset[str]
    """Stems that no sentence before it and neither the tool's nor the server's name holds."""
    label: str
    """The parameter that the sentence explains in the form `name: meaning`, or nothing."""


class Reading:
    """What counts of one tool in one frame."""

    def __init__(self, tool: ToolContext, frame: Frame, sentences: tuple[Sentence, ...]) -> None:
        self.tool = tool
        self.frame = frame
        self.sentences = tuple(s for s in sentences if s.fresh or s.label)

    def count(self, cue: Cue) -> int:
        """Return how many sentences hold `cue`."""
        bit = 1 << cue
        return sum(1 for s in self.sentences if s.cues & bit)

    @cached_property
    def distinct(self) -> int:
        """The number of distinct words that say something."""
        return sum(len(s.fresh) for s in self.sentences)

    @cached_property
    def explained(self) -> frozenset[str]:
        """Parameters that are explained: in the description or, in the effective frame, in the schema."""
        labels = frozenset(s.label for s in self.sentences if s.label)
        if self.frame is Frame.PROSE:
            return labels
        return labels | frozenset(p.name for p in self.tool.parameters if len((p.description or "").split()) > 1)


def read(tool: ToolContext) -> tuple[Sentence, ...]:
    """Read the description of `tool`, sentence by sentence."""
    seen = set(STOP)
    seen.update(w[:6] for w in tool.name_words)
    seen.update(w[:6] for w in words_of(tool.server.manifest.name or ""))
    names = frozenset(p.name.lower() for p in tool.parameters)
    han = tool.text.script == "han"
    return tuple(_sentence(span.text, seen, names, han) for span in tool.text.sentences)


def _sentence(text: str, seen: set[str], names: frozenset[str], han: bool) -> Sentence:
    words = words_of(text)
    stems = _stems(words, han)
    fresh = frozenset(stems - seen)
    seen.update(fresh)
    cues = chinese_cues_of(text) if han else cues_of(words)
    return Sentence(text, cues, fresh, _label(text, names))


def _stems(words: Iterable[str], han: bool) -> set[str]:
    if not han:
        return {w[:6] for w in words} - STOP
    return {w[i : i + 2] for w in words for i in range(0, len(w), 3)}


def _label(text: str, names: frozenset[str]) -> str:
    if ":" not in text[:80] and "：" not in text[:80]:
        return ""
    match = pattern(r"\W*(\w{1,60})\W{0,3}(?:\([^()\n]{0,60}\))?\W{0,3}[:：]\s*\S").match(text)
    return match.group(1) if match and (not names or match.group(1).lower() in names) else ""
