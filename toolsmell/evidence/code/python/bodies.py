"""Reads the body of a function of Python, statement by statement: what is checked, called, changed and returned."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from toolsmell.evidence.code.checks import conditions_of, facts_of_rejection
from toolsmell.evidence.code.lines import lines_of
from toolsmell.evidence.code.python import effects
from toolsmell.evidence.code.python.branches import Branch, branches_of
from toolsmell.evidence.code.python.calls import called_by
from toolsmell.evidence.code.python.conditions import test_of
from toolsmell.evidence.code.python.constants import TELLING, facts_of_setting, facts_of_value
from toolsmell.evidence.code.python.documented import facts_of_docstring
from toolsmell.evidence.code.python.failures import (
    Failed,
    exits,
    failure_of,
    is_log,
    keeps_errors,
    statements_in,
)
from toolsmell.evidence.code.python.results import facts_of_result, unwrapped
from toolsmell.evidence.code.python.terms import mentioned, term_of
from toolsmell.evidence.code.reader_values import ALL, Activation, BodyReading, Term
from toolsmell.model.implementation import CodeFact, Condition, FactKind, Flag, Handling
from toolsmell.sources.code.syntax import Node
from toolsmell.text import pattern

if TYPE_CHECKING:
    from toolsmell.sources.code.module import Module

_CONFIGURED = r"\b(?:os\.environ|getenv|settings\.|config\.|CONFIG\b|cfg\.|[A-Z_]*ENABLED\b|feature_flag)"
_SEES_ALL = frozenset("locals vars eval exec inspect.currentframe sys._getframe".split())
"""Functions that can read any name."""
_DEFINITIONS = frozenset(("function_definition", "class_definition", "decorated_definition"))
_BLOCKS = frozenset(("with_statement", "while_statement", "for_statement", "else_clause", "finally_clause", "block"))


def body(activation: Activation) -> BodyReading:
    """Return the reading of a function's body (`CodeReader`)."""
    reading = _Body(activation)
    reading.read()
    configured = pattern(_CONFIGURED)
    facts = tuple(
        fact._replace(way=activation.way, flags=fact.flags | {Flag.CONFIGURATION})
        if any(configured.search(one.text) for one in fact.conditions)
        else fact._replace(way=activation.way)
        for fact in reading.facts
    )
    return BodyReading(facts, tuple(reading.calls), frozenset(reading.used))


