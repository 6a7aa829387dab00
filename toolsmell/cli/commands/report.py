"""`toolsmell report`."""

import sys
from typing import NamedTuple

import click

from toolsmell.cli.click_parameters import HeadedCommand
from toolsmell.cli.output import OutputInput, Outputs, output_options, read_outputs
from toolsmell.cli.typed import takes
from toolsmell.cli.whole_files import read_file
from toolsmell.reporters.parts.stored import read_report


class ReportInput(NamedTuple):
    """The options as they were typed."""

    report: str
    output: OutputInput


@click.command(cls=HeadedCommand)
@click.argument("report", metavar="REPORT.json")
@output_options
@takes(ReportInput)
def command(given: ReportInput) -> None:
    """Show a stored report, as `--format json` wrote it, in another format. `-` is stdin.

    \b
    toolsmell scan tools.json --output json=report.json
    toolsmell report report.json
    toolsmell report report.json --format sarif --output markdown=comment.md --base main.json
    """
    piped = given.report == "-"
    data = sys.stdin.buffer.read() if piped else read_file(given.report)
    stored = read_report(data, "stdin" if piped else given.report)
    with Outputs(read_outputs(given.output), stored.run) as outputs:
        for server in stored.servers:
            outputs.server(server)
        outputs.end(stored.summary, stored.findings)
