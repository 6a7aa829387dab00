"""Measures how well the effective frame agrees with two readers of text and schema, and fits its weights.

    python benchmarks/effective.py --data DIR [--write]

DIR (or TOOLSMELL_DATA) holds the texts of the 150 tools; `benchmarks/labels/effective.jsonl` holds the levels of two
independent readers, by fingerprint. Prints Cohen's kappa of each smell with the readers, by folds of servers, and of the
readers with each other. `--write` puts the weights, fitted to all tools, into rubrics/six-components.yaml.
Needs the extra `eval`.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
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
from toolsmell.calibrate.rater_agreement import Levels, Numbers, crosstab, kappa, quadratic_kappa
from toolsmell.scoring.rubric import to_json
from toolsmell.scoring.signals.effective import EFFECTIVE
from toolsmell.scoring.told import told

RUBRIC: Final = Path(__file__).parent.parent / "rubrics/six-components.yaml"
PENALTY: Final = 0.3
SIGNALS: Final = {
    component: tuple(part["effective"]["signals"])
    for component, part in YAML(typ="safe", pure=True).load(RUBRIC.read_text(encoding="utf-8"))["components"].items()
}
"""What may count for each component: the signals that the rubric lists, also those without weight."""


class Rated(NamedTuple):
    """Tools with the levels of two readers."""

    servers: list[str]
    measures: Mapping[str, Numbers]
    """By signal, a number for each tool."""
    levels: Mapping[str, Levels]
    """By component, a row for each tool and a column for each reader."""


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
    if options.write:
        write({component: fitted(rated, component) for component in SIGNALS})
    return 0


def load(folder: Path) -> Rated:
    """Read the labelled tools whose texts are known."""
    known = data.texts(folder)
    rows = [json.loads(line) for line in (data.LABELS / "effective.jsonl").open(encoding="utf-8")]
    found = [(*known.tools[row["fingerprint"]], row) for row in rows if row["fingerprint"] in known.tools]
    summed = [told(tool) for _, tool, _ in found]
    return Rated(
        [server for server, _, _ in found],
        {name: np.array([signal.measure(one) for one in summed]) for name, signal in EFFECTIVE.items()},
        {c: np.array([[row["first"][c], row["second"][c]] for _, _, row in found]) for c in SIGNALS},
    )


def fitted(rated: Rated, component: str, rows: Numbers | slice = slice(None)) -> Fit:
    """Fit one component; the cut points give each level to as many tools as the readers do."""
    signals = np.column_stack([rated.measures[name][rows] for name in SIGNALS[component]])
    levels = rated.levels[component][rows]
    counts = np.stack([(levels == level).sum(axis=1) for level in range(1, 6)], axis=1).astype(float)
    found = fit(signals, counts, PENALTY)
    odds = (signals - found.typical) @ found.weights
    below = counts.cumsum(axis=1)[:, :4].sum(axis=0) / counts.sum()
    cuts = np.quantile(odds, below)
    return found._replace(cut_points=np.maximum.accumulate(cuts + np.arange(4) * 1e-3))


def held_out(rated: Rated, component: str) -> Levels:
    """Return the level of each tool by a fit to the folds of other servers."""
    fold = folds(rated.servers, repeats=1)[0]
    signals = np.column_stack([rated.measures[name] for name in SIGNALS[component]])
    levels = np.zeros(len(fold), int)
    for held in range(fold.max() + 1):
        out = fold == held
        found = fitted(rated, component, ~out)
        odds = (signals[out] - found.typical) @ found.weights
        levels[out] = 1 + (odds[:, None] > found.cut_points[None, :]).sum(axis=1)
    return levels


def table(rated: Rated) -> Iterator[str]:
    """Yield the table of agreement."""
    yield f"| component | smells of {len(rated.servers)} tools | readers among themselves | scorecard | quadratic |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    means = []
    for component, levels in rated.levels.items():
        ours = held_out(rated, component)
        among = float(kappa(crosstab(levels[:, 0] < 3, levels[:, 1] < 3)))
        own = fmean(float(kappa(crosstab(ours < 3, reader < 3))) for reader in levels.T)
        means.append(own)
        smells = int((levels[:, 0] < 3).sum())
        quadratic = quadratic_kappa(ours, levels[:, 0])
        yield f"| {component} | {smells} | {among:.2f} | **{own:.2f}** | {quadratic:.2f} |"
    yield f"| mean | | | **{fmean(means):.2f}** | |"


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


def _block(found: Fit, names: Sequence[str]) -> CommentedMap:
    signals = CommentedMap()
    for name, weight, typical in zip(names, found.weights, found.typical, strict=True):
        kept = max(float(weight), LEAST if name.startswith("says-") or name == "statements" else 0.0)
        entry = CommentedMap(weight=round(kept, 2), typical=round(float(typical), 3))
        entry.fa.set_flow_style()
        signals[name] = entry
    cuts = CommentedSeq([round(float(cut), 2) for cut in found.cut_points])
    cuts.fa.set_flow_style()
    return CommentedMap(cut_points=cuts, signals=signals)


if __name__ == "__main__":
    sys.exit(main())
