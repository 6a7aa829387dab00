"""Extracts the features of a sentence, from which its statement kinds are predicted.

A feature is a name. `cue:...` is a group of phrases, `verb:...` a verb of change and its form, `is:...` the form or the
place of the sentence, and `word:...` one word or two in a row. `rubrics/statements.json` says what each weighs.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from re import Match
from typing import Final, NamedTuple

from toolsmell.reading.lexicon import Lexicon, Trie
from toolsmell.reading.stems import stems_of
from toolsmell.text import pattern

LONGEST: Final = 2_000
"""Characters of one sentence that are read."""

_WORD: Final = r"@[a-z]+|[a-z]+(?:'[a-z]+)?|\d+"
_IDENTIFIER: Final = r"[A-Za-z]\w{0,80}(?:[_.-]\w{1,80}){0,12}"
_COMPOUND: Final = r"[A-Za-z0-9]_[A-Za-z0-9]|[a-z][A-Z]"
_MAY_NAME: Final = r"[_`'\"-]|[a-z][A-Z]|\b(?:[Uu]se|[Cc]all|[Rr]un|[Ss]ee|[Tt]ry) "
_CALLED: Final = ("use ", "call ", "run ", "see ", "try ")
"""A word after one of these is the name of a sibling if one has it."""
_PRODUCT: Final = r"(?<=[a-z,(] )([A-Z][a-z]+) (?:Assistant|Agent|Model)s?\b"
"""`Home Assistant` within a sentence is the name of a product, not the reader of the text."""
_COUNTRY: Final = r"\bUS\b"
"""`US` in a sentence with lower-case letters is the country, not the pronoun."""
_LONG_NAME: Final = 8
"""The name of a sibling that is one plain word counts as a name only from this length on."""
_BEFORE_PASSIVE: Final = frozenset("is are be been gets get being was were automatically also permanently".split())
_BEFORE: Final = {
    **dict.fromkeys(("and", "then", "or"), "and"),
    **dict.fromkeys(("not", "don't", "doesn't", "without", "never", "won't", "cannot"), "not"),
    **dict.fromkeys(("will", "would", "also", "automatically", "immediately"), "will"),
}


class Names(NamedTuple):
    """The identifiers with a meaning for one tool."""

    tool: str
    parameters: Collection[str]
    siblings: Collection[str]

    def role(self, name: str, quoted: bool) -> str:
        """Return the token that an identifier stands for, or an empty text for a plain word."""
        compound = pattern(_COMPOUND).search(name) is not None
        if name != self.tool and name in self.siblings and (compound or len(name) >= _LONG_NAME or "-" in name):
            return "@tool"
        if name in self.parameters and (compound or quoted):
            return "@param"
        if compound:
            return "@self" if name == self.tool else "@name"
        return ""


def tokens_of(text: str, names: Names) -> list[str]:
    """Return the words of a sentence between `^` and `$`. Numbers become `#`, identifiers the token of their role."""
    if pattern(_MAY_NAME).search(text):
        text = pattern(_IDENTIFIER).sub(lambda match: _token(match, names), text)
    lower = _without_proper_names(text).lower()
    if "’" in lower:
        lower = lower.replace("’", "'")
    found = ["#" if token[0].isdigit() else token for token in pattern(_WORD).findall(lower)]
    return ["^", *found, "$"]


def _without_proper_names(text: str) -> str:
    """Return `text` without the words of proper names that are also words for who reads or writes it."""
    if "US" in text and not text.isupper():
        text = pattern(_COUNTRY).sub("usa", text)
    if "Assistant" in text or "Agent" in text or "Model" in text:
        text = pattern(_PRODUCT).sub(r"\1", text)
    return text


def _token(match: Match[str], names: Names) -> str:
    name = match[0]
    sibling = name in names.siblings and name != names.tool
    plain = name.isalpha() and (len(name) == 1 or name[1:].islower())
    if plain and not sibling and name not in names.parameters:
        return name
    start = match.start()
    if sibling and match.string[max(0, start - 5) : start].lower().endswith(_CALLED):
        return " @tool "
    role = names.role(name, start > 0 and match.string[start - 1] in "`'\"")
    return f" {role} " if role else name


def cues_among(tokens: Sequence[str], phrases: Trie) -> set[str]:
    """Return the cues of the phrases that occur in `tokens`. Linear: a phrase has six words at most."""
    found: set[str] = set()
    size = len(tokens)
    for start, token in enumerate(tokens):
        node = phrases.get(token)
        at = start + 1
        while node is not None:
            cues = node.get("")
            if cues:
                found.update(cues)
            if at == size:
                break
            node = node.get(tokens[at])
            at += 1
    return found


def verbs_among(tokens: Sequence[str], verbs: Mapping[str, str], own: Collection[str]) -> Iterator[str]:
    """Yield the features of verbs of change; `own` are the words of the tool's name."""
    for at, token in enumerate(tokens):
        form = verbs.get(token)
        if form is None:
            continue
        before = tokens[at - 1]
        yield f"verb:{form}"
        if at == 1:
            yield f"verb:first-{form}"
        if before in _BEFORE_PASSIVE and form in ("ed", "base"):
            yield "verb:passive"
        if before in _BEFORE and at > 1:
            kind = _BEFORE[before]
            yield f"verb:and-{form}" if kind == "and" else f"verb:{kind}"
        if stems_of((token,), ascii_only=True).isdisjoint(own):
            yield f"verb:new-{form}"
            yield "verb:new-first" if at == 1 else "verb:new-later"


