"""The options of `augment` that ask a model. Without `--model` nothing here loads one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import click

if TYPE_CHECKING:
    from toolsmell.llm.budget import Budget
    from toolsmell.rewrite.model_writer import ModelWriter

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS: Final = (
    click.option(
        "--model",
        metavar="NAME",
        help="Ask this model as well: a name of OpenAI, provider/name, or one at --model-url.",
    ),
    click.option("--model-url", metavar="URL", help="A server that speaks OpenAI's protocol, up to and with /v1."),
    click.option(
        "--model-key-env", metavar="NAME", help="Variable with the key. None is sent to --model-url without it."
    ),
    click.option("--model-timeout", type=click.FloatRange(min=0.1), default=120.0, help="Seconds for one answer."),
    click.option("--max-questions", type=click.IntRange(min=0), metavar="N", help="Ask the model at most so often."),
    click.option("--max-cost", type=click.FloatRange(min=0), metavar="USD", help="Stop before this is spent."),
    click.option("--offline", is_flag=True, help="Take the model's answers from the cache alone."),
    click.option("--no-cache", is_flag=True, help="Neither read nor fill the cache."),
    click.option("--cache", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="The cache."),
)


class Asking(NamedTuple):
    """A model that writes, and the books of what it consumes; nothing of both where none was named."""

    writer: "ModelWriter | None" = None
    budget: "Budget | None" = None

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
        }


def writing_options(function: F) -> F:
    """Add the options that say which model is asked, and what it may cost."""
    for decorate in reversed(_OPTIONS):
        function = decorate(function)
    return function


@contextmanager
def asking(options: dict[str, Any]) -> Iterator[Asking]:
    """Give the model that the options name. Raises `UsageError` where they do not fit together."""
    name = options["model"]
    if not name:
        yield Asking()
        return
    from toolsmell.llm.connect import ModelOptions, connect
    from toolsmell.rewrite.model_writer import ModelWriter

    chosen = ModelOptions(
        model=name,
        url=options["model_url"],
        key_env=options["model_key_env"],
        timeout=options["model_timeout"],
        max_calls=options["max_questions"],
        max_cost=options["max_cost"],
        cache=options["cache"],
        use_cache=not options["no_cache"],
        offline=options["offline"],
    )
    with connect(chosen) as connection:
        yield Asking(ModelWriter(connection.model, name), connection.budget)
