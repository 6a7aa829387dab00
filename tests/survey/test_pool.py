"""Scanning in several processes: the same reports in the same order, and a server that ends its process is named."""

import os
import signal
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from toolsmell import app
from toolsmell.model import Manifest, Provenance, ServerReport, Status, Tool
from toolsmell.survey import pool, spread

OPTIONS = app.default_options()


def server(number: int, tools: int = 3, group: str | None = None) -> Manifest:
    raw = {"description": f"Fire a pot in kiln {number}.", "inputSchema": {"type": "object", "properties": {"pot": {}}}}
    listed = tuple(Tool(i, {"name": f"fire_{number}_{i}", **raw}) for i in range(tools))
    return Manifest(f"kiln-{number}", "kilns.jsonl", Provenance.FILE, listed, group=group)


@pytest.fixture(autouse=True)
def _without_threads() -> None:
    """Skip a test if another one left a thread running: then the process cannot be copied."""
    if not pool.is_possible(OPTIONS):
        pytest.skip("a thread of another test still runs")


def reports(servers: Iterator[Manifest], jobs: int | None) -> list[ServerReport]:
    return [report for _, report in spread.scan(servers, OPTIONS, jobs)]


@pytest.mark.parametrize("jobs", [2, 3])
def test_the_reports_are_those_of_one_process_in_the_same_order(jobs: int) -> None:
    servers = [server(i, tools=i % 40, group="house" if i % 17 == 0 else None) for i in range(150)]
    assert reports(iter(servers), jobs) == list(app.scan(servers, OPTIONS))


def test_large_chunks_do_not_make_processes_wait_for_each_other() -> None:
    servers = [server(i, tools=300) for i in range(12)]
    assert [len(report.tools) for report in reports(iter(servers), 2)] == [300] * 12


def test_few_servers_are_scanned_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "Worker", None)
    assert len(reports(iter([server(1), server(2)]), None)) == 2


def test_servers_are_read_only_a_little_ahead() -> None:
    taken = 0

    def endless() -> Iterator[Manifest]:
        nonlocal taken
        while True:
            taken += 1
            yield server(taken)

    found = pool.scan(endless(), OPTIONS, 2)
    assert [report.key for _, report in islice(found, 300)] == [f"kiln-{i}" for i in range(1, 301)]
    found.close()  # type: ignore[attr-defined]
    assert taken < 700


def test_a_server_that_ends_its_process_is_named_and_the_others_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    parent, real = os.getpid(), app.Scanner.scan

    def scan(self: app.Scanner, manifest: Manifest) -> ServerReport:
        if manifest.key == "kiln-30" and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, manifest)

    monkeypatch.setattr(app.Scanner, "scan", scan)
    found = reports(iter([server(i) for i in range(60)]), 2)
    assert [report.key for report in found] == [f"kiln-{i}" for i in range(60)]
    failed = [report for report in found if report.status is Status.FAILED]
    assert [report.error for report in failed] == [
        "kiln-30: the scan of this server ended its process; the other servers are scanned"
    ]


def test_findings_have_their_places(tmp_path: Path) -> None:
    line = '{"server": "k%d", "tools": [{"name": "fire pot", "inputSchema": {"type": "object"}}]}\n'
    (tmp_path / "s.jsonl").write_text("".join(line % i for i in range(5)))
    found = reports(app.read(str(tmp_path / "s.jsonl")), 2)
    lines = [{finding.location.line for t in r.tools for finding in t.findings if finding.location} for r in found]
    assert lines == [{1}, {2}, {3}, {4}, {5}]
