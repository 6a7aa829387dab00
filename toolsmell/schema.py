"""Reads what a JSON Schema says. Whether it is a valid one is a question for `metaschema`, whether a value fits it for `values`.

A server's schema is data in all three: it is checked against the meta-schema of its dialect, and is never compiled
into a validator. So no `$ref` or `$schema` in it is followed to the network or the disk, and none of its
patterns reaches a regular-expression engine.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from toolsmell.model import Json, Pointer

MAX_DEPTH = 64
"""Schemas are read this deep; a deeper one is a finding (`invalid-schema`), not a crash."""

TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def escape(token: str) -> str:
    """Escape one step of a JSON pointer (RFC 6901)."""
    return token.replace("~", "~0").replace("/", "~1") if "~" in token or "/" in token else token


def unescape(token: str) -> str:
    return token.replace("~1", "/").replace("~0", "~") if "~" in token else token


def has_type(value: Json, name: str) -> bool:
    """Say whether `value` is of the JSON Schema type `name`; an unknown name holds everything."""
    if name not in TYPES:
        return True
    if isinstance(value, bool):
        return name == "boolean"
    if name == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, TYPES[name])


def types_of(schema: Json) -> frozenset[str]:
    """Return the types that `schema` names itself, or by its `anyOf`/`oneOf` branches; empty if it names none."""
    if not isinstance(schema, dict):
        return frozenset()
    named = schema.get("type")
    if isinstance(named, str):
        return frozenset((named,))
    if isinstance(named, list):
        return frozenset(t for t in named if isinstance(t, str))
    branches = [b for key in ("anyOf", "oneOf") if isinstance(schema.get(key), list) for b in schema[key]]
    return frozenset().union(*(types_of(b) for b in branches if isinstance(b, dict) and "type" in b))


def choices_of(schema: Json) -> tuple[str, ...]:
    """Return the texts that `enum` or `const` allows, in `schema`, in its branches or in its items."""
    if not isinstance(schema, dict):
        return ()
    found = schema.get("enum")
    texts = [v for v in found if isinstance(v, str)] if isinstance(found, list) else []
    if isinstance(schema.get("const"), str):
        texts.append(schema["const"])
    below = [schema.get("items"), *(b for key in ("anyOf", "oneOf") for b in _listed(schema, key))]
    for branch in below if not texts else ():
        if isinstance(branch, dict) and branch.keys() & {"enum", "const", "items"}:
            texts.extend(choices_of({key: branch[key] for key in ("enum", "const", "items") if key in branch}))
    return tuple(texts)


def _listed(schema: dict[str, Json], keyword: str) -> list[Json]:
    value = schema.get(keyword)
    return value if isinstance(value, list) else []


def resolve(schema: Json, root: Json) -> Json:
    """Follow local references (`#/...`) of `schema` in `root`; anything else is returned as it is.

    The keywords that stand next to a `$ref` win over those of its target, as in 2020-12. A chain longer than
    sixteen, or a circular one, ends where it is.
    """
    return _follow(schema, "", root, "")[0]


def _follow(schema: Json, at: Pointer, root: Json, root_at: Pointer) -> tuple[Json, Pointer]:
    """Resolve `schema`, and say where its properties really stand."""
    for _ in range(16):
        if not isinstance(schema, dict) or not isinstance(reference := schema.get("$ref"), str):
            break
        target = lookup(root, reference[1:]) if reference.startswith("#") else None
        if not isinstance(target, dict) or target is schema:
            break
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        schema = {**target, **beside} if beside else target
        at = root_at + reference[1:]
    return schema, at


def lookup(root: Json, pointer: Pointer) -> Json:
    """Return what `pointer` names in `root`, or None."""
    if pointer in ("", "/"):
        return root
    here = root
    for token in pointer.lstrip("/").split("/"):
        if isinstance(here, dict):
            here = here.get(unescape(token))
        elif isinstance(here, list) and token.isdecimal() and int(token) < len(here):
            here = here[int(token)]
        else:
            return None
    return here


class Parameter(NamedTuple):
    """One property of an input or output schema, at any depth, with local references followed."""

    name: str
    path: str
    """For people: `filter.tags[]`."""
    pointer: Pointer
    """To the property's schema, in the tool."""
    schema: Json
    """References followed; a mapping, or a boolean, or whatever the server sent."""
    required: bool
    depth: int
    """0 for a parameter of the tool itself."""

    @property
    def description(self) -> str | None:
        """The description; None if there is none, or if it is no string."""
        value = self.schema.get("description") if isinstance(self.schema, dict) else None
        return value if isinstance(value, str) else None

    @property
    def types(self) -> frozenset[str]:
        return types_of(self.schema)

    @property
    def default(self) -> Json:
        """The default; None if there is none, or if it is null."""
        return self.schema.get("default") if isinstance(self.schema, dict) else None


