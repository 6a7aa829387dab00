"""Compares what a sentence says happens by default with the defaults of the schema."""

from collections.abc import Iterator
from re import IGNORECASE, escape
from typing import Final

from toolsmell.evidence.facts import numbers_of, spelt_numbers, stems_of
from toolsmell.model import Json
from toolsmell.reading.context import ToolContext
from toolsmell.schema.reader import Parameter, choices_of
from toolsmell.text import identifier_words, pattern, words_of

_BY_DEFAULT: Final = r"\bby default\b"
_UNLESS: Final = (
    r"unless (?:you (?:pass|set|give|say|choose)|it is (?:set|given|passed)|(?:set|told|given|specified|stated)\b)"
    r"(?: it)?(?: to [`'\"]?[\w.-]+[`'\"]?| ['\"][\w.-]+['\"]| otherwise)?"
)
"""What follows a default: "unless you pass 5"."""
_AT_MOST: Final = (
    r"(?:by default,? )?(?:at most |up to |the first )?(?P<number>[\d,]+) (?P<what>\w+) (?:are|is) "
    r"(?:returned|shown|listed|given)(?P<end> by default| unless `\w+` (?:says otherwise|is (?:set|given|passed)))?\W*"
)
_COUNTS: Final = frozenset("max maximum limit count number num size length top first per".split())


def against_default(parameter: Parameter, names: str, sentence: str) -> Iterator[str]:
    """Yield the default of a parameter if a sentence that names it, by the pattern `names`, states another one."""
    yield from _number(parameter, names, sentence)
    yield from _unless(parameter, names, sentence)
    if (stated := _stated(parameter, sentence)) and not stated[1]:
        yield _fact(parameter)


def against_unnamed_default(tool: ToolContext, sentence: str) -> Iterator[str]:
    """Yield the default that a sentence with "by default" contradicts, if it can be about one parameter only."""
    if not pattern(_BY_DEFAULT, IGNORECASE).search(sentence):
        return
    words = set(words_of(sentence))
    choosing = [p for p in tool.parameters if isinstance(p.default, str) and choices_of(p.schema)]
    for parameter in choosing if len(choosing) == 1 else ():
        said = words & {choice.lower() for choice in choices_of(parameter.schema)}
        if said and parameter.default.lower() not in words:
            yield _fact(parameter)
    numbers = numbers_of(sentence) | spelt_numbers(sentence)
    for parameter in tool.parameters if len(numbers) == 1 else ():
        parts = set(identifier_words(parameter.name))
        named = len(parts) > 1 and parts <= words and _is_number(parameter.default)
        if named and float(next(iter(numbers))) != parameter.default:
            yield _fact(parameter)


def default_shown(tool: ToolContext, sentence: str) -> str | None:
    """Return the default of the schema that a sentence states and nothing else, or None."""
    for parameter in tool.parameters:
        stated = _stated(parameter, sentence)
        if stated and stated[1] and stated[0].strip("`'\" .") == sentence.strip("`'\" ."):
            return _fact(parameter)
    match = pattern(_AT_MOST, IGNORECASE).fullmatch(sentence.strip())
    if match is None or not (match["end"] or sentence.lower().startswith("by default")):
        return None
    number = float(match["number"].replace(",", ""))
    found = [p for p in tool.parameters if _is_number(p.default) and p.default == number and _counts(p)]
    if len(found) != 1 or ("`" in sentence and f"`{found[0].name}`" not in sentence):
        return None
    known = f"{tool.text.raw[:500]} {' '.join(tool.name_words)} {found[0].description or ''}"
    return _fact(found[0]) if stems_of(match["what"]) <= stems_of(known) else None


def _number(parameter: Parameter, names: str, sentence: str) -> Iterator[str]:
    """Compare the only number of a sentence about a parameter that is left out, or of its default."""
    if not _is_number(parameter.default):
        return
    stated = numbers_of(sentence) | spelt_numbers(sentence) | ({"1"} if pattern(r"\bone\b").search(sentence) else set())
    about = pattern(rf"\bwithout {names}|{names}[^.]{{0,60}}\bby default\b|{names} defaults\b", IGNORECASE)
    if len(stated) == 1 and about.search(sentence) and float(next(iter(stated))) != parameter.default:
        yield _fact(parameter)


def _unless(parameter: Parameter, names: str, sentence: str) -> Iterator[str]:
    """Compare "sorted by size unless `order` is `name`" with the default, which holds if nothing is passed."""
    match = pattern(rf"\bunless {names} is [`'\"]?(\w+)", IGNORECASE).search(sentence)
    if match and isinstance(parameter.default, str) and match[1].lower() == parameter.default.lower():
        yield _fact(parameter)


def _stated(parameter: Parameter, sentence: str) -> tuple[str, bool] | None:
    """Return the words "`x` is 5 unless you set it" of a sentence and whether that is the default of the schema."""
    if parameter.default is None or isinstance(parameter.default, list | dict):
        return None
    form = rf"[`'\"]?\b{escape(parameter.name)}\b[`'\"]? is [`'\"]?([\w.-]+)[`'\"]? {_UNLESS}"
    match = pattern(form, IGNORECASE).search(sentence)
    return (match[0], match[1].lower() == _shown(parameter.default).lower()) if match else None


def _counts(parameter: Parameter) -> bool:
    """Return True if a parameter bounds how much is returned, by its name or description."""
    named = not _COUNTS.isdisjoint(identifier_words(parameter.name))
    return named or pattern(r"\bmaximum (?:number|amount)\b").search((parameter.description or "").lower()) is not None


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _fact(parameter: Parameter) -> str:
    return f"the schema's default of '{parameter.name}' is {_shown(parameter.default)}"


def _shown(value: Json) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, int | float) else str(value)
