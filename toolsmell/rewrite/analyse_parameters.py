"""Claims about single parameters: what their schema, their name and the same parameter elsewhere say.  Pure."""

import json
from collections.abc import Iterator
from math import isfinite

from toolsmell.evidence.claims import Citation, CiteKind, Claim
from toolsmell.evidence.facts import mentions, numbers_of, units_of
from toolsmell.model import Component, Pointer
from toolsmell.model.pointer import lookup
from toolsmell.reading.context import ServerContext, ToolContext, per_server
from toolsmell.reading.verbs import Deed, deed_of
from toolsmell.rewrite.analyse_twins import meaning
from toolsmell.rewrite.phrases import listed, named
from toolsmell.safety.credentials import known_token, names_secret
from toolsmell.schema.fit import bound
from toolsmell.schema.reader import Parameter, choices_of
from toolsmell.text import identifier_words, pattern

_FORMATS = {
    "date-time": ("A date and time, as YYYY-MM-DDThh:mm:ssZ.", ("yyyy", "iso", "rfc")),
    "date": ("A date, as YYYY-MM-DD.", ("yyyy", "iso", "rfc")),
    "uri": ("An absolute URI.", ("url", "uri", "link")),
    "email": ("An e-mail address.", ("mail",)),
    "uuid": ("A UUID.", ("uuid", "guid")),
    "ipv4": ("An IPv4 address.", ("ip",)),
}
_UNITS = {
    last: unit
    for unit, lasts in {
        "milliseconds": "ms millis milliseconds",
        "seconds": "seconds secs sec",
        "minutes": "minutes mins",
        "hours": "hours",
        "days": "days",
        "bytes": "bytes",
        "kilobytes": "kb",
        "megabytes": "mb",
        "pixels": "px pixels",
        "kilometres": "km",
        "metres": "meters metres",
        "percent": "percent",
        "kilograms": "kg",
    }.items()
    for last in lasts.split()
}
"""The last word of a parameter's name -> the unit that it implies."""
_MOST_CHOICES = 12
_MOST_FIELDS = 8
_MOST_ORIGINS = 3
"""Where so many tools return an id, none of them is where it comes from."""
_LONGEST = 40


def parameter_claims(tool: ToolContext) -> Iterator[Claim]:
    """Yield what may be said of each parameter and is not said yet."""
    told = {e.parameter.name: f"{e.signature} {e.text.raw}" for e in tool.explanations if e.parameter.depth == 0}
    for parameter in tool.parameters:
        at = parameter.pointer
        if not isinstance(parameter.schema, dict) or not at.startswith("/inputSchema/properties/"):
            continue
        if not pattern(r"[\w.$-]{1,60}").fullmatch(parameter.name):
            continue
        said = told.get(parameter.name, "")
        yield from _about(tool, parameter, said)


def _about(tool: ToolContext, parameter: Parameter, said: str) -> Iterator[Claim]:
    found = list(meaning(tool, parameter)) if not said.strip() else []
    before = " ".join((said, *(c.text for c in found))).lower()
    found += [*_structure(tool, parameter, before), *_form(parameter, before), *_origin(tool, parameter, before)]
    # A default alone says nothing of what the parameter is for.
    if found or (parameter.description or "").strip():
        found += _default(parameter, before)
    yield from found


def _claim(parameter: Parameter, text: str, keyword: str) -> Claim:
    at = f"{parameter.pointer}/{keyword}" if keyword else parameter.pointer
    return Claim(text, Component.PARAMETERS, (Citation(CiteKind.SCHEMA, at),), parameter.name)


def _form(parameter: Parameter, before: str) -> Iterator[Claim]:
    """Say what values look like: format, unit, choices, bounds."""
    schema = parameter.schema
    known = _FORMATS.get(schema["format"]) if isinstance(schema.get("format"), str) else None
    if known and not any(word in before for word in known[1]):
        yield _claim(parameter, known[0], "format")
    words = identifier_words(parameter.name)
    unit = _UNITS.get(words[-1]) if len(words) > 1 else None
    if unit and not parameter.types.isdisjoint(("integer", "number")) and units_of(unit).isdisjoint(units_of(before)):
        yield _claim(parameter, f"In {unit}.", "")
    choices = choices_of(schema)
    direct = isinstance(schema.get("enum"), list) and len(choices) == len(schema["enum"])
    plain = direct and 1 < len(choices) <= _MOST_CHOICES and all(_plain(c) for c in choices)
    if plain and sum(mentions(before, c) for c in choices) * 2 < len(choices):
        yield _claim(parameter, f"One of {listed([f'`{c}`' for c in choices], 'or')}.", "enum")
    yield from _bounds(parameter, before)


