"""The options of every command that asks one model."""

from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

import click

from toolsmell.cli.click_parameters import OptionGroup, option
from toolsmell.cli.options.connection import (
    FORMER_MAX_QUESTIONS,
    ConnectionInput,
    asked_as,
    concurrency_option,
    connection_options,
)
from toolsmell.models.connect import ModelOptions

_FILE = click.Path(dir_okay=False, path_type=Path)


class ModelChoice(NamedTuple):
    """The user's choice of a model."""

    options: ModelOptions | None
    """None if no model was named: nothing is asked then."""
    concurrency: int
    shared: ModelOptions
    """The options for every model of the command, without name and address."""


class AskingInput(NamedTuple):
    """The options as they were typed, for a command that records more than answers."""

    model: str | None
    connection: ConnectionInput
    concurrency: int


class ModelInput(NamedTuple):
    """The options as they were typed."""

    asking: AskingInput
    record: Path | None
    replay: Path | None


prices_option: Final = option(
    "--prices",
    "price_file",
    type=_FILE,
    metavar="FILE",
    help="A price table instead of the one that comes with toolsmell.",
)
asking_options: Final = OptionGroup(
    "Models",
    (
        option(
            "--model", metavar="NAME", help="Ask this model: a name of OpenAI, provider/name, or a name at --model-url."
        ),
        connection_options(FORMER_MAX_QUESTIONS),
        concurrency_option,
    ),
)
model_options: Final = OptionGroup(
    "Models",
    (
        asking_options,
        option("--record", type=_FILE, metavar="FILE", help="Write questions and answers to this file."),
        option("--replay", type=_FILE, metavar="FILE", help="Take answers from this recording only."),
    ),
)


def read_model(given: ModelInput) -> ModelChoice:
    """Return the model that was named, and how it is asked."""
    choice = read_asking(given.asking)
    if choice.options is None:
        return choice
    return choice._replace(options=replace(choice.options, record=given.record, replay=given.replay))


def read_asking(given: AskingInput) -> ModelChoice:
    """Return the model that was named, and how it is asked, without a recording."""
    asked = asked_as(given.connection)
    chosen = replace(asked, model=given.model) if given.model else None
    return ModelChoice(chosen, given.concurrency, replace(asked, url=None, key_env=None))
