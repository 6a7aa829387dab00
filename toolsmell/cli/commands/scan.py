"""`toolsmell scan`."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import click

from toolsmell import app
from toolsmell.cli.options import fixes
from toolsmell.cli.options.configuration import (
    add_own_server,
    config_options,
    configure,
    configured,
    refuse_unknown_rules,
    show,
)
from toolsmell.cli.options.judging import judge_options, judging, refuse_judge
from toolsmell.cli.options.suppressions import document_of, make_suppressor, say_gone
from toolsmell.cli.options.targets import (
    TargetCommand,
    read_options,
    refuse_unknown_tools,
    say,
    target_options,
)
from toolsmell.cli.output import Outputs, output_options, read_outputs, refuse_outputs
from toolsmell.errors import ExitCode, UsageError
from toolsmell.model import Confidence, Frame, Manifest, ServerReport, Severity
from toolsmell.project.config import Config
from toolsmell.project.suppress import Suppressor
from toolsmell.project.tally import Tally
from toolsmell.rules import BY_ID
from toolsmell.rules.selection import rule_set
from toolsmell.scoring import rubric
from toolsmell.sources.json.manifest import STDIN
from toolsmell.sources.targets import manifests


@click.command(cls=TargetCommand)
@target_options
@click.option(
    "--frame",
    type=click.Choice([f.value for f in Frame]),
    default=Frame.EFFECTIVE.value,
    show_default=True,
    help="What scores are about.",
)
@click.option(
    "--rubric", metavar="FILE", help="Score by this rubric (.yaml or .json), not the one that toolsmell ships."
)
@click.option("--select", multiple=True, metavar="ID", help="Run these rules, families or presets only.")
@click.option("--ignore", multiple=True, metavar="ID", help="Run all but these.")
@click.option(
    "--min-confidence",
    type=click.Choice([c.value for c in Confidence]),
    default=Confidence.LOW.value,
    help="Leave out less sure findings.",
)
@click.option("--tool", "tools", multiple=True, metavar="NAME", help="Report this tool only.")
@click.option(
    "--why", multiple=True, metavar="TOOL", help="Say what moved the scores of this tool, in place of a report."
)
@click.option("--exact-tokens", is_flag=True, help="Count tokens instead of estimating them.")
@click.option(
    "--fail-on",
    type=click.Choice([*(s.value for s in Severity), "never"]),
    default="error",
    show_default=True,
    help="Exit 1 for a finding of this severity or graver.",
)
@click.option(
    "--fail-under", type=click.FloatRange(0, 100), metavar="N", help="Exit 1 for a tool with an overall score under N."
)
@click.option("--fix", is_flag=True, help="Apply the safe, mechanical fixes to the files, and report what is left.")
@click.option("--diff", is_flag=True, help="Show these fixes as a diff instead of a report; exit 1 if there are any.")
@click.option("--allow-partial", is_flag=True, help="Do not exit 3 for servers that failed, if others were linted.")
@click.option("--skip-unrecognised", is_flag=True, help="Pass over files that are nothing of MCP (for hooks).")
@click.option("--client", "clients", multiple=True, metavar="NAME", help="Hold tools to the limits of this client.")
@click.option("--baseline", metavar="FILE", help="Fail on findings only that this file does not hold.")
@click.option("--locked", metavar="FILE", help="Say what changed since this lock was written (`toolsmell lock`).")
@judge_options
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
    read = manifests(targets, target_opts)
    if options["diff"] or options["why"]:
        refuse_judge(options)
        refuse_outputs(options)
    options["skip_unrecognised"], options["servers"] = target_opts.skip_unrecognised, target_opts.servers
    suppressor = make_suppressor(options, settings, known_ids(scan_options.rubric))
    if options["diff"]:
        return fixes.show(read, scan_options, suppressor.given)
    if options["why"]:
        from toolsmell.cli.commands import why

        return why.show(read, frozenset(options["why"]), scan_options, read_outputs(options).style)
    if options["fix"] and STDIN in targets:
        raise UsageError("--fix: stdin cannot be written to; --diff shows the fixes")
    tally = Tally(thresholds(settings))
    with (
        judging(options, scan_options) as judged,
        Outputs(read_outputs(options), scan_options.run_info()) as outputs,
    ):
        scanner = app.Scanner(scan_options, judged.judge)
        seen = _scan(read, scan_options, scanner, suppressor, tally, outputs, fix=options["fix"])
        leftover = () if scan_options.tools else suppressor.findings(scan_options.rules, scan_options.ids)
        tally.add_findings(leftover)
        outputs.end(tally.summary()._replace(usage=judged.usage()), leftover)
    if not scan_options.tools:
        say_gone(suppressor, scan_options.ids)
    _say_unseen(seen, scan_options, settings)
    return judged.exit_code(_exit_code(tally, options))


def _exit_code(tally: Tally, options: dict[str, Any]) -> ExitCode:
    """Return what the run ends with, and say what made it fail where no finding shows it."""
    for words in tally.shortfalls(options["fail_under"]):
        say(f"toolsmell: {words}")
    fail_on = options["fail_on"]
    return tally.exit_code(
        fail_on=None if fail_on == "never" else Severity(fail_on),
        fail_under=options["fail_under"],
        allow_partial=options["allow_partial"],
        allow_none=options["skip_unrecognised"],
    )


class Seen(NamedTuple):
    """Names that passed by."""

    servers: set[str]
    tools: set[str]


def _scan(
    read: Iterable[Manifest],
    options: app.ScanOptions,
    scanner: app.Scanner,
    suppressor: Suppressor,
    tally: Tally,
    outputs: Outputs,
    *,
    fix: bool,
) -> Seen:
    """Scan servers as they come, and hand each report on.

    Reports are held back until every `--tool` was seen: for one that is nowhere, nothing is shown but the refusal.
    """
    seen, held = Seen(set(), set()), list[ServerReport]()
    written: dict[str, bytes] = {}
    for manifest in read:
        seen.servers.add(manifest.key)
        seen.tools.update(tool.name for tool in manifest.tools if tool.name is not None)
        if manifest.error and not outputs.on_screen:
            say(f"toolsmell: {manifest.error}")
        if fix:
            manifest = fixes.apply(manifest, options, suppressor.given, written)
        report = suppressor.apply(scanner.scan(manifest), manifest.ignores)
        tally.add(report)
        held.append(report)
        if options.tools <= seen.tools:
            _hand_on(held, outputs)
    if seen.tools:
        refuse_unknown_tools("--tool", options.tools, seen.tools)
    _hand_on(held, outputs)
    if fix and not written:
        fixes.say_nothing(options)
    return seen


def _hand_on(held: list[ServerReport], outputs: Outputs) -> None:
    for report in held:
        outputs.server(report)
    held.clear()


def _say_unseen(seen: Seen, options: app.ScanOptions, settings: Config) -> None:
    """Say what was not looked at, where a reader might think that it was."""
    for key in sorted((options.locked or {}).keys() - seen.servers):
        say(f"toolsmell: server '{key}' is in the lock, and was not scanned")
    for name in sorted(settings.tools.keys() - seen.tools):
        say(f"{settings.file}:{settings.line('tools', name)}: no server here has a tool '{name}'")


def known_ids(shipped: rubric.Rubric) -> frozenset[str]:
    """Return the ids of every rule and smell."""
    return frozenset(BY_ID).union(part.smell for part in shipped.components.values())


def thresholds(settings: Config) -> dict[str, float]:
    """Return the lowest overall scores that the configuration sets for single tools."""
    return {name: tool.fail_under for name, tool in settings.tools.items() if tool.fail_under is not None}


def scan_options_of(options: dict[str, Any], settings: Config) -> app.ScanOptions:
    """Return how to scan: what was typed, over what the configuration sets, over the defaults."""
    shipped = rubric.load(options.get("rubric"))
    extended = settings.values.get("extend-select", ())
    select = [*(options["select"] or ("recommended",)), *extended] if extended else options["select"]
    rules, smells = rule_set(select, options["ignore"], shipped)
    refuse_unknown_rules(settings, known_ids(shipped))
    rules = configured(rules, settings, options["clients"])
    smells = smells - settings.rules.off
    scan_options = app.ScanOptions(
        rubric=shipped,
        rules=rules._replace(min_confidence=Confidence(options["min_confidence"])),
        smells=smells,
        frame=Frame(options["frame"]),
        tools=frozenset(options["tools"]),
    )
    if options.get("locked"):
        from toolsmell.project.lock import read_lock

        scan_options = scan_options._replace(
            locked=read_lock(document_of(options["locked"], "lock"), options["locked"])
        )
    if options["exact_tokens"]:
        from toolsmell.tokens import exact_counter

        scan_options = scan_options._replace(counter=exact_counter())
    return scan_options