def _structure(tool: ToolContext, parameter: Parameter, before: str) -> Iterator[Claim]:
    """Say what objects hold: few who search for a tool, and not all clients, look below its parameters."""
    many, at = "array" in parameter.types, _written_at(tool, parameter.pointer)
    at = f"{_written_at(tool, f'{at}/items') if many else at}/properties"
    fields = lookup(tool.tool.raw, at)
    if not isinstance(fields, dict) or not 0 < len(fields) <= _MOST_FIELDS:
        return
    if not all(pattern(r"[A-Za-z_][\w-]{0,40}").fullmatch(name) for name in fields):
        return
    told = [s.get("description") if isinstance(s, dict) else None for s in fields.values()]
    # One field of which nothing is said only wraps another thing.
    if (len(fields) > 1 or any(told)) and sum(mentions(before, name) for name in fields) * 2 < len(fields):
        inside = listed([named(n, d if isinstance(d, str) else None) for n, d in zip(fields, told, strict=True)])
        what = "A list of objects" if many else "An object"
        cites = (Citation(CiteKind.SCHEMA, at),)
        yield Claim(f"{what} with {inside}.", Component.PARAMETERS, cites, parameter.name)


def _written_at(tool: ToolContext, pointer: Pointer) -> Pointer:
    """Return where a schema is written: the place itself, or the one in the same schema that it refers to."""
    found = lookup(tool.tool.raw, pointer)
    reference = found.get("$ref") if isinstance(found, dict) else None
    return f"/inputSchema{reference[1:]}" if isinstance(reference, str) and reference.startswith("#/") else pointer


def _bounds(parameter: Parameter, before: str) -> Iterator[Claim]:
    noun = {"string": " characters", "array": " items"}
    for keywords, types in (
        (("minimum", "maximum"), ("integer", "number")),
        (("minLength", "maxLength"), ("string",)),
        (("minItems", "maxItems"), ("array",)),
    ):
        if parameter.types.isdisjoint(types):
            continue
        low, high = (bound(parameter.schema, k) for k in keywords)
        unit = noun.get(types[0], "")
        said = numbers_of(before)
        if high is not None and _small(high) and _number(high) not in said:
            if low is not None and _small(low) and (low > 0 or not unit):
                yield _claim(parameter, f"From {_number(low)} to {_number(high)}{unit}.", keywords[1])._replace(
                    cites=tuple(Citation(CiteKind.SCHEMA, f"{parameter.pointer}/{k}") for k in keywords)
                )
            else:
                yield _claim(parameter, f"At most {_number(high)}{unit}.", keywords[1])
        elif low is not None and _small(low) and low > 1 and high is None and _number(low) not in said:
            yield _claim(parameter, f"At least {_number(low)}{unit}.", keywords[0])


def _small(number: float) -> bool:
    # Beyond these, a bound is that of the integer type.
    return isfinite(number) and abs(number) < 2**31 - 1


def _number(number: float) -> str:
    return str(int(number)) if float(number).is_integer() else repr(number)


def _default(parameter: Parameter, before: str) -> Iterator[Claim]:
    value = parameter.default
    if value is None or "default" in before or names_secret(parameter.name):
        return
    text = json.dumps(value)
    if isinstance(value, str):
        # An address or a sentence as a default is an example: it says nothing of what happens without the parameter.
        mode = value in choices_of(parameter.schema) or pattern(r"[A-Za-z][\w-]*").fullmatch(value)
        if not mode or not _plain(value) or known_token(value) or mentions(before, value):
            return
        text = f"`{value}`"
    elif not isinstance(value, bool | int | float):
        return
    elif not isinstance(value, bool) and value < 0:
        text = f"`{text}`"
    yield _claim(parameter, f"Default: {text}.", "default")


def _plain(value: str) -> bool:
    return 0 < len(value) <= _LONGEST and value.isprintable() and "`" not in value and value.strip() == value


def _origin(tool: ToolContext, parameter: Parameter, before: str) -> Iterator[Claim]:
    """Say which other tool returns what this parameter takes, where its output schema says so."""
    words = identifier_words(parameter.name)
    if len(words) < 2 or words[-1] not in ("id", "ids", "key", "token", "cursor", "slug", "uuid", "number"):
        return
    found = [(other, p) for other, p in _returned(tool.server).get(parameter.name, ()) if other is not tool]
    if 1 <= len(found) < _MOST_ORIGINS and not any(mentions(before, o.tool.name or "") for o, _ in found):
        names = " or ".join(f"`{o.tool.name}`" for o, _ in found)
        cites = tuple(Citation(CiteKind.SIBLING, f"{o.tool.name}#{p.pointer}") for o, p in found)
        yield Claim(f"As returned by {names}.", Component.PARAMETERS, cites, parameter.name)


@per_server
def _returned(server: ServerContext) -> dict[str, list[tuple[ToolContext, Parameter]]]:
    """Return, by name, the fields that the first tools with such a field return."""
    found: dict[str, list[tuple[ToolContext, Parameter]]] = {}
    for tool in server.tools:
        if tool.all_outputs and _reads_or_makes(tool):
            for name, field in {p.name: p for p in reversed(tool.all_outputs)}.items():
                if len(places := found.setdefault(name, [])) <= _MOST_ORIGINS:
                    places.append((tool, field))
    return found


def _reads_or_makes(tool: ToolContext) -> bool:
    deed = deed_of(tool)
    return deed is not None and deed[1] in (Deed.READ, Deed.CREATE)
