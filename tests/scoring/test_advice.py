"""The words of statements: each names the parameter, the sibling or the value, and asks nothing that cannot be said."""

from typing import Any

import pytest

from tests.linear import grows_linearly
from toolsmell.model import Manifest, Provenance, Tool
from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.scoring.advice import Adviser, lacking
from toolsmell.scoring.gains import Missing
from toolsmell.scoring.kind_advice import BY_KIND
from toolsmell.scoring.parameter_advice import of_parameter
from toolsmell.scoring.rubric import load
from toolsmell.scoring.siblings import Siblings


def server(*tools: dict[str, Any]) -> ServerContext:
    return ServerContext(Manifest("s", "s", Provenance.FILE, tools=tuple(Tool(i, t) for i, t in enumerate(tools))))


def tool(name: str, description: str = "Works.", required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    schema = {"type": "object", "properties": properties, "required": list(required)}
    return {"name": name, "description": description, "inputSchema": schema}


def said(context: ToolContext, kind: str | None = None, parameter: str | None = None) -> str | None:
    missing = Missing(StatementKind(kind) if kind else None, parameter)
    return next((text for _, text in Adviser(context.server).statements(context, [missing])), None)


TEXT: dict[str, Any] = {"type": "string"}


@pytest.mark.parametrize(
    ("name", "schema", "expected"),
    [
        ("cursor", TEXT, "say what `cursor` accepts and where it comes from"),
        ("ticket_id", TEXT, "say where `ticket_id` comes from: from `list_tickets`, for instance"),
        ("berth_id", TEXT, "say where `berth_id` comes from and what form it has"),
        ("mode", {"enum": ["fast", "slow"]}, "say what each value of `mode` means: `fast`, `slow`"),
        ("mode", {"enum": list("abcdef")}, "say what each value of `mode` means: `a`, `b`, `c` and 3 more"),
        ("deep", {"type": "boolean"}, "say what changes if `deep` is true"),
        ("page", {"type": "integer"}, "say whether `page` counts from 0 or from 1"),
        ("limit", {"type": "integer"}, "say the largest value that `limit` may have"),
        ("weight", {"type": "number"}, "say what `weight` counts, or its unit"),
        ("page", {"type": "integer", "minimum": 1}, "say what `page` counts"),
        (
            "weight",
            {"type": "number", "minimum": 0, "maximum": 9},
            "say what a low and a high value of `weight` mean, or its unit",
        ),
        ("path", TEXT, "say what `path` points to, and whether it may be relative"),
        ("since", TEXT, "say which form `since` has, with an example"),
        ("query", TEXT, "say how `query` is matched: by words, by a pattern or by meaning"),
        ("options", {"type": "object"}, "say which keys `options` takes"),
        ("steps", {"type": "array"}, "say what one item of `steps` is"),
        ("tags", {"type": "array"}, None),
        ("colour", TEXT, "say what `colour` means and which values it takes"),
    ],
)
def test_a_parameter_is_asked_for_by_its_name_and_form(name: str, schema: Any, expected: str) -> None:
    context = server(tool("close_it", **{name: schema}), tool("list_tickets"))
    assert said(context.tools[0], parameter=name) == expected


def test_the_nearest_sibling_is_named() -> None:
    context = server(tool("search_message"), tool("find_message"), tool("delete_message"), tool("find_user"))
    assert said(context.tools[0], "when_not") == "say how it differs from `find_message`"
    assert said(context.tools[0], "when") == "say for which task to use it rather than `find_message`"
    assert Siblings(context).nearest(context.tools[2]) is None, "nobody confuses a deletion with a search"
    assert Siblings(context).nearest(context.tools[3]) is None


def test_tools_with_one_unknown_verb_are_near() -> None:
    context = server(*map(tool, ("generate_area_chart", "generate_bar_chart", "serial_open", "serial_close")))
    assert Siblings(context).nearest(context.tools[0]) == "generate_bar_chart"
    assert Siblings(context).nearest(context.tools[3]) is None, "only the thing is the same"


def test_the_mark_of_a_server_makes_no_neighbours() -> None:
    names = ("harbour_open", "harbour_crane", "harbour_ship", "harbour_tide")
    context = server(*map(tool, names))
    assert [Siblings(context).nearest(one) for one in context.tools] == [None] * 4


def test_what_cannot_be_said_is_not_asked_for() -> None:
    defaulted = {"type": "integer", "default": 5}
    told = {"type": "string", "description": "A colour, for example red. Blue if left out."}
    context = server(tool("paint", n=defaulted, colour=told, kind={"enum": ["a"]}, wet={"type": "boolean"}))
    one = context.tools[0]
    assert said(one, "default") == "say which `kind` is used if it is left out"
    assert said(one, "example") is None
    assert said(server(tool("paint", wet={"type": "boolean"})).tools[0], "example") is None
    assert said(server(tool("paint", n=defaulted)).tools[0], "default") is None
    hinted = {**tool("paint"), "annotations": {"readOnlyHint": True}}
    assert said(server(hinted).tools[0], "effect") is None
    returning = {**tool("paint"), "outputSchema": {"type": "object", "properties": {"a": {}}}}
    assert said(server(returning).tools[0], "result") is None
    assert said(one, "steering") is None
    assert said(one, parameter="nothing") is None


def test_one_statement_tells_two_tools_apart() -> None:
    context = server(tool("search_message"), tool("find_message"))
    kinds = [Missing(StatementKind.WHEN), Missing(StatementKind.WHEN_NOT)]
    asked = [text for _, text in Adviser(context).statements(context.tools[0], kinds)]
    assert asked == ["say for which task to use it rather than `find_message`"]


def test_a_parameter_that_the_text_names_is_not_called_unexplained() -> None:
    text = "Search the log. The pattern is a glob such as *.txt."
    one = server(tool("search_log", text, pattern=TEXT, depth={"type": "integer"})).tools[0]
    assert [missing.parameter for missing in lacking(one) if missing.parameter] == ["depth"]


def test_what_may_be_wrong_fits_the_parameter() -> None:
    def failing(of: str, **properties: Any) -> str | None:
        schema = {"type": "object", "properties": properties, "required": list(properties)}
        return said(server({"name": of, "description": "Works.", "inputSchema": schema}).tools[0], "failure")

    names = {"type": "array", "items": TEXT}
    assert failing("delete_ships", ship_names=names) == "say what happens if one of `ship_names` does not exist"
    assert failing("create_ship", name=TEXT) == "say what happens if `name` is already taken"
    assert failing("get_sum", a={"type": "number"}) is None
    assert failing("write_query", query=TEXT) == "say what happens if `query` is not valid"
    assert failing("read_log", query=TEXT) == "say what it returns if nothing matches `query`"
    assert failing("toggle_light") is None


def test_a_lone_tool_without_parameters_is_asked_for_no_sibling_and_no_default() -> None:
    one = server(tool("now")).tools[0]
    asked = " ".join(text for _, text in Adviser(one.server).statements(one, lacking(one)))
    assert asked
    for word in ("other tool", "another tool", "differs", "left out", "example value"):
        assert word not in asked


def test_nothing_that_is_said_is_asked_for() -> None:
    text = "Give the time in UTC as ISO 8601. Use it when a date is relative. Returns an error without a clock."
    one = server(tool("now", text)).tools[0]
    kinds = {missing.kind for missing in lacking(one)}
    assert not kinds & {kind for sentence in one.reading.sentences for kind in sentence.says}
    assert kinds <= set(one.reading.missing)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sets one alarm and returns its id.", "result"),
        ("Finds ships; gives an empty list without any.", "failure"),
        ("Prefer get_ship over it if the number is known.", "when_not"),
        ("Works best when the tide is known.", "when"),
    ],
)
def test_a_kind_that_may_be_said_is_not_asked_for(text: str, kind: str) -> None:
    context = server(tool("set_alarm", text, when=TEXT), tool("get_alarm"))
    assert StatementKind(kind) not in {missing.kind for missing in lacking(context.tools[0])}


