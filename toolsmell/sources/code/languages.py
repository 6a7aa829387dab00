"""The functions that follow values in each language, loaded when a file of the language is met."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from toolsmell.sources.code.module import Found, Key, Module
from toolsmell.sources.code.syntax import Language, Node
from toolsmell.sources.code.values import Value


class Flow(NamedTuple):
    """The functions that follow values in one language."""

    evaluate: Callable[[Module, Node], Value]
    resolve: Callable[[Module, Node], Found | Module | None]
    options: Callable[[Found], Iterator[Iterator[Mapping[Key, Found]]]]
    objects: frozenset[str]
    """The types of nodes that write an object down."""


@cache
def flow_of(language: Language) -> Flow | None:
    """Return how values are followed in a language, or None if they are not."""
    if language is Language.PYTHON:
        from toolsmell.sources.code.python import names, sites, values

        return Flow(values.evaluate, names.resolve_node, sites.options, frozenset(("dictionary", "call")))
    if language.is_script:
        from toolsmell.sources.code.javascript import names as script_names
        from toolsmell.sources.code.javascript import sites as script_sites
        from toolsmell.sources.code.javascript import values as script_values

        objects = frozenset(("object",))
        return Flow(script_values.evaluate, script_names.resolve_node, script_sites.options, objects)
    return None
