"""A description, read once: its sentences, words, lists, code and script.

Everything here is linear in the length of the text, also for hostile text of a megabyte, and regular
expressions are compiled when they are first needed: a cold start pays for what it uses.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

from toolsmell.cached import cached_property


@cache
def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Compile an own pattern once, when first needed. Patterns from outside must never come here."""
    return re.compile(source, flags)


class Span(NamedTuple):
    """A piece of a text: `text == raw[start:end]`, in code points."""

    start: int
    end: int
    text: str


_WORD = r"[^\W_]+(?:['’][^\W_]+)*"
# The same for ASCII, in half the time.
_ASCII_WORD = r"[a-z0-9]+(?:'[a-z0-9]+)*"
_CAMEL = r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_A-Za-z]+"
_REMEMBERED: Final = 20_000
"""Identifiers that are kept with their words; text of a stranger must not fill the memory."""
_LONG: Final = 80
_BULLET = r"[ \t]*(?:[-*•+]|\(?\d{1,3}[.)])[ \t]+"
_MARKS = frozenset("-*•+(0123456789")
# A heading, `name: ...`, `name (type): ...`, `:param name: ...`, a row of a table.
_LABEL = (
    r"\s*(?:#+\s|[`*]{0,3}\w[\w ]{0,40}[`*]{0,3}(?:\([^()\n]{0,80}\))?[`*]{0,3}:[*]{0,2}\s"
    r"|[:@](?:param|arg|type|returns?|rtype|raises?)\b|\|)"
)
# Where documentation on one line goes on to its next part: `:param name:`, `Args:`, `Returns:`.
_PART = r"(?<=\s)(?:[:@](?:param|arg|returns?|rtype|raises?)\b|(?:Args|Arguments|Parameters|Returns|Raises|Yields):\s)"
_CLOSED = r"(?:</\w{1,20}>)?"
"""A tag that is closed behind a sentence belongs to it."""
_TAG = r"</\w{5,20}>(?=\s+[A-Z])"
"""The tag of a message, such as `</system>`, ends a sentence that has no other mark at its end."""
_CALL = r"(?<=[\"'])\)(?=\s+[A-Z][a-z])"
"""A call with values ends a sentence if the next word begins one: `search(query="x") Returns ...`."""
# Possessive, and only from the first mark of a run: a run of a million marks is read once.
_ASCII_END = rf"(?<![.!?])[.!?]++[\"')\]*`]*+{_CLOSED}(?=\s)|{_CALL}|{_TAG}"
# What is not seen does not hide the end of a sentence either.
_UNSEEN = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_END = rf"(?<![.!?])[.!?]++[\"')\]*`{_UNSEEN}]*+{_CLOSED}(?=\s)|[。！？]+|{_CALL}|{_TAG}"
_LONGEST_DATA: Final = 2_000
"""Characters of code that are kept in one piece: nobody reads further in one sentence, so nothing may be put there."""
_CODE: Final = r"(?<![\w`])`[^`\n]{1,200}`(?![\w`])"
_BRACE: Final = r"[(){}\[\]]"
_DATA: Final = r"\{\s{0,80}(?:[\"']|\w{1,60}: ?[\"'\d{\[])|\[\s{0,80}[\"'{\[]|(?<=\w)\(\s{0,80}(?:[\"'{\[]|\w{1,60}=)"
"""How JSON and the arguments of a call begin; `[FILE]`, `{city}` and `(see below)` are no data."""
_OPENED_BY: Final = {"}": "{", "]": "[", ")": "("}
_CLOSING: Final = frozenset(_OPENED_BY)
_CALLEE: Final = r"[\w.]{1,80}\Z"
# A full stop after one of these does not end a sentence.
_ABBREVIATIONS = frozenset(
    "e.g i.e etc vs cf approx incl excl no nr vol fig resp max min mr mrs ms dr st inc ltd u.s".split()
)
_RANGES = {"han": ("\u3400", "\u9fff"), "kana": ("\u3040", "\u30ff"), "hangul": ("\uac00", "\ud7af")}
_SCRIPTS = ("latin", *_RANGES, "other")
# A table for `bytes.translate`: ASCII letters and digits in lower case, a blank for all else.
_LOWER_WORDS = bytes(
    byte + 32 if 65 <= byte <= 90 else byte if 97 <= byte <= 122 or 48 <= byte <= 57 else 32 for byte in range(256)
)


