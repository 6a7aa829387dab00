"""Finds the branch or the function that a dispatcher of JavaScript runs for the name of a tool."""

from collections.abc import Iterator, Mapping

from toolsmell.evidence.code.javascript.arguments import name_of, of_function
from toolsmell.evidence.code.javascript.named_functions import Runs, function_at, handler_member
from toolsmell.evidence.code.javascript.patterns import bound, of_pattern
from toolsmell.evidence.code.javascript.statements import block_of_case, statement, statements_in
from toolsmell.evidence.code.mentions import mentions
from toolsmell.evidence.code.reader_values import ALL, Activation, Handler, Term
from toolsmell.evidence.code.statements import Assignment
from toolsmell.model import Tool
from toolsmell.sources.code.found import Site
from toolsmell.sources.code.javascript.functions import FUNCTIONS, parameters_of
from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.nodes import around, parts_of
from toolsmell.sources.code.syntax import Language, Node
from toolsmell.text import pattern

_STRINGS = frozenset(("string", "string_fragment", "template_string"))
_NAMES = frozenset(("property_identifier", "identifier", "shorthand_property_identifier"))
_CASES = frozenset(("switch_case", "switch_default"))
_PASSED = r"[(,:]\s*(?:\.\.\.)?{}\b(?!\s*[.?\[])"
"""A name that is passed as it is."""

MAX_CONSTANTS = 4
"""Constants with the name of a tool that are looked for."""

_OTHERS = (
    r"(?i)^(?:name|toolname|tool|server|client|ctx|context|extra|session|state|db|api|config|logger|this|request_?id"
    r"|signal)$"
)


def handler(site: Site, tool: Tool) -> Handler | None:
    """Return the code that a dispatcher runs for a tool, or None if no place that writes its name leads to code."""
    name = tool.name
    if name is None:
        return None
    found: dict[tuple[object, ...], Handler] = {}
    for module, node in _places(site, name):
        made = _at(module, node, tool)
        if made is not None and made.activation is not None:
            found.setdefault(made.activation.identity, made)
    ranked = sorted(((_rank(site, made, tool), made) for made in found.values()), key=lambda one: one[0], reverse=True)
    if not ranked or not ranked[0][0][1] or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _rank(site: Site, made: Handler, tool: Tool) -> tuple[bool, int]:
    """Return how likely code is the handler: whether it is in the package of the tool, and what it reads of it."""
    if made.activation is None:
        return False, 0
    module, node = made.activation.function
    region = made.activation.region
    text = " ".join(module.text(one) for one in region) if region else module.text(node)
    words = set(pattern(r"[A-Za-z_$][\w$]*").findall(text))
    properties = (tool.input_schema or {}).get("properties")
    known = set(properties) if isinstance(properties, dict) else set[str]()
    whole = [local for local, term in made.activation.names.items() if term == ALL]
    passes = any(
        pattern(rf"[(,:]\s*(?:\.\.\.)?{local.replace('$', '.')}\b(?!\s*[.?\[])").search(text) for local in whole
    )
    reads = len(words & known) + (2 if passes else 0) + (0 if known else 1)
    package = module.project.package_of
    return package(module.path.parent) == package(site.module.path.parent), reads


def _accepts(language: Language) -> bool:
    return language.is_script


def _places(site: Site, name: str) -> Iterator[tuple[Module, Node]]:
    """Yield the places that write a name: as a string, as a key, and as a constant that is bound to that string."""
    constants: dict[str, None] = {}
    for module, node in mentions(site.module, name, _accepts, quoted=True):
        string = _string(module, node, name)
        if string is not None:
            if (constant := _constant(module, string)) is not None:
                constants[constant] = None
            yield module, string
    if pattern(r"[A-Za-z_$][\w$]*").fullmatch(name):
        for module, node in mentions(site.module, name, _accepts, quoted=False):
            if node.type in ("property_identifier", "shorthand_property_identifier"):
                yield module, node
    for constant in list(constants)[:MAX_CONSTANTS]:
        for module, node in mentions(site.module, constant, _accepts, quoted=False):
            if node.type in _NAMES:
                yield module, _whole(node)


