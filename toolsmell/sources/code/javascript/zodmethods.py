"""The methods of zod types: `.describe()`, `.optional()`, `.min()`, `.extend()` ..."""

from collections.abc import Callable, Mapping

from toolsmell.sources.code.javascript.versions import is_zod_4
from toolsmell.sources.code.javascript.zodtypes import Zod, ZodCall, any_of, null, obj
from toolsmell.sources.code.values import Value

FORMATS: Mapping[str, str] = {
    "email": "email",
    "url": "uri",
    "uuid": "uuid",
    "datetime": "date-time",
    "date": "date",
    "time": "time",
    "ipv4": "ipv4",
    "ipv6": "ipv6",
}
_BOUNDS: Mapping[str, tuple[str, str]] = {
    "string": ("minLength", "maxLength"),
    "array": ("minItems", "maxItems"),
    "number": ("minimum", "maximum"),
    "integer": ("minimum", "maximum"),
}
_LIMITS: Mapping[str, str] = {
    "gte": "minimum",
    "lte": "maximum",
    "gt": "exclusiveMinimum",
    "lt": "exclusiveMaximum",
    "multipleOf": "multipleOf",
    "step": "multipleOf",
}
_SIGNS: Mapping[str, str] = {
    "positive": "exclusiveMinimum",
    "nonnegative": "minimum",
    "negative": "exclusiveMaximum",
    "nonpositive": "maximum",
}
_NOTES = ("title", "examples", "deprecated")
# Methods whose effect is at run time only, or is written differently by each version of each converter.
_SILENT = frozenset(
    "refine superRefine transform brand readonly catch finite safe trim toLowerCase toUpperCase normalize pipe check"
    " overwrite prefault loose passthrough strip startsWith endsWith includes superCheck register nonoptional".split()
)


def apply(held: Zod, method: str, call: ZodCall) -> Zod:
    """Return the type that a method returns."""
    if method in _SILENT:
        return held
    if method in _METHODS:
        return _METHODS[method](held, call)
    if method in FORMATS and held.type == "string":
        return held.plus("format", Value(FORMATS[method]))
    if method in _SIGNS:
        return held.plus(_SIGNS[method], Value(0))
    if method in _LIMITS:
        return held.plus(_LIMITS[method], call.value())
    if method in ("min", "max") and held.type in _BOUNDS:
        return held.plus(_BOUNDS[held.type][method == "max"], call.value())
    if method in _OBJECTS and held.members is not None:
        return _OBJECTS[method](held, call)
    return call.computed()._replace(optional=held.optional)


def _meta(held: Zod, call: ZodCall) -> Zod:
    members = call.value().members
    if "description" in members:
        held = held.plus("description", members["description"])
    for name in _NOTES:
        held = held.plus(name, members[name]) if name in members else held
    return held


def _default(held: Zod, call: ZodCall) -> Zod:
    given = call.arguments
    if given and given[0].type in ("arrow_function", "function_expression"):
        return held._replace(optional=True)
    return held.plus("default", call.value())._replace(optional=True)


def _nullable(held: Zod, call: ZodCall) -> Zod:
    """Return a type or null: zod 4 writes it as `anyOf`, zod 3 as a list of types if it can."""
    if (
        held.type
        and not is_zod_4(call.module)
        and "enum" not in held.schema.members
        and "const" not in held.schema.members
    ):
        return held.plus("type", Value([held.schema.members["type"], Value("null")]))
    return held._replace(schema=Value({"anyOf": Value([held.schema, null()])}), members=None)


def _regex(held: Zod, call: ZodCall) -> Zod:
    found = call.followed()
    body = found.node.child_by_field_name("pattern") if found and found.node.type == "regex" else None
    return held.plus("pattern", Value(found.module.text(body))) if found and body else held


def _length(held: Zod, call: ZodCall) -> Zod:
    low, high = _BOUNDS.get(held.type, _BOUNDS["string"])
    return held.plus(low, call.value()).plus(high, call.value())


def _and(held: Zod, call: ZodCall) -> Zod:
    other = call.zod(len(call.arguments) - 1)
    if held.members is not None and other.members is not None:
        return obj({**held.members, **other.members}, held.rest or other.rest)
    return Zod(Value({"allOf": Value([held.schema, other.schema])}))


def _optional(held: Zod, _call: ZodCall) -> Zod:
    return held._replace(optional=True)


_METHODS: Mapping[str, Callable[[Zod, ZodCall], Zod]] = {
    "describe": lambda held, call: held.plus("description", call.value()),
    "meta": _meta,
    "default": _default,
    "optional": _optional,
    "exactOptional": _optional,
    "nullable": _nullable,
    "nullish": lambda held, call: _nullable(held, call)._replace(optional=True),
    "array": lambda held, _call: Zod(Value({"type": Value("array"), "items": held.schema})),
    "int": lambda held, _call: held.plus("type", Value("integer")),
    "regex": _regex,
    "length": _length,
    "nonempty": lambda held, _call: held.plus(_BOUNDS.get(held.type, _BOUNDS["string"])[0], Value(1)),
    "or": lambda held, call: Zod(any_of([held, call.zod()])),
    "and": _and,
}


def _extended(held: Zod, call: ZodCall) -> Zod:
    other = call.zod()
    if other.members is None:
        return obj(held.members or {}, "is extended by what is computed at run time")
    return obj({**(held.members or {}), **other.members}, held.rest or other.rest)


def _chosen(held: Zod, call: ZodCall) -> set[str]:  # noqa: ARG001  called like the others of its table
    return {name for name, value in call.value().members.items() if value.data is True}


def _picked(held: Zod, call: ZodCall) -> Zod:
    chosen = _chosen(held, call)
    return obj({name: one for name, one in (held.members or {}).items() if name in chosen}, held.rest)


def _omitted(held: Zod, call: ZodCall) -> Zod:
    chosen = _chosen(held, call)
    return obj({name: one for name, one in (held.members or {}).items() if name not in chosen}, held.rest)


def _partial(held: Zod, call: ZodCall) -> Zod:
    chosen = _chosen(held, call) if call.arguments else set(held.members or {})
    members = {n: one._replace(optional=one.optional or n in chosen) for n, one in (held.members or {}).items()}
    return obj(members, held.rest)


def _required(held: Zod, _call: ZodCall) -> Zod:
    return obj({name: one._replace(optional=False) for name, one in (held.members or {}).items()}, held.rest)


_OBJECTS: Mapping[str, Callable[[Zod, ZodCall], Zod]] = {
    "extend": _extended,
    "safeExtend": _extended,
    "merge": _extended,
    "pick": _picked,
    "omit": _omitted,
    "partial": _partial,
    "required": _required,
    "strict": lambda held, _call: held.plus("additionalProperties", Value(False)),
}
