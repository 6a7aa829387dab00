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


ACTS = """swap pay buy sell trade stake mint burn bridge withdraw deposit transfer approve sign submit order book charge
refund run exec execute eval invoke call start stop restart reboot shutdown kill terminate deploy install uninstall build
set reset clear toggle enable disable lock unlock ban unban block mute pin archive restore move copy rename merge commit
push pull publish unpublish post send reply share upload download import export sync migrate write overwrite edit modify
update upsert patch insert append create add remove delete drop purge wipe erase truncate destroy revoke grant invite
assign subscribe unsubscribe cancel schedule trigger open close click type press navigate play pause vote claim""".split()


@pytest.mark.parametrize("spelt", ["get_{0}", "get-{0}", "get.{0}", "get{1}", "get{0}", "GET_{2}", "get_{0}s", "get_all_{0}",
                                   "get_{1}Token", "get_and_{0}_it"])  # fmt: skip
def test_a_reading_verb_with_an_act_after_it_is_held_in_any_spelling(spelt: str) -> None:
    for act in ACTS:
        name = spelt.format(act, act.capitalize(), act.upper())
        assert _allowed("get*", "GET*", server=_server({"name": name}, {"name": "get_x"}, {"name": "GET_Y"})) <= {
            "get_x", "GET_Y"
        }, name  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["get_de_lete", "getDeLeTe", "get_d3lete", "get_dеlete", "getdElEtE", "listremove", "get_sWaPtoken", "g\u0435t_x"],
)
def test_odd_spelling_is_no_way_round(name: str) -> None:
    assert _allowed("*", server=_server({"name": name})) == set()


@pytest.mark.parametrize("name", ["frobnicate", "notes", "query", "zap_all", "budget_get", "process_payment", "x"])
def test_a_name_without_evidence_of_reading_is_held(name: str) -> None:
    assert _allowed("*", server=_server({"name": name})) == set()


@pytest.mark.parametrize(
    "name",
    [
        "get_weather",
        "list_orders",
        "search_issues",
        "readFile",
        "find-users",
        "getUserById",
        "describe_table",
        "count_rows",
    ],
)
def test_a_name_that_reads_is_met_by_a_glob(name: str) -> None:
    assert _allowed("*", server=_server({"name": name})) == {name}


def test_a_hint_is_evidence_for_a_name_that_says_nothing() -> None:
    assert _allowed("*", server=_server({"name": "distance", "annotations": READS})) == {"distance"}
    assert _allowed("*", server=_server({"name": "get_x", "annotations": {"readOnlyHint": False}})) == set()


@pytest.mark.parametrize(
    "raw",
    [
        {"description": "Executes the query"},
        {"description": "Swap tokens at the best price"},
        {"inputSchema": {"type": "object", "properties": {"sql": {"type": "string"}}}},
        {"inputSchema": {"type": "object", "properties": {"callbackUrl": {"type": "string"}}}},
    ],
)
def test_a_text_or_a_parameter_that_acts_is_held(raw: dict[str, Any]) -> None:
    assert _allowed("*", server=_server({"name": "get_quote", **raw})) == set()


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
    with pytest.raises(UsageError, match="no tool has this name"):
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
