"""Tells whether the schema has said what a sentence says of parameters."""

from collections.abc import Iterable, Iterator
from typing import Final

from toolsmell.model.reading import StatementKind
from toolsmell.reading.observed import Observed
from toolsmell.reading.readable import Readable
from toolsmell.reading.stems import GENERIC, stems_in_name, stems_of
from toolsmell.schema.reader import Parameter, choices_of
from toolsmell.text import words_of

_RARE_IN_SCHEMAS: Final = frozenset(
    (
        StatementKind.WHEN,
        StatementKind.WHEN_NOT,
        StatementKind.FAILURE,
        StatementKind.PREREQUISITE,
        StatementKind.EFFECT,
        StatementKind.RESULT,
    )
)
"""A schema has said a statement of these kinds only if it has all of its words, such as `fails`."""
_ALTERNATIVE: Final = frozenset("either both neither exactly".split())
"""Words about several parameters at once, which schemas hardly tell."""
_OF_SEVERAL: Final = frozenset(("one", "together"))
"""The same if the sentence explains several parameters: `Give only one of id and name`."""
_BINDING: Final = frozenset("only must never cannot".split())
_BOUND: Final = _BINDING | frozenset("required require requires should just not mandatory".split())
"""A schema without one of these does not say that something must be so."""
_CONDITIONS: Final = frozenset("if unless when whenever otherwise".split())
"""A schema without one of these sets no condition."""

_BOUNDS: Final = tuple(
    "default minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength minItems maxItems".split()
)
_READ: Final = 4_000
"""Characters of a description that are compared; each sentence about the parameter reads them."""
_CHOICES: Final = 40


def in_schema(tool: Readable, found: Observed) -> bool:
    """Return True if the schema has said what a sentence says of parameters."""
    sentence = found.sentence
    if not _ALTERNATIVE.isdisjoint(sentence.words):
        return False
    if len(found.explains) > 1 and not _OF_SEVERAL.isdisjoint(sentence.words):
        return False
    parameters = [p for p in tool.parameters if p.name in found.explains]
    said = words_of(" ".join([(p.description or "")[:_READ] for p in parameters]))
    known = stems_of(said).union(tool.name_stems, *[stems_in_name(p.name) for p in parameters])
    free = GENERIC if _RARE_IN_SCHEMAS.isdisjoint(found.says) else frozenset[str]()
    if not sentence.stems - free <= known:
        return False
    for words, schema_words in ((_BINDING, _BOUND), (_CONDITIONS, _CONDITIONS)):
        if not words.isdisjoint(sentence.words) and schema_words.isdisjoint(said):
            return False
    numbers = {word for word in sentence.words if word.isdecimal()}
    return numbers <= {*said, *_values(parameters)} if numbers else True


def _values(parameters: Iterable[Parameter]) -> Iterator[str]:
    """Yield the words of the bounds and values that the schemas of `parameters` have."""
    for parameter in parameters:
        schema = parameter.schema
        if isinstance(schema, dict):
            yield from words_of(" ".join([str(schema[key])[:_READ] for key in _BOUNDS if key in schema]))
            yield from words_of(" ".join(choices_of(schema)[:_CHOICES])[:_READ])
