"""Puts texts into JSON documents by spans, and reads the result again to prove that nothing else changed."""

import json
from collections.abc import Mapping

from toolsmell.editing.patch import PatchError, Replacement, splice, string_literal
from toolsmell.model import Json, JsonText, Pointer
from toolsmell.model.pointer import unescape
from toolsmell.sources.json import document as jsontext
from toolsmell.sources.json.document import Document
from toolsmell.text import pattern

_WIDEST = 400
"""Characters of indentation and key before a value that are looked at."""


def with_texts(document: Document, edits: Mapping[Pointer, str]) -> Document:
    """Return the document with the texts at the pointers: an existing one is replaced, a missing one is added.

    Raises `PatchError` if there is no object to add a text to, or if the result does not read back as expected.
    """
    spans = document.value_spans(edits)
    replacements = [
        Replacement(span.start, span.end, _literal(edits[at], like=span.text)) for at, span in spans.items()
    ]
    added = [at for at in edits if at not in spans]
    replacements += [_added(document, at, edits[at]) for at in added]
    expected = document.value
    for at, text in edits.items():
        value = json.loads(text) if isinstance(text, JsonText) else text
        expected = _with(expected, [unescape(step) for step in at.split("/")[1:]], value, at)
    after = jsontext.parse(splice(document.text, replacements), document.file)
    if after.value != expected:
        raise PatchError(f"{document.file}: the edited text does not read back as it should; nothing was changed")
    return after


def _literal(text: str, like: str) -> str:
    return text if isinstance(text, JsonText) else string_literal(text, like)


def _added(document: Document, at: Pointer, text: str) -> Replacement:
    """Put a new key behind the name or type of its object, set as that one is; else at the object's beginning."""
    parent, _, key = at.rpartition("/")
    member = f"{string_literal(unescape(key), '')}: {_literal(text, document.text[:2000])}"
    anchors = document.value_spans([f"{parent}/{anchor}" for anchor in ("name", "type")])
    for anchor in sorted(anchors.values()):
        before = document.text[max(0, anchor.start - _WIDEST) : anchor.start]
        if found := pattern(r'[{,]([ \t\r\n]*)"\w+"[ \t\r\n]*:[ \t\r\n]*\Z').search(before):
            return Replacement(anchor.end, anchor.end, f",{found[1] or _space(before)}{member}")
    span = document.value_span(parent)
    if span is None or not span.text.startswith("{"):
        raise PatchError(f"{document.file}: {at}: there is no object to add it to")
    blank = pattern(r"\{([ \t\r\n]*)(\})?").match(span.text)
    space, empty = (blank[1], blank[2]) if blank else ("", None)
    inside = member if empty else f"{space}{member},{'' if space else ' '}"
    return Replacement(span.start + 1, span.start + 1, inside)


def _space(before: str) -> str:
    """Return the blank that a file puts behind its commas, going by one behind a colon."""
    return " " if before.endswith(" ") else ""


def _with(value: Json, steps: list[str], text: Json, at: Pointer) -> Json:
    if not steps:
        return text
    head, rest = steps[0], steps[1:]
    if isinstance(value, dict) and (head in value or not rest):
        return {**value, head: _with(value.get(head), rest, text, at)}
    if isinstance(value, list) and head.isdecimal() and int(head) < len(value):
        return [*value[: int(head)], _with(value[int(head)], rest, text, at), *value[int(head) + 1 :]]
    raise PatchError(f"{at}: there is nothing to edit")
