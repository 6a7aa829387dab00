"""Verdicts of models in the report: valid by its schema, and the same if read back."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

pytest.importorskip("openai")

from tests.judge.conftest import Scan
from tests.judge.models import GOOD, POOR, frames, gullible, judging, quote, shown, verdict
from tests.models.loopback import Answer, Asked, loopback, says
from toolsmell.reporters.parts import report_json as wire
from toolsmell.reporters.parts.stored import read_report

SCHEMA = json.loads((Path(wire.__file__).parent / "report-v1.schema.json").read_text(encoding="utf-8"))


def test_every_standing_is_in_the_schema_and_comes_back(scan: Scan) -> None:
    def script(asked: Asked) -> Answer:
        tool, model = shown(asked), asked.body["model"]
        if tool["name"] == "unscored" or (tool["name"] == "escalated" and model == "small"):
            return says("no")
        if tool["name"] == "suspect":
            return gullible(asked)
        levels = {**dict.fromkeys(("usage", "limitations", "parameters", "examples", "completeness"), 3), "purpose": 2}
        return says(verdict(levels, quote(tool), frames(asked)))

    tools = [{**GOOD, "name": name} for name in ("used", "unscored", "escalated")]
    tools.append({**POOR, "name": "suspect"})
    with loopback(script) as server:
        run = scan(server, "--escalate", "openai/large", tools=tools, judges=["openai/small"])
    standings = [tool["judge"]["standing"] for tool in run.tools]
    assert standings == ["used", "unscored", "used", "suspect"]
    jsonschema.validate(run.report, SCHEMA)
    stored = read_report(json.dumps(run.report).encode(), "report.json")
    (server_report,) = stored.servers
    again = [json.loads(wire.tool(tool, server_report)) for tool in server_report.tools]
    assert [tool["judge"] for tool in again] == [tool["judge"] for tool in run.tools]
    assert json.loads(json.dumps(wire.summary(stored.summary))) == run.report["summary"]


def test_a_report_without_models_says_nothing_of_them(scan: Scan) -> None:
    run = scan(None, judges=[], everything=False)
    assert "judge" not in run.tool
    assert "usage" not in run.report["summary"]


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal is needed")
def test_a_terminal_shows_how_far_it_is(tmp_path: Path) -> None:
    import pty

    target = tmp_path / "tools.json"
    target.write_text(json.dumps({"tools": [{**GOOD, "name": f"t{i}"} for i in range(3)]}))
    master, slave = pty.openpty()
    with loopback(judging(lambda _: 3)) as server:
        command = [sys.executable, "-m", "toolsmell", "scan", str(target), "--isolated", "--judge-all", "--no-cache"]
        command += ["--judge", "openai/m", "--model-url", server.url]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=slave, check=False)
    os.close(slave)
    said = os.read(master, 100_000).decode()
    os.close(master)
    assert re.search(r"judge: [123] questions?, [123] calls?, 0 from the cache", said)
    assert "the judge took 3 questions, 3 calls" in said
