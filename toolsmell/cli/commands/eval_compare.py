"""`toolsmell eval compare`."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from toolsmell.cli.click_parameters import EnumChoice, option
from toolsmell.cli.options import evaluating
from toolsmell.cli.options.models import ModelInput, model_options, read_model
from toolsmell.cli.options.targets import TargetCommand, TargetInput, read_options, say, target_options
from toolsmell.cli.typed import takes
from toolsmell.errors import ExitCode, UsageError
from toolsmell.escape import inert, shown, visible
from toolsmell.evaluate.stats import ALPHA, Effect, mcnemar
from toolsmell.model import Frame, Manifest
from toolsmell.models import prices
from toolsmell.reading.context import ServerContext
from toolsmell.scoring import rubric

if TYPE_CHECKING:
    from toolsmell.judge.preference import Contender, TextComparison

_WORDS = {"first": "before is better", "second": "after is better", "tie": "neither"}


class ComparedTexts(NamedTuple):
    """The model's comparison of two texts of one tool."""

    tool: str
    comparison: "TextComparison"

    @property
    def words(self) -> str:
        return _WORDS[self.comparison.winner] if self.comparison.winner else "no answer"


class Result(NamedTuple):
    """All comparisons of a server."""

    compared: tuple[ComparedTexts, ...]
    unchanged: int

    @property
    def counts(self) -> "Counter[str]":
        return Counter(one.words for one in self.compared)

    @property
    def p(self) -> float:
        """The probability of such a majority if neither version is better (sign test)."""
        return mcnemar(self.counts[_WORDS["second"]], self.counts[_WORDS["first"]])

    @property
    def verdict(self) -> Effect:
        before, after = self.counts[_WORDS["first"]], self.counts[_WORDS["second"]]
        if self.p >= ALPHA:
            return Effect.NONE
        return Effect.BETTER if after > before else Effect.WORSE


class CompareInput(NamedTuple):
    """The options as they were typed."""

    target: TargetInput
    before: str | None
    after: str | None
    model: ModelInput
    frame: Frame
    prompts: Path | None
    gate: bool
    format_: str


@click.command("compare", cls=TargetCommand)
@target_options
@option("--before", metavar="FILE", help="The texts as they were: overrides, augment's JSON, or a list of tools.")
@option("--after", metavar="FILE", help="New texts, in the same forms; the server's own are then before.")
@model_options
@option(
    "--frame",
    type=EnumChoice(Frame),
    default=Frame.EFFECTIVE.value,
    show_default=True,
    help="What is compared.",
)
@option(
    "--prompts",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder with your own compare.j2; it runs in a sandbox.",
)
@option("--gate", is_flag=True, help="Exit 1 if more texts are worse than before, beyond chance.")
@option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True, help="On stdout."
)
@takes(CompareInput)
def compare(given: CompareInput) -> int:
    """Ask a model which of two texts of each tool is better, in both orders.

    An answer that changes with the order is a tie. A text that speaks to the assessor is not sent.

    \b
    toolsmell eval compare tools.json --before main.json --model gpt-4.1-mini
    toolsmell eval compare tools.json --after overrides.json --model openai/qwen3 --model-url http://127.0.0.1:8000/v1
    """
    targets, target_opts = read_options(given.target)
    choice = read_model(given.model)
    if choice.options is None or not (given.before or given.after):
        raise UsageError("to compare, name a model with --model, and other texts with --before or --after")
    (manifest, *others) = evaluating.read_servers(targets, target_opts)
    if others:
        raise UsageError("texts of one server are compared: name one, or choose it with --server")
    before, after = (
        evaluating.with_texts_of(file, manifest, target_opts) if file else manifest
        for file in (given.before, given.after)
    )
    with evaluating.connected(choice, prices.load(), "descriptions and schemas, secrets masked,") as connection:
        assert connection  # noqa: S101 - a model was named
        from toolsmell.judge.panel import Juror
        from toolsmell.judge.preference import Comparer

        juror = Juror(choice.options.model, connection.model)
        comparer = Comparer(juror, rubric.load(), given.prompts, concurrency=choice.concurrency)
        names, pairs = _pairs(before, after, given.frame)
        say(f"toolsmell: {_least(len(pairs))}")
        found = zip(names, comparer.pairs(pairs), strict=True)
        result = Result(tuple(ComparedTexts(*one) for one in found), len(manifest.tools) - len(pairs))
    _show(result, given.format_)
    return _exit_code(result, gate=given.gate)


