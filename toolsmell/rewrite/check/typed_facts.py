"""Verifies sentences that say nothing but typed facts: of the schema, of results, or in a sibling's own words.

A sentence is verified only if every statement in it agrees with the schema and no other word of content is left.
Whatever cannot be read this way stays unverified: shared words prove nothing.
"""

from collections.abc import Iterator
from re import IGNORECASE
from typing import Final, NamedTuple

from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.facts import mentions
from toolsmell.evidence.hints import written_hints
from toolsmell.model import Json
from toolsmell.reading.context import ToolContext
from toolsmell.reading.stated import Range, default_of, range_of, required_of, values_of
from toolsmell.rewrite.check.case_said import case_shown
from toolsmell.rewrite.check.defaults_said import default_shown
from toolsmell.rewrite.check.new_sentences import Fresh, Original
from toolsmell.rewrite.check.outcomes_said import shown_by_calls
from toolsmell.rewrite.check.rejections_said import only_allowed
from toolsmell.rewrite.check.returned_fields import fields_shown
from toolsmell.schema.fit import bound, kind_of, same
from toolsmell.schema.reader import Parameter, choices_of
from toolsmell.text import Text, identifier_words, pattern, words_of

GRAMMAR: Final = frozenset(
    """a an the this that it its is are be of in to for from with as by and or must can may parameter parameters
    argument arguments value values field optional required mandatory default defaults one following possible allowed
    valid at most least between up maximum minimum max min inclusive exactly either given as format number integer
    string boolean list array text""".split()
)
"""Words that a sentence of typed facts is made of. Negations, conditions and order words are not among them."""
_TYPES: Final = {
    "integer": ("integer",),
    "boolean": ("boolean",),
    "number": ("number", "integer"),
    "string": ("string",),
    "text": ("string",),
    "list": ("array",),
    "array": ("array",),
}
_READ_ONLY: Final = r"(?:this tool is |it is |it's )?read-only(?:[:,;]? (?:and )?(?:it )?(?:changes|modifies) nothing)?"
_RETURNS: Final = (
    r"returns? (?:an? |the )?(?:json )?(?:object|list|array|list of objects|array of objects|fields?)(?: with| of|:)?"
)
_TAKES_NOTHING: Final = r"(?:it |this tool )?(?:takes|has|needs|accepts) no (?:parameters|arguments)\W*"
_BOUNDS: Final = (("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"))


class Stated(NamedTuple):
    """One typed statement of a sentence."""

    excerpt: str
    true: bool | None
    """Whether it agrees with the schema; None if the schema does not settle it."""
    fact: str
    """The statement of the schema, in words."""


def contradicted(tool: ToolContext, fresh: Fresh) -> str | None:
    """Return the fact of the schema that a sentence contradicts, or None."""
    parameter = about(tool, fresh)
    if parameter is None:
        return None
    return next((s.fact for s in _stated(parameter, fresh.text) if s.true is False), None)


def verified(evidence: ToolEvidence, fresh: Fresh) -> str | None:
    """Return the typed fact that a sentence states and nothing else, or None if typed facts do not settle it."""
    tool = evidence.tool
    return (
        _by_schema(tool, fresh)
        or _by_sibling(tool, fresh)
        or _by_origin(tool, fresh)
        or _by_annotation(tool, fresh.text)
        or _by_result(evidence, fresh.text)
        or _by_default(tool, fresh.text)
        or _by_call(evidence, fresh.text)
    )


def about(tool: ToolContext, fresh: Fresh) -> Parameter | None:
    """Return the one parameter that a sentence is about, or None if it is not about exactly one."""
    named = [p for p in tool.parameters if f"`{p.name}`" in fresh.text or f"'{p.name}'" in fresh.text]
    if not named:
        named = [p for p in tool.parameters if "_" in p.name and mentions(fresh.text.lower(), p.name)]
    if fresh.parameter is not None:
        own = next((p for p in tool.parameters if p.name == fresh.parameter), None)
        return own if all(p is own for p in named) else None
    return named[0] if len(named) == 1 else None


def _by_schema(tool: ToolContext, fresh: Fresh) -> str | None:
    parameter = about(tool, fresh)
    stated = list(_stated(parameter, fresh.text)) if parameter else []
    if parameter is None or not stated or not all(s.true for s in stated):
        return None
    left = fresh.text.lower()
    for statement in stated:
        left = left.replace(statement.excerpt.lower(), " ") if statement.excerpt else left
    own = {*words_of(parameter.name), *identifier_words(parameter.name), parameter.name.lower()}
    rest = set(words_of(left)) - GRAMMAR - own - {c.lower() for c in choices_of(parameter.schema)}
    return "; ".join(s.fact for s in stated) if not rest else None


def _stated(parameter: Parameter, sentence: str) -> Iterator[Stated]:
    text, choices = Text(sentence), choices_of(parameter.schema)
    if (default := default_of(text, choices)) is not None:
        value = default.value(parameter.types or {_type(parameter.default)})
        fact = f"the schema's default of '{parameter.name}' is {_shown(parameter.default)}"
        yield Stated(default.excerpt, None if parameter.default is None else same(value, parameter.default), fact)
    if (limits := range_of(text)) is not None:
        yield _bounded(parameter, limits)
    if (values := values_of(text)) and choices:
        agree = {v.lower() for v in values} == {c.lower() for c in choices}
        yield Stated("", agree, f"the schema allows {', '.join(choices)}")
    yield from _needed(parameter, sentence)
    yield from _typed(parameter, sentence)


