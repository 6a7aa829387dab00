"""What good means: the levels of each component in words, and what each signal weighs.

A scan reads the committed JSON form, because a YAML library takes longer to import than thirty tools take to
score. `python -m toolsmell.scoring.rubric FILE.yaml` writes that form next to the YAML that people edit.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import inf
from operator import mul, sub
from typing import Final, NamedTuple, TypeAlias

from toolsmell.data.files import open_regular, shipped, write_json_forms
from toolsmell.errors import UsageError, reason
from toolsmell.model import Component, Json
from toolsmell.scoring.signals import SIGNALS
from toolsmell.scoring.signals.base import Measure, SignalKind
from toolsmell.scoring.signals.effective import EFFECTIVE
from toolsmell.scoring.signals.effective import Measure as EffectiveMeasure

SCHEMA: Final = "toolsmell.rubric/v1"
DEFAULT: Final = "six-components"
LEVELS: Final = (1, 2, 3, 4, 5)


CutPoints: TypeAlias = tuple[float, float, float, float]
"""Where levels 2, 3, 4 and 5 begin, in log-odds above a typical tool."""


class RubricError(UsageError):
    """A rubric file says something that cannot be used."""


class Weighed(NamedTuple):
    """A signal and what it is worth."""

    kind: SignalKind
    weight: float
    """Log-odds of a higher level, for a signal that is fully there."""
    typical: float
    """The mean of the signal over the labelled tools: what an effect is measured against."""


class Block(NamedTuple):
    """How one component is scored in the effective frame."""

    cut_points: CutPoints
    names: tuple[str, ...]
    """The ids of its signals."""
    places: tuple[int, ...]
    """Where they stand in `Rubric.effective`."""
    weights: tuple[float, ...]
    baseline: tuple[float, ...]
    """What each adds for a typical tool."""

    def effects(self, measures: Sequence[float]) -> list[float]:
        """Return what each signal adds to the log-odds above a typical tool; `measures` are of `Rubric.effective`."""
        return list(map(sub, map(mul, self.weights, map(measures.__getitem__, self.places)), self.baseline))


class ComponentRubric(NamedTuple):
    """One component: what its levels mean, and how they are told apart."""

    component: Component
    question: str
    smell: str
    """The id of the finding for a level under 3."""
    title: str
    levels: Mapping[int, str]
    cut_points: CutPoints
    """Where levels 2, 3, 4 and 5 begin, in log-odds above a typical tool."""
    signals: tuple[Weighed, ...]
    """Signals that the rubric does not weigh are left out."""
    names: tuple[str, ...]
    """Their ids."""
    places: tuple[int, ...]
    """Where they stand in `Rubric.measures`."""
    weights: tuple[float, ...]
    baseline: tuple[float, ...]
    """What each adds for a typical tool."""
    lacking: tuple[tuple[float, float, float], ...]
    """For each the effect under which it counts as not found, what one more sentence brings, and the most there is."""
    of_schema: bool
    """Whether one of them looks at the schema too."""
    effective: Block | None = None
    """How it is scored in the effective frame; None if by the signals above, over the sentences that count."""

    def effects(self, measures: Sequence[float]) -> list[float]:
        """Return what each signal adds to the log-odds above a typical tool, given all measures.

        Twelve times a tool: hence no loop in Python.
        """
        return list(map(sub, map(mul, self.weights, map(measures.__getitem__, self.places)), self.baseline))


class Rubric(NamedTuple):
    """A validated rubric file."""

    id: str
    title: str
    fingerprint: str
    """The first 16 hex digits of the SHA-256 of its content: scores are comparable at equal fingerprints only."""
    calibration: Mapping[str, Json] | None
    """The labels it was fitted to, or None where the weights were set by hand."""
    components: Mapping[Component, ComponentRubric]
    measures: tuple[tuple[Measure, int], ...]
    """Every signal that a component weighs, once: its measure, and the cues that it needs."""
    of_schema: tuple[tuple[int, Measure, int], ...]
    """Those that look at the schema too, each with its place."""
    effective: tuple[EffectiveMeasure, ...] = ()
    """Every signal that a component weighs in the effective frame, once."""


@cache
def load(path: str | None = None) -> Rubric:
    """Read a rubric from a `.json` or `.yaml` file; without one, the rubric that toolsmell ships.

    Raises RubricError, saying what is wrong with the file and where.
    """
    name = path or shipped(f"{DEFAULT}.json")
    try:
        with open_regular(name) as file:
            text = file.read().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RubricError(f"{name}: the rubric cannot be read: {reason(error)}") from error
    return from_data(_parsed(text, name), name)


def from_data(data: Json, source: str) -> Rubric:
    """Validate `data`, the content of a rubric file; `source` is its name for messages."""
    check = _Checker(source)
    top = check.mapping(data, "", {"schema", "id", "title", "calibration", "components"}, {"fingerprint"})
    if top["schema"] != SCHEMA:
        check.fail("schema", f"must be {SCHEMA!r}")
    named = check.mapping(top["components"], "components", {str(c) for c in Component})
    calibration = top["calibration"]
    if calibration is not None and not isinstance(calibration, dict):
        check.fail("calibration", "must be null or a mapping")
    components = {c: check.component(c, named[str(c)]) for c in Component}
    return Rubric(
        id=check.text(top["id"], "id"),
        title=check.text(top["title"], "title"),
        fingerprint=str(top.get("fingerprint") or fingerprint(data)),
        calibration=calibration,
        components=components,
        measures=tuple((kind.measure, kind.cues) for kind in check.kinds),
        of_schema=tuple((i, kind.measure, kind.cues) for i, kind in enumerate(check.kinds) if kind.of_schema),
        effective=tuple(EFFECTIVE[name].measure for name in check.effective),
    )


def fingerprint(data: Mapping[str, Json]) -> str:
    """Return the fingerprint of a rubric's content."""
    from hashlib import sha256

    content = {key: value for key, value in data.items() if key != "fingerprint"}
    return sha256(json.dumps(_plain(content), sort_keys=True).encode()).hexdigest()[:16]


