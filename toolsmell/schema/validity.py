"""Validates schemas against the meta-schema of their dialect.

A quick check (one walk over tables) proves nearly every real schema valid. Only for the others
a validator is loaded. It gets the schema as an instance and its own built-in meta-schema,
so that nothing from a server is compiled, followed or matched.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from toolsmell.cached import cached_property
from toolsmell.model import Json, Pointer
from toolsmell.model.basics import is_number
from toolsmell.model.pointer import escape
from toolsmell.schema.reader import TYPES
from toolsmell.schema.validators import SchemaPath, validator
from toolsmell.schema.walk import LISTED, MAX_DEPTH, NAMED, SINGLE

MAX_SUBSCHEMAS = 20_000
"""Subschemas that a walk reads. More are a finding (`schema-beyond-bounds`)."""

DEFAULT_DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""The dialect of a schema without `$schema`, by the specification of MCP."""

DIALECTS: Mapping[str, str] = {
    DEFAULT_DIALECT: "2020-12",
    "https://json-schema.org/draft/2019-09/schema": "2019-09",
    "http://json-schema.org/draft-07/schema": "draft-07",
    "http://json-schema.org/draft-06/schema": "draft-06",
    "http://json-schema.org/draft-04/schema": "draft-04",
}
"""The supported dialects, by URI without the empty fragment."""

_OLDER = ("http://json-schema.org/draft-07/schema", "http://json-schema.org/draft-04/schema")


class Survey(NamedTuple):
    """The result of one walk over a schema."""

    settled: bool
    """True if the schema is certainly valid; if not, the validator decides."""
    keywords: frozenset[str]
    """Every keyword in it, at any depth."""
    complete: bool
    """True if the walk reached all of it; False if it is deeper or larger than the bounds."""


class Fault(NamedTuple):
    """A place in a schema that its meta-schema does not allow."""

    pointer: Pointer
    """Pointer in the schema."""
    expected: str
    """The expected value, in words."""


def dialect_of(schema: Json) -> str:
    """Return the URI of the declared dialect, normalised; the default dialect if none is declared."""
    declared = schema.get("$schema") if isinstance(schema, dict) else None
    if not isinstance(declared, str):
        return DEFAULT_DIALECT
    uri = declared.strip().removesuffix("#")
    for known in DIALECTS:
        if uri.partition("://")[2] == known.partition("://")[2]:
            return known
    return uri


class SchemaCheck:
    """One schema and its validity; everything is computed once."""

    def __init__(self, root: Json) -> None:
        self.root: Final = root

    @cached_property
    def survey(self) -> Survey:
        return _survey(self.root)

    @cached_property
    def dialect(self) -> str:
        return dialect_of(self.root)

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """The faults in the declared dialect, or in 2020-12; empty if the dialect is unknown."""
        if self.survey.settled or not self.survey.complete or self.dialect not in DIALECTS:
            return ()
        return tuple(_faults(self.root, self.dialect))

    @cached_property
    def meant_dialect(self) -> str | None:
        """The older dialect in which the schema is valid, if it declares none and is not valid in 2020-12."""
        if not self.faults or not isinstance(self.root, dict) or "$schema" in self.root:
            return None
        return next((older for older in _OLDER if not any(_faults(self.root, older))), None)


def _survey(root: Json) -> Survey:
    keywords: set[str] = set()
    settled = dialect_of(root) in _QUICK
    level, depth, count = [root], 0, 0
    while level:
        below: list[Json] = []
        for schema in level:
            if not isinstance(schema, dict):
                settled = settled and isinstance(schema, bool)
                continue
            keywords.update(schema)
            for key, value in schema.items():
                # Most of a schema is texts, which are checked here without a call.
                if key in _TEXTS and isinstance(value, str):
                    continue
                look = _LOOKS.get(key)
                found = True if look is None else look(value)
                if found is False:
                    settled = False
                elif found is not True:
                    below += found
        depth, count, level = depth + 1, count + len(below), below
        if level and (depth > MAX_DEPTH or count > MAX_SUBSCHEMAS):
            return Survey(False, frozenset(keywords), False)
    return Survey(settled, frozenset(keywords), True)


_Look = Callable[[Json], bool | tuple[Json, ...] | list[Json]]
"""Checks a keyword: True if it is valid, False if that is uncertain, else the subschemas to check as well."""


def _text(value: Json) -> bool:
    return isinstance(value, str)


def _flag(value: Json) -> bool:
    return isinstance(value, bool)


def _list(value: Json) -> bool:
    return isinstance(value, list)


def _count(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _type(value: Json) -> bool:
    if isinstance(value, str):
        return value in TYPES
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(t, str) and t in TYPES for t in value)
        and len(set(value)) == len(value)
    )


def _names(value: Json) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) for v in value) and len(set(value)) == len(value)


def _one(value: Json) -> bool | tuple[Json, ...] | list[Json]:
    return (value,)


def _items(value: Json) -> bool | tuple[Json, ...] | list[Json]:
    # Before 2020-12 it could be a list: uncertain (None is not a schema), but its keywords are read.
    return (*value, None) if isinstance(value, list) else (value,)


