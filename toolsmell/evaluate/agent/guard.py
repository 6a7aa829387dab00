"""Decides which calls of a model are made: those of an offered tool, with arguments that fit the
schema, that a person allowed.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, TypeAlias

from toolsmell.calling.policy import Decision
from toolsmell.escape import shown
from toolsmell.evaluate.agent.trajectory import CallOutcome
from toolsmell.evaluate.catalog import Catalog
from toolsmell.evaluate.datasets import Case
from toolsmell.evaluate.lookups import Lookups
from toolsmell.evaluate.tool_selection import fault_of, read_arguments
from toolsmell.evaluate.trials import aliases
from toolsmell.model import Json
from toolsmell.models.client import ToolCall

LONGEST: Final = 100_000
"""The longest arguments that are read, in characters."""
_SHOWN: Final = 300


class Permitted(NamedTuple):
    """A call that may be made."""

    tool: str
    """The name of the tool in the catalog."""
    name: str
    """The name of the tool on the server."""
    arguments: dict[str, Json]


class Turned(NamedTuple):
    """A call that was rejected."""

    tool: str
    outcome: CallOutcome
    words: str
    """The reason, for the model."""
    arguments: Json
    """The arguments, as far as they could be read."""


Ruling: TypeAlias = Permitted | Turned


class Guard:
    """Checks the calls of one task."""

    def __init__(self, catalog: Catalog, offered: Iterable[str], decisions: Sequence[Decision]) -> None:
        self._catalog: Final = catalog
        self._names: Final = aliases(offered)
        self._allowed: Final = frozenset(d.tool for d in decisions if d.allowed)
        self._lookups: Final = Lookups(catalog)

    def needed(self, tool: str, case: Case) -> bool:
        """Return True if the task needs a tool, or needs what it looks up."""
        wanted = case.arguments
        return tool in case.tools or any(
            self._lookups.serves(tool, name, case.query, wanted.get(name)) for name in case.tools
        )

    def rule(self, call: ToolCall) -> Ruling:
        """Return the call to make, or why it is rejected."""
        tool = self._names.get(call.name)
        if tool is None:
            name = shown(call.name, _SHOWN)
            return Turned(name, CallOutcome.UNKNOWN, f"There is no tool called {name}.", call.arguments[:LONGEST])
        try:
            arguments = self._read(call.arguments)
        except ValueError as error:
            words = f"Not called: the arguments are {error}."
            return Turned(tool, CallOutcome.ARGUMENTS, words, call.arguments[:_SHOWN])
        entry = self._catalog.entries[self._catalog.position[tool]]
        if fault := fault_of(arguments, entry.tool.input_schema):
            words = f"Not called: the arguments do not fit the schema ({shown(fault, _SHOWN)})."
            return Turned(tool, CallOutcome.ARGUMENTS, words, arguments)
        name = entry.tool.name or ""
        if name not in self._allowed:
            return Turned(tool, CallOutcome.FORBIDDEN, "Not called: this tool may not be used here.", arguments)
        return Permitted(tool, name, arguments)

    @staticmethod
    def _read(text: str) -> dict[str, Json]:
        if len(text) > LONGEST:
            raise ValueError(f"longer than {LONGEST:,} characters")
        return read_arguments(text)