def to_json(yaml_text: str, source: str) -> str:
    """Return the JSON form of a rubric written in YAML, with its fingerprint."""
    data = _plain(_parsed(yaml_text, source))
    from_data(data, source)
    return json.dumps({**data, "fingerprint": fingerprint(data)}, indent=1, ensure_ascii=False) + "\n"


def _parsed(text: str, source: str) -> Json:
    if source.endswith(".json"):
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise RubricError(f"{source}: the rubric is not JSON: {error}") from error
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        return YAML(typ="safe", pure=True).load(text)
    except (YAMLError, RecursionError) as error:
        raise RubricError(f"{source}: the rubric is not YAML: {error}") from error


def _plain(value: Json) -> Json:
    """Return `value` as JSON holds it: with text for keys."""
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, list) else value


def _lacking(signal: Weighed) -> tuple[float, float, float]:
    kind, weight, typical = signal
    baseline = weight * typical
    return (weight * kind.enough - baseline if weight else -inf), weight * kind.step, weight - baseline


class _Checker:
    """Reads parts of a rubric file, and says where one is wrong."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.kinds: list[SignalKind] = []
        self.effective: dict[str, int] = {}
        """The signals of the effective frame so far, each with its place."""

    def fail(self, where: str, what: str) -> None:
        raise RubricError(f"{self.source}: {where or 'the rubric'}: {what}")

    def mapping(
        self, value: Json, where: str, required: set[str], optional: frozenset[str] | set[str] = frozenset()
    ) -> dict[str, Json]:
        if not isinstance(value, dict):
            self.fail(where, "must be a mapping")
        plain: dict[str, Json] = {str(k): v for k, v in value.items()}
        if missing := sorted(required - plain.keys()):
            self.fail(where, f"lacks {', '.join(missing)}")
        if unknown := sorted(plain.keys() - required - optional):
            self.fail(where, f"does not know {', '.join(unknown)}")
        return plain

    def text(self, value: Json, where: str) -> str:
        if not isinstance(value, str) or not value.strip():
            self.fail(where, "must be a text")
        return str(value)

    def number(self, value: Json, where: str) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < 1e6:
            self.fail(where, "must be a number between -1e6 and 1e6")
        return float(value)

    def component(self, component: Component, value: Json) -> ComponentRubric:
        at = f"components.{component}"
        required = {"question", "smell", "title", "levels", "cut_points", "signals"}
        part = self.mapping(value, at, required, {"effective"})
        signals = tuple(self.signals(component, part["signals"], f"{at}.signals"))
        levels = self.mapping(part["levels"], f"{at}.levels", {str(level) for level in LEVELS})
        return ComponentRubric(
            component=component,
            question=self.text(part["question"], f"{at}.question"),
            smell=self.text(part["smell"], f"{at}.smell"),
            title=self.text(part["title"], f"{at}.title"),
            levels={n: self.text(levels[str(n)], f"{at}.levels.{n}") for n in LEVELS},
            cut_points=self.cut_points(part["cut_points"], f"{at}.cut_points"),
            signals=signals,
            names=tuple(weighed.kind.id for weighed in signals),
            places=tuple(self.slot(kind) for kind, _, _ in signals),
            weights=tuple(weight for _, weight, _ in signals),
            baseline=tuple(weight * typical for _, weight, typical in signals),
            lacking=tuple(map(_lacking, signals)),
            of_schema=any(weighed.kind.of_schema for weighed in signals),
            effective=self.block(part["effective"], f"{at}.effective") if "effective" in part else None,
        )

    def block(self, value: Json, at: str) -> Block:
        part = self.mapping(value, at, {"cut_points", "signals"})
        entries = self.mapping(part["signals"], f"{at}.signals", set(), set(EFFECTIVE))
        pairs = [self.weight(entry, f"{at}.signals.{name}") for name, entry in entries.items()]
        return Block(
            cut_points=self.cut_points(part["cut_points"], f"{at}.cut_points"),
            names=tuple(entries),
            places=tuple(self.effective.setdefault(name, len(self.effective)) for name in entries),
            weights=tuple(weight for weight, _ in pairs),
            baseline=tuple(weight * typical for weight, typical in pairs),
        )

    def weight(self, value: Json, at: str) -> tuple[float, float]:
        """Return the weight of a signal and its mean over the labelled tools."""
        pair = self.mapping(value, at, {"weight", "typical"})
        return self.number(pair["weight"], f"{at}.weight"), self.number(pair["typical"], f"{at}.typical")

    def cut_points(self, value: Json, at: str) -> CutPoints:
        if not isinstance(value, list) or len(value) != 4:
            self.fail(at, "must be a list of four numbers")
        a, b, c, d = (self.number(n, f"{at}[{i}]") for i, n in enumerate(value))
        if not a < b < c < d:
            self.fail(at, "must rise from one to the next")
        return (a, b, c, d)

    def signals(self, component: Component, value: Json, at: str) -> Iterator[Weighed]:
        known = {kind.id: kind for kind in SIGNALS[component]}
        for name, entry in self.mapping(value, at, set(), set(known)).items():
            yield Weighed(known[name], *self.weight(entry, f"{at}.{name}"))

    def slot(self, kind: SignalKind) -> int:
        if kind not in self.kinds:
            self.kinds.append(kind)
        return self.kinds.index(kind)


if __name__ == "__main__":
    import sys

    write_json_forms(sys.argv[1:], to_json)