class _Body:
    """One reading of a body. Names are followed in the order of the statements."""

    def __init__(self, activation: Activation) -> None:
        self._activation: Final = activation
        self._module: Final[Module] = activation.function.module
        self._names: Final[dict[str, Term]] = dict(activation.names)
        self._handled = 0
        self._fails = activation.fails
        self.facts: Final[list[CodeFact]] = []
        self.calls: Final[list[Activation]] = []
        self.used: Final[set[str]] = set()

    def read(self) -> None:
        activation = self._activation
        self.facts.extend(facts_of_docstring(activation))
        if activation.region:
            self._before(activation.region[0])
            for node in activation.region:
                self._block(node, activation.conditions)
            return
        whole = activation.function.node.child_by_field_name("body")
        if whole is not None and whole.type == "block":
            self._block(whole, activation.conditions)
        elif whole is not None:  # a lambda
            self._returned(whole, activation.conditions)

    def _before(self, region: Node) -> None:
        """Follow names through the statements that run before a branch; they show nothing of one tool."""
        above: list[Node] = []
        here = region
        while here.parent is not None and here.id != self._activation.function.node.id:
            if here.parent.type == "block":
                above.append(here)
            here = here.parent
        for inside in reversed(above):
            block = inside.parent
            for statement in block.named_children if block is not None else ():
                if statement.start_byte >= inside.start_byte:
                    break
                if statement.type not in ("if_statement", "match_statement"):  # branches for other tools
                    self._statement(statement, ())
        self.facts.clear()
        self.used.update(wire for one in self.calls for wire in one.passed)
        self.calls.clear()

    def _block(self, block: Node, conditions: tuple[Condition, ...]) -> None:
        for statement in statements_in(block):
            conditions = self._statement(statement, conditions)

    def _statement(self, node: Node, conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
        """Read a statement, and return the conditions under which those after it run."""
        match node.type:
            case "if_statement":
                return self._branches(list(branches_of(node)), conditions)
            case "try_statement":
                self._try(node, conditions)
            case "match_statement":
                self._match(node, conditions)
            case "return_statement":
                for child in node.named_children:
                    self._returned(child, conditions)
            case "raise_statement":
                self._expressions(node.named_children, conditions)
            case "expression_statement":
                for child in node.named_children:
                    self._expression_statement(child, conditions)
            case _ if node.type in _DEFINITIONS:
                self._inner(node, conditions)
            case _ if node.type in _BLOCKS:
                self._nested(node, conditions)
            case _:
                self._expressions(node.named_children, conditions)
        return conditions

    def _nested(self, node: Node, conditions: tuple[Condition, ...]) -> None:
        """Read a loop or a `with`: its head, then its blocks."""
        if node.type == "block":
            self._block(node, conditions)
            return
        if node.type == "for_statement" and (left := node.child_by_field_name("left")) is not None:
            self._forget(left)
        for child in node.named_children:
            if child.type in _BLOCKS:
                self._nested(child, conditions)
            elif node.type != "for_statement" or child.start_byte != node.named_children[0].start_byte:
                self._expression(child, conditions)

    def _try(self, node: Node, conditions: tuple[Condition, ...]) -> None:
        fails = self._fails
        self._fails = fails and not keeps_errors(self._module, node)
        for child in node.named_children:
            if child.type != "block":
                self._fails = fails
            if child.type in ("except_clause", "except_group_clause"):
                before = len(self.facts)
                for inner in child.named_children:
                    if inner.type == "block":
                        self._block(inner, conditions)
                self._flag(before)
            elif child.type in _BLOCKS:
                self._nested(child, conditions)

    def _flag(self, since: int) -> None:
        """Flag the facts since a number as those of an error path."""
        for position in range(since, len(self.facts)):
            fact = self.facts[position]
            self.facts[position] = fact._replace(flags=fact.flags | {Flag.ERROR_PATH})

    def _match(self, node: Node, conditions: tuple[Condition, ...]) -> None:
        subject = node.child_by_field_name("subject")
        if subject is not None:
            self._expression(subject, conditions)
        block = node.child_by_field_name("body")
        for clause in block.named_children if block is not None else ():
            consequence = clause.child_by_field_name("consequence")
            if consequence is not None and subject is not None:
                pattern_ = clause.named_children[0] if clause.named_children else clause
                text = f"{self._module.words(subject)} matches {self._module.words(pattern_)}"
                self._block(consequence, (*conditions, Condition(text)))

    def _branches(self, branches: list[Branch], conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
        """Read the branches of an `if`, and return the conditions under which what comes after them runs."""
        after = conditions
        around = conditions
        for branch in branches:
            decided = branch.decided(self._module)
            if decided is False:
                continue
            if branch.condition is None or decided is True:
                self._failed(branch, around)
                self._block(branch.block, around)
                break
            self._expression(branch.condition, around)
            test = test_of(self._module, branch.condition, self._names)
            failed = failure_of(self._module, branch.block)
            if failed is not None:
                self._rejected(branch, failed, around)
            else:
                self._set(branch, around)
            self._block(branch.block, (*around, *conditions_of(test)))
            around = (*around, *conditions_of(test, holds=False))
            if failed is None and exits(branch.block):
                after = (*after, *conditions_of(test, holds=False))
        return after

    def _rejected(self, branch: Branch, failed: Failed, conditions: tuple[Condition, ...]) -> None:
        """Add the facts of a branch that fails."""
        if branch.condition is None or not self._fails:
            return
        test = test_of(self._module, branch.condition, self._names)
        lines = lines_of(self._module, branch.condition, branch.block)
        message = str(failed) or None
        found = list(facts_of_rejection(test, lines, Handling.REJECTED, message, conditions))
        if not found and message is not None:
            inside = (*conditions, *conditions_of(test))
            found = [CodeFact(FactKind.FAILURE, lines, message=message, conditions=inside)]
        self.facts.extend(found)

    def _failed(self, branch: Branch, conditions: tuple[Condition, ...]) -> None:
        """Add the fact of an `else` that fails: it closes a list of accepted values."""
        failed = failure_of(self._module, branch.block)
        if failed is not None and self._fails:
            self.facts.extend(branch.closed(self._module, self._names, failed, conditions))

    def _set(self, branch: Branch, conditions: tuple[Condition, ...]) -> None:
        """Add the facts of a branch that only gives an argument another value, and keep what the name stands for."""
        inside = statements_in(branch.block)
        assignment = inside[0].named_children[0] if len(inside) == 1 and inside[0].named_children else None
        if branch.condition is None or assignment is None or assignment.type != "assignment":
            return
        left, right = assignment.child_by_field_name("left"), assignment.child_by_field_name("right")
        term = term_of(self._module, left, self._names)
        test = test_of(self._module, branch.condition, self._names)
        if right is not None and term is not None and term.wire:
            found = list(facts_of_setting(self._module, branch.block, test, right, conditions))
            self.facts.extend(fact for fact in found if fact.parameter == term.wire)
            self._handled = assignment.start_byte if found else 0

    def _expression_statement(self, node: Node, conditions: tuple[Condition, ...]) -> None:
        if node.type not in ("assignment", "augmented_assignment"):
            self._expression(node, conditions)
            return
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if right is None or left is None:
            return
        term = term_of(self._module, right, self._names) if node.type == "assignment" else None
        if term is not None and left.type == "identifier":
            self._values(right, conditions)
            self._names[self._module.text(left)] = term
            return
        self._expression(right, conditions)
        if node.start_byte != self._handled or not self._handled:
            self._forget(left)
        if left.type != "identifier":
            self._expression(left, conditions)

    def _values(self, node: Node, conditions: tuple[Condition, ...]) -> None:
        """Add the facts of an expression that is an argument, such as a default; this is no use of the argument."""
        stack = [node]
        while stack:
            here = stack.pop()
            self.facts.extend(facts_of_value(self._module, here, self._names, conditions))
            stack.extend(here.named_children)

    def _forget(self, left: Node) -> None:
        """Forget the terms of the names on the left of an assignment."""
        for node in (left, *left.named_children):
            if node.type == "identifier":
                self._names.pop(self._module.text(node), None)

    def _inner(self, node: Node, conditions: tuple[Condition, ...]) -> None:
        """Read a function inside of a function: it may run, with the same names."""
        function = node.child_by_field_name("definition") if node.type == "decorated_definition" else node
        block = function.child_by_field_name("body") if function is not None else None
        before = len(self.facts)
        kept = dict(self._names)
        if block is not None:
            self._block(block, conditions)
        self._names.clear()
        self._names.update(kept)
        self.facts[before:] = [fact for fact in self.facts[before:] if fact.kind is FactKind.EFFECT]

    def _returned(self, node: Node, conditions: tuple[Condition, ...]) -> None:
        first = len(self.calls)
        self._expression(node, conditions)
        if self._activation.gives_result:
            self.facts.extend(facts_of_result(self._module, node, conditions))
            inner = unwrapped(self._module, node)
            for position in range(first, len(self.calls)):
                if inner.type == "call" and self.calls[position].way[-1].at == lines_of(self._module, inner):
                    self.calls[position] = self.calls[position]._replace(gives_result=True)

    def _expressions(self, nodes: Iterable[Node], conditions: tuple[Condition, ...]) -> None:
        for node in nodes:
            self._expression(node, conditions)

    def _expression(self, node: Node, conditions: tuple[Condition, ...]) -> None:
        """Read an expression: the calls in it, and the arguments of the tool that it uses."""
        stack: list[tuple[Node, bool]] = [(node, False)]
        while stack:
            here, passed = stack.pop()
            kind = here.type
            if kind == "block":
                self._block(here, conditions)
                continue
            if kind == "call" and is_log(self._module, here):
                self.used.update(term.wire for term in mentioned(self._module, here, self._names))
                continue
            if kind in TELLING:
                self.facts.extend(facts_of_value(self._module, here, self._names, conditions))
            below = self._call(here, conditions) if kind == "call" else frozenset[int]()
            term = term_of(self._module, here, self._names) if self._names else None
            if term is not None:
                if not passed and not below:
                    self.used.add(term.wire)
                if not below:
                    continue
            stack.extend((child, child.id in below) for child in _parts(here))

    def _call(self, node: Node, conditions: tuple[Condition, ...]) -> frozenset[int]:
        """Add the function that a call runs, and return the ids of the arguments that it reads."""
        found = called_by(self._module, node, self._names, self._activation, conditions)
        if found is not None:
            self.calls.append(found.activation._replace(fails=self._fails))
            return frozenset(one.id for one in found.direct)
        function = node.child_by_field_name("function")
        if function is not None and self._module.text(function) in _SEES_ALL:
            self.used.add(ALL.wire)
        self._caused(node, conditions)
        return frozenset()

    def _caused(self, node: Node, conditions: tuple[Condition, ...]) -> None:
        caused = effects.effect_of(self._module, node)
        if caused is None:
            return
        if effects.is_private(self._module, caused, self._activation.function.node):
            return
        self.facts.append(
            CodeFact(
                FactKind.EFFECT,
                lines_of(self._module, node),
                effect=caused.effect,
                name=caused.target,
                conditions=conditions,
            )
        )


def _parts(node: Node) -> Iterator[Node]:
    """Yield the parts of an expression that are expressions: names of keyword arguments and attributes are none."""
    if not node.named_child_count:
        return
    if node.type == "keyword_argument":
        value = node.child_by_field_name("value")
        yield from (value,) if value is not None else ()
    elif node.type == "attribute":
        owner = node.child_by_field_name("object")
        yield from (owner,) if owner is not None else ()
    elif node.type in ("argument_list", "call"):
        for child in node.named_children:
            yield from _parts(child) if child.type == "argument_list" else (child,)
    else:
        yield from node.named_children
