"""Scores public tools and writes rubrics/percentiles.json, the distribution that percentiles are read from.

    python benchmarks/percentiles.py --data DIR --date 2026-11-29

DIR (or TOOLSMELL_DATA) holds `corpora/mcpm.jsonl` and `audit/lists.jsonl`, a server a line. Only scores are stored.
"""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Final

from toolsmell.model import Frame, Manifest, Provenance, Tool
from toolsmell.reading.context import ServerContext
from toolsmell.scoring import rubric, score
from toolsmell.scoring.percentile import SCHEMA
from toolsmell.scoring.weights import Rubric

TARGET: Final = Path(__file__).parent.parent / "rubrics/percentiles.json"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default=os.environ.get("TOOLSMELL_DATA"))
    parser.add_argument("--date", required=True, help="the day on which the tools were scored")
    options = parser.parse_args()
    if not options.data:
        print("skipped: name the data by --data or TOOLSMELL_DATA", file=sys.stderr)
        return 0
    shipped = rubric.load()
    found = {frame: overall_scores(Path(options.data), frame, shipped) for frame in Frame}
    content = {
        "schema": SCHEMA,
        "date": options.date,
        "tools": len(found[Frame.EFFECTIVE]),
        "rubric": shipped.fingerprint,
        "overall": {frame.value: hundredths(scores) for frame, scores in found.items()},
    }
    TARGET.write_text(json.dumps(content) + "\n", encoding="utf-8")
    return 0


def overall_scores(folder: Path, frame: Frame, shipped: Rubric) -> list[float]:
    """Return the overall scores of all tools, lowest first."""
    found: list[float] = []
    for path in ("corpora/mcpm.jsonl", "audit/lists.jsonl"):
        for line in (folder / path).open(encoding="utf-8"):
            row = json.loads(line)
            tools = tuple(Tool(i, raw) for i, raw in enumerate(row["tools"]))
            server = ServerContext(Manifest(row["server"], "corpus", Provenance.FILE, tools, name=row["server"]))
            scores = (score.overall(score.score_tool(tool, shipped, frame), frame, shipped) for tool in server.tools)
            found.extend(value for value in scores if value is not None)
    return sorted(found)


def hundredths(scores: list[float]) -> list[float]:
    """Return the scores at 1, 2 ... 100 of 100."""
    return [scores[min(len(scores) - 1, len(scores) * step // 100)] for step in range(1, 101)]


if __name__ == "__main__":
    sys.exit(main())
