"""SARIF 2.1.0, as GitHub's code scanning takes it.

A result without a place in the repository makes GitHub refuse the whole file, so such findings are left out
and counted in a notification. If there are more results than GitHub accepts, those of the highest severity are kept.
"""

from collections import Counter
from typing import Final, TextIO
from urllib.parse import quote

from toolsmell.escape import visible
from toolsmell.model import Finding, Json, Location, Related, RunInfo, ServerReport, Severity, Status, Summary
from toolsmell.reporters import Style
from toolsmell.reporters.parts.documentation import documentation, entry, help_uri
from toolsmell.reporters.parts.encode import dumps
from toolsmell.reporters.parts.repository_paths import Repository
from toolsmell.reporters.parts.rows import FindingRow, rows, run_rows

RESULTS: Final = 25_000
"""Limits of GitHub for one run."""
NOTIFICATIONS: Final = 100

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_PROBLEM: Final = {"error": "error", "warning": "warning", "note": "recommendation"}


class Reporter:
    """Keeps the results, as written, until the end: the rules that they name come before them."""

    def __init__(self, stream: TextIO, style: Style) -> None:  # noqa: ARG002 a format for machines has no style
        self._stream = stream
        self._repository = Repository()
        self._rules: dict[str, int] = {}
        self._results: dict[Severity, list[str]] = {severity: [] for severity in Severity}
        self._notifications: list[dict[str, Json]] = []
        self._dropped = self._homeless = 0

    def begin(self, run: RunInfo) -> None:
        self._version = run.version

    def server(self, report: ServerReport) -> None:
        if report.status is not Status.COMPLETE:
            error = f"{report.key}: {report.error or 'no reason is known'}"
            self._notify("error" if report.status is Status.FAILED else "warning", error)
        seen: Counter[str] = Counter()
        for row in rows(report):
            self._add(row, seen)

    def end(self, summary: Summary, findings: tuple[Finding, ...] = ()) -> str | None:
        seen: Counter[str] = Counter()
        for row in run_rows(findings):
            self._add(row, seen)
        left_out = self._left_out()
        if left_out:
            self._notify("warning", left_out)
        write = self._stream.write
        write(f'{{"$schema": "{_SCHEMA}", "version": "2.1.0",\n')
        write(f'"runs": [{{"tool": {dumps(self._tool())},\n"results": [')
        results = [result for severity in Severity for result in self._results[severity]]
        write(",".join(f"\n{result}" for result in results) + "],\n")
        invocation = {
            "executionSuccessful": not summary.servers_failed,
            "toolExecutionNotifications": self._notifications,
        }
        write(f'"invocations": [{dumps(invocation)}], "columnKind": "unicodeCodePoints"}}]}}\n')
        return left_out

    def _add(self, row: FindingRow, seen: Counter[str]) -> None:
        path = self._repository.path(row.finding.location)
        if path is None or row.finding.location is None:
            self._homeless += 1
            return
        seen[row.fingerprint] += 1
        result = self._result(row, path, row.finding.location, seen[row.fingerprint])
        self._results[row.finding.severity].append(dumps(result))
        if sum(map(len, self._results.values())) > RESULTS:
            self._dropped += 1
            lightest = next(severity for severity in reversed(Severity) if self._results[severity])
            self._results[lightest].pop()

    def _result(self, row: FindingRow, path: str, location: Location, nth: int) -> dict[str, Json]:
        finding = row.finding
        index = self._rules.setdefault(finding.id, len(self._rules))
        result: dict[str, Json] = {
            "ruleId": finding.id,
            "ruleIndex": index,
            "level": finding.severity.value,
            "message": {"text": _message(row)},
            "locations": [{"physicalLocation": _place(path, location), "logicalLocations": _logical(row)}],
            # GitHub knows the first name only; the number tells equals in one tool apart.
            "partialFingerprints": {
                "primaryLocationLineHash": f"{row.fingerprint}:{nth}",
                "toolsmell/v1": row.fingerprint,
            },
        }
        related = [self._related(number, one) for number, one in enumerate(finding.related, 1)]
        if places := [place for place in related if place is not None]:
            result["relatedLocations"] = places
        result["properties"] = _properties(finding)
        if finding.suppressed:
            reason = visible(finding.suppressed.reason or f"by {finding.suppressed.by}")
            result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": reason}]
        return result

    def _related(self, number: int, related: Related) -> dict[str, Json] | None:
        """Return another place of a finding, or None if it is not in a file of this repository."""
        path = self._repository.path(related.location)
        if path is None:
            return None
        place = _place(path, related.location)
        return {"id": number, "physicalLocation": place, "message": {"text": _sentence(visible(related.message))}}

    def _tool(self) -> dict[str, Json]:
        driver: dict[str, Json] = {"name": "toolsmell", "version": visible(self._version)}
        if uri := documentation():
            driver["informationUri"] = uri
        driver["rules"] = [_rule(id_) for id_ in self._rules]
        return {"driver": driver}

    def _left_out(self) -> str | None:
        parts = []
        if self._homeless:
            parts.append(f"{self._homeless:,} findings have no place in a file of this repository")
        if self._dropped:
            parts.append(f"{self._dropped:,} are over the {RESULTS:,} that GitHub takes")
        return f"sarif: left out: {'; '.join(parts)}" if parts else None

    def _notify(self, level: str, text: str) -> None:
        if len(self._notifications) < NOTIFICATIONS:
            self._notifications.append({"level": level, "message": {"text": _sentence(visible(text))}})


