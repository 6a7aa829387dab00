"""`toolsmell report`."""

import sys
from pathlib import Path
from typing import Any

import click

from toolsmell.cli.output import Outputs, output_options, read_outputs
from toolsmell.errors import SourceError
from toolsmell.reporters.stored import read_report


@click.command()
@click.argument("report", metavar="REPORT.json")
@output_options
def command(report: str, **options: Any) -> None:
    """Show a stored report, as `--format json` wrote it, in another format. `-` is stdin.

    \b
    toolsmell scan tools.json --output json=report.json
    toolsmell report report.json
    toolsmell report report.json --format json
    """
    stored = read_report(_bytes(report), "stdin" if report == "-" else report)
    with Outputs(read_outputs(options), stored.run) as outputs:
        for server in stored.servers:
            outputs.server(server)
        outputs.end(stored.summary, stored.findings)


def _bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise SourceError(f"{name}: cannot be read: {error.strerror or error}") from None
    except ValueError as error:  # a NUL in the name
        raise SourceError(f"{name}: cannot be read: {error}") from None
