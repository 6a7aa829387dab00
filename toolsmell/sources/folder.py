"""Reads a folder whole: source code, manifests, client configurations, registry entries, bundles and snapshots."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from toolsmell.errors import NoToolsError, SourceError
from toolsmell.model import Manifest, Place, Provenance
from toolsmell.sources import files, passed_over
from toolsmell.sources.code import scan
from toolsmell.sources.code.source_files import Walk
from toolsmell.sources.json.joined import is_snapshot_of_tool, together
from toolsmell.sources.options import TargetOptions
from toolsmell.sources.suffixes import MARKED_ENDINGS, language_of

_JSON: Final = (".json", ".jsonc", ".jsonl", ".ndjson", ".snap")
_TOML: Final = os.path.join(".codex", "config.toml")


def read(folder: str, options: TargetOptions) -> Iterator[Manifest]:
    """Yield the servers in a folder and in all folders below it: first those in source code, then those in files.

    A file in which nothing is for MCP is counted by `options.pass_over`. Test files, links and what git or the
    configuration ignores are not read.
    """
    problem: SourceError | None = None
    found = has_tools = False
    documents: set[str] = set()
    try:
        for manifest in scan.scan_directory(folder, name=options.name, exclude=options.exclude, store=options.store):
            found, has_tools = True, has_tools or bool(manifest.tools)
            documents |= _documents(manifest)
            yield manifest
    except SourceError as error:
        problem = error
    marked: list[Path] = []
    for manifest in _from_files(folder, options, marked, documents):
        found, has_tools = True, has_tools or bool(manifest.tools)
        yield manifest
    if not has_tools and (silent := _without_tools(marked)):
        found = True
        yield Manifest(folder, folder, Provenance.SOURCE, unread=(silent,))
    if problem and (not found or not isinstance(problem, NoToolsError) or problem.unread):
        yield from files.source_failed(folder, problem, options)


def _documents(manifest: Manifest) -> set[str]:
    """Return the JSON documents that code reads tools from: they are no servers of their own."""
    if manifest.locator is None:
        return set()
    places = manifest.locator.locate([Place(tool.index, "/name") for tool in manifest.tools])
    return {place.file for place in places.values() if place.file.endswith(".json")}


def _from_files(folder: str, options: TargetOptions, marked: list[Path], documents: set[str]) -> Iterator[Manifest]:
    """Yield the servers of other files; those of C#, Java, Kotlin and Rust are added to `marked`."""
    options = options._replace(skip_unrecognised=True)
    walk = Walk(Path(folder), exclude=options.exclude, hidden=True, wanted=_wanted)
    singles: list[Manifest] = []
    for candidate in walk.files():
        path = os.path.join(folder, candidate.path.relative_to(folder))
        if path.endswith(MARKED_ENDINGS):
            marked.append(candidate.path)
            continue
        if language := language_of(path):
            options.pass_over(passed_over.other_language(language))
            continue
        if candidate.size > options.max_bytes:
            options.pass_over(passed_over.LARGE)
            continue
        if os.path.normpath(path) in documents:
            continue
        for manifest in files.read(os.path.normpath(path), options):
            if is_snapshot_of_tool(manifest):
                singles.append(manifest)
            elif manifest.tools or manifest.error or manifest.declared:
                yield manifest
            else:
                options.pass_over(passed_over.EMPTY)
    yield from together(singles)
    options.pass_over(passed_over.TEST, walk.test_files)
    options.pass_over(passed_over.EXCLUDED, walk.excluded)
    if marked:
        yield from _marked(folder, marked, options)


def _marked(folder: str, paths: list[Path], options: TargetOptions) -> Iterator[Manifest]:
    """Yield the servers in C#, Java, Kotlin and Rust, and the files of the languages that need the extra as unread."""
    from toolsmell.sources.marked import scan

    lacking: Counter[str] = Counter()
    yield from scan.scan_files(folder, paths, name=options.name, lacking=lambda language: lacking.update((language,)))
    if lacking:
        needs = "needs" if lacking.total() == 1 else "need"
        unread = f"{_amounts(lacking)} {needs} {scan.EXTRA}"
        yield Manifest(folder, folder, Provenance.SOURCE, unread=(unread,))


def _without_tools(marked: list[Path]) -> str | None:
    """Say how many files of C#, Java, Kotlin and Rust use a package for MCP servers, or return None."""
    if not marked:
        return None
    from toolsmell.sources.marked import scan
    from toolsmell.sources.marked.tree import is_available

    readable = Counter(scan.speaking(path for path in marked if is_available(path.suffix.lower())))
    if not readable:
        return None
    verb = "uses" if readable.total() == 1 else "use"
    return f"{_amounts(readable)} {verb} a package for MCP, and no tool was found there"


def _amounts(counts: Counter[str]) -> str:
    return ", ".join(_amount(count, language) for language, count in counts.most_common())


def _amount(count: int, language: str) -> str:
    return f"{count} {language} {'file' if count == 1 else 'files'}"


def _wanted(path: str) -> bool:
    return path.endswith((*_JSON, _TOML)) or language_of(path) is not None