def test_a_text_that_is_there_is_not_denied() -> None:
    assert said(server(tool("book_room", "")).tools[0], "purpose") == "say what `book_room` does"
    restated = server(tool("book_room", "Books a room.")).tools[0]
    assert said(restated, "purpose") == "say more about what `book_room` does than its name tells"


def test_hostile_names_are_cut_and_shown() -> None:
    name = "x\x1b[31m\n" + "n" * 500
    hostile: dict[str, Any] = {name: TEXT}
    text = said(server(tool("paint", **hostile)).tools[0], parameter=name)
    assert text is not None
    assert len(text) < 160
    assert text.isprintable()


def test_ten_thousand_tools_of_one_noun_are_read_in_linear_time() -> None:
    context = server(*(tool(f"get_ship_{i}", f"Get ship {i}.", id=TEXT) for i in range(10_000)))
    adviser = Adviser(context)
    asked = [next(adviser.statements(one, lacking(one)), None) for one in context.tools]
    assert len(asked) == 10_000


@pytest.mark.parametrize(
    ("name", "description", "schema", "expected"),
    [
        ("kind", "Works.", {"const": "tide"}, None),
        ("mode", "Works.", {"enum": ["fast"]}, None),
        ("berth", "Works.", {"type": "string", "pattern": "^B[0-9]+$"}, "say what `berth` means"),
        ("host", "Works.", {"anyOf": [{"format": "ipv4"}, {"format": "ipv6"}]}, "say what `host` means"),
        (
            "draught",
            "Works.",
            {"type": "number", "minimum": -2, "maximum": 2},
            "say what a low and a high value of `draught` mean, or its unit",
        ),
        ("query", "Runs PromQL over the last day.", TEXT, "give an example value of `query`"),
    ],
)
def test_what_schema_or_text_say_is_not_asked_for(name: str, description: str, schema: Any, expected: Any) -> None:
    assert said(server(tool("close_it", description, **{name: schema})).tools[0], parameter=name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("semantic_search", "show an example of what it returns"),
        ("ships_list", "say which fields each of the ships has"),
        ("get_my_notes", "say which fields each of the notes has"),
        ("get_ship_fuel_price_range", "show an example of what it returns"),
        ("get_old_ship_fuel_price_range", "show an example of what it returns"),
    ],
)
def test_a_thing_is_named_in_full_or_not_at_all(name: str, expected: str) -> None:
    assert said(server(tool(name)).tools[0], "result") == expected


def test_texts_of_people_have_no_wrong_value_and_values_with_bounds_need_no_example() -> None:
    one = server(tool("send_note", required=("message",), message=TEXT)).tools[0]
    assert said(one, "failure") is None
    bounded = server(tool("read_log", page={"type": "integer", "minimum": 1, "default": 1})).tools[0]
    assert said(bounded, "example") is None
    defaulted = server(tool("read_log", voice={"type": "string", "default": "deep"})).tools[0]
    assert said(defaulted, "example") is None


def test_nobody_asks_whether_a_tool_that_acts_returns_only_that_it_worked() -> None:
    raw = tool("shutter_toggle", "Toggles the shutter of a window.")
    acting, silent = ({**raw, "annotations": {"readOnlyHint": False}}, raw)
    for one in (acting, silent, tool("dock", "Docks a ship.")):
        assert said(server(one).tools[0], "result") is None


FIELDS: dict[str, Any] = {"type": "object", "properties": {"depth": {"type": "number", "description": "In metres."}}}


def test_described_items_are_not_asked_for() -> None:
    context = server(tool("close_it", berths={"type": "array", "items": FIELDS}, plan=FIELDS))
    assert said(context.tools[0], parameter="berths") is None
    assert said(context.tools[0], parameter="plan") is None


def test_a_default_tells_whether_a_path_is_relative() -> None:
    context = server(tool("close_it", path={"type": "string", "default": "."}))
    assert said(context.tools[0], parameter="path") == "say what `path` points to"


def test_an_origin_that_the_schema_names_is_not_asked_for() -> None:
    named = {"type": "string", "description": "Id of the ticket, as list_tickets returns it."}
    bare = {"type": "string", "description": "Id of the ticket."}
    context = server(
        tool("close_it", required=("ticket_id",), ticket_id=named),
        tool("open_it", required=("ticket_id",), ticket_id=bare),
        tool("list_tickets"),
    )
    assert said(context.tools[0], "prerequisite") is None
    assert (
        said(context.tools[1], "prerequisite") == "say where `ticket_id` comes from: from `list_tickets`, for instance"
    )


