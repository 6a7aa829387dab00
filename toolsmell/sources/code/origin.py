"""The files that manifests were read from, as far as editing them needs it."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from toolsmell.model import Manifest
from toolsmell.sources.code.values import Literal


class Origin(Protocol):
    """The files that manifests were read from."""

    def original(self, file: str) -> bytes | None:
        """Return the content of a file, by its name, or None if it was not read."""

    def used_once(self, literal: Literal) -> bool:
        """Return True if a text is in a constant whose name occurs once more, and in no other file."""

    def again(self, files: Mapping[str, bytes]) -> Iterable[Manifest]:
        """Read the same manifests with these files having other content."""
