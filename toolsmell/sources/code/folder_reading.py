"""What the source code of a folder says: servers, and what could not be read."""

from typing import NamedTuple

from toolsmell.model import Manifest
from toolsmell.sources.code.gaps import Gap


class FolderReading(NamedTuple):
    """The result of reading the source files of a folder."""

    manifests: tuple[Manifest, ...] = ()
    gaps: tuple[Gap, ...] = ()
    """Registrations whose names are not known."""
    errors: tuple[str, ...] = ()
    """Files that could not be read, with the reasons."""
