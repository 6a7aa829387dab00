"""Nothing is called that was not allowed, by name, and hints never widen that."""

from typing import Any

import pytest

from toolsmell.calling.policy import Policy, decide, split_names
from toolsmell.errors import UsageError
from toolsmell.model import Manifest, Provenance, Tool
from toolsmell.reading.context import ServerContext

READS = {"readOnlyHint": True}


def _server(*raws: dict[str, Any]) -> ServerContext:
    tools = tuple(Tool(i, {"inputSchema": {"type": "object"}, **raw}) for i, raw in enumerate(raws))
    return ServerContext(Manifest("s", "s", Provenance.WIRE, tools))


SERVER = _server(
    {"name": "get", "description": "Gets a note"},
    {"name": "get_note", "description": "Gets a note"},
    {"name": "get_and_delete", "description": "Gets a note and removes it", "annotations": READS},
    {"name": "get_last", "description": "Erases a note and shows it"},
    {"name": "get_token", "description": "Gets a token", "annotations": {"destructiveHint": True}},
    {"name": "search_notes", "description": "Searches notes", "annotations": READS},
    {"name": "delete_note", "description": "Deletes a note", "annotations": {"destructiveHint": True}},
    {"name": "run_query", "description": "Answers a query", "annotations": READS},
)


def _allowed(*names: str, read_only: bool = False, server: ServerContext = SERVER) -> set[str]:
    return {d.tool for d in decide(server, Policy(names, read_only)) if d.allowed}


def test_nothing_is_allowed_without_a_word() -> None:
    assert _allowed() == set()


def test_a_name_is_that_name_alone() -> None:
    assert _allowed("get") == {"get"}


def test_an_exact_name_allows_even_what_destroys() -> None:
    assert _allowed("delete_note", "get_and_delete") == {"delete_note", "get_and_delete"}


def test_a_glob_meets_no_tool_that_may_change_something() -> None:
    assert _allowed("get*") == {"get", "get_note"}
    assert _allowed("*") == {"get", "get_note", "search_notes"}


def test_each_refusal_says_why() -> None:
    reasons = {d.tool: d.reason for d in decide(SERVER, Policy(("get*",)))}
    assert reasons["get_and_delete"] == "its name says 'delete': only its exact name allows it"
    assert reasons["get_last"].startswith("its text says 'erases'")
    assert reasons["get_token"].startswith("it declares that it may destroy")
    assert reasons["delete_note"] == "not named"


def test_brackets_in_a_glob_are_brackets() -> None:
    server = _server({"name": "get[1]"}, {"name": "get1"})
    assert _allowed("get[1]*", server=server) == {"get[1]"}


@pytest.mark.parametrize("name", ["gett", "nothing_*", ""])
def test_a_name_that_meets_no_tool_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="no tool is called so"):
        decide(SERVER, Policy((name,)))


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param({"description": "Gets a note"}, id="no hint"),
        pytest.param({"annotations": {"readOnlyHint": "true"}}, id="a hint that is a text"),
        pytest.param({"annotations": {"readOnlyHint": True, "destructiveHint": True}}, id="hints that disagree"),
        pytest.param({"name": "note_delete", "annotations": READS}, id="a name that deletes"),
        pytest.param({"description": "Shows a note, then deletes it", "annotations": READS}, id="a text that deletes"),
        pytest.param(
            {
                "annotations": READS,
                "inputSchema": {"type": "object", "properties": {"output_path": {"type": "string"}}},
            },
            id="a parameter that writes",
        ),
        pytest.param(
            {"annotations": READS, "inputSchema": {"type": "object", "properties": {"sql": {"type": "string"}}}},
            id="a parameter that may do anything",
        ),
    ],
)
def test_a_tool_that_gives_doubt_is_not_taken_at_its_word(raw: dict[str, Any]) -> None:
    assert _allowed(read_only=True, server=_server({"name": "show_note", **raw})) == set()


def test_a_tool_that_says_so_and_looks_so_is_taken() -> None:
    assert _allowed(read_only=True) == {"search_notes"}


def test_two_tools_of_one_name_and_poisoned_ones_are_never_called() -> None:
    server = _server({"name": "a"}, {"name": "a"}, {"name": "b"})
    assert {d.tool for d in decide(server, Policy(("a", "b")), frozenset({"b"})) if d.allowed} == set()


def test_names_come_with_commas_or_without() -> None:
    assert split_names(("a, b", "c", ",")) == ("a", "b", "c")
