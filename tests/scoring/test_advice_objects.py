"""Statements name the thing that the first sentence is about, and ask for one concrete input, result or call."""

from typing import Any

import pytest

from tests.linear import grows_linearly
from tests.scoring.test_advice import TEXT, said, server, tool
from toolsmell.scoring.advice import Adviser
from toolsmell.scoring.named_object import object_of, subject_of
from toolsmell.scoring.rubric import load


def best(context: Any, position: int = 0) -> list[str]:
    return list(Adviser(context).best(context.tools[position], load()))[:3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Get all unmoored ships ranked by age.", "unmoored ships"),
        ("Returns a list of the harbour pilots on duty", "harbour pilots"),
        ("Retrieve detailed information about a specific berth.", "berth"),
        ("Search for tide tables in the archive", "tide tables"),
        ("Shows crane status, including its load.", "crane status"),
        ("List ropes matching a name.", "ropes"),
        ("Gets every sail that is torn", "sail"),
        ("List PostgreSQL servers", "PostgreSQL servers"),
        ("Get buoy details.", "buoy details"),
        ("List all moorings available in the port.", "moorings"),
        ("Get details on a single mooring listing.", "mooring listing"),
        # What is not certain is not named.
        ("Find ships, ports, or pilots.", None),
        ("Get the date and time.", None),
        ("Search the archive for a ship.", None),
        ("Get information.", None),
        ("Show what changed aboard.", None),
        ("Foghorns and bells.", None),
        ("Get x data.", None),
        ("Show how it works.", None),
        ("Says for each rope whether it holds.", None),
        ("Get started quickly.", None),
        ("", None),
    ],
)
def test_the_object_of_the_first_verb_is_read(text: str, expected: str | None) -> None:
    assert object_of(server(tool("nereid", text)).tools[0]) == expected


def test_a_text_about_something_else_than_the_name_decides() -> None:
    emptied = server(tool("purge_hold", "Remove all crates from a hold.")).tools[0]
    assert subject_of(emptied) == "crates"
    assert subject_of(server(tool("list_ships", "List the ships of a fleet.")).tools[0]) == "ships"


@pytest.mark.parametrize(
    ("name", "text", "given", "expected"),
    [
        ("horizon", "Get all unmoored ships ranked by age.", {}, "say which fields each of the unmoored ships has"),
        ("horizon", "Get the oldest ship.", {}, "say which fields of the oldest ship it returns"),
        ("crane_stats", "Get statistics about the crane.", {}, "say which statistics it returns"),
        (
            "get_rope_knots",
            "Get the rope knots documentation of the yard.",
            {},
            "say in which form it returns the rope knots documentation",
        ),
        ("get_ebb_fng", "Gives what sailors at the wharf call their mood.", {}, "show an example of what it returns"),
        ("open_chart", "Open a chart for the crew.", {"url": TEXT}, None),
        (
            "publish_chart",
            "Publish a chart.",
            {"chart_id": TEXT},
            "say whether it returns the chart or only a confirmation",
        ),
        ("get_winch_info", "Get winch information.", {}, "say which fields of the winch information it returns"),
        ("get_pilot_source", "Get generated pseudocode.", {}, "say in which form it returns the generated pseudocode"),
        ("hatch_open", "Opens the hatch.", {}, None),
        ("open_ships", "Open ships by their marks.", {"marks": TEXT}, None),
        ("list_flags", "List countries.", {}, "say in which form it returns the countries, with an example"),
        ("get_hull_facts", "Get facts of a hull.", {}, "say in which form it returns the facts, with an example"),
        ("create_folder", "Create.", {"parent": TEXT}, "say whether it returns the path of the new folder"),
        (
            "get_hull_usage",
            "Get usage instructions of a hull.",
            {},
            "say in which form it returns the usage instructions",
        ),
        ("ship_diff", "Show changes between two plans.", {}, "say in which form it returns the changes"),
        ("get_draught_cost", "Get the cost of a draught.", {}, "say in which unit it returns the cost"),
        ("get_costs", "Get the cost in USD.", {}, None),
        ("tide_time", "Get the current time.", {}, "say in which form it returns the time, with an example"),
        ("search", "Web search tool", {"query": TEXT}, "say which fields each result has"),
        ("berth", "Manage berths.", {"action": {"enum": ["get", "free"]}}, "say what it returns for each `action`"),
        (
            "sieve",
            "Sieves the sand.",
            {"mesh": TEXT, "sand": TEXT},
            "show a call with `mesh` and `sand`, and what it returns",
        ),
        ("finish_voyage", "Finish.", {"voyage_id": TEXT}, None),
        ("cancel_voyage", "Cancel.", {"voyage_id": TEXT}, "say whether it returns the voyage or only a confirmation"),
        ("play_horn", "Play the horn.", {"file": TEXT}, None),
    ],
)
def test_a_result_is_asked_for_by_its_thing_or_by_a_call(
    name: str, text: str, given: Any, expected: str | None
) -> None:
    assert said(server(tool(name, text, required=tuple(given), **given)).tools[0], "result") == expected


