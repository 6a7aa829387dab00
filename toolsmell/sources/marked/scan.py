"""From files of C#, Java, Kotlin and Rust to manifests: one for each project, as its build file has it."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from toolsmell.errors import NoToolsError, SourceError
from toolsmell.model import Json, Location, Manifest, Provenance, Status, Tool
from toolsmell.model.pointer import escape
from toolsmell.sources.code import source as files
from toolsmell.sources.code.source import DEFAULT_MAX_BYTES, Source
from toolsmell.sources.code.values import LiteralKind
from toolsmell.sources.marked import csharp, jvm, rust
from toolsmell.sources.marked.found import Marked, MarkedParameter
from toolsmell.sources.marked.locator import MarkedLocator, Spans
from toolsmell.sources.marked.tree import GRAMMARS, MARKS, PACKAGES, Node, PlacedText, is_available, parse

ENDINGS: Final = tuple(GRAMMARS)
EXTRA: Final = "`pip install 'toolsmell[languages]'`"
REMEDY: Final = f"{EXTRA} reads it, or start the server: `toolsmell scan -- COMMAND`"

_FINDERS: Final[Mapping[str, Callable[[Node], Iterator[Marked]]]] = {
    ".cs": csharp.find,
    ".java": jvm.find,
    ".kt": jvm.find,
    ".rs": rust.find,
}
_DESCRIBING: Final = re.compile(rb"\.description\s*=\s*Some\(")
"""Code of Rust that gives a description to a tool of a router."""

_BUILDS: Final = ("pom.xml", "build.gradle", "build.gradle.kts", "Cargo.toml")
_ELSEWHERE: Final = "it is declared in code that is not followed"
_SET_LATER: Final = "other code of the project sets descriptions of tools"
_NOT_READ: Final = "is not read from source code"


class _File(NamedTuple):
    path: Path
    source: Source
    tools: tuple[Marked, ...]
    describes: bool = False
    """Whether the file sets descriptions of tools that others declare."""


class NeedsGrammarError(SourceError):
    """A file may have tools, and the grammar of its language is not installed."""


def language(path: str) -> str:
    """Return the language of a file that is read here."""
    return GRAMMARS[os.path.splitext(path)[1].lower()][0]


def scan_file(path: str, *, name: str | None = None, data: bytes | None = None) -> Iterator[Manifest]:
    """Yield a manifest for each server in one file.

    Raises `NoToolsError` if it has no tools, `NeedsGrammarError` if its grammar is not installed, and `SourceError` if
    it cannot be read.
    """
    found = _read(Path(path), path, data)
    if found is None or not found.tools:
        raise NoToolsError(f"{path}: no tools found in 1 source file")
    yield from _manifests([found], name or Path(path).stem, path)


def scan_files(
    root: str, paths: Iterable[Path], *, name: str | None = None, lacking: Callable[[str], None] = lambda _: None
) -> Iterator[Manifest]:
    """Yield a manifest for each project that has tools in `paths`, which are below `root`.

    `lacking` gets the language of each file that may have tools and whose grammar is not installed.
    """
    projects: dict[tuple[Path, str], list[_File]] = {}
    for path in paths:
        label = os.path.normpath(os.path.join(root, os.path.relpath(path, root)))
        try:
            found = _read(path, label, None)
        except NeedsGrammarError:
            lacking(language(label))
        except SourceError as error:
            yield Manifest(path.stem, label, Provenance.SOURCE, status=Status.FAILED, error=str(error))
        else:
            if found:
                projects.setdefault((_project(path, Path(root)), path.suffix), []).append(found)
    for (folder, _), read in projects.items():
        yield from _manifests(read, name or folder.resolve().name, os.path.relpath(folder))


def speaking(paths: Iterable[Path]) -> dict[str, int]:
    """Return the numbers of files that use a package for MCP servers, by language."""
    counts: dict[str, int] = {}
    for path in paths:
        ending = path.suffix.lower()
        try:
            data = files.load(path, str(path))
        except SourceError:
            continue
        if any(word in data for word in PACKAGES[ending]):
            counts[GRAMMARS[ending][0]] = counts.get(GRAMMARS[ending][0], 0) + 1
    return counts


def _project(path: Path, root: Path) -> Path:
    """Return the nearest folder with a build file, or the root."""
    for folder in path.parents:
        if folder == root or any(os.path.exists(folder / build) for build in _BUILDS) or any(folder.glob("*.csproj")):
            return folder
    return root


def _read(path: Path, label: str, data: bytes | None) -> _File | None:
    """Return the tools of a file, or None if it has none."""
    ending = path.suffix.lower()
    loaded = files.load(path, label, max_bytes=DEFAULT_MAX_BYTES) if data is None else data
    describes = ending == ".rs" and _DESCRIBING.search(loaded) is not None
    if not describes and not any(mark in loaded for mark in MARKS[ending]):
        return None
    if not is_available(ending):
        raise NeedsGrammarError(f"{label}: {GRAMMARS[ending][0]} is not read: {REMEDY}")
    source = files.decode(loaded, label)
    tools = tuple(_FINDERS[ending](parse(source.data, ending)))
    return _File(path, source, tools, describes) if tools or describes else None


def _manifests(read: list[_File], key: str, label: str) -> Iterator[Manifest]:
    """Yield a manifest for each owner of tools; the owner is part of the key if there are several."""
    if any(file.describes for file in read):
        read = [file._replace(tools=tuple(map(_doubted, file.tools))) for file in read]
    owners = list(dict.fromkeys(tool.owner for file in read for tool in file.tools))
    for owner in owners:
        own = [file._replace(tools=tuple(tool for tool in file.tools if tool.owner == owner)) for file in read]
        kept = [file for file in own if file.tools]
        yield _manifest(kept, key if len(owners) == 1 else f"{key} ({owner})", label)


def _manifest(read: list[_File], key: str, label: str) -> Manifest:
    found = [(file, tool) for file in read for tool in file.tools]
    hidden = [_place(file, tool) for file, tool in found if tool.name.value is None]
    named = [(file, tool) for file, tool in found if tool.name.value is not None]
    made = [_tool(index, file, tool) for index, (file, tool) in enumerate(named)]
    unknown = dict.fromkeys(("instructions", "prompts", "resources", "resource_templates", "info"), _NOT_READ)
    return Manifest(
        key=key,
        source=read[0].source.label if len(read) == 1 else label,
        provenance=Provenance.SOURCE,
        tools=tuple(tool for tool, _ in made),
        unknown=unknown,
        unread=tuple(f"{place}: a tool is made here whose name is computed" for place in hidden),
        locator=MarkedLocator(tuple(spans for _, spans in made)),
    )


def _doubted(tool: Marked) -> Marked:
    """Return a tool whose description is unknown if it has none."""
    described = tool.description or PlacedText(None, tool.name.start, tool.name.end, _SET_LATER)
    return tool._replace(description=described)


def _place(file: _File, tool: Marked) -> str:
    return f"{file.source.label}:{file.source.line(tool.start)}"


def _tool(index: int, file: _File, marked: Marked) -> tuple[Tool, Spans]:
    at = file.source
    raw: dict[str, Json] = {"name": marked.name.value}
    unknown: dict[str, str] = {"outputSchema": _NOT_READ}
    spans = {"": _span(at, marked.name.start, marked.name.end), "/name": _span(at, marked.name.start, marked.name.end)}
    for part, text in (("description", marked.description), ("title", marked.title)):
        _put(raw, part, text, at, spans, unknown, f"/{part}", part)
    if marked.annotations:
        raw["annotations"] = dict(marked.annotations)
    if marked.parameters is None:
        unknown["inputSchema"] = _ELSEWHERE
    else:
        raw["inputSchema"] = _schema(marked.parameters, at, spans, unknown)
    return Tool(index, raw, unknown), spans


def _schema(
    parameters: tuple[MarkedParameter, ...], at: Source, spans: dict[str, Location], unknown: dict[str, str]
) -> dict[str, Json]:
    properties: dict[str, Json] = {}
    for parameter in parameters:
        pointer = f"/inputSchema/properties/{escape(parameter.name)}"
        own: dict[str, Json] = {**(parameter.schema or {}), **parameter.default}
        spans[pointer] = _span(at, parameter.start, parameter.end)
        _put(own, "description", parameter.description, at, spans, unknown, f"{pointer}/description", None)
        if parameter.schema is None:
            for keyword in ("type", "enum", "properties"):
                unknown[f"{pointer}/{keyword}"] = _ELSEWHERE
        properties[parameter.name] = own
    schema: dict[str, Json] = {"type": "object", "properties": properties}
    required = [parameter.name for parameter in parameters if parameter.required]
    return {**schema, "required": required} if required else schema


def _put(
    into: dict[str, Json],
    part: str,
    text: PlacedText | None,
    at: Source,
    spans: dict[str, Location],
    unknown: dict[str, str],
    pointer: str,
    top: str | None,
) -> None:
    """Put a text into an object, or the reason why it is not known."""
    if text is None:
        return
    spans[pointer] = _span(at, text.start, text.end)
    if text.value is None:
        unknown[top or pointer] = f"computed by code: {text.code}"
    else:
        into[part] = text.value


def _span(source: Source, start: int, end: int) -> Location:
    return source.literal(start, end, LiteralKind.EXPRESSION).location
