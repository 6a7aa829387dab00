"""Reads the code of every tool of a manifest that was read from source code, or placed on it."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

from toolsmell.evidence.code.closure import Siblings, implementation
from toolsmell.evidence.code.examples import examples
from toolsmell.evidence.code.languages import reader_of
from toolsmell.evidence.code.reader_values import CodeReader, Handler
from toolsmell.model import Manifest, Tool
from toolsmell.model.implementation import Abstention, CodeFact, Doubt, Implementation
from toolsmell.sources.code.found import Site
from toolsmell.sources.code.module import Found

if TYPE_CHECKING:
    from pathlib import Path


@runtime_checkable
class Sited(Protocol):
    """A locator that knows the code that makes a tool."""

    def site(self, tool: int) -> Site | None:
        """Return the code that makes a tool, by its index, or None if it is not known."""


def implementations(manifest: Manifest) -> Mapping[int, Implementation]:
    """Return the code of each tool, by the tool's index."""
    # Asked once: to compare with a protocol takes longer than the rest.
    locator = manifest.locator if isinstance(manifest.locator, Sited) else None
    found = [_Handled.of(tool, locator.site(tool.index) if locator is not None else None) for tool in manifest.tools]
    names: dict[tuple[Path, int], set[str]] = {}
    for one in found:
        if one.function is not None and one.tool.name is not None:
            names.setdefault((one.function.module.path, one.function.node.start_byte), set()).add(one.tool.name)
    siblings = {place: next(iter(held)) for place, held in names.items() if len(held) == 1}
    shown = _examples(found)
    return {one.tool.index: with_examples(one.implementation(siblings), one.tool, shown) for one in found}


def _examples(found: Iterable["_Handled"]) -> Mapping[str, tuple[CodeFact, ...]]:
    """Return the arguments that the tests of the projects pass, by the name of the tool."""
    projects = {id(one.site.module.project): one.site.module.project for one in found if one.site is not None}
    return {name: facts for project in projects.values() for name, facts in examples(project).items()}


def with_examples(code: Implementation, tool: Tool, shown: Mapping[str, tuple[CodeFact, ...]]) -> Implementation:
    """Return the code of a tool with what tests pass for its parameters."""
    properties = (tool.input_schema or {}).get("properties")
    known = properties if isinstance(properties, dict) else {}
    own = [fact for fact in shown.get(tool.name or "", ()) if fact.parameter in known]
    numbered = (fact._replace(id=f"F{number}") for number, fact in enumerate(own, len(code.facts) + 1))
    return code._replace(facts=(*code.facts, *numbered)) if own and code.functions else code


def with_implementations(manifest: Manifest) -> Manifest:
    """Return the manifest with the code of its tools, read if it was not."""
    if manifest.implementations is not None:
        return manifest
    return manifest._replace(implementations=implementations(manifest))


class _Handled(NamedTuple):
    """A tool, and the code that it runs."""

    tool: Tool
    site: Site | None = None
    reader: CodeReader | None = None
    handler: Handler | None = None

    @classmethod
    def of(cls, tool: Tool, site: Site | None) -> "_Handled":
        reader = reader_of(site.module.language) if site is not None else None
        if site is None or reader is None:
            return cls(tool, site)
        site.module.project.steps.begin_tool()
        try:
            with site.module.project.assume(site.given):
                return cls(tool, site, reader, reader.handler(site, tool))
        except RecursionError:  # nested deeper than any code written by hand
            return cls(tool, site, reader, Handler(None, (Abstention(Doubt.TOO_MUCH),)))

    @property
    def function(self) -> Found | None:
        """The function that the tool runs, unless it shares it with others."""
        activation = self.handler.activation if self.handler is not None else None
        return activation.function if activation is not None and not activation.region else None

    def implementation(self, siblings: Siblings) -> Implementation:
        if self.site is None or self.reader is None or self.handler is None:
            doubt = Doubt.NO_SITE if self.site is None else Doubt.NO_READER
            return Implementation(self.tool.index, abstained=(Abstention(doubt),))
        self.site.module.project.steps.begin_tool()
        try:
            with self.site.module.project.assume(self.site.given):
                return implementation(self.tool, self.handler, self.reader, siblings)
        except RecursionError:
            return Implementation(self.tool.index, abstained=(Abstention(Doubt.TOO_MUCH),))
