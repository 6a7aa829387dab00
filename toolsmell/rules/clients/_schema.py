"""Searches of an input schema for what a client may not accept: one search for each kind of limit."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from toolsmell.model import Json, Pointer
from toolsmell.model.pointer import escape
from toolsmell.schema.walk import levels

Found: TypeAlias = Iterator[tuple[Pointer, str]]
"""Each place in the schema, and what is wrong there: `has 'const'`, to be put behind the name of the place."""

_SAYS_TYPE = frozenset(("type", "$ref", "anyOf", "oneOf", "allOf", "enum", "const"))
_LOOKAROUND = ("(?=", "(?!", "(?<=", "(?<!")
_BESIDE_ANY_OF = ("anyOf", "$defs", "definitions", "$schema")


def subschemas(root: Json) -> Iterator[tuple[Pointer, dict[str, Json], int]]:
    """Yield `root` and every schema in it that is an object, each with its pointer and its depth in properties."""
    for depth, level in enumerate(levels(root)):
        for at, schema in level:
            yield at, schema, depth


def _root_keywords(root: Json, value: Json) -> Found:
    for keyword in value:
        if keyword in root:
            yield f"/{keyword}", f"has '{keyword}' at the root"


def _keywords(root: Json, value: Json) -> Found:
    for at, schema, _ in subschemas(root):
        for keyword in value:
            if keyword in schema:
                yield f"{at}/{keyword}", f"has '{keyword}'"


def _array_items(root: Json, _value: Json) -> Found:
    for at, schema, _ in subschemas(root):
        if _is(schema, "array") and "items" not in schema and "prefixItems" not in schema:
            yield at, "has the type 'array' and no 'items'"


def _single_type(root: Json, _value: Json) -> Found:
    for at, schema, _ in subschemas(root):
        if isinstance(schema.get("type"), list):
            yield f"{at}/type", "has a list of types"


def _typed_properties(root: Json, _value: Json) -> Found:
    for at, schema, _ in subschemas(root):
        if _named(at) and _SAYS_TYPE.isdisjoint(schema):
            yield at, "has no 'type'"


def _needs_properties(root: Json, _value: Json) -> Found:
    if root.get("type") == "object" and "properties" not in root and _LISTS_AND_REFERENCE.isdisjoint(root):
        yield "", "has no 'properties'"


def _known_required(root: Json, _value: Json) -> Found:
    for at, schema, _ in subschemas(root):
        named, required = schema.get("properties"), schema.get("required")
        for i, name in enumerate(required if isinstance(required, list) else ()):
            if not isinstance(named, dict) or (isinstance(name, str) and name not in named):
                yield f"{at}/required/{i}", "has a name in 'required' that is no property"


def _object_keywords(root: Json, _value: Json) -> Found:
    for at, schema, _ in subschemas(root):
        for keyword in ("properties", "required"):
            if keyword in schema and "type" in schema and not _is(schema, "object"):
                yield f"{at}/{keyword}", f"has '{keyword}' and another type than 'object'"


def _string_enums(root: Json, _value: Json) -> Found:
    for at, schema, _ in subschemas(root):
        listed = schema.get("enum")
        if isinstance(listed, list) and any(not isinstance(value, str) for value in listed):
            yield f"{at}/enum", "has an 'enum' with a value that is not a string"


def _nonempty_enum_values(root: Json, _value: Json) -> Found:
    for at, schema, _ in subschemas(root):
        listed = schema.get("enum")
        if isinstance(listed, list) and "" in listed:
            yield f"{at}/enum/{listed.index('')}", "has an empty string in 'enum'"


def _lone_any_of(root: Json, value: Json) -> Found:
    for at, schema, _ in subschemas(root):
        if "anyOf" in schema:
            beside = [key for key in schema if key not in _BESIDE_ANY_OF and (value is True or key in value)]
            if beside:
                yield at, f"has '{min(beside)}' next to 'anyOf'"


def _bare_references(root: Json, value: Json) -> Found:
    for at, schema, _ in subschemas(root):
        beside = schema.keys() - {"$ref", *value} if isinstance(schema.get("$ref"), str) else ()
        if beside:
            yield at, f"has '{min(beside)}' next to '$ref'"


def _reference_prefix(root: Json, value: Json) -> Found:
    for at, schema, _ in subschemas(root):
        reference = schema.get("$ref")
        if isinstance(reference, str) and not reference.startswith(value):
            yield f"{at}/$ref", f"has a '$ref' that does not begin with '{value}'"


def _regex_dialect(root: Json, value: Json) -> Found:
    for at, schema, _ in subschemas(root):
        pattern = schema.get("pattern")
        for construct in value:
            if isinstance(pattern, str) and _REGEX[construct](pattern):
                yield f"{at}/pattern", f"has a 'pattern' {_REGEX_WORDS[construct]}"


_REGEX: Mapping[str, Callable[[str], bool]] = {
    "unicode-classes": lambda pattern: "\\p{" in pattern or "\\P{" in pattern,
    "lookaround": lambda pattern: any(map(pattern.__contains__, _LOOKAROUND)),
    "unanchored": lambda pattern: not (pattern.startswith("^") and pattern.endswith("$")),
}
_REGEX_WORDS = {
    "unicode-classes": "with a Unicode class (\\p)",
    "lookaround": "with lookaround",
    "unanchored": "without '^' or '$'",
}


def _boolean_additional_properties(root: Json, _value: Json) -> Found:
    for at, schema, _ in subschemas(root):
        if schema.get("additionalProperties") == {}:
            yield f"{at}/additionalProperties", "has an empty schema in 'additionalProperties'"


def _all_required(root: Json, _value: Json) -> Found:
    for at, schema, _ in subschemas(root):
        named, required = schema.get("properties"), schema.get("required")
        for name in named if isinstance(named, dict) else ():
            if not isinstance(required, list) or name not in required:
                yield f"{at}/properties/{escape(name)}", "is not in 'required'"


def _closed_objects(root: Json, _value: Json) -> Found:
    for at, schema, _ in subschemas(root):
        if _is(schema, "object") and schema.get("additionalProperties") is not False:
            yield at, "has no 'additionalProperties: false'"


def _depth(root: Json, value: Json) -> Found:
    deepest, where = max(((depth, at) for at, _, depth in subschemas(root)), key=lambda found: found[0])
    if deepest > value:
        yield where, f"has {deepest} levels, over {value}"


def _properties(root: Json, value: Json) -> Found:
    count = sum(len(s["properties"]) for _, s, _ in subschemas(root) if isinstance(s.get("properties"), dict))
    if count > value:
        yield "", f"has {count:,} properties, over {value:,}"


def _enum_values(root: Json, value: Json) -> Found:
    count = sum(len(s["enum"]) for _, s, _ in subschemas(root) if isinstance(s.get("enum"), list))
    if count > value:
        yield "", f"has {count:,} enumerated values, over {value:,}"


def _is(schema: dict[str, Json], kind: str) -> bool:
    named = schema.get("type")
    return named == kind or (isinstance(named, list) and kind in named)


def _named(at: Pointer) -> bool:
    """Return True if the schema at `at` is that of a property."""
    steps = at.split("/")
    return len(steps) > 2 and steps[-2] == "properties"


def place(at: Pointer) -> str:
    """Return for a message which part of the input schema `at` is in: `'filter.tags'`, or `the input schema`."""
    steps = at.split("/")
    names = [steps[i + 1] for i in range(len(steps) - 1) if steps[i] == "properties"]
    return f"'{'.'.join(names)}'" if names else "the input schema"


_LISTS_AND_REFERENCE = frozenset(("anyOf", "oneOf", "allOf", "prefixItems", "$ref"))

CHECKS: Mapping[str, Callable[[Json, Json], Found]] = {
    "root-keywords": _root_keywords,
    "needs-properties": _needs_properties,
    "regex-dialect": _regex_dialect,
    "keywords": _keywords,
    "array-items": _array_items,
    "single-type": _single_type,
    "typed-properties": _typed_properties,
    "known-required": _known_required,
    "object-keywords": _object_keywords,
    "string-enums": _string_enums,
    "nonempty-enum-values": _nonempty_enum_values,
    "lone-any-of": _lone_any_of,
    "bare-references": _bare_references,
    "reference-prefix": _reference_prefix,
    "boolean-additional-properties": _boolean_additional_properties,
    "all-required": _all_required,
    "closed-objects": _closed_objects,
    "depth": _depth,
    "properties": _properties,
    "enum-values": _enum_values,
}
"""By kind of limit: the places of a schema that break it, given the limit's value."""