def _string(module: Module, node: Node, name: str) -> Node | None:
    here = node.parent if node.type == "string_fragment" and node.parent is not None else node
    return here if here.type in _STRINGS and module.text(here).strip("\"'`") == name else None


def _constant(module: Module, string: Node) -> str | None:
    """Return the name that a constant, an entry of an object or a member of an enumeration gives to a string."""
    holder = string.parent
    while holder is not None and holder.type in ("as_expression", "satisfies_expression"):
        holder = holder.parent
    if holder is None or holder.type not in ("variable_declarator", "pair", "enum_assignment"):
        return None
    key = holder.child_by_field_name("name") or holder.child_by_field_name("key")
    name = module.text(key).strip("\"'") if key is not None else ""
    is_global = holder.type == "enum_assignment" or around(holder, FUNCTIONS) is None
    return name if is_global and (name.isupper() or holder.type != "pair") else None


def _whole(node: Node) -> Node:
    """Return `TOOLS.SEARCH` if its last part is given."""
    here = node
    while here.parent is not None and here.parent.type == "member_expression" and here.type != "identifier":
        here = here.parent
    return here


def _at(module: Module, node: Node, tool: Tool) -> Handler | None:
    """Return the code that a place which writes the name leads to."""
    inner, holder = node, node.parent
    while holder is not None and holder.type in ("parenthesized_expression", "as_expression", "computed_property_name"):
        inner, holder = holder, holder.parent
    if holder is None:
        return None
    match holder.type:
        case "switch_case":
            return _case(module, holder, inner)
        case "binary_expression":
            return _compared(module, holder)
        case "pair":
            return _entry(module, holder, inner, tool)
        case "object" if inner.type == "shorthand_property_identifier":
            return _of(function_at(module, inner), tool) if _is_map(holder) else None
        case "method_definition" if inner.type == "property_identifier" and _in_map(holder):
            return of_function(Found(module, holder), tool)
        case "subscript_expression":
            return _assigned(module, holder, tool)
        case "arguments" | "array":
            return _beside(module, holder, inner, tool)
    return None


def _of(place: Runs | None, tool: Tool) -> Handler | None:
    return of_function(place.function, tool, doubts=place.doubts) if place is not None else None


def _case(module: Module, case: Node, value: Node) -> Handler | None:
    """Return the statements that `case "x":` runs, also those of a later case that it falls through to."""
    own = case.child_by_field_name("value")
    if own is None or own.start_byte != value.start_byte:
        return None
    here: Node | None = case
    while here is not None and (here.type not in _CASES or not block_of_case(here)):
        here = here.next_named_sibling
    if here is None or here.type == "switch_default":
        return None
    switch = around(case, frozenset(("switch_statement",)))
    subject = switch.child_by_field_name("value") if switch is not None else None
    return _branch(module, case, subject, block_of_case(here))


def _compared(module: Module, comparison: Node) -> Handler | None:
    """Return the branch of `if (name === "x" || name === "y")`."""
    operator = comparison.child_by_field_name("operator")
    if operator is None or operator.type not in ("===", "=="):
        return None
    here: Node = comparison
    while here.parent is not None and here.parent.type in ("binary_expression", "parenthesized_expression"):
        outer = here.parent.child_by_field_name("operator")
        if outer is not None and outer.type not in ("||", "&&"):
            return None
        here = here.parent
    branch = here.parent
    if branch is None or branch.type != "if_statement":
        return None
    condition, block = branch.child_by_field_name("condition"), branch.child_by_field_name("consequence")
    if condition is None or condition.id != here.id or block is None:
        return None
    return _branch(module, branch, condition, statements_in(block))


