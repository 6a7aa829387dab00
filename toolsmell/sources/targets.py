"""Turns targets into manifests: finds out what each target is, and asks the source that reads it."""

import os
from collections.abc import Iterator, Sequence

from toolsmell.errors import NoToolsError, SourceError
from toolsmell.model import Manifest, Provenance, Status
from toolsmell.sources import files, passed_over
from toolsmell.sources.json import manifest as json_files
from toolsmell.sources.options import Command, TargetOptions
from toolsmell.sources.server.launch import Launch, Remote
from toolsmell.sources.suffixes import MARKED_ENDINGS, SOURCE_ENDINGS, language_of

_SHOWN = 3
"""Tools that could not be read and are named."""


def manifests(targets: Sequence[str | Command], options: TargetOptions) -> Iterator[Manifest]:
    """Yield the servers of all targets, in order, each when it is read.

    A target or server that cannot be read is yielded as a failed manifest; the others are still read. What is passed
    over is said at the end, in one line.
    """
    count = passed_over.PassedOver()
    options = options._replace(pass_over=count.add)
    found = (manifest for target in targets for manifest in _read(target, options))
    checked = (kept for manifest in found if (kept := _checked(manifest, options)))
    yield from _placed(checked, options.source, options) if options.source else checked
    if words := count.summary():
        options.say(f"toolsmell: {words}")


def buffer(path: str, data: bytes) -> Iterator[Manifest]:
    """Yield the servers of a file as an editor has it; none for a file in which nothing is for MCP.

    The files that it imports are read from the disk. Raises `SourceError` for source code that cannot be read.
    """
    if path.endswith(SOURCE_ENDINGS):
        from toolsmell.sources.code import scan

        try:
            yield from scan.scan_file(path, data=data)
        except NoToolsError as error:
            if error.unread:
                yield Manifest(path, path, Provenance.SOURCE, unread=error.unread)
    else:
        yield from files.read(path, TargetOptions(skip_unrecognised=True), data)


def _placed(found: Iterator[Manifest], source: str, options: TargetOptions) -> Iterator[Manifest]:
    """Show the places of every manifest in the source code. Texts that are not found there keep their places."""
    from toolsmell.sources.code.locate import Sources

    sources = Sources(source)
    for manifest in found:
        yield sources.placed(manifest) if manifest.tools else manifest
    for note in sources.notes:
        options.say(note)


def _checked(manifest: Manifest, options: TargetOptions) -> Manifest | None:
    """Return a manifest with what is missing in it as its error, or None if the file may be passed over.

    A run that is green over no tools, or over a part of them, would tell the user that all of them were checked.
    """
    if words := missing(manifest):
        return _partly_read(manifest, words, options)
    if manifest.tools or manifest.error or manifest.declared:
        return manifest
    if options.skip_unrecognised and manifest.provenance is Provenance.FILE:
        options.pass_over(passed_over.EMPTY)
        return None
    return manifest._replace(status=Status.FAILED, error=f"{manifest.source}: lists no tools, so nothing was linted")


def missing(manifest: Manifest) -> str | None:
    """Describe the tools of source code that could not be read, or not with their description, or return None.

    These are tools that are registered under a computed name, and tools whose description is computed.
    """
    if manifest.provenance is not Provenance.SOURCE:
        return None
    hidden = [tool.label for tool in manifest.tools if tool.description is None and "description" in tool.unknown]
    tools = "some tools" if manifest.tools else "the tools"
    parts = (
        f"{tools} ({'; '.join(manifest.unread)})" if manifest.unread else "",
        f"{len(hidden)} description{'s' if len(hidden) > 1 else ''} ({_cut(hidden)})" if hidden else "",
    )
    words = " and ".join(filter(None, parts))
    return f"{words} could not be read from the code" if words else None


def _cut(items: Sequence[str]) -> str:
    more = f" and {len(items) - _SHOWN} more" if len(items) > _SHOWN else ""
    return f"{'; '.join(items[:_SHOWN])}{more}"


