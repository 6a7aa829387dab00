"""Calls the tools of a server in its own process: in an empty folder, without the user's environment, within budgets.

Whatever happens, the process and all that it started are ended (`sources.process`). Only tools that the policy names
can be called, and the policy is checked again before each call.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple, TypeAlias

import anyio

from toolsmell.calling.outcomes import Left, Observation, Trial, observed
from toolsmell.calling.plan import gathered, in_order, kind_of, trials
from toolsmell.calling.policy import Decision
from toolsmell.calling.second import second
from toolsmell.calling.seeds import Seeds, copy_fixture, with_alias, with_folder
from toolsmell.errors import SourceError
from toolsmell.model import Json
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.sources.server.dialogue import Dialogue, DialogueError, RefusedError
from toolsmell.sources.server.launch import Launch
from toolsmell.sources.server.limits import ByteBudget, OverrunError
from toolsmell.sources.server.process import NotStartedError, running
from toolsmell.sources.server.received import Wire, stderr_excerpt
from toolsmell.sources.server.stdio import StdioChannel

_STARTS: Final = 5
"""Restarts of a server that dies or hangs, in one run."""


_ASIDE: Final = 2
"""Calls of a tool outside of the focus, for the values that it returns."""
_EDGES: Final = 2
"""Calls of a tool that a model leaves for calls at the edges of the schema."""


Suggest: TypeAlias = Callable[[ToolContext, Sequence[Observation], Left], Trial | None]
"""Suggests one more call of a tool, given all calls so far and the remaining budget."""


class CallBudget(NamedTuple):
    """The limits of a run."""

    by_tool: int = 8
    calls: int = 100
    seconds: float = 120.0
    call_seconds: float = 15.0
    max_bytes: int = 16 * 1024 * 1024


class Refused(NamedTuple):
    """A call that was not made, and why."""

    tool: str
    reason: str


class Explored(NamedTuple):
    """The result of a run of calls."""

    observations: tuple[Observation, ...]
    refused: tuple[Refused, ...]
    trouble: str | None = None
    """Why the server could not be asked, or stopped answering."""


class NotAllowedError(AssertionError):
    """A call without permission was about to be made. This is a bug, and the run ends."""


def alone(launch: Launch) -> Launch:
    """Return the launch as calls need it: fresh folder, cleared environment, the files that it names by full path."""
    # A folder stays relative: `.` is then the empty one.
    argv = tuple(str(Path(a).absolute()) if Path(a).is_file() else a for a in launch.argv)
    return launch._replace(argv=argv, clear_env=True, empty_folder=True, cwd=None)


def explore(
    launch: Launch,
    server: ServerContext,
    decisions: Sequence[Decision],
    budget: CallBudget,
    *,
    private: tuple[str, ...] = (),
    suggest: "Suggest | None" = None,
    seeds: Seeds = Seeds(),  # noqa: B008 - it never changes
    sandboxed: bool = False,
    focus: frozenset[str] = frozenset(),
) -> Explored:
    """Call the allowed tools within the budget and return what was observed.

    The server's working folder is shown as `seeds.WORK`; in a sandbox it has none that could be filled. With `focus`,
    other tools are called a few times only, for what they return.
    """
    allowed = frozenset(d.tool for d in decisions if d.allowed)
    run = _Run(server, allowed, budget, private, suggest, seeds, focus)
    if allowed and sandboxed:
        anyio.run(run.all, alone(launch))
    elif allowed:
        with TemporaryDirectory(prefix="toolsmell-", ignore_cleanup_errors=True) as folder:
            if seeds.fixture is not None:
                copy_fixture(seeds.fixture, Path(folder))
            run.folder = folder
            anyio.run(run.all, alone(launch)._replace(empty_folder=False, cwd=folder))
    return Explored(tuple(run.observations), tuple(run.refused), run.trouble)


class _Run:
    def __init__(
        self,
        server: ServerContext,
        allowed: frozenset[str],
        budget: CallBudget,
        private: tuple[str, ...],
        suggest: "Suggest | None",
        seeds: Seeds,
        focus: frozenset[str],
    ) -> None:
        self._focus: Final = focus
        self._suggest: Final = suggest
        self._seeds: Final = seeds
        self.folder: str | None = None
        """The working folder of the server, if it is known."""
        self._allowed: Final = allowed
        self._budget: Final = budget
        self._private: Final = private
        self._pool: Final[dict[str, list[Json]]] = {}
        self._made: Final = Counter[str]()
        self._kinds: Final = {name: kind_of(tool) for name, tool in server.by_name.items()}
        self._deadline = time.monotonic() + budget.seconds
        self._waiting: Final = self._planned(server)
        self._left: Final = ByteBudget(budget.max_bytes)
        self.observations: Final[list[Observation]] = []
        self.refused: Final[list[Refused]] = []
        self.trouble: str | None = None

    def _planned(self, server: ServerContext) -> Iterator[Trial]:
        """Yield trials one at a time, so that each may use values that were returned before."""
        yield from self._seeds.setup
        for tool in in_order(server, self._allowed):
            for trial in chain(self._suggested(tool), self._unmade(tool)):
                if reason := self._spent(trial.tool):
                    self.refused.append(Refused(trial.tool, reason))
                    break
                yield trial
                again = (
                    second(tool, self.observations[-1], self._pool, self._seeds.values) if self.observations else None
                )
                if again and again.arguments not in self._sent(trial.tool) and not self._spent(trial.tool):
                    yield again

    def _unmade(self, tool: ToolContext) -> Iterator[Trial]:
        """Yield the calls from the schema that nobody has made yet."""
        for trial in trials(tool, self._pool, self._seeds.values):
            if trial.arguments not in self._sent(trial.tool):
                yield trial

    def _sent(self, tool: str) -> list[dict[str, Json]]:
        return [o.trial.arguments for o in self.observations if o.trial.tool == tool]

    def _suggested(self, tool: ToolContext) -> Iterator[Trial]:
        if self._suggest is None or (self._focus and tool.tool.name not in self._focus):
            return
        while True:
            name = tool.tool.name or ""
            asked = time.monotonic()
            kept = self._spent(name) or self._made[name] >= self._budget.by_tool - _EDGES
            trial = None if kept else self._suggest(tool, tuple(self.observations), self._remaining(name))
            # The time that a model takes is not the server's.
            self._deadline += time.monotonic() - asked
            if trial is None:
                return
            yield trial

    def _remaining(self, tool: str) -> Left:
        calls = self._budget.calls - len(self.observations)
        return Left(
            of_tool=min(calls, self._budget.by_tool - self._made[tool]),
            calls=calls,
            seconds=max(0.0, self._deadline - time.monotonic()),
            size=self._left.left,
        )

    def _spent(self, tool: str) -> str | None:
        most = self._budget.by_tool if not self._focus or tool in self._focus else min(_ASIDE, self._budget.by_tool)
        if self._made[tool] >= most:
            return f"{most} calls of one tool are made"
        if len(self.observations) >= self._budget.calls:
            return f"{self._budget.calls} calls are made"
        if time.monotonic() >= self._deadline:
            return f"{self._budget.seconds:g} seconds are over"
        return "the bytes are spent" if self._left.spent else None

    async def all(self, launch: Launch) -> None:
        """Make all calls, in one process while it lives."""
        for _ in range(_STARTS):
            try:
                async with running(launch) as child:
                    dialogue = Dialogue(StdioChannel(child, Wire(), self._left))
                    if await self._calls(dialogue):
                        self.trouble = None
                        return
                if excerpt := stderr_excerpt(child.stderr):
                    self.trouble = f"{self.trouble}; its stderr ends: {excerpt}"
            except NotStartedError as error:
                raise SourceError(f"the server could not be started for calls: {error}") from None

    async def _calls(self, dialogue: Dialogue) -> bool:
        """Make calls until none is left (True) or the server no longer answers (False)."""
        try:
            with anyio.fail_after(self._budget.seconds):
                await dialogue.greet(patience=min(10.0, self._budget.seconds / 4))
        except (DialogueError, TimeoutError) as error:
            self.trouble = f"the server did not answer before the first call ({str(error) or type(error).__name__})"
            return False
        for trial in self._waiting:
            if not await self._call(dialogue, trial):
                self.trouble = f"the server hung or went away in a call of {trial.tool}, {_STARTS} times"
                return False
        return True

    async def _call(self, dialogue: Dialogue, trial: Trial) -> bool:
        """Make one call, and return False if the server no longer answers."""
        if trial.tool not in self._allowed:
            raise NotAllowedError(trial.tool)
        # Calls of the setup are not counted against the budget of their tool.
        self._made[trial.tool] += trial not in self._seeds.setup
        arguments = with_folder(trial.arguments, self.folder)
        begun = time.monotonic()
        answer, failed, alive = None, None, True
        try:
            with anyio.fail_after(min(self._budget.call_seconds, self._budget.seconds / 4)):
                answer = (await dialogue.request("tools/call", {"name": trial.tool, "arguments": arguments})).result
        except RefusedError as refusal:
            failed = refusal.message
        except TimeoutError:
            failed, alive = "timed out", False
        except OverrunError:
            failed, alive = "internal error: it sent more than it may", False
        except DialogueError as error:
            failed, alive = f"internal error: the server has gone or answered with something else ({error})", False
        spent = round(1000 * (time.monotonic() - begun))
        answer, failed = with_alias(answer, self.folder), with_alias(failed, self.folder)
        number = len(self.observations) + 1
        found = observed(number, trial, answer, failed=failed, milliseconds=spent, private=self._private)
        self.observations.append(found)
        gathered(found, self._pool, self._kinds[trial.tool])
        return alive
