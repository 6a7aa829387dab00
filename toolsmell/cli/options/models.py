"""The options of every command that asks a model."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from toolsmell.models.connect import ModelOptions

F = TypeVar("F", bound=Callable[..., Any])


class ModelChoice(NamedTuple):
    """What the user said about a model."""

    options: ModelOptions | None
    """None where no model was named: nothing is asked then."""
    concurrency: int
    shared: ModelOptions
    """What holds for every model of the command, without one's name and address."""


def model_options(function: F) -> F:
    """Add the options that say which model is asked, with what, how much it may cost, and where answers are kept."""
    return asking_options(_with(function, _RECORDING))


def asking_options(function: F) -> F:
    """Add the same without `--record` and `--replay`, for commands that record more than answers."""
    return _with(function, _ASKING)


def _with(function: F, options: tuple[Callable[[F], F], ...]) -> F:
    for decorate in reversed(options):
        function = decorate(function)
    return function


_FILE = click.Path(dir_okay=False, path_type=Path)

prices_option = click.option(
    "--prices",
    "price_file",
    type=_FILE,
    metavar="FILE",
    help="A price table instead of the one that comes with toolsmell.",
)
_ASKING = (
    click.option(
        "--model", metavar="NAME", help="Ask this model: a name of OpenAI, provider/name, or a name at --model-url."
    ),
    click.option("--model-url", metavar="URL", help="Ask a server that speaks OpenAI's protocol, up to and with /v1."),
    click.option(
        "--model-key-env", metavar="NAME", help="Variable with the key. No key is sent to --model-url without it."
    ),
    click.option(
        "--model-timeout", type=click.FloatRange(min=0.1), default=120.0, show_default=True, help="Seconds an answer."
    ),
    click.option(
        "--concurrency", type=click.IntRange(1, 64), default=4, show_default=True, help="Questions at the same time."
    ),
    click.option(
        "--max-calls", type=click.IntRange(min=0), metavar="N", help="Ask at most so often; the cache is free."
    ),
    click.option("--max-cost", type=click.FloatRange(min=0), metavar="USD", help="Stop before this is spent."),
    click.option("--offline", is_flag=True, help="Answer from the cache alone."),
    click.option("--no-cache", is_flag=True, help="Neither read nor fill the cache."),
    click.option("--cache", type=_FILE, metavar="FILE", help="The cache, if not the user's own."),
)
_RECORDING = (
    click.option("--record", type=_FILE, metavar="FILE", help="Write questions and answers to this file."),
    click.option("--replay", type=_FILE, metavar="FILE", help="Answer from a recording alone."),
)


def read_model(options: dict[str, Any]) -> ModelChoice:
    """Take the model options out of `options`."""
    shared = ModelOptions(
        model="",
        timeout=options.pop("model_timeout"),
        max_calls=options.pop("max_calls"),
        max_cost=options.pop("max_cost"),
        cache=options.pop("cache"),
        use_cache=not options.pop("no_cache"),
        offline=options.pop("offline"),
    )
    model, url, key_env = (options.pop(name) for name in ("model", "model_url", "model_key_env"))
    record, answers = options.pop("record", None), options.pop("replay", None)
    chosen = replace(shared, model=model, url=url, key_env=key_env, record=record, replay=answers) if model else None
    return ModelChoice(chosen, options.pop("concurrency"), shared)
