"""Other texts for the tools of a manifest, written into the source code that they come from.

The edited files are read again as they were read before: the tools must be the same but for the new texts, or nothing
is changed. Nothing is written to disk here.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from toolsmell.editing.patch import PatchError, edited
from toolsmell.model import Manifest, Place
from toolsmell.model.pointer import lookup
from toolsmell.sources.code import edit
from toolsmell.sources.code.cleaning import cleandoc
from toolsmell.sources.code.locate import SourcePlace, SpanLocator
from toolsmell.sources.code.locator import SourceLocator
from toolsmell.sources.code.texts import squeezed
from toolsmell.sources.code.values import Kind, Literal

_LAYOUT: Final = "only white space would change, which is layout around a docstring and before its lines"


class Rewritten(NamedTuple):
    """A manifest with other texts."""

    manifest: Manifest
    """As it is read from the edited files; of a server that is running, as it should be when it is started again."""
    before: Mapping[str, bytes]
    """The files that change, as they were read."""
    after: Mapping[str, bytes]


def rewritten(manifest: Manifest, texts: Mapping[Place, str], files: Mapping[str, bytes] | None = None) -> Rewritten:
    """Return a manifest with other texts, and the files to write for that.

    `files` are those that hold something else by now than when they were read, by their names. Raises `PatchError`
    where a text has no literal of its own, the literal cannot hold it, or something else would change with it.
    """
    sources: dict[str, Manifest] = {}
    wanted: dict[Place, str] = {}
    for place, text in texts.items():
        found = _in_source(manifest, place)
        if found.manifest.key not in sources:
            sources[found.manifest.key] = refreshed(found.manifest, files or {})
        wanted[found.place] = text if found.manifest is manifest else _undone(text, found)
    if len(sources) > 1:
        raise PatchError(f"{manifest.source}: its tools stand in the source code of several servers")
    done = _rewritten(next(iter(sources.values())), wanted)
    if isinstance(manifest.locator, SourceLocator):
        return done
    tools = tuple(
        tool._replace(raw=edited(tool.raw, {p.pointer: text for p, text in texts.items() if p.tool == tool.index}))
        for tool in manifest.tools
    )
    return done._replace(manifest=manifest._replace(tools=tools))


def _undone(text: str, found: SourcePlace) -> str:
    """Return a text of the wire without the indentation that docstrings had before Python 3.13."""
    literal = found.locator.literal(found.place)
    return cleandoc(text) if literal is not None and literal.kind is Kind.DOCSTRING else text


def unwritable(manifest: Manifest, place: Place) -> str | None:
    """Say why no text can be written at a place, whatever the text; None where one can, or may be."""
    try:
        found = _in_source(manifest, place)
    except PatchError:
        return f"the source code has no text of its own at {place.pointer}"
    literal = _literal(found.locator, found.place)
    reason = edit.refusal(literal) if literal else None
    return f"the text at {place.pointer} {reason}" if reason else None


def _literal(locator: SourceLocator, place: Place) -> Literal | None:
    """Return where a text is written. A constant that is used once is as good as a literal in the place of its name."""
    literal = locator.literal(place)
    shared = literal is not None and literal.shared and not locator.origin.used_once(literal)
    return literal._replace(shared=shared) if literal else None


def refreshed(manifest: Manifest, files: Mapping[str, bytes]) -> Manifest:
    """Return a manifest that was read from source code as it is where these files hold something else."""
    origin = _locator(manifest).origin
    if all(origin.original(file) in (data, None) for file, data in files.items()):
        return manifest
    return _again(manifest, files)


def placed_again(manifest: Manifest) -> Manifest:
    """Return a manifest whose places are looked for in the source code as it is now."""
    return manifest.locator.again(manifest) if isinstance(manifest.locator, SpanLocator) else manifest


def _again(manifest: Manifest, files: Mapping[str, bytes]) -> Manifest:
    for one in _locator(manifest).origin.again(files):
        if one.key == manifest.key:
            return one._replace(notes=manifest.notes)
    raise PatchError(f"{manifest.source}: the edited code has no such server")


def _locator(manifest: Manifest) -> SourceLocator:
    if not isinstance(manifest.locator, SourceLocator):
        raise PatchError(f"{manifest.source}: was not read from source code; `--source DIR` says where that is")
    return manifest.locator


def _in_source(manifest: Manifest, place: Place) -> SourcePlace:
    if isinstance(manifest.locator, SpanLocator):
        found = manifest.locator.in_source(place)
    else:
        found = SourcePlace(manifest, _locator(manifest), place)
    if found is None or found.locator.literal(found.place) is None:
        raise PatchError(f"{manifest.source}: {place.pointer}: is not written in the source code as a text of its own")
    return found


def _rewritten(manifest: Manifest, texts: Mapping[Place, str]) -> Rewritten:
    locator = _locator(manifest)
    by_file: dict[str, dict[Literal, str]] = {}
    raw = {tool.index: tool.raw for tool in manifest.tools}
    for place, text in texts.items():
        if place.tool is not None and lookup(raw[place.tool], place.pointer) == text:
            raise PatchError(f"{manifest.source}: {_LAYOUT}")
        literal = _literal(locator, place)
        if literal is not None and by_file.setdefault(literal.file, {}).setdefault(literal, text) != text:
            raise PatchError(f"{literal.file}:{literal.location.line}: two tools have this text")
    before = {file: locator.origin.original(file) or b"" for file in by_file}
    after = {file: edit.edited(before[file], by_file[file]) for file in by_file}
    again = _again(manifest, after)
    _prove(manifest, again, texts)
    return Rewritten(again, before, after)


def _prove(manifest: Manifest, again: Manifest, texts: Mapping[Place, str]) -> None:
    """Raise `PatchError` where the tools are not those of before with the new texts."""
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
