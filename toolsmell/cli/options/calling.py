"""The options by which a person allows calls of tools, and what is said and stored of them."""

import json
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import click

from toolsmell.calling import recording
from toolsmell.calling.classify import SPEAKING, Outcome
from toolsmell.calling.outcomes import Observation
from toolsmell.calling.policy import Decision, Policy, decide, split_names
from toolsmell.calling.recording import Recording
from toolsmell.calling.seeds import WORK, Seeds, check_seeds, read_setup, read_values
from toolsmell.calling.session import CallBudget
from toolsmell.cli.click_parameters import OptionGroup, option
from toolsmell.cli.options.evidence import fitting, read_recording
from toolsmell.cli.options.targets import say
from toolsmell.errors import UsageError
from toolsmell.model import Manifest
from toolsmell.reading.context import ServerContext
from toolsmell.rewrite.measure import Bench
from toolsmell.rewrite.propose import Options, evidence_with
from toolsmell.rules.trust import suspicious
from toolsmell.sources.options import Command, TargetOptions
from toolsmell.sources.server.launch import Launch


class PermissionInput(NamedTuple):
    """The options that say which tools may be called, as they were typed."""

    call: tuple[str, ...]
    call_read_only: bool


class CallInput(NamedTuple):
    """All options about calls, as they were typed."""

    permission: PermissionInput
    calls_per_tool: int
    max_calls: int
    call_seconds: float
    record: Path | None
    replay_file: str | None
    examples: tuple[str, ...]
    setup: tuple[str, ...]
    fixture: Path | None
    goal: str


permission_options: Final = OptionGroup(
    "Calls of tools",
    (
        option(
            "--call",
            "call",
            multiple=True,
            metavar="NAME,...",
            help="Call these tools: exact names or globs. A glob matches only tools that appear to read.",
        ),
        option(
            "--call-read-only", is_flag=True, help="Call the tools that say they only read, in a sandbox (bubblewrap)."
        ),
    ),
)
call_options: Final = OptionGroup(
    "Calls of tools",
    (
        permission_options,
        option(
            "--calls-per-tool", type=click.IntRange(min=1), default=8, show_default=True, help="Most calls of one tool."
        ),
        option("--max-calls", type=click.IntRange(min=1), default=100, show_default=True, help="Most calls in all."),
        option(
            "--call-seconds",
            type=click.FloatRange(min=0.1),
            default=120.0,
            show_default=True,
            help="Seconds for all calls.",
        ),
        option(
            "--record",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="Store the calls with their results.",
        ),
        option("--replay", "replay_file", metavar="FILE", help="Use stored calls instead of starting the server."),
        option(
            "--example",
            "examples",
            multiple=True,
            metavar="NAME=VALUE",
            help="Use this value for parameters with this name; @FILE is a JSON object of values.",
        ),
        option("--setup", multiple=True, metavar="CALL", help='Make this call first: NAME {"argument": "value"}.'),
        option(
            "--fixture",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            metavar="DIR",
            help=f"Copy these files into the server's working folder, which calls see as {WORK}.",
        ),
        option("--goal", default="", metavar="TEXT", help="Tell the model this purpose of the descriptions."),
    ),
)


class CallOptions(NamedTuple):
    """The calls that a person allowed, and the files that store them."""

    policy: Policy
    budget: CallBudget
    record: Path | None
    replay: Recording | None
    seeds: Seeds = Seeds()


def read_permission(given: PermissionInput) -> Policy:
    """Return which tools may be called."""
    return Policy(split_names(given.call), given.call_read_only)