@pytest.mark.parametrize(
    ("text", "asked"),
    [("Saves a page.", True), ("Saves a page. It does not check that the page exists.", False)],
)
def test_what_is_told_of_existence_is_not_asked_for(text: str, asked: bool) -> None:
    context = server(tool("save_page", text, required=("url",), url=TEXT))
    assert (said(context.tools[0], "failure") == "say what happens if `url` cannot be reached") is asked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lists berths with their depths.", None),
        ("Lists berths.", "say how it differs from `list_berths`"),
    ],
)
def test_a_difference_that_the_text_tells_is_not_asked_for(text: str, expected: str | None) -> None:
    context = server(tool("list_berths_with_depths", text), tool("list_berths"))
    assert said(context.tools[0], "when_not") == expected


def test_a_default_number_is_an_example() -> None:
    context = server(tool("wait", seconds={"type": "number", "default": 10}))
    assert said(context.tools[0], "example") is None


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("get_active_asset", "get_active_viewport"),
        ("listBrowserTabs", "getBrowserStorage"),
        ("get_event", "list_events"),
        ("resources_get", "resources_list"),
        ("get_template", "search_templates"),
        ("generateSpecFromCollection", "generateCollection"),
    ],
)
def test_a_sibling_that_no_agent_confuses_is_not_named(name: str, other: str) -> None:
    context = server(tool(name), tool(other))
    assert Siblings(context).confused(context.tools[0]) is None


@pytest.mark.parametrize(
    ("name", "other"),
    [("list_events", "search_events"), ("get_user", "fetch_user"), ("create_event", "create_events")],
)
def test_a_sibling_that_does_nearly_the_same_is_named(name: str, other: str) -> None:
    context = server(tool(name), tool(other))
    assert Siblings(context).confused(context.tools[0]) == other


def test_a_sibling_is_not_named_if_the_text_speaks_of_what_the_name_adds() -> None:
    context = server(tool("get_mysql_config", "Get the MySQL config."), tool("get_kafka_config"))
    assert Siblings(context).confused(context.tools[0]) is None


def test_values_that_the_text_names_are_not_asked_for() -> None:
    context = server(tool("list_catalog", "Lists entries: projects or tags.", kind={"enum": ["projects", "tags"]}))
    (parameter,) = context.tools[0].parameters
    assert of_parameter(parameter, context.tools[0], Siblings(context)) is None


def test_the_length_of_a_title_is_not_asked_for() -> None:
    context = server(tool("create_chart", title={"type": "string"}))
    assert BY_KIND[StatementKind.LIMIT](context.tools[0], Siblings(context)) is None


@pytest.mark.parametrize(
    ("name", "others", "expected"),
    [
        ("list_ships", ("delete_ship",), "say that it finds the `ship_id` that `delete_ship` takes"),
        ("delete_ship", ("archive_ship",), "say for which task to use it rather than `archive_ship`"),
        ("delete_ship", ("archive_port",), None),
        ("weigh_anchor", ("list_ships",), None),
    ],
)
def test_when_is_worded_by_a_sibling_or_not_at_all(name: str, others: tuple[str, ...], expected: str | None) -> None:
    given: dict[str, Any] = {} if name.startswith("list") else {"ship_id": TEXT}
    context = server(
        tool(name, required=tuple(given), **given),
        *(tool(one, required=("ship_id",), ship_id=TEXT) for one in others),
    )
    assert said(context.tools[0], "when") == expected


@pytest.mark.parametrize(
    ("name", "other"), [("read_ships", "search_ships"), ("forward_port", "stop_forward_port"), ("open_log", "find_log")]
)
def test_verbs_that_no_agent_confuses_make_no_rivals(name: str, other: str) -> None:
    assert Siblings(server(tool(name), tool(other))).confused(server(tool(name), tool(other)).tools[0]) is None


@pytest.mark.parametrize(
    ("parameter", "finders", "expected"),
    [
        ("crew_shift_id", ("list_crews", "list_crew_shifts"), "list_crew_shifts"),
        ("ship_crew_id", ("list_ships",), None),
        ("ship_crew_id", ("list_port_crews",), None),
        ("crewName", ("list_crews",), "list_crews"),
    ],
)
def test_an_origin_finds_the_last_word_of_an_id(parameter: str, finders: tuple[str, ...], expected: str | None) -> None:
    named: dict[str, Any] = {parameter: TEXT}
    context = server(tool("close_it", required=(parameter,), **named), *map(tool, finders))
    origin = f"say where `{parameter}` comes from: from `{expected}`, for instance" if expected else None
    assert said(context.tools[0], "prerequisite") == origin


KEYED: dict[str, Any] = {"type": "object", "properties": {"depth": {"type": "number"}, "width": {"type": "number"}}}


@pytest.mark.parametrize(
    ("name", "schema", "expected"),
    [
        ("options", KEYED, "say what the keys of `options` mean: `depth`, `width`"),
        (
            "berths",
            {"type": "array", "items": KEYED},
            "say what the keys of one item of `berths` mean: `depth`, `width`",
        ),
        ("pid", {"type": "integer"}, "say where `pid` comes from"),
        ("latitude", {"type": "number"}, None),
        ("max_pages", {"type": "integer", "minimum": 1, "maximum": 9}, None),
        ("context_lines", {"type": "integer", "default": 3}, None),
        ("message", TEXT, None),
        ("requests", {"type": "object", "properties": {"requests": {"type": "array"}}}, None),
    ],
)
def test_a_parameter_is_not_asked_for_what_name_and_schema_say(name: str, schema: Any, expected: str | None) -> None:
    named: dict[str, Any] = {name: schema}
    assert said(server(tool("close_it", **named)).tools[0], parameter=name) == expected


@pytest.mark.parametrize(
    ("name", "description", "expected"),
    [
        ("message", "Text to send.", None),
        ("day", "Day, YYYY-MM-DD.", None),
        ("path", "Absolute path of the file.", None),
        ("ship_id", "Id of the ship, as list_ships returns it.", None),
        ("kind", "Must be one of: tug, ferry.", None),
        ("query", "Words to look for.", None),
        ("query", "Query in GraphQL.", "give an example value of `query`"),
        ("berth", "Berth to close.", "give an example value of `berth`"),
    ],
)
def test_an_example_is_asked_for_if_nothing_shows_a_value(name: str, description: str, expected: str | None) -> None:
    named: dict[str, Any] = {name: {"type": "string", "description": description}}
    assert said(server(tool("close_it", **named)).tools[0], "example") == expected


