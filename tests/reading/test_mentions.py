"""A sentence explains a parameter only if it says something of it."""

import pytest

from toolsmell.model import Manifest, Provenance, Tool
from toolsmell.model.reading import ReadSentence, StatementKind
from toolsmell.reading.context import ServerContext

OPENING = "Tows a vessel through the lock."


def read(description: str, *parameters: str, name: str = "tow_vessel") -> tuple[ReadSentence, ...]:
    raw = {
        "name": name,
        "description": description,
        "inputSchema": {"type": "object", "properties": {parameter: {} for parameter in parameters}},
    }
    tools = (Tool(0, raw), Tool(1, {"name": "list_vessels", "description": "Lists vessels."}))
    return ServerContext(Manifest("harbour", "test", Provenance.FILE, tools)).tools[0].reading.sentences


def last(sentence: str, *parameters: str) -> ReadSentence:
    return read(f"{OPENING}\n\n{sentence}", *parameters)[-1]


@pytest.mark.parametrize(
    ("sentence", "parameters"),
    [
        ("You must specify the pier name, the tug, and the crew id.", ("pier", "tug", "crew_id")),
        ("Required: `pier` and `tug`.", ("pier", "tug")),
        ("The command requires specifying the pier, tug name and crew.", ("pier", "tug", "crew")),
        ("Returns `{valid, pier_name, tug_name}`.", ("pier_name", "tug_name")),
        ('pier: Where it ends, with fields=["tug_name", "crew_name"]', ("tug_name", "crew_name")),
        ('Example: pier_name="north", tug_name="ida"', ("pier_name", "tug_name")),
        ("pier: Name of the pier in the catalog", ("name", "catalog")),
        ("Vessels are moved at night.", ("vessel",)),
        ("Off by default.", ("default_pier",)),
        ("Needs `tow_crew_first`.", ("crew",)),
    ],
)
def test_what_is_only_named_is_not_explained(sentence: str, parameters: tuple[str, ...]) -> None:
    assert last(sentence, "pier", *parameters).parameters in ((), ("pier",) if sentence.startswith("pier:") else ())


@pytest.mark.parametrize("opening", ["Searches for people and returns lines.", "Moves crates to another quay."])
def test_the_words_of_an_opening_mean_things(opening: str) -> None:
    assert read(opening, "lines", "people", "crates", "quay")[0].parameters == ()


@pytest.mark.parametrize(
    ("sentence", "parameter"),
    [
        ("pier: Where the tow ends, as a number from 1 to 40", "pier"),
        ("If `tug_name` is left out, the nearest tug is taken.", "tug_name"),
        ("crew_mode=night takes a second helmsman on board.", "crew_mode"),
        ("Pier must be a number from 1 to 40.", "pier"),
    ],
)
def test_what_is_told_of_a_parameter_explains_it(sentence: str, parameter: str) -> None:
    assert last(sentence, parameter).parameters == (parameter,)


@pytest.mark.parametrize(
    "sentence",
    [
        "Function f00(a: number) moves crate 0 and returns its new place.",
        "- close_hatch(id): closes a hatch and sends a notice.",
        "`rows(x: string): Promise<Row[]>` returns rows of a table",
    ],
)
def test_a_function_that_code_may_call_is_no_act_of_the_tool(sentence: str) -> None:
    said = set(last(f"Code may call:\n\n{sentence}").says)
    assert said.isdisjoint({StatementKind.PURPOSE, StatementKind.EFFECT, StatementKind.RESULT})


def test_a_sibling_with_arguments_is_no_such_function() -> None:
    assert StatementKind.RESULT in last("list_vessels(pier) returns all vessels, newest first.").says


@pytest.mark.parametrize(
    "field", ["`fee` is 0 for small vessels.", "fee_paid is false while it is open.", "fee: in euros"]
)
def test_a_field_of_the_result_that_is_explained_is_a_result(field: str) -> None:
    found = read(f"{OPENING} Returns `{{fee, fee_paid, pier}}`.\n\n{field}")[-1]
    assert StatementKind.RESULT in found.says
    assert StatementKind.PURPOSE not in found.says


