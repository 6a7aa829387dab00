"""`toolsmell eval agent`."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click

from toolsmell.calling.policy import Policy, decide
from toolsmell.calling.session import alone
from toolsmell.cli.files import given_besides
from toolsmell.cli.options import evaluating
from toolsmell.cli.options.calls import announce, launch_of, leave_options, poisoned, read_leave
from toolsmell.cli.options.models import ModelChoice, asking_options, prices_option, read_model
from toolsmell.cli.options.targets import TargetCommand, after_dashes, read_options, say, target_options
from toolsmell.errors import ExitCode, UsageError
from toolsmell.evaluate.agent import recording, report
from toolsmell.evaluate.agent.asking import Asker
from toolsmell.evaluate.agent.loop import Harness, Limits, Purse
from toolsmell.evaluate.agent.runs import Setting, run_series, series_of, setting
from toolsmell.evaluate.agent.server import Serving
from toolsmell.evaluate.agent.study import AgentStudy, study_of
from toolsmell.evaluate.agent.trajectory import Stop
from toolsmell.evaluate.catalog import Catalogue
from toolsmell.evaluate.datasets import load_cases
from toolsmell.model import Manifest
from toolsmell.models import prices
from toolsmell.models.budget import Spent
from toolsmell.reading.context import ServerContext
from toolsmell.sources.options import TargetOptions
from toolsmell.sources.server.launch import Launch

_GIVE_UP_AFTER: Final = 5
"""Failures of the model in a row after which it is not asked any more."""

_SENT: Final = "cases, the tools as they are, and what tools return, secrets masked,"

_FILE = click.Path(dir_okay=False, path_type=Path)
_SECONDS = click.FloatRange(min=0.1)
_COUNT = click.IntRange(min=1)


@click.command("agent", cls=TargetCommand)
@target_options
@click.option("--cases", "case_file", type=_FILE, metavar="FILE", help="What users ask (JSON Lines).")
@click.option("--before", metavar="FILE", help="The texts as they were: overrides, augment's JSON, or a list of tools.")
@click.option("--after", metavar="FILE", help="New texts, in the same forms; the server's own are then before.")
@asking_options
@leave_options
@click.option("--steps", type=_COUNT, default=20, show_default=True, help="Answers of the model for one task.")
@click.option("--task-calls", type=_COUNT, default=30, show_default=True, help="Calls of tools for one task.")
@click.option("--task-seconds", type=_SECONDS, default=300.0, show_default=True, help="Seconds for one task.")
@click.option("--call-timeout", type=_SECONDS, default=30.0, show_default=True, help="Seconds for one call of a tool.")
@click.option("--result-chars", type=_COUNT, default=20_000, show_default=True, help="Longest result that is shown.")
@click.option("--tool-calls", type=_COUNT, default=1_000, show_default=True, help="Calls of tools in all.")
@click.option("--max-tokens", type=_COUNT, metavar="N", help="Tokens of the model in all; the cache is free.")
@click.option("--max-seconds", type=_SECONDS, default=3_600.0, show_default=True, help="Seconds for all tasks.")
@click.option("--record", type=_FILE, metavar="FILE", help="Write each run to this file, and go on where it stopped.")
@click.option("--replay", type=_FILE, metavar="FILE", help="Measure recorded runs: no server, no model.")
@click.option("--gate", is_flag=True, help="Exit 1 where the agent does worse than before.")
@prices_option
@click.option(
    "--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True, help="To stdout."
)
def agent(**options: Any) -> int:
    """Let a model work at the cases with the tools of a live server, and measure what came of it.

    Tools are called: those that --call names, and no other. Each task gets a process of its own, in an empty folder
    and without your environment; every call is held against the schema before it is made. With --before or --after
    the same tasks are done with other texts, and compared.

    \b
    toolsmell eval agent --cases cases.jsonl --model gpt-4.1-mini --call 'get_*,list_*' -- uvx some-server
    toolsmell eval agent --cases cases.jsonl --model gpt-4.1-mini --call 'get_*' --after overrides.json \\
        --max-cost 2 --record runs.jsonl --gate -- uvx some-server
    toolsmell eval agent --replay runs.jsonl
    """
    known = prices.load(options["price_file"])
    if options["gate"] and not (options["before"] or options["after"] or options["replay"]):
        raise UsageError("--gate compares: give other texts with --before or --after")
    if options["replay"]:
        _refuse_idle(options)
        with given_besides():
            recorded, spent = recording.load(options["replay"]), None
    else:
        recorded, spent = _run(options, known)
    found = study_of(recorded, known.of(recorded.series.model))
    if options["format_"] == "json":
        click.echo(json.dumps(report.to_json(found, spent), indent=2))
    else:
        click.echo("\n".join(report.lines(found, spent)))
    return _exit_code(found, gate=options["gate"])


def _refuse_idle(options: dict[str, Any]) -> None:
    idle = ("targets", "case_file", "before", "after", "model", "call", "call_read_only", "record")
    if after_dashes() or any(options[name] for name in idle):
        raise UsageError("--replay measures what is recorded: leave out server, cases, model, --call and --record")


def _run(options: dict[str, Any], known: prices.Prices) -> tuple[recording.Recorded, Spent]:
    policy, record = read_leave(options), options.pop("record")
    targets, target_opts = read_options(options)
    choice = read_model(options)
    if choice.options is None or options["case_file"] is None:
        raise UsageError("an agent needs a model and tasks: name them with --model and --cases")
    if not policy.calls:
        raise UsageError("an agent calls tools: say with --call, or --call-read-only, which it may call")
    launch = launch_of(targets, target_opts)
    with given_besides():
        cases = load_cases(options["case_file"])
    (manifest,) = evaluating.read_servers(targets, target_opts)
    server = ServerContext(manifest)
    decisions = decide(server, policy, poisoned(server, evaluating.guarding_rules()))
    announce(decisions)
    chosen = setting(_versions(options, manifest, target_opts), cases, decisions)
    serving = _serving(options, launch, policy, frozenset(d.tool for d in decisions if d.allowed), target_opts)
    limits = Limits(options["steps"], options["task_calls"], options["task_seconds"])
    purse = Purse(options["tool_calls"], options["max_seconds"])
    asked = choice._replace(
        options=replace(choice.options, max_tokens=options["max_tokens"], give_up_after=_GIVE_UP_AFTER)
    )
    with evaluating.connected(asked, known, _SENT) as connection:
        assert connection  # noqa: S101 - a model was named
        with _asker(connection.model) as asker:
            harness = Harness(asker, choice.options.model, serving, limits, purse)
            found = _all(chosen, harness, choice, record)
        return found, connection.budget.spent


@contextmanager
def _asker(model: Any) -> Iterator[Asker]:
    asker = Asker(model)
    try:
        yield asker
    finally:
        asker.finish()


def _all(chosen: Setting, harness: Harness, choice: ModelChoice, record: Path | None) -> recording.Recorded:
    series = series_of(chosen, harness)
    total = len(chosen.cases) * len(chosen.versions)
    live = sys.stderr.isatty()
    found = recording.Recorded(series, {})
    for found in run_series(chosen, series, harness, concurrency=choice.concurrency, record=record):
        if live:
            click.echo(f"\r\x1b[2K{len(found.runs)} of {total} runs", nl=False, err=True)
    if live:
        click.echo("\r\x1b[2K", nl=False, err=True)
    return found


def _versions(options: dict[str, Any], manifest: Manifest, reading: TargetOptions) -> Mapping[str, Catalogue]:
    """Return the tools as they are, and where other texts were given, as they were."""
    before, after = (
        evaluating.with_texts_of(options[name], manifest, reading) if options[name] else manifest
        for name in ("before", "after")
    )
    if not (options["before"] or options["after"]):
        return {"after": Catalogue([manifest])}
    return {"before": Catalogue([before]), "after": Catalogue([after])}


def _serving(
    options: dict[str, Any], launch: Launch, policy: Policy, allowed: frozenset[str], reading: TargetOptions
) -> Serving:
    from toolsmell.calling.sandbox import sandboxed

    held = alone(launch)
    return Serving(
        launch=sandboxed(held) if policy.read_only else held,
        allowed=allowed,
        private=(*evaluating.private(), *launch.env.values()),
        start_seconds=reading.timeout,
        call_seconds=options["call_timeout"],
        result_chars=options["result_chars"],
    )


def _exit_code(found: AgentStudy, *, gate: bool) -> ExitCode:
    """A run that could not be made fails the command; the gate fails it for what measures worse."""
    if found.missing:
        stops = {run.stop for version in found.versions for run in version.unfinished}
        say(f"{found.missing} runs are missing; run again with --record FILE to make those alone")
        return ExitCode.NOT_LINTED if Stop.SERVER in stops else ExitCode.JUDGE_FAILED
    if gate and found.comparison is not None and not found.comparison.acceptable("after"):
        return ExitCode.FINDINGS
    return ExitCode.CLEAN
