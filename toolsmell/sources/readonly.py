"""The shared half of the locators of manifests whose texts cannot be edited."""

from collections.abc import Mapping
from typing import NoReturn

from toolsmell.editing.patch import UneditableError
from toolsmell.model import Manifest, Place


class ReadOnly:
    """The half of a `Locator` that edits; `reason` says why nothing can be edited."""

    reason: str

    def edit(self, manifest: Manifest, texts: Mapping[Place, str], files: Mapping[str, bytes] = {}) -> NoReturn:
        """Raise `UneditableError`."""
        del texts, files
        raise UneditableError(f"{manifest.source}: {self.reason}")

    def unwritable(self, _place: Place) -> str | None:
        """Return the reason, which is the same for each place."""
        return self.reason

    def again(self, manifest: Manifest) -> Manifest:
        """Return the manifest as it is, because no file is ever edited."""
        return manifest