def _message(row: FindingRow) -> str:
    advice = row.advice.partition(": ")[2]
    return _sentence(row.message) + (f" {_sentence(advice[0].upper() + advice[1:])}" if advice else "")


def _properties(finding: Finding) -> dict[str, Json]:
    """Return the properties without a field in SARIF: help, evidence, and the tools that share the finding."""
    found: dict[str, Json] = {"help": visible(finding.help), "evidence": finding.evidence.value}
    if finding.smells:
        found |= {"smells": list(finding.smells), "next": visible(finding.help) or None}
    if finding.members:
        found["members"] = [{"tool": visible(m.name or f"#{m.index}"), "pointer": m.pointer} for m in finding.members]
    return found


def _sentence(text: str) -> str:
    """Return a message in which brackets are no links, ended by a stop."""
    escaped = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return escaped if escaped.endswith((".", "!", "?")) else f"{escaped}."


def _place(path: str, at: Location) -> dict[str, Json]:
    region = {
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.end_line,
        "endColumn": at.end_column,
    }
    return {"artifactLocation": {"uri": quote(visible(path))}, "region": region}


def _logical(row: FindingRow) -> list[dict[str, Json]]:
    where = [visible(row.server.key), row.about] if row.server and row.tool else [row.about]
    return [
        {
            "name": where[-1],
            "fullyQualifiedName": "/".join(where),
            "kind": "function" if row.tool else "module",
        }
    ]


def _rule(id_: str) -> dict[str, Json]:
    known = entry(id_)
    rule: dict[str, Json] = {"id": id_}
    if known is None:
        return {
            **rule,
            "shortDescription": {"text": f"{id_}."},
            "help": {"text": "A rule of another version."},
        }
    rule |= {
        "name": "".join(word.capitalize() for word in id_.split("-")),
        "shortDescription": {"text": _sentence(known.summary[0].upper() + known.summary[1:])},
        "fullDescription": {"text": _sentence(known.description)},
        "help": {"text": known.markdown, "markdown": known.markdown},
        "defaultConfiguration": {"level": known.severity},
        "properties": {
            "tags": ["mcp", known.family],
            "precision": known.precision,
            "problem.severity": _PROBLEM[known.severity],
        },
    }
    if uri := help_uri(id_):
        rule["helpUri"] = uri
    return rule
