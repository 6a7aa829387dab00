"""Reads the tools of a repository, or of single files, without running them."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolsmell.errors import NoToolsError, SourceError, ToolsmellError
from toolsmell.escape import shown
from toolsmell.model import Manifest, Provenance, Status
from toolsmell.project.exclude import Exclude
from toolsmell.sources.code import gaps
from toolsmell.sources.code import source as files
from toolsmell.sources.code.by_server import FoundFile
from toolsmell.sources.code.comments import comments, ignores
from toolsmell.sources.code.folder_reading import FolderReading
from toolsmell.sources.code.found import FoundInFile
from toolsmell.sources.code.languages import evaluator
from toolsmell.sources.code.manifests import manifests
from toolsmell.sources.code.marks import worth_parsing
from toolsmell.sources.code.module import Module, Project
from toolsmell.sources.code.source import DEFAULT_MAX_BYTES
from toolsmell.sources.code.source_files import Walk
from toolsmell.sources.code.syntax import SUFFIXES, Language
from toolsmell.sources.code.values import Literal

if TYPE_CHECKING:
    from toolsmell.sources.code.source_cache import SourceCache

_HEAD = 1 << 16
"""Bytes of a file in another language that are searched for MCP."""

_SHOWN = 5
"""How many files a note names."""

_BUILDS = (".gradle.kts", ".main.kts")
"""Ends of the names of build scripts: they name packages for MCP, and hold no tools."""


def is_source(path: str | Path) -> bool:
    """Return True if the name of a file is that of a language that is read."""
    name = Path(path).name
    return Path(name).suffix in SUFFIXES and not name.endswith((".d.ts", ".d.mts", ".d.cts"))


def scan_directory(
    root: str | Path,
    *,
    name: str | None = None,
    tests: bool = False,
    max_bytes: int = DEFAULT_MAX_BYTES,
    exclude: Exclude | None = None,
    store: "SourceCache | None" = None,
) -> Iterator[Manifest]:
    """Yield a manifest for each server in the source code below `root`; if nothing has changed, from the `store`.

    Test files are read only with `tests`; what git ignores, links and files larger than `max_bytes` are not read.
    What was passed over is said in the notes of the first manifest; what could not be read is a failed manifest of
    its own. Raises `SourceError` if no tools are found.
    """
    project = Project(Path(root), str(root), evaluator, max_bytes=max_bytes)
    walk = Walk(project.root, tests=tests, exclude=exclude)
    unread: list[str] = []
    large: list[str] = []
    looked = 0
    for candidate in walk.files():
        looked += 1
        if candidate.size > max_bytes:
            large.append(project.label_of(candidate.path))
        else:
            _keep(project, candidate.path, unread)
    read = partial(_all_read, project, name)
    if store is None:
        reading = read()
    else:
        from toolsmell.sources.code import unchanged

        reading = unchanged.reading(store, project, name, read)
    notes = [*_passed_over(walk, large, max_bytes), *walk.notes]
    notes += gaps.languages(_speaking_mcp(walk), str(root))
    reading = reading._replace(errors=(*walk.errors, *unread, *reading.errors))
    yield from _yielded(reading, project, notes, looked)


def _all_read(project: Project, name: str | None) -> FolderReading:
    """Read the files that a project keeps."""
    unread: list[str] = []
    # Tools may be made by code of other files, so all files are kept before the first is searched.
    found = [file for path, data in project.kept() if (file := _read(project, path, data, unread))]
    reading = _put_together(found, project, name, unread)
    return reading if reading.manifests or reading.gaps else reading._replace(gaps=tuple(_servers(found)))


def _servers(found: list[FoundFile]) -> Iterator[gaps.Gap]:
    """Yield the servers of a folder without tools, at most as many as a note names."""
    places = (server.literal.location for file in found for server in file.found.servers)
    yield from (gaps.Gap(place.file, place.line, is_server=True) for place in islice(places, _SHOWN))


def _put_together(found: list[FoundFile], project: Project, name: str | None, errors: list[str]) -> FolderReading:
    return FolderReading(tuple(_with_comments(found, project, name)), tuple(_unread(found)), tuple(errors))


def scan_file(
    file: str | Path, *, name: str | None = None, max_bytes: int = DEFAULT_MAX_BYTES, data: bytes | None = None
) -> Iterator[Manifest]:
    """Yield a manifest for each server in one file; what it imports from its package is followed.

    `data` stands for what the file holds, for instance in an editor that has not saved it. Raises `SourceError`
    if the file cannot be read or has no tools.
    """
    target = Path(file)
    if data is None:
        data = files.load(target, str(target), max_bytes=max_bytes)
    # A link keeps its name, which says what language it is, and stands in its own folder.
    path = target.parent.resolve() / target.name
    root = _package_of(path)
    project = Project(root, str(root) if target.is_absolute() else None, evaluator, max_bytes=max_bytes)
    if not worth_parsing(SUFFIXES[path.suffix], data):
        files.decode(data, str(file))
        raise NoToolsError(f"{file}: no tools found in 1 source file")
    module = project.add(path, data)
    project.keep(path, data)
    found = [FoundFile(module, find(module))]
    # The server that its tools are for may be made in a file that it imports; the key comes from there.
    found += [FoundFile(other, FoundInFile(servers=find(other).servers)) for other in _others(project, module)]
    errors = [module.error] if module.error and not found[0].found.tools else []
    yield from _yielded(_put_together(found, project, name, errors), project, [], 1)


def _others(project: Project, module: Module) -> list[Module]:
    return [other for other in project.read() if other is not module]


def _keep(project: Project, path: Path, unread: list[str]) -> None:
    try:
        project.keep(path, files.load(path, project.label_of(path), max_bytes=project.max_bytes))
    except SourceError as error:
        unread.append(str(error))


def _read(project: Project, path: Path, data: bytes, unread: list[str]) -> FoundFile | None:
    """Return the tools and servers in a file, or None; errors are added to `unread`."""
    if not worth_parsing(SUFFIXES[path.suffix], data):
        return None
    try:
        module = project.module(path) or project.add(path, data)
        found = find(module)
    except SourceError as error:
        unread.append(str(error))
        return None
    if module.error and not found.tools and b"mcp" in data.lower():
        unread.append(module.error)
    return FoundFile(module, found) if found != FoundInFile() else None


def find(module: Module) -> FoundInFile:
    """Return the tools and servers in a file. Raises `SourceError` if reading it fails, in whatever way."""
    try:
        return _finder(module.language)(module)
    except ToolsmellError:
        raise
    except Exception as error:
        # One strange file must not lose the others.
        words = f"internal error, please report it: {type(error).__name__}: {shown(str(error))}"
        raise SourceError(f"{module.source.label}: cannot be read ({words})") from error


def _finder(language: Language) -> Callable[[Module], FoundInFile]:
    match language:
        case Language.PYTHON:
            from toolsmell.sources.code.python import idioms as python

            return python.find
        case Language.GO:
            from toolsmell.sources.code.go import idioms as go

            return go.find
        case Language.JAVASCRIPT | Language.TYPESCRIPT | Language.TSX:
            from toolsmell.sources.code.javascript import idioms as javascript

            return javascript.find


def _yielded(reading: FolderReading, project: Project, notes: list[str], looked: int) -> Iterator[Manifest]:
    extra = tuple(notes)
    label = project.label or os.path.relpath(project.root)
    read, gaps_ = reading.manifests, reading.gaps
    own = [gaps.nearest(gap.file, [manifest.source for manifest in read]) if read else 0 for gap in gaps_]
    for position, manifest in enumerate(read):
        missed = tuple(gaps.registrations(gap for gap, at in zip(gaps_, own, strict=True) if at == position))
        yield manifest._replace(notes=manifest.notes + missed + extra, unread=missed)
        extra = ()
    if errors := reading.errors:
        listed = "; ".join(errors[:_SHOWN]) + (f"; and {len(errors) - _SHOWN} more" if len(errors) > _SHOWN else "")
        yield Manifest(project.root.name, label, Provenance.SOURCE, status=Status.FAILED, error=listed)
    elif extra or not any(manifest.tools for manifest in read):
        missed = tuple(gaps.registrations(gaps_))
        why = "".join(f"; {note}" for note in (*notes[:_SHOWN], *missed))
        raise NoToolsError(f"{label}: no tools found in {_count(looked, 'source file')}{why}", missed)


def _unread(found: list[FoundFile]) -> list[gaps.Gap]:
    """Return the registrations that were not read; what only looks like a tool counts if there are no tools at all."""
    every = [gap for file in found for gap in file.found.unread]
    certain = [gap for gap in every if gap.certain]
    return certain if certain or any(file.found.tools for file in found) else every


def _speaking_mcp(walk: Walk) -> dict[str, int]:
    """Return the numbers of files in other languages that mention MCP, by suffix."""
    counts: dict[str, int] = {}
    for path in walk.others:
        if path.name.endswith(_BUILDS):
            continue
        try:
            with path.open("rb") as file:
                speaks = b"mcp" in file.read(_HEAD).lower()
        except OSError:
            continue
        if speaks:
            counts[path.suffix] = counts.get(path.suffix, 0) + 1
    return counts


class _Read:
    """The files with tools and servers that were read, and how the user calls them."""

    def __init__(self, project: Project, found: list[FoundFile], name: str | None) -> None:
        self._project: Final = project
        self._found: Final = found
        self._name: Final = name

    def original(self, file: str) -> bytes | None:
        module = self._by_name.get(file)
        return module.source.original if module else None

    @cached_property
    def _by_name(self) -> Mapping[str, Module]:
        return {module.source.label: module for module in self._project.read()}

    def used_once(self, literal: Literal) -> bool:
        module = self._by_name.get(literal.file)
        name = module.constant_at(literal) if module else None
        if module is None or name is None:
            return False
        uses = re.findall(rb"(?<![\w$])" + re.escape(name) + rb"(?![\w$])", module.source.data)
        return len(uses) == 2 and not any(name in data for path, data in self._everything if path != module.path)

    @cached_property
    def _everything(self) -> list[tuple[Path, bytes]]:
        """The source files of the project, those too that hold no tools, and tests."""
        files = [
            one.path for one in Walk(self._project.root, tests=True).files() if one.size <= self._project.max_bytes
        ]
        return [(path, path.read_bytes()) for path in files]

    def again(self, files: Mapping[str, bytes]) -> Iterator[Manifest]:
        project = self._project.beginning()
        for name, module in self._by_name.items():
            project.add(module.path, files.get(name, module.source.original))
        for path, data in self._project.kept():
            project.keep(path, data)
        for name, module in self._by_name.items():
            project.keep(module.path, files.get(name, module.source.original))
        found = []
        for file in self._found:
            if (now := project.module(file.module.path)) is not None:
                held = find(now)
                found.append(FoundFile(now, held if file.found.tools else FoundInFile(servers=held.servers)))
        return _with_comments(found, project, self._name)


def _with_comments(found: list[FoundFile], project: Project, name: str | None) -> Iterator[Manifest]:
    said = [comment for module in project.read() for comment in comments(module)]
    for manifest in manifests(found, project, name, origin=_Read(project, found, name)):
        yield manifest._replace(ignores=ignores(said, manifest))


def _passed_over(walk: Walk, large: list[str], max_bytes: int) -> Iterator[str]:
    if large:
        shown = ", ".join(large[:_SHOWN])
        yield f"{_count(len(large), 'source file')} larger than {max_bytes:,} bytes not read: {shown}"
    if walk.test_files:
        yield f"{_count(walk.test_files, 'test file')} not read"
    if walk.links:
        yield f"{_count(walk.links, 'link')} to source files not followed"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number != 1 else ''}"


def _package_of(path: Path) -> Path:
    """Return the directory that imports of a single file are followed in."""
    for parent in path.parents:
        if any(os.path.exists(parent / name) for name in ("pyproject.toml", "package.json", "go.mod", ".git")):
            return parent
    return path.parent
