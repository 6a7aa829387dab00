"""Writes what an editor shows at a position: the pages of the rules with findings there, and the tool's levels."""

from typing import Final
from urllib.parse import urljoin

from toolsmell.errors import UsageError
from toolsmell.model import SMELL_BELOW, Frame, Place, Tool
from toolsmell.reading.context import ServerContext
from toolsmell.reporters.parts.documentation import help_uri
from toolsmell.reporters.parts.gfm import prose
from toolsmell.reporters.parts.pages import page
from toolsmell.reporters.parts.why import explain
from toolsmell.scoring.advice import Adviser
from toolsmell.scoring.weights import Rubric
from toolsmell.serve.editor.problems import BufferSpan, span, span_of
from toolsmell.serve.editor.scanned import CheckedBuffer, CheckedServer
from toolsmell.text import pattern

PAGES: Final = 2
"""Pages of rules in one hover."""
LONGEST: Final = 2_500
"""Characters of one page."""


def hover(checked: CheckedBuffer, line: int, column: int) -> str | None:
    """Return Markdown for a position, which counts from 0, or None if nothing is known there."""
    if checked.project is None:
        return None
    rubric, frame = checked.project.options.rubric, checked.project.options.frame
    rules = dict.fromkeys(
        about.finding.id for about in checked.found() if _covers(span_of(about.finding), line, column)
    )
    found = checked.tool_at(line + 1, column + 1)
    parts = [_levels(*found, rubric, frame)] if found and (rules or _is_in(*found, line, column)) else []
    parts += [_page(rule) for rule in list(rules)[:PAGES]]
    return "\n\n---\n\n".join(parts) or None


def _covers(where: BufferSpan, line: int, column: int) -> bool:
    return (where.line, where.column) <= (line, column) <= (where.end_line, where.end_column)


def _is_in(server: CheckedServer, tool: Tool, line: int, column: int) -> bool:
    """Return True if a position is in the name or the description of a tool."""
    if server.manifest.locator is None:
        return False
    places = [Place(tool.index, pointer) for pointer in ("/name", "/description")]
    return any(_covers(span(at), line, column) for at in server.manifest.locator.locate(places).values())


def _levels(server: CheckedServer, tool: Tool, rubric: Rubric, frame: Frame) -> str:
    context = ServerContext(server.manifest)
    found = explain(context.tools[_position(server, tool)], Adviser(context), rubric, frame)
    overall = "no overall score" if found.overall is None else f"overall {found.overall:g} of 100"
    rank = f", above {found.percentile} of 100 public tools" if found.percentile is not None else ""
    rows = [f"| {name} | {_level(score.expected(frame), score.value)} |" for name, score in found.scores.items()]
    table = "\n".join(("| component | level of 5 |", "|---|---|", *rows))
    add = "".join(f"\n- {prose(statement)}" for statement in found.statements)
    told = f"\n\nAdd, if it is true:{add}" if add else ""
    return f"**{prose(found.name)}**: {overall}{rank}\n\n{table}{told}"


def _position(server: CheckedServer, tool: Tool) -> int:
    return next(at for at, one in enumerate(server.manifest.tools) if one.index == tool.index)


def _level(expected: float | None, value: int | None) -> str:
    if expected is None:
        return "-"
    return f"{expected:.1f}" + (" (smell)" if value is not None and value < SMELL_BELOW else "")


def _page(rule: str) -> str:
    """Return the page of a rule, cut at a paragraph."""
    try:
        text = page(rule)
    except UsageError:
        return ""
    kept, room = list[str](), LONGEST
    for paragraph in _with_addresses(text, rule).split("\n\n"):
        room -= len(paragraph)
        if room < 0:
            kept.append(f"`toolsmell explain {rule}` shows the rest.")
            break
        kept.append(paragraph)
    return "\n\n".join(kept)


def _with_addresses(text: str, rule: str) -> str:
    """Return a page with addresses for its links to other pages, which lead nowhere from an editor."""
    base = help_uri(rule)
    return pattern(r"\]\(([\w./-]+\.md)\)").sub(lambda m: f"]({urljoin(base, m[1])})", text) if base else text
