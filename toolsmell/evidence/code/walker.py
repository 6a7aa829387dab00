"""Reads the body of a function, statement by statement: what is checked, called, changed and returned.

The walk is the same in all languages with braces; a `Dialect` takes statements and expressions apart.
"""

from collections.abc import Iterable
from typing import Final

from toolsmell.evidence.code.checks import Predicate, conditions_of, facts_of_rejection
from toolsmell.evidence.code.constants import UNKNOWN, Constant
from toolsmell.evidence.code.fixed_values import default, setting
from toolsmell.evidence.code.forks import closed
from toolsmell.evidence.code.lines import lines_of
from toolsmell.evidence.code.reader_values import Activation, BodyReading, Term
from toolsmell.evidence.code.statements import (
    Arm,
    Assignment,
    Attempt,
    Definition,
    Dialect,
    Expressions,
    Fork,
    Inside,
    Loop,
    Nested,
    Returned,
)
from toolsmell.model.implementation import CodeEffect, CodeFact, Condition, FactKind, Flag, Handling
from toolsmell.sources.code.syntax import Node
from toolsmell.text import pattern

Conditions = tuple[Condition, ...]

BLOCKS = frozenset(("statement_block", "block", "statement_list"))
"""Types of nodes that hold statements."""

_PASSED_ON = r"^\(?(?:\w+ := [^;]*; )?\w*[eE]rr(?:or)?\w* !==? (?:nil|null|undefined)\)?$"
"""A condition that only asks for the error of a call: what it means stands in the function that is called."""

_FILES = frozenset((CodeEffect.WRITES_FILE, CodeEffect.DELETES_FILE))
_TEMPORARY = r"\b(?:mkdtemp\w*|tmpdir\(|MkdirTemp|CreateTemp|TempDir\(|TempFile\()"
_RETURNS = r"\b(?:return|throw|break|continue)\b"

_ALWAYS = frozenset((FactKind.EFFECT, FactKind.DEFAULT, FactKind.BOUND, FactKind.CONSTANT))
"""Kinds of facts that do not depend on who calls a function."""


def walk(activation: Activation, dialect: Dialect) -> BodyReading:
    """Return the reading of a function's body."""
    found = _Walk(activation, dialect)
    found.read()
    return BodyReading(tuple(found.facts), tuple(found.calls), frozenset(found.used))


