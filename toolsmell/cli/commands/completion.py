"""`toolsmell completion`."""

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script of a shell.

    \b
    toolsmell completion bash > ~/.local/share/bash-completion/completions/toolsmell
    toolsmell completion zsh > ~/.zfunc/_toolsmell
    toolsmell completion fish > ~/.config/fish/completions/toolsmell.fish
    """
    from toolsmell.cli import group

    complete = get_completion_class(shell)
    if complete is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(complete(group, {}, "toolsmell", "_TOOLSMELL_COMPLETE").source())
