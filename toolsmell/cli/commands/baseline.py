"""`toolsmell baseline`."""

import json
from pathlib import Path
from typing import Any

import click

from toolsmell import app
from toolsmell.cli.commands.scan import known_ids, scan_options_of
from toolsmell.cli.files import replace_file
from toolsmell.cli.options.configuration import add_own_server, config_options, configure, show
from toolsmell.cli.options.suppressions import make_suppressor
from toolsmell.cli.options.targets import TargetCommand, read_options, say, target_options
from toolsmell.errors import ExitCode, SourceError
from toolsmell.model import Confidence, Frame, Status
from toolsmell.project.baseline import baseline_of
from toolsmell.sources.targets import manifests


@click.command(cls=TargetCommand)
@target_options
@click.option("--select", multiple=True, metavar="ID", help="Run these rules, families or presets only.")
@click.option("--ignore", multiple=True, metavar="ID", help="Run all but these.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default="toolsmell-baseline.json",
    show_default=True,
)
@config_options
def command(output: Path, **options: Any) -> int:
    """Write the present findings to a file, so that `scan --baseline FILE` fails on new ones only.

    \b
    toolsmell baseline tools.json
    toolsmell scan tools.json --baseline toolsmell-baseline.json
    """
    options |= {
        "frame": Frame.EFFECTIVE,
        "min_confidence": Confidence.LOW,
        "tools": (),
        "exact_tokens": False,
        "clients": (),
    }
    settings = configure(options, options["targets"])
    add_own_server(options, settings)
    if options.pop("show_config"):
        click.echo(show(options, settings))
        return ExitCode.CLEAN
    targets, target_opts = read_options(options)
    scan_options = scan_options_of(options, settings)
    scanner = app.Scanner(scan_options)
    suppressor = make_suppressor(options, settings, known_ids(scan_options.rubric))
    reports = []
    for manifest in manifests(targets, target_opts):
        if manifest.error:
            say(f"toolsmell: {manifest.error}")
        reports.append(suppressor.apply(scanner.scan(manifest), manifest.ignores))
    if not any(report.tools for report in reports):
        raise SourceError("nothing was linted, so no baseline was written")
    baseline = baseline_of(reports)
    replace_file(output, json.dumps(baseline, indent=1) + "\n")
    say(f"wrote {len(baseline['findings'])} findings to {output}")
    return ExitCode.CLEAN if all(r.status is Status.COMPLETE for r in reports) else ExitCode.NOT_LINTED
