"""Files that declare servers and list no tools: registry entries and client configurations, read as data.

Nothing here starts or connects to anything; `sources.declared` say how what is
declared would be reached. All values are as the file has them, so any of them may have any type.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple, TypeVar

from toolsmell.model.basics import Json, Pointer
from toolsmell.model.pointer import escape
from toolsmell.text import pattern

_T = TypeVar("_T")


class Part(NamedTuple):
    """An object in a file, and where it stands."""

    pointer: Pointer
    value: dict[str, Json]

    def text(self, key: str) -> str | None:
        """Return the string under `key`; None where there is none."""
        return typed(self.value, key, str)

    def parts(self, key: str) -> Iterator["Part"]:
        """Yield the objects of the array under `key`."""
        for i, value in enumerate(typed(self.value, key, list) or ()):
            if isinstance(value, dict):
                yield Part(f"{self.pointer}/{key}/{i}", value)

    def part(self, key: str) -> "Part | None":
        """Return the object under `key`; None where there is none."""
        value = typed(self.value, key, dict)
        return None if value is None else Part(f"{self.pointer}/{escape(key)}", value)


class InputKind(StrEnum):
    """What a value is for that a registry entry gives or asks for."""

    RUNTIME_ARGUMENT = "runtime argument"
    PACKAGE_ARGUMENT = "package argument"
    VARIABLE = "variable"
    ENVIRONMENT = "environment variable"
    HEADER = "header"


class Input(NamedTuple):
    """A value that a registry entry gives, or asks its user for."""

    part: Part
    kind: InputKind
    name: str
    """What it is called: a variable's or header's name, an argument's flag without dashes or its hint."""


_ARGUMENTS = (
    ("runtimeArguments", InputKind.RUNTIME_ARGUMENT),
    ("packageArguments", InputKind.PACKAGE_ARGUMENT),
)


class ServerJson(NamedTuple):
    """An entry of the MCP registry (`server.json`), as its schema of 2025-12-11 has it."""

    raw: dict[str, Json]

    @property
    def name(self) -> str | None:
        return typed(self.raw, "name", str)

    @property
    def title(self) -> str | None:
        return typed(self.raw, "title", str)

    @property
    def description(self) -> str | None:
        return typed(self.raw, "description", str)

    @property
    def version(self) -> str | None:
        return typed(self.raw, "version", str)

    @property
    def packages(self) -> tuple[Part, ...]:
        return tuple(Part("", self.raw).parts("packages"))

    @property
    def remotes(self) -> tuple[Part, ...]:
        return tuple(Part("", self.raw).parts("remotes"))

    def inputs(self) -> Iterator[Input]:
        """Yield every input of every package and remote, each before its own variables."""
        for package in self.packages:
            yield from arguments(package)
            yield from inputs(package, "environmentVariables", InputKind.ENVIRONMENT)
            if transport := package.part("transport"):
                yield from inputs(transport, "headers", InputKind.HEADER)
        for remote in self.remotes:
            yield from inputs(remote, "headers", InputKind.HEADER)
            yield from variables(remote)


def arguments(package: Part) -> Iterator[Input]:
    """Yield the arguments of a package, each before its variables."""
    for key, kind in _ARGUMENTS:
        yield from inputs(package, key, kind)


def inputs(owner: Part, key: str, kind: InputKind) -> Iterator[Input]:
    """Yield the inputs in the array under `key`, each before its variables."""
    for part in owner.parts(key):
        name = part.text("name") or part.text("valueHint") or ""
        yield Input(part, kind, name.lstrip("-"))
        yield from variables(part)


def variables(owner: Part) -> Iterator[Input]:
    """Yield the variables that may stand in curly braces in the value or address of `owner`."""
    declared = owner.part("variables")
    for name, value in declared.value.items() if declared else ():
        if declared and isinstance(value, dict):
            yield Input(Part(f"{declared.pointer}/{escape(name)}", value), InputKind.VARIABLE, name)


def braced(text: str) -> list[str]:
    """Return the names in curly braces in a template of a registry entry."""
    return pattern(r"\{([^{}]+)\}").findall(text) if "{" in text else []


