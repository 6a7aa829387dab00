"""Runs the questions of an editor in a process of their own, which a hostile document can neither block nor end.

The process has one question at a time. It is ended and begun again if it does not answer in time, or if it dies.
"""

from collections import OrderedDict
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Lock
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar, cast

from toolsmell.errors import ToolsmellError
from toolsmell.serve.editor.hovers import hover
from toolsmell.serve.editor.problems import BufferSpan, DocumentProblem, problems
from toolsmell.serve.editor.repairs import Repair, brief_text, repairs
from toolsmell.serve.editor.scanned import Buffer, CheckedBuffer, Load, check

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

SECONDS: Final = 60.0
"""Time for one question."""
KEPT: Final = 30
"""Documents whose last scan is kept."""

P = ParamSpec("P")
R = TypeVar("R")


class Desk:
    """The scans of documents, in the process that makes them."""

    def __init__(self, load: Load) -> None:
        self._load: Final = load
        self._kept: OrderedDict[Buffer, CheckedBuffer] = OrderedDict()

    def checked(self, buffer: Buffer) -> CheckedBuffer:
        found = self._kept.pop(buffer, None) or check(buffer, self._load)
        self._kept[buffer] = found
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return found

    def forget(self) -> None:
        """Forget every scan, because a configuration or another file changed."""
        self._kept.clear()

    def problems(self, buffer: Buffer) -> tuple[DocumentProblem, ...]:
        return problems(self.checked(buffer))

    def hover(self, buffer: Buffer, line: int, column: int) -> str | None:
        return hover(self.checked(buffer), line, column)

    def repairs(self, buffer: Buffer, selected: BufferSpan) -> tuple[Repair, ...]:
        return repairs(self.checked(buffer), selected, self._load)

    def brief(self, buffer: Buffer, tool: str) -> str:
        return brief_text(self.checked(buffer), tool)


class Workbench:
    """Asks a `Desk` in another process. Its methods may be called from any thread."""

    def __init__(self, load: Load) -> None:
        self._load: Final = load
        self._lock: Final = Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def ask(self, question: Callable[Concatenate[Desk, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Return the answer of a method of `Desk`. Raises `ToolsmellError` if there is none."""
        with self._lock:
            pipe = self._begin()
            try:
                pipe.send((question.__name__, args, kwargs))
                if not pipe.poll(SECONDS):
                    self._end()
                    raise ToolsmellError(f"the document was not checked within {SECONDS:g} seconds")
                fine, answer = pipe.recv()
            except (EOFError, OSError):
                self._end()
                raise ToolsmellError("the process that checks documents has ended; it begins again") from None
        if not fine:
            raise ToolsmellError(answer)
        return cast("R", answer)

    def close(self) -> None:
        """End the process, also in the middle of a question."""
        if self._process:
            self._process.kill()

    def _begin(self) -> Connection:
        if self._pipe is None:
            context = get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_answer, args=(theirs, self._load), daemon=True)
            self._process.start()
            theirs.close()  # so that the end of the process is seen
        return self._pipe

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.join()
        if self._pipe:
            self._pipe.close()
        self._pipe = self._process = None


def _answer(pipe: "Connection[Any, Any]", load: Load) -> None:
    """Answer questions until the language server closes its end or dies."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    desk = Desk(load)
    while True:
        try:
            name, args, kwargs = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer = True, getattr(desk, name)(*args, **kwargs)
        except ToolsmellError as error:
            answer = False, str(error)
        except Exception as error:  # noqa: BLE001  one strange document must not end the others
            answer = False, f"internal error, please report it: {type(error).__name__}: {error}"
        pipe.send(answer)
