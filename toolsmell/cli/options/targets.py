"""The options that every command takes which reads servers."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from toolsmell.errors import UsageError
from toolsmell.escape import inert, shown, visible
from toolsmell.model import Manifest
from toolsmell.sources.json.manifest import STDIN
from toolsmell.sources.json.shapes import Kind
from toolsmell.sources.options import Command, Consent, TargetOptions

F = TypeVar("F", bound=Callable[..., Any])

_TARGETS = "A target is a file, a folder, - for stdin, an http(s) URL, or everything after -- as one command."

_DASHES = "toolsmell.after-dashes"


class TargetCommand(click.Command):
    """A command whose arguments after `--` are one command to start, not further targets."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if "--" in args:
            at = args.index("--")
            ctx.meta[_DASHES] = tuple(args[at + 1 :])
            args = args[:at]
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [*super().collect_usage_pieces(ctx), "[-- COMMAND...]"]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_help_text(ctx, formatter)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_TARGETS)


def after_dashes() -> tuple[str, ...] | None:
    """Return the command that was typed after `--`; None where there was no `--`."""
    typed: tuple[str, ...] | None = click.get_current_context().meta.get(_DASHES)
    return typed


def target_options(function: F) -> F:
    """Add the target argument and the options that say how targets are read."""
    for decorate in reversed(_OPTIONS):
        function = decorate(function)
    return function


_OPTIONS = (
    click.argument("targets", nargs=-1, metavar="[TARGET]..."),
    click.option(
        "--kind", type=click.Choice([k.value for k in Kind]), help="What the files are; else seen by content."
    ),
    click.option("--stdin-filename", metavar="FILE", help="Read - as if it were this file, for editors."),
    click.option("--name", help="What to call the server in the report."),
    click.option(
        "--source",
        metavar="DIR",
        type=click.Path(exists=True, file_okay=False),
        help="Show findings on the source code below DIR that the tools were written in.",
    ),
    click.option("--run", is_flag=True, help="Start or connect to the servers that a file names."),
    click.option(
        "--server", "servers", multiple=True, metavar="NAME", help="Of a client configuration: this server only."
    ),
    click.option(
        "--env",
        multiple=True,
        metavar="NAME[=VALUE]",
        help="Pass this variable to the server (and allow ${NAME} in files).",
    ),
    click.option("--header", "headers", multiple=True, metavar="'NAME: VALUE'", help="Send this header to the URL."),
    click.option(
        "--transport",
        type=click.Choice(["streamable-http", "sse"]),
        default="streamable-http",
        show_default=True,
        help="How the URL speaks; sse is the older way.",
    ),
    click.option(
        "--timeout", type=click.FloatRange(min=0.1), default=60.0, show_default=True, help="Seconds for one server."
    ),
    click.option(
        "--jobs", type=click.IntRange(1, 64), default=4, show_default=True, help="Servers asked at the same time."
    ),
    click.option(
        "--max-bytes",
        type=click.IntRange(min=1),
        default=64 * 1024 * 1024,
        metavar="N",
        help="Largest document. [default: 64 MiB]",
    ),
    click.option(
        "--prefer", type=click.Choice(["package", "remote"]), default="package", help="Of a server.json that has both."
    ),
    click.option(
        "--package", type=click.IntRange(min=0), default=0, metavar="N", help="Of a server.json with several: which."
    ),
)


def read_options(options: dict[str, Any]) -> tuple[tuple[str | Command, ...], TargetOptions]:
    """Take the shared options out of `options` and return the targets and how to read them."""
    ctx = click.get_current_context()
    command = after_dashes()
    if command == ():
        raise UsageError("no command after `--`: write it there, for instance `-- uvx mcp-server-time`")
    targets: tuple[str | Command, ...] = options.pop("targets")
    if command:
        targets = (*targets, Command(command))
    if not targets:
        raise UsageError(
            f"no target: give a file, a folder, a URL or a command after `--`; see `{ctx.command_path} --help`"
        )
    if "" in targets:
        raise UsageError("a target is empty: is a variable of the shell not set?")
    kind = options.pop("kind")
    return targets, TargetOptions(
        kind=Kind(kind) if kind else None,
        name=options.pop("name"),
        source=options.pop("source"),
        consent=Consent(run=options.pop("run"), env=_environment(options.pop("env"))),
        servers=options.pop("servers"),
        headers=_headers(options.pop("headers")),
        transport=options.pop("transport"),
        timeout=options.pop("timeout"),
        jobs=options.pop("jobs"),
        max_bytes=options.pop("max_bytes"),
        prefer=options.pop("prefer"),
        package=options.pop("package"),
        stdin_filename=_stdin_filename(options, targets),
        skip_unrecognised=options.pop("skip_unrecognised", False),
        say=say,
    )


def _stdin_filename(options: dict[str, Any], targets: tuple[str | Command, ...]) -> str | None:
    named: str | None = options.pop("stdin_filename", None)
    if named is not None and STDIN not in targets:
        raise UsageError("--stdin-filename: no target is `-`, which would be read as that file")
    return named


def say(message: str) -> None:
    """Tell the user something on stderr, in one line that neither a terminal nor a CI runner acts on."""
    click.echo(inert(visible(message)), err=True)


def say_failed(manifest: Manifest) -> None:
    """Say which server gave no tools, or not all, and why; once where the reason begins with its name."""
    error = manifest.error or "no reason is known"
    say(f"toolsmell: {error if error.startswith(f'{manifest.key}:') else f'{manifest.key}: {error}'}")


def refuse_unknown_tools(option: str, wanted: frozenset[str], names: set[str]) -> None:
    """Raise `UsageError` for a tool that was asked for and is not among the names that were read."""
    for name in sorted(wanted - names):
        import difflib

        near = difflib.get_close_matches(name, names, n=3)
        hint = f"; near it are {', '.join(map(shown, near))}" if near else ""
        raise UsageError(f"{option} {name}: no server has a tool of that name{hint}")


def _environment(pairs: tuple[str, ...]) -> dict[str, str]:
    import os

    passed = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not name:
            raise UsageError(f"--env {pair}: write NAME or NAME=VALUE")
        if not equals and name not in os.environ:
            raise UsageError(f"--env {name}: it is not set here; set it, or write {name}=VALUE")
        passed[name] = value if equals else os.environ[name]
    return passed


def _headers(lines: tuple[str, ...]) -> dict[str, str]:
    headers = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not name.strip() or not name.strip().isascii():
            raise UsageError("--header: write 'NAME: VALUE', as in --header 'Authorization: Bearer abc'")
        headers[name.strip()] = value.strip()
    return headers
