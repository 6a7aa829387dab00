"""JSON with positions: values as `json` reads them, places as a renderer of the tests laid them out."""

import json
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.linear import grows_linearly
from toolsmell.errors import SourceError
from toolsmell.model import Json, Location
from toolsmell.model.pointer import escape
from toolsmell.sources.json.document import MAX_DEPTH, MAX_DUPLICATES, parse

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=8)  # lone surrogates too
TRICKY = st.sampled_from(["", "//", "/* x */", ",]", '"', "\\", "~1", "a/b", "0", "é", "\n", "𝄞"])
KEYS = ANY_TEXT | TRICKY
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | KEYS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)
BLANKS = st.text(" \t\r\n", max_size=3)
COMMENTS = st.sampled_from(['// ] , " {\n', '/* " } // */', "/**/", "/* * \n / */", "//\n"])


class Laid(NamedTuple):
    """The offsets of a rendered value, and of the text that a finding about it is shown on."""

    value: Json
    start: int
    end: int
    shown: tuple[int, int]


class Renderer:
    """Writes JSON with drawn gaps, and notes where everything went."""

    def __init__(self, draw: Any, gaps: st.SearchStrategy[str], *, trailing_commas: bool) -> None:
        self.draw = draw
        self.gaps = gaps
        self.trailing_commas = trailing_commas
        self.text = ""
        self.laid: dict[str, Laid] = {}

    def gap(self) -> None:
        self.text += self.draw(self.gaps)

    def document(self, value: Json) -> None:
        self.gap()
        self.value(value, "", None)
        self.gap()

    def value(self, value: Json, pointer: str, key: tuple[int, int] | None) -> None:
        start = len(self.text)
        if isinstance(value, dict):
            self.members("{}", [(escape(name), name, inner) for name, inner in value.items()], pointer)
        elif isinstance(value, list):
            self.members("[]", [(str(i), None, inner) for i, inner in enumerate(value)], pointer)
        else:
            self.text += json.dumps(value, ensure_ascii=self.draw(st.booleans()))
        end = len(self.text)
        holds = isinstance(value, dict | list)
        self.laid[pointer] = Laid(value, start, end, (key or (start, start + 1)) if holds else (start, end))

    def members(self, brackets: str, members: list[tuple[str, str | None, Json]], pointer: str) -> None:
        self.text += brackets[0]
        self.gap()
        for i, (step, name, inner) in enumerate(members):
            key = None
            if name is not None:
                at = len(self.text)
                self.text += json.dumps(name, ensure_ascii=self.draw(st.booleans()))
                key = (at, len(self.text))
                self.gap()
                self.text += ":"
                self.gap()
            self.value(inner, f"{pointer}/{step}", key)
            self.gap()
            last = i == len(members) - 1
            if not last or (self.trailing_commas and self.draw(st.booleans())):
                self.text += ","
                self.gap()
        self.text += brackets[1]


@st.composite
def rendered(draw: Any, *, comments: bool) -> Renderer:
    gaps = st.lists(BLANKS | COMMENTS, max_size=3).map("".join) if comments else BLANKS
    renderer = Renderer(draw, gaps, trailing_commas=comments)
    renderer.document(draw(VALUES))
    return renderer


def location(text: str, span: tuple[int, int], first_line: int = 1) -> Location:
    """Count lines and columns the slow way."""
    lines = text[: span[0]].split("\n")
    line, column = len(lines) + first_line - 1, len(lines[-1]) + 1
    return Location("f.json", line, column, line, column + span[1] - span[0])


@given(rendered(comments=False))
def test_reads_what_json_reads(it: Renderer) -> None:
    assert parse(it.text, "f.json").value == json.loads(it.text)


@given(rendered(comments=True))
def test_comments_and_trailing_commas_change_nothing(it: Renderer) -> None:
    assert parse(it.text, "f.json", comments=True).value == it.laid[""].value


@pytest.mark.parametrize("comments", [False, True])
@settings(max_examples=60)
@given(data=st.data())
def test_every_place_is_where_it_was_written(comments: bool, data: st.DataObject) -> None:
    it = data.draw(rendered(comments=comments))
    asked = data.draw(st.sets(st.sampled_from(sorted(it.laid))))
    document = parse(it.text, "f.json", first_line=7, comments=comments)
    spans = document.spans(asked)
    assert spans == {pointer: location(it.text, it.laid[pointer].shown, 7) for pointer in asked}
    for pointer, span in document.value_spans(asked).items():
        assert (span.start, span.end) == it.laid[pointer][1:3]
        assert span.text == it.text[span.start : span.end]
        assert parse(span.text, "part", comments=comments).value == it.laid[pointer].value


@settings(max_examples=60)
@given(rendered(comments=False), KEYS)
def test_a_pointer_to_nothing_gets_what_is_around_it(it: Renderer, key: str) -> None:
    document = parse(it.text, "f.json")
    for pointer in it.laid:
        missing = f"{pointer}/{escape(key)}/deeper"
        if f"{pointer}/{escape(key)}" not in it.laid:
            assert document.spans([missing])[missing] == document.spans([pointer])[pointer]
            assert document.value_span(missing) is None


