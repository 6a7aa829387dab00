"""Finds sentences that send an agent to a sibling for what the sibling does not do."""

from collections.abc import Iterator
from re import escape
from typing import Final

from toolsmell.evidence.claims import Objection, Violation
from toolsmell.evidence.facts import mentions
from toolsmell.reading.context import ToolContext
from toolsmell.reading.verbs import Deed, deed_named, deed_of
from toolsmell.text import pattern, words_of

_ACTING: Final = frozenset((Deed.CREATE, Deed.CHANGE, Deed.DESTROY))
_WORDS: Final = {"add": Deed.CREATE, "change": Deed.CHANGE, "make": Deed.CREATE}
"""Verbs that name no tool, but say what a sibling is said to do."""


def against_referrals(tool: ToolContext, sentence: str) -> Iterator[Violation]:
    """Yield the sentence if it says "to change it, call X" of a tool that only reads, or the other way round."""
    lower = sentence.lower()
    for name, sibling in tool.server.by_name.items():
        if sibling is tool or not mentions(lower, name):
            continue
        found = deed_of(sibling)
        wanted = _purpose(lower, name.lower())
        if found and wanted and _differ(found[1], wanted):
            words = f"'{name}' is there to {found[1]}, not to {wanted}"
            yield Violation(Objection.CONTRADICTS_VERB, words, sentence)


def _purpose(sentence: str, name: str) -> Deed | None:
    """Return the task for which a sentence sends an agent to a tool."""
    quoted = rf"[`'\"]?{escape(name)}[`'\"]?"
    before = pattern(rf"\bto (\w+)\b[^.;:]{{0,80}}?,? (?:use|call) {quoted}").search(sentence)
    after = pattern(rf"\b(?:use|call) {quoted} to (\w+)\b").search(sentence)
    match = before or after
    verb = words_of(match[1])[0] if match else ""
    return _WORDS.get(verb) or (deed_named(verb) if verb else None)


def _differ(does: Deed, wanted: Deed) -> bool:
    return (does is Deed.READ and wanted in _ACTING) or (does in _ACTING and wanted is Deed.READ)
