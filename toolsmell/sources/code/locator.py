"""From places of a manifest to the code that they were read from."""

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from toolsmell.model import Edited, Location, Manifest, Place, Pointer
from toolsmell.sources.code.found import Site
from toolsmell.sources.code.origin import Origin
from toolsmell.sources.code.values import Literal, Mark


class ToolLiterals(NamedTuple):
    """The literals of the parts of one tool."""

    marks: Mapping[Pointer, Mark]
    head: Literal
    """The literal to point at for the tool as a whole."""
    site: Site | None = None
    """The code that makes the tool."""


class SourceLocator:
    """Finds the places of a manifest in the source code that it was read from."""

    def __init__(self, tools: tuple[ToolLiterals, ...], server: Mapping[Pointer, Literal], origin: Origin) -> None:
        self.tools: Final = tools
        self.server: Final = server
        self.origin: Final = origin

    def locate(self, places: Collection[Place]) -> Mapping[Place, Location]:
        found = {place: self.nearest(place) for place in places}
        return {place: literal.location for place, literal in found.items() if literal}

    def literal(self, place: Place) -> Literal | None:
        """Return the literal of exactly this place, or None if it is not a value of its own."""
        if place.tool is None:
            return self.server.get(place.pointer)
        mark = self.tools[place.tool].marks.get(place.pointer)
        return mark.value if mark else None

    def edit(self, manifest: Manifest, texts: Mapping[Place, str], files: Mapping[str, bytes] = {}) -> Edited:
        """Return the manifest with these texts in its source code (`Locator`)."""
        from toolsmell.sources.code.rewrite import read_again, rewritten

        current = read_again(manifest, self.origin, files)
        if current is not manifest and current.locator:
            return current.locator.edit(current, texts)
        return rewritten(manifest, texts, self.origin, self._own)

    def unwritable(self, place: Place) -> str | None:
        """Return why no text can be written at a place, whatever the text (`Locator`)."""
        from toolsmell.sources.code.edit import refusal

        literal = self._own(place)
        if literal is None:
            return f"the source code has no text of its own at {place.pointer}"
        reason = refusal(literal)
        return f"the text at {place.pointer} {reason}" if reason else None

    def again(self, manifest: Manifest) -> Manifest:
        """Return the manifest as it is: `edit` has read the source code again (`Locator`)."""
        return manifest

    def _own(self, place: Place) -> Literal | None:
        """Return where a text is written. A constant that is used once is as good as a literal."""
        literal = self.literal(place)
        shared = literal is not None and literal.shared and not self.origin.used_once(literal)
        return literal._replace(shared=shared) if literal else None

    def mark(self, place: Place) -> Mark | None:
        """Return what is known of a place of a tool."""
        return self.tools[place.tool].marks.get(place.pointer) if place.tool is not None else None

    def head(self, tool: int) -> Literal:
        """Return the place to point at for a tool as a whole."""
        return self.tools[tool].head

    def site(self, tool: int) -> Site | None:
        """Return the code that makes a tool, by its index."""
        return self.tools[tool].site if tool < len(self.tools) else None

    def holds(self, tool: int, file: str, line: int) -> bool:
        """Return True if a part of a tool is written on a line of a file."""
        written = self.tools[tool]
        literals = [one for mark in written.marks.values() for one in (mark.value, mark.key) if one] + [written.head]
        return any(at.file == file and at.line <= line <= at.end_line for at in (one.location for one in literals))

    def nearest(self, place: Place) -> Literal | None:
        """Return where a place is written, or the nearest thing around it: of a parameter and a tool, the name."""
        if place.tool is None:
            return self.server.get(place.pointer) or self.server.get("")
        written = self.tools[place.tool]
        pointer = place.pointer
        while pointer:
            if shown := shown_at(written.marks.get(pointer), pointer):
                return shown
            pointer = pointer.rpartition("/")[0]
        return written.head


def shown_at(mark: Mark | None, pointer: Pointer) -> Literal | None:
    """Return the place to point at: the name for a member of `properties`, the value for anything else."""
    if mark is None:
        return None
    is_parameter = pointer.rpartition("/")[0].endswith("/properties")
    return mark.key or mark.value if is_parameter else mark.value or mark.key
