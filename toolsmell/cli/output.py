"""Writes reports: one format to stdout, others to files, all from the same scan."""

import os
import sys
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Final, NamedTuple, Self, TextIO

import click

from toolsmell.cli.click_parameters import OptionGroup, option
from toolsmell.errors import UsageError
from toolsmell.escape import inert, visible
from toolsmell.model import Finding, RunInfo, ServerReport, Summary
from toolsmell.reporters import REPORTERS, Reporter, Style, make

if TYPE_CHECKING:
    from toolsmell.cli.whole_files import FileInPlace
    from toolsmell.reporters.parts.stored import StoredReport


AGENTS: Final = (
    "AI_AGENT", "CLAUDECODE", "CLAUDE_CODE", "CURSOR_AGENT", "GEMINI_CLI", "CODEX_SANDBOX", "CODEX_CI",
    "CODEX_THREAD_ID", "AUGMENT_AGENT", "OPENCODE", "OPENCODE_CLIENT", "CLINE_ACTIVE", "COPILOT_AGENT",
    "ANTIGRAVITY_AGENT", "AGENT",
)  # fmt: skip
"""Variables that coding agents set for the commands that they run."""


class OutputOptions(NamedTuple):
    format: str
    files: tuple[tuple[str, str], ...]
    style: Style


class OutputInput(NamedTuple):
    """The options as they were typed."""

    format_: str | None
    outputs: tuple[str, ...]
    quiet: bool
    verbose: bool
    base: str | None
    statistics: bool


output_options: Final = OptionGroup(
    "Report",
    (
        option(
            "--format",
            "format_",
            type=click.Choice(list(REPORTERS)),
            help="Format on stdout. [default: text; agent if a coding agent reads it]",
        ),
        option(
            "--output", "outputs", multiple=True, metavar="FORMAT=FILE", help="Write this format to a file as well."
        ),
        option("--quiet", is_flag=True, help="Show findings and the summary only."),
        option("--verbose", "-v", is_flag=True, help="Show every tool and every finding in full."),
        option(
            "--base",
            metavar="REPORT.json|[git:]REV",
            help="Show what changed since this report (formats markdown and html), or since this revision of git.",
        ),
        option("--statistics", is_flag=True, help="Count the findings by rule."),
    ),
)


def read_outputs(given: OutputInput, base: "StoredReport | None" = None) -> OutputOptions:
    """Return destinations and style of the reports. Raises `UsageError` for a wrong option.

    `base` is the report of a revision, if `--base` names one.
    """
    stdout = sys.stdout
    agent = None if given.format_ else agent_that_reads(os.environ, terminal=stdout.isatty())
    style = Style(
        color=_wants_color(stdout),
        width=_width(),
        quiet=given.quiet,
        statistics=given.statistics,
        verbose=given.verbose,
        base=base or _base(given.base),
        chosen_because=agent and f"stdout is no terminal and {agent} is set",
        step_summary=os.environ.get("GITHUB_STEP_SUMMARY") or None,
    )
    read = OutputOptions(given.format_ or ("agent" if agent else "text"), tuple(map(_file, given.outputs)), style)
    # The job summary of the format github is Markdown as well.
    if (
        style.base
        and not base
        and {"markdown", "github", "html"}.isdisjoint((read.format, *(format_ for format_, _ in read.files)))
    ):
        raise UsageError("--base is for the formats markdown and html: add --format markdown or --output html=FILE")
    return read


def agent_that_reads(environment: Mapping[str, str], *, terminal: bool) -> str | None:
    """Return the variable that shows that a coding agent reads stdout, or None."""
    if terminal:
        return None
    return next((name for name in AGENTS if environment.get(name, "0") not in ("", "0", "false")), None)


def refuse_outputs(given: OutputInput) -> None:
    """Raise `UsageError` for a format if no report is made that it could show."""
    if given.format_ not in (None, "text") or given.outputs or given.base:
        raise UsageError("--format, --output and --base are about a report: leave out --diff or --why")


class Outputs:
    """All reporters of a run. Files are complete, and appear only when the run ends."""

    def __init__(self, options: OutputOptions, run: RunInfo) -> None:
        self._options = options
        self._run = run
        self._files: list[FileInPlace] = []
        self._reporters: list[tuple[str, Reporter]] = []
        """Each reporter with the name of its destination, for messages."""
        self._begun = False

    def __enter__(self) -> Self:
        options = self._options
        self._reporters.append(("stdout", make(options.format, _stdout(), options.style)))
        plain = options.style._replace(color=False)
        try:
            for format_, path in options.files:
                self._files.append(file := _in_place(path))
                self._reporters.append((path, make(format_, file.stream, plain)))
        except BaseException:
            self.close()
            raise
        return self

    @property
    def on_screen(self) -> bool:
        """True if the text report and messages go to the same place, so that a reader would see words twice."""
        return self._options.format == "text" and (sys.stdout.isatty() or _is_one_stream())

    def server(self, report: ServerReport) -> None:
        self._begin()
        self._each(lambda reporter: reporter.server(report))

    def end(self, summary: Summary, findings: tuple[Finding, ...] = ()) -> None:
        self._begin()
        self._each(lambda reporter: _say_left_out(reporter.end(summary, findings)))
        for file in self._files:
            file.commit()

    def _begin(self) -> None:
        """Write the head of the report. Not before the first server, because options may still be rejected."""
        if not self._begun:
            self._begun = True
            self._each(lambda reporter: reporter.begin(self._run))

    def _each(self, write: Callable[[Reporter], None]) -> None:
        for place, reporter in self._reporters:
            try:
                write(reporter)
            except BrokenPipeError:
                raise
            except OSError as error:
                raise UsageError(f"{place}: cannot be written: {error.strerror or error}") from None

    def close(self) -> None:
        """Remove files that were not committed."""
        for file in self._files:
            file.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _say_left_out(words: str | None) -> None:
    if words:
        click.echo(inert(visible(f"toolsmell: {words}")), err=True)


def _base(name: str | None) -> "StoredReport | None":
    if name is None:
        return None
    from toolsmell.cli.whole_files import given_besides, read_file
    from toolsmell.reporters.parts.stored import read_report

    with given_besides():
        return read_report(read_file(name), name)


def _in_place(path: str) -> "FileInPlace":
    from pathlib import Path

    from toolsmell.cli.whole_files import FileInPlace

    return FileInPlace(Path(path))


def _file(pair: str) -> tuple[str, str]:
    format_, equals, path = pair.partition("=")
    if not equals or not path:
        raise UsageError(f"--output {pair}: write FORMAT=FILE, as in --output json=report.json")
    if format_ not in REPORTERS:
        raise UsageError(f"--output {pair}: no format is called '{format_}'; there are {', '.join(REPORTERS)}")
    return format_, path


def _stdout() -> TextIO:
    """Return stdout, which then escapes characters that its encoding does not have."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    return sys.stdout


def _is_one_stream() -> bool:
    """Return True if stdout and stderr are the same file or pipe, as with `2>&1` and in hooks."""
    try:
        return os.path.samestat(os.fstat(sys.stdout.fileno()), os.fstat(sys.stderr.fileno()))
    except (OSError, ValueError):
        return False


def _wants_color(stream: TextIO) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def _width() -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return 100
