"""Maps the parameters of a handler in JavaScript to the arguments of the tool."""

from collections.abc import Mapping

from toolsmell.evidence.code.javascript.patterns import of_pattern
from toolsmell.evidence.code.lines import lines_of
from toolsmell.evidence.code.reader_values import ALL, Activation, Handler, Term
from toolsmell.model import Tool
from toolsmell.model.implementation import Abstention, Doubt
from toolsmell.sources.code.javascript.functions import CLASSES, parameters_of
from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.nodes import around
from toolsmell.sources.code.syntax import Node
from toolsmell.text import pattern

_WHOLE = (
    r"(?i)^_?(?:tool_?|raw_?|parsed_?|validated_?)?"
    r"(?:args?|arguments|params?|parameters|inputs?|options|opts|payload|props|data|argv)$"
)
_REQUEST = r"(?i)^(?:req|request)$"
_HOLDERS = frozenset(("variable_declarator", "pair", "public_field_definition", "field_definition"))


def of_function(function: Found, tool: Tool, *, registered: bool = False, doubts: tuple[Doubt, ...] = ()) -> Handler:
    """Return the handler that a function is. A `registered` one gets the arguments as its first parameter."""
    module, node = function
    parameters = parameters_of(node)
    names: dict[str, Term] = {}
    position = _position(module, parameters, tool, registered=registered)
    if pattern(r"(?<![\w.])arguments\s*[\[)]").search(module.text(node)):
        doubts = (*doubts, Doubt.CATCH_ALL)
    if position is not None:
        names.update(_names(module, parameters[position], tool))
    elif parameters or not registered:
        named = [module.text(_pattern_of(parameter)) for parameter in parameters]
        names.update((local, Term(local)) for local in named if local in _properties(tool))
        doubts = (*doubts, Doubt.WHOLE)
    lines = lines_of(module, node.child_by_field_name("name") or node.child_by_field_name("parameters") or node)
    abstained = tuple(Abstention(one, lines) for one in doubts)
    return Handler(Activation(function, name_of(module, node), names), abstained, registered)


def _position(module: Module, parameters: list[Node], tool: Tool, *, registered: bool) -> int | None:
    """Return the position of the parameter that gets the arguments of the tool, or None if it is not certain."""
    if not parameters:
        return None
    if registered:
        return 0
    if any(module.text(_pattern_of(one)) in _properties(tool) - {"params", "args", "input"} for one in parameters):
        return None  # each parameter is one argument
    fitting = [at for at, one in enumerate(parameters) if _fits(module, one, tool)]
    if fitting:
        return fitting[0]
    return 0 if len(parameters) == 1 else None


def _pattern_of(parameter: Node) -> Node:
    return parameter.child_by_field_name("pattern") or parameter.child_by_field_name("left") or parameter


def _fits(module: Module, parameter: Node, tool: Tool) -> bool:
    inner = _pattern_of(parameter)
    if inner.type == "object_pattern":
        return bool(set(_keys(module, inner)) & _properties(tool))
    text = module.text(inner)
    return bool(pattern(_WHOLE).match(text) or pattern(_REQUEST).match(text))


def _properties(tool: Tool) -> set[str]:
    known = (tool.input_schema or {}).get("properties")
    return set(known) if isinstance(known, Mapping) else set()


def _keys(module: Module, inner: Node) -> list[str]:
    found = of_pattern(module, inner, ALL)
    return [one.term.wire.partition(".")[0] for one in found if one.term is not None]


def _names(module: Module, parameter: Node, tool: Tool) -> Mapping[str, Term]:
    """Return the names that a parameter with the arguments binds."""
    inner = _pattern_of(parameter)
    if inner.type == "object_pattern" and not set(_keys(module, inner)) & _properties(tool):
        whole = [one for one in of_pattern(module, inner, ALL) if one.term and pattern(_WHOLE).match(one.term.wire)]
        if whole:
            return {whole[0].name: ALL}
    local = module.text(inner)
    if inner.type == "identifier" and pattern(_REQUEST).match(local) and "request" not in _properties(tool):
        return {f"{local}.params.arguments": ALL, f"{local}.arguments": ALL}
    return {one.name: one.term for one in of_pattern(module, inner, ALL) if one.term is not None}


def name_of(module: Module, node: Node) -> str:
    """Return the name of a function with that of its class."""
    name = node.child_by_field_name("name")
    holder = node.parent
    while name is None and holder is not None and holder.type in _TRANSPARENT:
        holder = holder.parent
    if name is None and holder is not None and holder.type in _HOLDERS:
        name = (
            holder.child_by_field_name("name")
            or holder.child_by_field_name("key")
            or holder.child_by_field_name("property")
        )
    class_ = around(node, CLASSES) if node.type == "method_definition" else None
    owner = class_.child_by_field_name("name") if class_ is not None else None
    own = module.text(name) if name is not None else "an anonymous function"
    return f"{module.text(owner)}.{own}" if owner is not None else own


_TRANSPARENT = frozenset(("as_expression", "satisfies_expression", "parenthesized_expression"))
