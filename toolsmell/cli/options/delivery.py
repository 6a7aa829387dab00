"""Shows proposals, and writes them to files, overrides and recordings."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

import click

from toolsmell.calling import recording
from toolsmell.calling.recording import Recorder
from toolsmell.cli.options.targets import say
from toolsmell.cli.shown_proposals import changed_texts, shown_facts, shown_move, shown_server, shown_shared, summary
from toolsmell.editing.patch import PatchError
from toolsmell.errors import UsageError
from toolsmell.evidence.proposals import Proposal
from toolsmell.model import Json, Manifest
from toolsmell.rewrite import augment_json as wire
from toolsmell.rewrite import edits, overrides
from toolsmell.rewrite.code_claims import SharedFact
from toolsmell.rewrite.moved import Move
from toolsmell.rewrite.waste import SharedSentence
from toolsmell.sources.options import Command, TargetOptions
from toolsmell.sources.server.launch import Launch, Remote


class Augmented(NamedTuple):
    """One server and its proposals."""

    manifest: Manifest
    proposals: tuple[Proposal, ...]
    shared: tuple[SharedSentence, ...] = ()
    """Sentences that could stand once in the instructions."""
    move: Move | None = None
    """New instructions with what tools shared."""
    facts: tuple[SharedFact, ...] = ()
    """Facts of the code of several tools, which could stand once in the instructions."""


class ReadRequest(NamedTuple):
    """The targets that the user gave, and how they are read."""

    targets: tuple[str | Command, ...]
    options: TargetOptions
    overridden: bool = False
    """True if the new texts are written as overrides."""


_LONGEST_LINE: Final = 2_000
"""Characters of a line of a diff that a person reads."""


def show(
    read: list[Augmented], patched: edits.Patched, format_: str, origin: ReadRequest, usage: Mapping[str, Json]
) -> None:
    """Print the proposals to stdout and a summary line to stderr."""
    diff = _diff(patched, needed=format_ == "diff")
    if format_ == "json":
        servers = [
            wire.server(a.manifest.key, a.manifest.name, a.proposals, a.manifest.error, a.shared, a.facts, a.move)
            for a in read
        ]
        proposed = any(p.proposed for a in read for p in a.proposals)
        config = _fastmcp(read, origin) if proposed else None
        output = wire.document(
            servers,
            patch=diff or None,
            overrides=config,
            usage={"calls": sum(p.calls.made for a in read for p in a.proposals), **usage},
        )
        click.echo(json.dumps(output, indent=2))
    elif format_ == "diff":
        click.echo(diff, nl=False)
    else:
        for one in read:
            for line in shown_server(one.manifest, one.proposals) if one.proposals else ():
                click.echo(line)
            listed = shown_move(one.move) if one.move else shown_shared(one.shared)
            for line in (*listed, *shown_facts(one.facts)):
                click.echo(line)
        if diff and max(map(len, diff.splitlines())) > _LONGEST_LINE:
            # A file in one line is all of its diff.
            click.echo("\nThe file has long lines: `--format diff` prints the patch. The texts that change:")
            for line in (line for one in read for line in changed_texts(one.manifest, one.proposals)):
                click.echo(line)
        elif diff:
            click.echo(f"\n{diff}", nl=False)
    for reason in patched.left_out:
        say(f"not in the diff: {reason}")
    if patched.left_out and not origin.overridden:
        say("--overrides FILE writes the texts for what is not in the diff")
    if proposals := [p for one in read for p in one.proposals]:
        say(summary(proposals))


def _diff(patched: edits.Patched, *, needed: bool) -> str:
    """Return the diff of all files; one that cannot be made is said, and is an error only if nothing else is shown."""
    try:
        return "".join(patch.diff for patch in patched.files)
    except PatchError as error:
        if needed:
            raise
        say(f"toolsmell: no diff: {error}")
        return ""


def _fastmcp(read: list[Augmented], origin: ReadRequest) -> dict[str, Json]:
    same = len(origin.targets) == len(read)
    live = [_target(t, origin.options) for t in origin.targets] if same else [None] * len(read)
    return overrides.fastmcp_config((a.manifest.key, t, a.proposals) for a, t in zip(read, live, strict=True))


def _target(target: str | Command, options: TargetOptions) -> Launch | Remote | None:
    if isinstance(target, Command):
        return Launch(target.argv)
    return Remote(target, transport=options.transport) if target.startswith(("http://", "https://")) else None


def write_overrides(read: list[Augmented], file: Path, format_: str, origin: ReadRequest) -> None:
    """Write the new texts for other people's servers: as FastMCP's configuration, or as a plain map."""
    from toolsmell.cli.whole_files import replace_file

    if format_ == "map":
        value = overrides.plain_map({a.manifest.key: a.proposals for a in read})
    else:
        value = _fastmcp(read, origin)
    replace_file(file, json.dumps(value, indent=2) + "\n")
    say(f"wrote {file}")


def apply(read: list[Augmented], patched: edits.Patched, *, unsafe: bool) -> None:
    """Write the edited files, all or none. Raises `UsageError` for texts that need `--unsafe`."""
    import os

    from toolsmell.cli.whole_files import read_file, replace_files

    if not unsafe and any(p.unsafe and p.proposed for one in read for p in one.proposals):
        raise UsageError("a model wrote some of this: read it, and add --unsafe, or take --interactive")
    if patched.left_out and not patched.files:
        raise UsageError(f"{patched.left_out[0]}; --overrides FILE writes the texts for it")
    for patch in patched.files:
        if os.path.islink(patch.file):
            raise PatchError(f"{patch.file} is a link; name the file that it leads to; nothing was written")
        if read_file(patch.file) != patch.before:
            raise PatchError(f"{patch.file}: has changed since it was read; nothing was written")
    replace_files({patch.file: patch.after for patch in patched.files})
    for patch in patched.files:
        say(f"wrote {patch.file}")


def add_answers(file: Path, read: list[Augmented], recorder: Recorder, *, called: bool) -> None:
    """Add the answers of a model to the recording of the calls, or start a recording if no calls were allowed."""
    from toolsmell.cli.whole_files import read_file, replace_file

    if len(read) != 1:
        raise UsageError("--record stores one server: give one target")
    (one,) = read
    calls = recording.from_json(json.loads(read_file(str(file))), str(file)) if called and file.exists() else None
    made = (calls.decisions, calls.observations) if calls else ((), ())
    stored = recording.to_json(one.manifest, *made, answers=recorder.answers)
    replace_file(file, json.dumps(stored, indent=1) + "\n")
