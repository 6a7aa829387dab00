"""The problems of a document, as places and words."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from toolsmell.escape import visible
from toolsmell.model import Finding, FindingKind, Location, Place, Severity
from toolsmell.reporters.parts.columns import cut_end
from toolsmell.reporters.parts.documentation import help_uri
from toolsmell.serve.editor.scanned import About, CheckedBuffer, CheckedServer

MOST: Final = 500
"""Problems of a document that are shown, the most severe first."""
RELATED: Final = 20
"""Other tools with the same problem that are named."""
LONGEST: Final = 1_000


class BufferSpan(NamedTuple):
    """A part of a document. Lines and columns count from 0, columns in code points; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class AlsoAt(NamedTuple):
    """Another place that a problem is about, such as another tool that has it."""

    path: str
    span: BufferSpan
    message: str


class DocumentProblem(NamedTuple):
    """One problem."""

    span: BufferSpan
    severity: Severity | None
    """None for a smell of severity note: a hint."""
    rule: str | None
    message: str
    href: str | None = None
    related: tuple[AlsoAt, ...] = ()


def problems(checked: CheckedBuffer) -> tuple[DocumentProblem, ...]:
    """Return the problems of a document, the most severe first; at most `MOST`."""
    found = sorted(checked.found(), key=lambda about: (about.finding.severity.rank, span_of(about.finding)))
    shown = [_problem(about) for about in found[:MOST]]
    checked_part = "not checked in full" if checked.servers else "not checked"
    head = [_told(f"{checked_part}: {problem}") for problem in checked.problems]
    if len(found) > MOST:
        head.append(_told(f"{len(found) - MOST:,} more findings are not shown: `toolsmell scan` has them"))
    return (*head, *shown)


def _told(words: str) -> DocumentProblem:
    return DocumentProblem(BufferSpan(0, 0, 0, 0), Severity.NOTE, None, cut_end(visible(words), LONGEST))


def _problem(about: About) -> DocumentProblem:
    finding = about.finding
    smell = finding.kind is FindingKind.SMELL and finding.severity is Severity.NOTE
    told = finding.fix.description if finding.fix else finding.help
    message = finding.message + (f"\n{told}" if told else "")
    return DocumentProblem(
        span=span_of(finding),
        severity=None if smell else finding.severity,
        rule=finding.id,
        message=cut_end(visible(message, keep="\n"), LONGEST),
        href=help_uri(finding.id),
        related=tuple(_related(finding, about.server)),
    )


def _related(finding: Finding, server: CheckedServer) -> Iterator[AlsoAt]:
    for one in finding.related:
        yield AlsoAt(one.location.file, span(one.location), visible(one.message))
    if server.manifest.locator is None or len(finding.members) < 2:
        return
    places = {Place(member.index, member.pointer): member for member in finding.members[: RELATED + 1]}
    for place, at in server.manifest.locator.locate(places.keys()).items():
        if at != finding.location and place in places:
            yield AlsoAt(at.file, span(at), f"also in {visible(places[place].name or f'#{place.tool}')}")


def span_of(finding: Finding) -> BufferSpan:
    """Return the span of a finding; the start of the document if it has no place."""
    return span(finding.location) if finding.location else BufferSpan(0, 0, 0, 0)


def span(at: Location) -> BufferSpan:
    """Return a location with lines and columns from 0."""
    return BufferSpan(at.line - 1, at.column - 1, at.end_line - 1, at.end_column - 1)
