"""Writes the briefs of a server, the tools that need a writer most first."""

from collections.abc import Iterator

from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.code import with_implementations
from toolsmell.model import Manifest
from toolsmell.reading.context import ServerContext
from toolsmell.rewrite.brief import Brief, brief_of
from toolsmell.rewrite.compare import ExtraEvidence
from toolsmell.rewrite.documents import passages
from toolsmell.rewrite.measure import Bench, Yardstick
from toolsmell.rewrite.propose import untouchable


def briefs(
    manifest: Manifest, yardstick: Yardstick, sources: ExtraEvidence | None = None, tools: frozenset[str] = frozenset()
) -> Iterator[Brief]:
    """Yield the brief of each tool that is worth the work, or of `tools` if there are any."""
    sources = sources or ExtraEvidence()
    bench = Bench(ServerContext(with_implementations(manifest)), yardstick)
    found = []
    for tool in bench.server.tools:
        name = tool.tool.name or ""
        if untouchable(tool) or (tools and name not in tools):
            continue
        documents = passages(name, sources.documents)
        brief = brief_of(ToolEvidence(tool, sources.observations, sources.private, documents), bench)
        if tools or brief.worth_it:
            found.append(brief)
    yield from sorted(found, key=lambda brief: -brief.need)
