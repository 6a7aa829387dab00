"""Extracts the features of a sentence, from which its statement kinds are predicted.

A feature is a name. `cue:...` is a group of phrases, `verb:...` a verb of change and its form, `is:...` the form or the
place of the sentence, and `word:...` one word or two in a row. `rubrics/statements.json` says what each weighs.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

from toolsmell.reading.leads import by_lead, led
from toolsmell.reading.lexicon import Lexicon, Trie
from toolsmell.reading.stems import stems_of
from toolsmell.text import has_any, pattern

LONGEST: Final = 2_000
"""Characters of one sentence that are read."""
LONGEST_RUN: Final = 3
"""Words in a row that are weighed together, at most."""

_PIECE: Final = r"[A-Za-z]\w{0,80}(?:['’.-]\w{1,80}){0,12}|\d+|[,;:(\[{|=?!—–]| - "
"""A word with what glues it to the next one (`list-users`, `e.g`, `don't`), a number, or a mark that opens a clause."""
_PART: Final = r"@[a-z]+|[a-z]+(?:'[a-z]+)?|\d+"
_COMPOUND: Final = r"[A-Za-z0-9]_[A-Za-z0-9]|[a-z][A-Z]"
_CALLED: Final = frozenset("use call run see try".split())
"""A word after one of these is the name of a sibling if one has it."""
_PRODUCT: Final = r"(?<=[a-z,(] )([A-Z][a-z]+) (?:Assistant|Agent|Model)s?\b"
"""`Home Assistant` within a sentence is the name of a product, not the reader of the text."""
_ADDRESS: Final = r"[a-z]{2,12}://[^\s)>\]\"'`]{1,2000}"
"""The words of an address say nothing: `https://acme.example/docs/limits` is no limit."""
_COUNTRY: Final = r"\bUS\b"
"""`US` in a sentence with lower-case letters is the country, not the pronoun."""
_LONG_NAME: Final = 8
"""The name of a sibling that is one plain word counts as a name only from this length on."""
_REMEMBERED: Final = 50_000
"""Words that are kept with their parts; text of a stranger must not fill the memory."""
_BEFORE_PASSIVE: Final = frozenset("is are be been gets get being was were automatically also permanently".split())
_BEFORE: Final = {
    **dict.fromkeys(("and", "then", "or"), "and"),
    **dict.fromkeys(("not", "don't", "doesn't", "without", "never", "won't", "cannot"), "not"),
    **dict.fromkeys(("will", "would", "also", "automatically", "immediately"), "will"),
}


class Names(NamedTuple):
    """The identifiers with a meaning for one tool."""

    tool: str
    parameters: Mapping[str, object]
    siblings: Mapping[str, object]

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


class SentenceWords(NamedTuple):
    """The words of a sentence."""

    words: list[str]
    """Words between `^` and `$`; a number is `#`, and an identifier is what it stands for."""
    openings: set[str]
    """The first words of clauses, after a comma, a colon, a bracket or a dash."""


class _Parts(dict[str, tuple[str, ...]]):
    """The words in each token met so far: `read-only` is two, and an identifier `@name`."""

    def __missing__(self, token: str) -> tuple[str, ...]:
        if token[0].isdigit():
            return ("#",)
        if pattern(_COMPOUND).search(token):
            found: tuple[str, ...] = ("@name",)
        else:
            lower = pattern(_COUNTRY).sub("usa", token).lower().replace("’", "'")
            found = tuple("#" if part[0].isdigit() else part for part in pattern(_PART).findall(lower))
        if len(self) < _REMEMBERED:
            self[token] = found
        return found


_MARKS: Final = frozenset((*",;:([{|=?!—–", " - "))
_PARTS: Final = _Parts(dict.fromkeys(_MARKS, ()))
_parts_of: Final = _PARTS.__getitem__


def tokens_of(text: str, names: Names) -> SentenceWords:
    """Return the words of a sentence."""
    if "Assistant" in text or "Agent" in text or "Model" in text:
        text = pattern(_PRODUCT).sub(r"\1", text)
    if "US" in text and text.isupper():
        text = text.lower()
    if "://" in text:
        text = pattern(_ADDRESS).sub("", text)
    found = pattern(_PIECE).findall(text)
    if not (names.siblings.keys().isdisjoint(found) and names.parameters.keys().isdisjoint(found)):
        return _tokens(list(_with_roles(text, names)))
    return _tokens(found)


def _tokens(found: Sequence[str]) -> SentenceWords:
    words = ["^", *chain.from_iterable(map(_parts_of, found)), "$"]
    return SentenceWords(words, set() if _MARKS.isdisjoint(found) else set(_openings(found)))


def _openings(found: Iterable[str]) -> Iterator[str]:
    """Yield the first word after each mark that opens a clause."""
    opened = False
    for token in found:
        if token in _MARKS:
            opened = True
        elif opened:
            yield _PARTS[token][0]
            opened = False


def _with_roles(text: str, names: Names) -> Iterator[str]:
    """Yield the tokens of a sentence that has a name of the tool's or the server's: what it stands for in its place."""
    before = ""
    for match in pattern(_PIECE).finditer(text):
        token = match[0]
        sibling = token in names.siblings
        if sibling and token != names.tool and before in _CALLED:
            yield "@tool"
        elif sibling or token in names.parameters:
            quoted = match.start() > 0 and text[match.start() - 1] in "`'\""
            yield names.role(token, quoted) or token
        else:
            yield token
        before = token.lower()


def runs_among(words: Sequence[str], runs: Trie) -> set[int]:
    """Return the numbers of the runs of words that occur in `words`. Linear: a run has six words at most."""
    found: set[int] = set()
    size = len(words)
    for at, node in enumerate(map(runs.get, words), 1):
        while node is not None:
            if node.__class__ is int:
                found.add(node)
                break
            if "" in node:
                found.add(node[""])
            if at == size:
                break
            node = node.get(words[at])
            at += 1
    return found


def verbs_among(tokens: Sequence[str], verbs: Mapping[str, str], own: Collection[str]) -> Iterator[str]:
    """Yield the features of verbs of change; `own` are the words of the tool's name."""
    if verbs.keys().isdisjoint(tokens):
        return
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
            if before == "and" and at > 2 and tokens[at - 2] not in verbs:
                yield "verb:then-new"
            yield f"verb:new-{form}"
            yield "verb:new-first" if at == 1 else "verb:new-later"


