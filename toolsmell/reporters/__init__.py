"""Report formats: a module for each, which gets the servers one by one."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, TextIO

from toolsmell.model import Finding, RunInfo, ServerReport, Summary

if TYPE_CHECKING:
    from toolsmell.reporters.parts.stored import StoredReport

REPORTERS: Mapping[str, str] = {
    "text": "toolsmell.reporters.formats.text",
    "json": "toolsmell.reporters.formats.json",
    "sarif": "toolsmell.reporters.formats.sarif",
    "github": "toolsmell.reporters.formats.github",
    "gitlab": "toolsmell.reporters.formats.gitlab",
    "junit": "toolsmell.reporters.formats.junit",
    "rdjson": "toolsmell.reporters.formats.rdjson",
    "markdown": "toolsmell.reporters.formats.markdown",
    "concise": "toolsmell.reporters.formats.concise",
    "agent": "toolsmell.reporters.formats.agent",
    "html": "toolsmell.reporters.formats.html",
    "badge": "toolsmell.reporters.formats.badge",
}
"""Name of the format -> module, whose `Reporter` writes it."""


class Style(NamedTuple):
    """The look of formats for people, and values that single formats need."""

    color: bool = False
    width: int = 100
    """Columns of the terminal."""
    quiet: bool = False
    """Findings and the summary only."""
    statistics: bool = False
    """Count the findings by rule, over the whole run."""
    verbose: bool = False
    """Every tool and every finding in full."""
    base: "StoredReport | None" = None
    """An earlier report: what `markdown` compares with."""
    chosen_because: str | None = None
    """Why the format was chosen if nobody typed it: `agent` says so in its first line."""
    step_summary: str | None = None
    """The file of GitHub's step summary, to which `github` appends what it does not annotate."""


PLAIN = Style()


class Reporter(Protocol):
    """Writes one format to the stream it was made for: once `begin`, `server` for each, once `end`."""

    def begin(self, run: RunInfo) -> None: ...

    def server(self, report: ServerReport) -> None: ...

    def end(self, summary: Summary, findings: tuple[Finding, ...] = ()) -> str | None:
        """Finish; `findings` are about the run as a whole. Return in words what the format could not hold."""


def make(format_: str, stream: TextIO, style: Style = PLAIN) -> Reporter:
    """Return the reporter of a format in `REPORTERS`."""
    reporter: Reporter = import_module(REPORTERS[format_]).Reporter(stream, style)
    return reporter
