"""What came over the wire, and the manifest that it makes. Nothing here talks to a server."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from toolsmell.model import Json, Manifest, Provenance, Status, Tool
from toolsmell.sources.dialogue import META, Hello
from toolsmell.text import pattern

TOOLS = "tools/list"
ASIDE: Mapping[str, tuple[str, str, str]] = {
    # method: the capability that offers it, the key of the list in an answer, the part of a manifest
    "prompts/list": ("prompts", "prompts", "prompts"),
    "resources/list": ("resources", "resources", "resources"),
    "resources/templates/list": ("resources", "resourceTemplates", "resource_templates"),
}
"""Lists besides the tools; a failure of one of them does not fail the scan."""

_INTRODUCED = ("instructions", "info", "capabilities", *(part for _, _, part in ASIDE.values()))
_LONGEST_INTEGER = 4000
_STDERR_LINES = 12
_STDERR_CHARACTERS = 2000


@dataclass
class Wire:
    """What has come so far. It is filled while a server is read, so that a failure keeps what came before."""

    hello: Hello | None = None
    tools: list[Json] = field(default_factory=list)
    tools_complete: bool = False
    aside: dict[str, list[Json]] = field(default_factory=dict)
    """By part of the manifest."""
    unknown: dict[str, str] = field(default_factory=dict)
    """Parts that could not be read, each with the reason."""
    strays: int = 0
    """Lines on stdout that are not JSON-RPC."""
    first_stray: str = ""

    def stray(self, text: str) -> None:
        self.strays += 1
        self.first_stray = self.first_stray or text[:200]

    def offers(self, capability: str) -> bool:
        """Say whether the server declared `capability`."""
        capabilities = self.hello.answer.get("capabilities") if self.hello else None
        return isinstance(capabilities, dict) and isinstance(capabilities.get(capability), dict)


def parse(text: bytes | str) -> Json:
    """Read JSON as a server may send it: bytes that are not UTF-8 and endless integers are made readable.

    Raises ValueError for what is not JSON or is nested too deep to read.
    """
    try:
        decoded = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        return json.loads(decoded, parse_int=_integer)
    except RecursionError:
        raise ValueError("JSON nested too deep to read") from None


def manifest(wire: Wire, *, key: str | None, fallback: str, source: str, error: str | None) -> Manifest:
    """Return what is known of a server; `error` says why that is not everything."""
    answer = wire.hello.answer if wire.hello else {}
    info = _info(answer)
    name = info.get("name") if isinstance(info, dict) else None
    name = name if isinstance(name, str) else None
    instructions = answer.get("instructions")
    unknown = dict(wire.unknown) if wire.hello else dict.fromkeys(_INTRODUCED, "the server did not introduce itself")
    if instructions is not None and not isinstance(instructions, str):
        unknown["instructions"] = "the server sent something other than a text"
    return Manifest(
        key=key or name or fallback,
        source=source,
        provenance=Provenance.WIRE,
        tools=tuple(Tool(index, raw) for index, raw in enumerate(wire.tools)),
        name=name,
        status=_status(wire),
        error=None if wire.tools_complete else error,
        instructions=instructions if isinstance(instructions, str) else None,
        info=info,
        protocol_version=wire.hello.version if wire.hello else None,
        capabilities=answer.get("capabilities"),
        prompts=tuple(wire.aside.get("prompts", ())),
        resources=tuple(wire.aside.get("resources", ())),
        resource_templates=tuple(wire.aside.get("resource_templates", ())),
        unknown=unknown,
        notes=_notes(wire),
    )


def stderr_excerpt(stderr: str) -> str:
    """Return the last lines of `stderr` for a message, without terminal sequences and control characters."""
    plain = pattern(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)").sub("", stderr)
    kept = "".join(c for c in plain.replace("\r", "\n") if c.isprintable() or c in "\n\t")
    lines = [line.rstrip() for line in kept.split("\n") if line.strip()]
    return "\n".join(lines[-_STDERR_LINES:])[-_STDERR_CHARACTERS:]


def _info(answer: dict[str, Json]) -> Json:
    meta = answer.get("_meta")
    stamped = meta.get(f"{META}serverInfo") if isinstance(meta, dict) else None
    return answer.get("serverInfo", stamped)


def _status(wire: Wire) -> Status:
    if wire.tools_complete:
        return Status.COMPLETE
    return Status.PARTIAL if wire.tools else Status.FAILED


def _notes(wire: Wire) -> tuple[str, ...]:
    if not wire.strays:
        return ()
    lines = "1 line" if wire.strays == 1 else f"{wire.strays} lines"
    return (f"{lines} on the server's stdout were not JSON-RPC, and a client may stop there: {wire.first_stray!r}",)


def _integer(digits: str) -> int | float:
    # Python refuses to read longer integers; to a scan it is a number like any other.
    return int(digits) if len(digits) <= _LONGEST_INTEGER else float(digits)
