"""Finds what a rewrite says against the tool's verb, its annotations or its schema."""

import json
from collections.abc import Iterator
from re import IGNORECASE, escape

from toolsmell.evidence.claims import Objection, Violation
from toolsmell.evidence.facts import stems_of
from toolsmell.evidence.hints import written_hints
from toolsmell.reading.context import ToolContext
from toolsmell.reading.verbs import Deed, deed_named, deed_of
from toolsmell.rewrite.check.acts_said import against_acts, against_opening
from toolsmell.rewrite.check.referrals_said import against_referrals
from toolsmell.schema.fit import violation
from toolsmell.text import Text, pattern, words_of

_FIRST_WORDS = 16
_NO_CHANGE = (
    r"\bread[- ]only\b|\b(?:does not|doesn't|will not|never) (?:modify|change|alter|mutate|write)\b"
    r"|\bwithout (?:modifying|changing|altering|mutating|writing)\b"
    r"|\bchanges nothing\b(?! more)|\bno side[- ]effects?\b|\bside[- ]effect[- ]free\b"
)
CONDITIONAL = r"\b(?:if|unless|until|while)\b|\bwhen [`'\"]?\w+[`'\"]? is\b"
"""Words of a sentence that holds for some calls only: a tool that deletes may delete nothing if nobody confirms."""
_CHANGE = (
    r"\b(?:modifies|deletes|removes|overwrites|creates|inserts|updates|writes|destroys|erases|sends|renames"
    r"|publishes) (?:a|an|the|all|any|every|new|to|its)\b"
    r"|\bmay (?:delete|remove|overwrite|modify|change)\b"
)
_HARMLESS = (
    r"\bnon-?destructive\b|\bnot destructive\b|\bcan be undone\b|\breversible\b"
    r"|\bdeletes nothing\b|\bsafe to (?:call|run|repeat)\b"
)
_HARMFUL = (
    r"\bpermanently\b|\birreversibl|\bcannot be undone\b"
    r"|\b(?:may|will) (?:delete|remove|overwrite|destroy)\b|\bdestructive\b(?<!non-destructive)"
)
_REPEATABLE = (
    r"\bidempotent\b|\bchanges nothing more\b|\bsafe to (?:repeat|retry)\b|\bno (?:further|additional) effect\b"
)
_NOT_REPEATABLE = (
    r"\bnot idempotent\b|\beach call (?:adds|creates|takes effect)|\brepeating (?:it )?(?:adds|creates|duplicates)"
)
_OUTSIDE = r"\b(?:the )?(?:internet|web|external (?:service|api|system)s?|outside systems)\b"
_RETURNED = r"\b(?:returns?|returned|results?|response|output|answers?|counts?)\b"
"""Words before an example of a result, which is no call."""
_NEGATED = r"\b(?:does not|doesn't|do not|cannot|can't|will not|won't|never|no longer|is not used to|not)\b "


def contradictions(tool: ToolContext, fresh: list[str]) -> Iterator[Violation]:
    """Yield what the new sentences of a description or a parameter say against the tool."""
    own = own_deeds(tool)
    subject = stems_of(" ".join((*tool.name_words, tool.text.raw[:500])))
    for sentence in fresh:
        if denied := _denied(own, sentence, subject):
            yield Violation(Objection.CONTRADICTS_VERB, f"it denies what the tool is for: '{denied}'", sentence)
        yield from against_acts(own, tool, sentence)
        yield from against_referrals(tool, sentence)
        yield from _against_hints(own, tool, sentence)
        yield from _against_schema(tool, sentence)
        yield from _against_examples(tool, sentence)


def against_verb(tool: ToolContext, description: str) -> Iterator[Violation]:
    """Yield the first sentence of a description if its verb contradicts what the tool does."""
    own = own_deeds(tool)
    text = Text(description)
    stated = _deeds(text)
    opening = text.sentences[0].text if text.sentences else ""
    if opening and (verb := against_opening(own, tool, opening)):
        yield Violation(Objection.CONTRADICTS_VERB, f"the tool does not do this: '{verb}'", opening)
    elif own and stated and not own.intersection(stated) and _apart(own, stated[0]):
        words = f"the tool says it will {'/'.join(sorted(own))}; this says {stated[0]}"
        yield Violation(Objection.CONTRADICTS_VERB, words, text.sentences[0].text)


def own_deeds(tool: ToolContext) -> frozenset[Deed]:
    """Return the act of the tool by its name and first sentence; empty if they disagree."""
    named = deed_of(tool)
    opening = _deeds(tool.text)[:1]
    found = frozenset((*((named[1],) if named else ()), *opening))
    # A name that reads and a text that deletes: it is not known here which of them is right.
    return found if not (Deed.READ in found and len(found) > 1) else frozenset()


