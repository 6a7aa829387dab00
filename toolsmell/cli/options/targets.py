"""Options shared by all commands that read servers."""

import os
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import click

from toolsmell.cli.click_parameters import EnumChoice, HeadedCommand, OptionGroup, option
from toolsmell.data.shipped import user_cache
from toolsmell.errors import UsageError
from toolsmell.escape import inert, shown, visible
from toolsmell.model import Manifest
from toolsmell.project.exclude import Exclude
from toolsmell.sources.json.kinds import DocumentKind
from toolsmell.sources.json.manifest import STDIN
from toolsmell.sources.options import Command, Consent, TargetOptions

if TYPE_CHECKING:
    from toolsmell.sources.code.source_cache import SourceCache

_TARGETS = (
    "A target is a file, a folder, - for stdin, an http(s) URL, or everything after -- as one command. After --files, "
    "everything is a file or a folder, never an option (for hooks)."
)

_DASHES = "toolsmell.after-dashes"
_FILES = "--files"


class TargetCommand(HeadedCommand):
    """A command whose arguments after `--` are one command to start, and after `--files` targets only.

    The name of a file never becomes an option: a hook is given the names of files that strangers chose.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = next((i for i, arg in enumerate(args) if arg in ("--", _FILES)), len(args))
        typed, marker, rest = args[:end], args[end : end + 1], args[end + 1 :]
        for arg in typed:
            _reject_name_of_file(arg)
        left = super().parse_args(ctx, typed)
        if marker == ["--"]:
            ctx.meta[_DASHES] = tuple(rest)
        elif marker:
            ctx.params["targets"] = (*ctx.params["targets"], *_only_files(rest))
        return left

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [*super().collect_usage_pieces(ctx), "[-- COMMAND...]"]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_help_text(ctx, formatter)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_TARGETS)


def _reject_name_of_file(arg: str) -> None:
    if arg.startswith("-") and arg != STDIN and os.path.lexists(arg):
        raise UsageError(f"{arg}: there is a file of this name, which begins with '-' as options do; rename the file")


def _only_files(names: list[str]) -> tuple[str, ...]:
    if not names:
        raise UsageError(f"no target after {_FILES}")
    if STDIN in names:
        raise UsageError(f"{STDIN}: stdin is no file; write it before {_FILES}")
    for name in names:
        reject_option(name)
    return tuple(names)


def reject_option(target: str) -> None:
    """Raise `UsageError` for a target that begins with `-`, as options do; `-` alone is stdin."""
    if target.startswith("-") and target != STDIN:
        raise UsageError(f"{target}: is not a target, because it begins with '-' as options do; rename the file")


def after_dashes() -> tuple[str, ...] | None:
    """Return the command that was typed after `--`, or None if there was no `--`."""
    typed: tuple[str, ...] | None = click.get_current_context().meta.get(_DASHES)
    return typed


class TargetInput(NamedTuple):
    """The options as they were typed."""

    targets: tuple[str | Command, ...]
    kind: DocumentKind | None
    stdin_filename: str | None
    name: str | None
    source: str | None
    run: bool
    allow_host: bool
    servers: tuple[str, ...]
    env: tuple[str, ...]
    headers: tuple[str, ...]
    transport: Literal["streamable-http", "sse"]
    timeout: float
    jobs: int | None
    max_bytes: int
    prefer: Literal["package", "remote"]
    package: int
    source_cache: bool


target_options: Final = OptionGroup(
    "Servers and files",
    (
        click.argument("targets", nargs=-1, metavar="[TARGET]..."),
        option("--kind", type=EnumChoice(DocumentKind), help="Kind of the files. [default: recognised by content]"),
        option("--stdin-filename", metavar="FILE", help="Read - as if it were this file, for editors."),
        option("--name", help="Name of the server in the report."),
        option(
            "--source",
            metavar="DIR",
            type=click.Path(exists=True, file_okay=False),
            help="Show findings in the source code below DIR that defines the tools.",
        ),
        option("--run", is_flag=True, help="Start or connect to the servers that a file names."),
        option(
            "--allow-host",
            is_flag=True,
            help="With --run, also start containers that get access to this machine (--privileged, -v /:/host).",
        ),
        option(
            "--server",
            "servers",
            multiple=True,
            metavar="NAME",
            help="Read only this server of a client configuration.",
        ),
        option(
            "--env",
            multiple=True,
            metavar="NAME[=VALUE]",
            help="Pass this variable to the server (and allow ${NAME} in files).",
        ),
        option("--header", "headers", multiple=True, metavar="'NAME: VALUE'", help="Send this header to the URL."),
        option(
            "--transport",
            type=click.Choice(["streamable-http", "sse"]),
            default="streamable-http",
            show_default=True,
            help="HTTP transport of the server; sse is the older one.",
        ),
        option(
            "--timeout", type=click.FloatRange(min=0.1), default=60.0, show_default=True, help="Seconds for one server."
        ),
        option(
            "--jobs",
            type=click.IntRange(1, 64),
            metavar="N",
            help="Servers to ask at the same time (default 4), and processes to scan with (default: one, or all cores"
            " for many tools).",
        ),
        option(
            "--max-bytes",
            type=click.IntRange(min=1),
            default=64 * 1024 * 1024,
            metavar="N",
            help="Largest document. [default: 64 MiB]",
        ),
        option(
            "--prefer",
            type=click.Choice(["package", "remote"]),
            default="package",
            help="Use this if a server.json lists packages and remotes.",
        ),
        option(
            "--package",
            type=click.IntRange(min=0),
            default=0,
            metavar="N",
            help="Index of the package to use if server.json lists several.",
        ),
        option(
            "--source-cache/--no-source-cache",
            default=True,
            envvar="TOOLSMELL_SOURCE_CACHE",
            help="Take the tools of a folder from the user's cache folder if its source code has not changed, or read"
            " all code anew. [default: the first]",
        ),
    ),
)


def read_options(
    given: TargetInput, *, skip_unrecognised: bool = False, exclude: Exclude | None = None
) -> tuple[tuple[str | Command, ...], TargetOptions]:
    """Return the targets and how to read them. Raises `UsageError` if there is no target or an option is wrong."""
    targets = _targets(given)
    if given.stdin_filename is not None and STDIN not in targets:
        raise UsageError("--stdin-filename: no target is `-`, which would be read as that file")
    return targets, TargetOptions(
        kind=given.kind,
        name=given.name,
        source=given.source,
        consent=Consent(run=given.run, host=given.allow_host, env=environment(given.env)),
        servers=given.servers,
        headers=_headers(given.headers),
        transport=given.transport,
        timeout=given.timeout,
        jobs=given.jobs or 4,
        max_bytes=given.max_bytes,
        prefer=given.prefer,
        package=given.package,
        stdin_filename=given.stdin_filename,
        skip_unrecognised=skip_unrecognised,
        exclude=exclude,
        store=_store() if given.source_cache and any(map(_is_folder, targets)) else None,
        say=say,
    )


def _is_folder(target: str | Command) -> bool:
    return isinstance(target, str) and os.path.isdir(target)


def _store() -> "SourceCache | None":
    """Return the cache of source code. What is wrong with it is said to those who ask for details."""
    from toolsmell.sources.code.source_cache import SourceCache

    verbose = click.get_current_context().params.get("verbose")
    try:
        return SourceCache(user_cache("source"), say if verbose else lambda _: None)
    except UsageError as error:
        if verbose:
            say(f"cache of source code: {error}")
        return None


def _targets(given: TargetInput) -> tuple[str | Command, ...]:
    """Return the targets, with the command after `--` if there is one."""
    command = after_dashes()
    if command == ():
        raise UsageError("no command after `--`: write it there, for instance `-- uvx mcp-server-time`")
    targets = (*given.targets, Command(command)) if command else given.targets
    if not targets:
        path = click.get_current_context().command_path
        raise UsageError(f"no target: give a file, a folder, a URL or a command after `--`; see `{path} --help`")
    for target in given.targets:
        if isinstance(target, str):
            reject_option(target)
    if "" in targets:
        raise UsageError("a target is empty: is a variable of the shell not set?")
    return targets


def say(message: str) -> None:
    """Print a message on stderr, in one line that neither a terminal nor a CI runner acts on."""
    click.echo(inert(visible(message)), err=True)


def say_failed(manifest: Manifest) -> None:
    """Print which server gave no tools, or not all, and why."""
    error = manifest.error or "no reason is known"
    say(f"toolsmell: {error if error.startswith(f'{manifest.key}:') else f'{manifest.key}: {error}'}")


def refuse_unknown_tools(option: str, wanted: frozenset[str], names: set[str]) -> None:
    """Raise `UsageError` for a wanted tool that is not in `names`."""
    for name in sorted(wanted - names):
        import difflib

        near = difflib.get_close_matches(name, names, n=3)
        hint = f"; similar names: {', '.join(map(shown, near))}" if near else ""
        raise UsageError(f"{option} {name}: no server has a tool of that name{hint}")


def environment(pairs: tuple[str, ...]) -> dict[str, str]:
    """Return the variables that `--env` passes. Raises `UsageError` for a name that is not set here."""
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