def _several(value: Json) -> bool | tuple[Json, ...] | list[Json]:
    return value if isinstance(value, list) and value else False


def _named(value: Json) -> bool | tuple[Json, ...] | list[Json]:
    return list(value.values()) if isinstance(value, dict) else False


def _rare(_value: Json) -> bool | tuple[Json, ...] | list[Json]:
    return False


_TEXTS = frozenset(
    ("title", "description", "$comment", "format", "$schema", "pattern", "contentEncoding", "contentMediaType", "$ref")
)
_LOOKS: dict[str, _Look] = {
    "type": _type,
    **dict.fromkeys(_TEXTS, _text),
    **dict.fromkeys(("uniqueItems", "readOnly", "writeOnly", "deprecated"), _flag),
    **dict.fromkeys(("maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum"), is_number),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), _count),
    "multipleOf": lambda value: is_number(value) and value > 0,
    "required": _names,
    **dict.fromkeys(("enum", "examples"), _list),
    **dict.fromkeys(NAMED, _named),
    **dict.fromkeys(LISTED, _several),
    **dict.fromkeys(SINGLE, _one),
    "items": _items,
    # These are rare, so the validator checks them.
    **dict.fromkeys(("$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$vocabulary"), _rare),
    **dict.fromkeys(("dependencies", "dependentRequired", "minContains", "maxContains"), _rare),
}
_RARE = frozenset(key for key, look in _LOOKS.items() if look is _rare)
_SURE = _LOOKS.keys() - _RARE
"""The keywords for which False means a fault."""
_QUICK = frozenset(uri for uri, label in DIALECTS.items() if label != "draft-04")
"""The dialects that the tables describe; draft-04 differs in details."""

_MAX_NESTING = 256
_HOLDERS = frozenset((*NAMED, *LISTED))
"""Keywords below which a name or a number in a path leads to a schema."""

_EXPECTED: Mapping[str, str] = {
    "type": f"must be one of {', '.join(TYPES)}, or a list of them",
    "required": "must be a list of distinct names",
    "properties": "must be an object of schemas",
    "enum": "must be a list of values",
    "items": "must be a schema",
    **dict.fromkeys((keyword for keyword in LISTED if keyword != "items"), "must be a list of at least one schema"),
    **dict.fromkeys(("title", "description", "format", "pattern", "$ref", "$comment"), "must be a string"),
    **dict.fromkeys(("maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum"), "must be a number"),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), "must be a count"),
    "examples": "must be a list of values",
}


def _faults(schema: Json, dialect: str) -> Iterator[Fault]:
    """Yield the faults that the validator finds, in our own words: its messages quote the server's text."""
    if _deeper_than(schema, _MAX_NESTING):  # for instance in a default, which the walk does not visit
        yield Fault("", f"must not nest deeper than {_MAX_NESTING}")
        return
    check = validator(dialect, DIALECTS[dialect]) or _by_tables
    try:
        paths = list(check(schema))
    except UnicodeEncodeError:
        paths = list(check(_without_surrogates(schema)))
    seen: set[Pointer] = set()
    for path in paths:
        pointer = "".join(f"/{escape(str(step))}" for step in path)
        if pointer not in seen:
            seen.add(pointer)
            yield Fault(pointer, _expectation(path))


def _expectation(path: list[str | int]) -> str:
    if len(path) > 1 and path[-2] in _HOLDERS:
        return "must be a schema: an object, true or false"
    return _EXPECTED.get(str(path[-1]), "is not allowed there") if path else "must be an object"


def _by_tables(root: Json) -> Iterator[SchemaPath]:
    """Yield the faults that the tables of the quick check are sure of: no validator is installed."""
    waiting: list[tuple[Json, SchemaPath]] = [(root, [])]
    while waiting:
        schema, path = waiting.pop()
        if isinstance(schema, bool):
            continue
        if not isinstance(schema, dict):
            yield path
            continue
        for key, value in schema.items():
            look = _LOOKS.get(key)
            if look is None or key not in _SURE:
                continue
            found = look(value)
            if found is False:
                yield [*path, key]
            elif found is not True:
                waiting += _below(key, value, path)


def _below(key: str, value: Json, path: SchemaPath) -> Iterator[tuple[Json, SchemaPath]]:
    """Yield the subschemas in a keyword, each with its path."""
    if key in NAMED:
        yield from ((schema, [*path, key, name]) for name, schema in value.items())
    elif isinstance(value, list):
        yield from ((schema, [*path, key, at]) for at, schema in enumerate(value))
    else:
        yield value, [*path, key]


def _deeper_than(value: Json, limit: int) -> bool:
    level = [value]
    for _ in range(limit):
        level = [child for here in level for child in _children(here)]
        if not level:
            return False
    return True


def _children(value: Json) -> Iterable[Json]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _without_surrogates(value: Json) -> Json:
    import json

    return json.loads(json.dumps(value, ensure_ascii=False).encode(errors="replace"))
