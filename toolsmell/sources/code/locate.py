"""Places the findings of a live or dumped manifest on the source code that the server was written in.

First by exact text, then by the name of the tool and the position of the part in it. Where two places could be meant,
none is given: a finding on the wrong line costs more than one without a line.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from toolsmell.editing.patch import PatchError, edited
from toolsmell.errors import SourceError
from toolsmell.model import Edited, Ignore, Json, Location, Locator, Manifest, Place, Pointer
from toolsmell.model.pointer import lookup
from toolsmell.sources.code.anchors import Anchors
from toolsmell.sources.code.anywhere import Anywhere
from toolsmell.sources.code.cleaning import cleandoc
from toolsmell.sources.code.found import Site
from toolsmell.sources.code.languages import evaluator
from toolsmell.sources.code.locator import SourceLocator, shown_at
from toolsmell.sources.code.matching import Matching, SourceTool, says_at
from toolsmell.sources.code.module import Project
from toolsmell.sources.code.scan import scan_directory
from toolsmell.sources.code.source import DEFAULT_MAX_BYTES
from toolsmell.sources.code.texts import Texts, says
from toolsmell.sources.code.values import Literal, LiteralKind
from toolsmell.text import pattern

# Parts that their name alone identifies: they are the same even if their texts differ.
_FIRM = r"/(?:name|title|description|inputSchema/properties/[^/]+(?:/description)?)$"


_OWN_PARTS = ("", "/description", "/inputSchema")
"""Parts that each tool has for itself, if its code is not shared."""


class Placement(NamedTuple):
    """The position of a place in the source."""

    literal: Literal
    exact: bool
    """Whether it is the place itself. Otherwise it is the nearest part around it that the source has."""


class SourcePlace(NamedTuple):
    """A place in a manifest that was read from source code."""

    manifest: Manifest
    locator: SourceLocator
    place: Place


class Sources:
    """The source code below a directory, read once, for any number of manifests."""

    def __init__(self, root: str | Path, *, max_bytes: int = DEFAULT_MAX_BYTES) -> None:
        self._root: Final = root
        self._max_bytes: Final = max_bytes
        self.notes: list[str] = []
        """Notes for people on problems in reading the sources."""

    def again(self) -> "Sources":
        """Return the same directory, to be read as it is now."""
        return Sources(self._root, max_bytes=self._max_bytes)

    @cached_property
    def _manifests(self) -> list[Manifest]:
        try:
            return list(scan_directory(self._root, max_bytes=self._max_bytes))
        except SourceError as error:
            self.notes.append(str(error))
            return []

    @cached_property
    def matching(self) -> Matching:
        return Matching(self._tools())

    def _tools(self) -> Iterator[SourceTool]:
        for number, manifest in enumerate(self._manifests):
            self.notes.extend((*manifest.notes, *([manifest.error] if manifest.error else [])))
            if isinstance(manifest.locator, SourceLocator):
                yield from (SourceTool(number, manifest, tool.index, tool, manifest.locator) for tool in manifest.tools)

    @cached_property
    def texts(self) -> Texts:
        return Texts(Project(Path(self._root), str(self._root), evaluator, max_bytes=self._max_bytes))

    @cached_property
    def anywhere(self) -> Anywhere:
        return Anywhere(Path(self._root).resolve(), str(self._root))

    def placed(self, manifest: Manifest) -> Manifest:
        """Return the manifest with a locator into the source code, and with what comments there say to leave out.

        A place that is not found in the source code keeps its location.
        """
        matched = self.matching.matched(manifest.tools)
        ignores = dict.fromkeys((*manifest.ignores, *self._ignores(matched)))
        return manifest._replace(locator=SpanLocator(manifest, matched, self), ignores=tuple(ignores))

    def _ignores(self, matched: Mapping[int, SourceTool]) -> Iterator[Ignore]:
        """Yield the comments of the source that suppress findings of tools in the manifest."""
        by_place = {(one.number, one.position): index for index, one in matched.items()}
        for number, source in enumerate(self._manifests):
            for ignore in source.ignores:
                tool = by_place.get((number, ignore.tool)) if ignore.tool is not None else None
                if tool is None and ignore.tool is not None:
                    continue  # about all of a tool that is not in this manifest
                file, line = ignore.at.file, ignore.line
                beside = any(one.locator.holds(one.position, file, line) for one in matched.values())
                yield ignore._replace(tool=tool, apart=not beside)


def _differs(candidate: SourceTool, pointer: Pointer, raw: Json) -> bool:
    """Return True if source and manifest have different texts at `pointer`."""
    text, written = lookup(raw, pointer), lookup(candidate.tool.raw, pointer)
    return isinstance(text, str) and isinstance(written, str) and not says((written,), text)


def _undone(text: str, found: SourcePlace) -> str:
    """Return a text of the wire without the indentation that docstrings had before Python 3.13."""
    literal = found.locator.literal(found.place)
    return cleandoc(text) if literal is not None and literal.kind is LiteralKind.DOCSTRING else text


class SpanLocator:
    """Finds places of a manifest in the source code of its server."""

    def __init__(self, manifest: Manifest, matched: Mapping[int, SourceTool], sources: Sources) -> None:
        self._tools: Final = {tool.index: tool for tool in manifest.tools}
        self._raw: Final = {tool.index: tool.raw for tool in manifest.tools}
        self._matched: Final = matched
        self._sources: Final = sources
        self._before: Final[Locator | None] = manifest.locator

    def locate(self, places: Collection[Place]) -> Mapping[Place, Location]:
        found = {place: self.placement(place) for place in places}
        missing = [place for place, placement in found.items() if placement is None]
        before = self._before.locate(missing) if self._before and missing else {}
        return {**before, **{place: one.literal.location for place, one in found.items() if one}}

    def placement(self, place: Place) -> Placement | None:
        """Return the position of a place in the source, or None if it is not certain.

        If the name of a tool is not found, all its places are shown at its description.
        """
        if place.tool is None:
            return None
        read = self._read(place.tool, place.pointer)
        is_shared = read is not None and len(self._stands_for.get(read.literal.location, ())) > 1
        if read and read.exact and not is_shared:
            return read
        found = self._anchors.place(self._tools[place.tool], place.pointer)
        if found and found[1]:
            return Placement(found[0].literal, exact=True)
        if read and (not is_shared or self._is_text(place.tool, place.pointer, read)):
            return read
        return Placement(found[0].literal, exact=False) if found else self._head(place.tool)

    def _head(self, tool: int) -> Placement | None:
        """Return the place of a tool as a whole, if no other tool has it."""
        candidate = self._matched.get(tool)
        if candidate is None or len(self._stands_for.get(candidate.head.location, ())) > 1:
            return None
        return Placement(candidate.head, exact=False)

    def _read(self, tool: int, pointer: Pointer) -> Placement | None:
        """Return the position of a place in source code that was read, or None if it is not certain."""
        candidate, raw = self._matched.get(tool), self._raw[tool]
        if candidate is None:
            found = self._by_description(raw)
            return found and found._replace(exact=pointer in ("", "/description"))
        found = self._in_tool(candidate, pointer, raw)
        if found and found.exact:
            return found
        return self._by_text(candidate, raw, pointer) or found or self._around(candidate, pointer, raw)

    def _is_text(self, tool: int, pointer: Pointer, read: Placement) -> bool:
        """Return True if code that several tools share says a part of their text, as a template does."""
        candidate = self._matched.get(tool)
        is_said = candidate is not None and says_at(candidate, pointer or "/name", self._raw[tool])
        return read.exact and (is_said or read.literal.kind is LiteralKind.TEMPLATE)

    @cached_property
    def _stands_for(self) -> Mapping[Location, set[str]]:
        """The different parts that each place stands for: code that registers many tools is the place of none."""
        parts: dict[Location, set[str]] = {}
        for tool, candidate in self._matched.items():
            for pointer in _OWN_PARTS:
                if found := self._in_tool(candidate, pointer, self._raw[tool]):
                    text = lookup(self._raw[tool], pointer or "/name")
                    parts.setdefault(found.literal.location, set()).add(text if isinstance(text, str) else str(tool))
        return parts

    @cached_property
    def _anchors(self) -> Anchors:
        heads = {tool: head.literal.location for tool in self._matched if (head := self._head(tool))}
        return Anchors(self._sources.anywhere, self._tools.values(), heads)

    def literal(self, place: Place) -> Literal | None:
        """Return the literal of exactly this text if it has the text of the manifest, or None."""
        found = self.in_source(place)
        return found.locator.literal(found.place) if found else None

    def in_source(self, place: Place) -> "SourcePlace | None":
        """Return the place of the source with the same text as a place of the manifest, or None."""
        candidate = self._matched.get(place.tool) if place.tool is not None else None
        if candidate is None or place.tool is None or not says_at(candidate, place.pointer, self._raw[place.tool]):
            return None
        return SourcePlace(candidate.manifest, candidate.locator, Place(candidate.position, place.pointer))

    def site(self, tool: int) -> Site | None:
        """Return the code that makes a tool, by its index, or None if it is not certain."""
        candidate = self._matched.get(tool)
        return candidate.locator.site(candidate.position) if candidate else None

    def edit(self, manifest: Manifest, texts: Mapping[Place, str], files: Mapping[str, bytes] = {}) -> Edited:
        """Return the manifest with these texts in the source code of its server (`Locator`)."""
        found = [(self._source_of(manifest, place), text) for place, text in texts.items()]
        sources = {source.manifest.key: source for source, _ in found}
        if len(sources) != 1:
            raise PatchError(f"{manifest.source}: its tools stand in the source code of several servers")
        (source,) = sources.values()
        done = source.locator.edit(source.manifest, {one.place: _undone(text, one) for one, text in found}, files)
        tools = tuple(
            tool._replace(raw=edited(tool.raw, {p.pointer: text for p, text in texts.items() if p.tool == tool.index}))
            for tool in manifest.tools
        )
        return done._replace(manifest=manifest._replace(tools=tools))

    def unwritable(self, place: Place) -> str | None:
        """Return why no text can be written at a place, whatever the text (`Locator`)."""
        found = self.in_source(place)
        if found is None:
            return f"the source code has no text of its own at {place.pointer}"
        return found.locator.unwritable(found.place)

    def _source_of(self, manifest: Manifest, place: Place) -> "SourcePlace":
        found = self.in_source(place)
        if found is None:
            raise PatchError(f"{manifest.source}: {place.pointer}: is not in the source code as a text of its own")
        return found

    def again(self, manifest: Manifest) -> Manifest:
        """Return the manifest with a locator into the same sources as they are now (`Locator`)."""
        return self._sources.again().placed(manifest._replace(locator=self._before))

    def _in_tool(self, candidate: SourceTool, pointer: Pointer, raw: Json) -> Placement | None:
        if not pointer:
            return Placement(candidate.head, exact=True)
        if _differs(candidate, pointer, raw) and not pattern(_FIRM).match(pointer):
            return None
        mark = candidate.mark(pointer)
        shown = shown_at(mark, pointer)
        if mark is None or shown is None:
            return None
        # Code that computes a text does not hold it: a literal that says it is better.
        unread = not isinstance(lookup(candidate.tool.raw, pointer), str)
        computed = unread and isinstance(lookup(raw, pointer), str) and shown.kind is LiteralKind.EXPRESSION
        return Placement(shown, exact=not computed or shown == mark.key)

    def _by_text(self, candidate: SourceTool, raw: Json, pointer: Pointer) -> Placement | None:
        """Find a text, or a parameter by its description, where it stands: in the file of the tool, or elsewhere."""
        text = lookup(raw, pointer)
        if isinstance(text, dict):
            text = text.get("description")
        if not isinstance(text, str):
            return None
        texts = self._sources.texts
        literal = texts.find(text, file=candidate.head.file) or texts.find(text)
        return Placement(literal, exact=True) if literal else None

    def _by_description(self, raw: Json) -> Placement | None:
        """Find a tool whose name is not in the source, because it is put together, by its description."""
        text = lookup(raw, "/description")
        literal = self._sources.texts.find(text) if isinstance(text, str) else None
        return Placement(literal, exact=True) if literal else None

    def _around(self, candidate: SourceTool, pointer: Pointer, raw: Json) -> Placement | None:
        while pointer:
            pointer = pointer.rpartition("/")[0]
            if found := self._in_tool(candidate, pointer, raw):
                return found._replace(exact=False)
        return None
