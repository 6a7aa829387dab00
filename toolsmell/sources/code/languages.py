"""The functions that follow values in each language, loaded when a file of the language is met."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from toolsmell.sources.code.module import Evaluator, Found, Key, Module
from toolsmell.sources.code.syntax import Language, Node


class Flow(NamedTuple):
    """The functions that follow values in one language."""

    resolve: Callable[[Module, Node], Found | Module | None]
    options: Callable[[Found], Iterator[Iterator[Mapping[Key, Found]]]]
    objects: frozenset[str]
    """The types of nodes that write an object down."""


@cache
def flow_of(language: Language) -> Flow | None:
    """Return the functions that follow values in a language, or None if there are none."""
    if language is Language.PYTHON:
        from toolsmell.sources.code.python import names, sites

        return Flow(names.resolve_node, sites.options, frozenset(("dictionary", "call")))
    if language.is_script:
        from toolsmell.sources.code.javascript import names as script_names
        from toolsmell.sources.code.javascript import sites as script_sites

        objects = frozenset(("object",))
        return Flow(script_names.resolve_node, script_sites.options, objects)
    return None


@cache
def evaluator(language: Language) -> Evaluator:
    """Return the functions that evaluate expressions and conditions of a language."""
    match language:
        case Language.PYTHON:
            from toolsmell.sources.code.python import choices, read_files, values

            return Evaluator(values.evaluate, choices.truth, read_files.document)
        case Language.GO:
            from toolsmell.sources.code.go import values as go

            return Evaluator(go.evaluate, lambda _module, _node, _depth: None)
        case Language.JAVASCRIPT | Language.TYPESCRIPT | Language.TSX:
            from toolsmell.sources.code.javascript import choices as script_conditions
            from toolsmell.sources.code.javascript import read_files as script_files
            from toolsmell.sources.code.javascript import values as script_values

            return Evaluator(script_values.evaluate, script_conditions.truth, script_files.document)
