"""`toolsmell augment`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from toolsmell import rubric
from toolsmell.cli.calls import call_options, launch_of, read_calls, with_calls
from toolsmell.cli.proposals import shown_server, summary
from toolsmell.cli.targets import (
    TARGET_HELP,
    TargetCommand,
    after_dashes,
    read_options,
    refuse_unknown_tools,
    say,
    target_options,
)
from toolsmell.cli.writing import asking, writing_options
from toolsmell.context import ServerContext
from toolsmell.errors import ExitCode, UsageError
from toolsmell.escape import shown
from toolsmell.model import Frame, Manifest, Status
from toolsmell.patch import PatchError
from toolsmell.rewrite import edits, overrides, recording, wire
from toolsmell.rewrite.claims import Kind, Objection, Proposal
from toolsmell.rewrite.loop import Options, improve
from toolsmell.rewrite.measure import Yardstick
from toolsmell.rewrite.recording import Recorder
from toolsmell.rules.selection import rule_set
from toolsmell.sources.launch import Launch, Remote
from toolsmell.sources.options import Command, TargetOptions
from toolsmell.sources.targets import manifests

if TYPE_CHECKING:
    from toolsmell.evaluate.datasets import Case

_DECLINED = "left alone: you declined it"


class Augmented(NamedTuple):
    """One server, and what is proposed for it."""

    manifest: Manifest
    proposals: tuple[Proposal, ...]


@click.command(cls=TargetCommand)
@target_options
@click.option("--tool", "tools", multiple=True, metavar="NAME", help="Rewrite this tool only.")
@click.option(
    "--frame", type=click.Choice(list(Frame)), default=Frame.EFFECTIVE, show_default=True, help="What scores are about."
)
@click.option("--full", "variant", flag_value=Kind.FULL.value, help="Propose all that the evidence gives.")
@click.option(
    "--compact",
    "variant",
    flag_value=Kind.COMPACT.value,
    help="Propose a part of it only. [default: the best for its tokens]",
)
@click.option("--budget", type=click.IntRange(min=1), metavar="N", help="Tokens that a tool may cost at most.")
@click.option(
    "--cases",
    "case_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Choose by what users ask (JSON Lines), and propose nothing that a search finds worse.",
)
@call_options
@writing_options
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "diff", "json"]),
    default="text",
    show_default=True,
    help="To stdout.",
)
@click.option("--apply", is_flag=True, help="Write the verified texts to the files.")
@click.option("--unsafe", is_flag=True, help="With --apply: also texts that a model wrote.")
@click.option("--interactive", is_flag=True, help="Ask for each tool, with the evidence, and write what is accepted.")
@click.option(
    "--overrides",
    "overrides_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the new texts for a server that is not yours.",
)
@click.option(
    "--overrides-format",
    type=click.Choice(["fastmcp", "map"]),
    default="fastmcp",
    show_default=True,
    help="FastMCP tool transformations, or a plain map.",
)
def command(**options: Any) -> int:
    """Propose better descriptions, with evidence for every sentence, as a diff.

    Without --call nothing is called, and without --model no model is asked: what is added is then what schema,
    annotations and the server's other tools say. A tool for which that makes no measurable difference is left alone.

    \b
    toolsmell augment tools.json
    toolsmell augment tools.json --format diff | git apply
    toolsmell augment tools.json --apply
    toolsmell augment tools.json --cases cases.jsonl
    toolsmell augment --overrides mcp.json -- uvx mcp-server-time
    toolsmell augment --call 'get_*,list_notes' --record calls.json -- uvx some-server
    toolsmell augment --replay calls.json
    """
    calls = read_calls(options)
    replayed = calls.replay is not None and not options["targets"] and not after_dashes()
    if calls.replay is not None and replayed:
        options["targets"] = (calls.replay.manifest.source,)
    targets, target_opts = read_options(options)
    if options["apply"] and options["interactive"]:
        raise UsageError("--apply and --interactive exclude one another")
    settings, cases = _settings(options), _cases(options["case_file"])
    if calls.replay is not None and replayed:
        found = [calls.replay.manifest]
    else:
        found = _read(targets, target_opts, settings.tools)
    launch = launch_of(targets, target_opts) if calls.policy.calls else None
    with asking(options, calls.replay.answers if calls.replay else None) as asked:
        settings = settings._replace(writer=asked.writer)
        read = [_augmented(m, with_calls(m, _placed(settings, m, options), calls, launch)) for m in found]
        usage = asked.usage()
    if asked.writer and asked.writer.stopped:
        say(f"toolsmell: the model was asked no more: {asked.writer.stopped}; the rest is from templates")
    if calls.record and asked.recorder:
        _add_answers(calls.record, read, asked.recorder, called=calls.policy.calls)
    if cases is not None:
        read = _kept(read, cases, options)
    if options["interactive"]:
        read = [_asked(one) for one in read]
    if options["overrides_file"]:
        _write_overrides(read, targets, target_opts, options)
    patched = edits.patched(read)
    _show(read, patched, options["format_"], targets, target_opts, usage)
    if options["apply"] or options["interactive"]:
        _apply(read, patched, unsafe=options["unsafe"] or options["interactive"])
    code = _exit_code(read)
    return ExitCode.NOT_VERIFIED if code is ExitCode.CLEAN and asked.writer and _unverified(read) else code


command.help = f"{command.help}\n\n{TARGET_HELP}"


def _read(targets: tuple[str | Command, ...], options: TargetOptions, tools: frozenset[str]) -> list[Manifest]:
    read = []
    for manifest in manifests(targets, options):
        if manifest.error:
            say(f"toolsmell: {manifest.error}")
        if manifest.tools or manifest.error:
            read.append(manifest)
    names = {tool.name for manifest in read for tool in manifest.tools if tool.name is not None}
    if names:
        refuse_unknown_tools("--tool", tools, names)
    return read


def _settings(options: dict[str, Any]) -> Options:
    shipped = rubric.load()
    rules, _ = rule_set(("recommended", "security"), (), shipped)
    return Options(
        Yardstick(shipped, rules, Frame(options["frame"])),
        tools=frozenset(options["tools"]),
        budget=options["budget"],
        kind=Kind(options["variant"]) if options["variant"] else None,
        private=_private(),
    )


def _add_answers(file: Path, read: list[Augmented], recorder: Recorder, *, called: bool) -> None:
    """Put what a model answered into the recording of the calls; where none were allowed, begin one."""
    from toolsmell.cli.files import read_file, replace_file

    if len(read) != 1:
        raise UsageError("--record holds one server: give one target")
    (one,) = read
    calls = recording.from_json(json.loads(read_file(str(file))), str(file)) if called and file.exists() else None
    made = (calls.decisions, calls.observations) if calls else ((), ())
    stored = recording.to_json(one.manifest, *made, answers=recorder.answers)
    replace_file(file, json.dumps(stored, indent=1) + "\n")


def _private() -> tuple[str, ...]:
    """Return the texts that would give this machine away."""
    import platform

    return (str(Path.home()), str(Path.cwd()), platform.node())


def _augmented(manifest: Manifest, settings: Options) -> Augmented:
    proposals = tuple(improve(ServerContext(manifest), settings))
    return Augmented(manifest, proposals)


def _placed(settings: Options, manifest: Manifest, options: dict[str, Any]) -> Options:
    """Return the settings so that only what the source code has a place for is proposed; overrides have one for all."""
    if options["overrides_file"] or not edits.is_written(manifest):
        return settings
    return settings._replace(unwritable=edits.unwritable(manifest))


def _cases(file: Path | None) -> "tuple[Case, ...] | None":
    if file is None:
        return None
    from toolsmell.evaluate.datasets import load_cases

    return load_cases(file)


def _kept(read: list[Augmented], cases: "tuple[Case, ...]", options: dict[str, Any]) -> list[Augmented]:
    """Leave what the cases speak for: they choose the kind of text as well, where nobody has."""
    from toolsmell.evaluate.proposals import keep

    kinds = () if options["variant"] or options["budget"] else tuple(Kind)
    kept = []
    for one in read:
        chosen = keep(one.manifest, one.proposals, cases, kinds)
        say(f"{shown(one.manifest.key)}: {chosen.reason}")
        kept.append(one._replace(proposals=chosen.proposals))
    return kept


def _asked(one: Augmented) -> Augmented:
    """Ask for each proposal; those that are not accepted are left alone."""
    proposals = tuple(
        p if p.proposed is None or _accepted(one.manifest, p) else p._replace(proposed=None, reason=_DECLINED)
        for p in one.proposals
    )
    return Augmented(one.manifest, proposals)


def _accepted(manifest: Manifest, proposal: Proposal) -> bool:
    for line in shown_server(manifest, [proposal]):
        click.echo(line, err=True)
    return click.confirm(f"Write this for '{shown(proposal.name or '')}'?", default=False, err=True)


def _show(
    read: list[Augmented],
    patched: edits.Patched,
    format_: str,
    targets: tuple[str | Command, ...],
    options: TargetOptions,
    usage: dict[str, Any],
) -> None:
    diff = "".join(patch.diff for patch in patched.files)
    if format_ == "json":
        servers = [wire.server(a.manifest.key, a.manifest.name, a.proposals, a.manifest.error) for a in read]
        proposed = any(p.proposed for a in read for p in a.proposals)
        config = _fastmcp(read, targets, options) if proposed else None
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
            for line in shown_server(one.manifest, one.proposals):
                click.echo(line)
        if diff:
            click.echo(f"\n{diff}", nl=False)
    for reason in patched.left_out:
        say(f"not in the diff: {reason}")
    say(summary([p for one in read for p in one.proposals]))


def _fastmcp(read: list[Augmented], targets: tuple[str | Command, ...], options: TargetOptions) -> dict[str, Any]:
    live = [_target(t, options) for t in targets] if len(targets) == len(read) else [None] * len(read)
    return overrides.fastmcp_config((a.manifest.key, t, a.proposals) for a, t in zip(read, live, strict=True))


def _target(target: str | Command, options: TargetOptions) -> Launch | Remote | None:
    if isinstance(target, Command):
        return Launch(target.argv)
    return Remote(target, transport=options.transport) if target.startswith(("http://", "https://")) else None


def _write_overrides(
    read: list[Augmented], targets: tuple[str | Command, ...], target_opts: TargetOptions, options: dict[str, Any]
) -> None:
    from toolsmell.cli.files import replace_file

    if options["overrides_format"] == "map":
        value = overrides.plain_map({a.manifest.key: a.proposals for a in read})
    else:
        value = _fastmcp(read, targets, target_opts)
    replace_file(options["overrides_file"], json.dumps(value, indent=2) + "\n")


def _apply(read: list[Augmented], patched: edits.Patched, *, unsafe: bool) -> None:
    import os

    from toolsmell.cli.files import read_file, replace_file

    if not unsafe and any(p.unsafe and p.proposed for one in read for p in one.proposals):
        raise UsageError("a model wrote some of this: read it, and add --unsafe, or take --interactive")
    if patched.left_out and not patched.files:
        raise UsageError(f"{patched.left_out[0]}; --overrides FILE writes the texts for it")
    for patch in patched.files:
        if os.path.islink(patch.file):
            raise PatchError(f"{patch.file} is a link; name the file that it leads to; nothing was written")
        if read_file(patch.file) != patch.before:
            raise PatchError(f"{patch.file}: has changed since it was read; nothing was written")
    for patch in patched.files:
        replace_file(Path(patch.file), patch.after)
        say(f"wrote {patch.file}")


def _unverified(read: list[Augmented]) -> bool:
    """Say whether a model was refused every text for a tool."""
    listed = (p for one in read for p in one.proposals)
    return any(p.refused and not any(v.by_model for v in p.variants) and not _is_poisoned(p) for p in listed)


def _is_poisoned(proposal: Proposal) -> bool:
    return any(v.objection is Objection.POISONED for v in proposal.refused)


def _exit_code(read: list[Augmented]) -> ExitCode:
    if not any(one.proposals for one in read) or any(one.manifest.status is not Status.COMPLETE for one in read):
        return ExitCode.NOT_LINTED
    return ExitCode.CLEAN
