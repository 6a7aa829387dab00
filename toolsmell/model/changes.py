"""Values that say how the texts of servers differ from those of an earlier revision."""

from enum import StrEnum
from typing import NamedTuple


class ChangeState(StrEnum):
    """The change of a tool or a server since the base."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class TextChange(NamedTuple):
    """One text before and after."""

    parameter: str | None
    """The parameter that it describes; None is the description of the tool."""
    before: str
    after: str


class Objections(NamedTuple):
    """The objections of a check to a changed tool, each as text for people."""

    lost: tuple[str, ...] = ()
    """Facts that the base states and the tool states no more."""
    unsupported: tuple[str, ...] = ()
    """New sentences that no evidence says."""
    contradicted: tuple[str, ...] = ()
    """New sentences that the tool or the evidence contradicts."""
    steering: tuple[str, ...] = ()
    """New sentences that order the agent about or praise the tool."""
    routing: tuple[str, ...] = ()
    """Siblings that an agent may now take for the tool."""
    findings: tuple[str, ...] = ()
    """Findings that the old texts did not have."""


class ToolChange(NamedTuple):
    """One tool since the base."""

    name: str
    state: ChangeState
    tokens_before: int | None = None
    tokens_after: int | None = None
    score_before: float | None = None
    score_after: float | None = None
    texts: tuple[TextChange, ...] = ()
    objections: Objections = Objections()
    wrong: bool = False
    """Whether something is lost, contradicted, steering, or denied by the evidence."""
    note: str = ""
    """Other facts for people, for instance that the input schema changed too."""


class ServerChange(NamedTuple):
    """One server since the base. Tools that did not change are left out."""

    key: str
    state: ChangeState
    tools: tuple[ToolChange, ...] = ()
    was: str | None = None
    """The key in the base, if it is another."""
    note: str = ""


class BaseChanges(NamedTuple):
    """Everything that changed in a run since a revision."""

    base: str
    """The revision as it was typed, with the commit."""
    servers: tuple[ServerChange, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    """Files that were renamed: the old name, the new name."""

    @property
    def wrong(self) -> int:
        """The number of changed tools with something lost, contradicted, steering or denied."""
        return sum(tool.wrong for server in self.servers for tool in server.tools)
