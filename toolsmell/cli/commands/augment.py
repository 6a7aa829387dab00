"""`toolsmell augment`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toolsmell.cli.options.calls import call_options, launch_of, read_calls, with_calls
from toolsmell.cli.options.delivery import Augmented, Origin, add_answers, apply, show, write_overrides
from toolsmell.cli.options.targets import (
    TargetCommand,
    after_dashes,
    read_options,
    refuse_unknown_tools,
    say,
    target_options,
)
from toolsmell.cli.options.writing import asking, writing_options
from toolsmell.cli.proposals import shown_server
from toolsmell.errors import ExitCode, UsageError
from toolsmell.escape import shown
from toolsmell.evidence.claims import Kind, Objection, Proposal
from toolsmell.model import Frame, Manifest, Status
from toolsmell.reading.context import ServerContext
from toolsmell.rewrite import edits
from toolsmell.rewrite.loop import Options, improve
from toolsmell.rewrite.measure import Yardstick
from toolsmell.rules.selection import rule_set
from toolsmell.scoring import rubric
from toolsmell.sources.options import Command, TargetOptions
from toolsmell.sources.targets import manifests

if TYPE_CHECKING:
    from toolsmell.evaluate.datasets import Case
    from toolsmell.rewrite.model_writer import ModelWriter

_DECLINED = "left alone: you declined it"


@click.command(cls=TargetCommand)
@target_options
@click.option("--tool", "tools", multiple=True, metavar="NAME", help="Rewrite this tool only.")
@click.option(
    "--frame",
    type=click.Choice([frame.value for frame in Frame]),
    default=Frame.EFFECTIVE.value,
    show_default=True,
    help="What scores are about.",
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
    replayed = calls.replay if calls.replay and not options["targets"] and not after_dashes() else None
    if replayed:
        options["targets"] = (replayed.manifest.source,)
    targets, target_opts = read_options(options)
    if options["apply"] and options["interactive"]:
        raise UsageError("--apply and --interactive exclude one another")
    settings, cases = _settings(options), _cases(options["case_file"])
    found = [replayed.manifest] if replayed else _read(targets, target_opts, settings.tools)
    launch = launch_of(targets, target_opts) if calls.policy.calls else None
    with asking(options, calls.replay.answers if calls.replay else None) as asked:
        settings = settings._replace(writer=asked.writer)
        read = [_augmented(m, with_calls(m, _placed(settings, m, options), calls, launch)) for m in found]
        usage = asked.usage()
    if asked.writer and asked.writer.stopped:
        what = "failed" if asked.writer.failed else "was asked no more"
        say(f"toolsmell: the model {what}: {asked.writer.stopped}; the rest is from templates")
    if calls.record and asked.recorder:
        add_answers(calls.record, read, asked.recorder, called=calls.policy.calls)
    if cases is not None:
        read = _kept(read, cases, options)
    if options["interactive"]:
        read = [_asked(one) for one in read]
    origin = Origin(targets, target_opts, overridden=options["overrides_file"] is not None)
    if options["overrides_file"]:
        write_overrides(read, options["overrides_file"], options["overrides_format"], origin)
    patched = edits.patched(read)
    show(read, patched, options["format_"], origin, usage)
    if options["apply"] or options["interactive"]:
        apply(read, patched, unsafe=options["unsafe"] or options["interactive"])
    return _exit_code(read, asked.writer)


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
    from toolsmell.cli.files import given_besides
    from toolsmell.evaluate.datasets import load_cases

    with given_besides():
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


def _unverified(read: list[Augmented]) -> bool:
    """Say whether a model was refused every text for a tool."""
    listed = (p for one in read for p in one.proposals)
    return any(p.refused and not any(v.by_model for v in p.variants) and not _is_poisoned(p) for p in listed)


def _is_poisoned(proposal: Proposal) -> bool:
    return any(v.objection is Objection.POISONED for v in proposal.refused)


def _exit_code(read: list[Augmented], writer: "ModelWriter | None") -> ExitCode:
    if not any(one.proposals for one in read) or any(one.manifest.status is not Status.COMPLETE for one in read):
        return ExitCode.NOT_LINTED
    if writer and writer.failed:
        return ExitCode.JUDGE_FAILED
    return ExitCode.NOT_VERIFIED if writer and _unverified(read) else ExitCode.CLEAN
