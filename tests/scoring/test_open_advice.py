"""Statements for texts that miss no kind of statement for certain: by phrases, values, sorts and siblings."""

from typing import Any

import pytest

from tests.linear import grows_linearly
from tests.scoring.test_advice import TEXT, server, tool
from toolsmell.scoring.follow_advice import of_followers
from toolsmell.scoring.open_advice import left_open
from toolsmell.scoring.sort_advice import of_sort
from toolsmell.scoring.spoken_advice import of_phrases
from toolsmell.scoring.value_advice import of_values

NUMBER: dict[str, Any] = {"type": "integer", "description": "A number."}
FLAG: dict[str, Any] = {"type": "boolean"}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("read_chart", "Read the current chart page.", "say what it returns if there is no current chart page"),
        ("send_bell", "Rings the bell of the active harbour board.", "say what happens if no harbour board is active"),
        ("get_depth", "Depth below keel. Requires a running sonar.", "say what it returns without a running sonar"),
        ("ring", "Rings a bell. Requires a running engine.", "say what happens without a running engine"),
        ("radar", "Check if the radar is connected.", "say what to do if the radar is not connected"),
        (
            "berth",
            "Check if a berth exists.",
            "say whether it returns an answer or an error if the berth does not exist",
        ),
        ("get_tide", "Get the tide.\nReturns a TideReport.", "say which fields the `TideReport` has"),
        ("get_now", "Get the hour as input for other tools.", "name the other tools that take what it returns"),
        (
            "load",
            "Cargo that conforms to the hold schema.",
            "say what happens if the data does not conform to the hold schema",
        ),
        ("run", "Runs under memory limits.", "say how high the memory limits are"),
        ("get_logs", "Read the ship's `voyage.toml` file.", "say what it returns if there is no `voyage.toml` file"),
        ("fleet", "Get fleet statistics", "say which statistics it returns"),
        ("crew", "List the user's team", "say which team it means if the user has several"),
        ("getSelectedMast", "The mast the captain has chosen.", "say what it returns if no mast is selected"),
        # Nothing is asked that the text says already, or that has no such thing.
        ("read_chart", "Read the current chart page, or an error if none is open.", None),
        ("get_now", "Get the current time.", None),
        ("get_depth", "Depth below keel. Requires a token.", None),
        ("run", "Runs under memory limits of 512 MB.", None),
        ("fleet", "Get fleet statistics: ships, crews", None),
        ("radar", "Connect the radar. Tell the crew if it is connected.", None),
    ],
)
def test_a_phrase_leaves_a_question_open(name: str, text: str, expected: str | None) -> None:
    assert next(of_phrases(server(tool(name, text)).tools[0]), None) == expected


@pytest.mark.parametrize(
    ("name", "text", "required", "given", "expected"),
    [
        (
            "dredge",
            "Dredge a channel.",
            (),
            {"timeLimit": NUMBER},
            "say whether it returns an error or what it has so far if `timeLimit` has passed",
        ),
        ("list_ropes", "List ropes.", (), {"limit": {**NUMBER, "maximum": 9, "default": 3}}, "say how to get the rest if there are more than `limit`"),
        ("list_ropes", "List ropes.", (), {"limit": {**NUMBER, "maximum": 9}}, "say which `limit` is used if it is left out"),
        ("list_ropes", "List ropes.", (), {"limit": {**NUMBER, "maximum": 9, "default": 3}, "page": NUMBER}, None),
        ("delete_ropes", "Deletes ropes.", (), {"limit": NUMBER}, "say which ropes it removes if there are more than `limit`"),
        ("fetch_chart", "Fetch a chart.", (), {"url": TEXT}, "say what happens if `url` cannot be reached"),
        ("fetch_chart", "Fetch a chart; fails if it is away.", (), {"url": TEXT}, None),
        ("decode_flag", "Decode a flag.", ("flag",), {"flag": TEXT}, "say what it returns if `flag` is not known"),
        ("sail", "路线", (), {"origin": TEXT, "destination": TEXT}, "say what it returns if there is no route from `origin` to `destination`"),
        ("get_hull", "Get a hull.", (), {"verbose": {**FLAG, "description": "Include extra details"}}, "say what `verbose` adds"),
        ("get_hull", "Get a hull.", (), {"verbose": {**FLAG, "description": "Include extra keel plans"}}, None),
        ("list_masts", "List masts.", (), {"filter": {**TEXT, "description": "A substring"}}, "say whether `filter` ignores case"),
        ("wrecks", "Wreck data", ("latitude",), {"latitude": NUMBER, "longitude": NUMBER}, "say how far around `latitude` and `longitude` it looks"),
        ("weather", "Weather data", ("latitude",), {"latitude": NUMBER, "longitude": NUMBER}, None),
        ("hull", "Add `plank` to the `hull`.", ("hull",), {"hull": TEXT, "plank": TEXT}, "say what happens if the `hull` has the `plank` already"),
        ("chart", "Chart data", (), {"date": TEXT}, "say the earliest `date` that has data"),
        ("call_pilot", "Call a pilot service.", ("service",), {"service": TEXT}, "say what it returns if the call of `service` fails"),
        ("geocode_buoy", "Buoys.", ("location",), {"location": TEXT}, "say what it returns if there is nothing at `location`"),
        ("search_wrecks", "Search wrecks.", ("query",), {"query": TEXT}, "say how many results `query` gives at most"),
        ("search_wrecks", "Search 10 wrecks.", ("query",), {"query": TEXT}, None),
        ("generate_chart", "Generate a chart.", ("points",), {"points": {"type": "array"}}, "say how many items `points` may have at most"),
        ("widen", "Widen a channel.", ("distance",), {"distance": {"type": "number", "description": "How far."}}, "say what happens if `distance` is 0 or negative"),
        ("moor", "Moor at a berth.", ("x", "y"), {"x": {"type": "number"}, "y": {"type": "number"}}, "say in which unit `x` and `y` are"),
        ("jump", "Jump to a berth.", ("slot",), {"slot": {"type": "integer"}}, "say the largest value that `slot` may have"),
        ("add_berth", "payload.size is in metres.", ("payload",), {"payload": {"type": "object"}}, "say which keys of `payload` are required"),
        ("store_chart", "Store a chart.", (), {"key": TEXT}, "say what a second call with the same `key` does"),
    ],
)  # fmt: skip
def test_a_value_leaves_a_question_open(
    name: str, text: str, required: tuple[str, ...], given: dict[str, Any], expected: str | None
) -> None:
    assert next(of_values(server(tool(name, text, required, **given)).tools[0]), None) == expected


