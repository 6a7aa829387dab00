"""One document as an editor has it, scanned with the settings of its project."""

import os
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple, TypeAlias

from toolsmell.app import Scanner, ScanOptions
from toolsmell.errors import ToolsmellError
from toolsmell.model import Finding, Location, Manifest, Place, ServerReport, Tool
from toolsmell.project.exclude import Exclude
from toolsmell.project.suppress import Suppressor
from toolsmell.sources.targets import buffer, missing

LARGEST: Final = 4 * 1024 * 1024
"""Bytes of a document; a larger one is not scanned while somebody types."""
SECONDS: Final = 5.0
"""Time for linting one tool: an editor waits less than a pipeline."""


class Buffer(NamedTuple):
    """The content of a document in an editor."""

    path: str
    text: str


class ProjectSettings(NamedTuple):
    """The settings of the project around a document."""

    file: str | None
    """The configuration, or None if there is none."""
    options: ScanOptions
    suppressor: Callable[[], Suppressor]
    """Makes what marks suppressed findings; a new one for each scan."""
    exclude: Exclude | None = None


Load: TypeAlias = Callable[[str], ProjectSettings]
"""Returns the settings that hold in a folder. Raises `UsageError` for a wrong configuration."""


class CheckedServer(NamedTuple):
    """A server in a document, with its report."""

    manifest: Manifest
    report: ServerReport


class About(NamedTuple):
    """A finding that is shown in a document, with the server and the tool that it is about."""

    finding: Finding
    server: CheckedServer
    tool: Tool | None

    @property
    def identity(self) -> tuple[str, str | None, str, str]:
        """The part of a problem that stays the same if lines are added."""
        name = self.tool.name if self.tool else None
        return self.server.manifest.key, name, self.finding.id, self.finding.pointer


class CheckedBuffer(NamedTuple):
    """The servers of a document; none if nothing in it is for MCP."""

    buffer: Buffer
    servers: tuple[CheckedServer, ...] = ()
    problems: tuple[str, ...] = ()
    """Why the document, or a part of it, was not checked."""
    project: ProjectSettings | None = None

    def found(self) -> Iterator[About]:
        """Yield the findings in this document that are not suppressed."""
        for server in self.servers:
            tools = {tool.index: tool for tool in server.manifest.tools}
            rows: list[tuple[Finding, Tool | None]] = [(finding, None) for finding in server.report.findings]
            for report in server.report.tools:
                rows += [(finding, tools.get(report.index)) for finding in report.findings]
            for finding, tool in rows:
                here = finding.location is None or same_file(finding.location.file, self.buffer.path)
                if finding.suppressed is None and here:
                    yield About(finding, server, tool)

    def tool_at(self, line: int, column: int) -> tuple[CheckedServer, Tool] | None:
        """Return the tool that begins last before a position, which counts from 1."""
        best: tuple[tuple[int, int], CheckedServer, Tool] | None = None
        for server in self.servers:
            for tool, at in beginnings(server):
                start = (at.line, at.column if at.line == line else 0)
                if same_file(at.file, self.buffer.path) and start <= (line, column):
                    best = max(best, (start, server, tool), key=lambda one: one[0]) if best else (start, server, tool)
        return best[1:] if best else None


def beginnings(server: CheckedServer) -> Iterator[tuple[Tool, Location]]:
    """Yield each tool of a server with the place where it begins."""
    manifest = server.manifest
    if manifest.locator is None:
        return
    places = {Place(tool.index, ""): tool for tool in manifest.tools}
    found = manifest.locator.locate(places.keys())
    yield from ((tool, found[place]) for place, tool in places.items() if place in found)


def same_file(one: str, other: str) -> bool:
    """Return True if two paths name one file, also by a link in a folder above."""
    return one == other or os.path.realpath(one) == os.path.realpath(other)


def check(buffer_: Buffer, load: Load) -> CheckedBuffer:
    """Scan a document. What cannot be scanned is a problem in words, never an exception."""
    data = buffer_.text.encode("utf-8", "surrogatepass")
    if len(data) > LARGEST:
        return CheckedBuffer(buffer_, problems=(f"larger than {LARGEST >> 20} MiB",))
    try:
        project = load(os.path.dirname(buffer_.path))
        if project.exclude and project.exclude.covers(buffer_.path):
            return CheckedBuffer(buffer_)
        manifests = list(buffer(buffer_.path, data))
    except ToolsmellError as error:
        return CheckedBuffer(buffer_, problems=(str(error),))
    scanner = Scanner(project.options._replace(lint_seconds=min(SECONDS, project.options.lint_seconds)))
    suppressor = project.suppressor()
    servers = tuple(
        CheckedServer(manifest, suppressor.apply(scanner.scan(manifest), manifest.ignores)) for manifest in manifests
    )
    problems = [words for server in servers for words in _problems(server)]
    return CheckedBuffer(buffer_, servers, tuple(problems), project)


def _problems(server: CheckedServer) -> Iterator[str]:
    if server.report.error:
        yield server.report.error
    if words := missing(server.manifest):
        yield f"{words}; they are not checked here"
