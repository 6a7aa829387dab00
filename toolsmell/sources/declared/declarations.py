"""Manifests of a registry entry or a client configuration: the file, and with `--run` the servers that it declares."""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model import Manifest, Provenance, Status
from toolsmell.model.configured import ClientConfig
from toolsmell.model.declared import ServerJson
from toolsmell.sources.declared import client_config, server_json
from toolsmell.sources.declared.client_config import ConfiguredServer
from toolsmell.sources.declared.host_access import host_access
from toolsmell.sources.declared.toml import AnyDocument, TomlLocator
from toolsmell.sources.json.document import Document
from toolsmell.sources.json.kinds import DocumentKind
from toolsmell.sources.json.manifest import JsonLocator
from toolsmell.sources.options import TargetOptions
from toolsmell.sources.server.launch import Launch, Target


def manifests(document: AnyDocument, kind: DocumentKind, stem: str, options: TargetOptions) -> Iterator[Manifest]:
    """Yield the file, and then, if they may be started, its servers.

    Raises `SourceError` for a file that declares nothing, and for a registry entry that cannot be started.
    """
    if kind is DocumentKind.CLIENT_CONFIG:
        config = client_config.read(document)
        servers = client_config.resolve(config, env=options.consent.env, only=options.servers)
        notes = tuple(f"{server.key}: {_shown(server)}" for server in servers)
        yield _file(document, config, stem, options, notes)
        if options.consent.run:
            yield from _configured(document, servers, options)
        return
    entry = server_json.read(document)
    name = entry.raw.get("name")
    yield _file(document, entry, name if isinstance(name, str) else stem, options, ())
    if options.consent.run:
        found = server_json.resolve(entry, prefer=options.prefer, package=options.package, env=options.consent.env)
        for note in found.notes:
            options.say(note)
        key = options.name or (name if isinstance(name, str) else stem)
        yield from _fetched([(key, found.target)], document, options)


def _file(
    document: AnyDocument,
    declared: ServerJson | ClientConfig,
    stem: str,
    options: TargetOptions,
    notes: tuple[str, ...],
) -> Manifest:
    """Return the file as a manifest without tools, which rules about such files check."""
    if not options.consent.run and not options.skip_unrecognised:
        options.say(f"{document.file}: only the file is checked; add --run to start its servers and scan their tools")
    return Manifest(
        key=options.name or stem,
        source=document.file,
        provenance=Provenance.FILE,
        notes=notes,
        declared=declared,
        locator=JsonLocator(document, ()) if isinstance(document, Document) else TomlLocator(document),
    )


def _configured(
    document: AnyDocument, servers: tuple[ConfiguredServer, ...], options: TargetOptions
) -> Iterator[Manifest]:
    for server in servers:
        if server.disabled:
            options.say(f"skipped {server.key}: {server.reason}")
        elif server.target is None:
            yield _failed(server.key, document, f"{server.key}: {server.reason}")
        for note in server.notes:
            options.say(f"{server.key}: {note}")
    yield from _fetched([(s.key, s.target) for s in servers if s.target is not None], document, options)


def _failed(key: str, document: AnyDocument, error: str) -> Manifest:
    return Manifest(key, document.file, Provenance.WIRE, status=Status.FAILED, error=error, group=document.file)


def _fetched(targets: list[tuple[str, Target]], document: AnyDocument, options: TargetOptions) -> Iterator[Manifest]:
    from toolsmell.sources.server import live

    allowed = []
    for key, target in targets:
        access = host_access(target.argv) if isinstance(target, Launch) else ()
        options.say(f"{'starting' if isinstance(target, Launch) else 'connecting to'} {key}: {target.display()}")
        if access:
            options.say(f"{key}: its container gets access to this machine by {shown(', '.join(access), 300)}")
        if access and not options.consent.host:
            error = f"{key}: not started: its container gets access to this machine; --allow-host allows that"
            yield _failed(key, document, error)
        else:
            allowed.append((key, target))
    for manifest in live.fetch_all(allowed, timeout=options.timeout, max_bytes=options.max_bytes, jobs=options.jobs):
        yield manifest._replace(group=document.file)


def _shown(server: ConfiguredServer) -> str:
    return server.target.display() if server.target else f"not started: {server.reason}"
