"""Decides which parameters a sentence explains; a mention of the name is not enough."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from math import fsum
from typing import Final, NamedTuple

from toolsmell.reading.sections import Stand
from toolsmell.reading.spelled_names import USE, WORD, is_a_name, is_meant, is_missed
from toolsmell.reading.stems import in_text, stems_in_name, stems_of
from toolsmell.schema.reader import Parameter, choices_of
from toolsmell.text import has_any, identifier_words, last_word, pattern

MOST: Final = 40
"""Limit of the parameters that are considered for one sentence."""
_AFTER: Final = r"[`*\"']{0,3}\s{0,12}(?:\([^()\n]{0,120}\))?[`*]{0,3}\s?(?:[:：](?!=)|\s[-–—]\s)"
_TYPED: Final = r"[`*\"']{0,3}\s?\((?:[\w|\[\]. -]{1,30})(?:, ?(?:optional|required))?\)[`*]{0,3}\s?(?:,|;|$|and\b)"
_ASSIGNED: Final = r"[`*]{0,2}\s?=(?!=)"
_KEY: Final = r"[\"']\s?:"
_CHECKED: Final = 20
_BY: Final = r"\b(?:by|via|using) (?:(?:its|the|their|a|an|your) )?(?:[\w-]+ )?[`'\"]?$"
_GIVEN: Final = r"\b(?:given|specified|specific|provided|particular|in the|in a|for the|for a) (?:[\w-]+ )?[`'\"]?$"
_NAMED_THEN: Final = (
    r"[\w`'\"$.-]+ (?:(?:and|or) [\w`'\"$.-]+ )?(?:parameters? |arguments? |fields? )?"
    r"(?:is|are|must|can|should|may|defaults?"
)
_THEN: Final = _NAMED_THEN + r"|accepts?|controls?|takes?|selects?|determines?)\b"
_THEN_OF_ONE: Final = _NAMED_THEN + r")\b"
"""`Large years take minutes` tells how things are, not what a parameter takes."""
_TO: Final = r"[\w`'\"$.-]+(?:=\S{1,40})? (?:parameters? |arguments? |fields? |query )?(?:to|for|when|if|as)\b"
_TELLING: Final = frozenset(("limit", "default", "prerequisite", "example", "result", "when", "effect", "purpose"))
_NEAR: Final = 24
MISSED: Final = "missed"
"""The feature of a word that a sentence only has for a thing that is missing; it explains nothing."""
_NEVER: Final = frozenset(("key", "passed", "typed", "part"))
"""A value in an example call, a key of JSON, a bare type and a part of another name explain nothing."""
_PASSED: Final = frozenset(("assigned", "label"))
_MEANT: Final = frozenset(("plain", "phrase", "stems", "assigned"))
"""Ways to speak of a parameter that say nothing of it within the text about another."""
_ARGUMENTS: Final = (
    r"\W{0,4}(?:[Ee]xamples?:? ?)?\W{0,4}[A-Za-z_$][\w$-]{0,80}=(?:\"[^\"\n]{0,80}\"|'[^'\n]{0,80}'|[\w.\[\]{}-]{1,40})"
    r"\W{0,3}(?:$|\n|, ?[\w$-]{1,80}=| (?:[-–—]|->|or [\w$-]{1,80}=))"
)
"""A sentence that begins with the arguments of a call."""
_AROUND_NAMES: Final = stems_of(
    """required optional optionally requires require needs need mandatory necessary provide provided given specify
    specified set supply supplied pass parameter parameters param argument arguments args field input takes accept
    accepts expects name names id ids identify command following option""".split(),
    ascii_only=True,
)
"""Words of a sentence that lists parameters without a word about them."""
IMPLICIT: Final = frozenset(("plain", "phrase", "stems"))
"""Ways to speak of a parameter in which the words may mean something else."""
_OF_THINGS: Final = frozenset(("implicit&own", "implicit&result", "implicit&given"))
_OF_TOOLS: Final = frozenset(("implicit&first", "implicit&result", "implicit&own", "implicit&purpose"))
_OF_PARAMETERS: Final = frozenset(
    f"implicit&{sign}"
    for sign in ("by", "default", "limit", "value", "gloss", "takes", "then", "use", "prerequisite", "example")
)
"""What tells that plain words in a sentence about the tool itself are about a parameter. In the labelled descriptions
of `benchmarks/labels`, readers found an explanation in 55 of 711 mentions without one of these."""
_OTHER: Final = frozenset(("when", "when_not", "steering"))
"""Kinds of sentences whose words mean things, not parameters, unless they also say what a parameter does."""
_OF_VALUES: Final = frozenset(("limit", "default", "prerequisite"))
_LIST: Final = 4
"""A sentence that names at least this many parameters is a list."""
_TAKES: Final = r"\W*(?:accepts?|takes?|provide|specify|pass|set|supply|requires?|you can|use|given|input|supports?)\b"
_OPTIONS: Final = 2
"""So many values of one parameter in a sentence speak of the parameter."""


class Known(NamedTuple):
    """The parameters of one tool, ready to be found in sentences."""

    by_name: Mapping[str, Parameter]
    by_value: Mapping[str, str]
    """Values that the schema of one parameter alone allows, each with the name of the parameter."""
    by_stem: Mapping[str, Sequence[tuple[str, AbstractSet[str]]]]
    """By the longest stem of their names: each name with all of its stems."""
    stems: AbstractSet[str]
    """The stems of all names."""
    name_stems: AbstractSet[str]
    """The stems of the tool's own name."""
    values: Mapping[str, Sequence[str]]
    """The first values that the schema of each parameter allows."""


