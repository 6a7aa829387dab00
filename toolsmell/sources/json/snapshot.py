"""Dumps: what a live server sent, as one JSON document to commit, compare and scan without the server."""

from typing import Final

from toolsmell.errors import SourceError
from toolsmell.model import Json, Manifest, Place, Provenance, Status, Tool

SCHEMA: Final = "toolsmell.dump/v1"

_KINDS: Final[dict[type, str]] = {str: "a text", list: "a list", dict: "an object"}


def to_json(manifest: Manifest) -> dict[str, Json]:
    """Return the document: always the same keys in the same order, and the lists in the server's own order."""
    return {
        "schema": SCHEMA,
        "date": manifest.date,
        "provenance": manifest.provenance.value,
        "key": manifest.key,
        "status": manifest.status.value,
        "error": manifest.error,
        "server": {
            "info": manifest.info,
            "protocolVersion": manifest.protocol_version,
            "capabilities": manifest.capabilities,
            "instructions": manifest.instructions,
        },
        "tools": [tool.raw for tool in manifest.tools],
        "prompts": list(manifest.prompts),
        "resources": list(manifest.resources),
        "resourceTemplates": list(manifest.resource_templates),
        "duplicateKeys": [place._asdict() for place in manifest.duplicate_keys],
        "unknown": dict(manifest.unknown),
        "notes": list(manifest.notes),
    }


def is_snapshot(document: Json) -> bool:
    """Return True for a dump of a version that `from_json` reads."""
    return isinstance(document, dict) and document.get("schema") == SCHEMA


def from_json(document: Json, *, source: str, key: str | None = None) -> Manifest:
    """Return the manifest that `to_json` was given, with `source` as the file that it was read from.

    It has the provenance of that manifest: a dump is what the server sent. `key` replaces the key of the document.
    Raises `SourceError` if the document is not a complete dump.
    """
    if not is_snapshot(document):
        raise SourceError(f"not a {SCHEMA} document")
    server = _typed(document, "server", dict)
    info = server.get("info")
    name = info.get("name") if isinstance(info, dict) else None
    return Manifest(
        key=key or _typed(document, "key", str),
        source=source,
        provenance=_provenance(document),
        date=_text(document, "date"),
        tools=tuple(Tool(index, raw) for index, raw in enumerate(_typed(document, "tools", list))),
        name=name if isinstance(name, str) else None,
        status=_status(document),
        error=_text(document, "error"),
        instructions=_text(server, "instructions"),
        info=info,
        protocol_version=_text(server, "protocolVersion"),
        capabilities=server.get("capabilities"),
        prompts=tuple(_typed(document, "prompts", list)),
        resources=tuple(_typed(document, "resources", list)),
        resource_templates=tuple(_typed(document, "resourceTemplates", list)),
        duplicate_keys=tuple(_place(place) for place in _typed(document, "duplicateKeys", list)),
        unknown=_reasons(document),
        notes=_notes(document),
    )


def _typed(document: dict[str, Json], key: str, kind: type) -> Json:
    value = document.get(key)
    if not isinstance(value, kind):
        raise SourceError(f"`{key}` of a dump must be {_KINDS[kind]}")
    return value


def _text(document: dict[str, Json], key: str) -> str | None:
    return None if document.get(key) is None else _typed(document, key, str)


def _status(document: dict[str, Json]) -> Status:
    try:
        return Status(_typed(document, "status", str))
    except ValueError:
        raise SourceError(f"`status` of a dump must be one of {', '.join(Status)}") from None


def _provenance(document: dict[str, Json]) -> Provenance:
    """Return the origin of the dumped texts. The first dumps do not say it: all were made from live servers."""
    try:
        return Provenance(_text(document, "provenance") or Provenance.WIRE)
    except ValueError:
        raise SourceError(f"`provenance` of a dump must be one of {', '.join(Provenance)}") from None


def _reasons(document: dict[str, Json]) -> dict[str, str]:
    unknown = _typed(document, "unknown", dict)
    return {part: _typed(unknown, part, str) for part in unknown}


def _place(value: Json) -> Place:
    match value:
        case {"tool": (int() | None) as tool, "pointer": str(pointer)} if not isinstance(tool, bool):
            return Place(tool, pointer)
    raise SourceError("`duplicateKeys` of a dump must be places: objects of `tool` and `pointer`")


def _notes(document: dict[str, Json]) -> tuple[str, ...]:
    notes = _typed(document, "notes", list)
    if not all(isinstance(note, str) for note in notes):
        raise SourceError("`notes` of a dump must be texts")
    return tuple(notes)
