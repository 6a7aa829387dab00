"""From lines to tables. Each line is one server as JSON: a tools/list result, a dump or a list of tools.

It knows no engine. Any of them can map it over lines: docs/survey.md has recipes for Dask, Spark, Beam and Ray.
"""

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from toolsmell import app
from toolsmell.errors import SourceError
from toolsmell.model import Component, Finding, Manifest, Provenance, ServerReport, Status, Tool, ToolReport
from toolsmell.project import fingerprint
from toolsmell.sources.json import document, manifest
from toolsmell.sources.json.kinds import DocumentKind, presume
from toolsmell.survey.scan_settings import Settings, digest, run_key, scan_options
from toolsmell.survey.tables import TableRow, Value

CRASHED = "crashed"
"""The status of a server whose scan ended its process."""

_READABLE = (DocumentKind.TOOLS, DocumentKind.DUMP, DocumentKind.MCPB)
_DEFAULTS = Settings()


class Line(NamedTuple):
    """One server as text, with its source."""

    text: str
    source: str
    """File and line, for people: `servers.jsonl:12`."""
    name: str
    """The server's key if the text gives none."""


class Server(NamedTuple):
    """A server that was read, and its identity."""

    manifest: Manifest
    line: Line
    hash: str
    key: str


def rows(lines: Iterable[str], settings: Settings = _DEFAULTS, *, source: str = "lines") -> Iterator[TableRow]:
    """Yield the rows of each line, in order: definitions, tools and findings, then the server's own row.

    A line that cannot be read yields a server with the status `failed`; nothing is raised for it. Raises `UsageError`
    for settings that cannot be used.
    """
    for number, text in enumerate(lines, 1):
        if text.strip():
            yield from server_rows(read(Line(text, f"{source}:{number}", f"{source}-{number}"), settings), settings)


def read(line: Line, settings: Settings = _DEFAULTS) -> Server:
    """Return the server of a line; a line that cannot be read gives a failed one with the reason."""
    try:
        found = _manifest(line, settings.max_bytes)
    except SourceError as error:
        found = failed(line, str(error))
    hash_ = text_hash(line) if found.status is Status.FAILED else server_hash(found)
    return Server(found, line, hash_, _key(hash_, found.key, settings))


def text_hash(line: Line) -> str:
    """Return the hash of a line that is not read as a server."""
    return digest(line.text.encode("utf-8", "replace"))


def _key(server: str, name: str, settings: Settings) -> str:
    return digest(server.encode(), run_key(settings).encode(), name.encode("utf-8", "replace"))


def failed(line: Line, error: str) -> Manifest:
    """Return the manifest of a line without a server."""
    return Manifest(line.name, line.source, Provenance.FILE, status=Status.FAILED, error=error)


def _manifest(line: Line, max_bytes: int) -> Manifest:
    if len(line.text) > max_bytes:
        raise SourceError(f"larger than {max_bytes} bytes")
    read_ = document.parse(line.text, line.source)
    kind = presume(read_.value)
    if kind not in _READABLE:
        raise SourceError("holds no list of tools" if kind is None else f"is a {kind}, not a list of tools")
    name = read_.value.get("server") if isinstance(read_.value, dict) else None
    key = name if isinstance(name, str) and name else None
    return manifest.read(read_, kind, stem=line.name, name=key)._replace(source=line.source, locator=None)


def server_hash(found: Manifest) -> str:
    """Return the hash of a server's tools, in order, and its instructions. The order of keys does not count."""
    texts = [definition(tool).encode() for tool in found.tools]
    return digest(json.dumps(found.instructions).encode(), *texts)


def definition(tool: Tool) -> str:
    """Return a tool as canonical JSON in ASCII."""
    return json.dumps(tool.raw, sort_keys=True, separators=(",", ":"))


def server_rows(server: Server, settings: Settings = _DEFAULTS) -> Iterator[TableRow]:
    """Scan a server and yield its rows; its own row is last."""
    (report,) = app.scan([server.manifest], scan_options(settings))
    head: dict[str, Value] = {"source": server.line.source, "server": report.key, "server_hash": server.hash}
    for tool, scanned in zip(server.manifest.tools, report.tools, strict=True):
        text = definition(tool)
        hash_ = digest(text.encode())
        own = {"definition": hash_, "name": tool.name, "description": tool.description, "tool": text}
        yield TableRow("definitions", own)
        yield TableRow("tools", {**head, **_tool(scanned, hash_, settings)})
        for finding in scanned.findings:
            yield TableRow("findings", {**head, **_finding(finding, report, scanned)})
    for finding in report.findings:
        yield TableRow("findings", {**head, **_finding(finding, report, None)})
    yield TableRow("servers", {**head, "key": server.key, **_server(report)})


def crashed(line: Line, settings: Settings, error: str = "the scan of this server ended its process") -> TableRow:
    """Return the row of a server that could not be scanned: it is named, so that somebody can look at it."""
    hash_ = text_hash(line)
    report = ServerReport(line.name, None, line.source, Provenance.FILE, Status.FAILED, None, None, (), ())
    head: dict[str, Value] = {"source": line.source, "server": line.name, "server_hash": hash_}
    reason = {"status": CRASHED, "error": error}
    return TableRow("servers", {**head, "key": _key(hash_, line.name, settings), **_server(report), **reason})


def _tool(report: ToolReport, definition_hash: str, settings: Settings) -> dict[str, Value]:
    components = scan_options(settings).rubric.components
    levels = {component: score.value for component, score in report.scores.items()}
    return {
        "index": report.index,
        "name": report.name,
        "definition": definition_hash,
        "tokens": report.tokens.total,
        "description_tokens": report.tokens.description,
        "overall": report.overall,
        "overall_prose": report.overall_prose,
        "percentile": report.percentile,
        "smells": [components[component].smell for component in _smelly(report)],
        "levels": json.dumps(levels),
    }


def _smelly(report: ToolReport) -> list[Component]:
    """Return the components of a tool with a level under 3."""
    return [component for component, score in report.scores.items() if score.smelly]


def _finding(finding: Finding, server: ServerReport, tool: ToolReport | None) -> dict[str, Value]:
    return {
        "tool": tool.name if tool else None,
        "index": tool.index if tool else None,
        "rule": finding.id,
        "kind": finding.kind.value,
        "family": finding.family,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "message": finding.message,
        "pointer": finding.pointer,
        "fingerprint": fingerprint.of(finding, server, tool),
    }


def _server(report: ServerReport) -> dict[str, Value]:
    scored = [tool.overall for tool in report.tools if tool.overall is not None]
    return {
        "status": report.status.value,
        "error": report.error,
        "tools": len(report.tools),
        "tokens": sum(tool.tokens.total for tool in report.tools),
        "instructions_tokens": report.instructions_tokens,
        "overall": round(sum(scored) / len(scored), 1) if scored else None,
        "smelly_tools": sum(bool(_smelly(tool)) for tool in report.tools),
        "notes": list(report.notes),
    }
