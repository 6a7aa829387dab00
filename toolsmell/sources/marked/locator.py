"""Places of tools in files of C#, Java, Kotlin and Rust. These files are shown, never edited."""

from collections.abc import Collection, Mapping
from typing import Final

from toolsmell.editing.patch import PatchError
from toolsmell.model import Edited, Location, Manifest, Place

_NOT_EDITED: Final = "source code of this language is read, not edited"

Spans = Mapping[str, Location]
"""Pointer into a tool -> where it is written; the empty pointer is the tool's name."""


class MarkedLocator:
    """Finds the places of a manifest, or of the nearest part that the source has."""

    def __init__(self, tools: tuple[Spans, ...]) -> None:
        self._tools: Final = tools

    def locate(self, places: Collection[Place]) -> Mapping[Place, Location]:
        """Return the location of each place that is about a tool."""
        return {place: self._nearest(place) for place in places if place.tool is not None}

    def edit(
        self,
        manifest: Manifest,
        texts: Mapping[Place, str],  # noqa: ARG002
        files: Mapping[str, bytes] = {},  # noqa: ARG002
    ) -> Edited:
        """Raise `PatchError`: texts of these languages are not written."""
        raise PatchError(f"{manifest.source}: {_NOT_EDITED}; change the text by hand")

    def unwritable(self, place: Place) -> str | None:  # noqa: ARG002
        """Return why a text cannot be written."""
        return _NOT_EDITED

    def again(self, manifest: Manifest) -> Manifest:
        """Return the manifest as it is: its files are never edited."""
        return manifest

    def _nearest(self, place: Place) -> Location:
        spans = self._tools[place.tool or 0]
        pointer = place.pointer
        while pointer and pointer not in spans:
            pointer = pointer.rpartition("/")[0]
        return spans[pointer]
