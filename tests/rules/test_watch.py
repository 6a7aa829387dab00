"""A tool that takes too long is stopped, the others are linted, and the run says so and fails."""

import json
import time
from pathlib import Path

import pytest

from tests.commands import toolsmell
from toolsmell.app import default_options, scan
from toolsmell.model import Manifest, Provenance, Status, Tool
from toolsmell.reading.context import ToolContext
from toolsmell.rules.description import missing_description
from toolsmell.rules.watch import Watch

SCHEMA = {"type": "object", "properties": {}}


def _manifest() -> Manifest:
    raws = [{"name": name, "description": f"Gets {name}.", "inputSchema": SCHEMA} for name in ("slow", "quick")]
    return Manifest("s", "s", Provenance.WIRE, tuple(Tool(i, raw) for i, raw in enumerate(raws)))


def test_a_rule_that_hangs_in_one_tool_costs_only_that_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(tool: ToolContext, options: object) -> list[object]:
        if tool.tool.name == "slow":
            time.sleep(20)
        return []

    monkeypatch.setattr(missing_description, "check", hang)
    begun = time.monotonic()
    (report,) = scan([_manifest()], default_options()._replace(lint_seconds=1))
    assert time.monotonic() - begun < 10
    assert report.status is Status.PARTIAL
    assert report.error == "linting took more than 1 seconds (--lint-seconds), and was stopped for tool 'slow'"
    slow, quick = report.tools
    assert slow.overall is None
    assert all("--lint-seconds" in (score.reason or "") for score in slow.scores.values())
    assert quick.overall is not None


def test_no_timer_stays_behind() -> None:
    import signal

    before = signal.getsignal(signal.SIGALRM)
    with Watch(1).ticking():
        pass
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_the_command_says_what_it_stopped_and_exits_3(tmp_path: Path) -> None:
    lines = "".join(f"    p{i}: thing number {i}\n" for i in range(60_000))
    properties = {f"p{i}": {"type": "string"} for i in range(60_000)}
    big = {
        "name": "big",
        "description": f"Search.\n\nArgs:\n{lines}",
        "inputSchema": {"type": "object", "properties": properties},
    }
    small = {"name": "get_room", "description": "Gets a room.", "inputSchema": SCHEMA}
    (tmp_path / "tools.json").write_text(json.dumps({"tools": [big, small]}))
    done = toolsmell("scan", "tools.json", "--lint-seconds", "0.5", "--quiet", cwd=tmp_path)
    assert done.code == 3
    assert "was stopped for tool 'big'" in " ".join(done.stdout.split())
    assert "Traceback" not in done.stderr