_DEFAULT: Final = (
    r"\(default|default\)|defaults?\s*[:=]|, default|defaults? to|default is|by default"
    r"|[\w\"'\]] \(?(?:the )?default\b"
)
_FORMS: Final = by_lead(
    (
        # What must be in the text in lower case for the pattern to be tried, the pattern, and the feature.
        ("(", (r"\b[a-z_]\w{1,60}\((?:\)|[^)\n]{0,200}[\"'=])", "is:call")),
        ("{", (r"\{ ?[\"']?\w{1,60}[\"']?:", "is:json")),
        ("[", (r"\[ ?[\"'\d]", "is:array")),
        ("default", (_DEFAULT, "is:default")),
        ("e.g", (r"e\.g\.?", "is:eg")),
        ("example", (r"for example|\bexamples?:", "is:eg")),
        ("for instance", (r"for instance", "is:eg")),
        ("such as", (r"such as", "is:such-as")),
        (" or ", (r"\b[\w.+-]{1,20}(?:, [\w.+-]{1,20}){1,9},? or [\w.+-]", "is:choice")),
        ("/", (r"https?:|\w/\w", "is:url")),
    )
)
_VALUE_AFTER: Final = r"(?:e\.g\.?|examples?|such as|\blike|i\.e\.|ex\.)[,:]?[^.\n]{0,30}?[\"'`\[{\d/#@*]"
_VALUE_LEADS: Final = ("e.g", "example", "such as", "like", "i.e.", "ex.")
_ALTERNATIVES: Final = r"[\"'`\]][,;]? ?(?:\||or|and|,) ?[\"'`]"
_NUMBERS: Final = r"\d ?(?:-|–|\.\.|to|and) ?\d"
_CHARACTERS: Final = {"(": "is:bracket", "|": "is:bar", "=": "is:equals", "?": "is:question", ";": "is:semicolon"}
_QUOTES: Final = '`"“'
_SINGLE_QUOTED: Final = r"(?<!\w)'[^'\n]{1,200}'(?!\w)"
"""An apostrophe within a word (`the user's`, `l'appel`) is no quotation mark."""
_CODE: Final = ("```", "{", ">", "$ ", "[", '"', "'", "`")


def form_of(text: str) -> Iterator[str]:
    """Yield the features of how a sentence is written."""
    lower = text.lower()
    for source, feature in led(lower, _FORMS):
        if pattern(source).search(lower):
            yield feature
    for character, feature in _CHARACTERS.items():
        if character in text:
            yield feature
    yield from _values(text, lower)
    if text.startswith(_CODE):
        yield "is:code-start"
    if "```" in text:
        yield "is:fence"
    if not text[1:].islower() and pattern(r"\b[A-Z]{3,}\b").search(text):
        yield "is:capitals"


def _values(text: str, lower: str) -> Iterator[str]:
    """Yield the features of values: quoted, in code, as numbers, as examples."""
    if "default" in lower and not pattern(_DEFAULT).search(lower):
        yield "is:default-noun"
    if has_any(lower, _VALUE_LEADS) and pattern(_VALUE_AFTER).search(lower):
        yield "is:example-value"
    if has_any(text, _QUOTES) or ("'" in text and pattern(_SINGLE_QUOTED).search(text)):
        yield "is:quoted"
        if pattern(_ALTERNATIVES).search(text):
            yield "is:alternatives"
    if ("(" in text or "{" in text or "[" in text) and pattern(r"\w\(|\{|\[").search(text):
        yield "is:code"
    if pattern(r"\d").search(text):
        yield "is:number"
        if pattern(_NUMBERS).search(lower):
            yield "is:number-range"


def all_words(tokens: SentenceWords) -> Iterator[str]:
    """Yield every feature of words, for fitting."""
    words = tokens.words
    for size in range(1, LONGEST_RUN + 1):
        yield from (f"word:{' '.join(words[at : at + size])}" for at in range(len(words) - size + 1))
    yield from (f"opens:{word}" for word in tokens.openings)


def chinese_in(text: str, words: Lexicon) -> Iterator[str]:
    """Yield the cues of Chinese phrases."""
    yield from (cue for phrase, cue in words.chinese if phrase in text)
