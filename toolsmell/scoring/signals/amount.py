"""Signals of how much is said: words and sentences beyond the name."""

from toolsmell.scoring.signals.frame_reading import FrameReading, SignalKind, saturating

WORDS = 80
"""Distinct words above which more words make little difference."""
MANY_WORDS = 150
SENTENCES = 20
SUBSTANTIAL = 6
LINKS = 8


def relations(reading: FrameReading) -> float:
    """Return the share of eight distinct linking words: `by`, `from`, `for`, `with` ..."""
    return min(reading.description.links, LINKS) / LINKS


SIGNALS = (
    SignalKind("information", lambda reading: saturating(reading.description.words, WORDS)),
    SignalKind("detail", lambda reading: saturating(reading.description.words, MANY_WORDS)),
    SignalKind("sentences", lambda reading: saturating(reading.description.sentences, SENTENCES)),
    # The same with what the schema says.
    SignalKind("information-in-all", lambda reading: saturating(reading.everything.words, WORDS), of_schema=True),
    SignalKind("detail-in-all", lambda reading: saturating(reading.everything.words, MANY_WORDS), of_schema=True),
    SignalKind("sentences-in-all", lambda reading: saturating(reading.everything.sentences, SENTENCES), of_schema=True),
    SignalKind("substance", lambda reading: min(reading.description.substantial, SUBSTANTIAL) / SUBSTANTIAL),
    SignalKind("development", lambda reading: float(reading.description.substantial > 1)),
    SignalKind("relations", relations),
)
