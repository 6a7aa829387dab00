"""A zod type, and the ways to make one of others."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from toolsmell.sources.code.javascript.names import resolve_node
from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.nodes import arguments_of
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import Literal, Value, plain


class Zod(NamedTuple):
    """A zod type: its schema, and whether a member of this type may be left out."""

    schema: Value
    optional: bool = False
    members: "Mapping[str, Zod] | None" = None
    """The members of an object; other objects are derived from them."""
    rest: str | None = None
    """Why an object may have more members."""

    @property
    def type(self) -> str:
        kind = self.schema.members.get("type")
        return kind.text or "" if kind else ""

    def plus(self, name: str, value: Value) -> "Zod":
        """Add a keyword; an unknown type stays unknown, but has the keyword."""
        if self.schema.unknown:
            return self._replace(schema=Value({name: value}, self.schema.literal, rest=self.schema.unknown.reason))
        return self._replace(schema=self.schema._replace(data={**self.schema.members, name: value}))


class ZodCall(NamedTuple):
    """A call that makes a zod type, and how to read the types that are given to it."""

    module: Module
    node: Node
    depth: int
    read: Callable[[Module, Node, int], Zod]

    @property
    def arguments(self) -> list[Node]:
        return arguments_of(self.node)

    def value(self, position: int = 0) -> Value:
        """Evaluate an argument; one that is not given is None."""
        given = self.arguments
        return self.module.evaluate(given[position], self.depth) if 0 <= position < len(given) else Value(None)

    def zod(self, position: int = 0) -> Zod:
        """Read an argument as a type; one that is not given accepts everything."""
        given = self.arguments
        return self.read(self.module, given[position], self.depth) if 0 <= position < len(given) else Zod(Value({}))

    def computed(self) -> Zod:
        return Zod(self.module.computed(self.node))

    def followed(self, position: int = 0) -> Found | None:
        """Return the expression that an argument stands for."""
        given = self.arguments
        found = resolve_node(self.module, given[position]) if position < len(given) else None
        return found if isinstance(found, Found) else None


def obj(members: Mapping[str, Zod], rest: str | None = None, literal: Literal | None = None) -> Zod:
    """Return the type of an object with these members."""
    body: dict[str, Value] = {
        "type": Value("object"),
        "properties": Value({name: member.schema for name, member in members.items()}, literal, rest=rest),
    }
    if required := [Value(name) for name, member in members.items() if not member.optional]:
        body["required"] = Value(required)
    return Zod(Value(body), members=members, rest=rest)


def any_of(arms: list[Zod]) -> Value:
    """Return the schema of one of several."""
    schemas = [arm.schema for arm in arms]
    bare = all(set(schema.members) == {"type"} and schema.members["type"].text for schema in schemas)
    if bare:
        kinds = list({schema.members["type"].text: schema.members["type"] for schema in schemas}.values())
        return Value({"type": kinds[0] if len(kinds) == 1 else Value(kinds)})
    return Value({"anyOf": Value(schemas)})


def constants(values: list[Value]) -> Value:
    """Return the schema of one of several constants."""
    members: dict[str, Value] = {"enum": Value(values)}
    kinds = {type(value.data) for value in values}
    names = {str: "string", int: "number", float: "number", bool: "boolean"}
    if len(kinds) == 1 and (kind := kinds.pop()) in names:
        members = {"type": Value(names[kind]), **members}
    return Value(members)


def null() -> Value:
    return plain({"type": "null"})
