"""What a call did, masked and classified: behaviour of the tool, a complaint about arguments, or trouble.  Pure.

Only the first two say something of the tool. What a failed login, a spent quota or a dead network says stays out
of every description.
"""

import json
from collections.abc import Iterable
from enum import StrEnum
from re import IGNORECASE
from typing import Any, NamedTuple

from toolsmell.calling.trouble import kinds_of
from toolsmell.errors import SourceError
from toolsmell.model import Json
from toolsmell.safety.masking import masked, masked_json
from toolsmell.text import pattern

LONGEST = 4_096
"""Characters of an answer that are kept."""

_ERROR = r"\s*[\[{(\"']{0,3}(?:error|err|failed|failure|exception|traceback|unauthorized|forbidden|timeout)\b"
_ARGUMENT = (
    r"\b(?:invalid|required|missing|must be|must have|expected|unknown|unexpected|not a valid|out of range"
    r"|too (?:small|large|long|short)"
    r"|not found|no such|does not exist|validation|argument|parameter|unsupported|not allowed|should be"
    r"|bad request)\b"
)


class Outcome(StrEnum):
    """What became of a call."""

    RESULT = "result"
    ARGUMENT_ERROR = "argument error"
    LOGIN = "login"
    QUOTA = "quota"
    NETWORK = "network"
    TIME = "time"
    SERVER = "server"


SPEAKING = (Outcome.RESULT, Outcome.ARGUMENT_ERROR)
"""Outcomes that say something of the tool."""


class Trial(NamedTuple):
    """A call that is to be made."""

    tool: str
    arguments: dict[str, Json]
    why: str
    """What it tries, in words."""
    fault: str | None = None
    """The one thing that is wrong with it: `missing`, `type`, `range`, `unknown`."""
    about: str | None = None
    """The parameter that it is about."""


class Left(NamedTuple):
    """What is left of the budget for calls."""

    of_tool: int
    """Calls of the tool in question."""
    calls: int
    """Calls in all."""
    seconds: float
    size: int
    """Bytes that the server may still send."""

    def __str__(self) -> str:
        return (
            f"{self.of_tool} calls of this tool, {self.calls} calls in all, {self.seconds:.0f} seconds, "
            f"{self.size} bytes of answers"
        )


class Observation(NamedTuple):
    """A call and what came of it."""

    number: int
    trial: Trial
    outcome: Outcome
    text: str
    """What came back, masked and cut."""
    milliseconds: int
    size: int
    """Bytes of the whole answer."""
    truncated: bool = False

    @property
    def speaks(self) -> bool:
        return self.outcome in SPEAKING

    @property
    def evidence(self) -> str:
        """What a claim may cite: the call, its fault, and what came back."""
        sent = json.dumps(self.trial.arguments, ensure_ascii=False)
        return f"{self.trial.why} {self.trial.about or ''} {sent} {self.outcome} {self.text}"


def observed(
    number: int,
    trial: Trial,
    answer: Json,
    *,
    failed: str | None,
    milliseconds: int,
    private: Iterable[str] = (),
    longest: int = LONGEST,
) -> Observation:
    """Make an observation of an answer to `tools/call`, or of the words of its failure.

    `longest` is how many characters of it are kept.
    """
    text = failed if failed is not None else _text_of(answer)
    is_error = failed is not None or (isinstance(answer, dict) and answer.get("isError") is True)
    masked_text = masked(text, private)
    trial = trial._replace(arguments=masked_json(trial.arguments, private, prose=True))
    outcome = classified(masked_text, is_error=is_error, faulty=trial.fault is not None)
    return Observation(
        number,
        trial,
        outcome,
        masked_text[:longest],
        milliseconds,
        len(text.encode("utf-8", "replace")),
        len(masked_text) > longest,
    )


def classified(text: str, *, is_error: bool, faulty: bool) -> Outcome:
    """Say what an answer is. A server that returns its error as a result is not taken at its word."""
    head = text[:600]
    # One that answers at length with data may speak of anything in it.
    disguised = not is_error and pattern(_ERROR, IGNORECASE).match(head) is not None
    if not is_error and not disguised:
        return Outcome.RESULT
    kinds = kinds_of(head)
    for kind, outcome in (
        ("subscription", Outcome.QUOTA),
        ("quota", Outcome.QUOTA),
        ("login", Outcome.LOGIN),
        ("network", Outcome.NETWORK),
        ("machine", Outcome.SERVER),
        ("server", Outcome.SERVER),
    ):
        if kind in kinds:
            return outcome
    if faulty or pattern(_ARGUMENT, IGNORECASE).search(head):
        return Outcome.ARGUMENT_ERROR
    return Outcome.SERVER


def _text_of(answer: Json) -> str:
    """Return what a model would be shown of an answer."""
    if not isinstance(answer, dict):
        return json.dumps(answer)
    structured = answer.get("structuredContent")
    if structured is not None:
        return json.dumps(structured, ensure_ascii=False)
    blocks = answer.get("content")
    texts = (
        [b["text"] for b in blocks if isinstance(b, dict) and isinstance(b.get("text"), str)]
        if isinstance(blocks, list)
        else []
    )
    return "\n".join(texts)


def merged(observations: Iterable[Observation]) -> list[tuple[Observation, ...]]:
    """Return the observations in groups of the same outcome: what they teach is one thing."""
    groups: dict[tuple[str, Outcome, str | None, str], list[Observation]] = {}
    for one in observations:
        groups.setdefault((one.trial.tool, one.outcome, one.trial.fault, one.text), []).append(one)
    return [tuple(group) for group in groups.values()]


def to_json(observation: Observation) -> dict[str, Any]:
    return {**observation._asdict(), "trial": observation.trial._asdict(), "outcome": observation.outcome.value}


def from_json(value: Json) -> Observation:
    """Read a stored observation. Raises `SourceError` for what is none."""
    try:
        trial = Trial(**value["trial"])
        stored = Observation(**{**value, "trial": trial, "outcome": Outcome(value["outcome"])})
    except (KeyError, TypeError, ValueError) as error:
        raise SourceError(f"not an observation: {type(error).__name__}: {error}") from None
    valid = isinstance(stored.text, str) and isinstance(stored.number, int) and isinstance(trial.arguments, dict)
    if not valid or not isinstance(trial.tool, str):
        raise SourceError("not an observation: a part of it has another type")
    return stored