@pytest.mark.parametrize(
    ("of", "name", "description", "expected"),
    [
        ("get_tide", "city", "", "say what happens if `city` is not found"),
        ("get_tide", "wish", "What to show.", None),
        ("get_tide", "coin", "The symbol of the coin.", "say what happens if `coin` does not exist"),
        ("get_tide", "link_url", "", "say what happens if `link_url` cannot be reached"),
        ("move_ship", "destination", "", None),
        ("create_ship", "ship_name", "", "say what happens if `ship_name` is already taken"),
        ("create_ship", "port_name", "", "say what happens if `port_name` does not exist"),
    ],
)
def test_a_failure_is_one_that_can_happen(of: str, name: str, description: str, expected: str | None) -> None:
    named: dict[str, Any] = {name: {"type": "string", "description": description}}
    assert said(server(tool(of, required=(name,), **named)).tools[0], "failure") == expected


def test_only_a_part_that_may_be_left_out_keeps_its_value() -> None:
    every = server(tool("update_ship", required=("flag",), flag=TEXT)).tools[0]
    some = server(tool("update_ship", flag=TEXT)).tools[0]
    assert said(every, "effect") is None
    assert said(some, "effect") == "say whether what is not passed keeps its value"
    assert said(server(tool("upload_chart", required=("path",), path=TEXT)).tools[0], "effect") == (
        "say whether it overwrites an existing chart"
    )


def test_what_is_made_has_a_form() -> None:
    context = server(tool("generate_chart"))
    assert (
        said(context.tools[0], "result") == "say in which form it returns the chart: the content, a path or an address"
    )


def test_an_empty_text_is_asked_for_its_purpose_first() -> None:
    context = server(tool("list_ships", "", query=TEXT), tool("close_ship", required=("ship_id",), ship_id=TEXT))
    rubric = load()
    assert next(Adviser(context).best(context.tools[0], rubric)) == "say what `list_ships` does"


def test_one_statement_shows_the_values_of_a_parameter() -> None:
    context = server(tool("close_it", berth=TEXT))
    asked = [Missing(parameter="berth"), Missing(StatementKind.EXAMPLE)]
    assert len(list(Adviser(context).statements(context.tools[0], asked))) == 1


NAMED: dict[str, Any] = {
    "type": "array",
    "items": {"type": "object", "properties": {"name": TEXT}, "required": ["name"]},
}


@pytest.mark.parametrize(
    ("of", "schema", "expected"),
    [
        ("create_ships", NAMED, "say what happens if `name` in `ships` is already taken"),
        ("scrap_ships", NAMED, "say what happens if `name` in `ships` does not exist"),
        ("delete_routes", {"type": "array"}, "say what happens if some of the routes do not exist"),
        ("delete_route", {"type": "object"}, "say what happens if the route does not exist"),
    ],
)
def test_a_failure_is_that_of_a_field_or_of_the_thing(of: str, schema: Any, expected: str) -> None:
    assert said(server(tool(of, required=("ships",), ships=schema)).tools[0], "failure") == expected


def test_a_tool_that_reads_a_whole_thing_is_asked_how_much_that_is() -> None:
    whole = server(tool("read_log", "Reads the entire log.")).tools[0]
    assert said(whole, "limit") == "say how much of the log it returns at most"
    assert said(server(tool("read_log", "Reads the log.")).tools[0], "limit") is None
    assert said(server(tool("get_ship", "Gets all of a ship.")).tools[0], "limit") is None


@pytest.mark.parametrize(
    ("name", "parameter", "description", "kind", "expected"),
    [
        ("calculate", "expression", "", "failure", "say what happens if `expression` is not valid"),
        ("harbour_search", "query", "", "failure", "say what it returns if nothing matches `query`"),
        ("read_rows", "query", "In SQL.", "failure", "say what happens if `query` is not valid"),
        ("get_query_plan", "query", "The SQL query.", "limit", None),
        ("save_rows", "title", "Table to save the rows to.", "failure", "say what happens if `title` is already taken"),
        ("download_chart", "outputPath", "", "failure", "say what happens if `outputPath` already exists"),
        ("get_ship_id", "ship", "", "result", None),
        ("create_note", "text", "", "failure", None),
        ("upload_file", "chart", "", "effect", None),
        ("tap_screen", "place", "", "effect", None),
        ("list_rows", "cursor", "Cursor of the page.", "example", None),
        ("list_rows", "database", "Database name", "example", None),
        ("list_coins", "price_max", "", "limit", "say how many coins it returns at most"),
        ("generate_report", "query", "What to report on.", "failure", None),
        ("get_supported_ports", "near", "", "failure", None),
        (
            "read_schema",
            "query",
            "Search term, for the SQL tables.",
            "failure",
            "say what it returns if nothing matches `query`",
        ),
        ("news_search", "words", "", "effect", None),
        ("unarchive_ship", "words", "", "effect", "say what happens if the ship is not archived"),
        ("send_letter", "words", "", "effect", None),
        ("create_ship", "ship_id", "", "prerequisite", None),
        ("get_port_address", "port", "", "result", None),
        ("get_status", "queryRunId", "", "failure", "say what happens if `queryRunId` does not exist"),
        ("count_ships", "port", "", "limit", None),
        ("search_arxiv", "words", "", "result", None),
        ("get_schema", "path", "Path of the endpoint.", "limit", None),
        ("press_button", "button", "Supported: back, home.", "example", None),
        ("send_text", "mode", "Mode [text/markdown].", "example", None),
        ("extract_text", "words", "", "effect", None),
    ],
)
def test_what_does_not_apply_is_not_asked_for(
    name: str, parameter: str, description: str, kind: str, expected: str | None
) -> None:
    named: dict[str, Any] = {parameter: {"type": "string", "description": description}}
    assert said(server(tool(name, required=(parameter,), **named)).tools[0], kind) == expected


def test_names_with_a_thing_each_tell_tools_apart() -> None:
    context = server(tool("execute_dml_sql"), tool("execute_select_sql"))
    assert Siblings(context).confused(context.tools[0]) is None


