"""Signals that several components share: how much is said, and of how many things."""

from toolsmell.reading.cues import Cue
from toolsmell.reading.extent import Extent
from toolsmell.scoring.signals.base import Reading, SignalKind, saturating, sentences_about

WORDS = 80
"""Distinct words after which more of them hardly tell a good description from a better one."""
MANY_WORDS = 150
SENTENCES = 20

ASPECTS = (
    Cue.WHEN,
    Cue.WHEN_NOT,
    Cue.ORDER,
    Cue.LIMIT,
    Cue.FAILURE,
    Cue.CAVEAT,
    Cue.RETURNS,
    Cue.DEFAULT,
    Cue.EXAMPLE,
    Cue.MEANS,
)


def _words(extent: Extent) -> str:
    return f"says {extent.words:.0f} distinct words beyond its name"


def _sentences(extent: Extent) -> str:
    number = extent.sentences
    return f"{number} {'sentence that says' if number == 1 else 'sentences that say'} something new"


INFORMATION = SignalKind(
    "information",
    lambda reading: saturating(reading.description.words, WORDS),
    "says much beyond its name",
    "says little beyond its name",
    "say more of it in words that its name does not hold",
    enough=0.75,
    step=0.12,
    detail=lambda reading: _words(reading.description),
)

DETAIL = SignalKind(
    "detail",
    lambda reading: saturating(reading.description.words, MANY_WORDS),
    "goes into detail",
    "does not go into detail",
    "go into detail where an agent could go wrong",
    enough=0.75,
    step=0.1,
)

SENTENCES_SAID = SignalKind(
    "sentences",
    lambda reading: saturating(reading.description.sentences, SENTENCES),
    "several sentences",
    "hardly a sentence",
    "give each aspect a sentence of its own",
    enough=0.4,
    step=0.1,
    detail=lambda reading: _sentences(reading.description),
)

INFORMATION_IN_ALL = INFORMATION._replace(
    measure=lambda reading: saturating(reading.everything.words, WORDS),
    detail=lambda reading: _words(reading.everything),
    of_schema=True,
)
"""`INFORMATION`, with what the schema says."""

DETAIL_IN_ALL = DETAIL._replace(
    measure=lambda reading: saturating(reading.everything.words, MANY_WORDS), of_schema=True
)

SENTENCES_IN_ALL = SENTENCES_SAID._replace(
    measure=lambda reading: saturating(reading.everything.sentences, SENTENCES),
    detail=lambda reading: _sentences(reading.everything),
    of_schema=True,
)

SUBSTANCE = SignalKind(
    "substance",
    lambda reading: min(reading.description.substantial, 6) / 6,
    "sentences of substance",
    "hardly a sentence of substance",
    "say something new in every sentence",
    enough=0.3,
    step=1 / 6,
)

DEVELOPMENT = SignalKind(
    "development",
    lambda reading: float(reading.description.substantial > 1),
    "goes on after the first sentence",
    "stops after one sentence",
    "add a second sentence that says what the first leaves open",
)


_ASPECTS = sum(1 << cue for cue in ASPECTS)


def aspects(reading: Reading) -> float:
    """Return the share of the ten aspects that the description speaks about."""
    return (reading.description.one & _ASPECTS).bit_count() / len(ASPECTS)


def _aspects(reading: Reading) -> str:
    return f"speaks about {aspects(reading) * len(ASPECTS):.0f} of {len(ASPECTS)} aspects"


COVERAGE = SignalKind(
    "coverage",
    aspects,
    "speaks about several aspects",
    "speaks about hardly one aspect",
    "speak about use, exceptions, order, limits, failure, side effects, results, defaults and examples as they apply",
    enough=0.3,
    step=1 / len(ASPECTS),
    detail=_aspects,
    cues=_ASPECTS,
)


def about(cue: Cue, enough: int, *, name: str, present: str, absent: str, cure: str) -> SignalKind:
    """Return the signal `name`: sentences of the description that speak about `cue`, `enough` of them being all."""
    return SignalKind(name, sentences_about(cue, enough), present, absent, cure, step=1 / enough, cues=1 << cue)


RETURNS = about(
    Cue.RETURNS,
    1,
    name="returns",
    present="says what it returns",
    absent="does not say what it returns",
    cure="say what comes back, and in what form",
)


def scope(enough: int) -> SignalKind:
    """Return the signal `scope`, complete at `enough` sentences."""
    return about(
        Cue.SCOPE,
        enough,
        name="scope",
        present="says what is supported, allowed or available",
        absent="does not say what is supported, allowed or available",
        cure="say what it works on: which kinds, formats, places or ranges",
    )


RECOMMENDATION = about(
    Cue.RECOMMENDATION,
    1,
    name="recommendation",
    present="says what it is good for",
    absent="does not say what it is good for",
    cure="say what it is good for",
)
CONTENTS = about(
    Cue.CONTENTS,
    2,
    name="contents",
    present="says what its subject holds",
    absent="does not say what its subject holds",
    cure="name what its results or inputs consist of",
)
