"""Other texts for the tools of a server, from all that writes them."""

import json
from typing import Any

import pytest

from tests.evaluate.tools import tool
from toolsmell.errors import SourceError
from toolsmell.evaluate.other_texts import NewTexts, from_document, from_manifest, of_server, unknown, with_texts
from toolsmell.model import Manifest, Provenance, Tool

TOOLS = [tool("find", "Finds.", place="where"), tool("send", "Sends.", to="who", body="what")]


def manifest(*tools: Any, key: str = "desk") -> Manifest:
    return Manifest(key, "x", Provenance.FILE, tuple(Tool(i, raw) for i, raw in enumerate(tools)))


OVERRIDES = {
    "schema": "toolsmell.overrides/v1",
    "servers": {"desk": {"tools": {"find": {"description": "Looks.", "parameters": {"place": "a town"}}}}},
}
FASTMCP = {
    "mcpServers": {
        "desk": {"command": "x", "tools": {"find": {"description": "Looks.", "arguments": {"place": {"description": "a town"}}}}}
    }
}  # fmt: skip
AUGMENT = {
    "schema": "toolsmell.augment/v1",
    "servers": [
        {
            "key": "desk",
            "tools": [
                {"name": "find", "proposed": {"description": "Looks.", "parameters": {"place": "a town"}}},
                {"name": "send", "proposed": None},
            ],
        }
    ],
}
NEW = {"find": NewTexts("Looks.", {"place": "a town"})}


@pytest.mark.parametrize("document", [OVERRIDES, FASTMCP, AUGMENT])
def test_what_writes_texts(document: Any) -> None:
    assert from_document(document, "f") == {"desk": NEW}


def test_a_list_of_tools_is_texts_too() -> None:
    found = from_manifest(manifest(*TOOLS, {"name": "bare"}, 7))
    assert found["send"] == NewTexts("Sends.", {"to": "who", "body": "what"})
    assert found["bare"] == NewTexts("")


@pytest.mark.parametrize("document", [{"tools": []}, {"mcpServers": {"a": {"command": "x"}}}, [], 7, None])
def test_other_documents(document: Any) -> None:
    assert from_document(document, "f") is None


@pytest.mark.parametrize(
    "document",
    [
        {"schema": "toolsmell.augment/v1"},
        {"schema": "toolsmell.augment/v1", "servers": [{"key": "a", "tools": [{"name": "x"}]}]},
        {"schema": "toolsmell.overrides/v1", "servers": []},
        {"schema": "toolsmell.overrides/v1", "servers": {"a": {"tools": {"x": {"description": 7}}}}},
        {"schema": "toolsmell.overrides/v1", "servers": {"a": {"tools": {"x": {"parameters": {"p": 7}}}}}},
        {"mcpServers": {"a": {"tools": {"x": "y"}}}},
        {"mcpServers": {"a": {"tools": {"x": {"arguments": {"p": {}}}}}}},
    ],
)
def test_texts_that_are_not_whole(document: Any) -> None:
    with pytest.raises(SourceError, match=r"^f: its new texts cannot be read"):
        from_document(document, "f")


def test_nothing_but_texts_is_changed() -> None:
    before = manifest(*TOOLS, 7)
    after = with_texts(before, {**NEW, "gone": NewTexts("x")})
    changed = json.loads(json.dumps(TOOLS[0]))
    changed["description"] = "Looks."
    changed["inputSchema"]["properties"]["place"]["description"] = "a town"
    assert [t.raw for t in after.tools] == [changed, TOOLS[1], 7]
    assert before == manifest(*TOOLS, 7)


def test_a_text_that_was_not_there_is_taken_away() -> None:
    after = with_texts(manifest(TOOLS[0]), {"find": NewTexts(None, {"place": ""})})
    assert after.tools[0].raw["inputSchema"]["properties"] == {"place": {"type": "string"}}
    assert after.tools[0].raw["description"] == "Finds."


def test_what_does_not_exist_is_named() -> None:
    assert unknown(manifest(*TOOLS), {"find": NewTexts(None, {"x": "y"}), "gone": NewTexts("z")}) == ["find.x", "gone"]


def test_the_server_among_several() -> None:
    two = {"desk": NEW, "shop": {}}
    assert of_server(two, "desk", "f") == NEW
    assert of_server({"other": NEW}, "desk", "f") == NEW
    with pytest.raises(SourceError, match="has texts for desk, shop, and none for yard"):
        of_server(two, "yard", "f")
