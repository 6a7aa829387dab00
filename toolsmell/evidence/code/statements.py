"""Statements as the walker reads them: what they have in common in all languages with braces."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol, TypeAlias

from toolsmell.evidence.code.checks import Predicate
from toolsmell.evidence.code.constants import Constant
from toolsmell.evidence.code.reader_values import Activation, Term
from toolsmell.model.implementation import CodeEffect, CodeFact, Condition
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.syntax import Node

Names: TypeAlias = Mapping[str, Term]
"""The local names that stand for arguments of the tool. `options.limit` is a name too."""


class Arm(NamedTuple):
    """A branch of an `if` or a `switch`."""

    test: Predicate | None
    """None for `else` and `default`."""
    block: tuple[Node, ...]
    first: Node
    """The condition, or the branch if it has none."""
    last: Node
    """The end of the branch."""
    heads: tuple[Node, ...] = ()
    """The expressions of its condition."""


class Fork(NamedTuple):
    """An `if` with its `else if` and `else`, or a `switch`."""

    branches: tuple[Arm, ...]
    before: tuple[Node, ...] = ()
    """Statements that run first."""
    heads: tuple[Node, ...] = ()
    """Expressions that are read first: the subject of a `switch`."""
    apart: bool = False
    """Whether the conditions exclude one another, as in a `switch`: the others then say nothing new of a branch."""


class Attempt(NamedTuple):
    """A `try`."""

    body: tuple[Node, ...]
    handlers: tuple[tuple[Node, ...], ...]
    last: tuple[Node, ...] = ()
    keeps: bool = False
    """Whether its handlers keep an error to themselves: what fails in the body does not make the tool fail."""


class Assignment(NamedTuple):
    """An assignment or a declaration."""

    pairs: tuple[tuple[Node, Node | None], ...]
    """What is assigned to, and the value; None if the value is not known."""
    changes: bool = False
    """Whether the new value follows from the old one, as in `x += 1`."""


class Returned(NamedTuple):
    values: tuple[Node, ...]


class Loop(NamedTuple):
    heads: tuple[Node, ...]
    block: tuple[Node, ...]
    bound: tuple[Node, ...] = ()
    """The names that each turn gives a value."""


class Expressions(NamedTuple):
    """Anything else: only its expressions are read."""

    nodes: tuple[Node, ...]


class Nested(NamedTuple):
    statements: tuple[Node, ...]


class Definition(NamedTuple):
    """A function inside of a function."""

    function: Node


Statement: TypeAlias = Fork | Attempt | Assignment | Returned | Loop | Expressions | Nested | Definition


class Bound(NamedTuple):
    """A local name that an assignment binds."""

    name: str
    term: Term | None
    """None if it stands for no argument."""
    facts: tuple[CodeFact, ...] = ()
    """Defaults that are written beside the name."""


class Called(NamedTuple):
    """A call of a function of the project."""

    activation: Activation
    direct: tuple[Node, ...]
    """The arguments that are passed unchanged: they are read in the function, if at all."""


class Caused(NamedTuple):
    """An effect of a call."""

    effect: CodeEffect
    target: str
    """The program, the file or the address, as far as it is known."""
    subject: Node | None = None
    """The argument that says what is written, deleted or sent."""


class Inside(NamedTuple):
    """The facts about the tool in a function that is written inside another one."""

    fails: bool = False
    """Whether the tool fails if the function does."""
    returns: bool = False
    """Whether its result is the result of the tool."""
    runs: bool = True
    """False if it is only given away, as a member of an object that is returned."""


class Dialect(Protocol):
    """The parts of reading a body that differ from language to language. It is a module with these names."""

    CALLS: frozenset[str]
    """Types of nodes that call something."""
    FUNCTIONS: frozenset[str]
    """Types of nodes that are functions."""
    CONFIGURED: str
    """A regular expression for conditions that depend on configuration."""

    def block_of(self, function: Node) -> tuple[Node, ...] | Node:
        """Return the statements of a function, or the expression that it returns."""

    def statement(self, module: Module, node: Node, names: Names) -> Statement:
        """Take a statement apart."""

    def bound(self, module: Module, left: Node, right: Node | None, names: Names) -> Iterator[Bound]:
        """Yield the names that an assignment binds."""

    def parameters_bound(self, module: Module, function: Node) -> Iterator[str]:
        """Yield the names of the parameters of a function."""

    def term_of(self, module: Module, node: Node, names: Names) -> Term | None:
        """Return the argument of the tool that an expression is, or None if it is something else or changed."""

    def constant(self, module: Module, node: Node) -> Constant:
        """Return the constant that an expression is, or `UNKNOWN`."""

    def parts(self, module: Module, node: Node, names: Names) -> Iterator[tuple[Node, tuple[Condition, ...]]]:
        """Yield the expressions inside of an expression, with the conditions under which they run."""

    def facts_of_value(
        self, module: Module, node: Node, names: Names, conditions: tuple[Condition, ...]
    ) -> Iterator[CodeFact]:
        """Yield the facts of an expression itself; its parts are passed one by one."""

    def facts_of_result(
        self, module: Module, values: tuple[Node, ...], conditions: tuple[Condition, ...]
    ) -> Iterator[CodeFact]:
        """Yield the facts of a returned value."""

    def facts_of_signature(self, activation: Activation) -> Iterator[CodeFact]:
        """Yield the facts of a function's parameters and documentation about arguments of the tool."""

    def failure_of(self, module: Module, block: tuple[Node, ...]) -> str | None:
        """Return the message that a block fails with (empty if it is not known), or None if it does not fail."""

    def truth(self, module: Module, condition: Node) -> bool | None:
        """Return whether a condition holds for the values that a call gives, or None if only a run can tell."""

    def exits(self, block: tuple[Node, ...]) -> bool:
        """Return True if no code after a block runs when the block has run."""

    def calls_of_result(self, module: Module, values: tuple[Node, ...]) -> Iterator[Node]:
        """Yield the calls that a returned value is."""

    def called_by(
        self, module: Module, call: Node, names: Names, within: Activation, conditions: tuple[Condition, ...]
    ) -> Called | None:
        """Return the function of the project that a call runs, or None if it is none or not known."""

    def effect_of(self, module: Module, call: Node) -> Caused | None:
        """Return the effect of a call, or None if it has none that is known by its name."""

    def inside(self, module: Module, function: Node) -> Inside:
        """Return the facts of a function inside of the one that is read."""
