"""Trials and observations: calls to make, and their masked and classified answers."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from toolsmell.calling.classify import SPEAKING, Outcome, classified
from toolsmell.errors import SourceError
from toolsmell.model import Json
from toolsmell.safety.masking import masked, masked_json

LONGEST = 4_096
"""Characters of an answer that are kept."""


class Trial(NamedTuple):
    """A call that is to be made."""

    tool: str
    arguments: dict[str, Json]
    why: str
    """Describes the call in words."""
    fault: str | None = None
    """The one thing that is wrong with it: `missing`, `type`, `range`, `unknown`."""
    about: str | None = None
    """The parameter that it is about."""
    query: str = ""
    """The user's request that a model answered with this call; empty for calls from the schema."""


class Left(NamedTuple):
    """The remaining budget for calls."""

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
    """The text that came back, masked and cut."""
    milliseconds: int
    size: int
    """Bytes of the whole answer."""
    truncated: bool = False

    @property
    def speaks(self) -> bool:
        """Whether the call shows behaviour of the tool, and not trouble of the environment."""
        return self.outcome in SPEAKING

    @property
    def evidence(self) -> str:
        """The text that a claim may cite: the call and its result."""
        return f"{self.trial.about or ''} {self._sent} {self.outcome} {self.text}"

    @property
    def shown(self) -> str:
        """The call as a quotation: what was sent, the outcome, and what came back."""
        return f"{self._sent} -> {self.outcome}: {self.text}"

    @property
    def _sent(self) -> str:
        return json.dumps(self.trial.arguments, ensure_ascii=False)


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
    """Return the observation of an answer to `tools/call`, or of the message of its failure.

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


def _text_of(answer: Json) -> str:
    """Return the part of an answer that a model is shown."""
    if not isinstance(answer, dict):
        return json.dumps(answer)
    structured = answer.get("structuredContent")
    if structured is not None:
        return json.dumps(structured, ensure_ascii=False)
    blocks = answer.get("content")
    texts = [_block(b) for b in blocks if isinstance(b, dict)] if isinstance(blocks, list) else []
    return "\n".join(text for text in texts if text)


def _block(block: dict[str, Json]) -> str:
    """Return the text of a block, or its kind if it has no text: `[image image/png]`, `[resource_link demo://one]`."""
    if isinstance(block.get("text"), str):
        return str(block["text"])
    inside = block.get("resource")
    told = inside if isinstance(inside, dict) else block
    parts = (block.get("type"), told.get("uri"), told.get("mimeType"))
    words = " ".join(part for part in parts if isinstance(part, str) and part)
    text = told.get("text")
    return f"[{words}]" + (f": {text}" if isinstance(text, str) else "") if words else ""


def merged(observations: Iterable[Observation]) -> list[tuple[Observation, ...]]:
    """Return the observations in groups: those of one group have the same outcome and teach the same."""
    groups: dict[tuple[str, Outcome, str | None, str], list[Observation]] = {}
    for one in observations:
        groups.setdefault((one.trial.tool, one.outcome, one.trial.fault, one.text), []).append(one)
    return [tuple(group) for group in groups.values()]


def to_json(observation: Observation) -> dict[str, Any]:
    return {**observation._asdict(), "trial": observation.trial._asdict(), "outcome": observation.outcome.value}


def _outcome(word: str) -> Outcome:
    """Read an outcome; older recordings have "argument error"."""
    return Outcome.INVALID_ARGUMENTS if word == "argument error" else Outcome(word)


def from_json(value: Json) -> Observation:
    """Read a stored observation. Raises `SourceError` if the value is not one."""
    try:
        trial = Trial(**value["trial"])
        stored = Observation(**{**value, "trial": trial, "outcome": _outcome(value["outcome"])})
    except (KeyError, TypeError, ValueError) as error:
        raise SourceError(f"not an observation: {type(error).__name__}: {error}") from None
    valid = isinstance(stored.text, str) and isinstance(stored.number, int) and isinstance(trial.arguments, dict)
    if not valid or not isinstance(trial.tool, str):
        raise SourceError("not an observation: a part of it has another type")
    return stored
