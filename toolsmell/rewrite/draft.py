"""The result of drafting a text for one tool."""

from typing import NamedTuple

from toolsmell.evidence.check_verdicts import Checked
from toolsmell.evidence.claims import Reported, Rewrite, Violation


class Request(NamedTuple):
    """A user's request that the exploration answered with a call of the tool."""

    query: str
    arguments: str
    """The arguments of the call, as JSON."""


class Draft(NamedTuple):
    """The text that a writer made for one tool."""

    rewrite: Rewrite | None = None
    """The best verified text, or None."""
    checked: Checked = Checked()
    rejected: tuple[Violation, ...] = ()
    """Rejected sentences with the reasons."""
    problems: tuple[Reported, ...] = ()
    """Contradictions between a text and the code, for the author."""
    rounds: int = 0
    questions: int = 0
    """Questions that were asked about this tool."""
    helps: str = ""
    """What would help to say more, in words; empty if nothing is known."""
    requests: tuple[Request, ...] = ()
    """Requests to choose by."""
