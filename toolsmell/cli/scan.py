"""`toolsmell scan`."""

from typing import Any

import click

from toolsmell import app, rubric
from toolsmell.cli import fixes
from toolsmell.cli.configuration import (
    config_options,
    add_own_server,
    configure,
    configured,
    refuse_unknown_rules,
    show,
)
from toolsmell.cli.output import Outputs, output_options, read_outputs
from toolsmell.cli.suppressions import document_of, make_suppressor, say_gone
from toolsmell.cli.targets import (
    TARGET_HELP,
    TargetCommand,
    read_options,
    refuse_unknown_tools,
    say,
    target_options,
)
from toolsmell.config import Config
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
@click.option("--client", "clients", multiple=True, metavar="NAME", help="Hold tools to the limits of this client.")
@click.option("--baseline", metavar="FILE", help="Fail on findings only that this file does not hold.")
@click.option("--locked", metavar="FILE", help="Say what changed since this lock was written (`toolsmell lock`).")
@config_options
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
    settings = configure(options, options["targets"])
    add_own_server(options, settings)
    if options.pop("show_config"):
        click.echo(show(options, settings))
        return ExitCode.CLEAN
    targets, target_opts = read_options(options)
    scan_options = scan_options_of(options, settings)
    if options["diff"]:
        return fixes.show(manifests(targets, target_opts), scan_options)
    if options["why"]:
        from toolsmell.cli import why

        style = read_outputs(options).style
        return why.show(manifests(targets, target_opts), frozenset(options["why"]), scan_options, style)
    fail_on = options["fail_on"]
    suppressor = make_suppressor(settings, options["baseline"])
    scanner, tally = app.Scanner(scan_options), app.Tally()
    with Outputs(read_outputs(options), scan_options.run_info()) as outputs:
        names: set[str] = set()
        keys: set[str] = set()
        for manifest in manifests(targets, target_opts):
            names.update(tool.name for tool in manifest.tools if tool.name is not None)
            keys.add(manifest.key)
            if manifest.error:
                say(f"toolsmell: {manifest.error}")
            report = scanner.scan(fixes.apply(manifest, scan_options) if options["fix"] else manifest)
            report = suppressor.apply(report)
            tally.add(report)
            outputs.server(report)
        if names:
            refuse_unknown_tools("--tool", scan_options.tools, names)
        leftover = () if scan_options.tools else suppressor.findings(scan_options.rules, scan_options.ids)
        tally.add_findings(leftover)
        outputs.end(tally.summary(), leftover)
    if not scan_options.tools:
        say_gone(suppressor, scan_options.ids)
    for key in sorted((scan_options.locked or {}).keys() - keys):
        say(f"toolsmell: server '{key}' is in the lock, and was not scanned")
    return tally.exit_code(
        fail_on=None if fail_on == "never" else Severity(fail_on),
        fail_under=options["fail_under"],
        allow_partial=options["allow_partial"],
        allow_none=target_opts.skip_unrecognised,
    )


command.help = f"{command.help}\n\n{TARGET_HELP}"


def scan_options_of(options: dict[str, Any], settings: Config) -> app.ScanOptions:
    shipped = rubric.load()
    extended = settings.values.get("extend-select", ())
    select = [*(options["select"] or ("recommended",)), *extended] if extended else options["select"]
    rules, smells = rule_set(select, options["ignore"], shipped)
    refuse_unknown_rules(settings, [part.smell for part in shipped.components.values()])
    rules = configured(rules, settings, options["clients"])
    smells = smells - settings.off
    scan_options = app.ScanOptions(
        rubric=shipped,
        rules=rules._replace(min_confidence=Confidence(options["min_confidence"])),
        smells=smells,
        frame=Frame(options["frame"]),
        tools=frozenset(options["tools"]),
    )
    if options.get("locked"):
        from toolsmell.lock import read_lock

        scan_options = scan_options._replace(locked=read_lock(document_of(options["locked"], "lock"), options["locked"]))
    if options["exact_tokens"]:
        from toolsmell.tokens import exact_counter

        scan_options = scan_options._replace(counter=exact_counter())
    return scan_options