def test_a_parameter_is_no_field_of_the_result() -> None:
    found = read(f"{OPENING} Returns `{{fee, pier}}`.\n\n`pier` is a number.", "pier")[-1]
    assert StatementKind.RESULT not in found.says


def test_an_opening_that_names_an_act_and_its_things_is_a_purpose() -> None:
    assert StatementKind.PURPOSE in read("Open hatches of the cargo deck by their letters", name="open_hatches")[0].says


@pytest.mark.parametrize(
    "later", ["Requires a crew on board.", "Just wait for the tug.", "Takes effect at high tide.", "Sorted by tug."]
)
def test_a_later_sentence_that_opens_otherwise_is_no_purpose(later: str) -> None:
    assert StatementKind.PURPOSE not in last(later).says


def test_a_later_sentence_about_what_is_returned_is_a_result() -> None:
    assert StatementKind.RESULT in last("Returns vessels that are candidates for a tow.").says


def test_a_list_under_an_example_is_an_example_also_behind_a_sentence_that_leads_to_it() -> None:
    found = read(
        f"{OPENING}\n\n#### Example\n\nTo tow two vessels, use any of these:\n\n- pier=n, tug=m\n- pier=s, tug=k"
    )
    assert StatementKind.EXAMPLE in found[-1].says
    other = read(f"{OPENING}\n\n#### Example\n\nTow one.\n\n#### Crew\n\n- pier and tug")
    assert StatementKind.EXAMPLE not in other[-1].says


def test_what_is_not_returned_is_no_result() -> None:
    assert StatementKind.RESULT not in last("It does not return the names of the crew.").says
    assert StatementKind.RESULT in last("Returns the crew by rank; does not return names.").says


def test_what_is_saved_as_a_file_is_no_result() -> None:
    assert StatementKind.RESULT not in read("Saves the open page of the logbook as a PDF.", name="save_page")[0].says
    assert StatementKind.RESULT in read("Prints the log of a vessel as a PDF.", name="print_log")[0].says


@pytest.mark.parametrize(
    "sentence", ["Give either berth_id or pier.", "Pass `pier` or berth_id, at most one of the two."]
)
def test_a_plain_name_that_is_joined_to_an_identifier_is_a_name(sentence: str) -> None:
    assert set(last(sentence, "berth_id", "pier").parameters) == {"berth_id", "pier"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Moves what <pier>:<berth> names.",
        "Use pier like 'north-2' for a mooring.",
        "Starts from an optional crew list.",
    ],
)
def test_a_word_that_can_only_be_a_name_is_explained(sentence: str) -> None:
    assert last(sentence, "pier", "crew_list").parameters


def test_one_item_of_a_list_tells_of_the_list() -> None:
    raw = {
        "name": "edit_chart",
        "description": "Edits a chart.\n\nEach edit replaces exact marks with new ones.",
        "inputSchema": {"type": "object", "properties": {"edits": {"type": "array"}}},
    }
    server = ServerContext(Manifest("harbour", "test", Provenance.FILE, (Tool(0, raw),)))
    assert server.tools[0].reading.sentences[-1].parameters == ("edits",)


def test_how_things_are_tells_nothing_of_a_parameter() -> None:
    assert last("Long piers take hours.", "pier").parameters == ()


def test_what_happens_without_a_thing_explains_no_parameter() -> None:
    read = last("Fails if the pier does not exist.", "pier")
    assert (read.parameters, read.says) == ((), (StatementKind.FAILURE,))
    assert last("If the `pier` is omitted, it lies in the stream.", "pier").parameters == ("pier",)


def test_a_function_that_is_no_tool_is_the_reason() -> None:
    read = last("Function moor(a: number) moves a vessel and returns its berth.", "pier")
    assert read.reason == "tells of a function that is no tool of the server"
