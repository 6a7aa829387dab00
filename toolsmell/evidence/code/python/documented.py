"""The documentation of parameters in the docstring of a function that a tool calls."""

from collections.abc import Iterator, Mapping

from toolsmell.evidence.code.lines import lines_of
from toolsmell.evidence.code.reader_values import Activation, Term
from toolsmell.model.implementation import CodeFact, FactKind, FactSource
from toolsmell.sources.code.cleaning import cleandoc
from toolsmell.sources.code.python import docstring, docstring_sections

MAX_WORDS = 60


def facts_of_docstring(activation: Activation) -> Iterator[CodeFact]:
    """Yield the docstring's texts about the parameters that get arguments of the tool unchanged."""
    module, node = activation.function
    wanted: Mapping[str, Term] = {name: term for name, term in activation.names.items() if term.wire}
    value = docstring.of_function(module, node) if wanted else None
    body = node.child_by_field_name("body")
    if value is None or value.text is None or body is None or not body.named_children:
        return
    found = docstring_sections.split(cleandoc(cleandoc(value.text)).split("\n"), docstring_sections.Splits.PARAMETERS)
    for name, part in found.parameters.items() if found is not None else ():
        term, words = wanted.get(name), " ".join(part.text.split())
        if term is not None and words and len(words.split()) <= MAX_WORDS:
            yield CodeFact(
                FactKind.DOCUMENTATION,
                lines_of(module, body.named_children[0]),
                term.wire,
                name=activation.name,
                message=words,
                way=activation.way,
                conditions=activation.conditions,
                source=FactSource.DOCSTRING,
            )
