"""The options of `augment` that ask a model. Without `--model` nothing here loads one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import click

from toolsmell.errors import UsageError

if TYPE_CHECKING:
    from toolsmell.calling.diversity import Similar
    from toolsmell.calling.recording import Answers, Recorder
    from toolsmell.models.budget import Budget
    from toolsmell.models.connect import ModelOptions
    from toolsmell.rewrite.model_writer import ModelWriter

F = TypeVar("F", bound=Callable[..., Any])
_REPLAY: Final = "replay:"

_OPTIONS: Final = (
    click.option(
        "--model",
        metavar="NAME",
        help="Ask this model as well: a name of OpenAI, provider/name, openai/name at --model-url, or replay:FILE.",
    ),
    click.option("--model-url", metavar="URL", help="A server that speaks OpenAI's protocol, up to and with /v1."),
    click.option(
        "--model-key-env", metavar="NAME", help="Variable with the key. None is sent to --model-url without it."
    ),
    click.option("--model-timeout", type=click.FloatRange(min=0.1), default=120.0, help="Seconds for one answer."),
    click.option("--max-questions", type=click.IntRange(min=0), metavar="N", help="Ask the model at most so often."),
    click.option("--max-tokens", type=click.IntRange(min=1), metavar="N", help="Stop before it took so many tokens."),
    click.option("--max-cost", type=click.FloatRange(min=0), metavar="USD", help="Stop before this is spent."),
    click.option(
        "--embeddings",
        metavar="NAME",
        help="Tell calls apart by this embedding model, not by compression. Its server is --model-url, if given.",
    ),
    click.option("--offline", is_flag=True, help="Take the model's answers from the cache alone."),
    click.option("--no-cache", is_flag=True, help="Neither read nor fill the cache."),
    click.option("--cache", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="The cache."),
)


class Asking(NamedTuple):
    """A model that writes, and the books of what it consumes; nothing of both where none was named."""

    writer: "ModelWriter | None" = None
    budget: "Budget | None" = None
    recorder: "Recorder | None" = None

    def usage(self) -> dict[str, Any]:
        """Return what was consumed, as the output has it."""
        if self.budget is None:
            return {}
        spent = self.budget.spent
        return {
            "questions": spent.calls,
            "input_tokens": spent.input_tokens,
            "output_tokens": spent.output_tokens,
            "cost": spent.cost,
            "stopped": self.writer.stopped if self.writer else None,
        }


def writing_options(function: F) -> F:
    """Add the options that say which model is asked, and what it may cost."""
    for decorate in reversed(_OPTIONS):
        function = decorate(function)
    return function


@contextmanager
def asking(options: dict[str, Any], answers: "Answers | None" = None) -> Iterator[Asking]:
    """Give the model that the options name; without a name the one that gave recorded `answers`, if there are any.

    Raises `UsageError` where the options do not fit together.
    """
    name = options["model"] or ""
    if name.startswith(_REPLAY):
        answers, name = _recorded(name.removeprefix(_REPLAY)), ""
    if not name and answers is None:
        yield Asking()
        return
    from toolsmell.calling.recording import Recorder, Replay
    from toolsmell.rewrite.model_writer import ModelWriter

    if not name and answers is not None:
        yield Asking(ModelWriter(Replay(answers), answers.model))
        return
    from toolsmell.models.connect import connect

    chosen = _chosen(options)
    with connect(chosen) as connection, _similar(options, chosen) as similar:
        name = name.removeprefix("openai/")
        recorder = Recorder(connection.model, name)
        left = partial(_left, chosen, connection.budget)
        yield Asking(ModelWriter(recorder, name, similar=similar, left=left), connection.budget, recorder)


def _recorded(file: str) -> "Answers":
    """Read the answers in a recording."""
    import json

    from toolsmell.calling import recording
    from toolsmell.cli.files import given_besides, read_file

    try:
        with given_besides():
            answers = recording.from_json(json.loads(read_file(file)), file).answers
    except ValueError as error:
        raise UsageError(f"{file}: is no recording: {error}") from None
    if answers is None:
        raise UsageError(f"--model {_REPLAY}{file}: the recording holds no answers of a model")
    return answers


def _chosen(options: dict[str, Any]) -> "ModelOptions":
    from toolsmell.models.connect import ModelOptions

    name = options["model"]
    if options["model_url"] and "/" in name and not name.startswith("openai/"):
        raise UsageError(f"--model-url serves no model of another provider: write --model openai/{name}")
    return ModelOptions(
        model=options["model"],
        url=options["model_url"],
        key_env=options["model_key_env"],
        timeout=options["model_timeout"],
        max_calls=options["max_questions"],
        max_cost=options["max_cost"],
        max_tokens=options["max_tokens"],
        cache=options["cache"],
        use_cache=not options["no_cache"],
        offline=options["offline"],
    )


@contextmanager
def _similar(options: dict[str, Any], chosen: "ModelOptions") -> "Iterator[Similar]":
    from dataclasses import replace

    from toolsmell.calling.diversity import embedded, likeness
    from toolsmell.models.connect import connect_embeddings

    if not options["embeddings"]:
        yield likeness
        return
    with connect_embeddings(replace(chosen, model=options["embeddings"])) as model:
        yield embedded(model)


def _left(chosen: "ModelOptions", budget: "Budget") -> str:
    """Say what a model may still consume, of what is limited."""
    spent = budget.spent
    found = []
    if chosen.max_calls is not None:
        found.append(f"{max(0, chosen.max_calls - spent.calls)} questions to you")
    if chosen.max_tokens is not None:
        found.append(f"{max(0, chosen.max_tokens - spent.input_tokens - spent.output_tokens)} tokens")
    if chosen.max_cost is not None:
        found.append(f"${max(0.0, chosen.max_cost - (spent.cost or 0.0)):.4f}")
    return ", ".join(found)
