"""What was read of a folder as JSON, for the cache. Nothing is believed while decoding: raises `ValueError`."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple, TypeVar

from toolsmell.model import How, Ignore, Json, Location, Manifest, Pointer, Provenance, Status, Tool
from toolsmell.sources.code.cleaning import Cleaning
from toolsmell.sources.code.disk_answers import Question
from toolsmell.sources.code.folder_reading import FolderReading
from toolsmell.sources.code.gaps import Gap
from toolsmell.sources.code.locator import SourceLocator, ToolLiterals
from toolsmell.sources.code.values import Literal, LiteralKind, Mark

T = TypeVar("T")

_LITERAL: Final = (str, int, int, int, int, int, int, str, str, str, str, str, list, bool, bool)
_IGNORE: Final = (str, str, list, int)
_LOCATION: Final = (str, int, int, int, int)


class Places(NamedTuple):
    """The places of one server: of its tools, and of itself."""

    tools: tuple[ToolLiterals, ...]
    server: Mapping[Pointer, Literal]


class Decoded(NamedTuple):
    """A reading without locators, and what they are made of."""

    reading: FolderReading
    places: tuple[Places, ...]
    seen: tuple[tuple[Question, str], ...]


def encode(reading: FolderReading, seen: Mapping[Question, str]) -> str:
    """Return a reading without errors as JSON, with what the reading asked about the disk."""
    manifests = [_manifest(manifest) for manifest in reading.manifests]
    asked = [(*question, answer) for question, answer in seen.items()]
    data = {"manifests": manifests, "gaps": reading.gaps, "seen": asked}
    return json.dumps(data, separators=(",", ":"))


def _manifest(manifest: Manifest) -> Json:
    locator = manifest.locator
    tools = locator.tools if isinstance(locator, SourceLocator) else ()
    server = locator.server if isinstance(locator, SourceLocator) else {}
    return {
        "texts": [manifest.key, manifest.source, manifest.status.value],
        "optional": [manifest.name, manifest.error, manifest.instructions],
        "unknown": dict(manifest.unknown),
        "notes": manifest.notes,
        "ignores": [(one.rule, one.reason, one.at, one.line, one.tool) for one in manifest.ignores],
        "tools": [(tool.raw, dict(tool.unknown), tool.how, tool.unsent, dict(tool.causes)) for tool in manifest.tools],
        "places": [(_literal(one.head), {at: _mark(mark) for at, mark in one.marks.items()}) for one in tools],
        "server": {at: _literal(literal) for at, literal in server.items()},
    }


def _literal(literal: Literal) -> Json:
    return (*literal.location, *literal[1:])


def _mark(mark: Mark) -> Json:
    return [mark.value and _literal(mark.value), mark.key and _literal(mark.key), mark.pieces]


def decode(text: str) -> Decoded:
    """Return what `encode` wrote. Raises `ValueError` for anything else."""
    try:
        data = json.loads(text)
        manifests = data["manifests"]
        gaps = tuple(Gap(*_typed(one, (str, int, bool, bool))) for one in data["gaps"])
        seen = tuple(map(_read_seen, data["seen"]))
        reading = FolderReading(tuple(map(_read_manifest, manifests)), gaps)
        return Decoded(reading, tuple(map(_read_places, manifests)), seen)
    except (KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise ValueError(str(error)) from None


def _read_seen(data: Json) -> tuple[Question, str]:
    about, path, limit, answer = _typed(data, (str, str, int, str))
    return Question(about, path, limit), answer


def _read_manifest(data: Json) -> Manifest:
    key, source, status = _typed(data["texts"], (str, str, str))
    name, error, instructions = _each(data["optional"], _optional)
    return Manifest(
        key,
        source,
        Provenance.SOURCE,
        tools=tuple(_read_tool(index, one) for index, one in enumerate(data["tools"])),
        name=name,
        status=Status(status),
        error=error,
        instructions=instructions,
        unknown=_texts(data["unknown"]),
        notes=_typed(data["notes"], (str,) * len(data["notes"])),
        ignores=tuple(map(_read_ignore, data["ignores"])),
    )


def _read_tool(index: int, data: Json) -> Tool:
    raw, unknown, how, unsent, causes = _typed(data, (dict, dict, str, str, dict))
    return Tool(index, raw, _texts(unknown), how=How(how), unsent=unsent, causes=_texts(causes))


def _read_ignore(data: Json) -> Ignore:
    rule, reason, at, line = _typed(data[:4], _IGNORE)
    (tool,) = data[4:]
    if not (tool is None or type(tool) is int):
        raise TypeError("tool")
    return Ignore(rule, reason, Location(*_typed(at, _LOCATION)), line, tool)


def _read_places(data: Json) -> Places:
    tools = tuple(_read_literals(one) for one in data["places"])
    if len(tools) != len(data["tools"]):
        raise ValueError("places")
    return Places(tools, {at: _read_literal(one) for at, one in data["server"].items()})


def _read_literals(data: Json) -> ToolLiterals:
    head, marks = data
    return ToolLiterals({at: _read_mark(one) for at, one in marks.items()}, _read_literal(head))


def _read_mark(data: Json) -> Mark:
    value, key, pieces = data
    return Mark(value and _read_literal(value), key and _read_literal(key), _each(pieces, _optional))


def _read_literal(data: Json) -> Literal:
    *location, start, end, kind, encoding, prefix, quote, indent, cleaned, shared, whole = _typed(data, _LITERAL)
    functions = tuple(map(Cleaning, cleaned))
    return Literal(
        Location(*location), start, end, LiteralKind(kind), encoding, prefix, quote, indent, functions, shared, whole
    )


def _typed(data: Json, types: tuple[type, ...]) -> tuple[Json, ...]:
    """Return a list as a tuple if its items have exactly these types."""
    if not isinstance(data, list) or tuple(map(type, data)) != types:
        raise TypeError("types")
    return tuple(data)


def _each(data: Iterable[Json], read: Callable[[Json], T]) -> tuple[T, ...]:
    return tuple(read(one) for one in data)


def _optional(data: Json) -> str | None:
    if not (data is None or isinstance(data, str)):
        raise TypeError("text")
    return data


def _texts(data: Json) -> Mapping[str, str]:
    if not isinstance(data, dict) or not all(isinstance(one, str) for one in data.values()):
        raise TypeError("texts")
    return data
