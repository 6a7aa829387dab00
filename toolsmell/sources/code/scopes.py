"""The names that a file binds, by scope: where constants, functions, classes and imports are found again."""

from bisect import bisect_right
from collections.abc import Iterator

from toolsmell.sources.code.imports import imports
from toolsmell.sources.code.nodes import around
from toolsmell.sources.code.parsed import Binding, NameScope, Parsed
from toolsmell.sources.code.syntax import Language, Match, Node, call_of


def read(module: Parsed) -> list[NameScope]:
    """Return the scopes of a file in order of their starts, each with its names; the first is the file."""
    found = module.bound
    scopes = _nested(module, [captures["scope"] for captures in found if "scope" in captures])
    starts = [scope.start for scope in scopes]
    for captures in found:
        if "scope" not in captures:
            exported = "default" in captures or "member" in captures
            owner = 0 if exported else _owner(scopes, starts, captures)
            for name, binding in _bindings(module, captures):
                assigns = "assignment" in captures and module.language is not Language.PYTHON
                at = _declaring(scopes, owner, name) if assigns else owner
                _bind(scopes[at].names, name, binding)
    return scopes


def _nested(module: Parsed, nodes: list[Node]) -> list[NameScope]:
    scopes = [NameScope(-1, len(module.source.data) + 1, "file", 0, {})]
    open_ = [0]
    for node in sorted(nodes, key=lambda n: (n.start_byte, -n.end_byte)):
        while scopes[open_[-1]].end < node.end_byte:
            open_.pop()
        scopes.append(NameScope(node.start_byte, node.end_byte, node.type, open_[-1], {}))
        open_.append(len(scopes) - 1)
    return scopes


def _owner(scopes: list[NameScope], starts: list[int], captures: Match) -> int:
    """Return the scope that a name is bound in: for a function or class, the one around it."""
    node = next(captures[key] for key in ("definition", "name", "callee", "import") if key in captures)
    begin, end = node.start_byte, node.end_byte
    at = bisect_right(starts, begin) - 1
    while at and not (scopes[at].end >= end and (scopes[at].start, scopes[at].end) != (begin, end)):
        at = scopes[at].parent
    return at


def _declaring(scopes: list[NameScope], at: int, name: str) -> int:
    """Return the innermost scope from `at` outwards that declares a name, or `at` if none does."""
    here = at
    while name not in scopes[here].names:
        if not here:
            return at
        here = scopes[here].parent
    return here


def _bindings(module: Parsed, captures: Match) -> Iterator[tuple[str, Binding]]:
    if "import" in captures:
        yield from imports(module, captures["import"])
        return
    if any(captures[key].type == "function_signature" for key in ("default", "definition") if key in captures):
        return  # An overload: the function with a body is the value of the name.
    if "default" in captures:
        if any(child.type == "default" for child in captures["export"].children):
            yield "default", Binding(captures["default"])
    elif "member" in captures:
        owner, name = (captures["member"].child_by_field_name(field) for field in ("object", "property"))
        if owner and name and module.text(owner) in ("exports", "module.exports"):
            yield module.text(name), Binding(captures["value"])
    elif "enum" in captures:
        yield from _enumeration(module, captures)
    elif "pattern" in captures:
        # Taken apart from a value (`const { key: name } = value`), or a parameter.
        holder = captures["pattern"].parent
        holder = holder.parent if holder and holder.type == "object_pattern" else holder
        value = holder.child_by_field_name("value") if holder and holder.type == "variable_declarator" else None
        member = module.text(captures["key"]) if value else None
        yield module.text(captures["name"]), Binding(value, member=member, at=captures["name"])
    else:
        value = captures.get("value") or captures.get("definition") or _added(captures.get("assignment"))
        yield module.text(captures["name"]), Binding(value, at=captures["name"])


_ADDING = frozenset(("augmented_assignment", "augmented_assignment_expression"))


def _added(assignment: Node | None) -> Node | None:
    """Return `name += value` as the value of the name from there on."""
    operator = assignment.child_by_field_name("operator") if assignment and assignment.type in _ADDING else None
    return assignment if operator is not None and operator.type == "+=" else None


def _enumeration(module: Parsed, captures: Match) -> Iterator[tuple[str, Binding]]:
    """Yield the name in `(function (Name) {...})(Name || (Name = {}))`."""
    call = call_of(captures["callee"])
    arguments = call.child_by_field_name("arguments") if call else None
    given = arguments.named_children[0] if arguments and arguments.named_children else None
    name = given.child_by_field_name("left") if given and given.type == "binary_expression" else None
    if name and name.type == "identifier":
        yield module.text(name), Binding(captures["enum"], final=True)


def _bind(names: dict[str, Binding], name: str, binding: Binding) -> None:
    """Bind a name. A name that is bound twice has no single value; the first of two imports counts."""
    bound = names.get(name)
    if bound is None or binding.final:
        names[name] = binding
    elif not bound.final and not (bound.origin and binding.origin):
        names[name] = Binding(all=(*(bound.all or (bound,)), binding))


_BLOCKS = frozenset(("block", "statement_block", "module", "program", "source_file", "class_body", "switch_case"))
_LOOPS = frozenset(("for_statement", "for_in_statement", "while_statement", "for_in_clause", "do_statement"))


def latest(bindings: tuple[Binding, ...], byte: int) -> Binding | None:
    """Return the binding that counts at a byte: the last one before it, if no condition decides whether it runs."""
    before = [one for one in bindings if one.at is not None and _end(one.at) <= byte]
    if not before or any(one.at is None for one in bindings):
        return None
    last = before[-1]
    block = around(last.at, _BLOCKS | _LOOPS) if last.at is not None else None
    if block is None or not block.start_byte <= byte < block.end_byte:
        return None
    loop = _loop_around(block, byte, bindings)
    return None if loop else last


def _end(name: Node) -> int:
    """Return where a binding begins to count: after its statement, for a loop variable after its name."""
    holder = name.parent
    while holder is not None and holder.type in ("pattern_list", "tuple_pattern", "array_pattern", "object_pattern"):
        holder = holder.parent
    if holder is None or holder.type in _LOOPS or "parameter" in holder.type:
        return name.end_byte
    return holder.end_byte


def _loop_around(block: Node, byte: int, bindings: tuple[Binding, ...]) -> bool:
    """Return True if a later turn of a loop in the block may bind the name anew before the byte."""
    for one in bindings:
        if one.at is None or one.at.start_byte < byte:
            continue
        loop = around(one.at, _LOOPS)
        while loop is not None and block.start_byte < loop.start_byte:
            if loop.start_byte <= byte < loop.end_byte:
                return True
            loop = around(loop, _LOOPS)
    return False