def is_exact(version: str) -> bool:
    """Say whether a version names one release: not a word such as `latest`, no range, no wildcard."""
    if not any(c.isdigit() for c in version):
        return False
    # Comparators, `1 - 2`, `1 || 2` and `1.x` are the ranges that the registry refuses.
    return not pattern(r"[\^~<>=*|,\s]|(?:^|\.)[xX](?:\.|$)").search(version)


def image_tag(identifier: str) -> str | None:
    """Return the tag of a container image, or its digest; None where it names neither."""
    name, at, digest = identifier.partition("@")
    if at:
        return digest
    tag = name.rpartition("/")[2].partition(":")[2]
    return tag or None


def is_loopback(url: str) -> bool:
    """Say whether an address is on the machine that reads it."""
    from urllib.parse import urlsplit

    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return False
    return host in ("localhost", "::1", "0.0.0.0") or host.endswith(".localhost") or host.startswith("127.")  # noqa: S104


def is_remote_type(kind: str) -> bool:
    """Say whether `type` of a configured server is one of the words for a server that is connected to."""
    return kind.lower().replace("-", "").replace("_", "") in ("http", "sse", "streamablehttp", "remote")


class Configured(NamedTuple):
    """One server of a client configuration."""

    key: str
    pointer: Pointer
    raw: Json

    @property
    def part(self) -> Part:
        """The server as an object; an empty one where it is none."""
        return Part(self.pointer, self.raw if isinstance(self.raw, dict) else {})

    @property
    def is_disabled(self) -> bool:
        """Whether the file switches it off."""
        return self.part.value.get("disabled") is True or self.part.value.get("enabled") is False

    @property
    def address(self) -> tuple[str, Json] | None:
        """The key that clients call the address by, and the address; None where there is none."""
        return next(((key, self.part.value[key]) for key in ADDRESSES if self.part.value.get(key)), None)

    def strings(self) -> Iterator[tuple[Pointer, str]]:
        """Yield the strings in which clients put values for `${...}`, and where they stand."""
        part = self.part
        for key in ("command", "cwd", "envFile", *ADDRESSES):
            if (text := part.text(key)) is not None:
                yield f"{self.pointer}/{key}", text
        for i, text in enumerate(typed(part.value, "args", list) or ()):
            if isinstance(text, str):
                yield f"{self.pointer}/args/{i}", text
        for key in ("env", "headers"):
            for name, text in (typed(part.value, key, dict) or {}).items():
                if isinstance(text, str):
                    yield f"{self.pointer}/{key}/{escape(name)}", text


ADDRESSES = ("url", "serverUrl", "httpUrl")
"""What clients call the address of a server: most `url`, Windsurf `serverUrl`, Gemini CLI `httpUrl`."""

_SERVERS = ("mcpServers", "servers")


class ClientConfig(NamedTuple):
    """A client's list of servers: `mcpServers` (Claude, Cursor, portable) or `servers` (VS Code)."""

    raw: dict[str, Json]

    @property
    def servers(self) -> tuple[Configured, ...]:
        return tuple(
            Configured(name, f"/{key}/{escape(name)}", value)
            for key in _SERVERS
            for name, value in (typed(self.raw, key, dict) or {}).items()
        )

    @property
    def inputs(self) -> frozenset[str]:
        """The ids of the inputs that VS Code asks its user for."""
        return frozenset(part.text("id") or "" for part in Part("", self.raw).parts("inputs"))


class Reference(NamedTuple):
    """A `${...}` in a string of a client configuration."""

    text: str
    """As it stands: `${env:TOKEN}`."""
    kind: str
    """`env`, `input`, or empty where it is not said."""
    name: str
    default: str | None
    start: int
    end: int


def references(text: str) -> list[Reference]:
    """Return the references in `text`: `${VAR}`, `${VAR:-default}`, `${env:VAR}`, `${input:id}`."""
    return list(_references(text)) if "${" in text else []


def _references(text: str) -> Iterator[Reference]:
    for match in pattern(r"\$\{(?:(env|input):)?([^{}:]*+)(?::-([^{}]*+))?\}").finditer(text):
        yield Reference(match[0], match[1] or "", match[2], match[3], *match.span())


def typed(value: dict[str, Json], key: str, kind: type[_T]) -> _T | None:
    """Return what stands under `key` if it is of `kind`; None otherwise."""
    found = value.get(key)
    return found if isinstance(found, kind) else None
