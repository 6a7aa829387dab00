"""Recorded jurors as models: their labels, what scorecards say that were fitted without them, and a judge that asks them."""

import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.judge.models import quote, verdict
from toolsmell import app
from toolsmell.calibrate.calibration import counts
from toolsmell.calibrate.odds import fit
from toolsmell.calibrate.rubric_file import with_fits
from toolsmell.data.shipped import shipped
from toolsmell.judge.panel import Juror, Panel, Sampling
from toolsmell.judge.prompt import JudgePrompt
from toolsmell.judge.server_judge import Judge, JudgeScope
from toolsmell.model import Component, Frame, Json, Manifest, Provenance, Score, Tool
from toolsmell.model.verdicts import Standing
from toolsmell.models.client import ChatReply, ChatRequest
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.scoring import rubric, score
from toolsmell.scoring.signals.frame_reading import readings
from toolsmell.scoring.weights import Band, Rubric

SEED = 20_260_728
COMPONENTS = tuple(rubric.load().components)


class Label(NamedTuple):
    """One tool with the levels that the jurors gave it."""

    server: str
    tool: Json
    levels: Mapping[Component, tuple[int, ...]]
    fold: int


class Replayed(NamedTuple):
    """The verdicts of a judge from one juror's answers."""

    levels: Sequence[Mapping[Component, int | None]]
    """Levels of each tool, in the order of the labels."""
    asked: int
    suspect: int
    """Verdicts that were set aside."""


def read_labels(path: Path, folds: int) -> list[Label]:
    """Read labels, and part them into folds by server."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    servers = sorted({row["server"] for row in rows})
    random.Random(SEED).shuffle(servers)
    fold = {server: i % folds for i, server in enumerate(servers)}
    return [
        Label(
            row["server"],
            {key: row[key] for key in ("name", "description", "inputSchema")},
            {c: tuple(row["scores"][c]) for c in COMPONENTS},
            fold[row["server"]],
        )
        for row in rows
    ]


def fitted(labels: Sequence[Label], folds: int) -> list[Rubric]:
    """Return a scorecard for each fold: the shipped signals, with weights fitted to the tools of all other folds."""
    import numpy as np

    found = [readings(tool).prose for tool in _alone(labels)]
    parts = rubric.load().components
    signals = {
        c: np.array([[kind.measure(reading) for kind in parts[c].candidates.values()] for reading in found])
        for c in COMPONENTS
    }
    ratings = {c: counts(np.array([label.levels[c] for label in labels])) for c in COMPONENTS}
    fold_of = np.array([label.fold for label in labels])
    rubrics = []
    for fold in range(folds):
        others = fold_of != fold
        fits = {c: fit(signals[c][others], ratings[c][others]) for c in COMPONENTS}
        text = with_fits(
            Path(shipped(f"{rubric.DEFAULT}.yaml")).read_text(encoding="utf-8"), fits, {"labels": "jurors"}
        )
        rubrics.append(rubric.from_data(json.loads(rubric.to_json(text, "fitted.yaml")), "fitted"))
    return rubrics


def _alone(labels: Sequence[Label]) -> Iterator[ToolContext]:
    """Yield each tool as the jurors saw it."""
    for label in labels:
        manifest = Manifest(label.server, "jury", Provenance.FILE, (Tool(0, label.tool),), name=label.server)
        yield ServerContext(manifest).tools[0]


def scores(labels: Sequence[Label], rubrics: Sequence[Rubric]) -> list[Mapping[Component, Score]]:
    """Return what a scorecard says of each tool in prose; `rubrics` are those that were fitted without a fold."""
    found: dict[int, Mapping[Component, Score]] = {}
    for fold, manifest, places in _servers(labels):
        for context, place in zip(ServerContext(manifest).tools, places, strict=True):
            found[place] = score.score_tool(context, rubrics[fold], Frame.PROSE)
    return [found[i] for i in range(len(labels))]


def banded(used: Rubric, bands: Mapping[Component, Band]) -> Rubric:
    """Return the rubric with other bands."""
    return used._replace(components={c: part._replace(unsure=bands[c]) for c, part in used.components.items()})


def replayed(
    labels: Sequence[Label], rubrics: Sequence[Rubric], juror: int, bands: Mapping[Component, Band] | None
) -> Replayed:
    """Let a judge scan all tools, with one of the jurors as its model; without `bands` it is asked about each."""
    levels: dict[int, Mapping[Component, int | None]] = {}
    standings = []
    for fold, manifest, places in _servers(labels):
        options = app.default_options()._replace(rubric=rubrics[fold], frame=Frame.PROSE)
        used = banded(rubrics[fold], bands) if bands else rubrics[fold]
        scope = JudgeScope(
            rubric=used, frame=Frame.PROSE, smells=lambda *_: (), rules=options.rules, everything=not bands
        )
        model = _Recorded(labels, places, juror)
        judge = Judge(Panel(JudgePrompt(rubrics[fold], scope.frames), Sampling()), scope, (Juror("juror", model),))
        (report,) = app.scan([manifest], options, judge)
        for tool, place in zip(report.tools, places, strict=True):
            levels[place] = {c: s.prose for c, s in tool.scores.items()}
            standings.append(tool.judge.standing if tool.judge else Standing.SPARED)
    asked = sum(standing is not Standing.SPARED for standing in standings)
    return Replayed([levels[i] for i in range(len(labels))], asked, standings.count(Standing.SUSPECT))


class _Recorded:
    """`ChatModel` that gives the levels which a juror gave, and quotes the text that it is shown."""

    def __init__(self, labels: Sequence[Label], places: Sequence[int], juror: int) -> None:
        self._by_name = {labels[i].tool["name"]: labels[i] for i in places}
        self._juror = juror

    def complete(self, request: ChatRequest) -> ChatReply:
        text = request.messages[1].content
        shown = json.loads(text[text.index("{") : text.rindex("}") + 1])
        label = self._by_name[shown["name"]]
        levels = {c: given[self._juror] for c, given in label.levels.items()}
        return ChatReply(text=verdict(levels, quote(shown), [Frame.PROSE.value]))


def _servers(labels: Sequence[Label]) -> Iterator[tuple[int, Manifest, list[int]]]:
    """Yield each server with its fold and the places of its tools among the labels."""
    by_server: dict[str, list[int]] = defaultdict(list)
    for place, label in enumerate(labels):
        by_server[label.server].append(place)
    for server, places in by_server.items():
        tools = tuple(Tool(i, labels[place].tool) for i, place in enumerate(places))
        yield labels[places[0]].fold, Manifest(server, "labels", Provenance.FILE, tools, name=server), places