class _Walk:
    """One reading of a body. Names are followed in the order of the statements."""

    def __init__(self, activation: Activation, dialect: Dialect) -> None:
        self._activation: Final = activation
        self._module: Final = activation.function.module
        self._dialect: Final = dialect
        self._names: Final[dict[str, Term]] = dict(activation.names)
        self._made: Final[dict[int, int]] = {}
        self._direct: Final[set[int]] = set()
        self._constants: Final[dict[str, Constant]] = {}
        self._gives_result = activation.gives_result
        self._fails = activation.fails
        self.facts: Final[list[CodeFact]] = []
        self.calls: Final[list[Activation]] = []
        self.used: Final[set[str]] = set()

    def read(self) -> None:
        activation = self._activation
        if activation.region:
            self._before(activation.region[0])
            self._block(activation.region, activation.conditions)
            return
        self.facts.extend(self._dialect.facts_of_signature(activation))
        self._function(activation.function.node, activation.conditions)

    def _function(self, function: Node, conditions: Conditions) -> None:
        body = self._dialect.block_of(function)
        if isinstance(body, tuple):
            self._block(body, conditions)
        else:
            self._returned((body,), conditions)

    def _before(self, region: Node) -> None:
        """Follow names through the declarations that run before a branch; they show nothing of one tool."""
        above: list[Node] = []
        here = region
        while here.parent is not None and here.id != self._activation.function.node.id:
            above.append(here)
            here = here.parent
        for inside in reversed(above):
            around = inside.parent
            for sibling in around.named_children if around is not None and around.type in BLOCKS else ():
                if sibling.start_byte >= inside.start_byte:
                    break
                self._declared(sibling)

    def _declared(self, node: Node) -> None:
        statement = self._dialect.statement(self._module, node, self._names)
        if isinstance(statement, Assignment):
            for left, right in statement.pairs:
                self._bind(left, None if statement.changes else right)
        self.facts.clear()

    def _block(self, statements: Iterable[Node], conditions: Conditions) -> Conditions:
        for statement in statements:
            conditions = self._statement(statement, conditions)
        return conditions

    def _statement(self, node: Node, conditions: Conditions) -> Conditions:
        """Read a statement, and return the conditions under which those after it run."""
        match self._dialect.statement(self._module, node, self._names):
            case Fork() as choice:
                return self._choice(choice, conditions)
            case Attempt() as attempt:
                self._attempt(attempt, conditions)
            case Assignment() as assignment:
                self._assignment(assignment, conditions)
            case Returned(values):
                self._returned(values, conditions)
            case Loop() as loop:
                self._loop(loop, conditions)
            case Nested(statements):
                return self._block(statements, conditions)
            case Definition(function):
                self._inner(function, conditions)
            case Expressions(nodes):
                self._expressions(nodes, conditions)
        return conditions

    def _loop(self, loop: Loop, conditions: Conditions) -> None:
        self._expressions(loop.heads, conditions)
        for node in loop.bound:
            self._bind(node, None)
        self._block(loop.block, conditions)

    def _attempt(self, attempt: Attempt, conditions: Conditions) -> None:
        fails = self._fails
        self._fails = fails and not attempt.keeps
        self._block(attempt.body, conditions)
        self._fails = fails
        for handler in attempt.handlers:
            self._handler(handler, conditions)
        self._block(attempt.last, conditions)

    def _handler(self, block: tuple[Node, ...], conditions: Conditions) -> None:
        """Read what runs while an error is handled: what it returns is no result."""
        first, first_call = len(self.facts), len(self.calls)
        self._block(block, conditions)
        added = [fact for fact in self.facts[first:] if fact.kind is not FactKind.RESULT]
        self.facts[first:] = [fact._replace(flags=fact.flags | {Flag.ERROR_PATH}) for fact in added]
        self.calls[first_call:] = [call._replace(handles=True) for call in self.calls[first_call:]]

    def _choice(self, choice: Fork, conditions: Conditions) -> Conditions:
        """Read the branches, and return the conditions under which what comes after them runs."""
        for node in choice.before:
            conditions = self._statement(node, conditions)
        self._expressions(choice.heads, conditions)
        after = around = rest = conditions
        accepted: list[Predicate] = []
        for branch in choice.branches:
            self._expressions(branch.heads, around)
            if branch.heads and self._dialect.truth(self._module, branch.heads[0]) is False:
                continue
            failed = self._failure_of(branch.block)
            if branch.test is None:
                if failed is not None and self._fails and accepted:
                    lines = lines_of(self._module, choice.branches[0].first, branch.last)
                    self.facts.extend(closed(accepted, lines, failed, conditions))
                self._block(branch.block, rest)
                continue
            accepted.extend([branch.test] if failed is None else [])
            if failed is not None:
                self._rejected(branch, branch.test, failed, around)
            kept = dict(self._names)
            changed = failed is None and self._set(branch, branch.test, around)
            self._block(branch.block, (*around, *conditions_of(branch.test)))
            if changed or self._dialect.exits(branch.block):
                self._names.clear()
                self._names.update(kept)
            against = conditions_of(branch.test, holds=False)
            rest = (*rest, *against)
            around = conditions if choice.apart else rest
            if failed is None and self._dialect.exits(branch.block):
                after = (*after, *against)
        return after

    def _failure_of(self, block: tuple[Node, ...]) -> str | None:
        """Return the message that a block fails with whenever it runs, or None if it may end in another way."""
        if any(pattern(_RETURNS).search(self._module.text(node)) for node in block[:-1]):
            return None
        return self._dialect.failure_of(self._module, block)

    def _rejected(self, branch: Arm, test: Predicate, message: str, conditions: Conditions) -> None:
        """Add the facts of a branch that fails."""
        if not self._fails or pattern(_PASSED_ON).search(test.text):
            return
        lines = lines_of(self._module, branch.first, branch.last)
        found = list(facts_of_rejection(test, lines, Handling.REJECTED, message or None, conditions))
        if not found and message:
            inside = (*conditions, *conditions_of(test))
            found = [CodeFact(FactKind.FAILURE, lines, message=message, conditions=inside)]
        self.facts.extend(found)

    def _set(self, branch: Arm, test: Predicate, conditions: Conditions) -> bool:
        """Add the facts of a branch that only gives an argument another value; return True if it does."""
        if len(branch.block) != 1:
            return False
        inner = self._dialect.statement(self._module, branch.block[0], self._names)
        if not isinstance(inner, Assignment) or len(inner.pairs) != 1 or inner.pairs[0][1] is None or inner.changes:
            return False
        left, right = inner.pairs[0]
        term = self._dialect.term_of(self._module, left, self._names)
        if right is not None and term is None and self._is_name(left):
            return self._taken(branch, left, right, conditions)
        if term is None or not term.wire or right is None:
            return False
        known = self._dialect.constant(self._module, right)
        found = setting(lines_of(self._module, branch.first, branch.last), test, known, conditions)
        self.facts.extend(fact for fact in found if fact.parameter == term.wire)
        return True

    def _taken(self, branch: Arm, left: Node, right: Node, conditions: Conditions) -> bool:
        """Add the default in `n := 20; if v, ok := arguments["n"]; ok { n = v }`; return False in all cases."""
        name = self._module.text(left)
        term = self._dialect.term_of(self._module, right, self._names)
        if name in self._constants and term is not None:
            known = self._constants[name]
            self.facts.extend(default(lines_of(self._module, branch.first, branch.last), term, known, conditions))
        return False

    def _assignment(self, assignment: Assignment, conditions: Conditions) -> None:
        for left, right in assignment.pairs:
            term = self._dialect.term_of(self._module, right, self._names) if right is not None else None
            if right is not None and term is not None and not assignment.changes and self._is_name(left):
                self._values(right, conditions)
            elif right is not None:
                self._expression(right, conditions)
            self._bind(left, None if assignment.changes else right)
            if self._is_name(left):
                self._constants.pop(self._module.text(left), None)
                known = self._dialect.constant(self._module, right) if right is not None else UNKNOWN
                if known is not UNKNOWN and not assignment.changes:
                    self._constants[self._module.text(left)] = known
            if not self._is_name(left):
                self._expression(left, conditions)

    def _is_name(self, node: Node) -> bool:
        return node.type in ("identifier", "object_pattern", "expression_list")

    def _bind(self, left: Node, right: Node | None) -> None:
        """Keep what the names on the left of an assignment stand for, and forget what they stood for."""
        for name, term, facts in list(self._dialect.bound(self._module, left, right, self._names)):
            self.facts.extend(facts)
            self._forget(name)
            if term is not None:
                self._names[name] = term

    def _forget(self, name: str) -> None:
        self._names.pop(name, None)
        for held in [held for held in self._names if held.startswith(f"{name}.")]:
            del self._names[held]

    def _values(self, node: Node, conditions: Conditions) -> None:
        """Add the facts of an expression that is an argument, such as a default; this is no use of the argument."""
        stack = [node]
        while stack:
            here = stack.pop()
            self.facts.extend(self._dialect.facts_of_value(self._module, here, self._names, conditions))
            stack.extend(here.named_children)

    def _inner(self, function: Node, conditions: Conditions) -> None:
        """Read a function inside of a function: it may run, with the same names."""
        says = self._dialect.inside(self._module, function)
        first, kept, result = len(self.facts), dict(self._names), self._gives_result
        first_call = len(self.calls)
        self._gives_result = result and says.returns
        for name in self._dialect.parameters_bound(self._module, function):
            self._forget(name)
        self._function(function, conditions)
        self._gives_result = result
        self._names.clear()
        self._names.update(kept)
        if not says.runs:
            self.used.update(wire for call in self.calls[first_call:] for wire in call.passed)
            del self.facts[first:], self.calls[first_call:]
        self.facts[first:] = [fact for fact in self.facts[first:] if _remains(fact, says)]

    def _returned(self, values: tuple[Node, ...], conditions: Conditions) -> None:
        self._expressions(values, conditions)
        failed = any(one.holds and pattern(_PASSED_ON).search(one.text) for one in conditions)
        if not self._gives_result or failed:
            return
        self.facts.extend(self._dialect.facts_of_result(self._module, values, conditions))
        for call in self._dialect.calls_of_result(self._module, values):
            position = self._made.get(call.id)
            if position is not None:
                self.calls[position] = self.calls[position]._replace(gives_result=True)

    def _expressions(self, nodes: Iterable[Node], conditions: Conditions) -> None:
        for node in nodes:
            self._expression(node, conditions)

    def _expression(self, node: Node, conditions: Conditions) -> None:
        """Read an expression: the calls in it, and the arguments of the tool that it uses."""
        dialect, module = self._dialect, self._module
        stack: list[tuple[Node, Conditions]] = [(node, conditions)]
        while stack:
            here, around = stack.pop()
            if here.type in dialect.FUNCTIONS:
                self._inner(here, around)
                continue
            self.facts.extend(dialect.facts_of_value(module, here, self._names, around))
            if here.type in dialect.CALLS:
                self._call(here, around)
            term = dialect.term_of(module, here, self._names) if self._names else None
            if term is not None:
                if here.id not in self._direct:
                    self.used.add(term.wire)
                for child in here.named_children:
                    self._values(child, around)
                continue
            if here.type == "identifier" and self._names:
                self._whole(module.text(here))
            for child, more in dialect.parts(module, here, self._names):
                stack.append((child, (*around, *more)))

    def _is_temporary(self) -> bool:
        """Return True if the function, or one that calls it, makes a temporary folder."""
        outermost = here = self._activation.function.node
        while here.parent is not None:
            here = here.parent
            outermost = here if "function" in here.type or "method" in here.type else outermost
        written = self._module.text(outermost)
        return self._activation.temporary or pattern(_TEMPORARY).search(written) is not None

    def _whole(self, name: str) -> None:
        """Take the arguments in an object as used if the object is used as a whole."""
        before = f"{name}."
        self.used.update(term.wire for held, term in self._names.items() if held.startswith(before))

    def _call(self, node: Node, conditions: Conditions) -> None:
        """Add what a call runs; its arguments are read there, if at all."""
        found = self._dialect.called_by(self._module, node, self._names, self._activation, conditions)
        if found is not None:
            self._made[node.id] = len(self.calls)
            self.calls.append(found.activation._replace(fails=self._fails, temporary=self._is_temporary()))
            self._direct.update(one.id for one in found.direct)
            return
        caused = self._dialect.effect_of(self._module, node)
        private = caused is not None and caused.effect in _FILES and self._is_temporary()
        if caused is not None and not private:
            lines = lines_of(self._module, node)
            self.facts.append(
                CodeFact(FactKind.EFFECT, lines, effect=caused.effect, name=caused.target, conditions=conditions)
            )


def _remains(fact: CodeFact, says: Inside) -> bool:
    if fact.kind in _ALWAYS:
        return True
    return says.returns if fact.kind is FactKind.RESULT else says.fails
