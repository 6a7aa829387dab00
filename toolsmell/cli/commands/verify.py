"""`toolsmell verify`."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from toolsmell.cli.click_parameters import option
from toolsmell.cli.options.evidence import EvidenceInput, evidence_options, private_texts, sources_of
from toolsmell.cli.options.frame import frame_option
from toolsmell.cli.options.targets import TargetInput, read_options, say, target_options
from toolsmell.cli.options.writing import WritingInput, asking, rewriting_yardstick, rubric_option, writing_options
from toolsmell.cli.typed import takes
from toolsmell.errors import ExitCode, SourceError, UsageError
from toolsmell.escape import inert, shown, visible
from toolsmell.model import Frame, Manifest
from toolsmell.reporters.parts.rows import amount
from toolsmell.rewrite import compare, compare_output
from toolsmell.rewrite.compare import Verification

if TYPE_CHECKING:
    from toolsmell.evidence.check_verdicts import CheckedSentence

_BOTH: Final = 2


class VerifyInput(NamedTuple):
    """The options as they were typed."""

    target: TargetInput
    frame: Frame
    rubric: str | None
    tools: tuple[str, ...]
    allow_unverified: bool
    evidence: EvidenceInput
    writing: WritingInput
    format_: str


@click.command()
@target_options
@frame_option
@rubric_option
@option("--tool", "tools", multiple=True, metavar="NAME", help="Compare this tool only.")
@option("--allow-unverified", is_flag=True, help="Exit with 0 if sentences are only unverified, not wrong.")
@evidence_options
@writing_options
@option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@takes(VerifyInput)
def command(given: VerifyInput) -> int:
    """Compare tools before and after a rewrite: facts lost, claims without evidence, contradictions, steering.

    Every new sentence is checked against the schema, the server's other tools, its instructions, recorded calls
    (--replay) and documents (--document). Without --model a sentence is verified only if
    schemas and recorded calls prove all that it states; the others are listed as unverified, and the exit code is 1.

    \b
    toolsmell verify before.json after.json
    toolsmell verify before.json after.json --replay calls.json --model gpt-4.1-mini
    toolsmell verify before.json after.json --tool search --format json
    """
    before, after = _both(given.target)
    yardstick = rewriting_yardstick(given.frame, given.rubric)
    sources = sources_of(given.evidence, before)._replace(private=private_texts())
    with asking(given.writing, None) as asked:
        checker = asked.writer.checker if asked.writer else None
        wanted = frozenset(given.tools)
        found = list(compare.verify(before, after, yardstick, sources, checker, tools=wanted))
        usage = asked.usage()
    if checker and checker.asker.stopped:
        say(f"toolsmell: the model was not asked any more: {inert(visible(checker.asker.stopped))}")
    if given.format_ == "json":
        click.echo(json.dumps(compare_output.document(found, compare.added(before, after), usage), indent=2))
    else:
        for line in _lines(found, compare.added(before, after)):
            click.echo(inert(line))
    if checker and checker.asker.failed:
        return ExitCode.JUDGE_FAILED
    return (
        ExitCode.CLEAN
        if all(one.passes(allow_unverified=given.allow_unverified) for one in found)
        else ExitCode.FINDINGS
    )


def _both(target: TargetInput) -> tuple[Manifest, Manifest]:
    """Read the two targets. Raises `UsageError` unless there are two, `SourceError` unless each has one server."""
    from toolsmell.sources.targets import manifests

    targets, options = read_options(target)
    if len(targets) != _BOTH:
        raise UsageError(f"verify compares two targets, BEFORE and AFTER: {len(targets)} given")
    found = [list(manifests((one,), options)) for one in targets]
    for read, one in zip(found, targets, strict=True):
        if len(read) != 1 or read[0].error or not read[0].tools:
            number = sum(bool(manifest.tools) for manifest in read)
            failed = next((manifest.error for manifest in read if manifest.error), None)
            raise SourceError(failed or f"{shown(str(one))}: {number} servers with tools; verify compares one with one")
    return found[0][0], found[1][0]


def _lines(found: list[Verification], added: tuple[str, ...]) -> Iterator[str]:
    changed = [one for one in found if one.changed]
    for one in changed:
        yield from _tool(one)
    if added:
        yield f"not compared, since BEFORE does not have them: {', '.join(map(shown, added))}"
    bad = sum(not one.sound for one in found)
    wrong = f"{bad} with something lost, invented, contradicted or steering"
    yield f"{amount(len(found), 'tool')}: {len(changed)} changed, {wrong}"


def _tool(one: Verification) -> Iterator[str]:
    yield f"{shown(one.name)}  {_change(one)}"
    for violation in one.lost:
        yield f"  lost: {visible(violation.detail)}"
    yield from _listed("contradicted", one.contradicted)
    yield from _listed("steering", one.steering)
    yield from _listed("unsupported", one.unsupported)
    for sentence in one.verified:
        why = f": {visible(sentence.quotation)}" if sentence.quotation else ""
        yield f"  verified by {', '.join(map(visible, sentence.by))}: {visible(sentence.text)}{why}"
    for violation in one.routing:
        yield f"  routing risk: {visible(violation.detail)}"
    for finding in one.findings:
        yield f"  new finding: {visible(finding)}"


def _listed(word: str, sentences: "tuple[CheckedSentence, ...]") -> Iterator[str]:
    for sentence in sentences:
        where = f"{shown(sentence.parameter)}: " if sentence.parameter else ""
        yield f"  {word}: {where}{visible(sentence.text)}"
        yield f"      {visible(sentence.reason)}"


def _change(one: Verification) -> str:
    if one.before is None or one.after is None:
        return "missing in AFTER"
    old, new = (("unscored" if m.overall is None else f"{m.overall:g}") for m in (one.before, one.after))
    return f"score {old} -> {new}, {one.after.tokens - one.before.tokens:+d} tokens"