def _least(texts: int) -> str:
    """Return in words the smallest majority of so many comparisons that is beyond chance."""
    wins = next((n for n in range(texts // 2 + 1, texts + 1) if mcnemar(n, texts - n) < ALPHA), None)
    if wins is None:
        fewest = next(n for n in range(1, 100) if mcnemar(n, 0) < ALPHA)
        return f"{texts} texts differ: too few to show a difference beyond chance ({fewest} that all agree would do)"
    return f"{texts} texts differ: without ties, {wins} of them have to be better on one side to be beyond chance"


def _pairs(before: Manifest, after: Manifest, frame: Frame) -> tuple[list[str], list[tuple["Contender", "Contender"]]]:
    """Return the tools whose texts differ, by name, and the two versions of each."""
    from toolsmell.judge.preference import Contender
    from toolsmell.judge.server_judge import frames_of
    from toolsmell.judge.subject import Subjects

    old, new = ServerContext(before), ServerContext(after)
    frames = frames_of(frame)
    first, second = Subjects(old, frames), Subjects(new, frames)
    both = [(a, b) for a, b in zip(old.tools, new.tools, strict=True) if a.tool.raw != b.tool.raw]
    pairs = [(Contender(a, first.of(a)), Contender(b, second.of(b))) for a, b in both]
    return [a.tool.name or "" for a, _ in both], pairs


def _show(result: Result, format_: str) -> None:
    if format_ == "json":
        click.echo(json.dumps(_as_json(result), indent=2))
        return
    click.echo("\n".join(map(inert, _lines(result))))


def _lines(result: Result) -> Sequence[str]:
    width = max(len(shown(one.tool)) for one in result.compared)
    lines = []
    for one in result.compared:
        reason = f"  ({visible(one.comparison.reason)})" if one.comparison.reason else ""
        lines.append(f"{shown(one.tool):<{width}}  {one.words}{reason}")
        for name, side in (("before", 0), ("after", 1)):
            lines += [f"  {name}: {shown(words, 300)}" for words in _of_side(one.comparison, side)]
    counts = ", ".join(f"{count} {words}" for words, count in result.counts.most_common())
    same = "1 tool has" if result.unchanged == 1 else f"{result.unchanged} tools have"
    lines += ["", f"{counts}; {same} the same texts"]
    if result.counts["no answer"] < len(result.compared):
        lines.append(f"verdict: {result.verdict} (p {result.p:.3f})")
    return lines


def _as_json(result: Result) -> dict[str, object]:
    return {
        "schema": "toolsmell.eval.compare/v1",
        "tools": [
            {
                "name": one.tool,
                "winner": _side(one.comparison),
                "reason": one.comparison.reason or None,
                "says": {"before": _of_side(one.comparison, 0), "after": _of_side(one.comparison, 1)},
            }
            for one in result.compared
        ],
        "unchanged": result.unchanged,
        "p": result.p,
        "verdict": result.verdict.value,
    }


def _of_side(comparison: "TextComparison", side: int) -> list[str]:
    """Return the model's remarks about the text before (0) or after (1), in both orders, each sentence once."""
    return list(dict.fromkeys(words for words in comparison.reasons[side::2] if words))


def _side(comparison: "TextComparison") -> str | None:
    sides = {"first": "before", "second": "after", "tie": "tie"}
    return sides[comparison.winner] if comparison.winner else None


def _exit_code(result: Result, *, gate: bool) -> ExitCode:
    silent = result.counts["no answer"]
    if silent:
        say(f"toolsmell: {silent} of {len(result.compared)} comparisons have no answer")
        return ExitCode.JUDGE_FAILED
    return ExitCode.FINDINGS if gate and result.verdict is Effect.WORSE else ExitCode.CLEAN
