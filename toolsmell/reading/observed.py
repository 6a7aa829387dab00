"""One sentence with all that is known of it before it is decided whether it counts."""

from typing import NamedTuple

from toolsmell.model.reading import StatementKind
from toolsmell.reading.explaining import Mention
from toolsmell.reading.sections import Stand
from toolsmell.reading.sentences import Sentence
from toolsmell.reading.statement_kinds import Seen
from toolsmell.text import Span


class Observed(NamedTuple):
    """The observations about one sentence: features, odds, and the parameters that it explains."""

    span: Span
    sentence: Sentence
    stand: Stand
    seen: Seen
    log_odds: list[float]
    says: tuple[StatementKind, ...]
    mentions: tuple[Mention, ...]
    explains: tuple[str, ...]
    again: tuple[StatementKind, ...]
    """Kinds that it states more than once, one for each further fact."""
