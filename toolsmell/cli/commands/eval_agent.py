"""`toolsmell eval agent`."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

import click

from toolsmell.calling.policy import Decision, Policy, decide
from toolsmell.calling.session import alone
from toolsmell.cli.click_parameters import OptionGroup, option
from toolsmell.cli.options import evaluating
from toolsmell.cli.options.calling import (
    PermissionInput,
    announce,
    launch_of,
    permission_options,
    read_permission,
)
from toolsmell.cli.options.evidence import private_texts
from toolsmell.cli.options.models import AskingInput, ModelChoice, asking_options, prices_option, read_asking
from toolsmell.cli.options.targets import TargetCommand, TargetInput, after_dashes, read_options, say, target_options
from toolsmell.cli.typed import takes
from toolsmell.cli.whole_files import given_besides
from toolsmell.errors import ExitCode, UsageError
from toolsmell.escape import shown
from toolsmell.evaluate.agent import run_log, run_report
from toolsmell.evaluate.agent.asking import AskerInThreads
from toolsmell.evaluate.agent.loop import Harness, Purse, TaskLimits
from toolsmell.evaluate.agent.run_summary import AgentStudy, study_of
from toolsmell.evaluate.agent.runs import Setting, run_series, series_of, setting
from toolsmell.evaluate.agent.server import Serving
from toolsmell.evaluate.agent.simulation import Simulation
from toolsmell.evaluate.agent.trajectory import Stop
from toolsmell.evaluate.catalog import Catalog
from toolsmell.evaluate.datasets import load_cases
from toolsmell.model import Manifest
from toolsmell.models import prices
from toolsmell.models.budget import Spent
from toolsmell.models.client import ChatModel
from toolsmell.models.connect import connect
from toolsmell.reading.context import ServerContext
from toolsmell.reporters.parts.rows import amount
from toolsmell.rules.trust import suspicious
from toolsmell.sources.options import TargetOptions
from toolsmell.sources.server.launch import Launch

_GIVE_UP_AFTER: Final = 5
"""Failures in a row after which the model is not asked again."""

_SENT: Final = "cases, the tools as they are, and what tools return, secrets masked,"

_FILE = click.Path(dir_okay=False, path_type=Path)
_SECONDS = click.FloatRange(min=0.1)
_COUNT = click.IntRange(min=1)


class LimitInput(NamedTuple):
    """The limits of the agent, as they were typed."""

    steps: int
    task_calls: int
    task_seconds: float
    call_timeout: float
    result_chars: int
    tool_calls: int
    max_seconds: float


class AgentInput(NamedTuple):
    """The options as they were typed."""

    target: TargetInput
    case_file: Path | None
    before: str | None
    after: str | None
    asking: AskingInput
    permission: PermissionInput
    simulate: str | None
    limits: LimitInput
    record: Path | None
    replay: Path | None
    gate: bool
    price_file: Path | None
    format_: str


_limit_options: Final = OptionGroup(
    "Limits of the agent",
    (
        option("--steps", type=_COUNT, default=20, show_default=True, help="Answers of the model for one task."),
        option("--task-calls", type=_COUNT, default=30, show_default=True, help="Calls of tools for one task."),
        option("--task-seconds", type=_SECONDS, default=300.0, show_default=True, help="Seconds for one task."),
        option(
            "--call-timeout", type=_SECONDS, default=30.0, show_default=True, help="Seconds for one call of a tool."
        ),
        option("--result-chars", type=_COUNT, default=20_000, show_default=True, help="Longest result that is shown."),
        option("--tool-calls", type=_COUNT, default=1_000, show_default=True, help="Calls of tools in all."),
        option("--max-seconds", type=_SECONDS, default=3_600.0, show_default=True, help="Seconds for all tasks."),
    ),
)


@click.command("agent", cls=TargetCommand)
@target_options
@option("--cases", "case_file", type=_FILE, metavar="FILE", help="What users ask (JSON Lines).")
@option("--before", metavar="FILE", help="The texts as they were: overrides, augment's JSON, or a list of tools.")
@option("--after", metavar="FILE", help="New texts, in the same forms; the server's own are then before.")
@asking_options
@permission_options
@option(
    "--simulate",
    metavar="MODEL",
    help="Let this model play the server: no tool is called, no server started. Results are made up.",
)
@_limit_options
@option("--record", type=_FILE, metavar="FILE", help="Write each run to this file, and resume from it.")
@option("--replay", type=_FILE, metavar="FILE", help="Measure recorded runs: no server, no model.")
@option("--gate", is_flag=True, help="Exit 1 if the agent does worse than before.")
@prices_option
@option(
    "--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True, help="On stdout."
)
@takes(AgentInput)
def agent(given: AgentInput) -> int:
    """Let a model work at the cases with the tools of a live server, and measure the results.

    Only the tools that --call names are called. Each task gets its own server process, in an empty folder
    and without your environment. Every call is checked against the schema before it is made. With --before or --after
    the same tasks are done with other texts, and compared.

    \b
    toolsmell eval agent --cases cases.jsonl --model gpt-4.1-mini --call 'get_*,list_*' -- uvx some-server
    toolsmell eval agent --cases cases.jsonl --model gpt-4.1-mini --call 'get_*' --after overrides.json \\
        --max-cost 2 --record runs.jsonl --gate -- uvx some-server
    toolsmell eval agent --cases cases.jsonl --model gpt-4.1-mini --simulate gpt-4.1 tools.json
    toolsmell eval agent --replay runs.jsonl
    """
    known = prices.load(given.price_file)
    if given.gate and not (given.before or given.after or given.replay):
        raise UsageError("--gate compares: give other texts with --before or --after")
    if given.replay:
        _refuse_idle(given)
        with given_besides():
            recorded, spent = run_log.load(given.replay), None
    else:
        recorded, spent = _run(given, known)
    found = study_of(recorded, known.of(recorded.series.model))
    if given.format_ == "json":
        click.echo(json.dumps(run_report.to_json(found, spent), indent=2))
    else:
        click.echo("\n".join(run_report.lines(found, spent)))
    return _exit_code(found, gate=given.gate)


def _refuse_idle(given: AgentInput) -> None:
    """Raise `UsageError` for options that do nothing with `--replay`."""
    texts = (given.case_file, given.before, given.after)
    idle = (given.target.targets, *texts, given.asking.model, *given.permission, given.simulate, given.record)
    if after_dashes() or any(idle):
        raise UsageError("--replay measures what is recorded: leave out server, cases, model, --call and --record")


def _run(given: AgentInput, known: prices.Prices) -> tuple[run_log.RecordedRuns, Spent]:
    if given.simulate:
        return _run_simulated(given, known, given.simulate)
    policy = read_permission(given.permission)
    targets, target_opts = read_options(given.target)
    choice = read_asking(given.asking)
    if choice.options is None or given.case_file is None:
        raise UsageError("an agent needs a model and tasks: name them with --model and --cases")
    if not policy.calls:
        raise UsageError("an agent calls tools: say with --call, or --call-read-only, which it may call, or --simulate")
    launch = launch_of(targets, target_opts)
    with given_besides():
        cases = load_cases(given.case_file)
    (manifest,) = evaluating.read_servers(targets, target_opts)
    server = ServerContext(manifest)
    decisions = decide(server, policy, suspicious(server, evaluating.guarding_rules()))
    announce(decisions)
    chosen = setting(_versions(given, manifest, target_opts), cases, decisions)
    allowed = frozenset(d.tool for d in decisions if d.allowed)
    serving = _serving(given.limits, launch, policy, allowed, target_opts)
    limits = TaskLimits(given.limits.steps, given.limits.task_calls, given.limits.task_seconds)
    purse = Purse(given.limits.tool_calls, given.limits.max_seconds)
    asked = choice._replace(options=replace(choice.options, give_up_after=_GIVE_UP_AFTER))
    with evaluating.connected(asked, known, _SENT) as connection:
        assert connection  # noqa: S101 - a model was named
        with _asker(connection.model) as asker:
            harness = Harness(asker, choice.options.model, serving, limits, purse)
            found = _all(chosen, harness, choice, given.record)
        return found, connection.budget.spent


def _run_simulated(given: AgentInput, known: prices.Prices, player: str) -> tuple[run_log.RecordedRuns, Spent]:
    """Run the agent at tools that a model plays. Nothing is called, so that nothing has to be allowed."""
    if any(given.permission):
        raise UsageError("--simulate calls no tool: leave out --call and its like")
    targets, target_opts = read_options(given.target)
    choice = read_asking(given.asking)
    if choice.options is None or given.case_file is None:
        raise UsageError("an agent needs a model and tasks: name them with --model and --cases")
    with given_besides():
        cases = load_cases(given.case_file)
    (manifest,) = evaluating.read_servers(targets, target_opts)
    names = [tool.name for tool in manifest.tools if tool.name is not None]
    decisions = [Decision(name, allowed=True, reason="it is simulated") for name in names]
    chosen = setting(_versions(given, manifest, target_opts), cases, decisions)
    limits = TaskLimits(given.limits.steps, given.limits.task_calls, given.limits.task_seconds)
    purse = Purse(given.limits.tool_calls, given.limits.max_seconds)
    asked = choice._replace(options=replace(choice.options, give_up_after=_GIVE_UP_AFTER))
    playing = replace(asked.options or choice.options, model=player)
    with (
        evaluating.connected(asked, known, _SENT) as connection,
        connect(playing, known.pricing(player), connection.budget if connection else None) as other,
    ):
        assert connection  # noqa: S101 - a model was named
        say(f"toolsmell: {shown(player)} plays the server: what the tools return is made up, and no evidence")
        with _asker(connection.model) as asker, _asker(other.model) as player_asker:
            tools = {tool.name: tool.raw for tool in manifest.tools if tool.name is not None}
            simulation = Simulation(player_asker, player, tools, given.limits.result_chars)
            harness = Harness(asker, choice.options.model, simulation, limits, purse)
            found = _all(chosen, harness, choice, given.record)
        return found, connection.budget.spent


@contextmanager
def _asker(model: ChatModel) -> Iterator[AskerInThreads]:
    asker = AskerInThreads(model)
    try:
        yield asker
    finally:
        asker.finish()


def _all(chosen: Setting, harness: Harness, choice: ModelChoice, record: Path | None) -> run_log.RecordedRuns:
    series = series_of(chosen, harness)
    total = len(chosen.cases) * len(chosen.versions)
    live = sys.stderr.isatty()
    found = run_log.RecordedRuns(series, {})
    for found in run_series(chosen, series, harness, concurrency=choice.concurrency, record=record):
        if live:
            click.echo(f"\r\x1b[2K{len(found.runs)} of {total} runs", nl=False, err=True)
    if live:
        click.echo("\r\x1b[2K", nl=False, err=True)
    return found


def _versions(given: AgentInput, manifest: Manifest, reading: TargetOptions) -> Mapping[str, Catalog]:
    """Return the catalog after and, if other texts were given, before."""
    before, after = (
        evaluating.with_texts_of(file, manifest, reading) if file else manifest for file in (given.before, given.after)
    )
    if not (given.before or given.after):
        return {"after": Catalog([manifest])}
    return {"before": Catalog([before]), "after": Catalog([after])}


def _serving(
    limits: LimitInput, launch: Launch, policy: Policy, allowed: frozenset[str], reading: TargetOptions
) -> Serving:
    from toolsmell.calling.sandbox import sandboxed

    held = alone(launch)
    return Serving(
        launch=sandboxed(held) if policy.read_only else held,
        allowed=allowed,
        private=(*private_texts(), *launch.private(os.environ)),
        start_seconds=reading.timeout,
        call_seconds=limits.call_timeout,
        result_chars=limits.result_chars,
    )


def _exit_code(found: AgentStudy, *, gate: bool) -> ExitCode:
    """Return the exit code: a missing run fails the command, and so does a worse result with --gate."""
    if found.missing:
        stops = {run.stop for version in found.versions for run in version.unfinished}
        say(f"missing: {amount(found.missing, 'run')}; repeat with --record FILE to make only those")
        return ExitCode.NOT_LINTED if Stop.SERVER in stops else ExitCode.JUDGE_FAILED
    if gate and found.comparison is not None and not found.comparison.acceptable("after"):
        return ExitCode.FINDINGS
    return ExitCode.CLEAN
