"""Statements by the act of a tool: what a new thing is called, what hangs on a removed one, which sibling shows it."""

from typing import Any

import pytest

from tests.scoring.test_advice import TEXT, said, server, tool
from toolsmell.reading.context import ServerContext
from toolsmell.scoring.advice import Adviser
from toolsmell.scoring.rubric import load
from toolsmell.scoring.task_advice import tasks

INDEX: dict[str, Any] = {"type": "integer", "description": "The index of the mast."}
URI: dict[str, Any] = {"type": "string", "description": "Key of the berth."}


def best(context: ServerContext, position: int = 0) -> list[str]:
    return list(Adviser(context).best(context.tools[position], load()))


def test_the_id_of_a_new_thing_is_that_which_a_sibling_takes() -> None:
    berths = tool("get_berth", required=("berth_id",), berth_id=TEXT)
    context = server(tool("create_berth", "Create a berth."), berths, tool("create_buoy", "Create a buoy."))
    assert said(context.tools[0], "result") == "say whether it returns the `berth_id` that `get_berth` takes"
    assert said(context.tools[2], "result") == "say whether it returns the id of the new buoy"
    taking = server(tool("create_berth", "Create a berth.", required=("berth_id",), berth_id=TEXT), berths)
    assert said(taking.tools[0], "result") != said(context.tools[0], "result"), "it is given the id"


@pytest.mark.parametrize("name", ["create_table", "create_branch", "add_label", "create_file", "add_row"])
def test_what_is_named_by_a_name_has_no_id_to_return(name: str) -> None:
    text = f"{name.partition('_')[0].title()} a {name.partition('_')[2]}."
    context = server(tool(name, text, required=("path",), path=TEXT), tool("get_buoy", buoy_id=TEXT))
    assert said(context.tools[0], "result") is None


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("pause_pump", "Pause a pump.", "say what happens if the pump is already paused"),
        ("stop_pump", "Stop a pump.", "say what happens if the pump is not running"),
        ("close_hatch", "Close a hatch.", "say what happens if the hatch is already closed"),
        ("close_hatch", "Close a hatch. Does nothing if it is closed already.", None),
        ("enable_alarms_pump", "Enable alarms on a pump.", None),
        ("delete_folder", "Delete a folder.", "say whether it also removes what is in the folder"),
        ("delete_folder", "Delete a folder and everything in it.", "say whether the removed folder can be restored"),
        ("delete_user", "Delete a user.", "say what happens to what belongs to the user"),
        ("delete_buoy", "Delete a buoy.", "say whether the removed buoy can be restored"),
    ],
)
def test_an_effect_is_asked_for_by_the_state_and_the_contents_of_a_thing(
    name: str, text: str, expected: str | None
) -> None:
    assert said(server(tool(name, text, required=("pump_id",), pump_id=TEXT)).tools[0], "effect") == expected


