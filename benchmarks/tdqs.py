"""Sets the cut points of rubrics/tdqs.yaml by the published aggregates of TDQS, and prints what nothing was set by.

    python benchmarks/tdqs.py --data DIR [--write]

There are no public labels. The specification publishes, for 362,226 definitions, the mean level and the share of smells of
each dimension. The cut points are set so that the public tools of DIR (or TOOLSMELL_DATA: `corpora/mcpm.jsonl` and
`audit/lists.jsonl`, a server a line) have the same; of all shares of levels that fit them, those of largest entropy are
taken. `--write` puts them and the means of the signals into the rubric. The tiers of
tools chose how far the weights spread scores; the scores of servers were not used, and are printed next to the published ones.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import exp
from pathlib import Path
from statistics import fmean
from typing import Final, NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from toolsmell.model import Frame, Manifest, Provenance, ServerScore, Tool
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.scoring import rubric
from toolsmell.scoring.score import overall, score_tool, unscorable
from toolsmell.scoring.server_score import server_score
from toolsmell.scoring.signals import PROSE
from toolsmell.scoring.signals.effective import EFFECTIVE
from toolsmell.scoring.signals.frame_reading import in_prose
from toolsmell.scoring.told import told
from toolsmell.scoring.weights import Rubric

RUBRIC: Final = Path(__file__).parent.parent / "rubrics/tdqs.yaml"


class Published(NamedTuple):
    """What the specification says of one dimension (June 2026)."""

    mean: float
    smells: float
    """The share of levels under 3."""


PUBLISHED: Final = {
    "purpose_clarity": Published(4.47, 0.040),
    "usage_guidelines": Published(3.03, 0.445),
    "behavioral_transparency": Published(2.90, 0.461),
    "parameter_semantics": Published(3.19, 0.140),
    "conciseness_structure": Published(4.47, 0.038),
    "contextual_completeness": Published(3.23, 0.328),
}
TIERS: Final = {"A": 0.541, "B": 0.194, "C": 0.238, "D": 0.027}
"""Of tools."""
SERVERS: Final = {"score": 3.56, "tools": 3.29, "coherence": 4.18, "mean less lowest": 0.49, "naming": 4.57,
                  "disambiguation": 4.50, "tool-count": 3.87}  # fmt: skip
LEVELS: Final = range(1, 6)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default=os.environ.get("TOOLSMELL_DATA"))
    parser.add_argument("--write", action="store_true", help="put the cut points into the rubric")
    options = parser.parse_args()
    if not options.data:
        print("skipped: name the data by --data or TOOLSMELL_DATA", file=sys.stderr)
        return 0
    servers = list(read(Path(options.data)))
    tools = [tool for server in servers for tool in server.tools if not unscorable(tool)]
    if options.write:
        write(tools)
    print("\n".join(table(servers, tools, rubric.load(str(RUBRIC)))))
    return 0


def read(folder: Path) -> Iterator[ServerContext]:
    """Yield the public servers."""
    for path in ("corpora/mcpm.jsonl", "audit/lists.jsonl"):
        for line in (folder / path).open(encoding="utf-8"):
            row = json.loads(line)
            tools = tuple(Tool(i, raw) for i, raw in enumerate(row["tools"]))
            yield ServerContext(Manifest(row["server"], "corpus", Provenance.FILE, tools, name=row["server"]))


def write(tools: Sequence[ToolContext]) -> None:
    """Set the means of signals and the cut points of both frames."""
    summed, prose = [told(tool) for tool in tools], [in_prose(tool) for tool in tools]
    measured = {name: [signal.measure(one) for one in summed] for name, signal in EFFECTIVE.items()}
    in_text = {name: [signal.measure(one) for one in prose] for name, signal in PROSE.items()}
    yaml = YAML()
    yaml.width = 4_000
    content = yaml.load(RUBRIC.read_text(encoding="utf-8"))
    for name, part in content["components"].items():
        shares = of_largest_entropy(PUBLISHED[name])
        for block, values in ((part, in_text), (part["effective"], measured)):
            _set(block, values, shares)
    with RUBRIC.open("w", encoding="utf-8") as file:
        yaml.dump(content, file)
    text = RUBRIC.read_text(encoding="utf-8")
    RUBRIC.with_suffix(".json").write_text(rubric.to_json(text, str(RUBRIC)), encoding="utf-8")


def _set(block: CommentedMap, values: Mapping[str, Sequence[float]], shares: Sequence[float]) -> None:
    """Set the means and cut points of one component in one frame."""
    odds = [0.0] * len(next(iter(values.values())))
    for name, entry in block["signals"].items():
        measures = values[str(entry.get("measure", name))]
        entry["typical"] = round(fmean(measures), 3)
        odds = [o + entry["weight"] * (m - entry["typical"]) for o, m in zip(odds, measures, strict=True)]
    cuts = CommentedSeq([round(cut, 2) for cut in cut_points(odds, shares)])
    cuts.fa.set_flow_style()
    block["cut_points"] = cuts


def of_largest_entropy(known: Published) -> list[float]:
    """Return the shares of the five levels with the published mean and share of smells, and otherwise as even as can be.

    They are exponential in the level, with one factor for the smells and one for the others.
    """

    def shares(tilt: float) -> list[float]:
        raw = [exp(tilt * level) for level in LEVELS]
        low, high = sum(raw[:2]), sum(raw[2:])
        return [w / low * known.smells for w in raw[:2]] + [w / high * (1 - known.smells) for w in raw[2:]]

    least, most = -20.0, 20.0
    for _ in range(100):
        middle = (least + most) / 2
        mean = sum(level * share for level, share in zip(LEVELS, shares(middle), strict=True))
        least, most = (middle, most) if mean < known.mean else (least, middle)
    return shares(least)


def cut_points(odds: Sequence[float], shares: Sequence[float]) -> Iterator[float]:
    """Yield where levels 2 to 5 begin, so that the mean probabilities over all tools are `shares`."""
    for number in range(1, len(shares)):
        below, least, most = sum(shares[:number]), -40.0, 40.0
        for _ in range(60):
            cut = (least + most) / 2
            mean = fmean(1 / (1 + exp(min(700.0, o - cut))) for o in odds)
            least, most = (cut, most) if mean < below else (least, cut)
        yield least


def table(servers: Sequence[ServerContext], tools: Sequence[ToolContext], used: Rubric) -> Iterator[str]:
    """Yield what the estimate says next to what is published."""
    scores = [score_tool(tool, used, Frame.EFFECTIVE) for tool in tools]
    yield f"| dimension (set by) | mean of {len(tools):,} tools | published | smells | published |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for name, known in PUBLISHED.items():
        levels = [scored[name].expected(Frame.EFFECTIVE) or 0.0 for scored in scores]
        smelly = fmean(scored[name].smell_probability or 0.0 for scored in scores)
        yield f"| {name} | {fmean(levels):.2f} | {known.mean:.2f} | {smelly:.1%} | {known.smells:.1%} |"
    points = [1 + (overall(scored, Frame.EFFECTIVE, used) or 0.0) / 25 for scored in scores]
    yield from ("", "| tier of tools (spread chosen by) | estimate | published |", "| --- | ---: | ---: |")
    bounds = [5.1, *(least for least, _ in (used.server.grades if used.server else ()))]
    for (high, low), (letter, share) in zip(pairwise(bounds), TIERS.items(), strict=True):
        yield f"| {letter} | {fmean(low <= round(point, 1) < high for point in points):.1%} | {share:.1%} |"
    yield f"| mean | {fmean(points):.2f} | 3.57 |"
    yield from ("", "| servers (not set by) | estimate | published |", "| --- | ---: | ---: |")
    found = [one for server in servers if (one := _server(server, used))]
    for name, value in SERVERS.items():
        yield f"| {name} | {fmean(_figure(one, name) for one in found):.2f} | {value:.2f} |"


def _server(server: ServerContext, used: Rubric) -> ServerScore | None:
    scores = [overall(score_tool(tool, used, Frame.EFFECTIVE), Frame.EFFECTIVE, used) for tool in server.tools]
    return server_score(server, scores, used)


def _figure(one: ServerScore, name: str) -> float:
    own = {"score": one.level, "tools": one.quality, "coherence": fmean(one.aspects.values())}
    return {**own, "mean less lowest": one.mean - one.lowest, **one.aspects}[name]


if __name__ == "__main__":
    sys.exit(main())
