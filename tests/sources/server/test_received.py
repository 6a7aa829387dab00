"""Messages of a server become a manifest."""

import pytest

from toolsmell.model import Place, Status
from toolsmell.sources.server.dialogue import Answer, Hello, MalformedError
from toolsmell.sources.server.received import Wire, manifest, stderr_excerpt


def test_duplicate_keys_are_placed_in_their_tool_across_pages() -> None:
    wire = Wire()
    wire.add_tools(Answer({"tools": [1, 2]}, ("/tools/1/inputSchema/type", "/nextCursor")), most=9)
    wire.add_tools(Answer({"tools": [3]}, ("/tools/0/name",)), most=9)
    assert wire.repeated == [Place(1, "/inputSchema/type"), Place(2, "/name")]


def test_a_list_over_the_limit_is_kept_up_to_it() -> None:
    wire = Wire()
    with pytest.raises(MalformedError, match="more than 2 tools"):
        wire.add_tools(Answer({"tools": [1, 2, 3]}, ("/tools/2/name",)), most=2)
    assert (wire.tools, wire.repeated) == ([1, 2], [])


@pytest.mark.parametrize(
    ("answer", "name", "instructions", "unknown"),
    [
        ({"serverInfo": {"name": "desk"}, "instructions": "Ask."}, "desk", "Ask.", {}),
        ({"_meta": {"io.modelcontextprotocol/serverInfo": {"name": "desk"}}}, "desk", None, {}),
        ({"serverInfo": {"name": 3}, "_meta": 3}, None, None, {}),
        ({"instructions": ["Ask."]}, None, None, {"instructions": "something other than a text was sent"}),
    ],
)
def test_an_introduction_is_read_as_far_as_it_is_one(
    answer: dict[str, object], name: str | None, instructions: str | None, unknown: dict[str, str]
) -> None:
    read = manifest(Wire(hello=Hello("2026-07-28", answer), complete=True), key=None, source="x", error="")
    assert (read.name, read.instructions, read.unknown) == (name, instructions, unknown)
    assert (read.key, read.status, read.error) == (name or "x", Status.COMPLETE, None)


def test_the_end_of_stderr_in_one_line_without_its_colours() -> None:
    lines = "".join(f"\x1b[31mline {number}\x1b[0m\r\n\n" for number in range(100))
    assert stderr_excerpt(lines + "bell \a") == " | ".join(
        [*(f"line {number}" for number in range(93, 100)), r"bell \x07"]
    )


def test_an_error_of_node_is_not_hidden_by_its_frames() -> None:
    frames = "".join(f"    at Module.load{i} (node:internal/modules/cjs/loader:{i}:15)\n" for i in range(10))
    excerpt = stderr_excerpt(
        f"  throw err;\n  ^\n\nError: Cannot find module 'x'\n{frames}{{\n}}\n\nNode.js v20.20.2\n"
    )
    assert excerpt == "throw err; | Error: Cannot find module 'x' | Node.js v20.20.2"