def has_any(text: str, pieces: Iterable[str]) -> bool:
    """Return True if one of `pieces` is in `text`."""
    for piece in pieces:  # noqa: SIM110  with `any` it takes twice as long
        if piece in text:
            return True
    return False


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 case`, `2,000 cases`."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def words_of(text: str) -> list[str]:
    """Return the words of `text`, lower case; `snake_case` gives two, `camelCase` one."""
    lower = text.lower()
    return pattern(_ASCII_WORD if lower.isascii() else _WORD).findall(lower)


class _Identifiers(dict[str, tuple[str, ...]]):
    """The words of each identifier met so far: rules and signals ask for those of one name again and again."""

    def __missing__(self, name: str) -> tuple[str, ...]:
        words = tuple([word.lower() for word in pattern(_CAMEL).findall(name)])
        if len(self) < _REMEMBERED and len(name) < _LONG:
            self[name] = words
        return words


_IDENTIFIERS: Final = _Identifiers()


def identifier_words(name: str) -> tuple[str, ...]:
    """Split an identifier (`getUserById`, `get-user`, `HTTPServer2`) into its words, lower case."""
    return _IDENTIFIERS[name]


def ascii_words(json_text: str) -> frozenset[bytes]:
    """Return the distinct runs of ASCII letters and digits of a JSON text, lower case; line breaks part them too.

    Three times as fast as a pattern: it is asked of everything that a server sends.
    """
    plain = json_text.replace("\\n", " ").replace("\\t", " ").replace("\\r", " ")
    return frozenset(plain.encode("ascii", "replace").translate(_LOWER_WORDS).split())


def last_word(name: str) -> str:
    """Return the last word of an identifier, lower case: `identifier_words(name)[-1]`, at a fraction of the price.

    A run of capitals or digits at the end counts as part of it, and only the last eighty characters are looked at.
    """
    tail = name[-80:].rsplit("_", 1)[-1].rsplit("-", 1)[-1]
    if tail.islower():
        return tail
    for at in range(len(tail) - 1, 0, -1):
        if tail[at].isupper() and tail[at - 1].islower():
            return tail[at:].lower()
    return tail.lower()


class Text:
    """A text and its readings. Make one for each description and pass it on: every reading is made once."""

    def __init__(self, raw: str) -> None:
        self.raw = raw

    @cached_property
    def lower(self) -> str:
        """The text in lower case, for cheap literal tests before a pattern is used."""
        return self.raw.lower()

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words in order, lower case."""
        return tuple(words_of(self.raw))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The distinct words, lower case."""
        return frozenset(self.words)

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """The lines without their ends; blank ones are left out."""
        return tuple(_lines(self.raw))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences and list items, in order. A line break ends one if a blank line or a list follows."""
        return tuple(_sentences(self.raw))

    @cached_property
    def bullets(self) -> tuple[Span, ...]:
        """The list items, without their marks."""
        marks = (pattern(_BULLET).match(line.text) for line in self.lines)
        return tuple(
            Span(line.start + mark.end(), line.end, line.text[mark.end() :])
            for line, mark in zip(self.lines, marks, strict=True)
            if mark
        )

    @cached_property
    def script(self) -> str:
        """`latin`, `han`, `kana`, `hangul` or `other`, by most of the letters; `none` without letters."""
        return _script(self.raw)


def _lines(raw: str) -> Iterator[Span]:
    start = 0
    for line in raw.splitlines(keepends=True):
        body = line.rstrip()
        if body:
            yield Span(start, start + len(body), body)
        start += len(line)


def _sentences(raw: str) -> Iterator[Span]:
    # A line break is not printable: a printable text is one line.
    single = raw.isprintable() and not _bulleted(raw)
    kept = _kept(raw)
    for start, end in ((0, len(raw)),) if single else _blocks(raw, kept):
        if raw[start : start + 1] == "|" and not single:
            # A row of a table is one piece; the line below its head says nothing.
            if pattern(r"\w").search(raw, start, end):
                yield from _trimmed(raw, start, end)
            continue
        begin = start
        for stop in _ends(raw, start, end):
            if kept and _inside(kept, stop):
                continue
            yield from _trimmed(raw, begin, stop)
            begin = stop
        yield from _trimmed(raw, begin, end)


def _kept(raw: str) -> list[tuple[int, int]]:
    """Return the pieces of code and data that no sentence ends in, in order; none is in another. Linear in the text."""
    found = [match.span() for match in pattern(_CODE).finditer(raw)] if "`" in raw else []
    if has_any(raw, _OPENED_BY.values()):
        found.extend(_data(raw))
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
        elif end > kept[-1][1]:
            kept[-1] = (kept[-1][0], end)
    return kept


def _data(raw: str) -> Iterator[tuple[int, int]]:
    """Yield the outermost pairs of brackets that hold data; a bracket without its other half is passed over."""
    pairs: list[tuple[int, int]] = []
    is_data = pattern(_DATA).match
    for begin, end in _pairs(raw):
        if end - begin <= _LONGEST_DATA and is_data(raw, begin):
            while pairs and pairs[-1][0] > begin:
                pairs.pop()
            pairs.append((begin, end))
    for begin, end in pairs:
        name = pattern(_CALLEE).search(raw, max(0, begin - 80), begin) if raw[begin] == "(" else None
        yield (name.start() if name else begin), end


