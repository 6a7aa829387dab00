"""The values that the readers of all languages share: handlers, activations of functions, and what a body shows."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, Protocol

from toolsmell.model import Tool
from toolsmell.model.implementation import Abstention, CodeFact, CodeStep, Condition
from toolsmell.sources.code.found import Site
from toolsmell.sources.code.module import Found
from toolsmell.sources.code.nodes import contains
from toolsmell.sources.code.syntax import Node


class Term(NamedTuple):
    """The part of the tool's arguments that a local name stands for, unchanged."""

    wire: str
    """The wire parameter, with full stops between the names of nested ones; empty for all arguments as one value."""

    def member(self, key: str) -> "Term":
        """Return the term for a member of the value."""
        return Term(f"{self.wire}.{key}" if self.wire else key)


ALL = Term("")
"""All arguments of the tool as one value."""


def terms_in(node: Node, term_of: Callable[[Node], Term | None], names: Mapping[str, Term]) -> Iterator[Term]:
    """Yield the arguments of the tool that an expression mentions, changed or not."""
    stack = [node] if names else []
    while stack:
        here = stack.pop()
        term = term_of(here)
        if term is not None:
            yield term
        else:
            stack.extend(here.named_children)


class Activation(NamedTuple):
    """A function as one tool runs it."""

    function: Found
    name: str
    names: Mapping[str, Term]
    """The local names that stand for arguments of the tool."""
    region: tuple[Node, ...] = ()
    """The nodes to read, such as one branch of a dispatch; empty for the whole body."""
    conditions: tuple[Condition, ...] = ()
    """The conditions under which it runs."""
    way: tuple[CodeStep, ...] = ()
    passed: frozenset[str] = frozenset()
    """The wire parameters in the arguments of the call, changed ones too; empty text for all arguments."""
    gives_result: bool = True
    """Whether its result is the result of the tool."""
    fails: bool = True
    """Whether the tool fails if it does; false inside of a `try` that keeps its errors to itself."""

    handles: bool = False
    """Whether it runs while an error is handled."""
    temporary: bool = False
    """Whether a function around it makes a temporary folder: the files in it are no effect of the tool."""

    def contains(self, other: Found) -> bool:
        """Return True for a function that is written in this one: it is read in its place."""
        return other.module.path == self.function.module.path and contains(self.function.node, other.node)

    @property
    def identity(self) -> tuple[object, ...]:
        """Return a key that is equal for two activations with the same facts."""
        module, node = self.function
        region = tuple(one.start_byte for one in self.region)
        given = frozenset((key, value.module.path, value.node.start_byte) for key, value in module.given.items())
        return module.path, node.start_byte, region, given, tuple(sorted(self.names.items()))


class BodyReading(NamedTuple):
    """The facts, calls and uses in the body of one function."""

    facts: tuple[CodeFact, ...] = ()
    calls: tuple[Activation, ...] = ()
    """The functions of the project that it calls."""
    used: frozenset[str] = frozenset()
    """The wire parameters that it reads itself, not counting what it only passes to `calls`; an empty text means that
    all arguments are passed as one value to something that cannot be followed."""
    abstained: tuple[Abstention, ...] = ()


class Handler(NamedTuple):
    """The code that a tool runs."""

    activation: Activation | None
    """None if it was not found."""
    abstained: tuple[Abstention, ...] = ()
    """Reasons for which nothing may be said about parameters that are not used."""
    registered: bool = True
    """False if it was found by the name of the tool only: then it must read a parameter to be believed."""


class CodeReader(Protocol):
    """Reads the code of tools in one language. It is a module with these functions."""

    def handler(self, site: Site, tool: Tool) -> Handler:
        """Return the code that a tool runs."""

    def body(self, activation: Activation) -> BodyReading:
        """Return the reading of a function's body."""
