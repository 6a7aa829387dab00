"""Whether code runs: the conditions around it, as far as they are known without a run."""

from collections.abc import Sequence

from toolsmell.sources.code.module import Module
from toolsmell.sources.code.syntax import Node

_IFS = frozenset(("if_statement", "elif_clause"))
_UNSURE = frozenset(
    "for_statement for_in_statement while_statement do_statement try_statement except_clause catch_clause"
    " finally_clause switch_case switch_default case_clause match_statement with_statement expression_case"
    " default_case".split()
)
FUNCTIONS = frozenset(
    "function_definition function_declaration method_definition arrow_function function_expression lambda".split()
)


def runs(module: Module, node: Node, top: Node, depth: int = 0) -> bool | None:
    """Return whether a node in the function or file `top` runs when `top` does; None if only a run can tell."""
    certain = True
    here, above = node, node.parent
    while above is not None and above.id != top.id:
        if above.type in FUNCTIONS:
            return None
        if above.type in _IFS:
            taken = _taken(module, above, here, depth)
            if taken is False:
                return False
            certain = certain and taken is True
        elif above.type in _UNSURE:
            certain = False
        here, above = above, above.parent
    return True if certain else None


def _taken(module: Module, branch: Node, inside: Node, depth: int) -> bool | None:
    """Return whether an `if` leads to the part of it that is `inside`."""
    condition, yes = branch.child_by_field_name("condition"), branch.child_by_field_name("consequence")
    if condition is None or inside.id == condition.id:
        return True
    known = module.truth(condition, depth)
    if yes is not None and inside.id == yes.id:
        return known
    before = [known]
    for other in branch.children_by_field_name("alternative"):
        if other.id == inside.id:
            break
        between = other.child_by_field_name("condition")
        before.append(module.truth(between, depth) if between is not None else None)
    if True in before:
        return False
    return None if None in before else True


def chosen(module: Module, values: Sequence[Node], function: Node, depth: int = 0) -> Node | None:
    """Return the value that a function returns, of those that it may return; None if only a run can tell."""
    if len(values) == 1:
        return values[0]
    for value in values:
        taken = runs(module, value, function, depth)
        if taken is not False:
            return value if taken else None
    return None
