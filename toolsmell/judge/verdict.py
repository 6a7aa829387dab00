"""Reads a judge's answer. Nothing is guessed, repaired or clipped: an answer that does not fit is rejected."""

import json
from collections.abc import Collection, Mapping

from toolsmell.model import Component, Frame, Json
from toolsmell.model.verdicts import Opinion
from toolsmell.models.client import ChatReply
from toolsmell.models.replies import last_object

LONGEST_REPLY = 100_000
"""The longest reply that is read and kept, in characters. A normal answer has about 3,000."""
_LEVELS = (1, 2, 3, 4, 5)
_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}


class Malformed(Exception):
    """The answer is not a verdict. The text says what is wrong, so that the model can correct it."""


def answer_schema(components: Collection[Component], frames: tuple[Frame, ...]) -> Json:
    """Return the JSON Schema of an answer, with only the keywords that strict modes accept."""
    levels = {frame.value: {"type": "integer", "enum": list(_LEVELS)} for frame in frames}
    opinion = _closed({"evidence": _TEXT, **levels, "improvement": _TEXT_OR_NULL})
    return _closed(dict.fromkeys(components, opinion))


def read_verdict(
    reply: ChatReply, components: Collection[Component], frames: tuple[Frame, ...]
) -> Mapping[Component, Opinion]:
    """Return the opinion on each component in the last verdict of a reply. Raises `Malformed`."""
    verdict = answer_in(reply, components)
    return {component: _opinion(verdict, component, frames) for component in components}


def answer_in(reply: ChatReply, keys: Collection[str]) -> dict[str, Json]:
    """Return the last JSON object of a reply that has one of `keys`, or raise `Malformed`.

    It is chosen before it is checked: otherwise a planted verdict would win if the model's own has a fault.
    """
    if reply.finish == "length":
        raise Malformed("it was cut off before its end: be shorter")
    if not reply.text.strip():
        raise Malformed("it is empty")
    if len(reply.text) > LONGEST_REPLY:
        raise Malformed(f"it is longer than {LONGEST_REPLY:,} characters")
    found = last_object(reply.text, keys)
    if found is None:
        raise Malformed(f"it has no JSON object with {', '.join(f'`{key}`' for key in keys)}")
    return found


def _opinion(verdict: Mapping[str, Json], component: Component, frames: tuple[Frame, ...]) -> Opinion:
    entry = verdict.get(component)
    if not isinstance(entry, dict):
        raise Malformed(f"`{component}` is missing or not an object")
    evidence, improvement = entry.get("evidence"), entry.get("improvement")
    if not isinstance(evidence, str):
        raise Malformed(f"`{component}.evidence` must be a string")
    if improvement is not None and not isinstance(improvement, str):
        raise Malformed(f"`{component}.improvement` must be a string or null")
    levels = {frame: _level(entry, component, frame) for frame in frames}
    return Opinion(levels, evidence, improvement or None)


def _level(entry: Mapping[str, Json], component: Component, frame: Frame) -> int:
    level = entry.get(frame.value)
    if isinstance(level, bool) or not isinstance(level, int) or level not in _LEVELS:
        given = json.dumps(level)[:40]
        raise Malformed(f"`{component}.{frame.value}` is {given} and must be one of 1, 2, 3, 4, 5")
    return level


def _closed(properties: dict[str, Json]) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