def test_a_choice_is_asked_for_only_if_its_values_do_not_explain_themselves() -> None:
    plain = {"enum": ["calm", "rough", "storm"], "description": "The profile."}
    told = {**plain, "description": "calm=slow, rough=fast, storm=none"}
    assert list(of_values(server(tool("steer", profile=plain)).tools[0])) == ["say how the values of `profile` differ"]
    assert not list(of_values(server(tool("steer", profile=told)).tools[0]))


def test_one_of_several_names_has_to_be_passed() -> None:
    ships: dict[str, Any] = {"id": TEXT, "slug": {**TEXT, "description": "Alternatively pass a slug."}}
    found = list(of_values(server(tool("ship", **ships)).tools[0]))
    assert found == ["say what happens if none of `id` and `slug` is passed"]


@pytest.mark.parametrize(
    ("name", "text", "given", "expected"),
    [
        ("weld", "Executes a welding plan.", {}, "list its parameters: the input schema has none"),
        ("create", "Create a new berth.", {}, "list its parameters: the input schema has none"),
        ("create", "Create a new window.", {}, None),
        ("read_rules", "The harbour handbook", {}, "say how long the handbook is, in words or tokens"),
        ("harbour_today", "Get the date", {}, "say in which time zone the date is"),
        ("harbour_today", "Get the date in UTC", {}, None),
        ("echo", "Echoes a flag", {"flag": TEXT}, "say whether it returns `flag` unchanged and alone"),
        (
            "add",
            "Adds two lengths",
            {"a": NUMBER, "b": NUMBER},
            "say whether it returns the sum alone or in a sentence",
        ),
        ("add", "Adds two crates", {"a": TEXT, "b": TEXT}, None),
        ("rescue_screenshot", "A picture.", {}, "say in which format and size the screenshot is"),
        ("harbour_directions", "How to sail.", {"to": TEXT}, "say for which countries it has data"),
        ("harbour_directions", "How to sail in every country.", {"to": TEXT}, None),
        ("print_env", "Print the environment", {}, "say whether it shows secrets as well"),
        ("read_fleet", "The fleet as a graph", {}, "say whether a large graph is returned in full"),
        ("get_fuel", "Get fuel prices.", {"port": TEXT}, "say how old the prices may be"),
        ("get_fuel", "Get live fuel prices.", {"port": TEXT}, None),
        ("list_channels", "List channels in a folder.", {"folder": TEXT}, None),
        ("count_tasks", "Count the tasks.", {}, "say whether completed tasks count as well"),
        ("wipe_decks", "Discards what lies on deck.", {}, "say whether it returns how many entries it removed"),
        ("anchor_stop", "Ends the anchoring.", {}, "say whether it waits until it has ended"),
        ("new_tab", "Open another tab", {"colour": TEXT}, "say whether the new tab becomes the current one"),
        ("new_tab", "Open another tab and switch to it", {"colour": TEXT}, None),
    ],
)
def test_a_sort_of_tool_leaves_a_question_open(
    name: str, text: str, given: dict[str, Any], expected: str | None
) -> None:
    assert next(of_sort(server(tool(name, text, tuple(given), **given)).tools[0]), None) == expected


