"""The table of a server's tools: the level of each component, the overall score and the tokens, worst first."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from toolsmell.escape import visible
from toolsmell.model import ToolReport
from toolsmell.reporters.parts.columns import Ink, columns, cut_middle, pad, paint
from toolsmell.reporters.parts.rows import label

_LAYOUTS: Final = ((12, "  "), (5, "  "), (3, " "))
"""Letters of a component's heading, and the separator of columns."""


def components(tools: Sequence[ToolReport]) -> tuple[str, ...]:
    """Return the components that any of the tools has, in the order of the rubric."""
    return tuple(dict.fromkeys(component for tool in tools for component in tool.scores))


def table(tools: Sequence[ToolReport], width: int, *, color: bool) -> Iterator[str]:
    """Yield the lines of a table of at most `width` columns; headings are short where names are long."""
    names = [label(tool) for tool in tools]
    tokens = max(len(f"{tool.tokens.total:,}") for tool in tools)
    parts = components(tools)
    for letters, gap in _LAYOUTS:
        heads = [head[:letters] for head in ("overall", *map(visible, parts), "tokens")]
        widths = [*(max(len(head), 3) for head in heads[:-1]), max(len(heads[-1]), tokens)]
        room = max(12, width - 2 - sum(widths) - len(gap) * len(widths))
        if all(len(name) <= room for name in names):
            break
    names = [cut_middle(name, room) for name in names]
    first = max(4, *map(columns, names))
    yield "  " + paint(gap.join([pad("tool", first), *map(str.rjust, heads, widths)]), Ink.DIM, color)
    for tool, name in zip(tools, names, strict=True):
        cells = (_right(text, w, ink, color) for (text, ink), w in zip(_cells(tool, parts), widths, strict=True))
        yield "  " + gap.join([pad(name, first), *cells])


def unscored(tools: Sequence[ToolReport]) -> str:
    """Return the meaning of the dashes of a table: each reason, and how many tools have it."""
    reasons = Counter(
        reason for tool in tools for reason in {s.reason for s in tool.scores.values() if s.value is None} if reason
    )
    words = [f"{visible(reason)} ({count:,} of {len(tools):,})" for reason, count in reasons.most_common()]
    return f"-: {'; '.join(words)}" if words else ""


def _right(text: str, width: int, ink: Ink | None, color: bool) -> str:
    return " " * (width - len(text)) + paint(text, ink, color)


def _cells(tool: ToolReport, parts: Sequence[str]) -> Iterator[tuple[str, Ink | None]]:
    yield ("-", Ink.DIM) if tool.overall is None else (f"{tool.overall:.0f}", _overall_ink(tool.overall))
    scores = {str(component): score for component, score in tool.scores.items()}
    for part in parts:
        score = scores.get(part)
        value = score.value if score else None
        yield ("-", Ink.DIM) if value is None else (str(value), _level_ink(value))
    yield f"{tool.tokens.total:,}", None


def _level_ink(level: int) -> Ink:
    return Ink.RED if level < 3 else Ink.YELLOW if level == 3 else Ink.GREEN


def _overall_ink(overall: float) -> Ink:
    # 50 of 100 is a mean of 3.
    return Ink.RED if overall < 50 else Ink.YELLOW if overall < 75 else Ink.GREEN
