"""What the tool does, to what, how and to what end."""

from toolsmell.scoring.signals.base import Reading, SignalKind
from toolsmell.scoring.signals.common import (
    CONTENTS,
    DETAIL,
    INFORMATION,
    RETURNS,
    SENTENCES_SAID,
    scope,
)

LINKS = 8


def relations(reading: Reading) -> float:
    """Return how far things are put in relation: `by`, `from`, `for`, `with` ..., of which eight are many."""
    return min(reading.description.links, LINKS) / LINKS


SIGNALS = (
    INFORMATION,
    DETAIL,
    SENTENCES_SAID,
    SignalKind(
        "relations",
        relations,
        "says to what, how and from where",
        "does not say to what, how or from where",
        "say what it acts on, by what means and to what end",
        enough=0.4,
        step=1 / LINKS,
    ),
    CONTENTS,
    scope(1),
    RETURNS,
)
