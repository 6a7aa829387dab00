"""Finds the function that a tool of Go runs."""

from collections.abc import Iterator

from toolsmell.evidence.code.go.arguments import of_function
from toolsmell.evidence.code.go.calls import name_of
from toolsmell.evidence.code.go.statements import block_of_case
from toolsmell.evidence.code.go.types import function_named, method_of, type_at
from toolsmell.evidence.code.mentions import mentions
from toolsmell.evidence.code.reader_values import Activation, Handler
from toolsmell.model import Tool
from toolsmell.model.implementation import Abstention, Doubt
from toolsmell.sources.code.found import Site
from toolsmell.sources.code.go.names import FUNCTIONS
from toolsmell.sources.code.go.names import returned as returned_value
from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.nodes import arguments_of, around, contains
from toolsmell.sources.code.syntax import Language, Node
from toolsmell.text import pattern

_HOLDERS = frozenset(("argument_list", "expression_list", "literal_value"))
_UP = frozenset(("unary_expression", "keyed_element", "literal_element", "parenthesized_expression"))
_WRITTEN = frozenset(("interpreted_string_literal", "literal_element", "expression_list"))
_HANDLES = r"(?i)^(?:handler|handlerfunc|handle|func|fn|execute|run|call)$"
MAX_WRAPPED = 3
"""Helpers around one handler."""


def handler(site: Site, tool: Tool) -> Handler:
    """Return the code that a tool runs (`CodeReader`)."""
    given = _given(site)
    if given is not None:
        return given
    starts = [node for node in (_start(site), site.node) if node is not None]
    for node in starts:
        found = _around(site.module, node)
        if found is not None:
            return of_function(found[0], registered=True, doubts=found[1])
    made = _of_constant(site) or _of_constructor(site) or _dispatched(site, tool)
    return made or Handler(None, (Abstention(Doubt.NO_HANDLER),))


def _given(site: Site) -> Handler | None:
    """Return the handler that a function of the project gets which makes the tool, if it takes the arguments."""
    found: dict[tuple[object, ...], Handler] = {}
    for value in site.given.values():
        one = function_in(value.module, value.node)
        fits = one is not None and _is_handler(one[0])
        made = of_function(one[0], registered=True, doubts=one[1]) if one is not None and fits else None
        if made is not None and made.activation is not None and made.activation.names:
            found[made.activation.identity] = made
    return next(iter(found.values())) if len(found) == 1 else None


def _is_handler(function: Found) -> bool:
    """Return True if a function returns an error or a result, as handlers do."""
    result = function.node.child_by_field_name("result")
    written = function.module.text(result) if result is not None else ""
    return "error" in written or "Result" in written


def _start(site: Site) -> Node | None:
    """Return the node that writes the name of the tool, if it is in the file of the tool."""
    literal = site.name
    if literal is None or literal.file != site.module.source.label:
        return None
    begin = len(site.module.source.text[: literal.start].encode("utf-8", "surrogatepass"))
    return site.module.root.named_descendant_for_byte_range(begin, begin)


def _around(module: Module, node: Node) -> tuple[Found, tuple[Doubt, ...]] | None:
    """Return the only function beside a node, in the calls, structs and results around it."""
    here = node
    while here.parent is not None and here.parent.type not in FUNCTIONS | {"block", "statement_list"}:
        holder = here.parent
        if holder.type in _HOLDERS:
            found = [one for child in holder.named_children if (one := _handler_in(module, child, here)) is not None]
            if len(found) == 1:
                return found[0]
        here = holder
    return None


def _handler_in(module: Module, child: Node, own: Node) -> tuple[Found, tuple[Doubt, ...]] | None:
    if child.id == own.id:
        return None
    value: Node | None = child
    if child.type == "keyed_element" and len(child.named_children) == 2:
        key, value = child.named_children
        value = value if pattern(_HANDLES).match(module.text(key).strip('"')) else None
    found = function_in(module, value) if value is not None else None
    return found if found is not None and _is_handler(found[0]) else None


def function_in(module: Module, node: Node, depth: int = 0) -> tuple[Found, tuple[Doubt, ...]] | None:
    """Return the function that an expression names, also inside of helpers: `wrap(handler)`, `newHandler(client)`."""
    while node.type in ("literal_element", "parenthesized_expression") and node.named_children:
        node = node.named_children[0]
    if node.type == "func_literal":
        return Found(module, node), ()
    if node.type in ("identifier", "selector_expression"):
        found = function_named(module, node)
        return (found, ()) if found is not None else _assumed(module, node, depth)
    return _of_call(module, node, depth) if node.type == "call_expression" and depth < MAX_WRAPPED else None


def _assumed(module: Module, node: Node, depth: int) -> tuple[Found, tuple[Doubt, ...]] | None:
    """Return the function that a parameter is, if the code that makes the tool gives it."""
    binding = module.lookup(module.text(node), node.start_byte) if node.type == "identifier" else None
    if binding is None or binding.at is None or binding.value is not None or depth >= MAX_WRAPPED:
        return None
    value = module.value_of(binding.at)
    return function_in(value.module, value.node, depth + 1) if value is not None else None


