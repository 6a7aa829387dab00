"""Validates the parts of a rubric file, with errors that name the place."""

from collections.abc import Collection, Iterable, Mapping
from os.path import dirname, isabs, join
from typing import Final, NamedTuple, NoReturn, TypeVar

from toolsmell.errors import UsageError
from toolsmell.model import IDENTIFIER, Component, Json
from toolsmell.scoring.signals import PROSE
from toolsmell.scoring.signals.effective import EFFECTIVE, EffectiveSignal
from toolsmell.scoring.signals.frame_reading import SignalKind
from toolsmell.scoring.weights import LEVELS, Band, Block, ComponentRubric, CutPoints, ServerRollUp, Writing
from toolsmell.text import pattern

_EVERYWHERE: Final = Band(0.0, 1.0)
Kind = TypeVar("Kind", SignalKind, EffectiveSignal)


class RubricError(UsageError):
    """A rubric file is invalid."""


class _Signals(NamedTuple):
    """The signals of one component in one frame."""

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    """The id of each one's measure."""
    weights: tuple[float, ...]
    typical: tuple[float, ...]
    """The mean of each over the labelled tools: effects are measured from there."""


class RubricReader:
    """Reads one rubric file, and collects the signals that its components weigh."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.prose: dict[str, int] = {}
        """The signals of prose so far, by id, each with its place."""
        self.effective: dict[str, int] = {}

    def fail(self, where: str, what: str) -> NoReturn:
        raise RubricError(f"{self.source}: {where or 'the rubric'}: {what}")

    def mapping(
        self, value: Json, where: str, required: Iterable[str] = (), optional: Iterable[str] | None = ()
    ) -> dict[str, Json]:
        """Return a mapping with the `required` keys; with `optional` None, any others are allowed."""
        if not isinstance(value, dict):
            self.fail(where, "must be a mapping")
        plain: dict[str, Json] = {str(k): v for k, v in value.items()}
        if missing := sorted(set(required) - plain.keys()):
            self.fail(where, f"lacks {', '.join(missing)}")
        if optional is not None and (unknown := sorted(plain.keys() - {*required, *optional})):
            self.fail(where, f"does not know {', '.join(unknown)}")
        return plain

    def text(self, value: Json, where: str) -> str:
        if not isinstance(value, str) or not value.strip():
            self.fail(where, "must be a text")
        return value

    def identifier(self, value: Json, where: str) -> str:
        text = self.text(value, where)
        if not pattern(IDENTIFIER).fullmatch(text):
            self.fail(where, "must be a lower-case letter with letters, digits, - or _ behind it, 40 at most")
        return text

    def number(self, value: Json, where: str) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < 1e6:
            self.fail(where, "must be a number between -1e6 and 1e6")
        return float(value)

    def share(self, value: Json, where: str) -> float:
        number = self.number(value, where)
        if not 0 <= number <= 1:
            self.fail(where, "must be a number from 0 to 1")
        return number

    def whole(self, value: Json, where: str, most: int) -> int:
        if type(value) is not int or not 1 <= value <= most:
            self.fail(where, f"must be a whole number from 1 to {most}")
        return value

    def out_of(self, value: Json, where: str, known: Collection[str]) -> tuple[str, ...]:
        """Return a list of some of `known`."""
        if not isinstance(value, list) or not all(isinstance(name, str) and name in known for name in value):
            self.fail(where, f"must be a list out of {', '.join(known)}")
        return tuple(value)

    def components(self, value: Json) -> dict[Component, ComponentRubric]:
        named = self.mapping(value, "components", (), None)
        if not named:
            self.fail("components", "has none")
        found = {self.identifier(name, "components"): self._component(name, part) for name, part in named.items()}
        if "defects" in found:
            self.fail("components", "none may be called defects: an answer of a model has a field of this name")
        smells = [part.smell for part in found.values()]
        if twice := sorted({smell for smell in smells if smells.count(smell) > 1}):
            self.fail("components", f"several have the smell {twice[0]}")
        return found

    def _component(self, component: Component, value: Json) -> ComponentRubric:
        at = f"components.{component}"
        required = ("question", "smell", "title", "levels", "cut_points", "signals")
        part = self.mapping(value, at, required, ("effective", "weight", "needs", "unsure"))
        listed = self._signals(part["signals"], f"{at}.signals", PROSE)
        levels = self.mapping(part["levels"], f"{at}.levels", [str(level) for level in LEVELS])
        weight = self.number(part.get("weight", 1), f"{at}.weight")
        if weight <= 0:
            self.fail(f"{at}.weight", "must be over 0")
        if part.get("needs", "parameters") != "parameters":
            self.fail(f"{at}.needs", "must be 'parameters'")
        return ComponentRubric(
            component=component,
            question=self.text(part["question"], f"{at}.question"),
            smell=self.identifier(part["smell"], f"{at}.smell"),
            title=self.text(part["title"], f"{at}.title"),
            levels={n: self.text(levels[str(n)], f"{at}.levels.{n}") for n in LEVELS},
            prose=_block(self._cut_points(part["cut_points"], f"{at}.cut_points"), listed, self.prose),
            effective=self._effective(part["effective"], f"{at}.effective") if "effective" in part else None,
            candidates={name: PROSE[kind] for name, kind in zip(listed.names, listed.kinds, strict=True)},
            weight=weight,
            needs_parameters="needs" in part,
            unsure=self._band(part["unsure"], f"{at}.unsure") if "unsure" in part else _EVERYWHERE,
        )

    def _effective(self, value: Json, at: str) -> Block:
        part = self.mapping(value, at, ("cut_points", "signals"))
        listed = self._signals(part["signals"], f"{at}.signals", EFFECTIVE)
        return _block(self._cut_points(part["cut_points"], f"{at}.cut_points"), listed, self.effective)

    def _signals(self, value: Json, at: str, known: Mapping[str, Kind]) -> _Signals:
        """Read signals: the name of each in reports, what it measures (of that name if not said), and its weight."""
        listed = self.mapping(value, at, (), None)
        found = [self._signal(name, entry, f"{at}.{name}", known) for name, entry in listed.items()]
        return _Signals(tuple(listed), *zip(*found, strict=True)) if found else _Signals((), (), (), ())

    def _signal(self, name: str, value: Json, at: str, known: Mapping[str, Kind]) -> tuple[str, float, float]:
        self.identifier(name, at)
        entry = self.mapping(value, at, ("weight", "typical"), ("measure",))
        kind = self.text(entry.get("measure", name), f"{at}.measure")
        if kind not in known:
            self.fail(at, f"no signal is called '{kind}'; there are {', '.join(sorted(known))}")
        return kind, self.number(entry["weight"], f"{at}.weight"), self.number(entry["typical"], f"{at}.typical")

    def _cut_points(self, value: Json, at: str) -> CutPoints:
        if not isinstance(value, list) or len(value) != len(LEVELS) - 1:
            self.fail(at, "must be a list of four numbers")
        a, b, c, d = (self.number(n, f"{at}[{i}]") for i, n in enumerate(value))
        if not a < b < c < d:
            self.fail(at, "must rise from one to the next")
        return (a, b, c, d)

    def _band(self, value: Json, at: str) -> Band:
        if not isinstance(value, list) or len(value) != 2:
            self.fail(at, "must be a list of two numbers")
        band = Band(*(self.share(n, f"{at}[{i}]") for i, n in enumerate(value)))
        if band.low > band.high:
            self.fail(at, "must not fall")
        return band

    def writing(self, value: Json, components: Iterable[Component]) -> Writing:
        """Read how sentences are assigned; without it, in the order of the components, and to the last one."""
        known = tuple(components)
        if value is None:
            return Writing(known, known[-1], known[-1])
        part = self.mapping(value, "writing", ("order", "parameters", "rest"))
        order = part["order"]
        if not isinstance(order, list) or sorted(map(str, order)) != sorted(known):
            self.fail("writing.order", "must name each component once")
        for key in ("parameters", "rest"):
            if part[key] not in known:
                self.fail(f"writing.{key}", "must be a component")
        return Writing(tuple(map(str, order)), str(part["parameters"]), str(part["rest"]))

    def server(self, value: Json) -> ServerRollUp:
        """Read how servers are scored."""
        from toolsmell.scoring.coherence import ASPECTS

        part = self.mapping(value, "server", ("mean", "lowest", "scored", "grades"), ("coherence",))
        shares = {key: self.share(part[key], f"server.{key}") for key in ("mean", "lowest", "scored")}
        if abs(shares["mean"] + shares["lowest"] - 1) > 1e-9:
            self.fail("server", "mean and lowest must add up to 1")
        named = self.mapping(part["grades"], "server.grades", (), None)
        grades = [(self.number(least, f"server.grades.{letter}"), letter) for letter, least in named.items()]
        if any(not letter.isalpha() or len(letter) > 1 or not letter.isascii() for letter in named):
            self.fail("server.grades", "must be letters")
        best_first = tuple(sorted(grades, reverse=True))
        if "coherence" not in part:
            return ServerRollUp(**shares, coherence=0.0, aspects=(), grades=best_first)
        fitting = self.mapping(part["coherence"], "server.coherence", ("share", "aspects"))
        aspects = self.out_of(fitting["aspects"], "server.coherence.aspects", ASPECTS)
        share = self.share(fitting["share"], "server.coherence.share")
        return ServerRollUp(**shares, coherence=share, aspects=aspects, grades=tuple(sorted(grades, reverse=True)))

    def folder(self, value: Json, where: str) -> str:
        """Return a folder below that of the file."""
        name = self.text(value, where)
        if isabs(name) or ".." in name.replace("\\", "/").split("/") or "\0" in name:
            self.fail(where, "must be a folder below that of the rubric")
        return join(dirname(self.source), name)


def _block(cut_points: CutPoints, listed: _Signals, places: dict[str, int]) -> Block:
    kept = [signal for signal in zip(*listed, strict=True) if signal[2]]
    return Block(
        cut_points=cut_points,
        names=tuple(name for name, _, _, _ in kept),
        terms=tuple(
            (places.setdefault(kind, len(places)), weight, weight * typical) for _, kind, weight, typical in kept
        ),
    )