def _partly_read(manifest: Manifest, words: str, options: TargetOptions) -> Manifest | None:
    """Return a manifest as partly read, or as failed if it has no tools; in a hook, warn instead."""
    if options.keep_unread:
        return manifest
    if options.skip_unrecognised:
        options.say(f"toolsmell: warning: {manifest.source}: {words}; they are not checked here")
        return manifest if manifest.tools else None
    status = Status.PARTIAL if manifest.tools else Status.FAILED
    error = f"{words}: start the server and scan that as well (`toolsmell scan -- COMMAND`), or add --allow-partial"
    return manifest._replace(status=status, error="; ".join(filter(None, (manifest.error, error))))


def _read(target: str | Command, options: TargetOptions) -> Iterator[Manifest]:
    if isinstance(target, Command):
        return _live(Launch(target.argv, env=options.consent.env), options)
    if target.startswith(("http://", "https://")):
        return _live(Remote(target, options.headers, options.transport), options)
    if target == json_files.STDIN:
        named = options.stdin_filename or target
        return (
            _source(named, options, from_stdin=True) if named.endswith(SOURCE_ENDINGS) else files.read(target, options)
        )
    if options.skip_unrecognised and options.exclude and options.exclude.covers(target):
        options.pass_over(passed_over.EXCLUDED)
        return iter(())
    if "://" in target and not os.path.lexists(target):
        words = "of URLs, only those with http:// or https:// are read"
        return iter((files.failed(target, target, f"{target}: {words}"),))
    if os.path.isdir(target):
        from toolsmell.sources import folder

        return folder.read(target, options)
    if target.endswith(SOURCE_ENDINGS):
        return _source(target, options, from_stdin=False)
    return _other(target, options)


def _other(target: str, options: TargetOptions) -> Iterator[Manifest]:
    """Read a file that is not source code; if it cannot be one, say what the user probably meant."""
    if target.endswith(MARKED_ENDINGS) and os.path.lexists(target):
        yield from _marked(target, options)
        return
    language = language_of(target)
    if language and options.skip_unrecognised:
        options.pass_over(passed_over.other_language(language))
    elif language:
        words = f"{language} is not read: start the server, and scan it with `toolsmell scan -- COMMAND`"
        yield files.failed(target, target, f"{target}: {words}")
    elif not os.path.lexists(target) and (hint := _meant(target)):
        yield files.failed(target, target, f"{target}: {hint}")
    else:
        yield from files.read(target, options)


def _marked(target: str, options: TargetOptions) -> Iterator[Manifest]:
    """Read the tools of a file in C#, Java, Kotlin or Rust."""
    from toolsmell.sources.marked import scan

    try:
        yield from scan.scan_file(target, name=options.name)
    except scan.NeedsGrammarError as error:
        if options.skip_unrecognised:
            options.say(f"toolsmell: warning: {error}")
        else:
            yield files.failed(target, target, error)
    except SourceError as error:
        yield from files.source_failed(target, error, options)


def _meant(target: str) -> str | None:
    """Return what to type instead of a target that is not a file, if it looks like a URL, an address or a command."""
    host, colon, rest = target.partition(":")
    if colon and host and rest.partition("/")[0].isdecimal():
        return f"no such file; for a server at an address, type `toolsmell scan http://{target}`"
    if "/" not in target and "\\" not in target and "." not in target:
        return f"no such file; to start it as a server, type `toolsmell scan -- {target}`"
    return None


def _live(target: Launch | Remote, options: TargetOptions) -> Iterator[Manifest]:
    from toolsmell.sources.server import live

    options.say(f"{'starting' if isinstance(target, Launch) else 'connecting to'} {target.display()}")
    yield live.fetch(target, key=options.name, timeout=options.timeout, max_bytes=options.max_bytes)


def _source(target: str, options: TargetOptions, *, from_stdin: bool) -> Iterator[Manifest]:
    """Read the tools of one file with source code, or of stdin in its place."""
    from toolsmell.sources.code import scan

    try:
        data = json_files.read_stdin(options.max_bytes) if from_stdin else None
        yield from scan.scan_file(target, name=options.name, data=data)
    except SourceError as error:
        yield from files.source_failed(target, error, options)