_DEFAULT: Final = (
    r"\(default|default\)|defaults?\s*[:=]|, default|defaults? to|default is|by default"
    r"|[\w\"'\]] \(?(?:the )?default\b"
)
_FORMS: Final = (
    # What must be in the text in lower case for the pattern to be tried, the pattern, and the feature.
    ("(", r"\b[a-z_]\w{1,60}\((?:\)|[^)\n]{0,200}[\"'=])", "is:call"),
    ("{", r"\{ ?[\"']?\w{1,60}[\"']?:", "is:json"),
    ("[", r"\[ ?[\"'\d]", "is:array"),
    ("default", _DEFAULT, "is:default"),
    ("e.g", r"e\.g\.?", "is:eg"),
    ("example", r"for example|\bexamples?:", "is:eg"),
    ("for instance", r"for instance", "is:eg"),
    ("such as", r"such as", "is:such-as"),
    ("/", r"https?:|\w/\w", "is:url"),
)  # fmt: skip
_VALUE_AFTER: Final = r"(?:e\.g\.?|examples?|such as|\blike|i\.e\.|ex\.)[,:]?[^.\n]{0,30}?[\"'`\[{\d/#@*]"
_VALUE_LEADS: Final = ("e.g", "example", "such as", "like", "i.e.", "ex.")
_ALTERNATIVES: Final = r"[\"'`\]][,;]? ?(?:\||or|and|,) ?[\"'`]"
_NUMBERS: Final = r"\d ?(?:-|–|\.\.|to|and) ?\d"
_CHARACTERS: Final = {"(": "is:bracket", "|": "is:bar", "=": "is:equals", "?": "is:question", ";": "is:semicolon"}
_QUOTES: Final = '`"“'
_CODE: Final = ("```", "{", ">", "$ ", "[", '"', "'", "`")


def form_of(text: str) -> Iterator[str]:
    """Yield the features of how a sentence is written."""
    lower = text.lower()
    for lead, source, feature in _FORMS:
        if lead in lower and pattern(source).search(lower):
            yield feature
    for character, feature in _CHARACTERS.items():
        if character in text:
            yield feature
    yield from _values(text, lower)
    if text.startswith(_CODE):
        yield "is:code-start"
    if "```" in text:
        yield "is:fence"
    if pattern(r"\b[A-Z]{3,}\b").search(text):
        yield "is:capitals"


def _values(text: str, lower: str) -> Iterator[str]:
    """Yield the features of values: quoted, in code, as numbers, as examples."""
    if "default" in lower and not pattern(_DEFAULT).search(lower):
        yield "is:default-noun"
    if any(lead in lower for lead in _VALUE_LEADS) and pattern(_VALUE_AFTER).search(lower):
        yield "is:example-value"
    if any(quote in text for quote in _QUOTES) or "'" in text.replace("n't", ""):
        yield "is:quoted"
        if pattern(_ALTERNATIVES).search(text):
            yield "is:alternatives"
    if ("(" in text or "{" in text or "[" in text) and pattern(r"\w\(|\{|\[").search(text):
        yield "is:code"
    if pattern(r"\d").search(text):
        yield "is:number"
        if pattern(_NUMBERS).search(lower):
            yield "is:number-range"


def words_among(tokens: Sequence[str], weights: Collection[str]) -> Iterator[str]:
    """Yield the features of words and pairs of words that have a weight."""
    before = ""
    for token in tokens:
        if (word := f"word:{token}") in weights:
            yield word
        if before and (pair := f"word:{before} {token}") in weights:
            yield pair
        before = token


def all_words(tokens: Iterable[str]) -> Iterator[str]:
    """Yield every word feature, for fitting."""
    before = ""
    for token in tokens:
        yield f"word:{token}"
        if before:
            yield f"word:{before} {token}"
        before = token


def chinese_in(text: str, words: Lexicon) -> Iterator[str]:
    """Yield the cues of Chinese phrases."""
    if not text.isascii():
        yield from (f"cue:{cue}" for phrase, cue in words.chinese if phrase in text)
