"""Finds the branch or the function that a dispatcher runs for the name of a tool.

A dispatcher compares the name (`if name == "x"`, `match name: case "x"`) or looks it up (`HANDLERS[name]`). Each place
of the project that writes the name is looked at, also by a constant or a member of an enumeration.
"""

import re
from collections.abc import Iterator

from toolsmell.evidence.code.mentions import mentions
from toolsmell.evidence.code.python.arguments import name_of, of_function
from toolsmell.evidence.code.reader_values import ALL, Activation, Handler
from toolsmell.model import Tool
from toolsmell.model.implementation import Abstention, Doubt
from toolsmell.sources.code.found import Site
from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.nodes import around
from toolsmell.sources.code.python.classes import FUNCTIONS, parameters_of
from toolsmell.sources.code.python.names import resolve_node
from toolsmell.sources.code.syntax import Language, Node

_REFERENCES = frozenset(("identifier", "attribute", "lambda", "call"))
_PASSED_BY = frozenset(
    "parenthesized_expression list tuple set case_pattern dotted_name union_pattern pattern_list expression_list"
    " boolean_operator value_pattern".split()
)
_ARGUMENTS = frozenset(
    "arguments args params parameters kwargs input inputs tool_args tool_input arguments_dict".split()
)
_HOLDS_NAME = frozenset("self cls server ctx context session request req".split())


def handler(site: Site, tool: Tool) -> Handler | None:
    """Return the code that a dispatcher runs for a tool, or None if no place that writes its name leads to code."""
    name = tool.name
    if name is None:
        return None
    found = [made for module, node in _places(site, name) if (made := _at(module, node, tool)) is not None]
    branches = [made for made in found if made.activation is not None and made.activation.region] or found
    own = [made for made in branches if made.activation and made.activation.function.module.path == site.module.path]
    chosen = (own or branches)[:1]
    places = {made.activation.identity[:3] for made in branches if made.activation is not None}
    if chosen and not own and len(places) > 1:  # one of several servers that have a tool of this name
        return chosen[0]._replace(abstained=(*chosen[0].abstained, Abstention(Doubt.UNRESOLVED)))
    return chosen[0] if chosen else None


def _places(site: Site, name: str) -> Iterator[tuple[Module, Node]]:
    """Yield the places that write a name: as a string, and as a constant that is bound to that string."""
    constants: dict[str, None] = {}
    for module, node in mentions(site.module, name, _is_python, quoted=True):
        string = node if node.type == "string" else node.parent
        if string is None or string.type != "string":
            continue
        if (constant := _constant(module, string)) is not None:
            constants[constant] = None
        yield module, string
    for constant in constants:
        for module, node in mentions(site.module, constant, _is_python, quoted=False):
            yield module, _whole(node)


def _is_python(language: Language) -> bool:
    return language is Language.PYTHON


def _constant(module: Module, string: Node) -> str | None:
    """Return the name that an assignment gives to a string: a constant, or a member of an enumeration."""
    holder = string.parent
    if holder is None or holder.type != "assignment":
        return None
    left = holder.child_by_field_name("left")
    name = module.text(left) if left is not None and left.type == "identifier" else ""
    return name if name.isupper() or (holder.parent is not None and around(holder, _CLASS) is not None) else None


_CLASS = frozenset(("class_definition",))


def _whole(node: Node) -> Node:
    """Return `Tools.SEARCH.value` if its last or middle part is given."""
    here = node
    while here.parent is not None and here.parent.type in ("attribute", "dotted_name"):
        here = here.parent
    return here


def _at(module: Module, node: Node, tool: Tool) -> Handler | None:
    """Return the code that a place which writes the name leads to."""
    inner, holder = node, node.parent
    while holder is not None and holder.type in _PASSED_BY:
        inner, holder = holder, holder.parent
    if holder is None:
        return None
    match holder.type:
        case "comparison_operator":
            return _compared(module, holder)
        case "case_clause":
            body = holder.child_by_field_name("consequence")
            return _branch(module, holder, body) if body is not None else None
        case "subscript":
            return _assigned(module, holder, tool)
        case "argument_list" | "keyword_argument" | "pair":
            decorated = _decorated(holder)
            if decorated is not None:
                return of_function(Found(module, decorated), tool)
            found = function_beside(module, inner)
            return of_function(found, tool) if found is not None else None
    return None


