"""The content of the HTML report, as values for its template."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from toolsmell.model import FindingKind, ServerReport, ToolReport
from toolsmell.reporters.parts.earlier_run import MovedTool
from toolsmell.reporters.parts.grade import is_open_smell
from toolsmell.reporters.parts.groups import RuleGroup
from toolsmell.reporters.parts.page.differing_words import WordSpan
from toolsmell.reporters.parts.page.treemap import Tile
from toolsmell.reporters.parts.rows import FindingRow, label
from toolsmell.text import pattern

PAIRED: Final = ("catalogue", "naming")
"""Families of the rules that name another tool."""


class ToolRow(NamedTuple):
    """One tool in the heat map."""

    server: str
    name: str
    overall: float | None
    levels: tuple[int | None, ...]
    """In the order of `Page.components`."""
    tokens: int
    findings: int
    """Findings that are not suppressed, without smells."""
    next: str
    """The statement that would help most; empty if the tool is not smelly."""


class Worst(NamedTuple):
    """One of the worst tools, sentence by sentence."""

    name: str
    overall: float
    next: str
    smells: str
    sentences: tuple[tuple[str, str, bool], ...]
    """Text, what it says, whether it counts."""


class ConfusablePair(NamedTuple):
    """Two tools that an agent may confuse."""

    first: str
    second: str
    message: str
    rule: str
    texts: tuple[Sequence[WordSpan], Sequence[WordSpan]]
    """Both descriptions; the words that differ are marked."""


class ComparedTool(NamedTuple):
    """A tool before and after."""

    name: str
    before: float
    after: float
    tokens: int
    """Difference."""
    levels: tuple[tuple[str, int | None, int | None], ...]
    """Components whose level differs."""
    text: Sequence[WordSpan]
    """The description with the words that went and came; empty if it is the same or not known."""


class ChangedTool(NamedTuple):
    """A tool whose texts are other ones than in the base revision, and what the check says of them."""

    line: str
    """The tool, what became of it, and the differences in score and tokens."""
    wrong: bool
    objections: tuple[tuple[str, str], ...]
    """Kind in words, and text."""
    texts: tuple[tuple[str | None, Sequence[WordSpan]], ...]
    """The parameter, or None for the description, and the words that went and came."""


class Changed(NamedTuple):
    """Everything that changed since the base revision."""

    head: str
    renamed: tuple[tuple[str, str], ...]
    tools: tuple[ChangedTool, ...]
    more: int
    """Tools that are left out."""


class Base(NamedTuple):
    """Differences from an earlier report."""

    comparable: bool
    tokens_before: int
    tokens_after: int
    tools: tuple[ComparedTool, ...]
    new: tuple[FindingRow, ...]
    gone: tuple[FindingRow, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    more: Mapping[str, int]
    """By list, how many entries are left out."""


class ReportPage(NamedTuple):
    """Everything that the template shows."""

    title: str
    verdict: tuple[str, ...]
    about: str
    """Version, frame and rubric."""
    components: tuple[str, ...]
    rows: Sequence[ToolRow]
    """Worst first."""
    worst: Sequence[Worst]
    groups: Sequence[RuleGroup]
    tiles: Sequence[Tile]
    tokens: int
    pairs: Sequence[ConfusablePair]
    pairs_more: int
    base: Base | None
    changed: Changed | None
    failed: Sequence[ServerReport]
    servers: int


def row_of(server: ServerReport, tool: ToolReport) -> ToolRow:
    """Return the row of one tool."""
    findings = [f for f in tool.findings if f.suppressed is None and f.kind is not FindingKind.SMELL]
    next_ = next((f.help or f.message for f in tool.findings if is_open_smell(f)), "")
    levels = tuple(score.value for score in tool.scores.values())
    return ToolRow(server.key, label(tool), tool.overall, levels, tool.tokens.total, len(findings), next_)


def partner(row: FindingRow, names: Mapping[str, ToolReport]) -> ToolReport | None:
    """Return the other tool that a finding about a pair names; None if it is not about a pair."""
    if row.tool is None or row.finding.family not in PAIRED:
        return None
    for name in pattern(r"'([^']{1,200})'").findall(row.finding.message[:2_000]):
        other = names.get(name)
        if other is not None and other.index != row.tool.index:
            return other
    return None


def text_of(tool: ToolReport) -> str:
    """Return the description as it was read, sentence by sentence."""
    return " ".join(sentence.text for sentence in tool.reading.sentences)


def levels_that_differ(change: MovedTool) -> tuple[tuple[str, int | None, int | None], ...]:
    """Return the components whose level changed, with the level before and after."""
    before = {str(component): score.value for component, score in change.before.scores.items()}
    after = {str(component): score.value for component, score in change.after.scores.items()}
    return tuple((name, before.get(name), value) for name, value in after.items() if before.get(name) != value)
