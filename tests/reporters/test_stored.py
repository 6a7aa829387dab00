"""A stored report that is damaged, or none at all, says so, with the place."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolsmell.errors import SourceError
from toolsmell.reporters import REPORTERS
from toolsmell.reporters.parts.stored import StoredReport, read_report

Render = Callable[..., str]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "r.json:1:1: not JSON: expecting value"),
        (b'{"schema": "toolsmell.report/v1",\n}', "r.json:2:1: not JSON"),
        (b"\xff\xfe", "byte 0 is no UTF-8"),
        (b"[" * 200_000, "nested too deep"),
        (b"[]", "not a report"),
        (b'{"tools": []}', "not a report: `toolsmell scan --format json` writes one"),
        (b'{"schema": 1}', "not a report"),
        (
            b'{"schema": "toolsmell.report/v2"}',
            "a report of version 'v2'; this toolsmell reads toolsmell.report/v1",
        ),
        (b'{"schema": "toolsmell.report/v1"}', "damaged report: the document has no 'toolsmell'"),
    ],
)
def test_what_is_no_report(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=r"^r\.json") as caught:
        read_report(data, "r.json")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("servers", {}, "servers is no list"),
        (
            "servers.0.tools.0.scores.usage.value",
            6,
            "servers[0].tools[0].scores.usage.value is 6, not from 1 to 5",
        ),
        ("servers.0.tools.0.scores.usage.value", True, "usage.value is not a whole number"),
        ("servers.0.tools.0.scores.usage.value", 2.5, "usage.value is not a whole number"),
        ("servers.0.tools.0.overall", float("nan"), "overall is no number"),
        ("servers.0.tools.0.overall", 10**400, "overall is no number"),
        ("servers.0.tools.0.tokens.exact", "yes", "tokens.exact is not true or false"),
        (
            "servers.0.tools.0.findings.0.severity",
            "bad\x1b[m",
            "is 'bad\\\\x1b[m', not one of error, warning, note",
        ),
        ("servers.0.tools.0.findings.0.location", [], "location is no object"),
        ("servers.0.key", None, "servers[0].key is no text"),
        ("summary.errors", "2", "summary.errors is not a whole number"),
    ],
)
def test_what_is_damaged(path: str, value: Any, message: str, plain_run: StoredReport, render: Render) -> None:
    document = json.loads(render("json", plain_run))
    here: Any = document
    *way, last = path.split(".")
    for step in way:
        here = here[int(step)] if isinstance(here, list) else here[step]
    here[last] = value
    with pytest.raises(SourceError) as caught:
        read_report(json.dumps(document).encode(), "r.json")
    assert message in str(caught.value)


def test_fields_of_a_later_version_are_passed_over(plain_run: StoredReport, render: Render) -> None:
    text = render("json", plain_run)
    later = text.replace('"confidence"', '"later": {"a": 1}, "confidence"')
    assert read_report(later.encode(), "r.json") == read_report(text.encode(), "r.json")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_is_a_crash(data: st.DataObject, plain_run: StoredReport, render: Render) -> None:
    document = json.loads(render("json", plain_run))
    here: Any = document
    while isinstance(here, dict | list) and here and data.draw(st.integers(0, 5)):
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(here[key], dict | list) or not here[key] or not data.draw(st.integers(0, 4)):
            here[key] = data.draw(st.sampled_from([None, -1, 0, 7, 1.5, "", "x", [], {}, [1], {"a": 1}, True, 10**30]))
            break
        here = here[key]
    try:
        read = read_report(json.dumps(document).encode(), "r.json")
    except SourceError:
        return
    for format_ in REPORTERS:
        render(format_, read)
