"""The dialogue agrees with the SDK about the protocol, and any wrong answer ends in a clear error."""

import json
from collections.abc import Mapping
from typing import Any

import anyio
import mcp_types
from hypothesis import given
from hypothesis import strategies as st
from mcp_types import version

from toolsmell.sources.server import dialogue
from toolsmell.sources.server.dialogue import ClosedError, Dialogue, DialogueError, Message
from toolsmell.sources.server.limits import Limits
from toolsmell.sources.server.listing import read_lists
from toolsmell.sources.server.received import Wire, manifest

SCRAPS: st.SearchStrategy[Any] = st.sampled_from(
    [
        "2.0",
        "2026-07-28",
        "tools",
        "a",
        "",
        None,
        True,
        -1,
        1,
        2,
        "2",
        2.5,
        -32022,
        -32601,
        {"tools": {}},
        [],
        {},
    ]
)
KEYS = st.sampled_from(
    [
        *(
            "id",
            "result",
            "error",
            "method",
            "code",
            "message",
            "data",
            "supported",
            "_meta",
            "tools",
            "prompts",
        ),
        *("nextCursor", "capabilities", "supportedVersions", "protocolVersion", "serverInfo", "instructions"),
    ]
)
ANSWERS = st.recursive(
    SCRAPS,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(KEYS, inside, max_size=4),
    max_leaves=12,
)


class Script:
    """A channel that answers with what it was given, whatever is asked."""

    def __init__(self, answers: list[Any]) -> None:
        self._answers = iter(answers)

    async def send(self, message: dict[str, Any], headers: Mapping[str, str]) -> None:
        assert json.dumps(message)
        assert all(isinstance(value, str) for value in headers.values())

    async def receive(self) -> Message:
        for answer in self._answers:
            return Message(answer)
        raise ClosedError


@given(answers=st.lists(ANSWERS | st.builds(lambda n, result: {"id": n, "result": result}, st.integers(1, 6), ANSWERS)))
def test_no_answer_breaks_the_dialogue(answers: list[Any]) -> None:
    wire = Wire()

    async def talk() -> None:
        try:
            await read_lists(Dialogue(Script(answers)), wire, Limits(timeout=60, max_bytes=1000))
        except DialogueError as error:
            assert isinstance(error, ClosedError) or str(error)  # noqa: PT017

    anyio.run(talk)
    found = manifest(wire, key=None, source="script", error="ended")
    assert isinstance(found.key, str)
    assert found.error is None or found.error.startswith("ended")


def test_versions_and_names_are_those_of_the_sdk() -> None:
    assert version.LATEST_MODERN_VERSION == dialogue.MODERN_VERSION
    assert version.HANDSHAKE_PROTOCOL_VERSIONS == dialogue.HANDSHAKE_VERSIONS
    assert f"{dialogue.META}protocolVersion" == mcp_types.PROTOCOL_VERSION_META_KEY
    assert f"{dialogue.META}serverInfo" == mcp_types.SERVER_INFO_META_KEY
    assert mcp_types.METHOD_NOT_FOUND == dialogue.METHOD_NOT_FOUND
    assert mcp_types.UNSUPPORTED_PROTOCOL_VERSION == dialogue.UNSUPPORTED_VERSION


def test_the_sdk_takes_what_the_dialogue_says_about_its_client() -> None:
    said: list[dict[str, Any]] = []

    class Listener(Script):
        async def send(self, message: dict[str, Any], headers: Mapping[str, str]) -> None:
            said.append(message)

    async def talk() -> None:
        try:
            await Dialogue(Listener([])).greet(patience=1)
        except ClosedError:
            return

    anyio.run(talk)
    request = mcp_types.DiscoverRequest.model_validate(said[0])
    assert request.params is not None