def _branch(module: Module, branch: Node, subject: Node | None, block: tuple[Node, ...]) -> Handler | None:
    """Return a branch of a dispatcher; the parameters that may hold the arguments are those."""
    function = around(branch, FUNCTIONS)
    if function is None or not block:
        return None
    compared = set(pattern(r"[A-Za-z_$][\w$]*").findall(module.text(subject))) if subject is not None else set()
    names: dict[str, Term] = {}
    for parameter in parameters_of(function):
        inner = parameter.child_by_field_name("pattern") or parameter
        local = module.text(inner)
        if inner.type == "object_pattern":
            names.update(_of_request(module, inner))
        elif inner.type == "identifier" and local in ("request", "req"):
            names[f"{local}.params.arguments"] = ALL
        elif inner.type == "identifier" and local not in compared and not pattern(_OTHERS).match(local):
            names[local] = ALL
    names.update(_declared(module, function, branch, names))
    activation = Activation(Found(module, function), name_of(module, function), names, region=block)
    return Handler(activation, registered=False)


def _declared(module: Module, function: Node, branch: Node, names: Mapping[str, Term]) -> Mapping[str, Term]:
    """Return the names that hold arguments when a branch runs: `const { name, arguments: args } = request.params`."""
    found = dict(names)
    above: list[Node] = []
    here: Node | None = branch
    while here is not None and here.id != function.id:
        above.append(here)
        here = here.parent
    for inside in reversed(above):
        for sibling in inside.parent.named_children if inside.parent is not None else ():
            if sibling.start_byte >= inside.start_byte:
                break
            made = statement(module, sibling, found)
            for left, right in made.pairs if isinstance(made, Assignment) and not made.changes else ():
                found.update({one.name: one.term for one in bound(module, left, right, found) if one.term is not None})
    return found


def _of_request(module: Module, inner: Node) -> Iterator[tuple[str, Term]]:
    """Yield the arguments in `({ params: { name, arguments: args } })` and `({ name, arguments: args })`."""
    for one in of_pattern(module, inner, ALL):
        wire = one.term.wire if one.term is not None else ""
        if wire.rpartition(".")[2] in ("arguments", "args", "input"):
            yield one.name, ALL
        elif wire == "params":
            yield f"{one.name}.arguments", ALL


def _entry(module: Module, pair: Node, node: Node, tool: Tool) -> Handler | None:
    """Return the function in `{ x: handler }`, `{ [NAME]: handler }` or `{ name: "x", handler }`."""
    key, value, holder = pair.child_by_field_name("key"), pair.child_by_field_name("value"), pair.parent
    if key is None or value is None or holder is None:
        return None
    if key.start_byte <= node.start_byte < key.end_byte:
        found = function_at(module, value) or handler_member(module, value)
        return _of(found, tool)
    member = handler_member(module, holder)
    return _of(member, tool)


def _is_map(holder: Node) -> bool:
    """Return True if an object is likely a map from names to handlers: all of its members are functions."""
    return holder.named_child_count > 1 and all(
        child.type in ("pair", "shorthand_property_identifier", "method_definition", "spread_element", "comment")
        for child in holder.named_children
    )


def _in_map(method: Node) -> bool:
    return method.parent is not None and method.parent.type == "object"


def _assigned(module: Module, subscript: Node, tool: Tool) -> Handler | None:
    """Return the function in `handlers["x"] = handler`."""
    holder = subscript.parent
    value = (
        holder.child_by_field_name("right") if holder is not None and holder.type == "assignment_expression" else None
    )
    return _of(function_at(module, value), tool) if value is not None else None


def _beside(module: Module, holder: Node, node: Node, tool: Tool) -> Handler | None:
    """Return the only function beside the name in `map.set("x", handler)`, `["x", handler]`, `register("x", ...)`."""
    inside = parts_of(holder)
    if holder.type == "arguments" and inside[0].id != node.id:
        return None
    others = [child for child in inside if child.id != node.id]
    found = [one for child in others if (one := function_at(module, child) or handler_member(module, child))]
    return _of(found[0], tool) if len(found) == 1 else None
