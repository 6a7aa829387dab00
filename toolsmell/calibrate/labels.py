"""Labelled tools: descriptions that jurors scored, read from JSON Lines."""

import json
from collections.abc import Collection, Iterator
from hashlib import sha256
from typing import Final, NamedTuple, NoReturn

from toolsmell.data.shipped import open_regular
from toolsmell.errors import UsageError, reason
from toolsmell.model import Component, Json, Manifest, Provenance, Tool
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.scoring.score import unscorable

FEWEST_SERVERS: Final = 5
"""With fewer servers nothing can be said about an unseen one."""
FEWEST_TOOLS: Final = 40
"""With fewer tools, a component has under five for each fitted number."""


class LabelError(UsageError):
    """A file of labels says something that cannot be used."""


class Labelled(NamedTuple):
    """One tool and what each juror gave it."""

    server: str
    tool: ToolContext
    levels: dict[Component, tuple[int, ...]]
    """By component, in the jurors' order."""


class Labels(NamedTuple):
    """All labelled tools of one file."""

    tools: tuple[Labelled, ...]
    jurors: int
    unread: int
    """Tools that were left out, because no signal reads the language of their descriptions."""
    fingerprint: str
    """The first 16 hex digits of the SHA-256 of the file."""

    @property
    def servers(self) -> list[str]:
        """The server of each tool."""
        return [tool.server for tool in self.tools]

    @property
    def descriptions(self) -> list[str]:
        return [tool.tool.text.raw for tool in self.tools]


def load(path: str, components: Collection[Component]) -> Labels:
    """Read a file with one labelled tool a line.

    A line is `{"server", "name", "description", "scores": {component: [level of each juror]}}`, with all
    `components`; what else it has is not looked at. Raises LabelError, saying which line is wrong and how.
    """
    try:
        with open_regular(path) as file:
            raw = file.read()
        text = raw.decode("utf-8")
    except (OSError, ValueError) as error:
        raise LabelError(f"{path}: the labels cannot be read: {reason(error)}") from error
    found = list(_tools(text, path, components))
    tools = tuple(tool for tool in found if not unscorable(tool.tool))
    labels = Labels(tools, _jurors(found, path), len(found) - len(tools), sha256(raw).hexdigest()[:16])
    servers = len(set(labels.servers))
    if servers < FEWEST_SERVERS or len(tools) < FEWEST_TOOLS:
        raise LabelError(
            f"{path}: {len(tools)} labelled tools of {servers} server{'s' * (servers != 1)} "
            "are too few to fit and to test by server: "
            f"there must be at least {FEWEST_TOOLS} of {FEWEST_SERVERS}"
        )
    _refuse_constant(labels, path)
    return labels


def _jurors(tools: list[Labelled], path: str) -> int:
    if not tools:
        raise LabelError(f"{path}: no labelled tool in it; each line is one, as JSON")
    jurors = {len(levels) for tool in tools for levels in tool.levels.values()}
    if len(jurors) > 1:
        raise LabelError(f"{path}: every score must be by the same number of jurors, here it is {sorted(jurors)}")
    return jurors.pop()


def _refuse_constant(labels: Labels, path: str) -> None:
    for component in labels.tools[0].levels:
        given = {level for tool in labels.tools for level in tool.levels[component]}
        if len(given) == 1:
            raise LabelError(f"{path}: every level of {component} is {given.pop()}: there is nothing to fit")


def _tools(text: str, path: str, components: Collection[Component]) -> Iterator[Labelled]:
    lines: dict[tuple[str, str], int] = {}
    # Not `splitlines`: it also breaks at characters that may stand inside a JSON text.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        row = _Row(line, f"{path}:{number}")
        before = lines.setdefault((row.text("server"), row.text("name")), number)
        if before != number:
            row.fail(f"the tool {row.text('name')!r} of {row.text('server')!r} was labelled in line {before} already")
        yield Labelled(row.text("server"), row.context(), row.levels(components))


class _Row:
    """One line of the file."""

    def __init__(self, line: str, where: str) -> None:
        self._where = where
        try:
            data = json.loads(line)
        except (ValueError, RecursionError) as error:
            self.fail(f"not JSON: {error}")
        if not isinstance(data, dict):
            self.fail("must be an object with server, name, description and scores")
        self._data: dict[str, Json] = data

    def fail(self, what: str) -> NoReturn:
        raise LabelError(f"{self._where}: {what}")

    def text(self, key: str) -> str:
        value = self._data.get(key)
        if not isinstance(value, str) or not value:
            self.fail(f"{key} must be a text")
        return value

    def context(self) -> ToolContext:
        """Return the tool alone on its server, as the jurors saw it: no sibling, no schema."""
        description = self._data.get("description")
        if description is not None and not isinstance(description, str):
            self.fail("description must be a text or null")
        server, name = self.text("server"), self.text("name")
        tool = Tool(0, {"name": name, "description": description or ""})
        return ServerContext(Manifest(server, "labels", Provenance.FILE, (tool,), name=server)).tools[0]

    def levels(self, components: Collection[Component]) -> dict[Component, tuple[int, ...]]:
        scores = self._data.get("scores")
        if not isinstance(scores, dict):
            self.fail("scores must be an object with the levels of each component")
        if unknown := sorted(scores.keys() - set(components)):
            self.fail(f"scores: {unknown[0]!r} is no component; there are {', '.join(sorted(components))}")
        return {component: self._levels(scores.get(component), component) for component in components}

    def _levels(self, value: Json, component: Component) -> tuple[int, ...]:
        given = value if isinstance(value, list) else [value]
        if not given or not all(type(level) is int and 1 <= level <= 5 for level in given):
            self.fail(f"scores.{component} must be a level from 1 to 5, or a list with one of each juror")
        return tuple(given)
