"""`toolsmell lock`."""

import json
from pathlib import Path
from typing import NamedTuple

import click

from toolsmell.cli.options.recorded import recorded
from toolsmell.cli.options.targets import TargetCommand, TargetInput, read_options, say, say_failed, target_options
from toolsmell.cli.typed import takes
from toolsmell.cli.whole_files import replace_file
from toolsmell.errors import ExitCode, SourceError
from toolsmell.model import Status
from toolsmell.project.lock import lock_of, unlockable
from toolsmell.project.sentence_record import by_server
from toolsmell.reporters.parts.rows import amount
from toolsmell.sources.targets import manifests

DEFAULT = "toolsmell.lock.json"


class LockInput(NamedTuple):
    """The options as they were typed."""

    target: TargetInput
    output: Path


@click.command(cls=TargetCommand)
@target_options
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), default=DEFAULT, show_default=True)
@takes(LockInput)
def command(given: LockInput) -> int:
    """Pin the tools of servers, so that `scan --locked FILE` reports what changed since.

    All servers must answer: a lock without one of them would hide its changes.

    \b
    toolsmell lock .mcp.json --run --env GITHUB_TOKEN
    toolsmell scan .mcp.json --run --env GITHUB_TOKEN --locked toolsmell.lock.json
    """
    targets, target_opts = read_options(given.target)
    # A file that declares servers is not a server itself.
    read = [m for m in manifests(targets, target_opts) if m.declared is None or m.error]
    failed = [manifest for manifest in read if manifest.status is not Status.COMPLETE]
    for manifest in failed:
        say_failed(manifest)
    if failed or not read:
        raise SourceError("no lock was written: not every server gave its whole list")
    keys = [manifest.key for manifest in read]
    if twice := {key for key in keys if keys.count(key) > 1}:
        raise SourceError(
            f"no lock was written: two servers are called '{min(twice)}'; --name tells one from the other"
        )
    for manifest in read:
        if left_out := unlockable(manifest):
            say(f"toolsmell: {manifest.key}: {left_out}")
    replace_file(given.output, json.dumps(lock_of(read, by_server(recorded())), indent=2) + "\n")
    tools = sum(len(manifest.tools) for manifest in read)
    say(f"locked {amount(tools, 'tool')} of {amount(len(read), 'server')} in {given.output}")
    return ExitCode.CLEAN
