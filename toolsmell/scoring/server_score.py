"""Computes the score of a server from those of its tools, if the rubric says how."""

from collections.abc import Sequence

from toolsmell.model import ServerScore
from toolsmell.reading.context import ServerContext
from toolsmell.scoring.coherence import ASPECTS
from toolsmell.scoring.weights import Rubric


def server_score(server: ServerContext, overall: Sequence[float | None], rubric: Rubric) -> ServerScore | None:
    """Return the score of a server from the overall scores of all its tools, 0-100 each.

    None if the rubric does not score servers, or if too few tools have a score.
    """
    how = rubric.server
    levels = [1 + points / 25 for points in overall if points is not None]
    if how is None or not levels or len(levels) < how.scored * len(overall):
        return None
    mean = sum(levels) / len(levels)
    quality = how.mean * mean + how.lowest * min(levels)
    aspects = {name: round(ASPECTS[name](server), 1) for name in how.aspects}
    coherence = sum(aspects.values()) / len(aspects) if aspects else quality
    level = (1 - how.coherence) * quality + how.coherence * coherence
    shown = round(level, 1)
    return ServerScore(
        title=rubric.title,
        level=shown,
        grade=next((letter for least, letter in how.grades if shown >= least), None),
        quality=round(quality, 1),
        mean=round(mean, 1),
        lowest=round(min(levels), 1),
        aspects=aspects,
    )
