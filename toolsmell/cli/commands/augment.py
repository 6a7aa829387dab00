"""`toolsmell augment`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from toolsmell.cli.click_parameters import OptionGroup, option
from toolsmell.cli.interactive import Interview
from toolsmell.cli.options.calling import CallInput, CallOptions, call_options, launch_of, read_calls, with_calls
from toolsmell.cli.options.delivery import Augmented, ReadRequest, add_answers, apply, show, write_overrides
from toolsmell.cli.options.evidence import document_option, private_texts, read_documents
from toolsmell.cli.options.frame import frame_option
from toolsmell.cli.options.recorded import FILE, record
from toolsmell.cli.options.targets import (
    TargetCommand,
    TargetInput,
    after_dashes,
    read_options,
    refuse_unknown_tools,
    say,
    target_options,
)
from toolsmell.cli.options.writing import (
    Asking,
    WritingInput,
    announced,
    asking,
    rewriting_yardstick,
    rubric_option,
    writing_options,
)
from toolsmell.cli.typed import takes
from toolsmell.errors import ExitCode, UsageError
from toolsmell.escape import inert, shown, visible
from toolsmell.evidence.claims import Objection
from toolsmell.evidence.code import with_implementations
from toolsmell.evidence.proposals import Proposal, VariantKind
from toolsmell.model import Frame, Json, Manifest, Place, Status
from toolsmell.models import prices
from toolsmell.reading.context import ServerContext
from toolsmell.reporters.parts.rows import amount
from toolsmell.rewrite import edits
from toolsmell.rewrite.cited_sentences import rests_of
from toolsmell.rewrite.code_claims import shared_facts
from toolsmell.rewrite.measure import Bench
from toolsmell.rewrite.moved import moved
from toolsmell.rewrite.propose import Options, improve, within
from toolsmell.rewrite.waste import shared
from toolsmell.sources.options import Command, TargetOptions
from toolsmell.sources.server.launch import Launch
from toolsmell.sources.targets import manifests

if TYPE_CHECKING:
    from toolsmell.evaluate.datasets import Case
    from toolsmell.rewrite.writer import ModelWriter


class AugmentInput(NamedTuple):
    """The options as they were typed."""

    target: TargetInput
    tools: tuple[str, ...]
    frame: Frame
    rubric: str | None
    variant: str | None
    budget: int | None
    server_budget: int | None
    move_shared: bool
    case_file: Path | None
    calls: CallInput
    documents: tuple[Path, ...]
    writing: WritingInput
    format_: str
    apply: bool
    unsafe: bool
    interactive: bool
    record_evidence: bool
    overrides_file: Path | None
    overrides_format: str


_FILE: Final = click.Path(dir_okay=False, path_type=Path)

_delivery_options: Final = OptionGroup(
    "Result",
    (
        option(
            "--format",
            "format_",
            type=click.Choice(["text", "diff", "json"]),
            default="text",
            show_default=True,
            help="Format on stdout.",
        ),
        option("--apply", is_flag=True, help="Write the verified texts to the files."),
        option("--unsafe", is_flag=True, help="With --apply: also texts that a model wrote."),
        option(
            "--record-evidence",
            is_flag=True,
            help="With --apply: record in .toolsmell/evidence.json which lines of code support each sentence.",
        ),
        option("--interactive", is_flag=True, help="Show each diff and ask: yes, no, edit, skip the server, quit."),
        option(
            "--overrides",
            "overrides_file",
            type=_FILE,
            metavar="FILE",
            help="Write the new texts for a server that is not yours.",
        ),
        option(
            "--overrides-format",
            type=click.Choice(["fastmcp", "map"]),
            default="fastmcp",
            show_default=True,
            help="FastMCP tool transformations, or a plain map.",
        ),
    ),
)


@click.command(cls=TargetCommand)
@target_options
@option("--tool", "tools", multiple=True, metavar="NAME", help="Rewrite this tool only.")
@frame_option
@rubric_option
@option("--full", "variant", flag_value=VariantKind.FULL.value, help="Propose everything that the evidence supports.")
@option(
    "--compact",
    "variant",
    flag_value=VariantKind.COMPACT.value,
    help="Propose the most useful part of it only. [default: the variant that works best]",
)
@option("--budget", type=click.IntRange(min=1), metavar="N", help="Limit on the tokens of each tool.")
@option("--server-budget", type=click.IntRange(min=1), metavar="N", help="Limit on the tokens of all tools together.")
@option(
    "--move-shared", is_flag=True, help="Move sentences that three or more tools share to the server's instructions."
)
@option(
    "--cases",
    "case_file",
    type=_FILE,
    metavar="FILE",
    help="Choose by what users ask (JSON Lines), and propose nothing that a search finds worse.",
)
@call_options
@document_option
@writing_options
@_delivery_options
@takes(AugmentInput)
def command(given: AugmentInput) -> int:
    """Propose better descriptions, with evidence for every sentence, as a diff.

    Without --call no tool is called, and without --model no model is asked. Then only what is plainly right is
    proposed: words of a sibling about the same parameter, the tool that returns an id, and the removal of waste. With
    --model, texts are drafted, every new sentence is checked against the evidence, and texts compete with the original
    by use. `toolsmell brief` and `toolsmell verify` are for other writers.

    \b
    toolsmell augment tools.json
    toolsmell augment tools.json --format diff | git apply
    toolsmell augment tools.json --apply
    toolsmell augment tools.json --cases cases.jsonl
    toolsmell augment --overrides mcp.json -- uvx mcp-server-time
    toolsmell augment --call 'get_*,list_notes' --record calls.json -- uvx some-server
    toolsmell augment --replay calls.json
    """
    calls = read_calls(given.calls, max_bytes=given.target.max_bytes, model=given.writing.model)
    replayed = calls.replay.manifest if calls.replay and not given.target.targets and not after_dashes() else None
    target = given.target._replace(targets=(replayed.source,)) if replayed else given.target
    targets, target_opts = read_options(target)
    if given.record_evidence and not (given.apply or given.interactive):
        raise UsageError("--record-evidence records what is written: add --apply or --interactive")
    if given.apply and given.interactive:
        raise UsageError("--apply and --interactive exclude one another")
    if given.move_shared and (given.interactive or given.overrides_file or given.tools):
        raise UsageError("--move-shared is about all tools: leave out --tool, --interactive and --overrides")
    settings, cases = _settings(given), _cases(given.case_file)
    found = [replayed] if replayed else _read(targets, target_opts, settings.tools)
    launch = launch_of(targets, target_opts) if calls.policy.calls else None
    read, asked = _proposals(found, settings, given, calls, launch, by_tool(cases or ()))
    if cases is not None:
        read = _kept(read, cases, given)
    if given.interactive:
        interview = Interview()
        read = [interview.ask(one) for one in read]
    _deliver(read, given, ReadRequest(targets, target_opts, overridden=given.overrides_file is not None), asked.usage())
    return _exit_code(read, asked.writer)


def _proposals(
    found: list[Manifest],
    settings: Options,
    given: AugmentInput,
    calls: CallOptions,
    launch: Launch | None,
    cases: Mapping[str, tuple[str, ...]],
) -> tuple[list[Augmented], Asking]:
    """Return the proposals for each server, and the model that was asked."""
    with asking(given.writing, calls.replay.answers if calls.replay else None, cases) as asked:
        if asked.destination:
            price = prices.load().of(given.writing.model or "")
            made, old = calls.policy.calls, calls.replay is not None
            say(announced(found, settings.tools, asked.destination, calls=made, recorded=old, price=price))
        settings = settings._replace(writer=asked.writer, chooser=asked.chooser)
        if asked.writer:
            settings = settings._replace(progress=lambda words: say(inert(visible(words))))
        read = [_augmented(m, with_calls(m, _placed(settings, m, given), calls, launch), given) for m in found]
    if asked.writer and asked.writer.unusable:
        say(f"toolsmell: {asked.writer.unusable} answers of the model were unusable")
    if asked.writer and asked.writer.asker.unrecorded:
        say(f"toolsmell: {asked.writer.asker.unrecorded}; texts without recorded answers are left alone")
    if asked.writer and asked.writer.stopped:
        what = "failed" if asked.writer.failed else "was asked no more"
        say(f"toolsmell: the model {what}: {inert(visible(asked.writer.stopped))}; the rest is from templates")
    if calls.record and asked.recorder:
        add_answers(calls.record, read, asked.recorder, called=calls.policy.calls)
    return read, asked


def by_tool(cases: "Sequence[Case]") -> dict[str, tuple[str, ...]]:
    """Return the requests by the tool that answers them; those of several tools are left out."""
    found: dict[str, tuple[str, ...]] = {}
    for case in cases:
        if len(case.tools) == 1:
            found[case.tools[0]] = (*found.get(case.tools[0], ()), case.query)
    return found


def _deliver(read: list[Augmented], given: AugmentInput, origin: ReadRequest, usage: Mapping[str, Json]) -> None:
    """Print what is proposed, and write it as the options say."""
    if given.overrides_file:
        write_overrides(read, given.overrides_file, given.overrides_format, origin)
    patched = edits.patched((one.manifest, one.proposals, one.move.instructions if one.move else None) for one in read)
    show(read, patched, given.format_, origin, usage)
    if given.apply or given.interactive:
        apply(read, patched, unsafe=given.unsafe or given.interactive)
        if given.record_evidence:
            added = record(rests_of((one.manifest.key, one.proposals) for one in read))
            say(f"recorded the evidence of {amount(added, 'sentence')} in {FILE}")


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


def _settings(given: AugmentInput) -> Options:
    return Options(
        rewriting_yardstick(given.frame, given.rubric),
        tools=frozenset(given.tools),
        budget=given.budget,
        server_budget=given.server_budget,
        concurrency=given.writing.concurrency,
        kind=VariantKind(given.variant) if given.variant else None,
        private=private_texts(),
        documents=read_documents(given.documents),
    )


def _augmented(manifest: Manifest, settings: Options, given: AugmentInput) -> Augmented:
    server = ServerContext(with_implementations(manifest))
    if given.move_shared:
        return _with_move(server, settings)
    proposals = tuple(improve(server, settings))
    if settings.tools:
        return Augmented(manifest, proposals)
    return Augmented(manifest, proposals, shared(server), None, shared_facts(server))


def _with_move(server: ServerContext, settings: Options) -> Augmented:
    """Move what tools share to the instructions, and then keep all within the budget of the server."""
    manifest, locator = server.manifest, server.manifest.locator
    made = improve(server, settings._replace(server_budget=None))
    found = moved(
        Bench(server, settings.yardstick),
        tuple(made),
        lambda tool, pointer: locator.unwritable(Place(tool, pointer)) if locator else "no file can be edited",
    )
    if found.reason:
        say(f"{shown(manifest.key)}: {visible(found.reason)}")
    told = manifest.instructions if found.move is None else found.move.instructions
    count = settings.yardstick.counter.tokens
    tokens = server.tokens + count(told or "") - count(manifest.instructions or "")
    kept = within({p.index: p for p in found.proposals}, tokens, settings.server_budget)
    return Augmented(manifest, tuple(kept.values()), shared(server), found.move, shared_facts(server))


def _placed(settings: Options, manifest: Manifest, given: AugmentInput) -> Options:
    """Return the settings so that only what the source code has a place for is proposed; overrides have one for all."""
    locator = manifest.locator
    if given.overrides_file or locator is None:
        return settings
    return settings._replace(unwritable=lambda tool, pointer: locator.unwritable(Place(tool, pointer)))


def _cases(file: Path | None) -> "tuple[Case, ...] | None":
    if file is None:
        return None
    from toolsmell.cli.whole_files import given_besides
    from toolsmell.evaluate.datasets import load_cases

    with given_besides():
        return load_cases(file)


def _kept(read: list[Augmented], cases: "tuple[Case, ...]", given: AugmentInput) -> list[Augmented]:
    """Keep the proposals that the cases find best. They also choose the kind of text if no option does."""
    from toolsmell.evaluate.choice_by_cases import keep

    kinds = () if given.variant or given.budget else tuple(VariantKind)
    kept = []
    for one in read:
        chosen = keep(one.manifest, one.proposals, cases, kinds)
        say(f"{shown(one.manifest.key)}: {chosen.reason}")
        kept.append(one._replace(proposals=chosen.proposals))
    return kept


def _unverified(read: list[Augmented]) -> bool:
    """Return True if every text that a model wrote for some tool was rejected."""
    listed = (p for one in read for p in one.proposals)
    return any(p.refused and not any(v.by_model for v in p.variants) and not _is_poisoned(p) for p in listed)


def _is_poisoned(proposal: Proposal) -> bool:
    return any(v.objection is Objection.POISONED for v in proposal.refused)


def _exit_code(read: list[Augmented], writer: "ModelWriter | None") -> ExitCode:
    if not any(one.proposals for one in read) or any(one.manifest.status is not Status.COMPLETE for one in read):
        return ExitCode.NOT_LINTED
    if writer and (writer.failed or (writer.asker.unrecorded and not writer.answered)):
        return ExitCode.JUDGE_FAILED
    return ExitCode.NOT_VERIFIED if writer and _unverified(read) else ExitCode.CLEAN
