"""`toolsmell brief`."""

import json
from typing import NamedTuple

import click

from toolsmell.cli.click_parameters import option
from toolsmell.cli.options.evidence import EvidenceInput, evidence_options, private_texts, sources_of
from toolsmell.cli.options.frame import frame_option
from toolsmell.cli.options.targets import (
    TargetCommand,
    TargetInput,
    read_options,
    refuse_unknown_tools,
    say,
    target_options,
)
from toolsmell.cli.options.writing import rewriting_yardstick, rubric_option
from toolsmell.cli.typed import takes
from toolsmell.errors import ExitCode
from toolsmell.escape import inert, shown
from toolsmell.model import Frame, Json, Manifest, Status
from toolsmell.reporters.parts.rows import amount
from toolsmell.rewrite import brief_text
from toolsmell.rewrite.brief import Brief
from toolsmell.rewrite.briefs import briefs


class BriefInput(NamedTuple):
    """The options as they were typed."""

    target: TargetInput
    tools: tuple[str, ...]
    frame: Frame
    rubric: str | None
    budget: int
    evidence: EvidenceInput
    format_: str


@click.command(cls=TargetCommand)
@target_options
@option("--tool", "tools", multiple=True, metavar="NAME", help="Write the brief of this tool only.")
@frame_option
@rubric_option
@option(
    "--budget",
    type=click.IntRange(min=200),
    default=brief_text.BUDGET,
    show_default=True,
    metavar="N",
    help="Most tokens for the brief of one tool; its text is always whole.",
)
@evidence_options
@option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@takes(BriefInput)
def command(given: BriefInput) -> int:
    """Print what a writer of descriptions needs, for an agent or a person: text, gaps, evidence, limits, checks.

    Tools with nothing missing and nothing found are left out, unless --tool names them; the neediest come first.
    `toolsmell verify` checks what the writer makes of it.

    \b
    toolsmell brief tools.json
    toolsmell brief tools.json --tool search_issues --document README.md
    toolsmell brief tools.json --replay calls.json --format json
    """
    from toolsmell.sources.targets import manifests

    targets, options = read_options(given.target)
    found = list(manifests(targets, options))
    for manifest in found:
        if manifest.error:
            say(f"toolsmell: {manifest.error}")
    names = {tool.name for manifest in found for tool in manifest.tools if tool.name is not None}
    if names:
        refuse_unknown_tools("--tool", frozenset(given.tools), names)
    written = [(manifest, _of(manifest, given)) for manifest in found]
    _print(written, given)
    complete = bool(names) and all(manifest.status is Status.COMPLETE for manifest in found)
    return ExitCode.CLEAN if complete else ExitCode.NOT_LINTED


def _of(manifest: Manifest, given: BriefInput) -> list[Brief]:
    sources = sources_of(given.evidence, manifest)._replace(private=private_texts())
    return list(briefs(manifest, rewriting_yardstick(given.frame, given.rubric), sources, frozenset(given.tools)))


def _print(written: list[tuple[Manifest, list[Brief]]], given: BriefInput) -> None:
    if given.format_ == "json":
        servers: list[Json] = [
            {"key": manifest.key, "error": manifest.error, "briefs": [brief_text.to_json(b) for b in found]}
            for manifest, found in written
        ]
        click.echo(json.dumps({"schema": brief_text.SCHEMA, "servers": servers}, indent=2))
        return
    for manifest, found in written:
        for brief in found:
            click.echo("\n".join(map(inert, brief_text.text_of(brief, given.budget).split("\n"))) + "\n")
        if manifest.tools:
            say(f"{shown(manifest.key)}: {len(found)} of {amount(len(manifest.tools), 'tool')} to work on")
