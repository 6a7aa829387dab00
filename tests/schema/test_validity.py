"""A schema is valid or not, by a quick look or by the validator, and nothing in it is followed."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolsmell.schema.validity import DEFAULT_DIALECT, Fault, SchemaCheck, dialect_of

DRAFT_07 = "http://json-schema.org/draft-07/schema"
DATA = os.environ.get("TOOLSMELL_DATA")

_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.floats(allow_nan=False, allow_infinity=False, width=16),
    st.sampled_from(["string", "object", "integer", "strng", "#/$defs/a", "date"]),
    st.lists(st.sampled_from(["string", "a", "a", 1]), max_size=3),
)
_KEYWORDS = st.sampled_from(
    "type properties items required enum const default minimum maximum exclusiveMinimum minLength multipleOf anyOf"
    " allOf not $ref $defs definitions title description format pattern additionalProperties prefixItems examples"
    " uniqueItems x".split()
)
_SCHEMAS = st.recursive(
    st.dictionaries(_KEYWORDS, _VALUES, max_size=4) | st.booleans(),
    lambda inner: st.dictionaries(
        _KEYWORDS,
        inner | _VALUES | st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
        max_size=4,
    ),
    max_leaves=8,
)


@given(_SCHEMAS, st.sampled_from([None, DRAFT_07, "https://json-schema.org/draft/2019-09/schema"]))
def test_what_the_quick_look_settles_is_valid(schema: Any, dialect: str | None) -> None:
    if isinstance(schema, dict) and dialect:
        schema = {**schema, "$schema": dialect}
    checked = SchemaCheck(schema)
    if checked.survey.settled:
        assert jsonschema_rs.meta.is_valid(schema)
    else:
        assert bool(checked.faults) is not jsonschema_rs.meta.is_valid(schema)


@pytest.mark.parametrize(
    ("schema", "faults"),
    [
        ({"type": "object"}, []),
        ({"type": "int"}, ["/type"]),
        ({"properties": {"a/b": {"required": True}}}, ["/properties/a~1b/required"]),
        ({"$schema": "http://json-schema.org/draft-04/schema#", "minimum": 1, "exclusiveMinimum": True}, []),
        ({"minimum": 1, "exclusiveMinimum": True}, ["/exclusiveMinimum"]),
        ({"type": "x\ud800", "title": "\ud800"}, ["/type"]),
        ({"minimum": 10**400, "type": "x"}, ["/type"]),
        ({"anyOf": []}, ["/anyOf"]),
        ({"$anchor": "1"}, ["/$anchor"]),
        (True, []),
        (None, [""]),
        (3, [""]),
    ],
)
def test_faults(schema: Any, faults: list[str]) -> None:
    assert [fault.pointer for fault in SchemaCheck(schema).faults] == faults


def test_a_fault_says_what_should_be_there() -> None:
    assert SchemaCheck({"required": "a"}).faults == (Fault("/required", "must be a list of distinct names"),)


@pytest.mark.parametrize(
    ("declared", "dialect"),
    [
        (None, DEFAULT_DIALECT),
        ("http://json-schema.org/draft-07/schema#", DRAFT_07),
        ("https://json-schema.org/draft-07/schema", DRAFT_07),
        ("https://json-schema.org/draft/2020-12/schema", DEFAULT_DIALECT),
        ("https://example.com/own#", "https://example.com/own"),
        (7, DEFAULT_DIALECT),
    ],
)
def test_dialect(declared: Any, dialect: str) -> None:
    assert dialect_of({} if declared is None else {"$schema": declared}) == dialect


def test_meant_dialect() -> None:
    assert SchemaCheck({"items": [{"type": "string"}]}).meant_dialect == DRAFT_07
    assert SchemaCheck({"items": [{"type": "strng"}]}).meant_dialect is None
    assert SchemaCheck({"$schema": DEFAULT_DIALECT, "items": [{}]}).meant_dialect is None
    assert SchemaCheck({"type": "object"}).meant_dialect is None


def test_the_walk_is_bounded() -> None:
    deep: dict[str, Any] = {}
    for _ in range(70):
        deep = {"not": deep}
    assert not SchemaCheck(deep).survey.complete
    assert SchemaCheck(deep).faults == ()
    nested: Any = 1
    for _ in range(100_000):
        nested = [nested]
    assert [fault.pointer for fault in SchemaCheck({"type": "x", "default": nested}).faults] == [""]


def test_nothing_is_fetched(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/schema.json"
        for schema in (
            {"$schema": address, "type": "strng"},
            {"$ref": address, "type": "strng"},
            {"$id": address, "properties": {"a": {"$ref": "b.json", "type": "strng"}}},
            {"$dynamicRef": f"{address}#x", "$vocabulary": {address: True}, "type": "strng"},
        ):
            checked = SchemaCheck(schema)
            assert isinstance(checked.faults, tuple)
            assert checked.meant_dialect is None
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_no_file_is_read(tmp_path: Path) -> None:
    """A file that would change the outcome changes nothing: valid, invalid or absent."""
    path = tmp_path / "schema.json"
    schema = {
        "$schema": path.as_uri(),
        "$ref": path.as_uri(),
        "properties": {"a": {"$ref": path.as_uri(), "type": "x"}},
    }
    outcomes = []
    for content in ("{}", '{"type": "nonsense"}', "no json", None):
        if content is None:
            path.unlink()
        else:
            path.write_text(content)
        outcomes.append((SchemaCheck(schema).faults, SchemaCheck({**schema, "$schema": DEFAULT_DIALECT}).faults))
    assert len(set(outcomes)) == 1
    assert outcomes[0][1][0].pointer == "/properties/a/type"


@pytest.mark.skipif(not DATA, reason="TOOLSMELL_DATA names no folder with corpora/mcpm.jsonl")
def test_most_real_schemas_are_settled_without_a_validator() -> None:
    lines = (Path(DATA or "") / "corpora/mcpm.jsonl").read_text(encoding="utf-8").splitlines()
    tools = [tool for line in lines for tool in json.loads(line)["tools"] if isinstance(tool.get("inputSchema"), dict)]
    settled = sum(SchemaCheck(tool["inputSchema"]).survey.settled for tool in tools)
    assert settled >= 0.95 * len(tools)


_WRONG = [
    {"type": "objekt"},
    {"type": "object", "properties": {"a": {"minimum": "x"}, "b": {"enum": 3}}},
    {"properties": {"a/b": {"required": True}}},
    {"anyOf": []},
    {"items": {"type": ["string", "string"]}},
    {"allOf": [{"type": "string"}, {"required": ["a", "a"]}]},
]


@pytest.mark.parametrize("missing", [("jsonschema_rs",), ("jsonschema_rs", "jsonschema")])
def test_the_same_faults_are_found_without_the_packages(missing: tuple[str, ...]) -> None:
    code = (
        "import importlib.util as u, json, sys\n"
        f"find, u.find_spec = u.find_spec, lambda name: None if name in {missing!r} else find(name)\n"
        "from toolsmell.schema.validity import SchemaCheck\n"
        "print(json.dumps([sorted(f.pointer for f in SchemaCheck(s).faults) for s in json.load(sys.stdin)]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(_WRONG), capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [sorted(fault.pointer for fault in SchemaCheck(one).faults) for one in _WRONG]
