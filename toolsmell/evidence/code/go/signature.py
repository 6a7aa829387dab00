"""Reads the documentation of the parameters of a function of Go: comments on the fields of its struct."""

from collections.abc import Iterator

from toolsmell.evidence.code.go.types import Typed, type_at
from toolsmell.evidence.code.lines import lines_of
from toolsmell.evidence.code.reader_values import Activation
from toolsmell.model.implementation import CodeFact, FactKind, FactSource
from toolsmell.sources.code.go.names import parameters_of
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.syntax import Node
from toolsmell.text import pattern

MAX_WORDS = 60
MIN_WORDS = 2
_IDLE = (
    r"(?i)^(?:nolint|todo|fixme|deprecated|required|optional|for)\b|^[A-Z]\w* = |^-+"
    r"|\b(?:parameters|params|fields|options|settings|filters)\.?$"
)


def facts_of_signature(activation: Activation) -> Iterator[CodeFact]:
    """Yield the facts in comments on fields for arguments of the tool (`Dialect`)."""
    module, node = activation.function
    for parameter, type_ in parameters_of(node) if activation.names else ():
        held = type_at(module, type_) if type_ is not None else None
        local = module.text(parameter)
        for field, words, comment in _commented(held) if held is not None else ():
            term = activation.names.get(f"{local}.{field}")
            if held is not None and term is not None and term.wire:
                yield CodeFact(
                    FactKind.DOCUMENTATION,
                    lines_of(held.module, comment),
                    term.wire,
                    name=activation.name,
                    message=words,
                    conditions=activation.conditions,
                    source=FactSource.COMMENT,
                )


def _commented(held: Typed) -> Iterator[tuple[str, str, Node]]:
    """Yield the fields of a struct that have a comment, each with its words."""
    for field in held.fields:
        name, comment = field.child_by_field_name("name"), _comment(held.module, field)
        own = held.module.text(name) if name is not None else ""
        words = " ".join(held.module.text(comment).lstrip("/* ").rstrip("*/ ").split()) if comment is not None else ""
        words = pattern(rf"^{own} (?:is|are|-) (?:the )?").sub("", words) if own else words
        count = len(words.split())
        if comment is not None and own and MIN_WORDS <= count <= MAX_WORDS and not pattern(_IDLE).search(words):
            yield own, words, comment


def _comment(module: Module, field: Node) -> Node | None:
    """Return the comment on the line of a field, or alone on the line before it."""
    after, before = field.next_named_sibling, field.prev_named_sibling
    line = module.source.line(field.start_byte)
    if after is not None and after.type == "comment" and module.source.line(after.start_byte) == line:
        return after
    if before is None or before.type != "comment" or module.source.line(before.start_byte) != line - 1:
        return None
    above = before.prev_named_sibling
    at = module.source.line(before.start_byte)
    below = field.next_named_sibling
    own = below is None or below.type == "comment" or module.source.line(below.start_byte) > line + 1
    if not own:
        return None  # a heading of several fields
    continues = above is not None and above.type == "comment" and module.source.line(above.start_byte) == at - 1
    field_of = above.prev_named_sibling if above is not None and continues else None
    trails = field_of is not None and module.source.line(field_of.start_byte) == at - 1
    beside = above is not None and module.source.line(above.end_byte) >= at
    return None if beside or (continues and not trails) else before
