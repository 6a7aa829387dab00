"""Parameters that take several values written as one text: the two rules about them share all but the words."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit
from toolsmell.schema.reader import Parameter
from toolsmell.text import identifier_words, pattern

_NAMED = 3
"""Parameters that the message names."""


class TextForm(NamedTuple):
    """A form in which a description asks for several values as one text."""

    asks: str
    """The pattern by which a description asks for it, in lower case."""
    plain: frozenset[str]
    """Words in names of parameters that take such a text for good reason."""
    gate: Callable[[ToolContext], bool]
    """Returns False for tools that cannot match, by a cheap look at their words."""
    excerpt: str
    message: str
    """Completes the message after 'take' or 'takes'."""
    help: str


def hits(server: ServerContext, form: TextForm) -> Iterator[Hit]:
    """Yield one hit for all parameters of a server."""
    found = [(tool, parameter) for tool in server.tools for parameter in _found(tool, form)]
    if not found:
        return
    tool, parameter = found[0]
    names = list(dict.fromkeys(f"'{shown(p.name, 30)}'" for _, p in found))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    yield Hit(
        parameter.pointer,
        f"{', '.join(names[:_NAMED])}{more} {'take' if len(names) > 1 else 'takes'} {form.message}",
        excerpt=form.excerpt,
        tool=tool.tool.index,
        help=form.help,
        members=tuple((tool.tool.index, p.pointer) for tool, p in found),
    )


def _found(tool: ToolContext, form: TextForm) -> Iterator[Parameter]:
    for parameter, text, _ in tool.explanations if form.gate(tool) else ():
        if parameter.types - {"null"} != {"string"} or not parameter.schema.keys().isdisjoint(
            ("pattern", "enum", "const")
        ):
            continue
        if pattern(form.asks).search(text.lower) and form.plain.isdisjoint(identifier_words(parameter.name)):
            yield parameter