@pytest.mark.parametrize(
    ("name", "text", "given", "sibling", "expected"),
    [
        ("pane_click", "Click a pane.", {}, "pane_snapshot", "say that `pane_snapshot` shows what it changed"),
        ("dig_canal", "Dig a canal, in the background.", {}, "canal_status", "`canal_status` tells when it is done"),
        ("write_console", "Write to it.", {}, "read_console", "say that `read_console` gives the output"),
        ("test_connection", "Tests it.", {}, "", "say what it returns if the connection fails"),
        ("login", "Signs in.", {}, "get_berth", "say whether it has to be called before the other tools"),
        ("switch_berth", "Switch to a berth.", {}, "", "say whether later calls use the new berth"),
        ("ask_pilot", "Answer.", {"question": TEXT}, "", "say whether it remembers what earlier calls asked"),
        ("post_message", "Post a message.", {"text": TEXT}, "", "say from which account it sends the message"),
        ("clear_deck", "Clear the deck.", {}, "", "say whether it can be undone"),
        ("toggle_lamp", "Toggle a lamp.", {}, "", "say whether it returns the new state: on or off"),
        ("upload_image", "Upload an image.", {"x": TEXT}, "", "say which formats the image may have, and how large"),
        ("upload_image", "Upload a PNG image.", {"x": TEXT}, "", "say how large the image may be"),
        ("get_quote", "Get a quote.", {}, "", "say whether the quote is live, or how old at most"),
        ("cut_mast", "Cut it.", {"mast_index": INDEX}, "", "say whether `mast_index` counts from 0 or from 1"),
        ("set_draught", "Set it.", {"draught": {"type": "number"}}, "", "say the smallest and the largest value that"),
        ("write_chart", "Write a chart.", {"path": TEXT}, "", "say whether it creates missing folders of `path`"),
        ("stop_by_tag", "Stop ships by tag.", {"tag": TEXT}, "", "say what happens if nothing has the `tag`"),
        ("page_back", "Go back.", {}, "", "say what happens if there is no page to go back to"),
        ("update_berth", "Update a berth.", {}, "", "say which berth it means: no parameter names one"),
        ("add_note", "Add a note to the diary.", {"note": TEXT}, "", "say how the diary can be read"),
        ("create_table", "Create a table.", {}, "", "say what happens if a table with this name already exists"),
        (
            "create_task",
            "Create a task.",
            {},
            "",
            "list the parameters: the input schema has none, not even a name for the new task",
        ),
        ("add_comment", "Add one.", {"text": TEXT}, "", "say how long `text` may be"),
    ],
)
def test_each_act_has_its_own_questions(name: str, text: str, given: Any, sibling: str, expected: str) -> None:
    others = [tool(sibling, "Does more of it.")] if sibling else []
    found = best(server(tool(name, text, required=tuple(given), **given), *others))
    assert any(expected in one for one in found), found


def test_a_task_is_asked_for_only_of_what_has_a_name_of_its_own() -> None:
    asked = "say for which task an agent needs the tide gauge calibration"
    context = server(tool("calibration", "Get the tide gauge calibration."))
    assert asked in tasks(context.tools[0])
    assert asked not in best(context), "something more concrete can be asked"
    used = server(tool("calibration", "Get the tide gauge calibration. Use it when gauges drift."))
    assert asked not in tasks(used.tools[0])
    for text in ("Get a ship.", "List the tide gauge calibrations.", "Search tide gauge records.", "Send a tide mail."):
        assert not any("for which task" in one for one in best(server(tool("calibration", text)))), text


def test_a_getter_is_for_a_known_id_and_its_finder_for_the_others() -> None:
    context = server(tool("get_buoy", "Get a buoy.", required=("buoy_id",), buoy_id=TEXT), tool("list_buoys"))
    expected = "say to use it if `buoy_id` is known, and `list_buoys` to find it"
    assert said(context.tools[0], "when") == expected
    assert said(context.tools[0], "prerequisite") == expected
    several = tool("open_knots", "Open knots by their names.", required=("names",), names={"type": "array"})
    found = said(server(several, tool("search_knots")).tools[0], "when")
    assert found == "say to use it if `names` are known, and `search_knots` to find them"
    other = tool("get_buoy_logs", "Get logs.", required=("id",), id=TEXT)
    assert said(server(other, tool("list_logs")).tools[0], "when") is None, "the id is that of a buoy"


def test_a_tool_that_writes_a_whole_file_is_told_from_one_that_edits_it() -> None:
    context = server(tool("write_chart", "Write."), tool("edit_chart", "Edit."))
    assert said(context.tools[0], "when") == "say for which changes to use it rather than `edit_chart`"
    assert said(context.tools[1], "when") == "say for which changes to use it rather than `write_chart`"


def test_a_keyword_among_the_properties_is_no_parameter() -> None:
    stray = tool("moor", "Moors a ship.", required=("rope",), rope=TEXT, type="object", required_=["rope"])
    assert not any("`type`" in text or "`required_`" in text for text in best(server(stray)))


