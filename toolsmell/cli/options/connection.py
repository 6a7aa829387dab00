"""The options about asking models: the same names in every command. Nothing here loads a model."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import click

from toolsmell.cli.click_parameters import OptionGroup, option

if TYPE_CHECKING:
    from pathlib import Path

    from toolsmell.models.connect import ModelOptions


Decorator: TypeAlias = Callable[[Any], Any]


class ConnectionInput(NamedTuple):
    """The options as they were typed."""

    model_url: str | None
    model_key_env: str | None
    model_timeout: float
    model_attempts: int
    max_questions: int | None
    max_tokens: int | None
    max_cost: float | None
    offline: bool
    no_cache: bool
    cache: str | None


FORMER_MAX_QUESTIONS: Final = {"--max-questions": "--max-calls"}
"""The former name also means calls of tools in other commands."""


def connection_options(former: Mapping[str, str] | None = None) -> OptionGroup:
    """Return the options about the address and the limits of models.

    `former` maps an option to the name that it had before in the same command.
    """
    before = former or {}

    def named(name: str, **attributes: Any) -> Decorator:
        return option(name, former=(before[name],) if name in before else (), **attributes)

    return OptionGroup("Models", (*_address(named), *_limits(named), *_CACHE))


def _address(named: Callable[..., Decorator]) -> tuple[Decorator, ...]:
    return (
        named("--model-url", metavar="URL", help="Ask a server that speaks OpenAI's protocol; the URL ends with /v1."),
        named("--model-key-env", metavar="NAME", help="Variable with the key. Without it --model-url gets no key."),
        named(
            "--model-timeout",
            type=click.FloatRange(min=0.1),
            default=120.0,
            show_default=True,
            help="Seconds for one answer.",
        ),
        named(
            "--model-attempts",
            type=click.IntRange(1, 20),
            default=5,
            show_default=True,
            help="Attempts at one answer.",
        ),
    )


def _limits(named: Callable[..., Decorator]) -> tuple[Decorator, ...]:
    return (
        named(
            "--max-questions",
            type=click.IntRange(min=0),
            metavar="N",
            help="Ask models at most this often; answers from the cache are free.",
        ),
        named(
            "--max-tokens",
            type=click.IntRange(min=1),
            metavar="N",
            help="Stop before models read and wrote more tokens than this.",
        ),
        named(
            "--max-cost", type=click.FloatRange(min=0), metavar="USD", help="Stop before the cost exceeds this amount."
        ),
    )


_CACHE: Final = (
    option("--offline", is_flag=True, help="Take answers from the cache only."),
    option("--no-cache", is_flag=True, help="Neither read nor fill the cache."),
    option(
        "--cache",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        help="Cache of answers. [default: a file in the user's cache folder]",
    ),
)

concurrency_option: Final = option(
    "--concurrency", type=click.IntRange(1, 64), default=4, show_default=True, help="Questions to ask at the same time."
)


def path_of(name: str | None) -> "Path | None":
    """Return the name as a path, or None."""
    from pathlib import Path

    return Path(name) if name else None


def asked_as(given: ConnectionInput, model: str = "") -> "ModelOptions":
    """Return the options of a model. Without a name, they apply to several models."""
    from toolsmell.models.connect import ModelOptions

    return ModelOptions(
        model=model,
        url=given.model_url,
        key_env=given.model_key_env,
        timeout=given.model_timeout,
        attempts=given.model_attempts,
        max_calls=given.max_questions,
        max_cost=given.max_cost,
        max_tokens=given.max_tokens,
        cache=path_of(given.cache),
        use_cache=not given.no_cache,
        offline=given.offline,
    )
