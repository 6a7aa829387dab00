"""Measures how well the effective frame agrees with readers of text and schema, and fits its weights.

    python benchmarks/effective.py --data DIR [--write]

DIR (or TOOLSMELL_DATA) holds the texts of the tools; `benchmarks/labels/effective.jsonl` holds the levels that readers
gave, by fingerprint: two independent readers of the first 150 tools, and one of the others. All had read the 26 tools of
`audit/defects.jsonl` with the levels of the reader who wrote that file, to use the same scale; except for three of the
first 150, those 26 are not among the tools. 862 tools were drawn at random; of tools 271 to 420, 90 were drawn among
tools whose first sentence is short or repeats the name, and 60 among tools with parameters and no example.

Prints Cohen's kappa of each smell with the readers by folds of servers, and of the two readers with each other. Each fold
is predicted by a fit to the other servers; the penalty and the rule for the cut points are chosen by folds within those.
`--write` puts the weights, fitted to all tools, into rubrics/six-components.yaml. Needs the extra `eval`.
"""

import argparse
import json
import os
import sys

os.environ.setdefault("OMP_NUM_THREADS", "1")  # The matrices are small: more threads only wait for each other.

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from statistics import fmean
from typing import Final, NamedTuple

import numpy as np
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import reading_data as data
from toolsmell.calibrate.folds import folds
from toolsmell.calibrate.odds import Fit, fit
from toolsmell.calibrate.rater_agreement import Flags, Levels, Numbers, crosstab, kappa, quadratic_kappa
from toolsmell.model import Frame
from toolsmell.scoring import rubric
from toolsmell.scoring.rubric import to_json
from toolsmell.scoring.score import score_tool
from toolsmell.scoring.signals.effective import EFFECTIVE
from toolsmell.scoring.told import told

RUBRIC: Final = Path(__file__).parent.parent / "rubrics/six-components.yaml"
PENALTIES: Final = (0.3, 1.0, 3.0)
INNER: Final = 5
"""Folds within which a choice is made."""
SMELL: Final = 3
SIGNALS: Final = {
    component: tuple(part["effective"]["signals"])
    for component, part in YAML(typ="safe", pure=True).load(RUBRIC.read_text(encoding="utf-8"))["components"].items()
}
"""What may count for each component: the signals that the rubric lists, also those without weight."""


class Rated(NamedTuple):
    """Tools with the levels of their readers."""

    servers: list[str]
    two: Flags
    """Which tools two readers rated."""
    measures: Mapping[str, Numbers]
    """By signal, a number for each tool."""
    levels: Mapping[str, Levels]
    """By component, a row for each tool and a column for each reader; twice the same if only one rated it."""


class Choice(NamedTuple):
    """How a component is fitted."""

    penalty: float
    counted: bool
    """Whether the cut points give each level to as many tools as the readers do; else they are the likeliest."""


