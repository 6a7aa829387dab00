"""Levels that several jurors gave to the same tools: read from labels, or from a report with verdicts."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from toolsmell.errors import SourceError
from toolsmell.model import Component, Frame, Json, ServerReport
from toolsmell.model.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Item:
    """A tool and its levels, in the order of the jurors; None if a juror gave no level."""

    server: str
    levels: Mapping[Component, tuple[int | None, ...]]


@dataclass(frozen=True, slots=True)
class Ratings:
    jurors: tuple[str, ...]
    items: tuple[Item, ...]

    @property
    def components(self) -> tuple[Component, ...]:
        return tuple(self.items[0].levels) if self.items else ()


def read_labels(lines: str, source: str) -> Ratings:
    """Read JSON Lines of `{"server", "scores": {component: [a level of each juror, or null]}}`.

    Raises `SourceError` with the number of a line that is something else. `source` is the name for messages.
    """
    numbered = [(n, line) for n, line in enumerate(lines.splitlines(), 1) if line.strip()]
    items = tuple(_label(line, f"{source}:{n}") for n, line in numbered)
    for (n, _), item in zip(numbered, items, strict=True):
        if item.levels.keys() != items[0].levels.keys():
            raise SourceError(f"{source}:{n}: not a label: its components are not those of the first line")
    widths = {len(levels) for item in items for levels in item.levels.values()}
    if len(widths) != 1 or min(widths, default=0) < 2:
        raise SourceError(f"{source}: every tool needs levels of the same two or more jurors")
    return Ratings(tuple(f"juror {n}" for n in range(1, min(widths) + 1)), items)


def from_reports(servers: tuple[ServerReport, ...], frame: Frame, source: str) -> Ratings:
    """Return the levels in one frame that the verdicts of a report give, without suspect verdicts."""
    jurors: dict[str, None] = {}
    components: dict[Component, None] = {}
    found: list[tuple[str, dict[str, Verdict]]] = []
    for server in servers:
        for tool in server.tools:
            verdicts = {_juror(v): v for v in (tool.judge.verdicts if tool.judge else ()) if v.usable}
            jurors.update(dict.fromkeys(verdicts))
            for verdict in verdicts.values():
                components.update(dict.fromkeys(verdict.opinions))
            found.append((server.key, verdicts))
    if len(jurors) < 2:
        raise SourceError(f"{source}: it needs the verdicts of two jurors or more, and has those of {len(jurors)}")
    names = tuple(jurors)
    items = (Item(key, _levels(verdicts, names, frame, components)) for key, verdicts in found if verdicts)
    return Ratings(names, tuple(items))


def _label(line: str, where: str) -> Item:
    try:
        entry: Json = json.loads(line)
        scores = entry["scores"]
        levels = {str(component): tuple(map(_level, given)) for component, given in scores.items()}
        if not levels:
            raise ValueError("no component has a level")
        return Item(str(entry.get("server") or ""), levels)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SourceError(f"{where}: not a label: {error}") from None


def _level(value: Json) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 5:
        raise ValueError(f"{value!r} is not a level from 1 to 5")
    return value


def _juror(verdict: Verdict) -> str:
    return f"{verdict.model} #{verdict.sample + 1}" if verdict.sample else verdict.model


def _levels(
    verdicts: Mapping[str, Verdict], names: tuple[str, ...], frame: Frame, components: Iterable[Component]
) -> dict[Component, tuple[int | None, ...]]:
    def given(component: Component) -> Iterator[int | None]:
        for name in names:
            verdict = verdicts.get(name)
            trusted = verdict is not None and verdict.trusted(component)
            opinion = verdict.opinions.get(component) if verdict and trusted else None
            yield opinion.levels.get(frame) if opinion else None

    return {component: tuple(given(component)) for component in components}