@given(st.text(st.sampled_from('{}[]",:/*\\ \n1a-'), max_size=30), st.booleans())
def test_no_text_does_worse_than_a_source_error(text: str, comments: bool) -> None:
    try:
        value = parse(text, "f.json", comments=comments).value
    except SourceError:
        return
    assert comments or value == json.loads(text)


def test_columns_count_code_points() -> None:
    found = parse('{"𝄞": "é", "b": 1}', "f.json").spans(["/b"])["/b"]
    assert (found.column, found.end_column) == (17, 18)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "f.json:7:1: no JSON here: the text is empty"),
        (" \n ", "f.json:8:2: no JSON here: the text is empty"),
        ('{"a": 1,\n "b" 2}', "f.json:8:6: not valid JSON: expecting ':' delimiter"),
        ('{"a": 1', "f.json:7:8: not valid JSON: it ends too early (expecting ',' delimiter)"),
        ("{} x", "f.json:7:4: not valid JSON: extra data"),
        (
            "\ufeff{}",
            "f.json:7:1: not valid JSON: it begins with a byte order mark; save it as UTF-8 without one",
        ),
        ('{"a": // b\n1}', "f.json:7:7: not valid JSON: comments are not allowed here"),
        ('["NaN",\nNaN]', "f.json:8:1: not valid JSON: NaN is not a JSON value"),
        ("[-Infinity]", "f.json:7:2: not valid JSON: -Infinity is not a JSON value"),
        ("[1, 1e999]", "f.json:7:5: a number that is too large to hold (5 characters)"),
        ("[" + "9" * 5000 + "]", "f.json:7:2: a number that is too large to hold (5000 characters)"),
        ('["\x01"]', "f.json:7:3: not valid JSON: invalid control character"),
        ('["a', "f.json:7:2: not valid JSON: unterminated string"),
    ],
)
def test_complaints_say_where_and_what(text: str, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse(text, "f.json", first_line=7)
    assert str(caught.value) == message


@pytest.mark.parametrize("text", ['["\\', '["a', "[//", "[/*", '[,"\\'])
def test_what_never_ends_is_read_in_linear_time(text: str) -> None:
    def work(size: int) -> None:
        with pytest.raises(SourceError):
            parse(text[0] + text[1:] * size, "f.json", comments=True)

    assert grows_linearly(work, 20_000)


@pytest.mark.parametrize("text", ["[,]", "{ ,}", "[1,,]", '{"a":,}', "[,,]"])
def test_a_comma_without_a_value_is_no_trailing_comma(text: str) -> None:
    with pytest.raises(SourceError, match="not valid JSON"):
        parse(text, "f.json", comments=True)


@pytest.mark.parametrize("text", ["{} /* x", "/*/ {}", "{} /"])
def test_a_comment_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match="not valid JSON"):
        parse(text, "f.json", comments=True)


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
@pytest.mark.parametrize("closed", [True, False])
def test_deep_nesting_is_refused(opening: str, closed: bool) -> None:
    closing = {"[": "]", "{": "}"}
    end = "".join(closing[c] for c in reversed(opening) if c in closing)
    for count in (MAX_DEPTH + 1, 100_000):
        reason = f"nested deeper than {MAX_DEPTH} levels"
        with pytest.raises(SourceError, match=reason if closed or count == 100_000 else "too early|nested"):
            parse(opening * count + "1" + end * count * closed, "f.json")


def test_nesting_up_to_the_limit_is_read_and_located() -> None:
    document = parse("[" * MAX_DEPTH + "1" + "]" * MAX_DEPTH, "f.json")
    pointer = "/0" * MAX_DEPTH
    assert document.spans([pointer])[pointer].column == MAX_DEPTH + 1


def test_lone_surrogates_are_kept() -> None:
    document = parse('{"\\ud800": "\\udfff"}', "f.json")
    assert document.value == {"\ud800": "\udfff"}
    assert document.value_span("/\ud800") is not None


def test_of_equal_keys_the_last_counts_for_value_and_place() -> None:
    document = parse('{"a": {"x": 1}, "b": 0, "a": {"y": 2}}', "f.json")
    assert document.duplicates() == ("/a",)
    assert document.value == {"a": {"y": 2}, "b": 0}
    spans = document.spans(["/a", "/a/x", "/a/y"])
    assert [span.column for span in spans.values()] == [25, 25, 36]


def test_equal_keys_are_named_wherever_they_stand() -> None:
    text = '{"t": [{"n": 1, "n": 2, "n": 3}, {"a/b": {"~": 0, "~": 0}}], "\\u0074x": 1, "tx": 2}'
    assert parse(text, "f.json").duplicates() == ("/tx", "/t/0/n", "/t/1/a~1b/~0")


def test_no_equal_keys() -> None:
    assert parse('[{"a": 1}, {"a": 1}]', "f.json").duplicates() == ()


def test_duplicates_are_bounded_in_number_and_length() -> None:
    many = "[" + ",".join(['{"a":1,"a":1}'] * 1000) + "]"
    assert len(parse(many, "f.json").duplicates()) == MAX_DUPLICATES
    long = '{"' + "k" * 100_000 + '": ' + many + "}"
    assert sum(map(len, parse(long, "f.json").duplicates())) < 3 * len(long)
