"""Explains the scores of one tool: what each sentence says, the levels, and the statements to add."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from toolsmell.escape import inert, visible
from toolsmell.model import SMELL_BELOW, Frame, Score
from toolsmell.model.reading import ReadSentence, ToolReading
from toolsmell.reading.context import ToolContext
from toolsmell.reading.sentence_weights import GENERAL
from toolsmell.reporters import Style
from toolsmell.reporters.parts.columns import Ink, cut_middle, paint, wrap
from toolsmell.scoring.advice import Adviser
from toolsmell.scoring.percentile import percentile
from toolsmell.scoring.score import overall, score_tool
from toolsmell.scoring.weights import Rubric

STATEMENTS: Final = 3
"""The most statements that are shown."""
NAMES: Final = 8
"""Parameters that are named next to a sentence."""


class Explained(NamedTuple):
    """One tool with everything that explains its scores."""

    name: str
    reading: ToolReading
    scores: Mapping[str, Score]
    overall: float | None
    percentile: int | None
    frame: Frame
    statements: Sequence[str]
    """The statements that would raise the overall score most, the best first; at most three."""


def explain(tool: ToolContext, adviser: Adviser, rubric: Rubric, frame: Frame) -> Explained:
    """Return the explanation of a tool; without statements if nothing could be scored."""
    scores = score_tool(tool, rubric, frame)
    known = any(score.value is not None for score in scores.values())
    statements = adviser.best(tool, rubric)
    points = overall(scores, frame, rubric)
    return Explained(
        name=tool.tool.name or "",
        reading=tool.reading,
        scores=scores,
        overall=points,
        percentile=percentile(points, frame, rubric),
        frame=frame,
        statements=tuple(islice(statements, STATEMENTS)) if known else (),
    )


def why(tool: Explained, style: Style) -> Iterator[str]:
    """Yield the lines that explain the scores of one tool."""
    for line in _lines(tool, style):
        yield inert(line)


def _lines(tool: Explained, style: Style) -> Iterator[str]:
    yield paint(cut_middle(visible(tool.name), style.width), Ink.BOLD, style.color)
    yield ""
    for sentence in tool.reading.sentences:
        yield from _sentence(sentence, style)
    if not tool.reading.sentences:
        yield "  (no description was read)"
    yield from ("", paint(_overall(tool), Ink.BOLD, style.color))
    yield from _levels(tool, style)
    if tool.statements:
        yield from ("", paint("What would raise the overall score most, if it is true:", Ink.BOLD, style.color))
        for number, statement in enumerate(tool.statements, start=1):
            yield from _hanging(f"  {number}. ", visible(statement), style.width)


def _sentence(sentence: ReadSentence, style: Style) -> Iterator[str]:
    text = " ".join(line.strip(" \t\r") for line in sentence.text.split("\n"))
    for line in wrap(visible(text), style.width - 2):
        yield f"  {line}"
    for line in _hanging("      -> ", mark(sentence), style.width):
        yield paint(line, Ink.DIM if sentence.counts else Ink.YELLOW, style.color)


def mark(sentence: ReadSentence) -> str:
    """Return the kinds of a sentence, the parameters that it explains, and the reason if it does not count in full."""
    parts = [", ".join(kind.value.replace("_", " ") for kind in sentence.says)]
    if sentence.parameters:
        names = [visible(name) for name in sentence.parameters[:NAMES]]
        more = len(sentence.parameters) - len(names)
        parts.append(f"explains {', '.join(names)}" + (f" and {more:,} more" if more else ""))
    if not sentence.counts:
        parts.append(f"does not count: it {visible(sentence.reason or 'is not read')}")
    elif sentence.slight:
        much = "half" if sentence.weight == GENERAL else "little"
        parts.append(f"counts {much}: it {visible(sentence.slight)}")
    return "; ".join(filter(None, parts)) or "detail"


def _overall(tool: Explained) -> str:
    if tool.overall is None:
        return "no overall score"
    rank = "" if tool.percentile is None else f", above {tool.percentile} of 100 public tools"
    return f"overall {tool.overall:g} of 100{rank}"


def _levels(tool: Explained, style: Style) -> Iterator[str]:
    width = max((len(name) for name in tool.scores), default=0)
    for name, score in tool.scores.items():
        level = score.expected(tool.frame)
        if level is None:
            yield from _hanging(f"  {name:{width}}    -  ", visible(score.reason or "not scored"), style.width)
            continue
        ink = Ink.RED if score.smelly else Ink.GREEN if level >= SMELL_BELOW + 1 else Ink.YELLOW
        yield f"  {name:{width}}  {paint(f'{level:.1f}', ink, style.color)} of 5" + ("  smell" if score.smelly else "")


def _hanging(lead: str, text: str, width: int) -> Iterator[str]:
    """Wrap `text` behind `lead`."""
    for i, line in enumerate(wrap(text, width - len(lead))):
        yield f"{lead if i == 0 else ' ' * len(lead)}{line}"
