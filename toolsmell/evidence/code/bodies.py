"""Reads the bodies of functions of languages with braces, each once for the same arguments of a tool."""

from weakref import WeakKeyDictionary

from toolsmell.evidence.code.reader_values import Activation, BodyReading
from toolsmell.evidence.code.statements import Dialect
from toolsmell.evidence.code.walker import walk
from toolsmell.model.implementation import CodeFact, FactKind, Flag
from toolsmell.sources.code.module import Project
from toolsmell.text import pattern

_READ: WeakKeyDictionary[Project, dict[tuple[object, ...], BodyReading]] = WeakKeyDictionary()
"""By project: what the bodies of functions show that were read for another tool."""


def read(activation: Activation, dialect: Dialect) -> BodyReading:
    """Return the reading of a function's body.

    A function is read once for the same arguments of a tool; conditions and calls around it are added afterwards.
    """
    project = activation.function.module.project
    held = _READ.setdefault(project, {})
    called = bool(activation.way)
    path = activation.function.module.path
    assumed = frozenset(
        (key, one.module.path, one.node.start_byte) for key, one in project.assumed.items() if key[0] == path
    )
    key = (*activation.identity, called, activation.gives_result, activation.fails, activation.temporary, assumed)
    if key not in held:
        held[key] = walk(activation._replace(conditions=(), way=activation.way[-1:]), dialect)
    return _placed(held[key], activation, dialect)


def _placed(body: BodyReading, activation: Activation, dialect: Dialect) -> BodyReading:
    """Return the reading of a body with the conditions and calls of one activation added."""
    before, way, handles = activation.conditions, activation.way, activation.handles
    facts = [fact._replace(conditions=(*before, *fact.conditions), way=way) for fact in body.facts]
    if handles:
        facts = [_handling(fact) for fact in facts if fact.kind is not FactKind.RESULT]
    calls = tuple(
        call._replace(conditions=(*before, *call.conditions), way=(*way, call.way[-1]), handles=call.handles or handles)
        for call in body.calls
    )
    return body._replace(facts=tuple(_flagged(fact, dialect) for fact in facts if not _is_ruled_out(fact)), calls=calls)


def _is_ruled_out(fact: CodeFact) -> bool:
    """Return True if what is rejected was ruled out before, or may be handled by whoever calls."""
    if fact.kind is FactKind.ENUM and fact.way and fact.message is None:
        return True  # without a message, whoever calls may go on with other values
    against = fact.operator.negated if fact.operator is not None and fact.kind is FactKind.GUARD else None
    return any(
        (one.parameter, one.operator, one.values, one.aspect) == (fact.parameter, against, fact.values, fact.aspect)
        for one in fact.conditions
        if against is not None and one.parameter is not None
    )


def _handling(fact: CodeFact) -> CodeFact:
    return fact._replace(flags=fact.flags | {Flag.ERROR_PATH})


def _flagged(fact: CodeFact, dialect: Dialect) -> CodeFact:
    configured = any(pattern(dialect.CONFIGURED).search(one.text) for one in fact.conditions)
    return fact._replace(flags=fact.flags | {Flag.CONFIGURATION}) if configured else fact
