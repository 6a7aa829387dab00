"""`toolsmell report`."""

import sys
from typing import Any

import click

from toolsmell.cli.files import read_file
from toolsmell.cli.output import Outputs, output_options, read_outputs
from toolsmell.reporters.parts.stored import read_report


@click.command()
@click.argument("report", metavar="REPORT.json")
@output_options
def command(report: str, **options: Any) -> None:
    """Show a stored report, as `--format json` wrote it, in another format. `-` is stdin.

    \b
    toolsmell scan tools.json --output json=report.json
    toolsmell report report.json
    toolsmell report report.json --format sarif --output markdown=comment.md --base main.json
    """
    data = sys.stdin.buffer.read() if report == "-" else read_file(report)
    stored = read_report(data, "stdin" if report == "-" else report)
    with Outputs(read_outputs(options), stored.run) as outputs:
        for server in stored.servers:
            outputs.server(server)
        outputs.end(stored.summary, stored.findings)
