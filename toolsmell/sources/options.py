"""The options for reading targets, and what a file may make toolsmell do."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from toolsmell.project.exclude import Exclude
from toolsmell.sources import passed_over
from toolsmell.sources.json.kinds import DocumentKind
from toolsmell.sources.json.manifest import DEFAULT_MAX_BYTES
from toolsmell.sources.server.launch import Transport

if TYPE_CHECKING:
    from toolsmell.sources.code.source_cache import SourceCache


class Command(NamedTuple):
    """A command line that the user typed, and so wants to start."""

    argv: tuple[str, ...]


class Consent(NamedTuple):
    """The actions that the user allows a file to cause."""

    run: bool = False
    """Start or connect to the servers that a file names."""
    host: bool = False
    """Start containers that get access to this machine."""
    env: Mapping[str, str] = {}
    """Variables for servers: a command that was typed gets them all, one that a file names those of its entry."""


class TargetOptions(NamedTuple):
    """The options for reading targets."""

    kind: DocumentKind | None = None
    name: str | None = None
    source: str | None = None
    """The folder with the source code that the tools were written in: findings are shown there."""
    consent: Consent = Consent()
    servers: tuple[str, ...] = ()
    headers: Mapping[str, str] = {}
    transport: Transport = "streamable-http"
    timeout: float = 60.0
    """Seconds for one server."""
    jobs: int = 4
    max_bytes: int = DEFAULT_MAX_BYTES
    prefer: Literal["package", "remote"] = "package"
    package: int = 0
    stdin_filename: str | None = None
    """The file that stdin stands for: its kind, its name in reports."""
    skip_unrecognised: bool = False
    """Whether to pass over and count files in which nothing is for MCP, instead of failing because of them."""
    keep_unread: bool = False
    """Whether to return the servers of source code as they are if some of their tools could not be read."""
    exclude: Exclude | None = None
    """The files that the configuration excludes from folders and hooks."""
    store: "SourceCache | None" = None
    """The cache of source code that was read, if it may be used."""
    say: Callable[[str], None] = lambda _message: None
    """Called with what is about to be started or connected to, and with what was passed over."""
    pass_over: passed_over.Count = lambda _kind, _count=1: None
    """Called with the kind of files that are passed over, and their number."""