def test_what_a_tool_passes_on_has_no_default() -> None:
    one = server(tool("fetch_page", headers={"type": "object"})).tools[0]
    assert said(one, "default") is None
    either = {"type": "string", "description": "Alternatively, the name."}
    assert said(server(tool("get_ship", code=TEXT, label=either)).tools[0], "default") is None


def test_the_id_of_a_new_thing_comes_from_nowhere() -> None:
    context = server(tool("create_ship", required=("ship_id",), ship_id=TEXT), tool("list_ships"))
    assert said(context.tools[0], parameter="ship_id") == "say what form `ship_id` has, and whether it must be new"
    assert said(context.tools[1], "when") is None


@pytest.mark.parametrize(
    ("name", "description", "schema", "kind", "expected"),
    [
        ("sail", "Sail.", {"path": {"type": "string", "description": "Path of the log."}}, "example", "relative"),
        ("sail", "Sail.", {"path": {"type": "string", "description": "Full path of the log."}}, "example", None),
        ("sail", "Sail.", {"headers": {"type": "object"}}, "example", None),
        ("sail", "Sail.", {"berths": {"type": "array", "items": {"type": "number"}}}, "example", None),
        ("sail", "Sail.", {"kind": {"type": "string", "description": "Kind (tug, ferry)."}}, "example", None),
        ("sail", "Sail.", {"port_id": {"type": "string", "description": "Port."}}, "example", "say where `port_id`"),
        ("run_query", "Run SQL.", {"query": TEXT}, "example", None),
        ("run_query", "Run SQL.", {"query": TEXT}, "result", "say in which form it returns the rows"),
        ("run_query", "Run SQL.", {"query": TEXT}, "limit", "say how many rows `query` gives at most"),
        ("run_script", "Run it.", {"script": TEXT}, "result", "say what it returns of `script`"),
        ("run_script", "Run it.", {"script": TEXT}, "failure", "say what it returns if `script` fails"),
        ("run_script", "Run it.", {"script": TEXT}, "limit", "say how long `script` may run"),
        ("sail", "Sail.", {"max_steps": {"type": "integer"}}, "limit", "say what it returns if `max_steps` is reached"),
        ("list_ships", "List.", {"limit": {"type": "integer", "description": "At most 9."}}, "limit", None),
        (
            "list_ships",
            "List.",
            {"limit": {"type": "integer", "description": "Max ships."}},
            "limit",
            "say the largest",
        ),
        ("draw_map", "Draw.", {"filename": TEXT}, "limit", None),
        ("sail", "Sail.", {"private_key": TEXT}, "failure", "say what happens if `private_key` is not valid"),
        ("scrape", "Scrape.", {"urls": {"type": "array"}}, "failure", "say what happens if one of `urls` cannot"),
        ("sail", "Sail.", {"database": TEXT}, "failure", "say what happens if `database` does not exist"),
        ("list_metrics", "List.", {"x": TEXT}, "failure", "say what it returns if there are no metrics"),
        ("get_metrics", "Get.", {"x": TEXT}, "failure", None),
        ("explain_tide", "Explain.", {"x": TEXT}, "effect", None),
        ("handle_tide", "Handle.", {"x": TEXT}, "effect", "say what it changes"),
        ("send_ship_report", "Send.", {"x_id": TEXT}, "result", "say whether it returns the id of the ship report"),
        ("send_ship_report", "Send.", {"x": TEXT}, "result", None),
        ("force_terminate", "End.", {"x": TEXT}, "result", None),
        (
            "create_voice_from_preview",
            "Create.",
            {"x_id": TEXT},
            "result",
            "say whether it returns the id of the new voice",
        ),
        ("add_ships", "Add.", {"x_id": TEXT}, "result", "say whether it returns the ids of the new ships"),
        ("get_page", "Get the content of a page.", {"x": TEXT}, "result", "say in which form it returns the page"),
        ("yard_system_read_chart", "Read.", {"x": TEXT}, "result", "say which fields of the chart it returns"),
        ("fetch_chart", "Fetch.", {"out_path": TEXT}, "result", "say which fields of the chart it returns"),
        ("list_ships", "List.", {"max_id": {"type": "number"}}, "limit", "say how many ships"),
        ("sail", "Sail.", {"min_id": TEXT}, "failure", None),
        ("send_file", "Send.", {"path": TEXT}, "failure", "say what happens if `path` does not exist"),
        ("create_request", "Create.", {"title": TEXT}, "failure", None),
        ("create_ship", "Create. Fails if the name is taken.", {"ship_name": TEXT}, "effect", None),
        ("remove_ship_from_fleet", "Remove.", {"ship_id": TEXT}, "effect", None),
        ("remove_ship", "Remove.", {"ship_id": TEXT}, "effect", "say whether the removed ship can be restored"),
        ("get_harbour_log_ship", "Get a ship.", {"x": TEXT}, "result", "say which fields of the ship it returns"),
        ("download_chart", "Download.", {"x": TEXT}, "result", "say where the chart goes"),
        ("get_ship", "Get a ship (name, crew, port).", {"x": TEXT}, "result", None),
        ("base64", "Encode or decode text.", {"x": TEXT}, "result", None),
        (
            "ships_create",
            "Create a new ship.",
            {"x_id": TEXT},
            "result",
            "say whether it returns the id of the new ship",
        ),
        ("create_branch", "Create a branch.", {"x_id": TEXT}, "result", None),
        ("sail", "Sail.", {"text1": TEXT}, "example", None),
        ("check_number", "Check.", {"number": TEXT}, "failure", None),
        ("save_chart", "Save.", {"out_path": TEXT}, "result", None),
    ],
)
def test_a_statement_fits_what_the_tool_does(
    name: str, description: str, schema: Any, kind: str, expected: str | None
) -> None:
    text = said(server(tool(name, description, required=tuple(schema), **schema)).tools[0], kind)
    assert (text is None) if expected is None else (text is not None and expected in text), text