LISTED: dict[str, Any] = {"type": "array", "items": {"type": "object", "properties": {"knot": TEXT}}}
DATE: dict[str, Any] = {"type": "string", "description": "Date of the tide."}
MAIL: dict[str, Any] = {"type": "string", "description": "Address, for example ann@port.example."}


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("tie_ropes", {"ropes": LISTED}, "say what happens to the others if one of `ropes` is not valid"),
        (
            "compute_tide",
            {"start_date": DATE, "end_date": DATE},
            "say what happens if `start_date` is after `end_date`",
        ),
        ("schedule_tug", {"due_date": DATE}, "say what happens if `due_date` lies in the past"),
        ("click_buoy", {"selector": TEXT}, "say what happens if `selector` matches nothing"),
        ("send_email", {"to": MAIL}, "say what happens if `to` is not a valid address"),
    ],
)
def test_a_failure_names_the_input_that_can_be_wrong(name: str, given: Any, expected: str) -> None:
    assert said(server(tool(name, "Moors.", required=tuple(given), **given)).tools[0], "failure") == expected


@pytest.mark.parametrize(
    ("name", "text", "given"),
    [
        ("ask_pilot", "Ask the pilot.", {"messages": LISTED}),  # One talk has several messages.
        ("render_map", "Render a map.", {"maps": LISTED}),
        ("think_aloud", "Think.", {"thoughtNumber": {"type": "integer"}}),
        ("find_buoys", "Look around.", {}),
        ("get_canvas", "Get the canvas.", {}),
        ("analyze", "Analyze existing hull plans.", {}),
        ("check_rope_exists", "Check if a rope exists.", {}),
        ("list_knot_categories", "List knot categories.", {}),
        ("find_most_used_knots", "Find most used knots.", {}),
    ],
)
def test_a_failure_that_cannot_happen_is_not_asked_for(name: str, text: str, given: Any) -> None:
    assert said(server(tool(name, text, required=tuple(given), **given)).tools[0], "failure") is None


def test_a_tool_that_queries_one_thing_finds_none() -> None:
    context = server(tool("query_berth", q=TEXT), tool("close_berth", required=("berth_id",), berth_id=TEXT))
    assert said(context.tools[1], parameter="berth_id") == "say where `berth_id` comes from and what form it has"
    assert said(context.tools[0], "when") is None


@pytest.mark.parametrize("name", ["create_page", "get-sum", "convert_time", "echo", "refresh_deck", "read_graph"])
def test_nothing_is_asked_of_a_tool_that_fails_somehow(name: str) -> None:
    given: dict[str, Any] = {"a": {"type": "number"}, "b": {"type": "number"}}
    for text in best(server(tool(name, "Does it well. Use it when at sea.", required=("a", "b"), **given))):
        assert not text.endswith(" fails"), text


def test_a_new_name_may_be_taken_and_a_flag_may_speak_for_itself() -> None:
    context = server(
        tool("rename_rope", "Rename.", required=("newRope",), newRope={**TEXT, "description": "The new rope name"}),
        tool("set_sail_visibility", "Show or hide.", visible={"type": "boolean"}),
        tool("compare_ropes", "Compare ropes.", ropes=TEXT),
    )
    assert said(context.tools[0], "failure") == "say what happens if `newRope` is already taken"
    assert said(context.tools[1], parameter="visible") is None
    assert said(context.tools[2], "limit") is None


