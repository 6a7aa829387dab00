"""Tells where a plain word of a sentence can only be the name of a parameter."""

from collections.abc import Mapping
from typing import Final

from toolsmell.schema.reader import Parameter
from toolsmell.text import identifier_words, pattern

WORD: Final = r"[A-Za-z_$][\w$-]{0,80}"
USE: Final = r"\b(?:use|pass|set|specify|provide|give|supply|with|via) (?:(?:the|a|an|your) )?[`'\"]?$"
_SHORT: Final = 400
_LEADS: Final = ("optional", "selected", "chosen", "requested")
_GOES_ON: Final = r" (?:fields?|filter\w*|parameters?|values?)\b"
_READ: Final = 300
"""Characters of a sentence in which a missing thing is looked for."""
_MISSED_LEADS: Final = tuple(
    f" {lead}{article}" for lead in ("if", "when", "unless") for article in ("", " the", " a", " an", " no")
)
_MISSED: Final = (
    "does not exist", "doesn't exist", "doesn’t exist", "is not found", "is unknown", "cannot be found", "is taken",
    "already exists",
)  # fmt: skip
_SHOWN_AS: Final = r" (?:like|such as|as) [`'\"]"
_JOINED_TO: Final = rf"({WORD})[`'\"]{{0,2}},? (?:or|and|nor) [`'\"]{{0,2}}$"
_JOINED_BY: Final = rf"[`'\"]{{0,2}},? (?:or|and|nor) [`'\"]{{0,2}}({WORD})"


def is_a_name(text: str, start: int, end: int, parameters: Mapping[str, Parameter]) -> bool:
    """Return True if a plain word can only be a name: `<revision>`, `Use glob like "*.c"`, `Give user_id or email`."""
    if text[start - 1 : start] == "<" and text[end : end + 1] == ">":
        return True
    if pattern(_SHOWN_AS).match(text, end) and pattern(USE).search(text[max(0, start - 40) : start].lower()):
        return True
    return _joined(text, start, end, parameters)


def is_meant(name: str, text: str, parameters: Mapping[str, Parameter]) -> bool:
    """Return True if words can only mean a parameter: `Each edit ...` a list `edits`, `an optional base branch`."""
    words = " ".join(identifier_words(name))
    lower = text[:_SHORT].lower()
    if " " in words:
        told = any(f" {lead} {words}" in lower for lead in _LEADS)
        return told and pattern(_GOES_ON).match(lower, lower.find(words) + len(words)) is None
    schema = parameters[name].schema
    if not (isinstance(schema, dict) and schema.get("type") == "array"):
        return False
    one = words.removesuffix("s")
    return one != words and lower.startswith((f"each {one} ", f"every {one} "))


def _joined(text: str, start: int, end: int, parameters: Mapping[str, Parameter]) -> bool:
    """Return True if a name is joined to that of another parameter that is no plain word."""
    before = pattern(_JOINED_TO).search(text[max(0, start - 100) : start])
    after = pattern(_JOINED_BY).match(text[end : end + 100])
    names = (match[1] for match in (before, after) if match is not None)
    return any(name in parameters and ("_" in name or not (name.islower() or name.istitle())) for name in names)


def is_missed(name: str, text: str) -> bool:
    """Return True if a sentence only tells what happens without a thing: `Fails if the berth does not exist`."""
    lower = text[:_READ].lower()
    for form in dict.fromkeys((" ".join(identifier_words(name)), name.lower())):
        before, found, after = lower.partition(f" {form} ")
        if found and f" {before}".endswith(_MISSED_LEADS) and after.startswith(_MISSED):
            return True
    return False
