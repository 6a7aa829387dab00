"""Tools and manifests."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol

from toolsmell.model.basics import How, Json, Location, Place, Provenance, Status, typed

if TYPE_CHECKING:
    from toolsmell.model.configured import ClientConfig
    from toolsmell.model.declared import ServerJson
    from toolsmell.model.implementation import Implementation, Rest


class Tool(NamedTuple):
    """One tool, in MCP's shape, as its server sent it.

    `raw` may be anything: a server that lists a number instead of a tool gets a finding, not a crash. The
    properties give a part only if it has the type that the specification asks for.
    """

    index: int  # type: ignore[assignment]  # a field may be called as a method of tuples is
    """Position in the server's list, from 0."""
    raw: Json
    unknown: Mapping[str, str] = {}
    """Parts that could not be read, each with the reason. A part that is neither here nor in `raw` is absent.

    A part of the tool is named (`description`), something further down has its pointer
    (`/inputSchema/properties/when/description`); one that is in `raw` too was read in part.
    """

    strict: bool = False
    """The tool came in OpenAI's shape with `strict: true`."""
    how: How | None = None
    """How source code shows the tool; None for a tool that was listed."""
    unsent: str = ""
    """Text next to the description in source code that the framework does not send."""
    causes: Mapping[str, str] = {}
    """Why a part is missing, by the part, if the source code shows it: an f-string that was meant as a docstring."""

    @property
    def name(self) -> str | None:
        return typed(self.raw, "name", str)

    @property
    def title(self) -> str | None:
        return typed(self.raw, "title", str)

    @property
    def description(self) -> str | None:
        return typed(self.raw, "description", str)

    @property
    def input_schema(self) -> dict[str, Json] | None:
        return typed(self.raw, "inputSchema", dict)

    @property
    def output_schema(self) -> dict[str, Json] | None:
        return typed(self.raw, "outputSchema", dict)

    @property
    def annotations(self) -> dict[str, Json] | None:
        return typed(self.raw, "annotations", dict)

    def known(self, part: str) -> bool:
        """Return True if `part` was read completely: it is present, or known to be absent."""
        unknown = self.unknown
        return not unknown or (part not in unknown and not any(key.startswith(f"/{part}/") for key in unknown))

    @property
    def label(self) -> str:
        """A word for messages: the name, or the position if there is no name."""
        return self.name or f"#{self.index}"


class Ignore(NamedTuple):
    """A rule in a comment `toolsmell: ignore[rule] reason` of source code."""

    rule: str
    """Empty if the comment names none."""
    reason: str
    at: Location
    """The comment."""
    line: int
    """The line of code that it is about: its own, or the next where it stands alone."""
    tool: int | None = None
    """The tool that begins on that line, by its index: then the comment is about all of that tool."""
    apart: bool = False
    """It may be about code of another server: that it was of no use here says nothing."""


class Edited(NamedTuple):
    """A manifest with other texts."""

    manifest: "Manifest"
    """As it is read from the edited files. A running server has these texts when it is started again."""
    before: Mapping[str, bytes]
    """The files that change, as they were read, by name."""
    after: Mapping[str, bytes]


class Locator(Protocol):
    """Finds and edits the texts of a manifest in the files that it came from. Nothing is written to disk."""

    def locate(self, places: Collection[Place]) -> Mapping[Place, Location]:
        """Return the location of each place, or of the nearest thing around it that the file has."""

    def edit(self, manifest: "Manifest", texts: Mapping[Place, str], files: Mapping[str, bytes] = {}) -> Edited:
        """Return the manifest with these texts, and the files to write for that.

        `files` are those whose content has changed since they were read, by name. Raises `PatchError` if a file
        cannot take a text, or if something else would change with it.
        """

    def unwritable(self, place: Place) -> str | None:
        """Return why no text can be written at a place, whatever the text; None if one can be, or may be."""

    def again(self, manifest: "Manifest") -> "Manifest":
        """Return the manifest with a locator into the files as they are now."""


class Manifest(NamedTuple):
    """One server's tools, with how they were read. Sources make manifests, everything else reads them."""

    key: str
    """The key in the client configuration, `--name`, the server's own name or the file's stem."""
    source: str
    """The source in words: a path, a URL, a command line."""
    provenance: Provenance
    tools: tuple[Tool, ...] = ()
    name: str | None = None
    """The server's own name."""
    status: Status = Status.COMPLETE
    error: str | None = None
    """Why `status` is not complete."""
    instructions: str | None = None
    info: Json = None
    """`serverInfo` as sent."""
    protocol_version: str | None = None
    capabilities: Json = None
    """Capabilities as the server sent them."""
    prompts: tuple[Json, ...] = ()
    resources: tuple[Json, ...] = ()
    resource_templates: tuple[Json, ...] = ()
    unknown: Mapping[str, str] = {}
    """Parts (`instructions`, `prompts`, `annotations` ...) that this source cannot tell, each with the reason."""
    duplicate_keys: tuple[Place, ...] = ()
    """Keys that stand twice in one JSON object, so that two readers may see two values."""
    notes: tuple[str, ...] = ()
    """Remarks for people about how this was read."""
    group: str | None = None
    """The client configuration that this server stands in with others: an agent sees all of them at once."""
    declared: "ServerJson | ClientConfig | None" = None
    """The file that declares servers, if this is such a file and not a server."""
    locator: Locator | None = None
    ignores: tuple[Ignore, ...] = ()
    """Comments in the source code that suppress findings."""
    date: str | None = None
    """The day on which the server sent this, as YYYY-MM-DD, if it comes from a dump."""
    unread: tuple[str, ...] = ()
    """Registrations of tools in source code that could not be read, each with its place and the reason."""
    implementations: "Mapping[int, Implementation] | None" = None
    """The code of the tools, by their index; None if nobody asked for it."""
    rests: "tuple[Rest, ...]" = ()
    """Sentences whose recorded lines of code have changed since."""