class Mention(NamedTuple):
    """A parameter that a sentence may explain, with the evidence for it."""

    name: str
    features: set[str]


_WORD_OF_TEXT: Final = r"(?<![\w./$\\-])[a-z]"
"""The begin of a word that is no part of an identifier, a path or an address."""
_END_OF_WORD: Final = r"[a-z]{0,3}(?![\w=(])"
"""The end of a noun or a form of it, behind which no identifier, value or argument follows."""
_REMEMBERED: Final = 20_000
_LONG: Final = 80


class _NameStems(NamedTuple):
    """The stems of the name of a parameter."""

    all: frozenset[str]
    telling: frozenset[str]
    """Those of its words; `pullRequest` in one piece is no word of a sentence."""
    longest: str
    """The longest of `telling`."""


class _Stems(dict[str, _NameStems]):
    """The stems of each parameter's name met so far: servers give the same names again and again."""

    def __missing__(self, name: str) -> _NameStems:
        stems = frozenset(stems_in_name(name))
        telling = frozenset(stems_of(identifier_words(name))) or stems
        found = _NameStems(stems, telling, max(sorted(telling), key=len, default=""))
        if len(self) < _REMEMBERED and len(name) < _LONG:
            self[name] = found
        return found


_stems: Final = _Stems().__getitem__


class _Said(NamedTuple):
    """One sentence as its mentions are judged by it."""

    text: str
    stems: AbstractSet[str]
    stand: Stand
    first: bool
    says: Collection[str]
    takes: bool
    """Whether it opens with a verb of what is passed."""
    about: Known


def known(parameters: Sequence[Parameter], name_stems: AbstractSet[str]) -> Known:
    """Prepare the parameters of a tool."""
    by_stem: dict[str, list[tuple[str, AbstractSet[str]]]] = defaultdict(list)
    every: set[str] = set()
    for parameter in parameters:
        stems = _stems(parameter.name)
        every |= stems.all
        if stems.all:
            by_stem[stems.longest].append((parameter.name, stems.telling))
    values = {p.name: choices_of(p.schema)[:_CHECKED] for p in parameters}
    return Known({p.name: p for p in parameters}, _by_value(values), by_stem, every, name_stems, values)


