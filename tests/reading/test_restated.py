"""What repeats the name, in whatever form and construction, and what the schema has really said."""

import pytest

from toolsmell.model import Manifest, Provenance, Tool
from toolsmell.model.reading import ReadSentence
from toolsmell.reading.context import ServerContext

NAME_ONLY = "adds at most general words to the name"


def sentences(name: str, description: str, **properties: object) -> tuple[ReadSentence, ...]:
    raw = {"name": name, "description": description, "inputSchema": {"type": "object", "properties": properties}}
    manifest = Manifest("harbour", "test", Provenance.FILE, (Tool(0, raw), Tool(1, {"name": "list_piers"})))
    return ServerContext(manifest).tools[0].reading.sentences


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pay_fee", "Use this tool for the payment of fees."),
        ("verify_hull", "This tool is a useful solution for the verification of hulls."),
        ("copy_chart", "Use this tool for copies of charts."),
        ("modify_berth", "This tool does the modification of berths."),
    ],
)
def test_a_first_sentence_of_forms_of_the_name_adds_nothing(name: str, text: str) -> None:
    assert sentences(name, text)[0].reason == NAME_ONLY


@pytest.mark.parametrize("text", ["Buoys that are added become one buoy.", "Adds the buoy to the pier."])
def test_the_effect_that_is_the_name_adds_nothing(text: str) -> None:
    read = sentences("add_buoy", f"Adds a buoy that marks a shoal on the chart. {text}", pier={"type": "string"})[-1]
    assert (read.reason, read.says) == (NAME_ONLY, ())


@pytest.mark.parametrize("text", ["No buoy is added to a taken pier.", "The buoy is added again each spring."])
def test_a_word_that_binds_the_act_adds_something(text: str) -> None:
    read = sentences("add_buoy", f"Adds a buoy that marks a shoal on the chart. {text}", pier={"type": "string"})[-1]
    assert read.reason != NAME_ONLY


BERTH = {"type": "string", "description": "Number of the berth."}
LENGTH = {"type": "integer", "description": "Length of the ship.", "maximum": 40}


@pytest.mark.parametrize(
    "text",
    [
        "Only one of `berth` and `length` can be given.",
        "At least one of berth or length must be provided.",
        "If the `berth` is missing, it is created.",
        "`length` is at most 30.",
        "The `berth` must be a number.",
    ],
)
def test_the_schema_has_not_said_what_it_does_not_say(text: str) -> None:
    read = sentences("find_ship", f"Finds a moored ship. {text}", berth=BERTH, length=LENGTH)[-1]
    assert read.reason != "repeats the schema"


@pytest.mark.parametrize("text", ["`length` is at most 40.", "berth: the number of the berth"])
def test_the_schema_has_said_its_values_and_words(text: str) -> None:
    read = sentences("find_ship", f"Finds a moored ship. {text}", berth=BERTH, length=LENGTH)[-1]
    assert read.reason == "repeats the schema"


def test_the_same_words_about_another_parameter_are_no_repetition() -> None:
    text = "Finds a moored ship.\n\nArgs:\n    berth: Where it lies. Defaults to 5.\n    pier: Where to look. Defaults to 5.\n"
    *_, read = sentences("find_ship", text, berth={"type": "integer"}, pier={"type": "integer"})
    assert (read.text, read.reason, read.slight) == ("Defaults to 5.", None, None)


def test_another_call_of_the_same_words_is_no_repetition() -> None:
    text = 'Finds a moored ship by berth or by length. Example: `find_ship(berth="length")`. Example: `find_ship("berth")`.'
    read = sentences("find_ship", text, berth={"type": "string"})[-1]
    assert read.slight != "has only words that were there before"


def test_the_first_sentence_of_a_parallel_family_counts() -> None:
    verbs = ("head", "options", "trace", "patch")
    raw = [
        {"name": f"http_{verb}", "description": f"Make an HTTP {verb.upper()} request to the specified URL"}
        for verb in verbs
    ]
    manifest = Manifest("harbour", "test", Provenance.FILE, tuple(Tool(i, one) for i, one in enumerate(raw)))
    for tool in ServerContext(manifest).tools:
        assert tool.reading.sentences[0].counts


def test_the_question_that_a_call_answers_counts() -> None:
    found = sentences("read_tides", "Reads the tides of a harbour. Use it to find out why a call failed.")[-1]
    assert (found.weight, found.slight) == (1.0, None)
