"""Reads the code of every tool of a manifest that was read from source code, or placed on it."""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from toolsmell.evidence.code.closure import implementation
from toolsmell.evidence.code.languages import reader_of
from toolsmell.model import Manifest, Tool
from toolsmell.model.implementation import Abstention, Doubt, Implementation
from toolsmell.sources.code.found import Site


@runtime_checkable
class Sited(Protocol):
    """A locator that knows the code that makes a tool."""

    def site(self, tool: int) -> Site | None:
        """Return the code that makes a tool, by its index, or None if it is not known."""


def implementations(manifest: Manifest) -> Mapping[int, Implementation]:
    """Return the code of each tool, by the tool's index."""
    locator = manifest.locator
    return {
        tool.index: _implementation(tool, locator.site(tool.index) if isinstance(locator, Sited) else None)
        for tool in manifest.tools
    }


def with_implementations(manifest: Manifest) -> Manifest:
    """Return the manifest with the code of its tools, read if it was not."""
    if manifest.implementations is not None:
        return manifest
    return manifest._replace(implementations=implementations(manifest))


def _implementation(tool: Tool, site: Site | None) -> Implementation:
    if site is None:
        return _none(tool, Doubt.NO_SITE)
    reader = reader_of(site.module.language)
    if reader is None:
        return _none(tool, Doubt.NO_READER)
    site.module.project.steps.begin_tool()
    return implementation(tool, reader.handler(site, tool), reader)


def _none(tool: Tool, doubt: Doubt) -> Implementation:
    return Implementation(tool.index, abstained=(Abstention(doubt),))
