"""Other texts for the tools of a manifest, written into the source code that they come from.

The edited files are read again as they were read before: the tools must be the same but for the new texts, or nothing
is changed. Nothing is written to disk here.
"""

from collections.abc import Callable, Mapping
from typing import Final

from toolsmell.editing.patch import PatchError, edited
from toolsmell.model import Edited, Manifest, Place
from toolsmell.model.pointer import lookup
from toolsmell.sources.code import edit
from toolsmell.sources.code.origin import Origin
from toolsmell.sources.code.texts import squeezed
from toolsmell.sources.code.values import Literal

_LAYOUT: Final = "only white space would change, which is layout around a docstring and before its lines"


def rewritten(
    manifest: Manifest, texts: Mapping[Place, str], origin: Origin, literal_of: Callable[[Place], Literal | None]
) -> Edited:
    """Return a manifest with other texts, and the files to write for that.

    `literal_of` finds where a text is written. Raises `PatchError` if a text has no literal of its own, the literal
    cannot take it, or something else would change with it.
    """
    by_file: dict[str, dict[Literal, str]] = {}
    raw = {tool.index: tool.raw for tool in manifest.tools}
    for place, text in texts.items():
        literal = literal_of(place)
        if literal is None:
            raise PatchError(f"{manifest.source}: {place.pointer}: is not in the source code as a text of its own")
        if place.tool is not None and lookup(raw[place.tool], place.pointer) == text:
            raise PatchError(f"{manifest.source}: {_LAYOUT}")
        if by_file.setdefault(literal.file, {}).setdefault(literal, text) != text:
            raise PatchError(f"{literal.file}:{literal.location.line}: two tools have this text")
    before = {file: origin.original(file) or b"" for file in by_file}
    after = {file: edit.edited(before[file], by_file[file]) for file in by_file}
    again = read_again(manifest, origin, after)
    _prove(manifest, again, texts)
    return Edited(again, before, after)


def read_again(manifest: Manifest, origin: Origin, files: Mapping[str, bytes]) -> Manifest:
    """Return the manifest as it is read if these files have this content; the same one if nothing has changed."""
    if all(origin.original(file) in (data, None) for file, data in files.items()):
        return manifest
    for one in origin.again(files):
        if one.key == manifest.key:
            return one._replace(notes=manifest.notes)
    raise PatchError(f"{manifest.source}: the edited code has no such server")


def _prove(manifest: Manifest, again: Manifest, texts: Mapping[Place, str]) -> None:
    """Raise `PatchError` if the tools are not those of before with the new texts."""
    if len(again.tools) != len(manifest.tools):
        raise PatchError(f"{manifest.source}: the edited code would have other tools")
    for tool, after in zip(manifest.tools, again.tools, strict=True):
        wanted = {place.pointer: text for place, text in texts.items() if place.tool == tool.index}
        for pointer, text in wanted.items():
            read = lookup(after.raw, pointer)
            if read == lookup(tool.raw, pointer) != text and squeezed(read) == squeezed(text):
                raise PatchError(f"{manifest.source}: {tool.label}: {_LAYOUT}")
            # Around a docstring, white space is layout, which stays.
            wanted[pointer] = read if isinstance(read, str) and read.strip() == text.strip() else text
        if edited(tool.raw, wanted) != after.raw or tool.unknown != after.unknown:
            raise PatchError(f"{manifest.source}: {tool.label}: more than that text would change")
