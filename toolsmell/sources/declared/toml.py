"""Client configurations in TOML, such as the config.toml of Codex."""

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple, TypeAlias

from toolsmell.errors import SourceError, UnreadableError
from toolsmell.model import Json, Location, Place
from toolsmell.model.pointer import unescape
from toolsmell.sources.json.document import Document
from toolsmell.sources.json.manifest import File, decode
from toolsmell.sources.readonly import ReadOnly


class TomlDocument(NamedTuple):
    """A TOML text and its value."""

    file: str
    text: str
    value: Json


class TomlLocator(ReadOnly):
    """Finds keys in a TOML document, by line."""

    reason = "a configuration in TOML lists no tools to edit"

    def __init__(self, document: TomlDocument) -> None:
        self._document: Final = document

    def locate(self, places: Collection[Place]) -> Mapping[Place, Location]:
        """Return the line of the key of each place, or of the nearest table around it."""
        from toolsmell.project.config.toml_lines import KeyLines

        lines, text = KeyLines(self._document.text), self._document.text.split("\n")
        found = {place: lines.of(tuple(map(unescape, place.pointer.split("/")[1:]))) for place in places}
        return {place: Location(self._document.file, n, 1, n, len(text[n - 1]) + 1) for place, n in found.items()}


AnyDocument: TypeAlias = Document | TomlDocument


def read(file: File, *, max_bytes: int) -> TomlDocument | SourceError:
    """Return the document in a file, or the error that says why it cannot be read."""
    import tomllib

    with file.stream as stream:
        data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        return SourceError(f"{file.label}: larger than {max_bytes} bytes; `--max-bytes` raises the limit")
    try:
        text = decode(data, file.label)
        return TomlDocument(file.label, text, tomllib.loads(text))
    except SourceError as error:
        return error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return UnreadableError(f"{file.label}: not valid TOML: {error}", is_mcp=b"[mcp_servers" in data)
