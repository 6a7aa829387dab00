"""Measures the agreement of scores with a jury on unseen servers, and the gain of honest and padded rewrites.

    python benchmarks/agreement.py --data DIR [--write]

DIR (or TOOLSMELL_DATA) holds `jury/dev.jsonl`, `pairs/mureo.jsonl` and `pairs/gitlab_boilerplate.jsonl`. Prints the
agreement of the prose frame, component by component, next to the jurors among themselves and to the best rule that
only counts words; how often the probabilities are right; and the mean overall score before and after two rewrites,
in both frames. Says which goals are met. `--write` puts all that into docs/scoring.md, and draws its plots.
Needs the extra `eval`.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.agreement_plots import Bin, agreement_plot, reliability_plot
from toolsmell.calibrate import labels as reading
from toolsmell.calibrate.agreement_table import table
from toolsmell.calibrate.calibration import Calibration, calibrate, levels_of
from toolsmell.calibrate.labels import Labels
from toolsmell.calibrate.score_agreement import Agreement
from toolsmell.model import SMELL_BELOW, Frame, Manifest, Provenance, Tool
from toolsmell.reading.context import ServerContext
from toolsmell.scoring import rubric, score

DOCS = Path(__file__).parent.parent / "docs"
BELOW_JURORS, QUADRATIC, BELOW_WORDS, OVER_WORDS = 0.06, 0.75, 0.03, 4
CAREFUL, SHARE_OF_PASTED = 25, 1 / 5
BINS = 10
"""Groups of probabilities, each a tenth wide."""


class Change(NamedTuple):
    """The mean overall score of one set of tools, before and after a rewrite."""

    before: float
    after: float

    @property
    def gain(self) -> float:
        return self.after - self.before


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default=os.environ.get("TOOLSMELL_DATA"))
    parser.add_argument("--write", action="store_true", help="put the figures and plots into docs/")
    options = parser.parse_args()
    if not options.data:
        print("skipped: name the data by --data or TOOLSMELL_DATA", file=sys.stderr)
        return 0
    labels = reading.load(str(Path(options.data, "jury/dev.jsonl")), rubric.load().components)
    found = calibrate(labels, rubric.load())
    bins = list(reliability(labels, found))
    changes = {name: rewritten(Path(options.data), name) for name in ("mureo", "gitlab_boilerplate")}
    figures = [*table(found.agreements), "", *_reliability_table(bins), "", *_rewrites_table(changes)]
    print("\n".join(figures), "\n", *goals(found.agreements, changes), sep="\n")
    if options.write:
        write(figures, found.agreements, bins)
    return 0


def reliability(labels: Labels, found: Calibration) -> Iterator[Bin]:
    """Yield, for each tenth of the held-out smell probabilities, how often jurors did find a smell."""
    told, happened = [], []
    for component, ratings in levels_of(labels).items():
        smelly = (ratings < SMELL_BELOW).mean(axis=1)
        for row in found.held_out[component].smell_probability:
            told.append(row)
            happened.append(smelly)
    probabilities, shares = np.concatenate(told), np.concatenate(happened)
    tenth = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    repeats = len(found.held_out["purpose"].levels)
    for i in range(BINS):
        inside = tenth == i
        number = round(inside.sum() * labels.jurors / repeats)
        yield Bin(float(probabilities[inside].mean()), float(shares[inside].mean()), number)


def rewritten(data: Path, name: str) -> dict[Frame, Change]:
    """Score one set of tools as one server, before and after."""
    rows = [json.loads(line) for line in (data / f"pairs/{name}.jsonl").open(encoding="utf-8")]
    return {frame: Change(*(_mean_overall(rows, name, when, frame) for when in ("before", "after"))) for frame in Frame}


def _mean_overall(rows: Sequence[Mapping[str, Any]], name: str, when: str, frame: Frame) -> float:
    parts = (row[when] if isinstance(row[when], dict) else {"description": row[when]} for row in rows)
    tools = tuple(Tool(i, {"name": row["name"], **part}) for i, (row, part) in enumerate(zip(rows, parts, strict=True)))
    server = ServerContext(Manifest(name, "pairs", Provenance.FILE, tools, name=name))
    scores = (
        score.overall(score.score_tool(tool, rubric.load(), frame), frame, rubric.load()) for tool in server.tools
    )
    return fmean(value for value in scores if value is not None)


def goals(rows: Sequence[Agreement], changes: Mapping[str, Mapping[Frame, Change]]) -> Iterator[str]:
    """Yield each goal, and whether it is met."""
    ours, jurors = fmean(row.mean for row in rows), fmean(row.jurors or 0 for row in rows)
    yield _goal(f"mean kappa {ours:.3f}, at least the jurors' {jurors:.3f}", ours >= jurors)
    low = {row.component: row.mean - (row.jurors or 0) for row in rows}
    worst = min(low, key=low.__getitem__)
    yield _goal(f"each component at most {BELOW_JURORS} below ({worst} {low[worst]:+.3f})", low[worst] >= -BELOW_JURORS)
    least = min(rows, key=lambda row: row.quadratic)
    text = f"quadratic kappa at least {QUADRATIC} ({least.component} {least.quadratic:.3f})"
    yield _goal(text, least.quadratic >= QUADRATIC)
    over = [row.mean - row.words for row in rows]
    better = sum(difference > 0 for difference in over)
    met = better >= OVER_WORDS and min(over) >= -BELOW_WORDS
    yield _goal(f"better than counting words on {better} of {len(rows)}, on the others {min(over):+.3f} at worst", met)
    careful, pasted = (changes[name][Frame.EFFECTIVE].gain for name in ("mureo", "gitlab_boilerplate"))
    yield _goal(f"a careful rewrite gains {careful:.1f}, at least {CAREFUL}", careful >= CAREFUL)
    share = pasted / careful
    yield _goal(f"pasted boilerplate gains {pasted:.1f}, {share:.0%} of that", share < SHARE_OF_PASTED)


def _goal(text: str, met: bool) -> str:
    return f"{'met' if met else 'MISSED':6} {text}"


def _reliability_table(bins: Sequence[Bin]) -> Iterator[str]:
    yield "| smell probability, mean of a tenth | jurors who found a smell | verdicts |"
    yield "| ---: | ---: | ---: |"
    for told, happened, number in bins:
        yield f"| {told:.0%} | {happened:.0%} | {number:,} |"


def _rewrites_table(changes: Mapping[str, Mapping[Frame, Change]]) -> Iterator[str]:
    yield "| rewrite | frame | before | after | gain |"
    yield "| --- | --- | ---: | ---: | ---: |"
    titles = {"mureo": "a maintainer's careful one", "gitlab_boilerplate": "a template pasted into every tool"}
    for name, frames in changes.items():
        for frame, change in frames.items():
            row = (titles[name], frame.value, f"{change.before:.1f}", f"{change.after:.1f}", f"{change.gain:+.1f}")
            yield f"| {' | '.join(row)} |"


def write(figures: Sequence[str], rows: Sequence[Agreement], bins: Sequence[Bin]) -> None:
    """Replace what stands between the markers of docs/scoring.md, and draw its plots."""
    page = DOCS / "scoring.md"
    before, rest = page.read_text(encoding="utf-8").split("<!-- figures -->\n", 1)
    _, after = rest.split("<!-- end of figures -->", 1)
    block = "\n".join(figures)
    page.write_text(f"{before}<!-- figures -->\n\n{block}\n\n<!-- end of figures -->{after}", encoding="utf-8")
    for name, figure in (("agreement", agreement_plot(rows)), ("reliability", reliability_plot(bins))):
        figure.savefig(DOCS / f"images/{name}.svg", metadata={"Date": None})


if __name__ == "__main__":
    sys.exit(main())
