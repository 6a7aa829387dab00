"""GitLab, JUnit and reviewdog: each against its schema or a parser of its own."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped, unused-ignore]
import pytest
from junitparser import JUnitXml, TestSuite

from toolsmell.model import Edit, Fix, Location, Severity, Summary
from toolsmell.reporters import PLAIN, make
from toolsmell.reporters.parts.stored import StoredReport

Render = Callable[..., str]

# What GitLab's documentation requires, and the names that reviewdog's protocol buffers give its fields.
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string"},
            "check_name": {"type": "string"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "not": {"pattern": r"^(/|\./|\.\./)"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
        "additionalProperties": False,
    },
}
POSITION = {
    "type": "object",
    "required": ["line"],
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
    "additionalProperties": False,
}
RANGE = {
    "type": "object",
    "required": ["start"],
    "properties": {"start": POSITION, "end": POSITION},
    "additionalProperties": False,
}
RDJSON = {
    "type": "object",
    "required": ["source", "diagnostics"],
    "properties": {
        "source": {"type": "object", "required": ["name"]},
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["message", "location", "severity", "code"],
                "properties": {
                    "message": {"type": "string"},
                    "location": {
                        "type": "object",
                        "required": ["path", "range"],
                        "properties": {"path": {"type": "string"}, "range": RANGE},
                        "additionalProperties": False,
                    },
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                    "code": {"type": "object", "required": ["value"]},
                    "suggestions": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["range", "text"],
                            "properties": {"range": RANGE, "text": {"type": "string"}},
                        },
                    },
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}


@pytest.mark.parametrize("run", ["plain_run", "hostile_run"])
@pytest.mark.parametrize(("format_", "schema"), [("gitlab", GITLAB), ("rdjson", RDJSON)])
def test_schema(format_: str, schema: Any, run: str, render: Render, request: pytest.FixtureRequest) -> None:
    text = render(format_, request.getfixturevalue(run))
    jsonschema.validate(json.loads(text), schema)
    assert text.isascii()


@pytest.mark.parametrize("format_", ["gitlab", "rdjson", "sarif"])
def test_what_has_no_place_is_left_out_with_a_word(format_: str, plain_run: StoredReport) -> None:
    reporter = make(format_, io.StringIO(), PLAIN)
    reporter.begin(plain_run.run)
    for server in plain_run.servers:
        reporter.server(server)
    words = reporter.end(plain_run.summary, plain_run.findings)
    assert words == f"{format_}: left out: 7 findings have no place in a file of this repository"


def test_gitlab_fingerprints_are_unique(samples: Any, render: Render) -> None:
    hit = samples.finding("r", Severity.ERROR, "is wrong", location=samples.at(1, 1))
    elsewhere = hit._replace(location=samples.at(1, 1, "b.json"))
    servers = tuple(samples.server("s", samples.tool(0, "t", [4] * 6, h, h)) for h in (hit, elsewhere))
    issues = json.loads(render("gitlab", StoredReport(samples.RUN, servers, (), Summary())))
    assert len({issue["fingerprint"] for issue in issues}) == 4


def test_junit_is_what_a_parser_reads(plain_run: StoredReport, render: Render) -> None:
    suites = {suite.name: suite for suite in JUnitXml.fromstring(render("junit", plain_run).encode())}
    assert list(suites) == ["weather", "broken", "this run"]
    weather = suites["weather"]
    assert (weather.tests, weather.failures, weather.errors) == (6, 2, 0)
    cases = {case.name: case for case in weather}
    assert [result.type for result in cases["get_forecast"].result] == ["required-without-property"]
    assert "weather.json:8:17: warning: 'city' is explained nowhere" in cases["get_forecast"].system_out
    assert "[suppressed by toolsmell.toml]" in cases["list_stations"].system_out
    (unread,) = suites["broken"]
    assert "API_KEY is not set" in unread.result[0].message


def test_junit_counts_are_those_of_its_cases(hostile_run: StoredReport, render: Render) -> None:
    for suite in JUnitXml.fromstring(render("junit", hostile_run).encode()):
        assert isinstance(suite, TestSuite)
        counted = (suite.tests, suite.failures, suite.errors)
        suite.update_statistics()  # type: ignore[no-untyped-call, unused-ignore]
        results = [result for case in suite for result in case.result]
        failures = sum(type(result).__name__ == "Failure" for result in results)
        assert counted == (suite.tests, failures, len(results) - failures)


LINE = ' "name": "größe", "description": "Größe 𐐀 des Raums.", "x": 1}]}'
COLUMN = LINE.index('"Größe') + 1
END = LINE.index(', "x"') + 1


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_rdjson_suggests_the_fix_at_the_bytes_it_replaces(
    ending: str, samples: Any, render: Render, tmp_path: Path
) -> None:
    content = f'{{"tools": [{{{ending}{LINE}{ending}'
    (tmp_path / "room.json").write_bytes(content.encode())
    edit = Edit("/description", 'Size of a "room".')
    hit = samples.finding("r", Severity.WARNING, "is wrong", fix=Fix(safe=True, description="say", edits=(edit,)))
    hit = hit._replace(location=Location("room.json", 2, COLUMN, 2, END))
    report = StoredReport(samples.RUN, (samples.server("s", samples.tool(0, "t", [4] * 6, hit)),), (), Summary())
    (diagnostic,) = json.loads(render("rdjson", report))["diagnostics"]
    (suggestion,) = diagnostic["suggestions"]
    line = content.encode().split(b"\n")[1]
    span = suggestion["range"]
    assert span == diagnostic["location"]["range"]
    assert span["start"]["line"] == span["end"]["line"] == 2
    start, end = span["start"]["column"] - 1, span["end"]["column"] - 1
    changed = line[:start] + suggestion["text"].encode() + line[end:]
    assert json.loads(b'{"tools": [{' + changed)["tools"][0]["description"] == 'Size of a "room".'


CODE = {
    "python": ("s.py", "'old'", 'it is "so" 😀', "'it is \"so\" 😀'"),
    "raw": ("s.py", 'r"old"', "a\nb", '"a\\nb"'),
    "docstring": ("s.py", '"""old"""', "new", '"""new"""'),
    "typescript": ("s.ts", "`old`", "in ${x}", "`in \\${x}`"),
    "go": ("s.go", "`old`", "a `word`", '"a `word`"'),
    "computed": ("s.py", 'f"old {x}"', "new", None),
    "constant": ("s.py", "OLD", "new", None),
    "lines in a docstring": ("s.py", '"""old"""', "one\ntwo", None),
}


@pytest.mark.parametrize(("name", "code", "text", "suggested"), CODE.values(), ids=CODE)
def test_rdjson_suggests_literals_of_the_language(
    name: str, code: str, text: str, suggested: str | None, samples: Any, render: Render, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(f"é({code})\n", encoding="utf-8")
    fix = Fix(safe=True, description="say", edits=(Edit("/description", text),))
    hit = samples.finding("r", Severity.WARNING, "is wrong", fix=fix)
    hit = hit._replace(location=Location(name, 1, 3, 1, 3 + len(code)))
    report = StoredReport(samples.RUN, (samples.server("s", samples.tool(0, "t", [4] * 6, hit)),), (), Summary())
    (diagnostic,) = json.loads(render("rdjson", report))["diagnostics"]
    assert [one["text"] for one in diagnostic.get("suggestions", [])] == ([suggested] if suggested else [])


@pytest.mark.parametrize(
    "location",
    [
        Location("room.json", 2, COLUMN, 3, 1),
        Location("room.json", 2, COLUMN, 2, 9_999),
        Location("room.json", 99, 1, 99, 2),
        Location("gone.json", 2, COLUMN, 2, END),
        Location("binary.json", 1, 1, 1, 2),
    ],
)
def test_rdjson_of_a_file_that_changed_has_the_line_only(
    location: Location, samples: Any, render: Render, tmp_path: Path
) -> None:
    (tmp_path / "room.json").write_text(f"{{\n{LINE}\n", encoding="utf-8")
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\n")
    hit = samples.finding("r", Severity.WARNING, "is wrong", location=location)
    report = StoredReport(samples.RUN, (samples.server("s", samples.tool(0, "t", [4] * 6, hit)),), (), Summary())
    (diagnostic,) = json.loads(render("rdjson", report))["diagnostics"]
    assert diagnostic["location"]["range"] == {"start": {"line": location.line}}
    assert "suggestions" not in diagnostic