class _Node(NamedTuple):
    """A schema still to be read."""

    schema: Json
    at: Pointer
    path: str
    depth: int
    inside: frozenset[Pointer]


def parameters(root: Json, pointer: Pointer = "/inputSchema", limit: int = 2_000) -> Iterator[Parameter]:
    """Yield the properties of the schema `root`, each before its own properties.

    A property of a definition that is used twice is given once, where the definition stands, and a recursive
    definition is entered once. At most `limit` are given, none deeper than `MAX_DEPTH`.
    """
    stack = [_Node(root, pointer, "", 0, frozenset())]
    given: set[Pointer] = set()
    while stack:
        node = stack.pop()
        schema, at = _follow(node.schema, node.at, root, pointer)
        if not isinstance(schema, dict) or at in node.inside or node.depth > MAX_DEPTH:
            continue
        found = [p for p in _properties(schema, at, node, root) if p.pointer not in given]
        for parameter in found:
            if len(given) >= limit:
                return
            given.add(parameter.pointer)
            yield parameter
        nested = [n for p in found for n in _nested(p, schema, node.inside | {at})]
        stack.extend(reversed([*_branches(schema, at, node), *nested]))


def _properties(schema: dict[str, Json], at: Pointer, node: _Node, root: Json) -> Iterator[Parameter]:
    named = schema.get("properties")
    required = schema.get("required")
    required_names = {r for r in required if isinstance(r, str)} if isinstance(required, list) else set()
    for name, raw in named.items() if isinstance(named, dict) else ():
        yield Parameter(
            name=name,
            path=f"{node.path}.{name}" if node.path else name,
            pointer=f"{at}/properties/{escape(name)}",
            schema=resolve(raw, root),
            required=name in required_names,
            depth=node.depth,
        )


def _nested(parameter: Parameter, owner: dict[str, Json], inside: frozenset[Pointer]) -> Iterator[_Node]:
    """Yield the schemas below a parameter; its own one as its owner wrote it, so that a reference is followed."""
    schema = owner["properties"][parameter.name]
    if not isinstance(schema, dict):
        return
    yield _Node(schema, parameter.pointer, parameter.path, parameter.depth + 1, inside)
    items = parameter.schema.get("items")
    if isinstance(items, dict):
        at = f"{parameter.pointer}/items"
        yield _Node(items, at, f"{parameter.path}[]", parameter.depth + 1, inside)


def _branches(schema: dict[str, Json], at: Pointer, node: _Node) -> Iterator[_Node]:
    for key in ("anyOf", "oneOf", "allOf"):
        branches = schema.get(key)
        for i, branch in enumerate(branches if isinstance(branches, list) else ()):
            yield _Node(branch, f"{at}/{key}/{i}", node.path, node.depth, node.inside | {at})


def bare_properties(schema: Json) -> bool:
    """Say whether the parameters stand at the root of `schema`, where `properties` should hold them."""
    if not isinstance(schema, dict) or not schema.keys().isdisjoint(("type", "properties", "$ref", "anyOf", "oneOf", "allOf")):
        return False
    return any(isinstance(value, dict) and "type" in value for value in schema.values())


_ONE = ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames", "additionalItems")
_MANY = ("anyOf", "oneOf", "allOf", "prefixItems", "items")
_NAMED = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")


def subschemas(root: Json, pointer: Pointer, limit: int = 10_000) -> Iterator[tuple[Pointer, dict[str, Json]]]:
    """Yield every subschema of `root` that is an object, each with where it stands, outermost first.

    References are not followed: what they name is met where it stands. At most `limit` are given, none deeper than
    `MAX_DEPTH`.
    """
    level = [(pointer, root)]
    for _ in range(MAX_DEPTH):
        below: list[tuple[Pointer, Json]] = []
        for at, schema in level:
            if not isinstance(schema, dict):
                continue
            limit -= 1
            if limit < 0:
                return
            yield at, schema
            below.extend(_below(at, schema))
        level = below


def _below(at: Pointer, schema: dict[str, Json]) -> Iterator[tuple[Pointer, Json]]:
    for keyword in _NAMED:
        named = schema.get(keyword)
        if isinstance(named, dict):
            for name, child in named.items():
                yield f"{at}/{keyword}/{escape(name)}", child
    for keyword in _MANY:
        listed = schema.get(keyword)
        if isinstance(listed, list):
            for i, child in enumerate(listed):
                yield f"{at}/{keyword}/{i}", child
    for keyword in _ONE:
        child = schema.get(keyword)
        if isinstance(child, dict):
            yield f"{at}/{keyword}", child
