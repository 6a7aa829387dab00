"""Maps the parameters of a handler in Go to the arguments of the tool."""

from collections.abc import Mapping

from toolsmell.evidence.code.go.calls import name_of
from toolsmell.evidence.code.go.terms import fields_of
from toolsmell.evidence.code.lines import lines_of
from toolsmell.evidence.code.reader_values import ALL, Activation, Handler, Term
from toolsmell.model.implementation import Abstention, Doubt
from toolsmell.sources.code.go.names import parameters_of
from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.syntax import Node
from toolsmell.text import pattern

_REQUEST = r"^\*?(?:\w+\.)?CallTool(?:Request|Params)(?:For)?(?:\[.*\])?$"
_MAP = r"^(?:map\[string\](?:any|interface\{\})|json\.RawMessage)$"
_CONTEXT = r"(?:^|\.)(?:Context|ServerSession|Server|CallToolRequest|CallToolParams)$|Deps|Dependenc|Client$"


def of_function(function: Found, *, registered: bool = False, doubts: tuple[Doubt, ...] = ()) -> Handler:
    """Return the handler that a function is, with the names that stand for arguments of the tool."""
    module, node = function
    names = _names(module, node)
    if not names:
        doubts = (*doubts, Doubt.WHOLE)
    lines = lines_of(module, node.child_by_field_name("name") or node.child_by_field_name("parameters") or node)
    abstained = tuple(Abstention(one, lines) for one in doubts)
    return Handler(Activation(function, name_of(module, node), names), abstained, registered)


def _names(module: Module, node: Node) -> Mapping[str, Term]:
    names: dict[str, Term] = {}
    typed: list[tuple[str, Node]] = []
    for name, type_ in parameters_of(node):
        local, written = module.text(name), module.text(type_) if type_ is not None else ""
        if pattern(_REQUEST).match(written) or pattern(_MAP).match(written):
            names[local] = ALL
        elif type_ is not None and not pattern(_CONTEXT).search(written):
            typed.append((local, type_))
    if typed:
        local, type_ = typed[-1]
        found = dict(fields_of(module, local, type_))
        if found:
            names[local] = ALL
            names.update(found)
    return names
