"""From files of C#, Java, Kotlin and Rust to manifests: one for each project, as its build file has it."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from toolsmell.errors import NoToolsError, SourceError
from toolsmell.model import Json, Location, Manifest, Provenance, Tool
from toolsmell.model.pointer import escape
from toolsmell.sources.code import source as files
from toolsmell.sources.code.source import DEFAULT_MAX_BYTES, Source
from toolsmell.sources.code.values import Kind
from toolsmell.sources.code.walk import Walk
from toolsmell.sources.exclude import Exclude
from toolsmell.sources.marked import csharp, jvm, rust
from toolsmell.sources.marked.found import Marked, Parameter
from toolsmell.sources.marked.locator import MarkedLocator, Spans
from toolsmell.sources.marked.tree import GRAMMARS, MARKS, Node, Text, is_available, parse

ENDINGS: Final = tuple(GRAMMARS)
REMEDY: Final = "`pip install 'toolsmell[languages]'` reads it, or start the server: `toolsmell scan -- COMMAND`"

_FINDERS: Final[Mapping[str, Callable[[Node], Iterator[Marked]]]] = {
    ".cs": csharp.find,
    ".java": jvm.find,
    ".kt": jvm.find,
    ".rs": rust.find,
}
_BUILDS: Final = ("pom.xml", "build.gradle", "build.gradle.kts", "Cargo.toml")
_ELSEWHERE: Final = "it is declared in code that is not followed"
_NOT_READ: Final = "is not read from source code"


class _File(NamedTuple):
    path: Path
    source: Source
    tools: tuple[Marked, ...]


class NeedsGrammarError(SourceError):
    """A file may have tools, and the grammar of its language is not installed."""


def language(path: str) -> str:
    """Return the language of a file that is read here."""
    return GRAMMARS[os.path.splitext(path)[1].lower()][0]


def scan_file(path: str, *, name: str | None = None, data: bytes | None = None) -> Manifest:
    """Return the manifest of one file.

    Raises `NoToolsError` if it has no tools, `NeedsGrammarError` if its grammar is not installed, and `SourceError` if it
    cannot be read.
    """
    found = _read(Path(path), path, data)
    if found is None:
        raise NoToolsError(f"{path}: no tools found in 1 source file")
    return _manifest([found], name or Path(path).stem, path)


def scan_directory(root: str, *, name: str | None = None, exclude: Exclude | None = None) -> Iterator[Manifest | str]:
    """Yield a manifest for each project below `root`, and the language of each file that needs a grammar."""
    walk = Walk(Path(root), wanted=lambda path: path.endswith(ENDINGS), exclude=exclude)
    projects: dict[Path, list[_File]] = {}
    for candidate in walk.files():
        label = os.path.join(root, candidate.path.relative_to(root))
        if candidate.size > DEFAULT_MAX_BYTES:
            continue
        try:
            found = _read(candidate.path, os.path.normpath(label), None)
        except NeedsGrammarError:
            yield language(label)
        except SourceError:
            continue
        else:
            if found:
                projects.setdefault(_project(candidate.path, Path(root)), []).append(found)
    for folder, read in projects.items():
        yield _manifest(
            read, name or folder.resolve().name, os.path.normpath(os.path.join(root, folder.relative_to(root)))
        )


def _project(path: Path, root: Path) -> Path:
    """Return the nearest folder with a build file, or the root."""
    for folder in path.parents:
        if folder == root or any((folder / build).exists() for build in _BUILDS) or any(folder.glob("*.csproj")):
            return folder
    return root


def _read(path: Path, label: str, data: bytes | None) -> _File | None:
    """Return the tools of a file; None if it has none."""
    ending = path.suffix.lower()
    loaded = files.load(path, label, max_bytes=DEFAULT_MAX_BYTES) if data is None else data
    if not any(mark in loaded for mark in MARKS[ending]):
        return None
    if not is_available(ending):
        raise NeedsGrammarError(f"{label}: {GRAMMARS[ending][0]} is not read: {REMEDY}")
    source = files.decode(loaded, label)
    tools = tuple(_FINDERS[ending](parse(source.data, ending)))
    return _File(path, source, tools) if tools else None


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
    parameters: tuple[Parameter, ...], at: Source, spans: dict[str, Location], unknown: dict[str, str]
) -> dict[str, Json]:
    properties: dict[str, Json] = {}
    for parameter in parameters:
        pointer = f"/inputSchema/properties/{escape(parameter.name)}"
        own: dict[str, Json] = dict(parameter.schema or {})
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
    text: Text | None,
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
    return source.literal(start, end, Kind.EXPRESSION).location
