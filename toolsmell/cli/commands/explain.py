"""`toolsmell explain`."""

from typing import NamedTuple

import click

from toolsmell.cli.typed import takes
from toolsmell.reporters.parts.pages import page
from toolsmell.rules import BY_ID
from toolsmell.scoring import rubric
from toolsmell.scoring.smelly import SMELLY


def _complete(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    parts = [part.smell for part in rubric.load().components.values()]
    return [id_ for id_ in (SMELLY, *parts, *BY_ID) if id_.startswith(incomplete)]


class ExplainInput(NamedTuple):
    """The options as they were typed."""

    id_: str


@click.command()
@click.argument("id_", metavar="ID", shell_complete=_complete)
@takes(ExplainInput)
def command(given: ExplainInput) -> None:
    """Explain a rule or a smell: what it checks, why it matters, and a smelly and a better example.

    \b
    toolsmell explain undescribed-parameter
    toolsmell explain unclear-purpose
    """
    click.echo(page(given.id_))