CHOICES: Final = tuple(Choice(penalty, counted) for penalty, counted in product(PENALTIES, (True, False)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default=os.environ.get("TOOLSMELL_DATA"))
    parser.add_argument("--write", action="store_true", help="put the weights into the rubric")
    options = parser.parse_args()
    if not options.data:
        print("skipped: name the data by --data or TOOLSMELL_DATA", file=sys.stderr)
        return 0
    rated = load(Path(options.data))
    print("\n".join(table(rated)))
    print("\n".join(apart(Path(options.data))))
    if options.write:
        every = np.ones(len(rated.servers), bool)
        write({c: fitted(rated, c, every, chosen(rated, c, every)) for c in SIGNALS})
    return 0


def load(folder: Path) -> Rated:
    """Read the labelled tools whose texts are known."""
    known = data.texts(folder)
    rows = [json.loads(line) for line in (data.LABELS / "effective.jsonl").open(encoding="utf-8")]
    found = [(*known.tools[row["fingerprint"]], row) for row in rows if row["fingerprint"] in known.tools]
    summed = [told(tool) for _, tool, _ in found]
    return Rated(
        [server for server, _, _ in found],
        np.array(["second" in row for _, _, row in found]),
        {name: np.array([signal.measure(one) for one in summed]) for name, signal in EFFECTIVE.items()},
        {c: np.array([[row["first"][c], row.get("second", row["first"])[c]] for _, _, row in found]) for c in SIGNALS},
    )


def fitted(rated: Rated, component: str, rows: Flags, choice: Choice) -> Fit:
    """Fit one component to some of the tools."""
    signals = np.column_stack([rated.measures[name][rows] for name in SIGNALS[component]])
    levels = rated.levels[component][rows]
    counts = np.stack([(levels == level).sum(axis=1) for level in range(1, 6)], axis=1).astype(float)
    found = _raised(component, fit(signals, counts, choice.penalty))
    if not choice.counted:
        return found
    odds = (signals - found.typical) @ found.weights
    below = counts.cumsum(axis=1)[:, :4].sum(axis=0) / counts.sum()
    cuts = np.quantile(odds, below)
    return found._replace(cut_points=np.maximum.accumulate(cuts + np.arange(4) * 1e-3))


def chosen(rated: Rated, component: str, rows: Flags) -> Choice:
    """Return the choice that agrees best with the readers by folds within some of the tools."""
    fold = np.full(len(rows), -1)
    fold[rows] = folds([server for server, kept in zip(rated.servers, rows, strict=True) if kept], INNER, repeats=1)[0]
    given = rated.levels[component][rows, 0]

    def agreement(choice: Choice) -> float:
        ours = predicted(rated, component, fold, choice)[rows]
        return float(kappa(crosstab(ours < SMELL, given < SMELL))) + quadratic_kappa(ours, given)

    return max(CHOICES, key=agreement)


def predicted(rated: Rated, component: str, fold: Levels, choice: Choice | None = None) -> Levels:
    """Return the level of each tool by a fit to the other folds; tools of fold -1 are left out."""
    signals = np.column_stack([rated.measures[name] for name in SIGNALS[component]])
    levels = np.zeros(len(fold), int)
    for held in range(fold.max() + 1):
        out, others = fold == held, (fold != held) & (fold >= 0)
        found = fitted(rated, component, others, choice or chosen(rated, component, others))
        levels[out] = 1 + (((signals[out] - found.typical) @ found.weights)[:, None] > found.cut_points).sum(axis=1)
    return levels


def table(rated: Rated) -> Iterator[str]:
    """Yield the table of agreement: on the tools of two readers, and on all."""
    two, number = rated.two, len(rated.servers)
    yield (
        f"| component | smells of {two.sum()} tools | readers among themselves | scorecard | smells of all {number} tools "
        "| scorecard | quadratic |"
    )
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    means = []
    fold = folds(rated.servers, repeats=1)[0]
    for component, levels in rated.levels.items():
        ours, smells = predicted(rated, component, fold), levels < SMELL
        among = _agreement(smells[two, 0], smells[two, 1])
        own = fmean(_agreement(ours[two] < SMELL, smells[two, reader]) for reader in (0, 1))
        every = _agreement(ours < SMELL, smells[:, 0])
        means.append((own, every))
        quadratic = quadratic_kappa(ours, levels[:, 0])
        yield (
            f"| {component} | {smells[two, 0].sum()} | {among:.2f} | **{own:.2f}** | {smells[:, 0].sum()} "
            f"| **{every:.2f}** | {quadratic:.2f} |"
        )
    of_two, of_all = (fmean(column) for column in zip(*means, strict=True))
    yield f"| mean | | | **{of_two:.2f}** | | **{of_all:.2f}** | |"


def apart(folder: Path) -> Iterator[str]:
    """Yield the agreement of the shipped rubric with the reader of `audit/defects.jsonl`, whose tools are not fitted to."""
    shipped = rubric.load()
    # The servers of the audit are read first: others of the same name do not count.
    known = reversed(list(data.texts(folder).tools.values()))
    tools = {(server, tool.tool.name): tool for server, tool in known}
    rows = [json.loads(line) for line in (folder / "audit/defects.jsonl").open(encoding="utf-8")]
    scored = [
        (row["effective"], score_tool(tools[row["server"], row["tool"]], shipped, Frame.EFFECTIVE)) for row in rows
    ]
    agreed = {}
    for component in SIGNALS:
        pairs = [(given[component], got[component].value) for given, got in scored if given[component]]
        ours, theirs = (np.array(column, float) for column in zip(*[(b, a) for a, b in pairs if b], strict=True))
        agreed[component] = _agreement(ours < SMELL, theirs < SMELL)
    yield f"{len(rows)} tools of another reader: {', '.join(f'{c} {value:.2f}' for c, value in agreed.items())}"
    yield f"mean {fmean(agreed.values()):.2f}"


def _agreement(ours: Flags, theirs: Flags) -> float:
    return float(kappa(crosstab(ours, theirs)))


def write(fits: Mapping[str, Fit]) -> None:
    """Put weights and cut points into the rubric, and write its JSON form."""
    yaml = YAML()
    yaml.width = 4_000
    yaml.preserve_quotes = True
    content = yaml.load(RUBRIC.read_text(encoding="utf-8"))
    for component, found in fits.items():
        content["components"][component]["effective"] = _block(found, SIGNALS[component])
    with RUBRIC.open("w", encoding="utf-8") as file:
        yaml.dump(content, file)
    text = RUBRIC.read_text(encoding="utf-8")
    RUBRIC.with_suffix(".json").write_text(to_json(text, str(RUBRIC)), encoding="utf-8")


LEAST: Final = 0.3
"""No statement weighs nothing: what is said must show."""
OWN: Final = {
    "limitations": {"says-limit": 3.0, "says-failure": 3.0},
    "examples": {"says-example": 1.0},
}
"""What a component is about must show in it, although readers weigh the whole text: a text without an example must not
seem to have more of them than one with five. Larger weights of examples lower the agreement."""


def _raised(component: str, found: Fit) -> Fit:
    """Return the fit with no weight under the least."""
    least = [
        OWN.get(component, {}).get(name, LEAST if name.startswith("says-") or name == "statements" else 0.0)
        for name in SIGNALS[component]
    ]
    return found._replace(weights=np.maximum(found.weights, least))


def _block(found: Fit, names: Sequence[str]) -> CommentedMap:
    signals = CommentedMap()
    for name, weight, typical in zip(names, found.weights, found.typical, strict=True):
        entry = CommentedMap(weight=round(float(weight), 2), typical=round(float(typical), 3))
        entry.fa.set_flow_style()
        signals[name] = entry
    cuts = CommentedSeq([round(float(cut), 2) for cut in found.cut_points])
    cuts.fa.set_flow_style()
    return CommentedMap(cut_points=cuts, signals=signals)


if __name__ == "__main__":
    sys.exit(main())
