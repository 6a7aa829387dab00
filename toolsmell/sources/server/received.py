"""Collects what came over the wire and makes a manifest of it. Nothing here talks to a server."""

from dataclasses import dataclass, field

from toolsmell.escape import shown
from toolsmell.model import Json, Manifest, Place, Provenance, Status, Tool
from toolsmell.safety.masking import masked
from toolsmell.sources.json.document import parse
from toolsmell.sources.server.dialogue import META, Answer, Hello, MalformedError, Message
from toolsmell.text import pattern

ASIDE = {
    # method: the capability that offers it, the key of the list in an answer, the part of a manifest
    "prompts/list": ("prompts", "prompts", "prompts"),
    "resources/list": ("resources", "resources", "resources"),
    "resources/templates/list": ("resources", "resourceTemplates", "resource_templates"),
}
"""Lists besides the tools; a failure of one of them does not fail the scan."""

_INTRODUCED = ("instructions", "info", "capabilities", *(part for _, _, part in ASIDE.values()))
_STDERR_LINES = 8
_STDERR_LINE = 200


@dataclass
class Wire:
    """The answers so far. They are added while a server is read, so that a failure keeps the earlier ones."""

    hello: Hello | None = None
    tools: list[Json] = field(default_factory=list)
    page_start: int = 0
    """Where in `tools` the last page begins."""
    repeated: list[Place] = field(default_factory=list)
    complete: bool = False
    """Whether `tools` are all of them."""
    aside: dict[str, list[Json]] = field(default_factory=dict)
    """By part of the manifest."""
    unknown: dict[str, str] = field(default_factory=dict)
    """Parts that could not be read, each with the reason."""
    notes: list[str] = field(default_factory=list)
    strays: int = 0
    """Lines on stdout that are not JSON-RPC."""
    first_stray: str = ""

    def offers(self, capability: str) -> bool:
        """Return True if the server declared `capability`."""
        capabilities = self.hello.answer.get("capabilities") if self.hello else None
        return isinstance(capabilities, dict) and isinstance(capabilities.get(capability), dict)

    def add_tools(self, page: Answer, *, most: int) -> None:
        """Add a page of tools.

        Raises `MalformedError` if it has no list, is the page before once more (there are servers that do
        not look at cursors), or makes more than `most` tools.
        """
        found = entries(page, "tools")
        before = len(self.tools)
        if found and found == self.tools[self.page_start :]:
            raise MalformedError("tools/list gave the same page twice: its list does not end")
        self.page_start = before
        self.tools += found[: most - before]
        for pointer in page.repeated:
            head, _, rest = pointer.removeprefix("/tools/").partition("/")
            if pointer.startswith("/tools/") and before + int(head) < most:
                self.repeated.append(Place(before + int(head), f"/{rest}"))
        if before + len(found) > most:
            raise MalformedError(f"it lists more than {most} tools")

    def add_stray(self, line: bytes) -> None:
        self.strays += 1
        self.first_stray = self.first_stray or shown(masked(line[:4000].decode("utf-8", "replace")))


def entries(page: Answer, key: str) -> list[Json]:
    """Return the list that a page holds at `key`."""
    found = page.result.get(key)
    if not isinstance(found, list):
        raise MalformedError(f"an answer has no list of {key}")
    return found


def read_message(data: bytes) -> Message:
    """Read one message. Bytes that are not UTF-8 are replaced, as any client would have to.

    Raises `SourceError` for what is not JSON, or not such as toolsmell reads.
    """
    document = parse(data.decode("utf-8", "replace"), "an answer")
    return Message(document.value, document.duplicates())


def manifest(wire: Wire, *, key: str | None, source: str, error: str) -> Manifest:
    """Return the manifest of a server; `error` says why it is incomplete, if it is."""
    answer = wire.hello.answer if wire.hello else {}
    info = _info(answer)
    named = info.get("name") if isinstance(info, dict) else None
    name = named if isinstance(named, str) else None
    instructions = answer.get("instructions")
    return Manifest(
        key=key or name or source,
        source=source,
        provenance=Provenance.WIRE,
        tools=tuple(Tool(index, raw) for index, raw in enumerate(wire.tools)),
        name=name,
        status=_status(wire),
        error=None if wire.complete else _error(wire, error),
        instructions=instructions if isinstance(instructions, str) else None,
        info=info,
        protocol_version=wire.hello.version if wire.hello else None,
        capabilities=answer.get("capabilities"),
        prompts=tuple(wire.aside.get("prompts", ())),
        resources=tuple(wire.aside.get("resources", ())),
        resource_templates=tuple(wire.aside.get("resource_templates", ())),
        unknown=_unknown(wire, instructions),
        duplicate_keys=tuple(wire.repeated),
        notes=(*wire.notes, *_stray_notes(wire)),
    )


def stderr_excerpt(stderr: str) -> str:
    """Return the last lines of `stderr` in one line, without the colours of a terminal and the frames of Node.js.

    Its error comes before the frames, which would push it out of what is shown.
    """
    plain = masked(pattern(r"\x1b\[[0-?]*[ -/]*[@-~]").sub("", stderr))
    lines = [line for line in plain.splitlines() if line.strip(" \t^{}") and not line.lstrip().startswith("at ")]
    return " | ".join(shown(line, _STDERR_LINE) for line in lines[-_STDERR_LINES:])


def _info(answer: dict[str, Json]) -> Json:
    meta = answer.get("_meta")
    stamped = meta.get(f"{META}serverInfo") if isinstance(meta, dict) else None
    return answer.get("serverInfo", stamped)


def _status(wire: Wire) -> Status:
    if wire.complete:
        return Status.COMPLETE
    return Status.PARTIAL if wire.tools else Status.FAILED


def _error(wire: Wire, error: str) -> str:
    count = len(wire.tools)
    return f"{error} ({count} tool{'s' * (count > 1)} came before)" if count else error


def _unknown(wire: Wire, instructions: Json) -> dict[str, str]:
    if wire.hello is None:
        return dict.fromkeys(_INTRODUCED, "the server did not introduce itself")
    if instructions is None or isinstance(instructions, str):
        return dict(wire.unknown)
    return {**wire.unknown, "instructions": "something other than a text was sent"}


def _stray_notes(wire: Wire) -> list[str]:
    if not wire.strays:
        return []
    what = "a line on its stdout is" if wire.strays == 1 else f"{wire.strays} lines on its stdout are"
    return [f"{what} not JSON-RPC, and a client may stop there: {wire.first_stray}"]