def _pairs(raw: str) -> Iterator[tuple[int, int]]:
    """Yield where each pair of brackets begins and ends, the inner one first."""
    opened: list[int] = []
    count = dict.fromkeys(_OPENED_BY.values(), 0)
    for match in pattern(_BRACE).finditer(raw):
        brace = match[0]
        if brace in count:
            opened.append(match.start())
            count[brace] += 1
        elif count[_OPENED_BY[brace]]:
            begin = -1
            while begin < 0 or raw[begin] != _OPENED_BY[brace]:
                begin = opened.pop()
                count[raw[begin]] -= 1
            yield begin, match.end()


def _inside(kept: list[tuple[int, int]], at: int) -> bool:
    """Return True if a place is within a piece of code or data."""
    number = bisect_left(kept, (at,))
    return number > 0 and at < kept[number - 1][1]


def _blocks(raw: str, kept: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield paragraphs and list items: what a sentence cannot cross. A wrapped line continues its block."""
    ends = {end for _, end in kept}
    start: int | None = None
    at = end = 0
    gap = False
    for line in raw.splitlines(keepends=True):
        body = line.rstrip()
        if not body:
            gap = True
        elif kept and start is not None and _inside(kept, at):
            end = at + len(body)
            gap = False
        else:
            mark = _bulleted(body)
            data = raw[end - 1 : end] in _CLOSING and end in ends
            if start is not None and (gap or mark or data or raw[end - 1] == ":" or _labelled(body)):
                yield start, end
                start = None
            if start is None:
                start = at + mark
            end = at + len(body)
            gap = False
        at += len(line)
    if start is not None:
        yield start, end


def _bulleted(line: str) -> int:
    """Return the length of the list mark that `line` begins with, or 0."""
    head = line[:1]
    if head.isspace():
        head = line.lstrip()[:1]
    if not head or head not in _MARKS:
        return 0
    match = pattern(_BULLET).match(line)
    return match.end() if match else 0


def _labelled(line: str) -> bool:
    """Return True if `line` begins something new by its form: a heading, `name: ...`, or an announcement."""
    if ":" not in line and "#" not in line and "@" not in line and "|" not in line:
        return False
    return line.endswith(":") or pattern(_LABEL).match(line) is not None


def begin_of_line(raw: str, at: int, most: int = 200) -> int:
    """Return where the line of a place begins, or `most` characters before: a line of a megabyte has many places."""
    nearest = max(0, at - most)
    return max(nearest, raw.rfind("\n", nearest, at) + 1)


def _ends(raw: str, start: int, end: int) -> Iterator[int]:
    documented = ":" in raw or "@" in raw
    parts = (match.start() for match in pattern(_PART).finditer(raw, start, end)) if documented else iter(())
    part = next(parts, end)
    for match in pattern(_ASCII_END if raw.isascii() else _END).finditer(raw, start, end):
        if raw[match.start()] == "." and _abbreviated(raw, start, match.start()):
            continue
        while part < match.end():
            yield part
            part = next(parts, end)
        yield match.end()
    while part < end:
        yield part
        part = next(parts, end)


def _abbreviated(raw: str, start: int, stop: int) -> bool:
    nearest = max(start, stop - 12)
    begin = max(start, raw.rfind(" ", nearest, stop) + 1, raw.rfind("(", nearest, stop) + 1)
    return raw[begin:stop].lower() in _ABBREVIATIONS


def _trimmed(raw: str, start: int, end: int) -> Iterator[Span]:
    piece = raw[start:end]
    body = piece.strip()
    if body:
        at = start + len(piece) - len(piece.lstrip())
        yield Span(at, at + len(body), body)


def _script(raw: str) -> str:
    if raw.isascii():
        return "latin" if pattern(r"[A-Za-z]").search(raw) else "none"
    ascii_letters = sum(map(len, pattern(r"[A-Za-z]+").findall(raw)))
    counts = Counter(_script_of(c) for c in pattern(r"[^\x00-\x7f]").findall(raw) if c.isalpha())
    counts["latin"] += ascii_letters
    if counts["kana"] * 10 > counts["han"] > 0:
        return "kana"
    best = max(_SCRIPTS, key=lambda name: counts[name])
    return best if counts[best] else "none"


def _script_of(c: str) -> str:
    if c < "\u0250":
        return "latin"
    return next((name for name, (low, high) in _RANGES.items() if low <= c <= high), "other")
