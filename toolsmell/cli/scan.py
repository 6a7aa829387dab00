"""`toolsmell scan`."""

from typing import Any

import click

from toolsmell import app, rubric
from toolsmell.cli import fixes
from toolsmell.cli.output import Outputs, output_options, read_outputs
from toolsmell.cli.targets import (
    TARGET_HELP,
    TargetCommand,
    read_options,
    refuse_unknown_tools,
    say,
    target_options,
)
from toolsmell.errors import ExitCode
from toolsmell.model import Confidence, Frame, Severity
from toolsmell.rules.selection import rule_set
from toolsmell.sources.targets import manifests


@click.command(cls=TargetCommand)
@target_options
@click.option("--frame", type=click.Choice(list(Frame)), default=Frame.EFFECTIVE, show_default=True, help="What scores are about.")
@click.option("--select", multiple=True, metavar="ID", help="Run these rules, families or presets only.")
@click.option("--ignore", multiple=True, metavar="ID", help="Run all but these.")
@click.option("--min-confidence", type=click.Choice(list(Confidence)), default=Confidence.LOW, help="Leave out less sure findings.")
@click.option("--tool", "tools", multiple=True, metavar="NAME", help="Report this tool only.")
@click.option("--why", multiple=True, metavar="TOOL", help="Say what moved the scores of this tool, in place of a report.")
@click.option("--exact-tokens", is_flag=True, help="Count tokens instead of estimating them.")
@click.option(
    "--fail-on",
    type=click.Choice([*(s.value for s in Severity), "never"]),
    default="error",
    show_default=True,
    help="Exit 1 for a finding of this severity or graver.",
)
@click.option("--fail-under", type=click.FloatRange(0, 100), metavar="N", help="Exit 1 for a tool with an overall score under N.")
@click.option("--fix", is_flag=True, help="Apply the safe, mechanical fixes to the files, and report what is left.")
@click.option("--diff", is_flag=True, help="Show these fixes as a diff instead of a report; exit 1 if there are any.")
@click.option("--allow-partial", is_flag=True, help="Do not exit 3 for servers that failed, if others were linted.")
@click.option("--skip-unrecognised", is_flag=True, help="Pass over files that are nothing of MCP (for hooks).")
@output_options
def command(**options: Any) -> int:
    """Score and lint the tools of servers, files and client configurations.

    \b
    toolsmell scan tools.json
    toolsmell scan -- npx -y @modelcontextprotocol/server-everything
    toolsmell scan https://example.com/mcp --header 'Authorization: Bearer ...'
    toolsmell scan .mcp.json --run --server github --env GITHUB_TOKEN
    toolsmell scan tools.json --format json --output text=report.txt
    """
    targets, target_opts = read_options(options)
    scan_options = _scan_options(options)
    if options["diff"]:
        return fixes.show(manifests(targets, target_opts), scan_options)
    if options["why"]:
        from toolsmell.cli import why

        style = read_outputs(options).style
        return why.show(manifests(targets, target_opts), frozenset(options["why"]), scan_options, style)
    fail_on = options["fail_on"]
    scanner, tally = app.Scanner(scan_options), app.Tally()
    with Outputs(read_outputs(options), scan_options.run_info()) as outputs:
        names: set[str] = set()
        for manifest in manifests(targets, target_opts):
            names.update(tool.name for tool in manifest.tools if tool.name is not None)
            if manifest.error:
                say(f"toolsmell: {manifest.error}")
            report = scanner.scan(fixes.apply(manifest, scan_options) if options["fix"] else manifest)
            tally.add(report)
            outputs.server(report)
        if names:
            refuse_unknown_tools("--tool", scan_options.tools, names)
        outputs.end(tally.summary())
    if target_opts.skip_unrecognised and not tally.summary().servers:
        return ExitCode.CLEAN
    return tally.exit_code(
        fail_on=None if fail_on == "never" else Severity(fail_on),
        fail_under=options["fail_under"],
        allow_partial=options["allow_partial"],
    )


command.help = f"{command.help}\n\n{TARGET_HELP}"


def _scan_options(options: dict[str, Any]) -> app.ScanOptions:
    shipped = rubric.load()
    rules, smells = rule_set(options["select"], options["ignore"], shipped)
    scan_options = app.ScanOptions(
        rubric=shipped,
        rules=rules._replace(min_confidence=Confidence(options["min_confidence"])),
        smells=smells,
        frame=Frame(options["frame"]),
        tools=frozenset(options["tools"]),
    )
    if options["exact_tokens"]:
        from toolsmell.tokens import exact_counter

        scan_options = scan_options._replace(counter=exact_counter())
    return scan_options
