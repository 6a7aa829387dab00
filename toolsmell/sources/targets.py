"""From what a person points at to manifests: says what a target is, and asks the source that reads it."""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from toolsmell.errors import NoToolsError, SourceError, UsageError
from toolsmell.model import Manifest, Provenance, Status
from toolsmell.sources.json import manifest as files
from toolsmell.sources.json.document import Document
from toolsmell.sources.json.shapes import Kind, recognise
from toolsmell.sources.options import Command, TargetOptions
from toolsmell.sources.server.launch import Launch, Remote

_SHOWN = 5
"""How many files that are passed over are named."""
_SOURCE_ENDINGS = (".py", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".go")


def manifests(targets: Sequence[str | Command], options: TargetOptions) -> Iterator[Manifest]:
    """Yield the servers of all targets, in order, each when it is read.

    A target or server that cannot be read is yielded as a failed manifest; the others are still read.
    """
    passed_over = _PassedOver(options.say)
    options = options._replace(pass_over=passed_over.add)
    found = (manifest for target in targets for manifest in _read(target, options))
    checked = (_without_tools(m) if not (m.tools or m.error or m.declared) else m for m in found)
    yield from _placed(checked, options.source, options) if options.source else checked
    passed_over.end()


class _PassedOver:
    """Says which files are passed over: the first few, and how many there are more."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say: Final = say
        self._count = 0

    def add(self, why: str) -> None:
        self._count += 1
        if self._count <= _SHOWN:
            self._say(f"skipped {why}")

    def end(self) -> None:
        if self._count > _SHOWN:
            self._say(f"skipped {self._count - _SHOWN:,} more files that hold nothing of MCP")


def _placed(found: Iterator[Manifest], source: str, options: TargetOptions) -> Iterator[Manifest]:
    """Show the places of every manifest in the source code; what is not found there stays where it was."""
    from toolsmell.sources.code.locate import Sources

    sources = Sources(source)
    for manifest in found:
        yield sources.placed(manifest) if manifest.tools else manifest
    for note in sources.notes:
        options.say(note)


def _without_tools(manifest: Manifest) -> Manifest:
    """Fail a list of nothing: a green run over no tools would say what is not so."""
    return manifest._replace(status=Status.FAILED, error=f"{manifest.source}: lists no tools, so nothing was linted")


def _read(target: str | Command, options: TargetOptions) -> Iterator[Manifest]:
    if isinstance(target, Command):
        return _live(Launch(target.argv, env=options.consent.env), options)
    if target.startswith(("http://", "https://")):
        return _live(Remote(target, options.headers, options.transport), options)
    if "://" in target and not os.path.exists(target):
        return iter((failed(target, target, f"{target}: of URLs, only those with http:// or https:// are read"),))
    named = (options.stdin_filename or target) if target == files.STDIN else target
    if named.endswith(_SOURCE_ENDINGS) or (target != files.STDIN and os.path.isdir(target)):
        return _source(named, options, from_stdin=target == files.STDIN)
    return _file(target, options)


def failed(key: str, source: str, error: object) -> Manifest:
    """Return the manifest of something that could not be read."""
    return Manifest(key, source, Provenance.FILE, status=Status.FAILED, error=str(error))


def _live(target: Launch | Remote, options: TargetOptions) -> Iterator[Manifest]:
    from toolsmell.sources.server import live

    options.say(f"{'starting' if isinstance(target, Launch) else 'connecting to'} {target.display()}")
    yield live.fetch(target, key=options.name, timeout=options.timeout, max_bytes=options.max_bytes)


def _source(target: str, options: TargetOptions, *, from_stdin: bool) -> Iterator[Manifest]:
    """Read the tools of source code: a file, a folder and all below it, or stdin in the place of a file."""
    from toolsmell.sources.code import scan

    try:
        if from_stdin:
            yield from scan.scan_file(target, name=options.name, data=files.read_stdin(options.max_bytes))
        else:
            read = scan.scan_directory if os.path.isdir(target) else scan.scan_file
            yield from read(target, name=options.name)
    except SourceError as error:
        if options.skip_unrecognised and isinstance(error, NoToolsError):
            options.pass_over(str(error))
        elif options.skip_unrecognised:
            options.say(f"skipped {error}")
        else:
            yield failed(target, target, error)


def _file(target: str, options: TargetOptions) -> Iterator[Manifest]:
    try:
        file = files.open_file(target, stdin_filename=options.stdin_filename)
    except SourceError as error:
        yield failed(target, target, error)
        return
    for document in files.documents(file, max_bytes=options.max_bytes):
        if isinstance(document, SourceError):
            yield failed(file.stem, target, document)
        else:
            yield from _document(document, file.stem, options)


def _document(document: Document, stem: str, options: TargetOptions) -> Iterator[Manifest]:
    kind = options.kind or recognise(document.value)
    try:
        match kind:
            case None:
                yield from _unrecognised(document, stem, options)
            case Kind.REPORT:
                raise UsageError(f"{document.file}: is a report; `toolsmell report {document.file}` shows it")
            case Kind.SERVER_JSON | Kind.CLIENT_CONFIG:
                from toolsmell.sources.declared import files as declared

                yield from declared.manifests(document, kind, stem, options)
            case _:
                yield files.read(document, kind, stem=stem, name=options.name)
    except SourceError as error:
        yield failed(stem, document.file, error)


def _unrecognised(document: Document, stem: str, options: TargetOptions) -> Iterator[Manifest]:
    words = "is JSON, but nothing of MCP: no list of tools, dump, bundle, server.json or client configuration"
    if options.skip_unrecognised:
        options.pass_over(f"{document.file}: {words}")
        return
    yield failed(stem, document.file, f"{document.file}: {words}")
