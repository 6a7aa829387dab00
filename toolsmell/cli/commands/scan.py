"""`toolsmell scan`."""

import os
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final, NamedTuple

import click

from toolsmell import app
from toolsmell.cli.click_parameters import OptionGroup, option
from toolsmell.cli.options import fixes
from toolsmell.cli.options.configuration import (
    ConfigInput,
    config_options,
    find_config,
    show,
    with_settings,
)
from toolsmell.cli.options.earlier_revision import BaseRun, read_base, revision_of
from toolsmell.cli.options.judging import JudgeInput, Judging, judge_options, judging, refuse_judge
from toolsmell.cli.options.linting import LintInput, known_ids, lint_options, scan_options_of, thresholds
from toolsmell.cli.options.own_targets import excluded, with_own_targets
from toolsmell.cli.options.suppressions import make_suppressor, say_gone
from toolsmell.cli.options.targets import (
    TargetCommand,
    TargetInput,
    read_options,
    refuse_unknown_tools,
    say,
    target_options,
)
from toolsmell.cli.output import OutputInput, Outputs, output_options, read_outputs, refuse_outputs
from toolsmell.cli.typed import takes
from toolsmell.errors import ExitCode, UsageError
from toolsmell.model import Manifest, ServerReport, Severity
from toolsmell.project.config.settings import Config
from toolsmell.project.suppress import Suppressor
from toolsmell.project.tally import Gates, Tally
from toolsmell.reading.context import ServerContext
from toolsmell.reporters.parts.rows import amount
from toolsmell.sources.json.manifest import STDIN
from toolsmell.sources.targets import manifests


class GateInput(NamedTuple):
    """When a scan fails, as it was typed."""

    fail_on: str
    fail_under: float | None
    max_smelly: int | None
    allow_unscored: bool
    allow_partial: bool
    skip_unrecognised: bool
    baseline: str | None
    verify: bool


class ScanInput(NamedTuple):
    """The options of `scan` as they were typed."""

    target: TargetInput
    lint: LintInput
    gate: GateInput
    why: tuple[str, ...]
    fix: bool
    diff: bool
    judge: JudgeInput
    config: ConfigInput
    output: OutputInput


_gate_options: Final = OptionGroup(
    "When to fail",
    (
        option(
            "--fail-on",
            type=click.Choice([*(s.value for s in Severity), "never"]),
            default="error",
            show_default=True,
            help="Exit 1 for a finding of this severity or a higher one.",
        ),
        option(
            "--fail-under",
            type=click.FloatRange(0, 100),
            metavar="N",
            help="Exit 1 for a tool with an overall score under N.",
        ),
        option("--max-smelly", type=click.IntRange(min=0), metavar="N", help="Exit 1 for more than N smelly tools."),
        option("--allow-unscored", is_flag=True, help="Let --fail-under pass tools that cannot be scored."),
        option("--baseline", metavar="FILE", help="Fail only on findings that this file does not list."),
        option(
            "--verify",
            is_flag=True,
            help="With --base REV, exit 1 if a changed text loses a fact, contradicts the evidence or steers agents.",
        ),
        option("--allow-partial", is_flag=True, help="Do not exit 3 for servers that failed, if others were linted."),
        option(
            "--skip-unrecognised", is_flag=True, help="Pass over files that have nothing to do with MCP (for hooks)."
        ),
    ),
)
_action_options: Final = OptionGroup(
    "Fixes",
    (
        option(
            "--why",
            multiple=True,
            is_flag=False,
            flag_value="",
            metavar="[TOOL]",
            help="Explain the scores of one tool (default: the worst one) instead of printing a report.",
        ),
        option("--fix", is_flag=True, help="Apply the safe, mechanical fixes to the files, and report what is left."),
        option(
            "--diff",
            is_flag=True,
            help="Show the mechanical fixes as a diff instead of a report; exit 1 if there are any.",
        ),
    ),
)
_COMMON: Final = (
    "format_", "outputs", "select", "ignore", "fail_on", "baseline", "run", "why", "fix", "config_file",
)  # fmt: skip
"""The ten options that most people need."""


@click.command(cls=TargetCommand, first=_COMMON)
@lint_options
@_gate_options
@_action_options
@output_options
@target_options
@config_options
@judge_options
@takes(ScanInput)
def command(given: ScanInput) -> int:
    """Score and lint the tools of servers, files and client configurations.

    \b
    toolsmell scan tools.json
    toolsmell scan -- npx -y @modelcontextprotocol/server-everything
    toolsmell scan https://example.com/mcp --header 'Authorization: Bearer ...'
    toolsmell scan .mcp.json --run --server github --env GITHUB_TOKEN
    toolsmell scan tools.json --format json --output text=report.txt
    """
    settings = find_config(given.config, given.target)
    given = with_settings(given, settings)
    if not given.target.targets and any(map(os.path.exists, given.why)):
        raise UsageError("--why takes the name of a tool: put the target before it, as in `scan tools.json --why`")
    given = given._replace(target=with_own_targets(given.target, settings))
    if given.config.show_config:
        click.echo(show(settings, given))
        return ExitCode.CLEAN
    targets, target_opts = read_options(
        given.target, skip_unrecognised=given.gate.skip_unrecognised, exclude=excluded(settings)
    )
    options = scan_options_of(given.lint, settings)
    read = manifests(targets, target_opts)
    if given.diff or given.why:
        refuse_judge(given.judge)
        refuse_outputs(given.output)
    suppress = partial(
        make_suppressor,
        settings,
        known_ids(options.rubric),
        isolated=given.config.isolated,
        baseline=given.gate.baseline,
        partial=bool(given.gate.skip_unrecognised or given.target.servers or options.tools),
    )
    suppressor = suppress()
    if given.diff:
        return fixes.show(read, options, suppressor.given)
    if given.why:
        from toolsmell.cli.commands import why

        return why.show(read, frozenset(given.why), options, read_outputs(given.output).style)
    if given.fix and STDIN in targets:
        raise UsageError("--fix: stdin cannot be written to; --diff shows the fixes")
    base = None
    if (revision := revision_of(given.output.base)) is not None:
        base = read_base(revision, targets, target_opts, options, suppress())
    elif given.gate.verify:
        raise UsageError("--verify compares with a revision: add --base REV, for instance --base origin/main")
    return _report(given, read, options, suppressor, settings, base)


