"""JavaScript calls whose value is known: methods of texts, functions of libraries, and functions of the project."""

from collections.abc import Callable, Mapping

from toolsmell.sources.code.cleaning import Cleaning, cleaned
from toolsmell.sources.code.fallback import text_of_file, translated
from toolsmell.sources.code.javascript import zod
from toolsmell.sources.code.javascript.functions import callee
from toolsmell.sources.code.javascript.names import called, returned
from toolsmell.sources.code.javascript.read_files import paths_of
from toolsmell.sources.code.javascript.templates import template
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.nodes import arguments_of
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import LiteralKind, Value, as_text, elsewhere, joined, pieces_of, shared, unknown

_DEDENTS = frozenset(("dedent", "outdent", "stripIndent", "stripIndents"))
_SCHEMA_CALLS = ("toJSONSchema", "toJsonSchema", "zodToJsonSchema", "ToJsonSchema")
_TRIMS = {"trim": (Cleaning.STRIP,), "trimStart": (Cleaning.LSTRIP,), "trimEnd": (Cleaning.RSTRIP,)}
_TESTS: Mapping[str, Callable[[str, str], bool]] = {
    "startsWith": str.startswith,
    "endsWith": str.endswith,
    "includes": str.__contains__,
}
_LONGEST_CONVERTER = 300
"""Bytes of a function of the project that only calls a converter; a longer one may change the schema."""
_PART = "a part of it is computed at run time"


def call(module: Module, node: Node, depth: int) -> Value:
    function, arguments = callee(node), node.child_by_field_name("arguments")
    if function is None or arguments is None:
        return module.computed(node)
    name = module.text(function).rpartition(".")[2]
    if arguments.type == "template_string":
        return _tagged(module, node, arguments, name, depth)
    owner = function.child_by_field_name("object") if function.type == "member_expression" else None
    given = arguments_of(node)
    if owner and (known := _method(module, node, name, owner, depth)) is not None:
        return known
    if name == "String" and not owner and len(given) == 1:
        return as_text(module.evaluate(given[0], depth))
    if name in _DEDENTS and len(given) == 1:
        return _dedented(module.evaluate(given[0], depth))
    if name.endswith(_SCHEMA_CALLS) and given:
        schema = zod.schema(module, given[0])
        function_ = called(module, node, depth)
        own = function_ is not None and len(function_.node.text or b"") > _LONGEST_CONVERTER
        return schema._replace(rest=f"is put through {name}") if own and schema.known else schema
    if paths := paths_of(module, node):
        return next((text for path in paths if (text := text_of_file(module, path))), module.computed(node))
    if (document := module.document(node)) is not None:
        return shared(document.module.evaluate(document.node, depth))
    if len(given) > 1 and (text := translated(name, [module.evaluate(one, depth) for one in given])) is not None:
        return text
    if name == "freeze" and len(given) == 1:
        return module.evaluate(given[0], depth)
    if made := returned(module, node, depth):
        value = made.module.evaluate(made.node, depth)
        return shared(elsewhere(value)) if value.known else module.computed(node)
    return _reworked(module, node, owner, depth)


def _method(module: Module, node: Node, name: str, owner: Node, depth: int) -> Value | None:
    """Return the value of a method of a text or a list, or None for any other."""
    given = arguments_of(node)
    if name in ("trim", "trimStart", "trimEnd", "toString"):
        return _trimmed(name, module.evaluate(owner, depth))
    if name in _TESTS and len(given) == 1:
        return _tested(module, node, name, module.evaluate(owner, depth), module.evaluate(given[0], depth))
    if name == "join" and len(given) <= 1:
        between = module.evaluate(given[0], depth) if given else Value(",")
        return _join(module, node, between, module.evaluate(owner, depth))
    return None


def _tested(module: Module, node: Node, name: str, text: Value, part: Value) -> Value:
    """Return the value of `text.endsWith(part)` and the like."""
    if text.text is None or part.text is None:
        return module.computed(node)
    return Value(_TESTS[name](text.text, part.text), module.literal(node))


def _reworked(module: Module, node: Node, owner: Node | None, depth: int) -> Value:
    """Return the value of a method of a text: unknown, but the text may help to find its place."""
    value = module.computed(node)
    held = module.evaluate(owner, depth) if owner else value
    if not isinstance(held.data, str) or value.unknown is None:
        return value
    return unknown(value.unknown.reason, held.literal and held.literal._replace(whole=False), pieces_of(held))


def _tagged(module: Module, node: Node, text: Node, tag: str, depth: int) -> Value:
    if tag in _DEDENTS:
        return _dedented(template(module, text, depth))
    return template(module, text, depth, raw=True) if tag == "raw" else module.computed(node)


def _dedented(value: Value) -> Value:
    return _cleaned(value, (Cleaning.DEDENT, Cleaning.STRIP))


def _trimmed(name: str, value: Value) -> Value:
    return _cleaned(value, _TRIMS.get(name, ()))


def _cleaned(value: Value, functions: tuple[Cleaning, ...]) -> Value:
    if value.text is None:
        return value
    literal = value.literal._replace(cleaned=value.literal.cleaned + functions) if value.literal else None
    return value._replace(data=cleaned(value.text, functions), literal=literal)


def _join(module: Module, node: Node, between: Value, parts: Value) -> Value:
    if between.text is None or not isinstance(parts.data, list):
        return module.computed(node)
    texts = [piece for part in parts.items for piece in (between, part)][1:]
    return joined(texts, module.literal(node, LiteralKind.CONCATENATION), _PART)
