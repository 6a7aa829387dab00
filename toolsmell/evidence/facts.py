"""Finds the facts in a text: numbers, units, values, names, conditions and warnings.  Linear in the text."""

from collections.abc import Collection, Iterable
from re import IGNORECASE
from typing import NamedTuple

from toolsmell.reading.stems import STOP_WORDS
from toolsmell.text import Text, identifier_words, pattern, words_of

_NUMBER = r"(?<![\w.])-?\d+(?:[,_]\d{3})*(?:\.\d+)?(?=$|[^\w]|[A-Za-z%]{1,12}\b)"
_WORDS = dict(
    zip(
        [
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "twenty",
            "thirty",
            "fifty",
            "hundred",
            "thousand",
        ],
        ["2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "20", "30", "50", "100", "1000"],
        strict=True,
    )
)
_UNITS = {
    "ms": "ms millisecond milliseconds msec",
    "s": "second seconds sec secs",
    "min": "minute minutes mins",
    "h": "hour hours hrs",
    "day": "day days",
    "week": "week weeks",
    "month": "month months",
    "year": "year years",
    "byte": "byte bytes",
    "kb": "kb kilobyte kilobytes kib",
    "mb": "mb megabyte megabytes mib",
    "gb": "gb gigabyte gigabytes gib",
    "px": "px pixel pixels",
    "%": "% percent percentage",
    "char": "character characters chars",
    "token": "tokens",
    "m": "meter meters metre metres",
    "km": "km kilometer kilometers kilometre kilometres",
    "mile": "mile miles",
    "cm": "cm centimeter centimeters centimetre centimetres",
    "mm": "mm millimeter millimeters millimetre millimetres",
    "kg": "kg kilogram kilograms",
    "lb": "lb lbs pound pounds",
    "°C": "celsius",
    "°F": "fahrenheit",
    "K": "kelvin kelvins",
    "degree": "degree degrees",
    "radian": "radian radians",
    "cent": "cent cents",
    "usd": "usd dollar dollars",
    "eur": "eur euro euros",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_DIMENSIONS = tuple(
    frozenset(units.split())
    for units in (
        "ms s min h day week month year",
        "byte kb mb gb",
        "m km mile cm mm",
        "kg lb",
        "°C °F K",
        "cent usd eur",
    )
)
"""Units that measure the same."""
_OTHERWISE = frozenset(("char", "token"))
"""Units whose words also mean something that is not counted: an access token, special characters."""
_COUNTED = (
    r"(?:\d|\b(?:in|per|of|many|maximum|max|hundred|thousand|fewer|more|most|least)\b)[ (]{0,2}(?:\w{1,20} )?"
    r"(?:char(?:acter)?s?|tokens)\b"
    r"|\b(?:char(?:acter)?|token)s?[ _-](?:limit|budget|count|length|usage|size)|\b(?:char(?:acter)?|token)s \(?max"
)
_QUOTED = r"`([^`\n]{1,80})`|(?<!\w)\"([^\"\n]{1,80})\"(?!\w)|(?<!\w)'([^'\n]{1,60})'(?!\w)|“([^”\n]{1,80})”"
_IDENTIFIER = r"\b(?:[a-z][a-z0-9]*(?:_[a-z0-9]+)+|[a-z]+[a-z0-9]*(?:[A-Z][a-z0-9]+)+)\b"
_DATE_FORM = r"\b(?:YYYY|yyyy|YY|DD|dd|MM|HH|hh)(?:[-/:.T_ ]?(?:MM|mm|DD|dd|HH|hh|SS|ss|YYYY|yyyy|Z)\b)*"
_LINK = r"\bhttps?://[^\s)>\]}\"'`]{3,300}"

_CONDITION = (
    r"\b(?:must|required?|requires|requiring|only|before|after|first|cannot|can't|unless|until|at most|at least"
    r"|maximum"
    r"|minimum|max|min|limit(?:ed|s)?|need(?:s|ed)?|never|not"
    r"|without(?! (?:\w+ )?(?:reading|having|needing|knowing|opening|loading|downloading)\b)"
    r"|except|instead|prior|already|exceed"
    r"|fails?|error"
    r"|prerequisite|supported|unsupported|optional)\b"
)
_WARNING = (
    r"\b(?:warning|caution|careful|irreversibl[ey]|permanent(?:ly)?|undone|destructive|overwrit(?:e|es|ten|ing)"
    r"|danger(?:ous)?"
    r"|deprecated|billed|charges?|costs?|expensive|slow|rate.limit(?:ed|s)?|loses?|lost)\b"
)
_NEGATION = (
    r"\b(?:not|no|never|none|cannot|can't|doesn't|don't|won't|isn't|without|neither|nor|except|irreversible"
    r"|un\w+ed)\b"
)


class Statement(NamedTuple):
    """A sentence that binds or warns."""

    text: str
    stems: frozenset[str]
    negated: bool
    warning: bool


class Facts(NamedTuple):
    """Facts of a text that a rewrite must neither lose nor invent."""

    numbers: frozenset[str]
    units: frozenset[str]
    values: frozenset[str]
    """What stands in quotes or as code."""
    identifiers: frozenset[str]
    """Words that are written like names: `snake_case`, `camelCase`."""
    links: frozenset[str]
    statements: tuple[Statement, ...]
    lower: str
    """The text in lower case."""


def facts_of(texts: Iterable[str]) -> Facts:
    """Read the facts of several texts, as of one."""
    raw = "\n\n".join(texts)
    links = frozenset(m[0].rstrip(".,;") for m in pattern(_LINK).finditer(raw))
    plain = pattern(_LINK).sub(" ", raw) if links else raw
    return Facts(
        numbers=numbers_of(plain),
        units=units_of(plain),
        values=frozenset(_values(plain)),
        identifiers=frozenset(pattern(_IDENTIFIER).findall(plain)),
        links=links,
        statements=tuple(statements_of(raw)),
        lower=raw.lower(),
    )


def numbers_of(text: str) -> frozenset[str]:
    """Return the numbers in `text`, written alike: `1,000` and `1000.0` are `1000`."""
    found = {_plain(m[0]) for m in pattern(_NUMBER).finditer(text)}
    return frozenset(found)


def spelt_numbers(text: str) -> frozenset[str]:
    """Return the numbers that `text` writes as words."""
    return frozenset(_WORDS[word] for word in words_of(text) if word in _WORDS)


def _plain(number: str) -> str:
    bare = number.replace(",", "").replace("_", "")
    return bare.rstrip("0").rstrip(".") if "." in bare else bare


def units_of(text: str) -> frozenset[str]:
    """Return the units of measure that `text` names."""
    text = pattern(_DATE_FORM).sub(" ", text)
    found = {_UNIT_OF[w] for w in words_of(text) if w in _UNIT_OF and not (w == "second" and _ordinal(text))}
    found.update(
        _UNIT_OF[m[1].lower()]
        for m in pattern(r"\d ?([A-Za-z]{1,3}|%)(?![\w])").finditer(text)
        if m[1].lower() in _UNIT_OF
    )
    if pattern(r"\d ?s\b").search(text):
        found.add("s")
    if not found.isdisjoint(_OTHERWISE) and not pattern(_COUNTED, IGNORECASE).search(text):
        found -= _OTHERWISE
    return frozenset(found)


def same_dimension(unit: str, others: Collection[str]) -> str | None:
    """Return the first of `others` that measures the same as `unit`: time, size, length, weight, money, temperature."""
    dimension = next((units for units in _DIMENSIONS if unit in units), frozenset())
    return min((other for other in others if other in dimension and other != unit), default=None)


def _ordinal(text: str) -> bool:
    return bool(pattern(r"\b(?:the|a) second\b(?! (?:or|after|before))", IGNORECASE).search(text))


def _values(text: str) -> Iterable[str]:
    for match in pattern(_QUOTED).finditer(text):
        value = next(group for group in match.groups() if group is not None).strip()
        if value:
            yield value


def statements_of(text: str) -> Iterable[Statement]:
    """Yield the sentences of `text` that bind or warn."""
    for span in Text(text).sentences:
        lower = span.text.lower()
        warning = bool(pattern(_WARNING).search(lower))
        if warning or pattern(_CONDITION).search(lower):
            yield Statement(span.text, stems_of(span.text), bool(pattern(_NEGATION).search(lower)), warning)


def negated(text: str) -> bool:
    """Return True if a sentence negates something."""
    return bool(pattern(_NEGATION).search(text.lower()))


def stems_of(text: str) -> frozenset[str]:
    """Return the stems of the words that carry meaning: what two wordings of one fact share."""
    words = [w for word in words_of(text) for w in ((word, *identifier_words(word)) if "_" in word else (word,))]
    return frozenset(_stem(w) for w in words if w not in STOP_WORDS and len(w) > 1)


def _stem(word: str) -> str:
    for ending in (
        "ations",
        "ation",
        "ments",
        "ment",
        "ings",
        "ing",
        "ions",
        "ion",
        "ies",
        "ied",
        "es",
        "ed",
        "s",
        "e",
        "y",
    ):
        if len(word) - len(ending) >= 3 and word.endswith(ending):
            return word[: -len(ending)][:6]
    return word[:6]


def mentions(lower: str, name: str) -> bool:
    """Return True if a text in lower case contains `name` as a whole word."""
    name = name.lower()
    at = lower.find(name)
    while at >= 0:
        before, after = lower[at - 1 : at], lower[at + len(name) : at + len(name) + 1]
        if not (before.isalnum() or before == "_") and not (after.isalnum() or after == "_"):
            return True
        at = lower.find(name, at + 1)
    return False


def references_of(lower: str, names: Collection[str]) -> frozenset[str]:
    """Return which of `names`, those of tools, a text in lower case names; a plain word only where it is quoted."""
    found = set()
    for name in names:
        if len(name) < 2 or name.lower() not in lower:
            continue
        plain = name.isalpha() and name.islower()
        if mentions(lower, name) and (not plain or any(f"{q}{name.lower()}{q}" in lower for q in "`'\"")):
            found.add(name)
    return frozenset(found)