def _by_value(values: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the values that only one parameter allows, without the names of parameters: `sort` may be `author`."""
    found: dict[str, str] = {}
    for name, allowed in values.items():
        for value in allowed:
            found[value] = "" if found.get(value, name) != name else name
    return {value: name for value, name in found.items() if name and value not in ("true", "false", *values)}


def mentions(
    text: str, stems: AbstractSet[str], stand: Stand, index: int, says: Collection[str], about: Known
) -> Iterator[Mention]:
    """Yield the parameters that a sentence may explain."""
    if not about.by_name:
        return
    # Few names are looked for in the text one by one; of many, that would take their number times that of sentences.
    may_name = about.by_value or len(about.by_name) > MOST or has_any(text, about.by_name)
    words = dict.fromkeys(pattern(WORD).findall(text) if may_name else ())
    told = dict.fromkeys(filter(about.by_name.__contains__, words), "name")
    if about.by_value:
        for name in _by_options(words, about.by_value):
            told.setdefault(name, "value")
    if stand.under is not None:
        told.setdefault(stand.under, "under")
    for name in _unnamed(text, stems, told, about):
        told[name] = "stems"
    if not told or _only_names(text, stems, stand, about):
        return
    takes = pattern(_TAKES).match(text[:_NEAR].lower()) is not None
    said = _Said(text, stems, stand, index == 0, says, takes, about)
    many = len(told) >= _LIST
    elsewhere = not _OTHER.isdisjoint(says) and _OF_VALUES.isdisjoint(says)
    places = _places(text) if "name" in told.values() else {}
    given = pattern(_ARGUMENTS).match(text) is not None
    for name, way in list(told.items())[:MOST]:
        way, at = _way(name, way, text, stand, places.get(name, -1))
        named = way == "plain" and is_a_name(text, at, at + len(name), about.by_name)
        if named or (way in IMPLICIT and is_meant(name, text, about.by_name)):
            way = "named"
        if (
            way not in _NEVER
            and not _only_shown(name, way, at, said, given=given)
            and not (elsewhere and way in IMPLICIT)
        ):
            evidence = set(_evidence(name, way, at, said))
            if way in IMPLICIT and (_means_a_thing(evidence) or _tells_of_another(name, evidence, text, told)):
                continue
            if way in IMPLICIT and is_missed(name, text):
                evidence.add(MISSED)
            yield Mention(name, {*evidence, "many"} if many else evidence)


def _places(text: str) -> dict[str, int]:
    """Return where each word of a text is first."""
    found: dict[str, int] = {}
    for match in pattern(WORD).finditer(text):
        found.setdefault(match[0], match.start())
    return found


def _by_options(words: Mapping[str, None], by_value: Mapping[str, str]) -> Iterator[str]:
    """Yield the parameters whose values a sentence begins with or has several of."""
    found = [by_value[word] for word in words if word in by_value]
    if not found:
        return
    first = by_value.get(next(iter(words)))
    yield from dict.fromkeys(name for name in found if name == first or found.count(name) >= _OPTIONS)


def _unnamed(text: str, stems: AbstractSet[str], seen: Collection[str | None], about: Known) -> Iterator[str]:
    """Yield the parameters whose names a sentence writes as words."""
    if about.by_stem.keys().isdisjoint(stems):
        return
    for stem in sorted(stems & about.by_stem.keys()):
        for name, own in about.by_stem[stem][:MOST]:
            if name not in seen and own <= stems and _together(text, own):
                yield name


def _together(text: str, stems: AbstractSet[str]) -> bool:
    """Return True if the words of a name stand near each other in a sentence."""
    lower = text.lower()
    places = [lower.find(in_text(stem)) for stem in stems]
    return len(places) < 2 or max(places) - min(places) <= _NEAR


def _evidence(name: str, way: str, at: int, said: _Said) -> Iterator[str]:
    """Yield what speaks for or against an explanation."""
    yield way
    implicit = "implicit" if way in IMPLICIT else "explicit"
    for kind in said.says:
        if kind in _TELLING:
            yield f"{implicit}&{kind}"
    if said.first:
        yield f"{implicit}&first"
    if at >= 0:
        yield from (f"{implicit}&{place}" for place in _around(said.text, at, len(name)))
    own = _stems(name).all
    if said.stems <= own:
        yield f"{implicit}&empty"
    if own <= said.about.name_stems:
        yield f"{implicit}&own"
    if len(said.about.by_name) == 1:
        yield f"{implicit}&single"
    if said.takes:
        yield f"{implicit}&takes"
    if way != "value" and _has_value(name, said):
        yield f"{implicit}&value"
    if implicit == "implicit":
        yield f"noun:{last_word(name)}"


def _way(name: str, way: str, text: str, stand: Stand, at: int) -> tuple[str, int]:
    """Return the way in which a sentence names a parameter, and the position; -1 if there is no single one."""
    if way == "stems":
        lower, phrase = text.lower(), " ".join(identifier_words(name))
        at = _spoken_at(lower, phrase)
        return ("phrase" if at >= 0 else "part" if phrase in lower else way), at
    if way != "name":
        return way, -1
    if stand.label == name:
        return "label", -1
    end = at + len(name)
    quoted = at > 0 and text[at - 1] in "`'\""
    if quoted and pattern(_KEY).match(text, end):
        return "key", at
    if pattern(_ASSIGNED).match(text, end):
        return ("passed" if text.rfind("(", 0, at) > text.rfind(")", 0, at) else "assigned"), at
    if pattern(_TYPED).match(text, end):
        return "typed", at
    if pattern(_AFTER).match(text, end):
        return ("heading" if stand.heading else "inline"), at
    if quoted or "_" in name or "-" in name or not (name.islower() or name.istitle()):
        return "named", at
    return "plain", at


def _means_a_thing(evidence: AbstractSet[str]) -> bool:
    """Return True if plain words are no word about a parameter: `Bills are paid`, `Moves a ship to another pier`."""
    if "implicit&inflected" in evidence and not _OF_THINGS.isdisjoint(evidence):
        return True
    return _OF_PARAMETERS.isdisjoint(evidence) and not _OF_TOOLS.isdisjoint(evidence)


def _tells_of_another(name: str, evidence: AbstractSet[str], text: str, told: Collection[str]) -> bool:
    """Return True if a form of a name stands in a sentence that another parameter opens: `Patterns match paths`."""
    if "implicit&inflected" not in evidence:
        return False
    opening = text[:_NEAR].lower().removeprefix("the ")
    return any(opening.startswith(other.lower()) for other in told if other != name)


def _only_shown(name: str, way: str, at: int, said: _Said, *, given: bool) -> bool:
    """Return True if a name is an argument of an example, a field of an object, or meant in the text of another."""
    text, stand, names = said.text, said.stand, said.about.by_name
    if way in _PASSED and given:
        return True
    if way in _MEANT and name not in (stand.label, stand.under) and not {stand.label, stand.under}.isdisjoint(names):
        return True
    return way != "label" and (_within(text, at, "{", "}") or _within(text, at, "[", "]"))


def _within(text: str, at: int, opening: str, closing: str) -> bool:
    """Return True if a place is between brackets of this kind; -1 is no place."""
    return at > 0 and text.rfind(opening, 0, at) > text.rfind(closing, 0, at)


def _only_names(text: str, stems: AbstractSet[str], stand: Stand, about: Known) -> bool:
    """Return True if a sentence lists parameters and says nothing of them: `You must specify a host and a port`."""
    if stand.label in about.by_name or not text.isascii() or pattern(r"\d|[a-z] by ").search(text):
        return False
    return stems <= about.stems | _AROUND_NAMES


def _spoken_at(lower: str, phrase: str) -> int:
    """Return where a text first has the words of a name as words of a sentence; -1 if nowhere."""
    for match in islice(pattern(_WORD_OF_TEXT).finditer(lower), _CHECKED * MOST):
        at = match.start()
        if lower.startswith(phrase, at) and pattern(_END_OF_WORD).match(lower, at + len(phrase)):
            return at
    return -1


def _around(text: str, at: int, size: int) -> Iterator[str]:
    """Yield features of the words around a name: `by name`, or the name as the subject of the sentence."""
    before = text[max(0, at - 40) : at].lower()
    if pattern(_BY).search(before):
        yield "by"
    if pattern(_GIVEN).search(before):
        yield "given"
    if pattern(USE).search(before):
        yield "use"
    after = text[at : at + 100].lower()
    if pattern(_TO).match(after):
        yield "to"
    if before.strip(" `*'\"-") in ("", "the"):
        yield "subject"
    inflected = after[size : size + 1].isalpha()
    then = pattern(_THEN_OF_ONE if inflected else _THEN).match(after[:60]) is not None
    if then:
        yield "then"
    if before.endswith(("(", "(`", "('")):
        yield "bracketed"
    if inflected:
        yield "inflected"
    rest = after[size:].lstrip("`'\"s")
    if rest.startswith(" ("):
        yield "gloss"
    elif rest.startswith((" of ", " from ", " in ", " as ", " that ", " to ")):
        yield "detail"
    elif not then and (rest.startswith((".", ",", " and ", " or ")) or not rest):
        yield "bare"


def _has_value(name: str, said: _Said) -> bool:
    """Return True if a sentence has a value that the schema allows, or its default."""
    values = said.about.values[name]
    schema = said.about.by_name[name].schema
    if isinstance(schema, dict):
        default = schema.get("default")
        if isinstance(default, (str, int, float)) and not isinstance(default, bool) and default != "":
            values = (*values, str(default))
    return any(value and value in said.text for value in values)


def explained(found: Collection[Mention], weights: Mapping[str, float]) -> tuple[str, ...]:
    """Return the names that are explained, in order."""
    base = weights.get("", 0.0)
    # An exact sum: that of a set in any order may end on either side of 0 from run to run.
    odds = [
        (m.name, fsum([base, *[weights.get(f, 0.0) for f in m.features]])) for m in found if MISSED not in m.features
    ]
    return tuple([name for name, value in odds if value > 0])


def implied(found: Collection[Mention], explained: Collection[str]) -> tuple[str, ...]:
    """Return the names among `explained` that are only meant by plain words: `the issue` may be no `issue`."""
    return tuple(m.name for m in found if m.name in explained and not IMPLICIT.isdisjoint(m.features))
