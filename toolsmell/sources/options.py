"""How targets are read, and what a file may make toolsmell do."""

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from toolsmell.sources.json.manifest import DEFAULT_MAX_BYTES
from toolsmell.sources.json.shapes import Kind
from toolsmell.sources.server.launch import Transport


class Command(NamedTuple):
    """A command line that the user typed: typing it is the leave to start it."""

    argv: tuple[str, ...]


class Consent(NamedTuple):
    """What a file may make toolsmell do."""

    run: bool = False
    """Start or connect to the servers that a file names."""
    env: Mapping[str, str] = {}
    """Variables for servers: a command that was typed gets them all, one that a file names those of its entry."""


class TargetOptions(NamedTuple):
    """How targets are read."""

    kind: Kind | None = None
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
    """Pass over files that are nothing of MCP, with a word, instead of failing on them."""
    say: Callable[[str], None] = lambda _message: None
    """Told what is about to be started or connected to, and what was skipped."""
    pass_over: Callable[[str], None] = lambda _file: None
    """Told of each file that is passed over, with the reason."""
