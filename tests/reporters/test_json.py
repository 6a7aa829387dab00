"""Report version 1: what its schema says, written as the servers come, harmless wherever it is printed."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped, unused-ignore]
import pytest

import toolsmell.reporters
from toolsmell.model import ServerReport, Severity
from toolsmell.reporters import PLAIN, make
from toolsmell.reporters.parts.stored import StoredReport, read_report

Render = Callable[..., str]
SCHEMA = json.loads(Path(toolsmell.reporters.__path__[0], "parts", "report-v1.schema.json").read_text(encoding="utf-8"))


def closed(schema: Any) -> Any:
    """Return the schema with every object closed; the published one is open: reports gain fields."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(part) for key, part in schema.items()}
    return {**made, "additionalProperties": False} if made.get("type") == "object" else made


CLOSED = jsonschema.Draft202012Validator(closed(SCHEMA))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("run", ["plain_run", "hostile_run"])
def test_the_schema_knows_every_field(run: str, render: Render, request: pytest.FixtureRequest) -> None:
    CLOSED.validate(json.loads(render("json", request.getfixturevalue(run))))


def test_the_schema_lets_reports_gain_fields(plain_run: StoredReport, render: Render) -> None:
    document = json.loads(render("json", plain_run))
    document["servers"][0]["tools"][0]["later"] = {"a": 1}
    jsonschema.validate(document, SCHEMA)
    assert not CLOSED.is_valid(document)


def test_no_server_is_a_report_too(plain_run: StoredReport, render: Render) -> None:
    document = json.loads(render("json", plain_run._replace(servers=(), findings=())))
    CLOSED.validate(document)
    assert document["servers"] == []


def test_a_server_is_written_when_it_comes(plain_run: StoredReport) -> None:
    stream = io.StringIO()
    reporter = make("json", stream, PLAIN)
    reporter.begin(plain_run.run)
    for server in plain_run.servers:
        reporter.server(server)
        assert stream.getvalue().count('"provenance"') == plain_run.servers.index(server) + 1


def test_what_is_suppressed_is_shown(plain_run: StoredReport, render: Render) -> None:
    tools = json.loads(render("json", plain_run))["servers"][0]["tools"]
    assert [f["suppressed"] for f in tools[3]["findings"]] == [
        None,
        {"by": "toolsmell.toml", "reason": "generated"},
    ]


def test_ascii_only_and_no_commands(hostile_run: StoredReport, render: Render) -> None:
    text = render("json", hostile_run)
    assert text.isascii()
    assert "##" not in text
    assert not [line for line in text.splitlines() if line.lstrip().startswith("::")]
    assert "##[add-mask]" in json.loads(text)["servers"][0]["name"]


@pytest.mark.parametrize("run", ["plain_run", "hostile_run"])
def test_reading_it_back_loses_nothing(run: str, render: Render, request: pytest.FixtureRequest) -> None:
    report = request.getfixturevalue(run)
    text = render("json", report)
    stored = read_report(text.encode(), "report.json")
    assert render("json", stored) == text
    assert render("text", stored) == render("text", report)
    assert stored.summary == report.summary
    assert stored.run == report.run


def test_fingerprints_do_not_move_with_lines_and_order(samples: Any, render: Render) -> None:
    def prints(report: ServerReport) -> dict[str, list[str]]:
        text = render("json", StoredReport(samples.RUN, (report,), (), samples.Summary()))
        server = json.loads(text)["servers"][0]
        found = {tool["name"]: [f["fingerprint"] for f in tool["findings"]] for tool in server["tools"]}
        return {**found, "": [f["fingerprint"] for f in server["findings"]]}

    def report(order: list[int], line: int) -> ServerReport:
        hit = samples.finding("name-restated", Severity.NOTE, "restates its name", location=samples.at(line, 3))
        tools = [samples.tool(at, f"t{i}", [4] * 6, hit) for at, i in enumerate(order)]
        about = samples.finding("look-alike-tools", Severity.NOTE, "alike", f"/tools/{order.index(2)}/name")
        made: ServerReport = samples.server("s", *tools, findings=(about,))
        return made

    before, after = prints(report([0, 1, 2], 5)), prints(report([2, 0, 1], 50))
    assert before == after
    assert len({print_ for prints_ in before.values() for print_ in prints_}) == 4
