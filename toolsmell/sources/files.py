"""Turns one JSON or TOML file into manifests, by what the file is."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolsmell.errors import NoToolsError, SourceError, UnreadableError
from toolsmell.model import Manifest, Provenance, Status
from toolsmell.sources import passed_over
from toolsmell.sources.json import manifest as json_files
from toolsmell.sources.json.document import Document
from toolsmell.sources.json.kinds import DocumentKind, is_known_name, presume, recognise
from toolsmell.sources.options import TargetOptions

if TYPE_CHECKING:
    from toolsmell.sources.declared.toml import AnyDocument

_NOT_MCP = "is JSON, but nothing of MCP: no list of tools, dump, bundle, server.json or client configuration"


def failed(key: str, source: str, error: object) -> Manifest:
    """Return the manifest of something that could not be read."""
    return Manifest(key, source, Provenance.FILE, status=Status.FAILED, error=str(error))


def source_failed(target: str, error: SourceError, options: TargetOptions) -> Iterator[Manifest]:
    """Yield source code that could not be read as a failure; if nobody named it, count it or warn of it."""
    if isinstance(error, NoToolsError) and error.unread:
        yield Manifest(target, target, Provenance.SOURCE, unread=error.unread)
    elif not options.skip_unrecognised:
        yield failed(target, target, error)
    elif isinstance(error, NoToolsError):
        options.pass_over(passed_over.NO_TOOLS)
    else:
        options.say(f"toolsmell: warning: {error}; its tools, if it has any, are not checked")


def read(target: str, options: TargetOptions, data: bytes | None = None) -> Iterator[Manifest]:
    """Yield the servers in a file, or in stdin for `-`; `data` stands for what the file holds.

    With `options.skip_unrecognised`, a file in which nothing is for MCP is counted by `options.pass_over`. A file
    that cannot be parsed is passed over too, unless its name or its keys say that it is for MCP.
    """
    try:
        file = json_files.open_file(target, stdin_filename=options.stdin_filename, data=data)
    except SourceError as error:
        yield failed(target, target, error)
        return
    documents = _documents(file, options)
    if options.skip_unrecognised and options.kind is None:
        yield from _if_recognised(documents, file, target, options)
        return
    for document in documents:
        if isinstance(document, SourceError):
            yield failed(file.stem, target, document)
        else:
            yield from _of_kind(document, _kind(document, options), file.stem, options)


def _documents(file: json_files.File, options: TargetOptions) -> "Iterator[AnyDocument | SourceError]":
    if not file.label.endswith(".toml"):
        return json_files.documents(file, max_bytes=options.max_bytes)
    from toolsmell.sources.declared import toml

    return iter((toml.read(file, max_bytes=options.max_bytes),))


def _kind(document: "AnyDocument", options: TargetOptions) -> DocumentKind | None:
    """Return the kind of a document that somebody named: what it is, else what it was probably meant to be."""
    return options.kind or presume(document.value)


def _if_recognised(
    documents: "Iterator[AnyDocument | SourceError]",
    file: json_files.File,
    target: str,
    options: TargetOptions,
) -> Iterator[Manifest]:
    """Yield the servers of a file that nobody named, if any document in it is for MCP; count the file otherwise."""
    known = is_known_name(file.label)
    errors: list[SourceError] = []
    recognised = False
    why = passed_over.OTHER_JSON
    for document in documents:
        if isinstance(document, SourceError):
            errors.append(document)
            continue
        kind = recognise(document.value, known_name=known)
        if kind in (None, DocumentKind.REPORT):
            why = passed_over.OWN if _own_schema(document) else why
            continue
        recognised = True
        yield from _of_kind(document, kind, file.stem, options)
    if recognised or known or any(isinstance(error, UnreadableError) and error.is_mcp for error in errors):
        yield from (failed(file.stem, target, error) for error in errors)
    if not recognised and not (errors and known):
        options.pass_over(passed_over.NOT_JSON if errors else why)


def _of_kind(
    document: "AnyDocument", kind: DocumentKind | None, stem: str, options: TargetOptions
) -> Iterator[Manifest]:
    try:
        match kind:
            case DocumentKind.REPORT:
                raise SourceError(f"{document.file}: is a report; `toolsmell report {document.file}` shows it")
            case DocumentKind.SERVER_JSON | DocumentKind.CLIENT_CONFIG:
                from toolsmell.sources.declared import declarations as declared

                yield from declared.manifests(document, kind, stem, options)
            case DocumentKind() if isinstance(document, Document):
                yield json_files.read(document, kind, stem=stem, name=options.name)
            case _:
                raise SourceError(_other(document))
    except SourceError as error:
        yield failed(stem, document.file, error)


def _other(document: "AnyDocument") -> str:
    if own := _own_schema(document):
        return f"{document.file}: is a {own} document, which lists no tools"
    if not isinstance(document, Document):
        return f"{document.file}: is TOML, but no client configuration: it has no table `mcp_servers`"
    return f"{document.file}: {_NOT_MCP}"


def _own_schema(document: "AnyDocument") -> str | None:
    """Return the schema of a document that toolsmell writes, for instance `toolsmell.baseline/v1`."""
    schema = document.value.get("schema") if isinstance(document.value, dict) else None
    return schema if isinstance(schema, str) and schema.startswith("toolsmell.") else None
