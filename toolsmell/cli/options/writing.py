"""The options of `augment` that ask a model. Without `--model` nothing here loads one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import click

from toolsmell.cli.click_parameters import OptionGroup, option
from toolsmell.cli.options.connection import ConnectionInput, asked_as, concurrency_option, connection_options
from toolsmell.errors import UsageError
from toolsmell.model import Frame, Json, Manifest
from toolsmell.reporters.parts.rows import amount
from toolsmell.rewrite.measure import Yardstick
from toolsmell.rules.selection import rule_set
from toolsmell.scoring import rubric
from toolsmell.tokens import compact_json

if TYPE_CHECKING:
    from toolsmell.calling.diversity import Similar
    from toolsmell.calling.recording import Answers, Recorder
    from toolsmell.models.budget import Budget
    from toolsmell.models.client import ChatModel
    from toolsmell.models.connect import ModelOptions
    from toolsmell.models.prices import Price
    from toolsmell.rewrite.choose import ModelChooser
    from toolsmell.rewrite.writer import ModelWriter

_REPLAY: Final = "replay:"
_ANSWER: Final = 250
"""Tokens of an answer, on average."""
_QUESTIONS: Final = 16
"""Questions about one tool without calls: analyse, write and check, at times twice, and compare in both orders."""
_EXPLORING: Final = 6
_VARIED: Final = 0.7
"""Temperature of the writer if several texts are written."""
_PROMPT: Final = 900
"""Tokens of the instructions of one question."""


class WritingInput(NamedTuple):
    """The options as they were typed."""

    model: str | None
    connection: ConnectionInput
    checker: str | None
    embeddings: str | None
    temperature: float | None
    best_of: int
    concurrency: int


writing_options: Final = OptionGroup(
    "Models",
    (
        option(
            "--model",
            metavar="NAME",
            help="Ask this model as well: a name of OpenAI, provider/name, openai/name at --model-url, or replay:FILE.",
        ),
        connection_options(),
        option(
            "--checker",
            metavar="NAME",
            help="Check new sentences with this model instead of --model, at the same server.",
        ),
        option(
            "--embeddings",
            metavar="NAME",
            help="Compare calls by this embedding model, at --model-url if given, instead of by compression.",
        ),
        option(
            "--temperature", type=click.FloatRange(0, 2), metavar="T", help="Temperature of the writer. [default: 0]"
        ),
        option(
            "--best-of", type=click.IntRange(1, 8), default=1, show_default=True, help="Texts to write in each round."
        ),
        concurrency_option,
    ),
)


rubric_option: Final = option(
    "--rubric",
    metavar="FILE",
    help="Measure by this rubric (.yaml or .json, or tdqs) instead of the six components.",
)


def rewriting_yardstick(frame: Frame, source: str | None = None) -> Yardstick:
    """Return the measure of texts: a rubric, the recommended rules and those about security.

    Raises `UsageError` if `source` is no rubric; without it, the shipped one is used.
    """
    loaded = rubric.load(source)
    rules, _ = rule_set(("recommended", "security"), (), loaded)
    return Yardstick(loaded, rules, frame)


class Asking(NamedTuple):
    """A model that writes, with what it consumes; all None if none was named."""

    writer: "ModelWriter | None" = None
    budget: "Budget | None" = None
    recorder: "Recorder | None" = None
    chooser: "ModelChooser | None" = None
    destination: str = ""
    """Where questions go, and with whose key; empty if none are asked."""

    def usage(self) -> Mapping[str, Json]:
        """Return the usage in the form of the output."""
        if self.budget is None:
            return {}
        spent = self.budget.spent
        return {
            "questions": spent.calls,
            "input_tokens": spent.input_tokens,
            "output_tokens": spent.output_tokens,
            "cost": spent.cost,
            "unusable_answers": self.writer.unusable if self.writer else 0,
            "stopped": self.writer.stopped if self.writer else None,
        }


def announced(
    found: Sequence[Manifest],
    tools: frozenset[str],
    destination: str,
    *,
    calls: bool,
    recorded: bool = False,
    price: "Price | None" = None,
) -> str:
    """Return the announcement before the first question: what is sent where, its size and its estimated cost.

    `calls` says that tools are called, `recorded` that results of earlier calls are shown.
    """
    sizes = [max(1, len(compact_json(t.raw)) // 4) for m in found for t in m.tools if not tools or t.name in tools]
    around = sum(len(compact_json(t.raw)) // 16 for m in found for t in m.tools)
    questions = _QUESTIONS + (_EXPLORING if calls else 0)
    read = sum(questions * (_PROMPT + size + min(around, 8_000)) for size in sizes)
    what = "texts of tools and results of calls" if calls or recorded else "texts of tools"
    asked = f"about {len(sizes) * questions} questions about {amount(len(sizes), 'tool')}"
    size = f"{read // 1000 + 1},000 tokens to read and {len(sizes) * questions // 4 + 1},000 to write"
    written = len(sizes) * questions * _ANSWER
    bounds = "--max-questions, --max-tokens and --max-cost bound them"
    costs = f", about ${(read * price.input + written * price.output) / 1_000_000:.2f}" if price else ""
    return f"toolsmell: {what} are sent to the model {destination}; {asked}, {size}{costs} ({bounds})"


Cases: TypeAlias = Mapping[str, tuple[str, ...]]
"""Requests of users by the name of the tool that answers them."""


@contextmanager
def asking(given: WritingInput, answers: "Answers | None" = None, cases: Cases | None = None) -> Iterator[Asking]:
    """Yield the model that the options name; without a name the one that gave recorded `answers`, if there are any.

    Raises `UsageError` if the options do not fit together.
    """
    name = given.model or ""
    if name.startswith(_REPLAY):
        answers, name = _recorded(name.removeprefix(_REPLAY)), ""
    if not name and answers is None:
        yield Asking()
        return
    from toolsmell.calling.diversity import likeness
    from toolsmell.calling.recording import Recorder, Replay

    if not name and answers is not None:
        yield _asking(Replay(answers), answers.model, given, cases, likeness, str)
        return
    from toolsmell.models.connect import connect, destination

    chosen = _chosen(name, given.connection)
    with connect(chosen) as connection, _similar(given.embeddings, chosen) as similar:
        name = name.removeprefix("openai/")
        recorder = Recorder(connection.model, name)
        made = _asking(recorder, name, given, cases, similar, partial(_left, chosen, connection.budget))
        yield made._replace(budget=connection.budget, recorder=recorder, destination=destination(chosen))


def _asking(
    model: "ChatModel",
    name: str,
    given: WritingInput,
    cases: Cases | None,
    similar: "Similar",
    left: Callable[[], str],
) -> Asking:
    """Return a writer, a checker and a chooser that ask `model`. Of the cases, the writer sees one half."""
    from toolsmell.rewrite.asker import Asker
    from toolsmell.rewrite.check.question import Checker
    from toolsmell.rewrite.choose import ModelChooser
    from toolsmell.rewrite.writer import ModelWriter

    usual = _VARIED if given.best_of > 1 else None
    asker = Asker(model, name, usual if given.temperature is None else given.temperature)
    checking = Asker(model, given.checker.removeprefix("openai/")) if given.checker else Asker(model, name)
    shown = {tool: queries[::2] for tool, queries in (cases or {}).items()}
    kept = {tool: queries[1::2] for tool, queries in (cases or {}).items()}
    writer = ModelWriter(asker, Checker(checking), similar=similar, left=left, best_of=given.best_of, cases=shown)
    return Asking(writer, chooser=ModelChooser(checking, kept))


def _recorded(file: str) -> "Answers":
    """Read the answers in a recording."""
    import json

    from toolsmell.calling import recording
    from toolsmell.cli.whole_files import given_besides, read_file

    try:
        with given_besides():
            answers = recording.from_json(json.loads(read_file(file)), file).answers
    except ValueError as error:
        raise UsageError(f"{file}: is no recording: {error}") from None
    if answers is None:
        raise UsageError(f"--model {_REPLAY}{file}: the recording holds no answers of a model")
    return answers


def _chosen(name: str, given: ConnectionInput) -> "ModelOptions":
    if given.model_url and "/" in name and not name.startswith("openai/"):
        raise UsageError(f"--model-url serves no model of another provider: write --model openai/{name}")
    return asked_as(given, name)


@contextmanager
def _similar(embeddings: str | None, chosen: "ModelOptions") -> "Iterator[Similar]":
    from dataclasses import replace

    from toolsmell.calling.diversity import embedded, likeness
    from toolsmell.models.connect import connect_embeddings

    if not embeddings:
        yield likeness
        return
    with connect_embeddings(replace(chosen, model=embeddings)) as model:
        yield embedded(model)


def _left(chosen: "ModelOptions", budget: "Budget") -> str:
    """Return the remaining budget of a model in words."""
    spent = budget.spent
    found = []
    if chosen.max_calls is not None:
        found.append(f"{max(0, chosen.max_calls - spent.calls)} questions to you")
    if chosen.max_tokens is not None:
        found.append(f"{max(0, chosen.max_tokens - spent.input_tokens - spent.output_tokens)} tokens")
    if chosen.max_cost is not None:
        found.append(f"${max(0.0, chosen.max_cost - (spent.cost or 0.0)):.4f}")
    return ", ".join(found)