@pytest.mark.parametrize("kind", ["failure", "limit"])
def test_a_parameter_that_only_narrows_a_list_is_no_query(kind: str) -> None:
    one = server(tool("list_ships", "List ships.", rope_selector=TEXT)).tools[0]
    assert "rope_selector" not in (said(one, kind) or "")


def test_a_title_is_not_taken_and_an_optional_name_is_not_needed() -> None:
    assert said(server(tool("create_voyage", required=("title",), title=TEXT)).tools[0], "effect") is None
    optional = {"type": "string", "description": "Optional: name of the fleet."}
    assert said(server(tool("find_ships", ship_name=TEXT, fleet_name=optional)).tools[0], "default") is None


def test_an_id_of_all_tools_and_a_name_that_is_new_have_failures_of_their_own() -> None:
    given = {"id": TEXT, "label": {"type": "string", "description": "The new name for the rope"}}
    ropes = [
        tool(f"{verb}_rope", "Moors.", required=tuple(given), **given) for verb in ("update", "coil", "cut", "tie")
    ]
    context = server(*ropes, tool("weigh", "Moors."))
    assert said(context.tools[0], "failure") == "say what happens if `id` does not exist"
    given.pop("id")
    alone = server(tool("update_rope", "Moors.", required=tuple(given), **given)).tools[0]
    assert said(alone, "failure") == "say what happens if `label` is already taken"


def test_what_is_uploaded_has_a_key_of_its_own() -> None:
    context = server(tool("list_crates"), tool("upload_crate", required=("crate_key",), crate_key=TEXT))
    assert said(context.tools[1], "prerequisite") is None
    assert said(context.tools[0], "when") is None


def test_what_is_looked_for_is_not_what_is_found() -> None:
    one = server(tool("search_log", "Search for specific terms within a log.")).tools[0]
    assert said(one, "failure") == "say what it returns if nothing matches"


@pytest.mark.parametrize("name", ["random_string", "no_param", "filler"])
def test_a_parameter_that_means_nothing_is_not_spoken_of(name: str) -> None:
    dummy: dict[str, Any] = {name: {"type": "string", "description": "Dummy parameter for tools without any"}}
    context = server(tool("sieve", "Sieves the sand.", required=(name,), **dummy))
    assert all(name not in text for text in best(context))


def test_files_with_their_contents_have_keys_and_no_form() -> None:
    files: dict[str, Any] = {"type": "array", "items": {"type": "object", "properties": {"path": TEXT, "hash": TEXT}}}
    one = server(tool("edit_hulls", "Moors.", files=files)).tools[0]
    assert said(one, parameter="files") == "say what the keys of one item of `files` mean: `path`, `hash`"


def test_a_time_zone_is_not_known() -> None:
    zone = {"type": "string", "description": "Source IANA timezone name."}
    one = server(tool("convert_tide", "Convert.", required=("source_timezone",), source_timezone=zone)).tools[0]
    assert said(one, "failure") == "say what happens if `source_timezone` is not a known time zone"


def test_siblings_that_say_the_same_in_their_texts_are_compared() -> None:
    first = tool("next_voyage", "Get the most urgent unmoored ship, ranked by age and draught.")
    many = tool("horizon", "Get all unmoored ships ranked by age and draught.")
    other = tool("wharf", "Get all unmoored barges ranked by weight and colour.")
    context = server(first, many, other)
    assert said(context.tools[0], "when_not") == "say how it differs from `horizon`"
    assert said(context.tools[1], "when") == "say for which task to use it rather than `next_voyage`"
    assert said(context.tools[2], "when_not") is None


