"""Which of the calls that a model asks for may be made: those of a tool that it was offered, whose arguments fit the
schema, and that a person allowed.  Pure.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, TypeAlias

from toolsmell.calling.policy import Decision
from toolsmell.escape import shown
from toolsmell.evaluate.agent.trajectory import CallOutcome
from toolsmell.evaluate.catalog import Catalog
from toolsmell.evaluate.selection import fault_of, read_arguments
from toolsmell.evaluate.trials import aliases
from toolsmell.model import Json
from toolsmell.models.client import ToolCall

LONGEST: Final = 100_000
"""Characters of arguments that are read."""
_SHOWN: Final = 300


class Permitted(NamedTuple):
    """A call to make."""

    tool: str
    """As the catalog calls it."""
    name: str
    """As the server calls it."""
    arguments: dict[str, Json]


class Turned(NamedTuple):
    """A call that is not made."""

    tool: str
    outcome: CallOutcome
    words: str
    """Why, for the model."""
    arguments: Json
    """As far as they could be read."""


Ruling: TypeAlias = Permitted | Turned


class Guard:
    """Rules on the calls of one task."""

    def __init__(self, catalog: Catalog, offered: Iterable[str], decisions: Sequence[Decision]) -> None:
        self._catalog: Final = catalog
        self._names: Final = aliases(offered)
        self._allowed: Final = frozenset(d.tool for d in decisions if d.allowed)

    def rule(self, call: ToolCall) -> Ruling:
        """Say whether a call may be made."""
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
