"""Client configurations: the servers that one lists, and how each is started or connected to.

A configuration found in a repository is data: `${VAR}` is replaced only if the user passed a value of that
name. A server that a file starts gets nothing else of the user's environment.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from toolsmell.errors import SourceError, UsageError
from toolsmell.escape import shown
from toolsmell.model import Json, Pointer
from toolsmell.model.basics import typed
from toolsmell.model.configured import ClientConfig, Configured, Reference, is_remote_type, references
from toolsmell.safety.credentials import is_placeholder, known_token, names_secret
from toolsmell.sources.declared.inputs import HOW_TO_PASS
from toolsmell.sources.declared.packages import KEPT, refuse_controls
from toolsmell.sources.declared.toml import AnyDocument
from toolsmell.sources.server.launch import Launch, Remote, Target, Transport


class ConfiguredServer(NamedTuple):
    """A server of a configuration, and how it would be reached."""

    key: str
    pointer: Pointer
    """Its place in the file."""
    target: Target | None
    reason: str | None = None
    """Why there is no target."""
    disabled: bool = False
    """Whether the file switches it off, which is then the reason."""
    notes: tuple[str, ...] = ()
    """Remarks for a person, to read before it is started."""


def read(document: AnyDocument) -> ClientConfig:
    """Return the configuration in a document. Raises `SourceError` if it lists no server."""
    if not isinstance(document.value, dict):
        raise SourceError(f"{document.file}: a client configuration is an object")
    config = ClientConfig(document.value)
    if not config.servers:
        raise SourceError(
            f"{document.file}: no servers in it: `mcpServers` (or `servers`, `mcp`, `mcp_servers`) is empty or missing"
        )
    return config


def resolve(
    config: ClientConfig, *, env: Mapping[str, str] | None = None, only: Collection[str] = ()
) -> tuple[ConfiguredServer, ...]:
    """Work out how to reach each server, or those named in `only`; a server that cannot be reached says why.

    `env` holds the values that the user passed by name. A server that the file switches off is reached only
    when it is named. Raises `UsageError` for a name that no server has.
    """
    known = [server.key for server in config.servers]
    for name in only:
        if name not in known:
            names = ", ".join(shown(key) for key in known)
            raise UsageError(f"no server is called '{shown(name)}'; the file has: {names}")
    chosen = (server for server in config.servers if not only or server.key in only)
    return tuple(_resolved(server, env or {}, named=bool(only)) for server in chosen)


def _resolved(server: Configured, env: Mapping[str, str], *, named: bool) -> ConfiguredServer:
    if server.is_disabled and not named:
        reason = "the file switches it off; `--server` with its name starts it all the same"
        return ConfiguredServer(server.key, server.pointer, None, reason, disabled=True)
    try:
        target = _target(server, _Expansion(env))
    except SourceError as error:
        return ConfiguredServer(server.key, server.pointer, None, str(error))
    return ConfiguredServer(server.key, server.pointer, target, notes=tuple(_notes(server)))


def _target(server: Configured, values: "_Expansion") -> Target:
    if not isinstance(server.raw, dict):
        raise SourceError("it is no object")
    command, address = server.part.value.get("command"), server.address
    if server.argument_in_command:
        raise SourceError("its command has arguments in it; write them in args, one an entry")
    kind = server.part.text("type") or ""
    if command and address:
        raise SourceError(f"it has a command and a {address[0]}: remove one")
    if address and kind not in ("stdio", "local"):
        return _remote(server, *address, values)
    if command and not is_remote_type(kind):
        return _launch(server, command, values)
    missing = f"it is of type {shown(kind)} and has" if kind else "it has"
    raise SourceError(f"{missing} no {'url' if command else 'command' if kind else 'command and no url'}")


def _launch(server: Configured, command: Json, values: "_Expansion") -> Launch:
    args = server.part.value.get("args", [])
    if server.form.command_is_list and isinstance(command, list) and command:
        command, args = command[0], command[1:]
    if not isinstance(command, str) or not isinstance(args, list) or not all(isinstance(a, str) for a in args):
        raise SourceError("its command is no string, or its args are no list of strings")
    fields = ["command", *(f"argument {i}" for i in range(len(args)))]
    argv = tuple(values.filled(text, field) for text, field in zip((command, *args), fields, strict=True))
    env = {name: values.filled(text, f"env {name}") for name, text in _strings(server, server.form.env)}
    cwd = server.part.text("cwd")
    folder = values.filled(cwd, "cwd") if cwd else None
    values.finish()
    refuse_controls("its environment", *env, *env.values(), lines=True)
    refuse_controls("its command line", *argv)
    secrets = {**_literal_secrets(argv), **values.secrets}
    return Launch(argv, env=env, cwd=folder, clear_env=True, secrets=secrets, keep=KEPT)


def _remote(server: Configured, key: str, address: Json, values: "_Expansion") -> Remote:
    if not isinstance(address, str):
        raise SourceError(f"its {key} is no string")
    url = values.filled(address, key)
    headers = {name: values.filled(text, f"header {name}") for name, text in _strings(server, server.form.headers)}
    values.finish()
    if not url.lower().startswith(("http://", "https://")):
        raise SourceError(f"its {key} is not an http address")
    refuse_controls(f"its {key}", url)
    refuse_controls("one of its headers", *headers, *headers.values())
    kind = (server.part.text("type") or server.part.text("transport") or "").lower()
    old = kind == "sse" or (not kind and url.partition("?")[0].rstrip("/").endswith("/sse"))
    transport: Transport = "sse" if old else "streamable-http"
    return Remote(url, headers, transport, secrets=values.secrets)


def _strings(server: Configured, field: str) -> Iterator[tuple[str, str]]:
    """Yield the variables or headers: numbers as text, without those that are null, as VS Code has it."""
    values = server.part.value.get(field)
    if values is not None and not isinstance(values, dict):
        raise SourceError(f"its {field} is no object")
    for name, value in (typed(server.part.value, field, dict) or {}).items():
        if not name or "=" in name:
            raise SourceError(f"its {field} has a name that cannot be passed: '{shown(name)}'")
        if isinstance(value, bool) or not isinstance(value, str | int | float | None):
            raise SourceError(f"its {field} {shown(name)} is no string")
        if value is not None:
            yield name, str(value)


def _notes(server: Configured) -> Iterator[str]:
    if server.is_disabled:
        yield "the file switches it off, and it was asked for by name"
    if server.part.value.get("envFile"):
        yield "its envFile is not read: pass what it needs with --env"
    if server.part.value.get("sandboxEnabled"):
        yield "it is started without the sandbox that the file asks for"


def _literal_secrets(argv: tuple[str, ...]) -> dict[str, str]:
    """Return the parts of a command line that look like credentials, so that they are not shown."""
    secrets: dict[str, str] = {}
    for i, arg in enumerate(argv):
        flag, equals, value = arg.partition("=")
        value = value if equals else arg
        owner = flag if equals else argv[i - 1] if i else ""
        named = (equals or owner.startswith("-")) and names_secret(owner) and not is_placeholder(value)
        if named or known_token(value):
            secrets[f"argument {i}"] = value
    return secrets


class _Expansion:
    """Fills in `${...}` from what the user passed, and remembers what was not."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._missing: dict[str, str] = {}
        self.secrets: dict[str, str] = {}
        """The user's values that were put in, by name."""

    def filled(self, text: str, field: str) -> str:
        """Return `text` with its references filled in; `finish` names those that nobody gave a value."""
        found = references(text)
        if sum(reference.text[0] == "$" for reference in found) != text.count("${"):
            raise SourceError(f"its {shown(field)} has a `${{` that is no reference to a variable")
        pieces, end = [], 0
        for reference in found:
            pieces += [text[end : reference.start], self._value(reference, field)]
            end = reference.end
        return "".join([*pieces, text[end:]])

    def finish(self) -> None:
        """Raise `SourceError` that names every value that was asked for and not passed."""
        if self._missing:
            names = ", ".join(f"{shown(name)} (for {shown(where)})" for name, where in self._missing.items())
            raise SourceError(f"it needs {names}; {HOW_TO_PASS}")

    def _value(self, reference: Reference, field: str) -> str:
        name = reference.name
        if name in self._env:
            self.secrets[name] = self._env[name]
            return self._env[name]
        if reference.default is None:
            self._missing.setdefault(name, f"{reference.text} in its {field}")
        return reference.default or ""
