"""Reads the parameters of a function of JavaScript: defaults, and the comment before it, `@param name text`."""

from collections.abc import Iterator

from toolsmell.evidence.code import fixed_values
from toolsmell.evidence.code.javascript.patterns import defaults
from toolsmell.evidence.code.javascript.terms import constant
from toolsmell.evidence.code.lines import lines_of
from toolsmell.evidence.code.reader_values import Activation
from toolsmell.model.implementation import CodeFact, FactKind, FactSource
from toolsmell.sources.code.javascript.functions import parameters_of
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.syntax import Node
from toolsmell.text import pattern

MAX_WORDS = 60

_PARAMETER = (
    r"@param\s+(?:\{[^}\n]{0,200}\}\s+)?\[?([\w$.]+)(?:\s*=\s*[^\]\n]{0,80})?\]?[ \t]*(?:-[ \t]*)?"
    r"((?:(?!\n\s*@)[\s\S])*)"
)


def facts_of_signature(activation: Activation) -> Iterator[CodeFact]:
    """Yield the facts of a function's parameters and comment about arguments of the tool (`Dialect`)."""
    module, node = activation.function
    for parameter in parameters_of(node) if activation.names else ():
        for name, place, value in defaults(module, parameter):
            term, known = activation.names.get(name), constant(module, value)
            yield from fixed_values.default(lines_of(module, place), term, known, activation.conditions)
    if activation.way:
        yield from _documented(activation)


def _documented(activation: Activation) -> Iterator[CodeFact]:
    module, node = activation.function
    wanted = {name: term for name, term in activation.names.items() if term.wire}
    comment = comment_of(module, node) if wanted else None
    if comment is None:
        return
    text = pattern(r"(?m)^[ \t]*\*[ \t]?").sub("", module.text(comment)[3:-2])
    for found in pattern(_PARAMETER).finditer(text):
        term, words = wanted.get(found[1]) or wanted.get(found[1].rpartition(".")[2]), " ".join(found[2].split())
        if term is not None and words and len(words.split()) <= MAX_WORDS:
            yield CodeFact(
                FactKind.DOCUMENTATION,
                lines_of(module, comment),
                term.wire,
                name=activation.name,
                message=words,
                conditions=activation.conditions,
                source=FactSource.DOCSTRING,
            )


def comment_of(module: Module, function: Node) -> Node | None:
    """Return the comment `/** ... */` before a function, or before the statement or member that holds it."""
    here = function
    for _ in range(4):
        before = here.prev_named_sibling
        if before is not None and before.type == "comment" and module.text(before).startswith("/**"):
            gap = module.source.slice(before.end_byte, here.start_byte)
            return before if not gap.strip() or gap.strip() in ("export", "async", "export default") else None
        if here.parent is None or here.parent.type in ("program", "statement_block", "class_body"):
            return None
        here = here.parent
    return None
