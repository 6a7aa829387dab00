"""Checks a pasted list of tools in the browser, by the same package as the command line."""

import json
import re
from collections.abc import Iterator
from importlib.util import find_spec

from toolsmell.app import default_options, scan
from toolsmell.errors import SourceError, ToolsmellError
from toolsmell.escape import visible
from toolsmell.model import FindingKind, ServerReport, ToolReport
from toolsmell.reporters.parts.grade import is_open_smell, verdict, words
from toolsmell.reporters.parts.rows import FindingRow, rows
from toolsmell.reporters.parts.tool_table import components
from toolsmell.schema.validators import validator_name
from toolsmell.sources import files
from toolsmell.sources.options import TargetOptions

NAME = "pasted.json"
NO_TOOLS = (
    f"{NAME}: lists no tools, and this page checks nothing else; "
    "`toolsmell scan FILE` also checks client configurations and registry entries"
)
DEEPEST = 200
"""Levels of nesting: a browser's stack is smaller than a machine's, and Python cannot catch its end."""


def check(text: str) -> str:
    """Return the report of a pasted list, or the reason why there is none, as JSON for the page."""
    try:
        return json.dumps(_report(text))
    except ToolsmellError as error:
        return json.dumps({"error": visible(str(error))})


def _report(text: str) -> dict[str, object]:
    if _depth(text) > DEEPEST:
        raise SourceError(f"{NAME}: nested deeper than {DEEPEST} levels, which this page does not read")
    data = text.encode("utf-8", "replace")
    reports = list(scan(files.read(NAME, TargetOptions(), data), default_options()))
    errors = [report.error for report in reports if report.error]
    tools = [tool for report in reports for tool in report.tools]
    if not tools:
        raise SourceError("; ".join(errors) or NO_TOOLS)
    names = components(tools)
    found = sorted((row for report in reports for row in rows(report)), key=lambda row: row.badness)
    return {
        "verdict": "; ".join([*_verdict(reports), *errors]),
        "components": names,
        "tools": [_tool(tool, names) for tool in sorted(tools, key=_worst_first)],
        "findings": [_finding(row) for row in found if row.finding.kind is not FindingKind.SMELL],
        "notes": list(_notes()),
    }


def _depth(text: str) -> int:
    """Return how deep the brackets of a text nest, without those in strings."""
    depth = deepest = 0
    # A string that does not end is read once, not again from each quote in it.
    for found in re.finditer(r'"(?:[^"\\]|\\.)*+"?|[\[{\]}]', text, re.DOTALL):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        deepest = max(deepest, depth)
    return deepest


def _verdict(reports: list[ServerReport]) -> Iterator[str]:
    for report in reports:
        if report.tools:
            yield ", ".join(words(verdict(report)))


def _worst_first(tool: ToolReport) -> float:
    return 101.0 if tool.overall is None else tool.overall


def _tool(tool: ToolReport, names: tuple[str, ...]) -> dict[str, object]:
    levels = {str(name): score.value for name, score in tool.scores.items()}
    return {
        "name": visible(tool.name) if tool.name else f"#{tool.index}",
        "overall": tool.overall,
        "levels": [levels.get(name) for name in names],
        "tokens": tool.tokens.total,
        "next": visible(next((finding.help or "" for finding in tool.findings if is_open_smell(finding)), "")),
    }


def _finding(row: FindingRow) -> str:
    finding = row.finding
    place = f"line {finding.location.line}, " if finding.location else ""
    told = f" ({row.advice})" if row.advice else ""
    return f"{place}{finding.severity.value} {finding.id}: {row.message}{told}"


def _notes() -> Iterator[str]:
    """Yield what is missing here, as it is: a browser has no packages that are built for a machine."""
    if find_spec("tiktoken") is None:
        yield "Tokens are estimated: tiktoken, which counts them, is not in this page."
    if find_spec("tree_sitter") is None:
        yield "Source code is not read: tree-sitter is not in this page."
    name = validator_name()
    if name is None:
        yield "Invalid schemas are found by toolsmell's own tables: no jsonschema-rs and no jsonschema is in this page."
    elif name != "jsonschema_rs":
        yield f"Schemas are checked by {name} instead of jsonschema-rs."
    yield "No server is started, no configuration is read, and no model is asked."
