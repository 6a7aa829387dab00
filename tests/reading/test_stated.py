"""Plain statements about a parameter in prose are read, and ambiguous ones are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolsmell.reading.stated import default_of, range_of, required_of, values_of
from toolsmell.text import Text

NUMBER, TEXT, FLAG = {"integer"}, {"string"}, {"boolean"}


@pytest.mark.parametrize(
    ("prose", "types", "value"),
    [
        ("How many (default: 20)", NUMBER, 20),
        ("Defaults to 1,000.", NUMBER, 1000),
        ("Time in ms, default is 30000 (30 seconds)", NUMBER, 30000),
        ("Default value: -0.5", {"number"}, -0.5),
        ("Returns 10 results by default", NUMBER, 10),
        ("'asc' (default) or 'desc'", TEXT, "asc"),
        ('Defaults to "hevc".', TEXT, "hevc"),
        ("default=false", FLAG, False),
        ("Defaults to true", FLAG, True),
        ("Order, defaults to ASC", TEXT, "ASC"),
        ("Default: 10 for lists, 50 for searches", NUMBER, None),
        ("Default 10 if signed in", NUMBER, None),
        ("Small ones default to 20, large ones default to 50", NUMBER, None),
        ("Defaults to the current user", TEXT, None),
        ("Default: now", TEXT, None),
        ("Default: 20", TEXT, None),
        ("Default 2020-01-01", NUMBER, None),
        ("Ignore the default team", FLAG, None),
        ("limit (default, in search mode: 16)", NUMBER, None),
    ],
)
def test_default(prose: str, types: set[str], value: object) -> None:
    stated = default_of(Text(prose), ("asc", "desc"))
    assert (stated.value(types) if stated else None) == value


@pytest.mark.parametrize(
    ("prose", "low", "high"),
    [
        ("How many (1-100)", 1, 100),
        ("How many (1-100, default 10)", 1, 100),
        ("Between 0.0 and 1.0.", 0, 1),
        ("Longitude, from -180 to 180", -180, 180),
        ("Range: 0-255", 0, 255),
        ("Number (max 50)", None, 50),
        ("Maximum allowed value is 1,000", None, 1000),
        ("At least 1 and at most 5", 1, 5),
        ("Values: 4-12, default: 12", 4, 12),
        ("At most 30 seconds", None, 30),
    ],
)
def test_range(prose: str, low: float | None, high: float | None) -> None:
    stated = range_of(Text(prose))
    assert stated is not None
    assert (stated.low, stated.high) == (low, high)


@pytest.mark.parametrize(
    "prose",
    [
        "Threshold of the maximum 24 hour percent change",
        "Up to 100 for free accounts",
        "Up to 100, or up to 500 with a key",
        "Seconds since 1970-01-01",
        "For example between 1 and 5",
        "Use n=3 for up to 5",
        "Version 1.2-3 or later",
        "No bounds",
    ],
)
def test_no_range(prose: str) -> None:
    assert range_of(Text(prose)) is None


@pytest.mark.parametrize(
    ("prose", "values"),
    [
        ("Order: 'asc' or 'desc'.", ("asc", "desc")),
        ("One of: open, paid, closed", ("open", "paid", "closed")),
        ("Options: 'load', 'idle', default is 'load'", ("load", "idle")),
        ("Parse mode. [text/markdown_v2]", ("text", "markdown_v2")),
        ("Level (view / control / modify)", ("view", "control", "modify")),
        ("This must be either 'TS' or 'PY'.", ("TS", "PY")),
        ("Such as 'a' or 'b'", ()),
        ("'a', 'b', or 'c' etc.", ()),
        ("If 'a' or 'b', then its cover", ()),
        ("'true' or 'false' for check boxes", ()),
        ("Provide either this or that, not both", ()),
        ("Comma-separated, 'a' or 'b' each", ()),
        ("Path ('/a/b' or '/c/d')", ()),
        ("A word or two", ()),
    ],
)
def test_values(prose: str, values: tuple[str, ...]) -> None:
    assert values_of(Text(prose)) == values


@pytest.mark.parametrize(
    ("prose", "signature", "required"),
    [
        ("Name (required)", "", True),
        ("Required. Name.", "", True),
        ("Name", "str, required", True),
        ("Name (optional)", "", False),
        ("Optional: name", "", False),
        ("Name, optional. All if left out.", "", False),
        ("Optionally the name", "", False),
        ("Required if the id is not given", "", None),
        ("Method (required for examples)", "", None),
        ("Number of seats required.", "", None),
        ("People required to sign", "", None),
        ("The optional parts as well", "", None),
        ("Name", "str", None),
    ],
)
def test_required(prose: str, signature: str, required: bool | None) -> None:
    assert required_of(Text(prose), signature) is required


@given(st.text(st.sampled_from("default max1-()'\"/|,. or one of:optional\n\ud800"), max_size=300))
def test_any_text_is_read(prose: str) -> None:
    text = Text(prose)
    default_of(text)
    range_of(text)
    values_of(text)
    required_of(text)


@pytest.mark.parametrize(
    ("prose", "excerpt"),
    [
        ("Values range [1, 9], with 1 being the default.", "range [1, 9]"),
        ("Rows (1-100)", "1-100"),
        ("In the range (0 to 5).", "range (0 to 5)"),
    ],
)
def test_the_excerpt_of_a_range_closes_its_bracket(prose: str, excerpt: str) -> None:
    stated = range_of(Text(prose))
    assert stated is not None
    assert stated.excerpt == excerpt