def test_a_tool_that_needs_the_id_of_one_thing_is_told_from_the_list() -> None:
    context = server(
        tool("voyages", "Get all voyages of a specific ship.", required=("ship",), ship=TEXT),
        tool("voyage", "Get one voyage of a specific ship.", required=("ship", "voyage_id"), ship=TEXT, voyage_id=TEXT),
    )
    assert said(context.tools[0], "when") is None
    assert said(context.tools[0], "when_not") is None


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "description": "Level of access (view / steer / command)."},
        {"type": "string", "description": "Mark of the hull, as port=starboard."},
        {"type": "array", "items": {"type": "string", "description": "Mark, for example A7."}},
    ],
)
def test_no_example_is_asked_for_if_the_values_are_shown(schema: Any) -> None:
    assert said(server(tool("grant_it", rights=schema)).tools[0], "example") is None


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"mark": TEXT}, False),
        ({"ship_id": TEXT, "note": TEXT}, False),
        ({"mark": TEXT, "sand": TEXT}, True),
        ({"knots": {"type": "object"}}, True),
        ({"knots": {"type": "array", "items": {"type": "array"}}}, True),
    ],
)
def test_a_call_is_shown_only_if_its_values_have_to_be_built(given: Any, shown: bool) -> None:
    one = server(tool("sieve", "Sieves the sand.", required=tuple(given), **given)).tools[0]
    assert ((said(one, "result") or "").startswith("show a call")) is shown


def test_statements_are_about_several_things() -> None:
    names = ("moor_status", "moor_log", "moor_show", "moor_add", "moor_reset")
    context = server(*(tool(name, "Moors.", required=("dock_path",), dock_path=TEXT, knot=TEXT) for name in names))
    for position in range(len(names)):
        found = best(context, position)
        assert sum("`dock_path`" in text for text in found) < 3, found
        assert not any("in which folders" in text for text in found), "all tools have this parameter"


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string"}, "say which `mode` is used if it is left out"),
        ({"type": ["string", "null"]}, None),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, None),
        ({"type": "string", "default": "fore"}, None),
        ({"type": "string", "description": "Every mode unless set."}, None),
    ],
)
def test_a_default_is_asked_for_if_the_schema_has_no_answer(schema: Any, expected: str | None) -> None:
    assert said(server(tool("tow_it", required=("a",), a=TEXT, mode=schema)).tools[0], "default") == expected


def test_what_only_leaves_things_out_has_no_default() -> None:
    kinds: dict[str, Any] = {"enum": ["tug", "ferry"]}
    assert said(server(tool("list_ships", required=("a",), a=TEXT, kind=kinds)).tools[0], "default") is None
    assert said(server(tool("create_ship", required=("a",), a=TEXT, nickname=TEXT)).tools[0], "default") is None


def test_a_parameter_that_is_an_id_comes_from_the_tool_that_lists_its_things() -> None:
    named = {"type": "string", "description": "Voyage identification string"}
    context = server(
        tool("get_voyage", required=("voyage",), voyage=named),
        tool("list_voyages"),
        tool("delete_voyage", required=("id",), id=TEXT),
    )
    origin = "say where `{}` comes from: from `list_voyages`, for instance"
    assert said(context.tools[0], parameter="voyage") == origin.format("voyage")
    assert said(context.tools[2], parameter="id") == origin.format("id")


def test_many_parameters_and_tools_are_read_in_linear_time() -> None:
    def advise(size: int) -> None:
        ropes: dict[str, Any] = {f"rope_{i}": TEXT for i in range(size)}
        wide = tool("tie_it", "Ties.", **ropes)
        context = server(wide, *(tool(f"knot_{i}", "Get all knots of rank three.", path=TEXT) for i in range(size)))
        adviser = Adviser(context)
        for one in context.tools:
            next(adviser.best(one, load()), None)

    assert grows_linearly(advise, 200)


def test_no_difference_is_asked_for_from_a_deprecated_sibling() -> None:
    old = tool("read_chart", "Reads a chart of the harbour. DEPRECATED: use read_text_chart.", path=TEXT)
    new = tool("read_text_chart", "Reads a chart of the harbour.", path=TEXT)
    assert not any("differs" in text for text in best(server(new, old), 0))


@pytest.mark.parametrize(
    ("description", "rows"),
    [
        ("Runs a SELECT query.", True),
        ("Runs an INSERT, UPDATE or DELETE query.", False),
        ("Shows the plan of a query.", False),
    ],
)
def test_a_form_of_rows_is_asked_for_only_if_there_are_rows(description: str, rows: bool) -> None:
    found = best(
        server(tool("run_query", description, ("query",), query={"type": "string", "description": "SQL query"}))
    )
    assert any("rows" in text for text in found) is rows


def test_tables_are_asked_for_more_than_their_names() -> None:
    found = best(server(tool("list_tables", "Lists the tables of the database.")))
    assert "say whether it returns more than the names of the tables" in found
