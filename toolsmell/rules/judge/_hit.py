"""Writes a defect that models report as a hit."""

from toolsmell.escape import shown
from toolsmell.model import Confidence
from toolsmell.model.verdicts import AgreedDefect
from toolsmell.rules.base import Hit

_LONGEST = 240
_QUOTED = 120
_SURE = 3
"""Verdicts that have to agree for high confidence."""


def hit(agreed: AgreedDefect) -> Hit:
    """Return the hit with the words of the model, and with the confidence that the votes give."""
    defect = agreed.defect
    about = f"'{shown(defect.parameter, 60)}': " if defect.parameter else ""
    problem, quoted = defect.problem.strip().rstrip("."), defect.quotation.strip()
    # Models word a defect differently each time: without an excerpt, the finding keeps its identity.
    return Hit(
        agreed.pointer,
        f"{about}{shown(problem, _LONGEST)} (it says '{shown(quoted, _QUOTED)}')",
        confidence=_confidence(agreed.votes, agreed.verdicts),
    )


def _confidence(votes: int, verdicts: int) -> Confidence:
    if votes == verdicts:
        return Confidence.HIGH if votes >= _SURE else Confidence.MEDIUM
    return Confidence.LOW if 2 * votes <= verdicts else Confidence.MEDIUM
