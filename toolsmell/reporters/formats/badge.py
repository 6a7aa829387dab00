"""A badge of one's own run: the JSON that badge services read from an endpoint, with percentile, date and rubric."""

import os
from datetime import UTC, date, datetime
from typing import Final, TextIO

from toolsmell.escape import shown
from toolsmell.model import Finding, Json, RunInfo, ServerReport, ServerScore, Summary
from toolsmell.reporters import Style
from toolsmell.reporters.parts.encode import dumps
from toolsmell.reporters.parts.grade import GRADES, grade, median_percentile

LABEL: Final = "tool descriptions"

_COLORS: Final = dict(
    zip((letter for _, letter in GRADES), ("brightgreen", "green", "yellow", "orange", "red"), strict=True)
)


class Reporter:
    """Writes only the keys that badge services accept: they reject a document with others."""

    def __init__(self, stream: TextIO, style: Style) -> None:  # noqa: ARG002 a format for machines has no style
        self._stream = stream
        self._percentiles: list[int] = []
        self._scores: list[ServerScore] = []
        self._rubric = ""

    def begin(self, run: RunInfo) -> None:
        self._rubric = shown(run.rubric_id)

    def server(self, report: ServerReport) -> None:
        self._scores += [report.score] if report.score else []
        self._percentiles += [tool.percentile for tool in report.tools if tool.percentile is not None]

    def end(self, summary: Summary, findings: tuple[Finding, ...] = ()) -> str | None:  # noqa: ARG002
        rank = median_percentile(self._percentiles)
        letter = grade(rank)
        if rank is not None:
            what = f"{letter}, above {rank} of 100 public tools"
        elif self._scores:
            worst = min(self._scores, key=lambda score: score.level)
            letter, what = worst.grade, f"{shown(worst.title)} {worst.level:.1f} of 5"
        else:
            what = "not scored" if summary.overall is None else f"{summary.overall:.0f} of 100"
        badge: dict[str, Json] = {
            "schemaVersion": 1,
            "label": LABEL,
            "message": f"{what} ({_today()}, {self._rubric})",
            "color": _COLORS.get(letter or "", "lightgrey"),
        }
        self._stream.write(dumps(badge) + "\n")
        failed = summary.servers_failed + summary.servers_partial
        return f"badge: {failed:,} servers were not read in full, so it is about the others" if failed else None


def _today() -> date:
    """Return today's date in UTC, or that of SOURCE_DATE_EPOCH, by which builds are reproducible."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdecimal() else datetime.now(UTC).date()
