"""Compares what a sentence says that the tool does with its name and first sentence: the polarity of action."""

from collections.abc import Iterator
from re import IGNORECASE
from typing import Final

from toolsmell.evidence.claims import Objection, Violation
from toolsmell.evidence.facts import stems_of
from toolsmell.reading.context import ToolContext
from toolsmell.reading.verbs import Deed
from toolsmell.text import pattern, words_of

_ACTS: Final = {
    Deed.CREATE: ("add adds create creates insert inserts append appends register registers publish publishes"),
    Deed.CHANGE: (
        "change changes update updates modify modifies rename renames edit edits overwrite overwrites replace replaces "
        "move moves write writes save saves"
    ),
    Deed.DESTROY: (
        "delete deletes remove removes drop drops erase erases destroy destroys purge purges wipe wipes clear clears "
        "uninstall uninstalls truncate truncates"
    ),
}
_DEED: Final = {word: deed for deed, words in _ACTS.items() for word in words.split()}
_SUBJECT: Final = (
    r"^(?:it|this (?:tool|call|function)|the tool|a call|calling it)? ?(?:also |then |first |always )?"
    r"(?P<verb>[a-z]+) (?P<object>.+)"
)
_PARTLY: Final = (
    r"\b(?:if|when|before|after|unless|temporar\w+|old|stale|trailing|leading|duplicates?"
    r"|from the (?:text|result))\b"
)
"""Words of a sentence about a side effect, which a tool may have besides what it is for."""


def against_acts(own: frozenset[Deed], tool: ToolContext, sentence: str) -> Iterator[Violation]:
    """Yield the sentence if the tool is its subject and its verb is the opposite of what the tool does.

    Its object has to be something that the tool's name names: a tool may well change something else on the way.
    """
    match = pattern(_SUBJECT, IGNORECASE).match(sentence.strip())
    deed = _DEED.get(match["verb"].lower()) if match else None
    own = own or _opening_acts(tool)
    if match is None or deed is None or not own or deed in own:
        return
    named = stems_of(" ".join(tool.name_words)) - stems_of(" ".join(_DEED))
    if named & stems_of(match["object"]) and _is_opposite(own, deed, match["object"]):
        words = f"the tool is there to {'/'.join(sorted(own))}; this says that it {match['verb'].lower()}"
        yield Violation(Objection.CONTRADICTS_VERB, words, sentence)


def _opening_acts(tool: ToolContext) -> frozenset[Deed]:
    """Return what the first words of the name and of the description do; empty if they disagree."""
    words = [w[0].lower() for w in (tool.name_words, words_of(tool.text.raw[:200])) if w]
    found = {_DEED[word] for word in words if word in _DEED}
    return frozenset(found) if len(found) == 1 else frozenset()


def _is_opposite(own: frozenset[Deed], deed: Deed, rest: str) -> bool:
    if own == {Deed.READ}:
        return True
    side_effect = pattern(_PARTLY, IGNORECASE).search(rest) is not None
    return not side_effect and {deed, *own} == {Deed.CREATE, Deed.DESTROY}