def test_a_setting_may_last() -> None:
    assert next(of_sort(server(tool("set_heading", "Set the heading.", heading=TEXT)).tools[0])) == (
        "say how long the new heading is kept: for this session, or until it is changed again"
    )


def test_a_removed_thing_may_be_restored() -> None:
    one = server(tool("delete_buoy", "Delete a buoy.", ("buoy_id",), buoy_id=TEXT)).tools[0]
    assert list(of_sort(one)) == ["say whether the removed buoy can be restored"]


def test_the_thing_that_no_parameter_names_is_asked_for() -> None:
    lock = tool("moor_fleet_now", "Moors the fleet at once.")
    assert list(of_sort(server(lock, tool("list_fleets")).tools[0])) == [
        "say which fleet it means: no parameter names one"
    ]
    assert not list(of_sort(server(lock).tools[0]))


def test_a_sibling_takes_what_a_tool_lists() -> None:
    taker = tool("paint_hull", "Paint.", ("pigment_id",), pigment_id=TEXT)
    found = list(of_followers(server(tool("list_pigments", "List pigments."), taker).tools[0]))
    assert found == ["say that `paint_hull` takes them as `pigment_id`"]
    named = tool("list_pigments", "List pigments for `paint_hull`.")
    assert not list(of_followers(server(named, taker).tools[0]))


def test_a_sibling_gives_one_result_in_full() -> None:
    getter = tool("wreck_getter", "Get.", ("wreck",), wreck=TEXT)
    found = list(of_followers(server(tool("wreck_searcher", "Search wrecks."), getter).tools[0]))
    assert found[0] == "say that `wreck_getter` returns one of its results in full"


def test_a_new_thing_has_a_number_that_a_sibling_takes() -> None:
    taker = tool("raise_mast", "Raise.", ("mast_index",), mast_index=NUMBER)
    found = list(of_followers(server(tool("create_mast", "Create a mast."), taker).tools[0]))
    assert found == ["say whether it returns the `mast_index` that `raise_mast` takes"]


@pytest.mark.parametrize("text", ["Read the current page. Stub: returns nothing.", "Demonstrates the current page."])
def test_nothing_is_asked_of_a_stub(text: str) -> None:
    assert not list(left_open(server(tool("read_page", text)).tools[0]))


def test_the_phrases_are_read_in_linear_time() -> None:
    def read(size: int) -> None:
        list(left_open(server(tool("read_page", "Requires a " + "word " * size + "the current " * size)).tools[0]))

    assert grows_linearly(read, 5_000)


def test_a_tree_may_have_many_levels() -> None:
    node = {"type": "object", "properties": {"children": {"type": "array"}}}
    one = server(tool("generate_chart", "Generate a chart.", ("fleet",), fleet=node)).tools[0]
    assert list(of_values(one)) == ["say how many levels of `children` it shows"]


def test_many_filters_without_a_bound_leave_the_number_of_results_open() -> None:
    given: dict[str, Any] = dict.fromkeys(("speed_min", "speed_max", "flag", "port"), TEXT)
    assert list(of_values(server(tool("ships", "Ship data", (), **given)).tools[0])) == [
        "say how many results it returns at most"
    ]
    assert not list(of_values(server(tool("ships", "Ship data", (), **given, limit=NUMBER)).tools[0]))


@pytest.mark.parametrize(
    ("name", "text", "given", "answer"),
    [
        ("get_depth", "Depth below keel. Requires a running sonar.", {}, "Fails if no sonar runs."),
        ("wrecks", "Wreck data", {"latitude": NUMBER, "longitude": NUMBER}, "It looks within 50 km at most."),
        ("echo", "Echoes a flag", {"flag": TEXT}, "Returns the same flag."),
        ("jump", "Jump to a berth.", {"slot": {"type": "integer"}}, "`slot` may be at most 9."),
        ("moor", "Moor there.", {"x": {"type": "number"}, "y": {"type": "number"}}, "Both are in metres."),
        ("weld", "Executes a welding plan.", {}, "Parameters: plan."),
    ],
)
def test_an_answered_question_is_not_asked_again(name: str, text: str, given: dict[str, Any], answer: str) -> None:
    before = list(left_open(server(tool(name, text, tuple(given), **given)).tools[0]))
    after = list(left_open(server(tool(name, f"{text.rstrip('.')}. {answer}", tuple(given), **given)).tools[0]))
    assert before
    assert before[0] not in after
