"""Schemas of one of several values or types."""

from toolsmell.sources.code.values import Value


def union(schemas: list[Value]) -> Value:
    """Return the schema of one of several; a union in a union is one union, and null stands last."""
    arms: list[Value] = []
    for schema in schemas:
        nested = schema.members.get("anyOf") if set(schema.members) == {"anyOf"} else None
        arms.extend(nested.items if nested else [schema])
    arms.sort(key=lambda arm: arm.members.get("type") == Value("null"))
    return Value({"anyOf": Value(arms)}) if len(arms) > 1 else arms[0]


def enumeration(values: list[Value], *, single: str) -> Value:
    """Return the schema of one of several constants; a single one stands under the keyword `single`."""
    members: dict[str, Value] = {"enum": Value(values)}
    if len(values) == 1 and single == "const":
        members = {"const": values[0]}
    kinds = {type(value.data) for value in values}
    names = {str: "string", int: "integer", float: "number", bool: "boolean"}
    if len(kinds) == 1 and (kind := kinds.pop()) in names:
        members["type"] = Value(names[kind])
    return Value(members)
