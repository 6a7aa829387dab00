"""Finds data of recorded calls in a sentence: names that belong to the trial, not to the tool."""

from collections.abc import Iterator
from re import IGNORECASE

from toolsmell.calling.outcomes import Observation
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Objection, Violation
from toolsmell.model import Json
from toolsmell.text import pattern, words_of

_NAME = r"(?<![.!?:\w] )(?<!^)(?<![\w'`\"])[A-Z][a-z]{2,20}\b"
"""A word that is written like a proper name inside a sentence."""
_SHOWN = r"\b(?:e\.g|for example|example|such as|for instance)\b"


def trial_data(evidence: ToolEvidence, sentence: str) -> Iterator[Violation]:
    """Yield the proper names and places of recorded calls in a sentence; an example may show one."""
    if not evidence.seen or pattern(_SHOWN, IGNORECASE).search(sentence):
        return
    known = evidence.tool.sent_lower
    names, paths = _data(evidence.seen)
    for match in pattern(_NAME).finditer(sentence):
        if match[0] in names and match[0].lower() not in known:
            yield Violation(Objection.TRIAL_DATA, f"'{match[0]}' is data of a recorded call", sentence)
            return
    for path in paths:
        if path in sentence and path.lower() not in known:
            yield Violation(Objection.TRIAL_DATA, f"'{path}' is a place of a recorded call", sentence)
            return


def _data(calls: tuple[Observation, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the capitalised words and the paths in the arguments that were passed."""
    texts = [text for call in calls for text in texts_in(call.trial.arguments)]
    names = frozenset(w for text in texts for w in pattern(r"\b[A-Z][a-z]{2,20}\b").findall(text[:2000]))
    paths = frozenset(
        text for text in texts if len(text) > 4 and text.startswith(("/", "./")) and len(words_of(text)) > 1
    )
    return names, paths


def texts_in(value: Json) -> Iterator[str]:
    """Yield the texts in the arguments of a call."""
    stack = [value]
    for _ in range(500):
        if not stack:
            return
        item = stack.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            stack += item.values()
        elif isinstance(item, list):
            stack += item[:20]