def _needed(parameter: Parameter, sentence: str) -> Iterator[Stated]:
    needed = required_of(Text(sentence))
    if needed is None and (
        match := pattern(r"\bis (required|mandatory|optional)\b(?! (?:if|when|for|unless|only))").search(sentence)
    ):
        needed = match[1] != "optional"
    if needed is not None:
        state = "required" if parameter.required else "optional"
        yield Stated("", needed is parameter.required, f"the schema makes '{parameter.name}' {state}")


def _typed(parameter: Parameter, sentence: str) -> Iterator[Stated]:
    match = pattern(r"\b(?:is|as|be) an? (integer|boolean|number|string|list|array)\b(?! of)", IGNORECASE).search(
        sentence
    )
    if match and parameter.types:
        true = not parameter.types.isdisjoint(_TYPES[match[1].lower()])
        yield Stated(match[0], true, f"the type of '{parameter.name}' is {' or '.join(sorted(parameter.types))}")


def _bounded(parameter: Parameter, limits: Range) -> Stated:
    """Compare bounds in words with those of the schema."""
    found = [tuple(bound(parameter.schema, keyword) for keyword in pair) for pair in _BOUNDS]
    low, high = next((pair for pair in found if pair != (None, None)), (None, None))
    none = low is None and high is None
    true = (limits.low is None or limits.low == low) and (limits.high is None or limits.high == high)
    says = "no bounds" if none else f"{_shown(low)} to {_shown(high)}"
    return Stated(limits.excerpt, None if none else true, f"the schema's bounds of '{parameter.name}': {says}")


def _by_sibling(tool: ToolContext, fresh: Fresh) -> str | None:
    """Return the sibling that says the same of a parameter with the same name and schema."""
    own = next((p for p in tool.parameters if p.name == fresh.parameter), None)
    if own is None:
        return None
    for other in tool.server.tools:
        for parameter in other.parameters if other is not tool else ():
            told = parameter.description if parameter.name == own.name and parameter.types == own.types else None
            if told and Original(told).has(fresh.text) and not _names_itself(other, fresh.text):
                return f"'{other.tool.name}' describes '{own.name}' in these words"
    return None


def _names_itself(other: ToolContext, sentence: str) -> bool:
    return "this tool" in sentence.lower() or mentions(sentence.lower(), other.tool.name or "")


def _by_origin(tool: ToolContext, fresh: Fresh) -> str | None:
    """Return the sibling whose text says that it returns what a parameter takes."""
    from toolsmell.rewrite.origins import origin_of

    origin = origin_of(tool, fresh.parameter)
    if origin is None or f"`{origin.tool.name}`" not in fresh.text:
        return None
    form = rf"(?:as returned by|from|returned by|get (?:it|the id) (?:from|with)) `{origin.tool.name}`"
    return (
        f"the text of '{origin.tool.name}' says so"
        if pattern(form, IGNORECASE).fullmatch(fresh.text.rstrip("."))
        else None
    )


def _by_annotation(tool: ToolContext, sentence: str) -> str | None:
    says = pattern(_READ_ONLY, IGNORECASE).fullmatch(sentence.strip().rstrip("."))
    hints = written_hints(tool.tool)
    return "the tool declares readOnlyHint" if says and hints.get("readOnlyHint") is True else None


def _by_result(evidence: ToolEvidence, sentence: str) -> str | None:
    """Return the source of the fields that a sentence lists as returned, or None if it says anything else."""
    match = pattern(_RETURNS, IGNORECASE).match(sentence.strip())
    if match is None:
        return None
    names = pattern(r"`([^`\n]{1,60})`").findall(sentence)
    rest = set(words_of(pattern(r"`[^`\n]{1,60}`").sub(" ", sentence[match.end() :]))) - {
        "and",
        "the",
        "fields",
        "field",
        "with",
    }
    shown = fields_shown(evidence)
    if not names or rest or shown is None or not set(names) <= shown.names:
        return None
    listed = pattern(r"\b(?:list|array)\b").search(match[0].lower()) is not None
    plain = pattern(r"\bobject\b").search(match[0].lower()) is not None and not listed
    fits = (listed and shown.kind == "array") or (plain and shown.kind == "object") or not (listed or plain)
    return shown.where if fits else None


def _by_default(tool: ToolContext, sentence: str) -> str | None:
    """Return the fact of the schema that a sentence about defaults, or about no parameters at all, states."""
    if pattern(_TAKES_NOTHING, IGNORECASE).fullmatch(sentence.strip()):
        return "the schema has no parameters" if tool.tool.input_schema is not None and not tool.parameters else None
    return default_shown(tool, sentence)


def _by_call(evidence: ToolEvidence, sentence: str) -> str | None:
    """Return the recorded call that shows all that a sentence says, or None."""
    return shown_by_calls(evidence, sentence) or only_allowed(evidence, sentence) or case_shown(evidence, sentence)


def _type(value: Json) -> str:
    return "string" if value is None else kind_of(value)


def _shown(value: Json) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "none" if value is None else f"{value!r}" if isinstance(value, str) else str(value).lower()
