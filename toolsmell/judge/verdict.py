"""Reads a judge's answer. Nothing is guessed, repaired or moved into range: what does not fit is no verdict."""

import json
from collections.abc import Collection, Iterator, Mapping

from toolsmell.model import Component, Frame, Json
from toolsmell.model.verdicts import Opinion
from toolsmell.models.client import ChatReply

LONGEST_REPLY = 100_000
"""Characters of a reply that are read and kept; an answer in the format has about 3,000."""
_TRIES = 1_000
_LEVELS = (1, 2, 3, 4, 5)
_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}


class Malformed(Exception):
    """The answer is no verdict. The text says what is wrong, for the model to mend."""


def answer_schema(frames: tuple[Frame, ...]) -> Json:
    """Return the JSON Schema of an answer, in the part of the language that strict modes take."""
    levels = {frame.value: {"type": "integer", "enum": list(_LEVELS)} for frame in frames}
    opinion = _closed({"evidence": _TEXT, **levels, "improvement": _TEXT_OR_NULL})
    return _closed({component.value: opinion for component in Component})


def read_verdict(reply: ChatReply, frames: tuple[Frame, ...]) -> Mapping[Component, Opinion]:
    """Return what the last verdict in a reply says of each component, or raise `Malformed`."""
    verdict = last_object(reply, [component.value for component in Component])
    return {component: _opinion(verdict, component, frames) for component in Component}


def last_object(reply: ChatReply, keys: Collection[str]) -> dict[str, Json]:
    """Return the last JSON object of a reply that has one of `keys`, or raise `Malformed`.

    The last, because an answer that repeats the tool's text, and a verdict in it, ends with its own. It is chosen
    before it is checked: otherwise a planted verdict would win where the model's own is faulty.
    """
    if reply.finish == "length":
        raise Malformed("it was cut off before its end: be shorter")
    if not reply.text.strip():
        raise Malformed("it is empty")
    if len(reply.text) > LONGEST_REPLY:
        raise Malformed(f"it is longer than {LONGEST_REPLY:,} characters")
    last: dict[str, Json] | None = None
    for found in _objects(reply.text):
        if any(key in found for key in keys):
            last = found
    if last is None:
        raise Malformed(f"it holds no JSON object with {', '.join(f'`{key}`' for key in keys)}")
    return last


def _objects(text: str) -> Iterator[dict[str, Json]]:
    """Yield the JSON objects of a text that stand in no other one."""
    decoder = json.JSONDecoder()
    at = text.find("{")
    # An answer of unclosed braces would otherwise be read from each of them to its end.
    for _ in range(_TRIES):
        if at < 0:
            return
        try:
            found, end = decoder.raw_decode(text, at)
            yield found
        except (ValueError, RecursionError):
            end = at + 1
        at = text.find("{", end)


def _opinion(verdict: Mapping[str, Json], component: Component, frames: tuple[Frame, ...]) -> Opinion:
    entry = verdict.get(component.value)
    if not isinstance(entry, dict):
        raise Malformed(f"`{component.value}` is missing or no object")
    evidence, improvement = entry.get("evidence"), entry.get("improvement")
    if not isinstance(evidence, str):
        raise Malformed(f"`{component.value}.evidence` must be a string")
    if improvement is not None and not isinstance(improvement, str):
        raise Malformed(f"`{component.value}.improvement` must be a string or null")
    levels = {frame: _level(entry, component, frame) for frame in frames}
    return Opinion(levels, evidence, improvement or None)


def _level(entry: Mapping[str, Json], component: Component, frame: Frame) -> int:
    level = entry.get(frame.value)
    if isinstance(level, bool) or not isinstance(level, int) or level not in _LEVELS:
        given = json.dumps(level)[:40]
        raise Malformed(f"`{component.value}.{frame.value}` is {given} and must be one of 1, 2, 3, 4, 5")
    return level


def _closed(properties: dict[str, Json]) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
