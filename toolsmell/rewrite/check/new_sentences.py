"""Splits a rewrite into the sentences that the original does not have."""

from typing import NamedTuple

from toolsmell.evidence.claims import Rewrite
from toolsmell.reading.context import ToolContext
from toolsmell.text import Text, pattern

_QUOTES = str.maketrans('`"“”‘’', "''''''")
_FILLERS = (
    r"\b(?:please|simply|just|easily|basically|very|in order)\b|^(?:this (?:tool|function)|the tool|it) "
    r"|\b(?:allows|enables|lets) (?:you|users|agents|the (?:user|agent)) to\b|\bis used to\b|\bcan be used to\b"
)


class Fresh(NamedTuple):
    """A sentence that the original does not have."""

    parameter: str | None
    """The parameter whose description has it; None is the description of the tool."""
    text: str


def normal(text: str) -> str:
    """Return `text` without what does not change its meaning: case, blanks, kinds of quotes, the mark at its end."""
    return " ".join(text.translate(_QUOTES).lower().split()).rstrip(".;: ")


def lean(text: str) -> str:
    """Return `text` as `normal` does, also without words that inform nobody."""
    return " ".join(pattern(_FILLERS).sub(" ", normal(text)).split())


def fresh_sentences(tool: ToolContext, rewrite: Rewrite) -> list[Fresh]:
    """Return the sentences of `rewrite` that the same text of the original does not have."""
    told = {p.name: p.description or "" for p in tool.parameters}
    own = Original(tool.text.raw)
    found: list[Fresh] = []
    for name, text in ((None, rewrite.description), *rewrite.parameters.items()):
        before = own if name is None else Original(told.get(name, ""))
        found += [Fresh(name, s.text) for s in Text(text).sentences if not (before.has(s.text) or _moved(own, s.text))]
    return found


class Original:
    """A text of the original, asked for whole sentences."""

    def __init__(self, raw: str) -> None:
        self._sentences = frozenset(lean(s.text) for s in Text(raw).sentences)
        self._raw = normal(raw)

    def has(self, sentence: str) -> bool:
        """Return True if the text has this sentence as a whole, however it is quoted, listed or wrapped."""
        return lean(sentence) in self._sentences or _whole(self._raw, normal(sentence))


def _moved(own: Original, sentence: str) -> bool:
    """Return True if a whole sentence of the description is used for a parameter."""
    return len(sentence.split()) > 3 and own.has(sentence)


def _whole(raw: str, sentence: str) -> bool:
    """Return True if `raw` has `sentence` between two ends of sentences."""
    at = raw.find(sentence) if sentence else -1
    while at >= 0:
        before, after = raw[:at].rstrip(" -*•"), raw[at + len(sentence) :].lstrip()
        if (not before or before[-1] in ".!?:;") and (not after or after[0] in ".!?;"):
            return True
        at = raw.find(sentence, at + 1)
    return False