@pytest.mark.parametrize(
    ("name", "text", "given", "expected"),
    [
        ("add_knot_examples", "Add examples to a knot.", "knot_name", "say what happens if `knot_name` does not exist"),
        ("add_heading", "Add a heading to a log.", "filename", "say what happens if `filename` does not exist"),
        ("insert_image", "Insert an image.", "image_path", "say what happens if `image_path` does not exist"),
        ("create_user", "Create a user.", "username", "say what happens if `username` is already taken"),
        ("create_or_update_berth", "Create or update it.", "name", None),
        ("set_knot_name", "Create a knot name.", "name", None),
        ("open_shortcut", "Open a shortcut.", "name", "say what happens if `name` does not exist"),
    ],
)
def test_a_name_is_new_only_if_the_tool_makes_what_it_names(
    name: str, text: str, given: str, expected: str | None
) -> None:
    schema = {"type": "object", "properties": {given: TEXT}, "required": [given]}
    one = server({"name": name, "description": text, "inputSchema": schema}).tools[0]
    found = said(one, "failure")
    assert found == expected or (expected is None and "does not exist" in (found or ""))


def test_there_is_always_something_to_give_if_the_schema_says_so() -> None:
    count = {"type": "integer", "minimum": 1, "description": "Number of knots to return"}
    assert said(server(tool("get_knots", "Returns knots.", count=count)).tools[0], "failure") is None
    assert said(server(tool("list_allowed_docks", "List allowed docks.")).tools[0], "failure") is None


def test_an_address_of_a_ledger_is_valid_or_not_and_coordinates_are_always_somewhere() -> None:
    wallet = {"type": "string", "description": "The wallet address."}
    one = server(tool("get_balance", "Get it.", required=("address",), address=wallet)).tools[0]
    assert said(one, "failure") == "say what happens if `address` is not a valid address"
    point = {"type": "string", "description": "Coordinates of the place."}
    assert said(server(tool("get_tide", "Get it.", required=("place",), place=point)).tools[0], "failure") is None


@pytest.mark.parametrize(
    ("finder", "text", "found"),
    [
        ("list_buoys", "Close a buoy.", True),
        ("list_recent_buoys", "Close a buoy.", True),
        ("list_buoys_by_colour", "Close a buoy.", True),
        ("list_harbour_buoys", "Close a buoy of a harbour.", True),
        ("list_harbour_buoys", "Close a buoy.", False),
        ("count_buoys", "Close a buoy.", False),
    ],
)
def test_an_origin_finds_just_the_things_that_a_parameter_names(finder: str, text: str, found: bool) -> None:
    context = server(tool("close_buoy", text, required=("buoy_id",), buoy_id=TEXT), tool(finder, "Does it."))
    assert (f"`{finder}`" in (said(context.tools[0], "prerequisite") or "")) is found


def test_what_a_sentence_of_the_text_answers_is_asked_no_more() -> None:
    reset = "Resets the deck. Planks stay where they are."
    assert "say whether it can be undone" not in best(server(tool("reset_deck", f"{reset} It deletes all ropes.")))
    cut = tool("cut_mast", "Cut it. Masts are 0-based.", required=("mast_index",), mast_index=INDEX)
    assert not any("counts from" in one for one in best(server(cut)))
    named = tool("create_task", "Create a task. It is named after the day.")
    assert not any("not even a name" in one for one in best(server(named)))


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("query", "Find ships.", "say how `query` is matched: by words, by a pattern or by meaning"),
        ("query", "Find ships, by literal text.", None),
        ("domain_filter", "Find ships.", "say which values `domain_filter` takes, with an example"),
        ("filter", "Find ships.", "say which syntax `filter` takes, with an example"),
    ],
)
def test_a_query_is_asked_for_how_it_is_matched_and_a_filter_for_its_syntax(
    name: str, text: str, expected: str | None
) -> None:
    named: dict[str, Any] = {name: TEXT}
    assert said(server(tool("find_ships", text, **named)).tools[0], parameter=name) == expected


