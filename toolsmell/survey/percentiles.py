"""The distribution of overall scores in a survey, from which a report tells how a score compares with public tools."""

import json

from toolsmell.errors import UsageError
from toolsmell.survey.store import Store

SCHEMA = "toolsmell.percentiles/v1"


def distribution(store: Store) -> str:
    """Return the distribution as JSON: with the rubric and date, the overall score at each percent from 0 to 100.

    Raises `UsageError` if no tool is scored.
    """
    scores = sorted(row["overall"] for row in store.read("tools", columns=("overall",)) if row["overall"] is not None)
    runs = list(store.read("runs"))
    if not scores or not runs:
        raise UsageError(f"{store.folder}: no tool has an overall score")
    run = runs[-1]
    last = len(scores) - 1
    document = {
        "schema": SCHEMA,
        "date": run["date"],
        "rubric": {"id": run["rubric"], "fingerprint": run["rubric_fingerprint"]},
        "frame": run["frame"],
        "tools": len(scores),
        "overall": [scores[round(percent * last / 100)] for percent in range(101)],
    }
    return json.dumps(document, indent=1) + "\n"
