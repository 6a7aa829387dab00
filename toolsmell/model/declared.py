"""Registry entries (`server.json`), read as data.

Nothing here starts or connects to anything: `sources.declared` does. All values are as the file has them, so any of
them may have any type.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from toolsmell.model.basics import Json, Pointer, typed
from toolsmell.model.pointer import escape
from toolsmell.text import pattern


class DeclaredPart(NamedTuple):
    """An object in a file, and where it stands."""

    pointer: Pointer
    value: dict[str, Json]

    def text(self, key: str) -> str | None:
        """Return the string under `key`, or None if there is none."""
        return typed(self.value, key, str)

    def parts(self, key: str) -> Iterator["DeclaredPart"]:
        """Yield the objects of the array under `key`."""
        for i, value in enumerate(typed(self.value, key, list) or ()):
            if isinstance(value, dict):
                yield DeclaredPart(f"{self.pointer}/{key}/{i}", value)

    def part(self, key: str) -> "DeclaredPart | None":
        """Return the object under `key`, or None if there is none."""
        value = typed(self.value, key, dict)
        return None if value is None else DeclaredPart(f"{self.pointer}/{escape(key)}", value)


class InputKind(StrEnum):
    """The use of a value that a registry entry gives or asks for."""

    RUNTIME_ARGUMENT = "runtime argument"
    PACKAGE_ARGUMENT = "package argument"
    VARIABLE = "variable"
    ENVIRONMENT = "environment variable"
    HEADER = "header"


class Input(NamedTuple):
    """A value that a registry entry gives, or asks its user for."""

    part: DeclaredPart
    kind: InputKind
    name: str
    """The name of a variable or header, or the flag of an argument without dashes, or its hint."""


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
    def packages(self) -> tuple[DeclaredPart, ...]:
        return tuple(DeclaredPart("", self.raw).parts("packages"))

    @property
    def remotes(self) -> tuple[DeclaredPart, ...]:
        return tuple(DeclaredPart("", self.raw).parts("remotes"))

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


def arguments(package: DeclaredPart) -> Iterator[Input]:
    """Yield the arguments of a package, each before its variables."""
    for key, kind in _ARGUMENTS:
        yield from inputs(package, key, kind)


def inputs(owner: DeclaredPart, key: str, kind: InputKind) -> Iterator[Input]:
    """Yield the inputs in the array under `key`, each before its variables."""
    for part in owner.parts(key):
        name = part.text("name") or part.text("valueHint") or ""
        yield Input(part, kind, name.lstrip("-"))
        yield from variables(part)


def variables(owner: DeclaredPart) -> Iterator[Input]:
    """Yield the variables that may be in curly braces in the value or address of `owner`."""
    declared = owner.part("variables")
    for name, value in declared.value.items() if declared else ():
        if declared and isinstance(value, dict):
            yield Input(DeclaredPart(f"{declared.pointer}/{escape(name)}", value), InputKind.VARIABLE, name)


def braced(text: str) -> list[str]:
    """Return the names in curly braces in a template of a registry entry."""
    return pattern(r"\{([^{}]+)\}").findall(text) if "{" in text else []


def is_exact(version: str) -> bool:
    """Return True if a version names one release: not a word such as `latest`, no range, no wildcard."""
    if not any(c.isdigit() for c in version):
        return False
    # Comparators, `1 - 2`, `1 || 2` and `1.x` are the ranges that the registry refuses.
    return not pattern(r"[\^~<>=*|,\s]|(?:^|\.)[xX](?:\.|$)").search(version)


def image_tag(identifier: str) -> str | None:
    """Return the tag of a container image, or its digest, or None if it names neither."""
    name, at, digest = identifier.partition("@")
    if at:
        return digest
    tag = name.rpartition("/")[2].partition(":")[2]
    return tag or None


def is_loopback(url: str) -> bool:
    """Return True if an address is on the machine that reads it."""
    from urllib.parse import urlsplit

    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return False
    return host in ("localhost", "::1", "0.0.0.0") or host.endswith(".localhost") or host.startswith("127.")  # noqa: S104
