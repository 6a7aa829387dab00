"""Counts the steps of following values, so that no code keeps the reader busy for ever."""

from typing import Final

MAX_STEPS: Final = 10_000
"""Steps of following values for one tool: enough for a schema of thousands of parameters, and an end to one that
doubles."""

MAX_ALL_STEPS: Final = 500_000
"""Steps for all tools of a run."""

MAX_EXPLORED: Final = 500_000
"""Steps of a run for trying what names without a value can be."""


class Steps:
    """The steps that were taken for one tool, and for all."""

    def __init__(self) -> None:
        self._own = 0
        self._all = 0
        self._explored = 0
        self._exploring = False

    def begin_tool(self, *, exploring: bool = False) -> None:
        """Give the next tool, or the next try to find one, its own number of steps."""
        if self._exploring:
            self._explored += self._own
        else:
            self._all += self._own
        self._own = 0
        self._exploring = exploring

    def exhausted(self) -> bool:
        """Count a step; return True if no steps are left for this tool, or for all."""
        self._own += 1
        spent = self._explored > MAX_EXPLORED if self._exploring else self._all > MAX_ALL_STEPS
        return self._own > MAX_STEPS or spent
