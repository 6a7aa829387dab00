"""The signals of the effective frame: what sentences say, and what the schema says.

A statement that counts moves at least one signal, whatever number of others there is; a sentence that does not count
moves none.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from toolsmell.model.reading import StatementKind
from toolsmell.scoring.signals import definition, opening, parameter_values
from toolsmell.scoring.told import BOUNDS, KINDS, Told

Measure = Callable[[Told], float]
"""From 0 for nothing to 1 for everything."""


class EffectiveSignal(NamedTuple):
    """A named observation. The rubric decides its weight."""

    id: str
    measure: Measure
    moved_by: frozenset[StatementKind | None] = frozenset()
    """Kinds of statements of which one more can change it; None is the explanation of one more parameter."""


REST: Final = 0.3
"""What one more statement of a kind leaves of the way to 1. By folds of servers, readers are met best so: for them the
first statement of a kind counts more than all others."""


def filled(number: float) -> float:
    """Return 0, 0.7, 0.91, 0.97 ... for 0, 1, 2, 3 ... statements: each counts, and the first counts most."""
    return 1.0 - float(REST**number)


def said(kind: StatementKind) -> EffectiveSignal:
    """Return the signal of the statements of one kind."""
    name = f"says-{kind.value.replace('_', '-')}"
    return EffectiveSignal(name, lambda told: filled(told.kinds.get(kind, 0)), frozenset((kind,)))


_BINDING = (
    StatementKind.LIMIT,
    StatementKind.FAILURE,
    StatementKind.EFFECT,
    StatementKind.PREREQUISITE,
    StatementKind.WHEN_NOT,
)


def binding(told: Told) -> float:
    """Return how much the text and the schema say about constraints."""
    number = sum(told.kinds.get(kind, 0) for kind in _BINDING)
    schema = told.limits + float(not BOUNDS.isdisjoint(told.keywords))
    return 1.0 - float(0.5 ** ((number + schema / 2) / 1.5))


def kinds(told: Told) -> float:
    """Return the share of statement kinds that occur."""
    return sum([min(1.0, number) for number in told.kinds.values()]) / len(KINDS)


ANYTHING: Final[frozenset[StatementKind | None]] = frozenset((*StatementKind, None))

_ALL = (
    *map(said, KINDS),
    EffectiveSignal("opening", lambda told: min(3, told.opening) / 3),
    EffectiveSignal("beyond-name", opening.beyond),
    EffectiveSignal("phrase", opening.phrase),
    EffectiveSignal("detail", lambda told: told.stems / (told.stems + 8), ANYTHING),
    EffectiveSignal("statements", lambda told: told.statements / (told.statements + 3), ANYTHING),
    EffectiveSignal("kinds", kinds, frozenset(StatementKind)),
    EffectiveSignal("binding", binding, frozenset(_BINDING)),
    EffectiveSignal(
        "share", lambda told: told.explained / told.parameters if told.parameters else 1.0, frozenset((None,))
    ),
    EffectiveSignal("depth", lambda told: told.depth),
    EffectiveSignal("few", lambda told: 1 / (1 + told.parameters)),
    EffectiveSignal("schema-bounds", lambda told: float(not BOUNDS.isdisjoint(told.keywords))),
    EffectiveSignal("schema-examples", parameter_values.examples),
    EffectiveSignal("shown", parameter_values.shown),
    EffectiveSignal("plain", parameter_values.plain),
    EffectiveSignal("traced", parameter_values.traced),
    EffectiveSignal("specified", parameter_values.specified),
    EffectiveSignal("schema-limits", lambda told: told.limits),
    EffectiveSignal("schema-defaults", lambda told: max(float("default" in told.keywords), told.defaults)),
    EffectiveSignal("schema-when", lambda told: told.when),
    EffectiveSignal("output-schema", lambda told: float(told.outputs)),
    EffectiveSignal("silent", definition.silent),
    EffectiveSignal("restated", definition.restated),
    EffectiveSignal("hinted", definition.hinted),
    EffectiveSignal("contradicted", definition.contradicted),
    EffectiveSignal("sibling-named", lambda told: float(definition.names_sibling(told.tool))),
    EffectiveSignal("apart", definition.apart),
    EffectiveSignal("covered", definition.covered),
    EffectiveSignal("parameterless", lambda told: float(not told.parameters)),
    EffectiveSignal("leading", definition.leading),
    EffectiveSignal("idle", definition.idle),
    EffectiveSignal("excess", definition.excess),
)

EFFECTIVE = {signal.id: signal for signal in _ALL}
"""Every signal of the effective frame, by id; a rubric may weigh these and no others there."""