@pytest.mark.parametrize(
    ("name", "schema", "expected"),
    [
        ("ship_name", TEXT, "say whether `ship_name` must match exactly, with case and spaces"),
        ("include_old", {"type": "boolean"}, None),
        ("order", {"enum": ["asc", "desc"]}, None),
        ("paths", {"type": "array"}, "say whether the `paths` may be relative"),
        ("pmids", {"type": "array"}, "say where the `pmids` come from and what form they have"),
        ("anchor", TEXT, "say which values `anchor` takes, with an example"),
    ],
)
def test_a_parameter_that_its_name_explains_is_asked_for_its_values(
    name: str, schema: Any, expected: str | None
) -> None:
    named: dict[str, Any] = {name: schema}
    one = server(tool("weigh", "Weighs the anchor.", **named)).tools[0]
    assert said(one, parameter=name) == expected


def test_a_file_that_is_drawn_may_exist_already() -> None:
    one = server(tool("draw_map", filename=TEXT)).tools[0]
    assert said(one, "failure") == "say what happens if `filename` already exists"


def test_an_origin_is_not_asked_for_if_the_schema_names_a_tool() -> None:
    named: dict[str, Any] = {"ship_id": {"type": "string", "description": "Call find_vessels to discover ids."}}
    context = server(tool("close_it", required=("ship_id",), **named), tool("list_ships"), tool("find_vessels"))
    assert said(context.tools[0], "prerequisite") is None


def test_a_name_that_may_be_taken_is_not_asked_for_twice() -> None:
    text = "Creates a configuration for scores and returns its id. Fails if the name is taken."
    name = {"type": "string", "maxLength": 35, "description": "Name of the configuration: letters and digits."}
    schema = {"type": "object", "properties": {"name": name}, "required": ["name"]}
    one = server({"name": "create_score_config", "description": text, "inputSchema": schema}).tools[0]
    assert not any("taken" in asked or "second" in asked for asked in Adviser(one.server).best(one, load()))


def test_one_of_several_optional_ids_may_have_to_be_passed() -> None:
    one = server(tool("find_it", ship_id=TEXT, port_name=TEXT)).tools[0]
    assert said(one, "default") == "say whether one of `ship_id` and `port_name` has to be passed"


def test_two_ways_to_name_one_thing_are_alternatives_although_something_else_is_required() -> None:
    named: dict[str, Any] = {"text": TEXT, "ship_id": {"type": "number"}, "ship_key": TEXT, "port_id": TEXT}
    one = server(tool("log_it", required=("text",), **named)).tools[0]
    assert said(one, "default") == "say whether one of `ship_id` and `ship_key` has to be passed"


def test_what_the_text_says_of_a_parameter_is_not_asked_for() -> None:
    text = "Closes a berth.\n\nArgs:\n    berth: Name of the berth, e.g. 'B7'.\n    path: Absolute path of the log."
    context = server(tool("close_it", text, berth=TEXT, path=TEXT), tool("close_it", "Closes it.", berth=TEXT))
    assert said(context.tools[0], "example") is None
    assert said(context.tools[1], "example") == "give an example value of `berth`"


@pytest.mark.parametrize(
    ("ours", "theirs", "near"),
    [
        (tool("get_ship", required=("ship_id",), ship_id=TEXT), tool("fetch_ship", required=("x",), x=TEXT), False),
        (tool("list_ships"), tool("search_ships", required=("query",), query=TEXT), False),
        (tool("list_ships"), tool("search_ships", query=TEXT), True),
        (tool("list_ships"), tool("search_ships", required=("title",), title=TEXT), False),
        (tool("get_my_ships", "Gets ships."), tool("list_ships"), True),
        (tool("get_ships"), tool("get_fleet_ships", fleet_key=TEXT), False),
    ],
)
def test_tools_that_need_other_things_are_not_confused(ours: Any, theirs: Any, near: bool) -> None:
    context = server(ours, theirs)
    assert (Siblings(context).confused(context.tools[0]) is not None) is near


@pytest.mark.parametrize(
    ("parameter", "description", "finder", "expected"),
    [
        ("table", "", "list_tables", "list_tables"),
        ("datasource_id", "", "list_data_sources", "list_data_sources"),
        ("project_id", "", "get_projects", "get_projects"),
        ("payment_intent", "The ID of the payment.", "list_payment_intents", "list_payment_intents"),
        ("message", "", "list_messages", None),
        ("ship_id", "", "list_ship_zones", None),
        ("ship_id", "Id, see find_vessels.", "list_ships", "list_ships"),
    ],
)
def test_an_origin_may_list_what_a_parameter_names(
    parameter: str, description: str, finder: str, expected: str | None
) -> None:
    named: dict[str, Any] = {parameter: {"type": "string", "description": description}}
    context = server(tool("close_it", required=(parameter,), **named), tool(finder))
    (only,) = context.tools[0].parameters
    assert Siblings(context).origin(context.tools[0], only) == expected


ADD = "Adds a web page to the list and returns the id of the new entry. It does not check that the page exists."
RESTART = "Restart the port\n\n⚠️ WARNING: Temporarily disrupts all operations\n\nReturns:\n    Result of the restart"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "clusters",
            "Gives a list of clusters. Use it when clusters are unknown.",
            "say which fields each",
        ),
        ("add_bookmark", ADD, "say what a second call with the same `url` does"),
        ("restart_port", RESTART, "say whether it waits until it is done"),
    ],
)
def test_a_tool_whose_kinds_may_all_be_said_gets_a_statement_nevertheless(name: str, text: str, expected: str) -> None:
    given = {"url": {"type": "string", "description": "Address."}} if name.startswith("add") else {}
    context = server(tool(name, text, required=tuple(given), **given))
    asked = list(Adviser(context).best(context.tools[0], load()))
    assert any(expected in one for one in asked), asked