def test_a_number_in_the_text_tells_how_many_there_are_and_a_loud_word_stays_small() -> None:
    assert said(server(tool("list_buoys", "Returns the latest 100 buoys.")).tools[0], "limit") is None
    loud = server(tool("delete_buoy", "Delete a buoy. A deleted BUOY is gone from the chart.")).tools[0]
    assert not any("BUOY" in text for text in best(loud.server))


def test_words_that_mean_something_else_ask_for_nothing_of_their_own() -> None:
    table = server(tool("describe_knots", "Get details about a knot table.", required=("x",), x=TEXT)).tools[0]
    assert said(table, "result") == "say which fields of the knot table it returns"
    assert said(server(tool("test_connection", "Test a connection.", x=TEXT)).tools[0], "result") is None
    link = server(tool("post_sailor_login", "Generate login link."), tool("get_buoy"))
    assert "say whether it has to be called before the other tools" not in best(link)
    schema = {"type": "object", "properties": {"name": TEXT}, "required": ["name"]}
    sent = {"name": "publish_horn", "description": "Publishes a signal.", "inputSchema": schema}
    assert said(server(sent).tools[0], "failure") is None
    sorted_ = server(tool("list_ships", "List ships.", sort_key=TEXT)).tools[0]
    assert "sort_key" not in (said(sorted_, "example") or "")
    deleted = server(tool("harbour_delete", "Perform an HTTP DELETE request.", required=("url",), url=TEXT)).tools[0]
    assert said(deleted, "effect") is None
    assert not any(
        "for which task" in text
        for text in best(server(tool("berth_info", "Get a harbour berth.", required=("berth",), berth=TEXT)))
    )


def test_the_origin_of_an_id_is_asked_for_once() -> None:
    task_uid = {"type": "integer"}
    context = server(tool("get_task", "Get a task.", required=("task_uid",), task_uid=task_uid), tool("list_tasks"))
    assert sum("`list_tasks`" in text for text in best(context)) == 1


def test_a_list_of_objects_holds_what_it_names() -> None:
    files = {"type": "array", "items": {"type": "object", "properties": {"content": TEXT}}}
    scanned = server(tool("scan_code", "Scan code.", required=("code_files",), code_files=files)).tools[0]
    assert "does not exist" not in (said(scanned, "failure") or "")
    request = server(tool("harbour_put", "Perform an HTTP PUT request.", required=("url",), url=TEXT)).tools[0]
    assert said(request, "effect") is None


def test_what_is_converted_and_is_no_file_is_not_asked_for_a_path() -> None:
    knots = server(tool("convert_knots", "Convert knots to metres a second.", required=("knots",), knots=INDEX))
    assert not any("a path" in one for one in best(knots))
    chart = server(tool("convert_chart", "Convert a chart file to another format.", required=("path",), path=TEXT))
    assert any("a path" in one for one in best(chart))


def test_an_id_that_shortens_the_new_thing_is_not_asked_to_exist() -> None:
    mooring = server(tool("create_mooring", "Create a mooring.", required=("moor_id",), moor_id=TEXT))
    assert not any("does not exist" in one or "the id of the new" in one for one in best(mooring))


def test_a_row_of_values_is_an_example() -> None:
    level = {"type": "string", "description": "Level of the alarm: Critical, Warning, Silent."}
    context = server(tool("raise_alarm", "Raise an alarm at a pier.", required=("alarm_level",), alarm_level=level))
    assert not any("example value of `alarm_level`" in one for one in best(context))
    style = {"type": "string", "description": "Style of the alarm: pulsing"}
    context = server(tool("raise_alarm", "Raise an alarm at a pier.", required=("alarm_style",), alarm_style=style))
    assert not any("example value of `alarm_style`" in one for one in best(context))


def test_a_task_is_not_asked_for_by_the_words_of_the_name() -> None:
    context = server(tool("get_sum", "Returns the sum of two numbers.", a=INDEX, b=INDEX))
    assert not any("for which task" in one for one in best(context))
