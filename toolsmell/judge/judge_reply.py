"""Reads a judge's answer. Nothing is guessed, repaired or clipped: an answer that does not fit is rejected."""

import json
from collections.abc import Collection, Mapping

from toolsmell.model import Component, Frame, Json
from toolsmell.model.verdicts import Defect, DefectKind, Opinion
from toolsmell.models.client import ChatReply
from toolsmell.models.replies import closed_object, last_object

LONGEST_REPLY = 100_000
"""The longest reply that is read and kept, in characters. A normal answer has about 3,000."""
_LEVELS = (1, 2, 3, 4, 5)
_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_DEFECT_KEYS = ("kind", "parameter", "quotation", "problem")
MOST_DEFECTS = 20
"""The most defects of one answer that are read."""


class Malformed(Exception):
    """The answer is not a verdict. The text says what is wrong, so that the model can correct it."""


def answer_schema(components: Collection[Component], frames: tuple[Frame, ...], *, defects: bool) -> Json:
    """Return the JSON Schema of an answer, with only the keywords that strict modes accept.

    `defects` says whether an answer lists defects.
    """
    level = {"type": "integer", "enum": list(_LEVELS)}
    levels = {key: part for f in frames for key, part in ((quotation_key(f), _TEXT), (f.value, level))}
    opinion = closed_object({**levels, "improvement": _TEXT_OR_NULL})
    opinions: dict[str, Json] = dict.fromkeys(components, opinion)
    return closed_object({**opinions, "defects": _defects_schema()} if defects else opinions)


def quotation_key(frame: Frame) -> str:
    return f"{frame.value}_quotation"


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


def read_defects(reply: ChatReply, components: Collection[Component]) -> tuple[Defect, ...]:
    """Return the defects in the last verdict of a reply. Raises `Malformed`."""
    entries = answer_in(reply, components).get("defects")
    if not isinstance(entries, list):
        raise Malformed("`defects` is missing or not a list")
    return tuple(_defect(entry) for entry in entries[:MOST_DEFECTS])


def _defect(entry: Json) -> Defect:
    if not isinstance(entry, dict) or not all(isinstance(entry.get(key), str) for key in _DEFECT_KEYS):
        raise Malformed(f"each of `defects` must be an object with the strings {', '.join(_DEFECT_KEYS)}")
    if entry["kind"] not in set(DefectKind):
        raise Malformed(
            f"`defects.kind` is {json.dumps(entry['kind'])[:40]} and must be one of {', '.join(DefectKind)}"
        )
    certain = entry.get("certain") is not False  # answers of older versions do not say
    return Defect(DefectKind(entry["kind"]), entry["parameter"], entry["quotation"], entry["problem"], certain)


def _opinion(verdict: Mapping[str, Json], component: Component, frames: tuple[Frame, ...]) -> Opinion:
    entry = verdict.get(component)
    if not isinstance(entry, dict):
        raise Malformed(f"`{component}` is missing or not an object")
    improvement = entry.get("improvement")
    quotations = {frame: entry.get(quotation_key(frame)) for frame in frames}
    for frame, quotation in quotations.items():
        if not isinstance(quotation, str):
            raise Malformed(f"`{component}.{quotation_key(frame)}` must be a string")
    if improvement is not None and not isinstance(improvement, str):
        raise Malformed(f"`{component}.improvement` must be a string or null")
    levels = {frame: _level(entry, component, frame) for frame in frames}
    return Opinion(levels, {frame: str(words) for frame, words in quotations.items()}, improvement or None)


def _level(entry: Mapping[str, Json], component: Component, frame: Frame) -> int:
    level = entry.get(frame.value)
    if isinstance(level, bool) or not isinstance(level, int) or level not in _LEVELS:
        given = json.dumps(level)[:40]
        raise Malformed(f"`{component}.{frame.value}` is {given} and must be one of 1, 2, 3, 4, 5")
    return level


def _defects_schema() -> Json:
    kind = {"type": "string", "enum": [kind.value for kind in DefectKind]}
    parts = {**dict.fromkeys(_DEFECT_KEYS, _TEXT), "kind": kind, "certain": {"type": "boolean"}}
    return {"type": "array", "items": closed_object(parts)}
