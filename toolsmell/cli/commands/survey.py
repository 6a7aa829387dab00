"""`toolsmell survey`."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import click

from toolsmell.cli.click_parameters import names
from toolsmell.cli.options.targets import say
from toolsmell.cli.typed import takes
from toolsmell.errors import ExitCode, UsageError
from toolsmell.model import Frame
from toolsmell.reporters.parts.rows import amount

if TYPE_CHECKING:
    from toolsmell.survey.run import SurveyCounts


class SurveyGroup(click.Group):
    """A group that runs `run` if the first word is no subcommand, so that `survey INPUT` works."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.commands, "-h", "--help"):
            args = ["run", *args]
        return super().parse_args(ctx, args)


class SurveyInput(NamedTuple):
    """The options of `survey run` as they were typed."""

    inputs: tuple[str, ...]
    output: str
    workers: int | None
    scheduler: str | None
    format_: Literal["parquet", "jsonl"]
    since: str | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    rubric: str | None
    frame: str
    clients: tuple[str, ...]
    part_mb: float


@click.group(cls=SurveyGroup, no_args_is_help=True)
def command() -> None:
    """Score many servers into tables, resumable, on one machine or a Dask cluster.

    \b
    toolsmell survey servers.jsonl -o out              tables in out/: runs, servers, tools, findings, definitions
    toolsmell survey dumps/ -o new --since out         copy servers that did not change
    toolsmell survey 's3://bucket/*.jsonl.gz' -o out --scheduler tcp://10.0.0.1:8786
    toolsmell survey report out                        shares of smells, scores, rules, names

    `survey INPUT... -o DIR` is short for `survey run INPUT... -o DIR`; `survey run --help` lists the options.
    """


@command.command("run")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--output", required=True, metavar="DIR", help="Folder for the tables. A rerun goes on there.")
@click.option(
    "--workers", type=click.IntRange(1, 256), metavar="N", help="Worker processes.  [default: one for each core]"
)
@click.option("--scheduler", metavar="ADDRESS", help="Use this Dask cluster instead of local processes.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["parquet", "jsonl"]),
    default="parquet",
    show_default=True,
    help="Of the tables.",
)
@click.option("--since", metavar="DIR", help="Copy the rows of servers that did not change since this survey.")
@click.option(
    "--select", multiple=True, callback=names, metavar="IDS", help="Run only these rules, families or presets."
)
@click.option("--ignore", multiple=True, callback=names, metavar="IDS", help="Run all but these.")
@click.option(
    "--rubric", metavar="FILE", help="Score by this rubric (.yaml or .json, or tdqs) instead of the six components."
)
@click.option(
    "--frame",
    type=click.Choice([f.value for f in Frame]),
    default=Frame.EFFECTIVE.value,
    show_default=True,
    help="What scores are about.",
)
@click.option("--client", "clients", multiple=True, metavar="NAME", help="Apply the limits of this client.")
@click.option(
    "--part-mb", type=click.FloatRange(0.01, 1024), default=8.0, show_default=True, help="Size of a part, in megabytes."
)
@takes(SurveyInput)
def run(given: SurveyInput) -> int:
    """Scan the servers of all inputs and write tables.

    An input is a file, a folder, a glob or a URL that fsspec reads: JSON Lines with a server a line (also packed),
    dumps, or Parquet with a column `tools`. No server is started.
    """
    _needs(given.format_)
    from toolsmell.survey.run import SurveyPlan, inputs_of
    from toolsmell.survey.run import run as survey
    from toolsmell.survey.scan_settings import Settings

    if given.scheduler and given.workers:
        raise UsageError("--workers and --scheduler exclude each other: a cluster has its own workers")
    settings = Settings(given.select, given.ignore, given.rubric, given.frame, given.clients)
    plan = SurveyPlan(
        inputs_of(given.inputs, given.output),
        given.output,
        settings,
        given.format_,
        given.since,
        given.workers,
        given.scheduler,
        int(given.part_mb * 1024 * 1024),
    )
    line = ProgressLine()
    outcome = survey(plan, line.tell, lambda address: say(f"dashboard: {address}"))
    line.clear()
    say(
        f"{given.output}: {amount(outcome.tools, 'tool')} of {amount(outcome.servers, 'server')}"
        f" in {amount(outcome.parts, 'part')} ({outcome.skipped:,} finished before;"
        f" {amount(outcome.copied, 'server')} unchanged, {outcome.unread:,} not read)"
    )
    if outcome.unread:
        why = "the column `error` of the table `servers` says why"
        say(f"toolsmell: {amount(outcome.unread, 'server')} not read: {why}")
    for reason in outcome.failures:
        say(f"toolsmell: a part failed: {reason}")
    return ExitCode.NOT_LINTED if outcome.failures or not outcome.tools else ExitCode.CLEAN


class SummaryInput(NamedTuple):
    """The options of `survey report` as they were typed."""

    folder: str
    since: str | None
    format_: str
    percentiles: Path | None


@command.command("report")
@click.argument("folder", metavar="DIR")
@click.option("--since", metavar="DIR", help="Report what changed since this survey.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "markdown", "html"]),
    default="text",
    show_default=True,
    help="Format on stdout.",
)
@click.option(
    "--percentiles", metavar="FILE", type=click.Path(path_type=Path), help="Write the distribution of scores."
)
@takes(SummaryInput)
def report(given: SummaryInput) -> None:
    """Summarise the tables of a survey.

    \b
    toolsmell survey report out
    toolsmell survey report new --since out --format markdown
    """
    _needs("parquet")
    from toolsmell.survey import summary_formats as show
    from toolsmell.survey.store import opened
    from toolsmell.survey.summary import summarise

    summary = summarise(opened(given.folder), opened(given.since) if given.since else None)
    if given.percentiles:
        from toolsmell.cli.whole_files import replace_file
        from toolsmell.survey.percentiles import distribution

        replace_file(given.percentiles, distribution(opened(given.folder)))
    formats = {"text": show.as_text, "json": show.as_json, "markdown": show.as_markdown, "html": show.as_html}
    click.echo(formats[given.format_](summary))


def _needs(format_: str) -> None:
    """Raise UsageError if the packages of the extra `scale` are not installed."""
    from importlib.util import find_spec

    needed = ("dask", "distributed", "fsspec", "numpy", "datasketch", *(("pyarrow",) if format_ == "parquet" else ()))
    missing = [name for name in needed if find_spec(name) is None]
    if missing:
        raise UsageError(f"survey needs {', '.join(missing)}: `pip install 'toolsmell[scale]'`")


class ProgressLine:
    """A line on stderr with what is done; only on a terminal."""

    def __init__(self) -> None:
        self._live: Final = sys.stderr.isatty()
        self._began: Final = time.monotonic()

    def tell(self, outcome: "SurveyCounts", finished: int) -> None:
        """Show the progress."""
        if self._live:
            rate = outcome.tools / max(0.001, time.monotonic() - self._began)
            done = f"part {finished:,} of {outcome.parts:,}, {outcome.tools:,} tools, {rate:,.0f} a second"
            sys.stderr.write(f"\r\x1b[2Ksurvey: {done}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Remove the line from the terminal."""
        if self._live:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
