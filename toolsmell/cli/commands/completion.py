"""`toolsmell completion`."""

from typing import NamedTuple

import click
from click.shell_completion import get_completion_class

from toolsmell.cli.typed import takes


class CompletionInput(NamedTuple):
    """The options as they were typed."""

    shell: str


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@takes(CompletionInput)
def command(given: CompletionInput) -> None:
    """Print the completion script of a shell.

    \b
    toolsmell completion bash > ~/.local/share/bash-completion/completions/toolsmell
    toolsmell completion zsh > ~/.zfunc/_toolsmell
    toolsmell completion fish > ~/.config/fish/completions/toolsmell.fish
    """
    from toolsmell.cli import group

    complete = get_completion_class(given.shell)
    if complete is None:
        raise click.UsageError(f"no completion for {given.shell}")
    click.echo(complete(group, {}, "toolsmell", "_TOOLSMELL_COMPLETE").source())
