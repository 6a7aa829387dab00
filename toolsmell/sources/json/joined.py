"""Puts snapshots together: files of one folder with one tool each are the tools of one server."""

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from toolsmell.model import Location, Manifest, Place
from toolsmell.sources.json.manifest import JsonLocator
from toolsmell.sources.readonly import ReadOnly


def is_snapshot_of_tool(manifest: Manifest) -> bool:
    """Return True if a file has one tool and nothing about its server."""
    return isinstance(manifest.locator, JsonLocator) and manifest.locator.is_single_tool


def together(manifests: Iterable[Manifest]) -> Iterator[Manifest]:
    """Yield one manifest for the files of each folder."""
    folders: dict[str, list[Manifest]] = defaultdict(list)
    for manifest in manifests:
        folders[os.path.dirname(manifest.source)].append(manifest)
    for folder, found in folders.items():
        yield found[0] if len(found) == 1 else _one(folder, found)


def _one(folder: str, found: list[Manifest]) -> Manifest:
    locator = _Locator([manifest.locator for manifest in found if isinstance(manifest.locator, JsonLocator)])
    tools = tuple(manifest.tools[0]._replace(index=number) for number, manifest in enumerate(found))
    duplicates = (
        place if place.tool is None else place._replace(tool=number)
        for number, manifest in enumerate(found)
        for place in manifest.duplicate_keys
    )
    return found[0]._replace(
        key=_name(folder), source=folder, tools=tools, duplicate_keys=tuple(duplicates), locator=locator
    )


def _name(folder: str) -> str:
    """Return the name of a folder; of `rooms/__toolsnaps__` it is `rooms`."""
    above, name = os.path.split(os.path.abspath(folder))
    return os.path.basename(above) if name.startswith("__") else name


class _Locator(ReadOnly):
    """Finds the places of tools that are in a file each."""

    reason = "its tools are in a file each: name one of the files to edit it"

    def __init__(self, files: list[JsonLocator]) -> None:
        self._files: Final = files

    def locate(self, places: Collection[Place]) -> Mapping[Place, Location]:
        found = {}
        for place in places:
            own = Place(0, place.pointer)
            found[place] = self._files[place.tool or 0].locate((own,))[own]
        return found
