"""Reads JSON objects from a model's reply, whatever text is around them."""

import json
from collections.abc import Collection, Iterator
from typing import Final

from toolsmell.model import Json
from toolsmell.text import pattern

_BUDGET: Final = 2_000_000
"""Characters that may be read in vain; past them only what costs next to nothing is tried."""
_SHORT: Final = 1_000

_LEXEME: Final = (
    r'[ \t\r\n]*+(?:"(?:[^"\\\x00-\x1f]|\\.)*+"|([{\[])|([}\]])|[,:]'
    r"|-?[0-9.eE+-]++|true|false|null|NaN|-?Infinity)[ \t\r\n]*+"
)
"""A token of JSON: the first group opens something, the second closes it."""


def last_object(text: str, keys: Collection[str] = ()) -> dict[str, Json] | None:
    """Return the last complete JSON object in `text` that no other one contains, or None.

    With `keys`, only objects that have one of them count. The last one, because a reply that repeats a text from the
    prompt, and an object in it, ends with the model's own.
    """
    last = None
    for found in objects(text):
        if not keys or any(key in found for key in keys):
            last = found
    return last


def objects(text: str) -> Iterator[dict[str, Json]]:
    """Yield the complete JSON objects in `text` that no other one contains, in time linear in the text."""
    budget, past = _BUDGET, 0
    for start, end in sorted(_spans(text).items()):
        if start < past or (budget <= 0 and end - start > _SHORT):
            continue
        try:
            yield json.loads(text[start:end])
            past = end
        except (ValueError, RecursionError):
            budget -= end - start


def _spans(text: str) -> dict[int, int]:
    """Return where braces that match begin and end, with nothing but tokens of JSON between them."""
    token = pattern(_LEXEME)
    spans: dict[int, int] = {}
    budget = _BUDGET
    start = text.find("{")
    while start >= 0:
        opened: list[int] = []
        at = start
        while (opened or at == start) and (found := token.match(text, at)):
            at = found.end()
            if found[1]:
                opened.append(found.start(1))
            elif found[2] and opened and text[begun := opened.pop()] == "{":
                spans[begun] = found.end(2)
        # What looked like a string may have been a quotation mark in prose, and an object may begin within it.
        budget -= at - start
        start = text.find("{", at if budget <= 0 or not opened or at == len(text) else start + 1)
    return spans


def closed_object(properties: dict[str, Json]) -> Json:
    """Return the schema of an object with all of `properties` and no others, as strict providers demand."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def numbered_answers(**properties: Json) -> Json:
    """Return the schema of answers to several questions, each with the number of its question."""
    answer = closed_object({"number": {"type": "integer"}, **properties})
    return closed_object({"answers": {"type": "array", "items": answer}})
