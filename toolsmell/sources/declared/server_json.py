"""Registry entries (`server.json`): what an entry declares, and how its server is started or connected to."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from toolsmell.errors import SourceError, UsageError
from toolsmell.escape import shown
from toolsmell.model.declared import DeclaredPart, InputKind, ServerJson, braced, inputs, variables
from toolsmell.sources.declared.inputs import Inputs
from toolsmell.sources.declared.packages import RUNNERS, launch_of, refuse_controls, remarks
from toolsmell.sources.declared.toml import AnyDocument
from toolsmell.sources.server.launch import Remote, Target, Transport
from toolsmell.text import pattern


class Resolution(NamedTuple):
    """The way to reach a declared server, with remarks for a person on how it was chosen."""

    target: Target
    notes: tuple[str, ...] = ()


_TRANSPORTS: Mapping[str, Transport] = {"streamable-http": "streamable-http", "sse": "sse"}


def read(document: AnyDocument) -> ServerJson:
    """Return the entry in a document. Raises `SourceError` if it is no object."""
    if not isinstance(document.value, dict):
        raise SourceError(f"{document.file}: a server.json is an object")
    return ServerJson(document.value)


def resolve(
    entry: ServerJson,
    *,
    prefer: Literal["package", "remote"] = "package",
    package: int = 0,
    env: Mapping[str, str] | None = None,
) -> Resolution:
    """Work out how to reach the server: its package number `package`, or its first remote.

    `env` holds the values that the user passed by name. Raises `SourceError` for a server that cannot be
    reached, or that needs a value that was not passed, and `UsageError` for a package that is not there.
    """
    if not entry.packages and not entry.remotes:
        raise SourceError("it declares neither packages nor remotes: there is nothing to start or connect to")
    if not entry.packages or (prefer == "remote" and entry.remotes):
        note = "it declares no packages: its remote is used" if prefer == "package" else None
        found = _remote(entry.remotes, Inputs(env or {}))
    else:
        note = "it declares no remotes: its package is used" if prefer == "remote" else None
        found = _package(entry, package, Inputs(env or {}))
    return found._replace(notes=(note, *found.notes)) if note else found


def _package(entry: ServerJson, number: int, values: Inputs) -> Resolution:
    if not 0 <= number < len(entry.packages):
        last = len(entry.packages) - 1
        raise UsageError(
            f"there is no package {number}: " + (f"it declares 0 to {last}" if last else "0 is the only one")
        )
    package = entry.packages[number]
    what = f"{shown(package.text('registryType') or '?')} {shown(package.text('identifier') or '?')}"
    try:
        target = launch_of(package, values)
        notes = values.finish("it")
    except SourceError as error:
        raise SourceError(f"package {number} ({what}): {error}{_others(entry, number)}") from None
    return Resolution(target, (*remarks(package), *notes))


def _others(entry: ServerJson, number: int) -> str:
    """Return a hint at the other packages and remotes."""
    others = [str(i) for i, p in enumerate(entry.packages) if i != number and p.text("registryType") in RUNNERS]
    tries = [f"`--package {', '.join(others)}`"] if others else []
    tries += ["`--prefer remote`"] if entry.remotes else []
    return f" (or try {' or '.join(tries)})" if tries else ""


def _remote(remotes: tuple[DeclaredPart, ...], values: Inputs) -> Resolution:
    remote = next((r for r in remotes if r.text("type") == "streamable-http"), remotes[0])
    what = f"remote '{shown(remote.text('url') or '')}'"
    transport = _TRANSPORTS.get(remote.text("type") or "")
    if transport is None:
        raise SourceError(f"{what}: its type '{shown(remote.text('type') or '')}' is not streamable-http or sse")
    url = values.filled(remote.text("url") or "", variables(remote))
    headers = _headers(remote, values)
    notes = values.finish(what)
    if url is None or braced(url):
        raise SourceError(f"{what}: its url has variables that nothing gives a value to")
    if not url.lower().startswith(("https://", "http://")):
        raise SourceError(f"{what}: its url is not an http address")
    refuse_controls("its url", url)
    return Resolution(Remote(url, headers, transport, secrets=values.secrets), notes)


def _headers(remote: DeclaredPart, values: Inputs) -> dict[str, str]:
    headers: dict[str, str] = {}
    for given in inputs(remote, "headers", InputKind.HEADER):
        if given.kind is InputKind.HEADER and (value := values.value(given)) is not None:
            name = given.part.text("name") or ""
            if not pattern(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+").fullmatch(name):
                raise SourceError(f"'{shown(name)}' is not the name of a header")
            refuse_controls(f"its header {name}", value)
            headers[name] = value
    return headers
