"""Maps the parameters of a handler in Python to the arguments of the tool."""

from collections.abc import Iterator, Mapping

from toolsmell.evidence.code.lines import lines_of
from toolsmell.evidence.code.reader_values import ALL, Activation, Handler, Term
from toolsmell.model import Tool
from toolsmell.model.implementation import Abstention, Doubt
from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.nodes import parts_of
from toolsmell.sources.code.python.classes import class_of, parameters_of
from toolsmell.sources.code.syntax import Node
from toolsmell.text import pattern

_CONTEXT = r"\b(?:Context|RequestContext|ToolContext|Request|Session|Client|Server|Depends|ServerSession)\b"
_ALIAS = r"\balias\s*=\s*[\"']([^\"']+)[\"']"
_HARMLESS = frozenset("tool wraps staticmethod classmethod override validate_call beartype abstractmethod".split())
_SELF = frozenset(("self", "cls"))


def of_function(function: Found, tool: Tool, *, registered: bool = False) -> Handler:
    """Return the handler that a function is, with the names that stand for arguments of the tool."""
    module, node = function
    names, doubts = _names(module, node, tool, registered=registered)
    if any(one not in _HARMLESS for one in _decorators(module, node)):
        doubts.append(Doubt.DECORATED)
    if is_abstract(module, node):
        doubts.append(Doubt.ELSEWHERE)
    lines = lines_of(module, node.child_by_field_name("name") or node)
    abstained = tuple(Abstention(one, lines) for one in doubts)
    return Handler(Activation(function, name_of(module, node), names), abstained, registered)


def name_of(module: Module, node: Node) -> str:
    """Return the name of a function with that of its class."""
    name = node.child_by_field_name("name")
    class_ = class_of(node)
    owner = class_.child_by_field_name("name") if class_ is not None else None
    own = module.text(name) if name is not None else "lambda"
    return f"{module.text(owner)}.{own}" if owner is not None else own


def _names(module: Module, node: Node, tool: Tool, *, registered: bool) -> tuple[Mapping[str, Term], list[Doubt]]:
    properties = (tool.input_schema or {}).get("properties")
    known = properties if isinstance(properties, dict) else {}
    names: dict[str, Term] = {}
    doubts: list[Doubt] = []
    rest: list[str] = []
    for whole, name, _ in parameters_of(node):
        local, text = module.text(name).lstrip("*"), module.text(whole)
        alias = pattern(_ALIAS).search(text)
        wire = alias[1] if alias else local
        if text.startswith("*"):
            if text.startswith("**"):
                names[local] = ALL
            doubts.append(Doubt.CATCH_ALL)
        elif wire in known:
            names[local] = Term(wire)
        elif local not in _SELF and not pattern(_CONTEXT).search(text):
            rest.append(local)
    if not registered and len(rest) == 1 and not any(term.wire for term in names.values()):
        names[rest[0]] = ALL
    elif rest and not registered:
        doubts.append(Doubt.WHOLE)
    return names, doubts


def _decorators(module: Module, node: Node) -> Iterator[str]:
    """Yield the last names of the decorators of a function."""
    holder = node.parent
    for child in holder.children if holder is not None and holder.type == "decorated_definition" else ():
        if child.type == "decorator":
            yield module.text(child).lstrip("@ ").partition("(")[0].strip().rpartition(".")[2]


def is_abstract(module: Module, function: Node) -> bool:
    """Return True if a function does nothing itself: it only has documentation, `pass`, `...` or a raise."""
    body = function.child_by_field_name("body")
    inside = parts_of(body) if body is not None else ()
    telling = [one for one in inside if not _is_silent(one)]
    return all("NotImplemented" in module.text(one) for one in telling)


def _is_silent(statement: Node) -> bool:
    inner = statement.named_children[0].type if statement.named_children else ""
    is_text = statement.type == "expression_statement" and inner in ("string", "concatenated_string", "ellipsis")
    return is_text or statement.type == "pass_statement"