def _compared(module: Module, comparison: Node) -> Handler | None:
    """Return the branch of `if name == "x"` or `if name in ("x", "y")`."""
    operators = [child.type for child in comparison.children if not child.is_named]
    if not any(one in ("==", "in", "is") for one in operators) or "not" in operators:
        return None
    here: Node = comparison
    while here.parent is not None and here.parent.type in ("boolean_operator", "parenthesized_expression"):
        here = here.parent
    branch = here.parent
    if branch is None or branch.type not in ("if_statement", "elif_clause"):
        return None
    body = branch.child_by_field_name("consequence")
    return _branch(module, branch, body) if body is not None else None


def _branch(module: Module, branch: Node, body: Node) -> Handler | None:
    """Return a branch of a dispatcher; all its parameters but the name may be the arguments of the tool."""
    function = around(branch, FUNCTIONS)
    if function is None:
        return None
    named = _compared_names(module, branch)
    free = [
        local
        for whole, name, _ in parameters_of(function)
        if (local := module.text(name)) not in _HOLDS_NAME | named and not module.text(whole).startswith("*")
    ]
    held = [local for local in free if local in _ARGUMENTS] or (free if len(free) == 1 else [])
    names = dict.fromkeys(held, ALL)
    if not held:  # `request.params.arguments` beside `request.params.name`
        texts = (module.text(name) for _, name, _ in parameters_of(function))
        inside = [f"{text}{middle}.arguments" for text in texts if text in named for middle in ("", ".params")]
        names = dict.fromkeys(inside, ALL)
    activation = Activation(Found(module, function), name_of(module, function), names, region=(body,))
    return Handler(activation, registered=False)


def _compared_names(module: Module, branch: Node) -> frozenset[str]:
    """Return the names in the condition of a branch, or in the subject of its `match`."""
    condition = branch.child_by_field_name("condition")
    if condition is None and branch.parent is not None and branch.parent.parent is not None:
        condition = branch.parent.parent.child_by_field_name("subject")
    return frozenset(re.findall(r"[A-Za-z_]\w*", module.text(condition))) if condition is not None else frozenset()


def _assigned(module: Module, subscript: Node, tool: Tool) -> Handler | None:
    """Return the function in `HANDLERS["x"] = function`."""
    holder = subscript.parent
    value = holder.child_by_field_name("right") if holder is not None and holder.type == "assignment" else None
    found = function_of(module, value) if value is not None else None
    return of_function(found, tool) if found is not None else None


def _decorated(holder: Node) -> Node | None:
    """Return the function that a decorator with these arguments decorates."""
    call = holder.parent.parent if holder.type == "keyword_argument" and holder.parent is not None else holder.parent
    decorator = call.parent if call is not None else None
    whole = decorator.parent if decorator is not None and decorator.type == "decorator" else None
    found = whole.child_by_field_name("definition") if whole is not None else None
    return found if found is not None and found.type == "function_definition" else None


def function_beside(module: Module, node: Node) -> Found | None:
    """Return the only function of the project beside a node, in the call, entry or dictionary around it."""
    holder = node.parent
    if holder is not None and holder.type == "keyword_argument":
        holder = holder.parent
    elif holder is not None and holder.type == "pair":
        own = holder.child_by_field_name("value")
        key = holder.child_by_field_name("key")
        if key is not None and key.start_byte == node.start_byte and own is not None:
            return function_of(module, own)
        holder = holder.parent
    if holder is None or holder.type not in ("argument_list", "dictionary", "tuple"):
        return None
    found: dict[tuple[object, int], Found] = {}
    for child in holder.named_children:
        value = child.child_by_field_name("value") if child.type in ("keyword_argument", "pair") else child
        function = function_of(module, value) if value is not None and value.start_byte != node.start_byte else None
        if function is not None:
            found[function.module.path, function.node.start_byte] = function
    return next(iter(found.values())) if len(found) == 1 else None


def function_of(module: Module, node: Node) -> Found | None:
    """Return the function that an expression names: a function, a method, a lambda, the first of a tuple."""
    if node.type == "tuple" and node.named_children:
        held = [found for child in node.named_children if (found := function_of(module, child)) is not None]
        return held[0] if len(held) == 1 else None
    if node.type not in _REFERENCES or node.type == "call":
        return None
    resolved = resolve_node(module, node)
    return resolved if isinstance(resolved, Found) and resolved.node.type in FUNCTIONS else None
