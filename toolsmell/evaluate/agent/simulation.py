"""Lets a model play a server that must not be called, as in ToolAlpaca (arXiv 2306.05301).

Its results are invented. Runs that use it are labelled, and are never evidence about the server.
"""

import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Final, NamedTuple

from toolsmell.calling.outcomes import Trial, observed
from toolsmell.evaluate.agent.asking import AskerInThreads
from toolsmell.evaluate.agent.guard import Permitted
from toolsmell.evaluate.agent.server import ServerAnswer, ServerError
from toolsmell.model import Json
from toolsmell.models.client import ChatReply, fingerprint
from toolsmell.models.prompts import Prompt, templates
from toolsmell.models.replies import last_object
from toolsmell.tokens import compact_json

_ANSWER: Final[Json] = {
    "type": "object",
    "properties": {"error": {"type": "boolean"}, "result": {"type": "string"}},
    "required": ["error", "result"],
    "additionalProperties": False,
}
_SHOWN: Final = 2_000
"""Characters of each earlier result that the model sees again."""
_TRIES: Final = 2


class Simulation(NamedTuple):
    """A server that a model plays."""

    asker: AskerInThreads
    model: str
    tools: Mapping[str, Json]
    """The tools as the server lists them, by name."""
    result_chars: int = 20_000

    @property
    def fingerprint(self) -> str:
        return fingerprint([self.model, _prompt().fingerprint, self.result_chars])


class SimulatedTools:
    """Answers the calls of one task. Earlier calls of the task are shown with each question."""

    def __init__(self, simulation: Simulation) -> None:
        self._simulation: Final = simulation
        self._made: list[str] = []

    async def call(self, permitted: Permitted) -> ServerAnswer:
        """Return the answer of the model. Raises `ServerError` if it cannot be used."""
        simulation, begun = self._simulation, time.monotonic()
        call = f"{permitted.name} {json.dumps(permitted.arguments, ensure_ascii=False)}"
        result, failed = await self._asked(permitted.name, call)
        number = len(self._made) + 1
        self._made.append(f"{number}. {call} -> {'error: ' if failed else ''}{result[:_SHOWN]}")
        answer: Json = {"content": [{"type": "text", "text": result}], "isError": failed}
        seen = observed(
            number,
            Trial(permitted.name, permitted.arguments, "asked by the agent, answered by a model"),
            answer,
            failed=None,
            milliseconds=round(1000 * (time.monotonic() - begun)),
            longest=simulation.result_chars,
        )
        return ServerAnswer(seen, arrived=True)

    async def _asked(self, tool: str, call: str) -> tuple[str, bool]:
        simulation, prompt = self._simulation, _prompt()
        own = compact_json(simulation.tools[tool])
        others = [name for name in simulation.tools if name != tool]
        tools = f"{own}\nOther tools: {', '.join(others) or 'none'}"
        made = "\n".join(self._made) or "(none)"
        request = prompt.request(simulation.model, fingerprint([tools, made, call]), tools=tools, calls=made, call=call)
        for _ in range(_TRIES):
            reply = await simulation.asker.ask(request)
            found = _read(reply)
            if not isinstance(found, str):
                return found
            request = prompt.again(request, reply, found)
        raise ServerError(f"the model that plays the server gave no usable answer: it {found}")


@asynccontextmanager
async def simulated(simulation: Simulation) -> AsyncIterator[SimulatedTools]:
    """Yield the tools of a simulated server for one task."""
    yield SimulatedTools(simulation)


def _prompt() -> Prompt:
    return Prompt(templates("simulate"), {}, _ANSWER)


def _read(reply: ChatReply) -> tuple[str, bool] | str:
    """Return the text of a result and whether it is an error, or what is wrong with the answer."""
    found = last_object(reply.text, ("result",))
    if found is None:
        return "has no JSON object with `result`"
    result, failed = found.get("result"), found.get("error", False)
    if not isinstance(failed, bool):
        return "has an `error` that is neither true nor false"
    return (result if isinstance(result, str) else json.dumps(result, ensure_ascii=False)), failed