@pytest.mark.parametrize(
    ("name", "description", "schema", "expected"),
    [
        ("dock", "Docks a ship.", {}, None),
        ("moor_ship", "Moors a ship.", {"format": TEXT}, None),
        ("scrape_page", "Get the content of a page.", {"formats": {"type": "array"}}, None),
        ("list_pages", "List pages of a log.", {}, "say which fields each of the pages has"),
        ("list_pages", "List pages of a log.", {"format": TEXT}, "say which fields each of the pages has"),
        ("download_chart", "Download a chart.", {"output_path": TEXT}, None),
        ("get_status", "Get the status of a ship.", {}, "say which values the status may have"),
        ("is_afloat", "Tell whether a ship is afloat.", {}, None),
        ("afloat", "Check if a ship is afloat.", {}, None),
        ("get_hull", "Get the checksum of a hull.", {}, None),
        ("run_drills", "Run drills.", {"filter": TEXT}, "say whether it returns the output or only a confirmation"),
        ("readme", "Retrieve the documentation, in Markdown.", {}, None),
        (
            "get_rising",
            "Get rising tides of a port.",
            {},
            "say which fields each of the rising tides has",
        ),
        ("get_tpu", "Get the TPU of a port.", {}, "say which fields of the TPU it returns"),
        ("get_ship_log_diff", "Show what changed aboard.", {}, "show an example of what it returns"),
    ],
)
def test_a_result_is_asked_for_as_far_as_it_is_known(
    name: str, description: str, schema: Any, expected: str | None
) -> None:
    text = said(server(tool(name, description, **schema)).tools[0], "result")
    assert text == expected


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("berth", "The title of the berth."),
        ("berth", "A short description of it."),
        ("berth", "Optional new label of it."),
        ("berth", "Whether to moor it."),
        ("berth", "Number of ropes."),
        ("berth", "What to moor there."),
        ("command", "To be carried out."),
        ("version", "Edition of the chart."),
        ("select_query", "To be run."),
    ],
)
def test_a_plain_value_needs_no_example(name: str, description: str) -> None:
    named: dict[str, Any] = {name: {"type": "string", "description": description}}
    assert said(server(tool("moor", "Moors.", **named)).tools[0], "example") is None


def test_a_text_that_is_left_out_is_not_there() -> None:
    assert said(server(tool("moor", "Moors.", caption=TEXT)).tools[0], "default") is None


def test_the_name_that_an_unknown_verb_takes_may_be_new() -> None:
    schema = {"type": "object", "properties": {"name": TEXT}, "required": ["name"]}
    moor, fetch = ({"name": verb, "description": "Ropes.", "inputSchema": schema} for verb in ("moor", "fetch_ship"))
    assert said(server(moor).tools[0], "failure") is None
    assert said(server(fetch).tools[0], "failure") == "say what happens if `name` does not exist"


CREW = "Returns the name and the rank of the user whose token is used. Takes no parameters."


@pytest.mark.parametrize(
    ("name", "description", "schema", "expected"),
    [
        ("who_am_i", CREW, {}, "say what it returns if no user is signed in"),
        (
            "get_ship_by",
            "Returns detailed facts of a ship, such as its name: use it when known.",
            {"value": TEXT},
            "ship is not found",
        ),
        ("is_moored", "Tells whether the ship is moored, for use when at sea.", {}, "returns if it cannot tell"),
    ],
)
def test_a_tool_of_which_little_is_missing_gets_a_statement_about_its_subject(
    name: str, description: str, schema: Any, expected: str
) -> None:
    context = server(tool(name, description, required=tuple(schema), **schema))
    asked = list(Adviser(context).best(context.tools[0], load()))
    assert any(expected in one for one in asked), asked


@pytest.mark.parametrize(
    ("name", "description", "schema", "kind", "expected"),
    [
        ("resolve_ship_id", "Resolves a name into a ship ID.", {"x": TEXT}, "result", None),
        (
            "find_ships",
            "Finds ships by their visual content.",
            {"query": TEXT},
            "result",
            "which fields each of the ships has",
        ),
        ("query_docs", "Ask the Q&A of the port.", {"query": TEXT}, "result", "in which form it returns the answer"),
        ("query_docs", "Ask the Q&A of the port.", {"query": TEXT}, "limit", None),
        ("query_port", "Query the port.", {"query": TEXT}, "limit", "say how many results `query` gives at most"),
        ("update_ropes", "Updates ropes.", {"ropes": {"type": "array"}}, "effect", None),
        ("get_page_html", "Get the HTML of a page.", {}, "result", "in which form it returns the HTML"),
        ("fetch_urls", "Retrieve pages.", {"urls": {"type": "array"}}, "result", "in which form it returns the pages"),
        ("check_port_status", "Check whether a port is open. Returns its status.", {}, "result", "values the status"),
        (
            "check_rope",
            "Diagnoses flaws of a rope.",
            {"x": TEXT},
            "result",
            "if it finds a fault, and if it finds none",
        ),
        ("validate_rope", "Validate a rope.", {"x": TEXT}, "result", "if it finds a fault, and if it finds none"),
        ("update_ropes", "Updates ropes.", {"ropes": {"type": "array"}, "x": TEXT}, "effect", "keeps its value"),
        (
            "sail",
            "Sail.",
            {"port": {"type": "string", "description": "Port identification text."}},
            "example",
            "say where `port` comes from",
        ),
    ],
)
def test_what_the_text_says_a_tool_gives_and_takes_is_heeded(
    name: str, description: str, schema: Any, kind: str, expected: str | None
) -> None:
    text = said(server(tool(name, description, required=tuple({"urls"} & set(schema)), **schema)).tools[0], kind)
    assert (text is None) if expected is None else (text is not None and expected in text), text


@pytest.mark.parametrize(
    ("name", "description", "expected"),
    [
        ("query", "Find similar ships.", None),
        ("query", "Find ships.", "say how `query` is matched: by words, by a pattern or by meaning"),
        ("shipCwd", "Find ships.", "say whether `shipCwd` may be relative"),
        ("sailsAt", "Find ships.", "say which form `sailsAt` has, with an example"),
    ],
)
def test_a_parameter_is_asked_for_the_form_of_its_kind(name: str, description: str, expected: str | None) -> None:
    named: dict[str, Any] = {name: TEXT}
    assert said(server(tool("find_ships", description, **named)).tools[0], parameter=name) == expected


def test_a_text_of_several_ids_may_have_a_wrong_one() -> None:
    one = server(tool("get_ships", required=("ids",), ids=TEXT)).tools[0]
    assert said(one, "failure") == "say what happens if one of `ids` does not exist"


def test_a_value_that_another_tool_gives_needs_no_example() -> None:
    action = {"type": "string", "description": "The exact action in the find_vessels result."}
    context = server(tool("carry_out", action=action), tool("find_vessels"))
    assert said(context.tools[0], "example") is None
    assert said(server(tool("carry_out", action=action)).tools[0], "example") is not None


