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
    r"^(?:(?:it|this (?:tool|call|function)|the tool|a call|calling it) )?(?:(?:also|then|first|always) )?"
    r"(?:(?:is )?used to |use (?:it|this tool) to )?(?P<verb>[a-z]+)\b ?(?P<object>.*)"
)
_PASSIVE: Final = (
    r"^(?P<object>(?:an?|the|all|each|every|new) [\w ]{2,40}?) (?:is|are) (?:then |also )?(?P<verb>[a-z]+ed)\b"
    r"(?! (?:as|by|with|from))"
)
_OVER: Final = frozenset("replace replaces overwrite overwrites reset resets".split())
_ADDS: Final = frozenset("add adds append appends".split())
_PARTLY: Final = (
    r"\b(?:if|when|before|after|unless|temporar\w+|old|stale|trailing|leading|duplicates?"
    r"|from the (?:text|result))\b"
)
"""Words of a sentence about a side effect, which a tool may have besides what it is for."""


def against_acts(own: frozenset[Deed], tool: ToolContext, sentence: str) -> Iterator[Violation]:
    """Yield the sentence if the tool is its subject and its verb is the opposite of what the tool does.

    Its object has to be something that the tool's name names: a tool may well change something else on the way.
    """
    verb, thing = _said(sentence)
    deed = _DEED.get(verb)
    own = own or _opening_acts(tool)
    if deed is None or not own:
        return
    named = stems_of(" ".join(tool.name_words)) - stems_of(" ".join(_DEED))
    opposite = deed not in own and bool(named & stems_of(thing)) and _is_opposite(own, deed, thing)
    if opposite or _replaces_what_it_adds_to(tool, verb, thing):
        words = f"the tool is there to {'/'.join(sorted(own))}; this says that it {verb}"
        yield Violation(Objection.CONTRADICTS_VERB, words, sentence)


def against_opening(own: frozenset[Deed], tool: ToolContext, opening: str) -> str | None:
    """Return the verb of the first sentence of a description if it is the opposite of what the tool does."""
    verb, thing = _said(opening)
    deed, own = _DEED.get(verb), own or _opening_acts(tool)
    return verb if deed is not None and own and deed not in own and _is_opposite(own, deed, thing) else None


def _said(sentence: str) -> tuple[str, str]:
    """Return the verb of a sentence about the tool, as a word of `_DEED` if it is one, and the object."""
    plain = sentence.strip().rstrip(".!")
    passive = pattern(_PASSIVE, IGNORECASE).match(plain)
    if passive:
        verb = passive["verb"].lower()
        return next((form for form in (verb[:-2], verb[:-1]) if form in _DEED), verb), passive["object"]
    active = pattern(_SUBJECT, IGNORECASE).match(plain)
    return (active["verb"].lower(), active["object"]) if active else ("", "")


def _replaces_what_it_adds_to(tool: ToolContext, verb: str, thing: str) -> bool:
    """Return True if a tool that adds to something is said to replace that: "Add an insight to the memo"."""
    opening = tool.text.sentences[0].text if tool.text.sentences else ""
    first = words_of(opening)[:1]
    if verb not in _OVER or not first or first[0] not in _ADDS:
        return False
    target = pattern(r"\bto (?:the |an? )?(\w+)").search(opening.lower())
    return target is not None and bool(stems_of(target[1]) & stems_of(" ".join(thing.split()[:3])))


def _opening_acts(tool: ToolContext) -> frozenset[Deed]:
    """Return the act in the first words of name and description; empty if they disagree."""
    words = [w[0].lower() for w in (tool.name_words, words_of(tool.text.raw[:200])) if w]
    found = {_DEED[word] for word in words if word in _DEED}
    return frozenset(found) if len(found) == 1 else frozenset()


def _is_opposite(own: frozenset[Deed], deed: Deed, rest: str) -> bool:
    if own == {Deed.READ}:
        return True
    side_effect = pattern(_PARTLY, IGNORECASE).search(rest) is not None
    return not side_effect and {deed, *own} == {Deed.CREATE, Deed.DESTROY}
