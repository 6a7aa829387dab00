"""Client configurations: the servers that a client starts or connects to, read as data.

Nothing here starts or connects to anything. All values are as the file has them, so any of them may have any type.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from toolsmell.model.basics import Json, Pointer, typed
from toolsmell.model.declared import DeclaredPart
from toolsmell.model.pointer import escape, lookup
from toolsmell.text import pattern

ADDRESSES: Final = ("url", "serverUrl", "httpUrl")
"""Keys of the address of a server: most clients use `url`, Windsurf `serverUrl`, Gemini CLI `httpUrl`."""


class ServerKeys(NamedTuple):
    """The keys that a client uses in a table of servers."""

    env: str = "env"
    headers: str = "headers"
    command_is_list: bool = False
    """Whether `command` is one list of the program and its arguments."""
    own_key: bool = True
    """Whether only MCP has a table with this key."""


_PLAIN: Final = ServerKeys()
_VS_CODE: Final = ServerKeys(own_key=False)
_OPENCODE: Final = ServerKeys(env="environment", command_is_list=True, own_key=False)
_CODEX: Final = ServerKeys(headers="http_headers")

_FORMS: Final = (
    ("/mcpServers", _PLAIN),  # Claude, Cursor, Windsurf, Gemini CLI and most others
    ("/amp.mcpServers", _PLAIN),
    ("/servers", _VS_CODE),  # .vscode/mcp.json
    ("/mcp/servers", _VS_CODE),  # settings.json of VS Code
    ("/customizations/vscode/mcp/servers", _VS_CODE),  # devcontainer.json
    ("/mcp", _OPENCODE),  # opencode.json
    ("/mcp_servers", _CODEX),  # config.toml of Codex
)
"""The places of a table of servers, and the form of its servers."""

_VS_CODE_FILE: Final = frozenset(("servers", "inputs", "mcpServers", "sandbox", "$schema"))
_VS_CODE_SERVER: Final = frozenset(
    "type command args env envFile cwd url headers gallery version dev oauth sandbox sandboxEnabled disabled enabled "
    "timeout name description".split()
)


def is_remote_type(kind: str) -> bool:
    """Return True if `type` of a configured server is a word for a server that a client connects to."""
    return kind.lower().replace("-", "").replace("_", "") in ("http", "sse", "streamablehttp", "remote")


class Configured(NamedTuple):
    """One server of a client configuration."""

    key: str
    pointer: Pointer
    raw: Json
    form: ServerKeys = _PLAIN

    @property
    def part(self) -> DeclaredPart:
        """The server as an object; an empty one if it is something else."""
        return DeclaredPart(self.pointer, self.raw if isinstance(self.raw, dict) else {})

    @property
    def is_disabled(self) -> bool:
        """Whether the file switches the server off."""
        return self.part.value.get("disabled") is True or self.part.value.get("enabled") is False

    @property
    def address(self) -> tuple[str, Json] | None:
        """The key that clients call the address by, and the address, or None if there is none."""
        return next(((key, self.part.value[key]) for key in ADDRESSES if self.part.value.get(key)), None)

    @property
    def is_plausible(self) -> bool:
        """Whether this is a server and not an entry of another kind of file under the same key."""
        if not isinstance(self.raw, dict):
            return False
        reached = bool(self.raw.get("command")) or self.address is not None
        if self.form.own_key:
            return reached or "args" in self.raw or "type" in self.raw
        if self.form.command_is_list:
            return self.raw.get("type") in ("local", "remote")
        return reached and self.raw.keys() <= _VS_CODE_SERVER

    @property
    def argument_in_command(self) -> bool:
        """Whether `command` is a program and its arguments in one string, as in `npx -y rooms-mcp`."""
        command = self.part.text("command")
        # A path may have spaces in it; the bare name of a program has none.
        return command is not None and pattern(r"[\w.+-]+\s+\S.*").fullmatch(command.strip()) is not None

    def strings(self) -> Iterator[tuple[Pointer, str]]:
        """Yield the strings in which clients put values for `${...}`, each with its pointer."""
        part = self.part
        for key in ("command", "cwd", "envFile", *ADDRESSES):
            if (text := part.text(key)) is not None:
                yield f"{self.pointer}/{key}", text
        for key in ("command", "args"):
            for i, text in enumerate(typed(part.value, key, list) or ()):
                if isinstance(text, str):
                    yield f"{self.pointer}/{key}/{i}", text
        for key in (self.form.env, self.form.headers):
            for name, text in (typed(part.value, key, dict) or {}).items():
                if isinstance(text, str):
                    yield f"{self.pointer}/{key}/{escape(name)}", text


class ClientConfig(NamedTuple):
    """A client's list of servers, in any of the forms that clients use."""

    raw: dict[str, Json]

    @property
    def servers(self) -> tuple[Configured, ...]:
        return tuple(
            Configured(name, f"{at}/{escape(name)}", value, form)
            for at, form in self._tables()
            for name, value in (lookup(self.raw, at) or {}).items()
        )

    @property
    def inputs(self) -> frozenset[str]:
        """The ids of the inputs that VS Code asks its user for."""
        holders = (DeclaredPart("", self.raw), DeclaredPart("/mcp", typed(self.raw, "mcp", dict) or {}))
        return frozenset(part.text("id") or "" for holder in holders for part in holder.parts("inputs"))

    @property
    def is_certain(self) -> bool:
        """Whether the file is a client configuration beyond doubt, because of its keys and its servers."""
        if not any(server.is_plausible for server in self.servers):
            return False
        return "servers" not in self.raw or bool(self.raw.keys() <= _VS_CODE_FILE) or self._has_own_key()

    def _has_own_key(self) -> bool:
        return any(server.form.own_key and server.is_plausible for server in self.servers)

    def _tables(self) -> Iterator[tuple[Pointer, ServerKeys]]:
        for at, form in _FORMS:
            table = lookup(self.raw, at)
            if isinstance(table, dict) and not (at == "/mcp" and "servers" in table):
                yield at, form
        for folder, project in (typed(self.raw, "projects", dict) or {}).items():  # ~/.claude.json
            if isinstance(project, dict) and isinstance(project.get("mcpServers"), dict):
                yield f"/projects/{escape(folder)}/mcpServers", _PLAIN


class Reference(NamedTuple):
    """A reference to a value, `${...}` or `{env:...}`, in a string of a client configuration."""

    text: str
    """The text in the file: `${env:TOKEN}`."""
    kind: str
    """`env`, `input`, or empty if the file does not say."""
    name: str
    default: str | None
    start: int
    end: int


_REFERENCE: Final = r"\$\{(?:(env|input):)?([^{}:]*+)(?::-([^{}]*+))?\}|(?<!\$)\{(env):([^{}:]++)\}"


def references(text: str) -> list[Reference]:
    """Return the references in `text`: `${VAR}`, `${VAR:-default}`, `${env:VAR}`, `${input:id}`, `{env:VAR}`."""
    return list(_references(text)) if "${" in text or "{env:" in text else []


def _references(text: str) -> Iterator[Reference]:
    for match in pattern(_REFERENCE).finditer(text):
        kind, name = match[1] or match[4] or "", match[2] if match[5] is None else match[5]
        yield Reference(match[0], kind, name, match[3], *match.span())