def test_a_tool_that_gives_one_value_and_takes_none_is_asked_for_no_failure() -> None:
    one = server(tool("get_ship_time", "Get the time in the port. Use it when a date is relative.")).tools[0]
    assert not any("fails" in text for text in Adviser(one.server).best(one, load()))


def test_an_object_that_may_be_a_text_has_keys_and_no_items() -> None:
    one = server(tool("moor", "Moors.", plan={"type": ["object", "string"]})).tools[0]
    assert said(one, parameter="plan") == "say which keys `plan` takes"


def test_a_value_does_not_come_from_a_tool_that_needs_it() -> None:
    context = server(
        tool("close_it", required=("ship_id",), ship_id=TEXT),
        tool("query_ship", required=("ship_id",), ship_id=TEXT),
    )
    assert said(context.tools[0], parameter="ship_id") == "say where `ship_id` comes from and what form it has"


def test_a_parameter_may_choose_the_form_of_the_output() -> None:
    form = {"type": "string", "description": "Output format, plain or wide."}
    assert said(server(tool("list_ships", "List ships.", output=form)).tools[0], "result") == (
        "say which fields each of the ships has"
    )


# Names that are blank, hostile or many, and long texts.


@pytest.mark.parametrize("name", ["", " ", "\n"])
def test_a_parameter_with_a_blank_name_is_not_spoken_of(name: str) -> None:
    named: dict[str, Any] = {name: TEXT}
    context = server(tool("create_ship", "Moors.", required=(name,), **named))
    assert all("``" not in text and '`""`' not in text for text in _all_said(context))


@pytest.mark.parametrize("name", ["_", "___", "\U0001f600", "\u4f60"])
def test_a_name_without_words_is_spoken_of_as_it_is(name: str) -> None:
    named: dict[str, Any] = {name: TEXT}
    assert any(f"`{name}`" in text for text in _all_said(server(tool("create_ship", "", (name,), **named))))


def test_a_blank_tool_is_named_nowhere() -> None:
    assert all("``" not in text for text in _all_said(server(tool(" ", "The"), tool(" ", ""))))


def test_fields_that_are_blank_are_left_out_and_an_empty_value_is_shown_as_one() -> None:
    plan = {"type": "object", "properties": {"": TEXT, "knots": TEXT}}
    one = server(tool("moor", "Moors.", plan=plan, mode={"enum": ["", "fore"]})).tools[0]
    assert said(one, parameter="plan") == "say what the keys of `plan` mean: `knots`"
    assert said(one, parameter="mode") == 'say what each value of `mode` means: `""`, `fore`'


def test_a_back_quote_in_a_name_does_not_end_the_code() -> None:
    named: dict[str, Any] = {"a`b": {"type": "boolean"}}
    assert said(server(tool("moor", **named)).tools[0], parameter="a`b") == r"say what changes if `a\x60b` is true"


@pytest.mark.parametrize("word", ["the", "of", "s"])
def test_a_word_of_grammar_or_a_letter_is_no_thing(word: str) -> None:
    for name in (word, f"create_{word}", f"delete_{word}", f"export_{word}"):
        for text in _all_said(server(tool(name, f"Get {word} status."), tool("find_ship"))):
            assert f"the {word} " not in text, text
            assert f"new {word}" not in text, text


def test_several_things_are_overwritten_without_an_article() -> None:
    one = server(tool("write_urls", "Moors.", required=("path",), path=TEXT)).tools[0]
    assert said(one, "effect") == "say whether it overwrites existing urls"


def _all_said(context: ServerContext) -> list[str]:
    adviser = Adviser(context)
    found = [text for one in context.tools for text in adviser.best(one, load())]
    missing = [Missing(kind) for kind in BY_KIND]
    return found + [text for one in context.tools for _, text in adviser.statements(one, missing)]


@pytest.mark.parametrize("name", ["a{}_query", "is_a{}", "a{}_path", "a{}_count"])
def test_parameters_and_text_that_grow_together_take_linear_time(name: str) -> None:
    def advise(size: int) -> None:
        schemas: dict[str, Any] = {name.format(i): {"enum": ["bow", "stern"]} if i % 2 else TEXT for i in range(size)}
        (one,) = server(tool("moor", f"Moors {'a ship ' * 10 * size}.", **schemas)).tools
        list(Adviser(one.server).statements(one, lacking(one)))

    assert grows_linearly(advise, 400)


def test_the_origin_of_many_ids_is_a_tool_of_many_parameters() -> None:
    def advise(size: int) -> None:
        ids = {f"s{'x' * (i % 200)}_y{'z' * (i // 200)}_ship_id": TEXT for i in range(size)}
        lists = tool("list_ships", "", tuple(f"q{i}" for i in range(size)), **{f"q{i}": TEXT for i in range(size)})
        context = server(tool("moor", "Moors.", tuple(ids), **ids), lists)
        assert Siblings(context).taker(context.tools[1]) is not None

    assert grows_linearly(advise, 400)


def test_a_name_of_many_words_is_read_in_linear_time() -> None:
    words = [f"{a}{b}{c}" for a in "bcdfghjklmnpqrst" for b in "aeiou" * 5 for c in "bcdfghjklmnpqrstvwxz" * 2]
    assert grows_linearly(lambda size: Siblings(server(tool("get_" + "_".join(words[:size])))), 3_500)


def test_a_tool_that_returns_all_is_asked_for_no_largest_number() -> None:
    some, every = (server(tool("list_ships", text)).tools[0] for text in ("Lists ships.", "Lists all ships."))
    assert said(some, "limit") == "say how many ships it returns at most"
    assert said(every, "limit") is None


@pytest.mark.parametrize(
    ("description", "asked"), [("Colour.", True), ("The colour", True), ("Colour of its hull.", False)]
)
def test_a_parameter_that_is_described_by_its_own_name_is_not_explained(description: str, asked: bool) -> None:
    one = server(tool("paint", "Paints a ship.", colour={"type": "string", "description": description})).tools[0]
    assert (Missing(parameter="colour") in lacking(one)) is asked


@pytest.mark.parametrize("description", ["", "TODO", "...", "Weather."])
def test_a_description_without_text_is_asked_first_what_the_tool_does(description: str) -> None:
    one = server(tool("weather", description, city={**TEXT, "description": "Name of the city, in English."})).tools[0]
    assert "what `weather` does" in next(Adviser(one.server).best(one, load()))
