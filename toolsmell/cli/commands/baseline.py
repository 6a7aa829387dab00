"""`toolsmell baseline`."""

import json
from pathlib import Path
from typing import NamedTuple

import click

from toolsmell import app
from toolsmell.cli.click_parameters import names
from toolsmell.cli.options.configuration import (
    ConfigInput,
    config_options,
    find_config,
    show,
    with_settings,
)
from toolsmell.cli.options.linting import LintInput, known_ids, scan_options_of
from toolsmell.cli.options.own_targets import excluded, with_own_targets
from toolsmell.cli.options.suppressions import make_suppressor
from toolsmell.cli.options.targets import TargetCommand, TargetInput, read_options, say, target_options
from toolsmell.cli.typed import takes
from toolsmell.cli.whole_files import replace_file
from toolsmell.errors import ExitCode, SourceError
from toolsmell.model import Status
from toolsmell.project.baseline import baseline_of
from toolsmell.sources.targets import manifests


class BaselineInput(NamedTuple):
    """The options as they were typed."""

    target: TargetInput
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    output: Path
    config: ConfigInput


@click.command(cls=TargetCommand)
@target_options
@click.option(
    "--select", multiple=True, callback=names, metavar="IDS", help="Run only these rules, families or presets."
)
@click.option("--ignore", multiple=True, callback=names, metavar="IDS", help="Run all but these.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default="toolsmell-baseline.json",
    show_default=True,
)
@config_options
@takes(BaselineInput)
def command(given: BaselineInput) -> int:
    """Write today's findings to a file, so that `scan --baseline FILE` fails only on new ones.

    \b
    toolsmell baseline tools.json
    toolsmell scan tools.json --baseline toolsmell-baseline.json
    """
    settings = find_config(given.config, given.target)
    lint = with_settings(LintInput(select=given.select, ignore=given.ignore), settings)
    if given.config.show_config:
        click.echo(show(settings, given.target, lint))
        return ExitCode.CLEAN
    targets, target_opts = read_options(with_own_targets(given.target, settings), exclude=excluded(settings))
    scan_options = scan_options_of(lint, settings)
    scanner = app.Scanner(scan_options)
    suppressor = make_suppressor(
        settings,
        known_ids(scan_options.rubric),
        isolated=given.config.isolated,
        partial=bool(given.target.servers),
    )
    reports = []
    for manifest in manifests(targets, target_opts):
        if manifest.error:
            say(f"toolsmell: {manifest.error}")
        reports.append(suppressor.apply(scanner.scan(manifest), manifest.ignores))
    if not any(report.tools for report in reports):
        raise SourceError("nothing was linted, so no baseline was written")
    baseline = baseline_of(reports)
    replace_file(given.output, json.dumps(baseline, indent=1) + "\n")
    say(f"wrote {len(baseline['findings'])} findings to {given.output}")
    return ExitCode.CLEAN if all(r.status is Status.COMPLETE for r in reports) else ExitCode.NOT_LINTED
