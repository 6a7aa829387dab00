"""The command line. Each command has its own module, which is loaded when the command runs. Only this room prints."""

import contextlib
import errno
import gc
import os
import sys
from importlib import import_module

from toolsmell.deferred import deferred
from toolsmell.errors import ExitCode, ToolsmellError, UsageError
from toolsmell.sources import server
from toolsmell.version import __version__


def _cleandoc(text: str) -> str:
    """Clean the help of an option as `inspect` does. click calls this for every option, and most are one line."""
    if "\n" in text or "\t" in text:
        return str(import_module("inspect").cleandoc(text))
    return text.lstrip()


# click needs these only for help pages and for options whose values are UUIDs.
with deferred("inspect", {"cleandoc": _cleandoc}), deferred("uuid", meanwhile={"UUID": object}):
    import click

_OBJECTS_BETWEEN_COLLECTIONS = 50_000
_ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")
"""Signals that end a program: from a terminal, a system that shuts down, a terminal that closes."""
_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO))
"""Errors of a stream or a disk that cannot be written to."""

COMMANDS = {
    "scan": "score and lint the tools of servers, files and client configurations",
    "init": "write a configuration, a hook and a workflow for a repository",
    "explain": "explain a rule or a smell, with examples",
    "rules": "list all rules",
    "augment": "propose better descriptions, with evidence for every sentence, as a diff",
    "brief": "print what a writer of descriptions needs: text, gaps, evidence, limits, checks",
    "verify": "compare tools before and after a rewrite: what was lost, and what is not true",
    "report": "show a stored report in another format",
    "dump": "save what a live server sends, to commit, diff and scan offline",
    "baseline": "write today's findings to a file, to fail only on new ones",
    "lock": "pin the tools of servers, to see later what changed",
    "judge": "ask models in batches, and measure how well jurors agree",
    "eval": "measure whether descriptions help, before and after",
    "survey": "score many servers into tables, and summarise them",
    "crawl": "start many servers from registry entries, and keep what they send",
    "calibrate": "fit the scores to your own labels, and measure how well they agree",
    "action": "what the GitHub Action runs",
    "mcp": "serve toolsmell to an agent over MCP",
    "lsp": "show an editor what is wrong while descriptions are edited",
    "completion": "print the completion script of a shell",
}
"""Name -> short help. The module of a command has its name, and is loaded when the command runs."""


class LazyGroup(click.Group):
    """A group that imports a command when it is called: a hook pays for one command only."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"toolsmell.cli.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="toolsmell %(version)s")
def group() -> None:
    """Find what is wrong with the tool descriptions of MCP servers.

    \b
    toolsmell scan tools.json                  a file: a tools/list result, a dump ...
    toolsmell scan -- uvx mcp-server-time      a live server, started and ended
    toolsmell scan https://example.com/mcp     a server at an address
    toolsmell explain unclear-purpose          what a finding means
    """


def main() -> None:
    """Run the command line and end the process with its exit code."""
    # A start creates a hundred thousand lasting objects and almost no cycles to collect.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    server.is_own_process = True
    try:
        code = run(sys.argv[1:])
    finally:
        _end_all()
    gc.freeze()
    sys.exit(code)


def _end_all() -> None:
    """End what servers left behind, whatever signals arrive meanwhile."""
    import signal

    # Only loaded if a server was started.
    descendants = sys.modules.get("toolsmell.sources.server.descendants")
    while True:
        try:
            for name in _ENDING:
                with contextlib.suppress(ValueError, OSError):
                    signal.signal(getattr(signal, name), signal.SIG_IGN)
            if descendants:
                descendants.end_all()
        except KeyboardInterrupt:
            continue
        break


def run(args: list[str]) -> int:
    """Run the command line and return its exit code. Errors are printed to stderr."""
    try:
        _check_surroundings()
        _end_servers_when_terminated()
        result = group.main(args, prog_name="toolsmell", standalone_mode=False)
        _flush()
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("toolsmell: interrupted", err=True)
        return ExitCode.INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # The reader closed the pipe (`| head`), for which click may exit. Nothing can be written, not even at exit.
        _forget_stdout()
        return ExitCode.CLEAN
    except ToolsmellError as error:
        return _fail(error)
    except OSError as error:
        if error.errno not in _FULL:
            return _crash(error)
        _forget_stdout()
        return _fail(UsageError(f"{error.filename or 'stdout'}: cannot be written: {error.strerror}"))
    except Exception as error:  # noqa: BLE001  the last line of defence: a clear word instead of a traceback
        return _crash(error)
    return result if isinstance(result, int) else ExitCode.CLEAN


def _check_surroundings() -> None:
    """Replace closed streams by /dev/null. Raises `UsageError` without stdout or a working directory."""
    closed = [stream is None for stream in (sys.stdin, sys.stdout, sys.stderr)]
    if any(closed):
        # The lowest free number is used first, so that no other file gets the number of a stream.
        while os.open(os.devnull, os.O_RDWR) <= 2:
            pass
        sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if closed[1]:
        raise UsageError("stdout is closed, and nothing can be written: send it to a file or to /dev/null")
    try:
        os.getcwd()
    except OSError as error:
        raise UsageError(f"the working directory is gone ({error.strerror}): change to another one") from None


def _forget_stdout() -> None:
    """Discard everything that is still to be written, even what Python writes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _end_servers_when_terminated() -> None:
    """Make each signal that ends a program an interruption, so that no server outlives the run that started it."""
    import signal

    for name in _ENDING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)


def _flush() -> None:
    sys.stdout.flush()


def _fail(error: ToolsmellError) -> int:
    from toolsmell.escape import inert, visible

    lines = visible(f"toolsmell: {error}", keep="\n").split("\n")
    click.echo("\n".join(map(inert, lines)), err=True)
    return error.exit_code


def _crash(error: Exception) -> int:
    if os.environ.get("TOOLSMELL_DEBUG"):
        raise error
    from toolsmell.escape import inert, visible

    words = visible(f"{type(error).__name__}: {error}")[:500]
    click.echo(inert(f"toolsmell: internal error: {words}"), err=True)
    click.echo("This is a bug in toolsmell. TOOLSMELL_DEBUG=1 shows where; please report it with that.", err=True)
    return ExitCode.INTERNAL
