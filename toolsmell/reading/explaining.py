"""Decides which parameters a sentence explains; a mention of the name is not enough."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from toolsmell.reading.sections import Stand
from toolsmell.reading.stems import stems_in_name
from toolsmell.schema.reader import Parameter, choices_of
from toolsmell.text import identifier_words, pattern

MOST: Final = 40
"""Limit of the parameters that are considered for one sentence."""
_WORD: Final = r"[A-Za-z_$][\w$-]{0,80}"
_AFTER: Final = r"[`*\"']{0,3}\s{0,12}(?:\([^()\n]{0,120}\))?[`*]{0,3}\s?(?:[:：](?!=)|\s[-–—]\s)"
_TYPED: Final = r"[`*\"']{0,3}\s?\((?:[\w|\[\]. -]{1,30})(?:, ?(?:optional|required))?\)[`*]{0,3}\s?(?:,|;|$|and\b)"
_ASSIGNED: Final = r"[`*]{0,2}\s?=(?!=)"
_KEY: Final = r"[\"']\s?:"
_CHECKED: Final = 20
_BY: Final = r"\b(?:by|via|using) (?:(?:its|the|their|a|an|your) )?(?:[\w-]+ )?[`'\"]?$"
_GIVEN: Final = r"\b(?:given|specified|specific|provided|particular|in the|in a|for the|for a) (?:[\w-]+ )?[`'\"]?$"
_USE: Final = r"\b(?:use|pass|set|specify|provide|give|supply|with|via) (?:(?:the|a|an|your) )?[`'\"]?$"
_THEN: Final = (
    r"[\w`'\"$.-]+ (?:parameters? |arguments? |fields? )?"
    r"(?:is|are|must|can|should|may|accepts?|controls?|takes?|defaults?|selects?|determines?)\b"
)
_TO: Final = r"[\w`'\"$.-]+(?:=\S{1,40})? (?:parameters? |arguments? |fields? |query )?(?:to|for|when|if|as)\b"
_TELLING: Final = frozenset(("limit", "default", "prerequisite"))
_NEAR: Final = 24
_NEVER: Final = frozenset(("key", "passed", "typed"))
"""A value in an example call, a key of JSON and a bare type explain nothing."""
_LIST: Final = 4
"""A sentence that names at least this many parameters is a list."""


class Known(NamedTuple):
    """The parameters of one tool, ready to be found in sentences."""

    by_name: Mapping[str, Parameter]
    by_value: Mapping[str, str]
    """Values that the schema of one parameter alone allows, each with the name of the parameter."""
    by_stem: Mapping[str, Sequence[tuple[str, AbstractSet[str]]]]
    """By the longest stem of their names: each name with all of its stems."""


class Mention(NamedTuple):
    """A parameter that a sentence may explain, with the evidence for it."""

    name: str
    features: set[str]


def known(parameters: Sequence[Parameter]) -> Known:
    """Prepare the parameters of a tool."""
    by_stem: dict[str, list[tuple[str, AbstractSet[str]]]] = defaultdict(list)
    for parameter in parameters:
        stems = stems_in_name(parameter.name)
        compound = {stem for stem in stems if stem != parameter.name.lower()[:6].rstrip("s")} or stems
        if stems:
            by_stem[max(sorted(compound), key=len)].append((parameter.name, compound))
    return Known({p.name: p for p in parameters}, _by_value(parameters), by_stem)


def _by_value(parameters: Sequence[Parameter]) -> dict[str, str]:
    found: dict[str, str] = {}
    for parameter in parameters:
        for value in choices_of(parameter.schema)[:_CHECKED]:
            found[value] = "" if found.get(value, parameter.name) != parameter.name else parameter.name
    return {value: name for value, name in found.items() if name and value not in ("true", "false")}


def mentions(
    text: str, stems: AbstractSet[str], stand: Stand, index: int, says: Collection[str], about: Known
) -> Iterator[Mention]:
    """Yield the parameters that a sentence may explain."""
    if not about.by_name:
        return
    words: dict[str, int] = {}
    for match in pattern(_WORD).finditer(text):
        words.setdefault(match[0], match.start())
    named = [word for word in words if word in about.by_name]
    told = [(n, "name") for n in named]
    if about.by_value and (name := about.by_value.get(next(iter(words), ""))) and name not in named:
        told.append((name, "value"))
        named.append(name)
    if stand.under is not None and stand.under not in named:
        told.append((stand.under, "under"))
    told.extend((name, "stems") for name in _unnamed(text, stems, {*named, stand.under}, about))
    many = len(told) >= _LIST
    for name, way in told[:MOST]:
        way, at = _way(name, way, text, stand, words.get(name, -1))
        if way not in _NEVER:
            evidence = set(_evidence(name, way, text, stems, index, says, at, about))
            yield Mention(name, {*evidence, "many"} if many else evidence)


def _unnamed(text: str, stems: AbstractSet[str], seen: Collection[str | None], about: Known) -> Iterator[str]:
    """Yield the parameters whose names a sentence writes as words."""
    for stem in sorted(stems & about.by_stem.keys()):
        for name, own in about.by_stem[stem][:MOST]:
            if name not in seen and own <= stems and _together(text, own):
                yield name


def _together(text: str, stems: AbstractSet[str]) -> bool:
    """Return True if the words of a name stand near each other in a sentence."""
    lower = text.lower()
    places = [lower.find(stem) for stem in stems]
    return len(places) < 2 or max(places) - min(places) <= _NEAR


def _evidence(
    name: str,
    way: str,
    text: str,
    stems: AbstractSet[str],
    index: int,
    says: Collection[str],
    at: int,
    about: Known,
) -> Iterator[str]:
    yield way
    implicit = "implicit" if way in ("plain", "phrase", "stems") else "explicit"
    if not _TELLING.isdisjoint(says):
        yield f"{implicit}&telling"
    if "example" in says:
        yield f"{implicit}&example"
    if not index:
        yield f"{implicit}&first"
    if at >= 0:
        yield from (f"{implicit}&{place}" for place in _around(text, at))
    if "result" in says:
        yield f"{implicit}&result"
    if "when" in says:
        yield f"{implicit}&when"
    if stems <= stems_in_name(name):
        yield f"{implicit}&empty"
    if way != "value" and _has_value(about.by_name[name], text):
        yield f"{implicit}&value"


def _way(name: str, way: str, text: str, stand: Stand, at: int) -> tuple[str, int]:
    """Return the way in which a sentence names a parameter, and the position; -1 if there is no single one."""
    if way == "stems":
        at = text.lower().find(" ".join(identifier_words(name)))
        return ("phrase" if at >= 0 else way), at
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
    if quoted or "_" in name or not (name.islower() or name.istitle()):
        return "named", at
    return "plain", at


def _around(text: str, at: int) -> Iterator[str]:
    """Yield features of the words around a name: `by name`, or the name as the subject of the sentence."""
    before = text[max(0, at - 40) : at].lower()
    if pattern(_BY).search(before):
        yield "by"
    if pattern(_GIVEN).search(before):
        yield "given"
    if pattern(_USE).search(before):
        yield "use"
    if pattern(_TO).match(text[at : at + 100].lower()):
        yield "to"
    if not before.strip(" `*'\"-").removeprefix("the "):
        yield "subject"
    if pattern(_THEN).match(text[at : at + 60].lower()):
        yield "then"


def _has_value(parameter: Parameter, text: str) -> bool:
    """Return True if a sentence has a value that the schema allows, or its default."""
    values = choices_of(parameter.schema)[:_CHECKED]
    if isinstance(parameter.schema, dict):
        default = parameter.schema.get("default")
        if isinstance(default, (str, int, float)) and not isinstance(default, bool) and default != "":
            values = (*values, str(default))
    return any(value and value in text for value in values)


def explained(found: Collection[Mention], weights: Mapping[str, float]) -> tuple[str, ...]:
    """Return the names that are explained, in order."""
    base = weights.get("", 0.0)
    return tuple(m.name for m in found if base + sum(weights.get(f, 0.0) for f in m.features) > 0)
