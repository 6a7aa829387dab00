"""Compares sentences with the schema that do not quote a parameter: what may be left out, bounds, lists of values."""

from collections.abc import Iterator
from re import IGNORECASE, escape
from typing import Final

from toolsmell.reading.context import ToolContext
from toolsmell.reading.stated import range_of, values_of
from toolsmell.rewrite.check.defaults_said import against_default, against_unnamed_default
from toolsmell.rewrite.check.situations import StatedOutcome, stated_outcome
from toolsmell.schema.fit import bound
from toolsmell.schema.reader import Parameter, choices_of
from toolsmell.text import Text, identifier_words, pattern

_LEFT_OUT: Final = r"(?:may|can) be (?:left out|omitted|skipped|missing)|(?:is|are) optional"
_MUST: Final = r"(?:must|has to|have to) be (?:given|passed|set)|(?:is|are) (?:required|mandatory)"
_CHOOSE: Final = r"\bcan be (?:given|passed|set|chosen|limited|asked for|configured)\b"
_ACCEPTS: Final = r"\b(?:accepts?|takes?|allows?|can be|may be) (?:also |the value )?(?:[`'\"])(\w{1,40})(?:[`'\"])"
_EMPTY: Final = r"\bempty (?:list|array)\b"
_BELOW: Final = (
    (r"\b(?:may|can) be negative\b", -1.0),
    (r"\b(?:may|can) be (?:zero|0)\b", 0.0),
)


def against_schema(tool: ToolContext, sentence: str) -> Iterator[str]:
    """Yield the facts of the schema that a sentence contradicts."""
    yield from _unnamed(tool, sentence)
    for parameter in tool.parameters:
        if names := _naming(parameter, sentence):
            yield from _left_out(parameter, names, sentence)
            yield from _bounds(parameter, sentence)
            yield from against_default(parameter, names, sentence)


def _naming(parameter: Parameter, sentence: str) -> str:
    """Return the pattern of the parameter's name as a sentence writes it, or an empty text if it does not name it."""
    words = identifier_words(parameter.name) or [parameter.name]
    split = parameter.name.lower() if len(words) == 1 else " ".join(words)
    quoted = rf"[`'\"]{escape(parameter.name)}[`'\"]"
    plain = rf"(?:an? |the )?{escape(split).replace(chr(92) + ' ', ' ?')}"
    if len(words) == 1 and parameter.name.isalpha() and len(parameter.name) > 6:
        plain = rf"(?:an? |the )?{' ?'.join(escape(letter) for letter in parameter.name)}"
    form = rf"(?:{quoted}|\b{plain}\b)" if len(split) > 4 else quoted
    return form if pattern(form, IGNORECASE).search(sentence) else ""


def _left_out(parameter: Parameter, names: str, sentence: str) -> Iterator[str]:
    fact = f"the schema makes '{parameter.name}' {'required' if parameter.required else 'optional'}"
    if parameter.required:
        without = pattern(rf"(?:\bwithout|^if) {names}(?: is left out| is omitted| is missing)?", IGNORECASE)
        if (
            pattern(rf"{names}(?: \w+)? {_LEFT_OUT}", IGNORECASE).search(sentence)
            or (without.search(sentence) and _goes_on(sentence, names))
            or pattern(rf"{names} (?:is|are|defaults to) [^.]{{0,30}}\bby default\b", IGNORECASE).search(sentence)
        ):
            yield fact
    elif pattern(rf"{names} {_MUST}\b(?! (?:if|when|for|unless|only))", IGNORECASE).search(sentence):
        yield fact


def _goes_on(sentence: str, names: str) -> bool:
    """Return True if a sentence says that a call without a required parameter works."""
    left_out = pattern(rf"^if {names}", IGNORECASE).search(sentence) is None
    said = pattern(rf"{names} is (?:left out|omitted|missing)", IGNORECASE).search(sentence) is not None
    return ((left_out or said) and stated_outcome(sentence) is StatedOutcome.SUCCESS) or _is_taken(sentence, names)


def _is_taken(sentence: str, names: str) -> bool:
    after = rf"\bwithout {names},? (?:\w+ ){{1,4}}(?:is|are) (?!rejected|refused|an error|invalid)\w+"
    return pattern(after, IGNORECASE).search(sentence) is not None


def _bounds(parameter: Parameter, sentence: str) -> Iterator[str]:
    low = bound(parameter.schema, "minimum")
    for words, value in _BELOW:
        if low is not None and value < low and pattern(words, IGNORECASE).search(sentence):
            yield f"the schema's minimum of '{parameter.name}' is {low:g}"


def _unnamed(tool: ToolContext, sentence: str) -> Iterator[str]:
    """Compare bounds, values and lists that can be about one parameter only, although the sentence does not name it."""
    if not tool.parameters and tool.tool.input_schema is not None and pattern(_CHOOSE, IGNORECASE).search(sentence):
        yield "the tool takes no parameters"
    yield from against_unnamed_default(tool, sentence)
    limits, bounded = range_of(Text(sentence)), [p for p in tool.parameters if _has_bounds(p)]
    if limits is not None and len(bounded) == 1 and pattern(_CHOOSE + r"|\bpossible\b", IGNORECASE).search(sentence):
        low, high = bound(bounded[0].schema, "minimum"), bound(bounded[0].schema, "maximum")
        if _beyond(limits.low, low, -1) or _beyond(limits.high, high, 1):
            yield f"the schema's bounds of '{bounded[0].name}': {low} to {high}"
    choosing = [p for p in tool.parameters if choices_of(p.schema)]
    values = values_of(Text(sentence))
    if not values and (accepted := pattern(_ACCEPTS, IGNORECASE).search(sentence)):
        values = (accepted[1],)
    quoted = [v for v in values or () if pattern(rf"[`'\"]{escape(v)}[`'\"]").search(sentence)]
    if quoted and len(choosing) == 1 and _about(choosing[0], sentence):
        choices = choices_of(choosing[0].schema)
        if not {v.lower() for v in quoted} <= {c.lower() for c in choices}:
            yield f"the schema allows {', '.join(choices)}"
    lists = [p for p in tool.parameters if "array" in p.types]
    fewest = bound(lists[0].schema, "minItems") if len(lists) == 1 else None
    if fewest and pattern(_EMPTY, IGNORECASE).search(sentence) and stated_outcome(sentence) is StatedOutcome.SUCCESS:
        yield f"the schema asks for at least {fewest:g} items in '{lists[0].name}'"


def _about(parameter: Parameter, sentence: str) -> bool:
    """Return True if a sentence uses the last word of the parameter's name, or a word of its description."""
    words = {
        parameter.name.lower(),
        *identifier_words(parameter.name)[-1:],
        *pattern(r"[a-z]{4,}").findall((parameter.description or "").lower()),
    }
    return any(pattern(rf"\b{escape(word)}\b").search(sentence.lower()) for word in words)


def _has_bounds(parameter: Parameter) -> bool:
    return any(bound(parameter.schema, keyword) is not None for keyword in ("minimum", "maximum"))


def _beyond(stated: float | None, allowed: float | None, side: int) -> bool:
    return stated is not None and allowed is not None and (stated - allowed) * side > 0