def _of_call(module: Module, call: Node, depth: int) -> tuple[Found, tuple[Doubt, ...]] | None:
    held = [one for argument in arguments_of(call) if (one := function_in(module, argument, depth + 1)) is not None]
    if held:
        return (held[0][0], (*held[0][1], Doubt.DECORATED)) if len(held) == 1 else None
    function = call.child_by_field_name("function")
    made = function_named(module, function) if function is not None else None
    value = returned_value(made.node) if made is not None else None
    if made is None or value is None or value.type != "func_literal":
        return None
    return Found(made.module, value), ()


def _accepts(language: Language) -> bool:
    return language is Language.GO


def _of_constant(site: Site) -> Handler | None:
    """Return the handler beside the name that the tool is bound to: `s.AddTool(tool, handler)`."""
    here: Node = site.node
    while here.parent is not None and here.parent.type in _UP | {"expression_list"}:
        here = here.parent
    holder = here.parent
    left = holder.child_by_field_name("left") or holder.child_by_field_name("name") if holder is not None else None
    name = left.named_children[0] if left is not None and left.type == "expression_list" else left
    if holder is None or name is None or name.type != "identifier":
        return None
    for module, node in _uses(site, site.module.text(name)):
        found = _beside(module, node) if node.id != name.id else None
        if found is not None:
            return of_function(found[0], registered=True, doubts=found[1])
    return None


def _uses(site: Site, word: str) -> Iterator[tuple[Module, Node]]:
    """Yield the places that use a name: in the function that declares it, or in the package."""
    scope = around(site.node, FUNCTIONS)
    if scope is None:
        yield from mentions(site.module, word, _accepts, quoted=False)
        return
    stack = [scope]
    while stack:
        here = stack.pop()
        if here.type == "identifier" and site.module.text(here) == word:
            yield site.module, here
        stack.extend(reversed(here.named_children))


def _beside(module: Module, node: Node) -> tuple[Found, tuple[Doubt, ...]] | None:
    """Return the function in the call, struct or result that a name stands in."""
    here = node
    while here.parent is not None and here.parent.type in _UP:
        here = here.parent
    holder = here.parent
    if holder is None or holder.type not in _HOLDERS:
        return None
    found = [one for child in holder.named_children if (one := _handler_in(module, child, here)) is not None]
    return found[0] if len(found) == 1 else None


def _of_constructor(site: Site) -> Handler | None:
    """Return the handler beside a call of the function that returns the tool: `s.AddTool(newTool(), handler)`."""
    function = around(site.node, FUNCTIONS)
    name = function.child_by_field_name("name") if function is not None else None
    if function is None or name is None:
        return None
    method = _method_beside(site.module, function)
    if method is not None:
        return of_function(method)
    for module, node in mentions(site.module, site.module.text(name), _accepts, quoted=False):
        call = node.parent if node.parent is not None and node.parent.type == "call_expression" else None
        if call is None and node.parent is not None and node.parent.type == "selector_expression":
            outer = node.parent.parent
            call = outer if outer is not None and outer.type == "call_expression" else None
        found = _beside(module, call) if call is not None else None
        if found is not None:
            return of_function(found[0], registered=True, doubts=found[1])
    return None


def _method_beside(module: Module, function: Node) -> Found | None:
    """Return the method `Handle` or `Execute` of the type whose method returns the tool."""
    receiver = function.child_by_field_name("receiver")
    declared = receiver.named_children[0] if receiver is not None and receiver.named_children else None
    type_ = declared.child_by_field_name("type") if declared is not None else None
    held = type_at(module, type_) if type_ is not None else None
    for name in ("Handle", "Handler", "Execute", "Call", "Run", "HandleRequest") if held is not None else ():
        if held is not None and (found := method_of(held, name)) is not None:
            return found
    return None


def _dispatched(site: Site, tool: Tool) -> Handler | None:
    """Return the branch of `switch name { case "x": ... }`, or the function in `map[string]Handler{"x": handler}`."""
    found = list(_dispatches(site, tool.name or ""))
    return found[0] if len(found) == 1 else None


def _dispatches(site: Site, name: str) -> Iterator[Handler]:
    for module, node in mentions(site.module, name, _accepts, quoted=True) if name else ():
        here = node
        while here.parent is not None and here.parent.type in (
            "interpreted_string_literal",
            "literal_element",
            "expression_list",
        ):
            here = here.parent
        holder = here.parent
        if holder is None or contains(site.node, node):
            continue
        if holder.type == "expression_case":
            function, block = around(holder, FUNCTIONS), block_of_case(holder)
            if function is not None and block:
                made = of_function(Found(module, function)).activation
                if made is not None and made.names:
                    names, found = made.names, Found(module, function)
                    yield Handler(Activation(found, name_of(module, function), names, block), registered=False)
        elif holder.type == "keyed_element" and holder.named_children[0].id == here.id:
            one = function_in(module, holder.named_children[-1])
            if one is not None:
                yield of_function(one[0], doubts=one[1])
