"""How a report is shown: a module a format, which gets the servers one by one and keeps none of them."""

from collections.abc import Mapping
from importlib import import_module
from typing import NamedTuple, Protocol, TextIO

from toolsmell.model import Finding, RunInfo, ServerReport, Summary

REPORTERS: Mapping[str, str] = {
    "text": "toolsmell.reporters.text",
    "json": "toolsmell.reporters.json",
}
"""Name of the format -> module, whose `Reporter` writes it."""


class Style(NamedTuple):
    """How text for people looks. The formats for machines are the same whatever it says."""

    color: bool = False
    width: int = 100
    """Columns of the terminal."""
    quiet: bool = False
    """Findings and the summary only."""
    statistics: bool = False
    """Count the findings by rule, over the whole run."""
    verbose: bool = False
    """Every tool and every finding in full."""


PLAIN = Style()


class Reporter(Protocol):
    """Writes one format to the stream it was made for: once `begin`, `server` for each, once `end`."""

    def begin(self, run: RunInfo) -> None: ...

    def server(self, report: ServerReport) -> None: ...

    def end(self, summary: Summary, findings: tuple[Finding, ...] = ()) -> None:
        """Finish; `findings` are about the run as a whole."""


def make(format_: str, stream: TextIO, style: Style = PLAIN) -> Reporter:
    """Return the reporter of a format in `REPORTERS`."""
    reporter: Reporter = import_module(REPORTERS[format_]).Reporter(stream, style)
    return reporter