HELP: Mapping[str, str] = {
    "root-keywords": "say in the description which parameters belong together, and remove the keyword from the root",
    "needs-properties": 'add "properties": {}',
    "regex-dialect": "write the pattern with plain character classes between '^' and '$', or describe the form",
    "keywords": "describe the condition in the text, and write the schema without the keyword",
    "array-items": 'add "items" with the type of the elements',
    "single-type": "write one type; an optional parameter needs no null",
    "typed-properties": 'add a "type"',
    "known-required": "add the property, or remove the name from 'required'",
    "object-keywords": 'write "type": "object"',
    "string-enums": "write the values as strings, or give a range with minimum and maximum",
    "nonempty-enum-values": "remove the empty string, and let callers leave the parameter out",
    "lone-any-of": "move the keyword into each branch of 'anyOf', or write one schema without 'anyOf'",
    "bare-references": "copy the referenced schema to this place, and remove '$ref'",
    "reference-prefix": "move the schema to '$defs', and refer to it there",
    "boolean-additional-properties": 'write "additionalProperties": true, or false',
    "all-required": "add the name to 'required', and allow null",
    "closed-objects": 'add "additionalProperties": false',
    "depth": "flatten the parameters",
    "properties": "split the tool",
    "enum-values": "take the value as text, and offer a tool that lists the values",
}
"""By kind of limit: what to change."""