def _deeds(text: Text) -> list[Deed]:
    """Return the deeds in the first sentence, in order."""
    first = text.sentences[0].text if text.sentences else ""
    found = (deed_named(word) for word in words_of(first)[:_FIRST_WORDS])
    return [deed for deed in found if deed]


def _apart(own: frozenset[Deed], stated: Deed) -> bool:
    if Deed.READ in own or stated is Deed.READ:
        return stated not in own
    return (Deed.DESTROY in own) is not (stated is Deed.DESTROY)


def _denied(own: frozenset[Deed], sentence: str, subject: frozenset[str]) -> str | None:
    for match in pattern(rf"{_NEGATED}((?:\w+ ?){{1,6}})", IGNORECASE).finditer(sentence):
        words = match[1].lower().split()
        for at, word in enumerate(words[:2]):
            if deed_named(word) in own - {Deed.READ} and stems_of(" ".join(words[at + 1 :])) & (
                subject - stems_of(word)
            ):
                return match[0].strip()
    return None


def _against_hints(own: frozenset[Deed], tool: ToolContext, sentence: str) -> Iterator[Violation]:
    hints = written_hints(tool.tool)
    harmless = _says(_NO_CHANGE, sentence) and not _says(CONDITIONAL, sentence)
    named = {deed_named(word) for word in tool.name_words} - {None, Deed.READ}
    if harmless and (named or (own and Deed.READ not in own)):
        yield Violation(Objection.CONTRADICTS_VERB, "it says that a tool that changes something does not", sentence)
    said = (
        ("readOnlyHint", False, harmless),
        ("readOnlyHint", True, not harmless and not _says(_NEGATED, sentence) and _says(_CHANGE, sentence)),
        ("destructiveHint", True, harmless or _says(_HARMLESS, sentence)),
        ("destructiveHint", False, not _says(_HARMLESS, sentence) and _says(_HARMFUL, sentence)),
        ("idempotentHint", False, not _says(_NOT_REPEATABLE, sentence) and _says(_REPEATABLE, sentence)),
        ("idempotentHint", True, _says(_NOT_REPEATABLE, sentence)),
        ("openWorldHint", False, not _says(_NEGATED, sentence) and _says(_OUTSIDE, sentence)),
    )
    for hint, value, contrary in said:
        if (
            contrary
            and hints.get(hint) is value
            and not (hint == "destructiveHint" and hints.get("readOnlyHint") is True)
        ):
            yield Violation(
                Objection.CONTRADICTS_ANNOTATION, f"the tool declares {hint} {str(value).lower()}", sentence
            )


def _says(source: str, sentence: str) -> bool:
    return bool(pattern(source, IGNORECASE).search(sentence))


def _against_schema(tool: ToolContext, sentence: str) -> Iterator[Violation]:
    """Compare what is said to be required or optional; the rules compare defaults, bounds, values and types."""
    for parameter in tool.parameters:
        if parameter.name.lower() not in sentence.lower() or len(parameter.name) > 60:
            continue
        match = pattern(
            rf"[`'\"]?\b{escape(parameter.name)}\b[`'\"]? (?:is |are |\()?(required|mandatory|optional)\b", IGNORECASE
        ).search(sentence)
        if match and (match[1].lower() != "optional") is not parameter.required:
            state = "required" if parameter.required else "optional"
            yield Violation(Objection.CONTRADICTS_SCHEMA, f"the schema makes '{parameter.name}' {state}", sentence)


def _against_examples(tool: ToolContext, sentence: str) -> Iterator[Violation]:
    """Validate the calls that a sentence shows as JSON."""
    schema = tool.tool.input_schema
    at = sentence.find("{")
    if at < 0 or schema is None or not pattern(r"\b(?:example|e\.g|call|arguments)\b", IGNORECASE).search(sentence):
        return
    try:
        value = json.JSONDecoder().raw_decode(sentence, at)[0]
    except ValueError:
        return
    known = {p.name for p in tool.parameters}
    unknown = [name for name in value if name not in known] if isinstance(value, dict) else []
    if pattern(_RETURNED, IGNORECASE).search(sentence[:at]) or sentence[:at].rstrip().endswith("["):
        return  # an example of what comes back
    if unknown or (broken := violation(value, schema, schema)):
        yield Violation(
            Objection.INVALID_EXAMPLE,
            f"it passes '{unknown[0]}', which the tool does not have" if unknown else f"it {broken}",
            sentence,
        )