def read_calls(given: CallInput, *, max_bytes: int, model: str | None) -> CallOptions:
    """Return the options about calls. Raises `UsageError` if they do not fit together."""
    policy = read_permission(given.permission)
    budget = CallBudget(given.calls_per_tool, given.max_calls, given.call_seconds, max_bytes=max_bytes)
    if given.replay_file and policy.calls:
        raise UsageError("--replay makes no calls: leave out --call and --call-read-only")
    if given.record and not policy.calls and not model:
        raise UsageError("--record stores calls and answers: say with --call which tools may be called, or --model")
    seeds = Seeds(read_values(given.examples), read_setup(given.setup), given.fixture, given.goal)
    if (seeds.values or seeds.setup or seeds.fixture) and not policy.calls:
        raise UsageError("--example, --setup and --fixture are for calls: say with --call which tools may be called")
    if seeds.fixture and policy.read_only:
        raise UsageError("--fixture needs --call: the sandbox of --call-read-only has no folder that could be filled")
    return CallOptions(
        policy, budget, given.record, read_recording(given.replay_file) if given.replay_file else None, seeds
    )


def launch_of(targets: Sequence[str | Command], options: TargetOptions) -> Launch:
    """Return the launch for calls. Raises `UsageError` for anything but one command."""
    if len(targets) != 1 or not isinstance(targets[0], Command):
        raise UsageError("calls are made to a server of their own: give its command after `--`, and no other target")
    return Launch(targets[0].argv, env=options.consent.env)


def _in_words(outcome: Outcome) -> str:
    """Return an outcome as a summary names it: trouble of the environment is no behaviour of the tool."""
    return outcome.value if outcome in SPEAKING else f"with trouble ({outcome.value})"


def with_calls(manifest: Manifest, settings: Options, calls: CallOptions, launch: Launch | None) -> Options:
    """Return the settings with what calls showed: made now, replayed, or none."""
    if calls.replay is not None:
        return settings._replace(observations=_by_tool(fitting(manifest, calls.replay)))
    if launch is None or not manifest.tools:
        return settings
    server = ServerContext(manifest)
    decisions = decide(server, calls.policy, suspicious(server, settings.yardstick.rules))
    announce(decisions)
    return _made(server, settings, calls, launch, decisions)


def _made(
    server: ServerContext, settings: Options, calls: CallOptions, launch: Launch, decisions: tuple[Decision, ...]
) -> Options:
    from toolsmell.calling.sandbox import sandboxed
    from toolsmell.calling.session import alone, explore

    check_seeds(calls.seeds, server, frozenset(d.tool for d in decisions if d.allowed))
    if settings.writer:
        settings.writer.begin(Bench(server, settings.yardstick), evidence_with(settings), calls.seeds)
    held = sandboxed(alone(launch)) if calls.policy.read_only else launch
    explored = explore(
        held,
        server,
        decisions,
        calls.budget,
        private=settings.private + launch.private(os.environ),
        suggest=settings.writer.trial if settings.writer else None,
        seeds=calls.seeds,
        sandboxed=calls.policy.read_only,
        focus=settings.tools,
    )
    outcomes = Counter(_in_words(o.outcome) for o in explored.observations)
    counted = ", ".join(f"{n} {words}" for words, n in outcomes.most_common())
    say(f"{len(explored.observations)} calls: {counted or 'none'}")
    if explored.trouble:
        say(f"toolsmell: calls: {explored.trouble}")
    if calls.record:
        from toolsmell.cli.whole_files import replace_file

        stored = recording.to_json(server.manifest, decisions, explored.observations)
        replace_file(calls.record, json.dumps(stored, indent=1) + "\n")
    refused = Counter(r.tool for r in explored.refused)
    return settings._replace(observations=_by_tool(explored.observations), refused=refused)


def announce(decisions: Sequence[Decision]) -> None:
    """Report which tools may be called, before any call."""
    for decision in sorted(decisions, key=lambda d: (not d.allowed, d.tool)):
        say(f"{'may call' if decision.allowed else 'not called:'} {decision.tool}: {decision.reason}")


def _by_tool(observations: Sequence[Observation]) -> dict[str, tuple[Observation, ...]]:
    found: dict[str, tuple[Observation, ...]] = {}
    for observation in observations:
        found[observation.trial.tool] = (*found.get(observation.trial.tool, ()), observation)
    return found
