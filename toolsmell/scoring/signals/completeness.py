"""Whether all aspects are covered, in as many sentences as they need."""

from toolsmell.scoring.signals.common import (
    CONTENTS,
    COVERAGE,
    DETAIL_IN_ALL,
    DEVELOPMENT,
    INFORMATION_IN_ALL,
    SENTENCES_IN_ALL,
    scope,
)

SIGNALS = (
    INFORMATION_IN_ALL,
    DETAIL_IN_ALL,
    SENTENCES_IN_ALL,
    DEVELOPMENT,
    scope(2),
    COVERAGE,
    CONTENTS,
)
