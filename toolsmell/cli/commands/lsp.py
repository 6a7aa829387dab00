"""`toolsmell lsp`."""

from functools import partial
from typing import NamedTuple

import click

from toolsmell.cli.options.linting import LintInput, known_ids, scan_options_of
from toolsmell.cli.options.own_targets import excluded
from toolsmell.cli.options.suppressions import make_suppressor
from toolsmell.cli.typed import merged, takes
from toolsmell.errors import UsageError
from toolsmell.project import config
from toolsmell.serve.editor.scanned import ProjectSettings


class LspInput(NamedTuple):
    """The options as they were typed."""

    stdio: bool


@click.command()
@click.option("--stdio", is_flag=True, help="Speak over stdin and stdout: the default, which some editors ask for.")
@takes(LspInput)
def command(given: LspInput) -> None:  # noqa: ARG001  there is one way to speak
    """Show an editor what is wrong with tool descriptions while they are edited. Needs the extra `lsp`.

    \b
    toolsmell lsp      as an editor starts it; docs/editors.md has the settings of several
    """
    try:
        from toolsmell.serve import language_server
    except ImportError as error:
        raise UsageError(f"the language server needs {error.name}: install 'toolsmell[lsp]'") from None
    language_server.serve(project_at)


def project_at(folder: str) -> ProjectSettings:
    """Return the settings that hold in a folder. Raises `UsageError` for a wrong configuration."""
    settings = config.find(folder)
    named = {key.replace("-", "_"): value for key, value in settings.values.items()}
    options = scan_options_of(merged(LintInput(), named), settings)
    suppressor = partial(
        make_suppressor,
        settings,
        known_ids(options.rubric),
        isolated=False,
        baseline=settings.values.get("baseline"),
        partial=True,
    )
    return ProjectSettings(settings.file, options, suppressor, excluded(settings))