def _report(
    given: ScanInput,
    read: Iterable[Manifest],
    options: app.ScanOptions,
    suppressor: Suppressor,
    settings: Config,
    base: BaseRun | None,
) -> int:
    """Scan all servers, write the reports, and return the exit code."""
    tally, gates = Tally(thresholds(settings)), _gates(given.gate)
    with (
        judging(given.judge, options) as judged,
        Outputs(read_outputs(given.output, base.report if base else None), options.run_info()) as outputs,
    ):
        changed = dict[str, bytes]()
        fixed = (fixes.apply(m, options, suppressor.given, changed) for m in read) if given.fix else read
        scanned = _scanned(fixed, options, judged, given)
        seen = _scan(_followed(scanned, base), options, suppressor, tally, outputs)
        if given.fix and not changed:
            fixes.say_nothing(options)
        leftover = () if options.tools else suppressor.findings(options.rules, options.ids)
        tally.add_findings(leftover)
        changes = base.changes() if base else None
        wrong = changes.wrong if changes and given.gate.verify else 0
        code = judged.exit_code(tally.exit_code(gates))
        code = ExitCode.FINDINGS if wrong and code is ExitCode.CLEAN else code
        summary = tally.summary()._replace(exit_code=int(code), usage=judged.usage(), changes=changes)
        outputs.end(summary, leftover)
    if not options.tools:
        say_gone(suppressor, options.ids - options.smells)  # a baseline of an earlier version lists smells one by one
    _say_unseen(seen, options, settings)
    for words in tally.shortfalls(gates):
        say(f"toolsmell: {words}")
    if wrong:
        say(f"toolsmell: {amount(wrong, 'changed tool')} lost a fact or says what is wrong (verify)")
    return code


def _followed(
    scanned: Iterable[tuple[Manifest, ServerReport]], base: BaseRun | None
) -> Iterator[tuple[Manifest, ServerReport]]:
    """Yield the scanned servers, and show each to the base."""
    for manifest, report in scanned:
        if base:
            base.since.add(manifest)
        yield manifest, report


def _gates(gate: GateInput) -> Gates:
    return Gates(
        fail_on=None if gate.fail_on == "never" else Severity(gate.fail_on),
        fail_under=gate.fail_under,
        max_smelly=gate.max_smelly,
        allow_unscored=gate.allow_unscored,
        allow_partial=gate.allow_partial,
        allow_none=gate.skip_unrecognised,
    )


class SeenNames(NamedTuple):
    """Names of the servers and tools that were read."""

    servers: set[str]
    tools: set[str]


def _scanned(
    read: Iterable[Manifest], options: app.ScanOptions, asked: Judging, given: ScanInput
) -> Iterator[tuple[Manifest, ServerReport]]:
    """Yield each server with its report. Models are asked from this process, about several servers at a time."""
    if asked.judge is None:
        from toolsmell.survey import spread

        return spread.scan(read, options, given.target.jobs)
    from toolsmell.models.parallel import in_order

    scanner = app.Scanner(options, asked.judge)
    linted = ((manifest, scanner.linted(manifest)) for manifest in read)

    def judged(one: tuple[Manifest, tuple[ServerContext, ServerReport]]) -> tuple[Manifest, ServerReport]:
        return one[0], scanner.judged(*one[1])

    return in_order(linted, judged, ahead=given.judge.concurrency, stop=asked.stop)


def _scan(
    scanned: Iterable[tuple[Manifest, ServerReport]],
    options: app.ScanOptions,
    suppressor: Suppressor,
    tally: Tally,
    outputs: Outputs,
) -> SeenNames:
    """Hand on each report as it comes.

    Reports are delayed until every `--tool` was seen: if one does not exist, only the error is shown.
    """
    seen, held = SeenNames(set(), set()), list[ServerReport]()
    for manifest, found in scanned:
        seen.servers.add(manifest.key)
        seen.tools.update(tool.name for tool in manifest.tools if tool.name is not None)
        if manifest.error and not outputs.on_screen:
            say(f"toolsmell: {manifest.error}")
        if found.error and not manifest.error:
            say(f"toolsmell: {found.error}")
        report = suppressor.apply(found, manifest.ignores)
        tally.add(report)
        held.append(report)
        if options.tools <= seen.tools:
            _hand_on(held, outputs)
    if seen.tools:
        refuse_unknown_tools("--tool", options.tools, seen.tools)
    _hand_on(held, outputs)
    return seen


def _hand_on(held: list[ServerReport], outputs: Outputs) -> None:
    for report in held:
        outputs.server(report)
    held.clear()


def _say_unseen(seen: SeenNames, options: app.ScanOptions, settings: Config) -> None:
    """Print what was not looked at, if a reader might think that it was."""
    for key in sorted((options.locked or {}).keys() - seen.servers):
        say(f"toolsmell: server '{key}' is in the lock, and was not scanned")
    for name in sorted(settings.tools.keys() - seen.tools):
        say(f"{settings.file}:{settings.line('tools', name)}: no server here has a tool '{name}'")
