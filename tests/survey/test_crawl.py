"""Crawling registry entries: real child processes behind a runner that stands for uvx."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from toolsmell.survey.crawl import error_class
from toolsmell.survey.tabulate import rows

ACTING = Path(__file__).parents[2] / "fixtures" / "servers" / "acting.py"
pytestmark = [pytest.mark.live, pytest.mark.timeout(120)]


def entry(name: str, identifier: str) -> dict[str, object]:
    package = {"registryType": "pypi", "identifier": identifier, "version": "1.0.0", "transport": {"type": "stdio"}}
    return {"name": name, "description": "Lifts.", "version": "1.0.0", "packages": [package]}


@pytest.fixture
def runner(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which uvx starts the fixture server, dies, or hangs."""
    script = tmp_path / "bin" / "uvx"
    script.parent.mkdir()
    script.write_text(
        f'#!/bin/sh\ncase "$*" in\n *good*) exec {sys.executable} {ACTING} ;;\n *hangs*) exec sleep 60 ;;\n'
        " *) echo 'no API key' >&2; exit 3 ;;\nesac\n"
    )
    script.chmod(0o755)
    return {**os.environ, "PATH": f"{script.parent}{os.pathsep}{os.environ['PATH']}"}


def crawl(folder: Path, env: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "toolsmell", "crawl", *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=100, check=False)


def test_each_entry_gets_a_line_and_a_rerun_goes_on(tmp_path: Path, runner: dict[str, str]) -> None:
    listed = [
        entry("a/good", "good-one"),
        {"server": entry("a/wrapped", "good-two")},
        entry("a/dies", "bad"),
        entry("a/hangs", "hangs"),
        {"name": "a/empty", "packages": []},
        "no entry",
    ]
    text = "".join(json.dumps(item) + "\n" for item in listed) + "{broken\n"
    (tmp_path / "list.jsonl").write_text(text)
    done = crawl(tmp_path, runner, "list.jsonl", "-o", "out", "--timeout", "8")
    assert done.returncode == 0, done.stderr
    log = [json.loads(line) for line in (tmp_path / "out" / "crawl.jsonl").read_text().splitlines()]
    classes = {line["name"]: line["error_class"] for line in log}
    assert classes == {
        "a/good": None,
        "a/wrapped": None,
        "a/dies": "unauthorised",
        "a/hangs": "timeout",
        "a/empty": "not-startable",
        "list.jsonl:6": "not-startable",
        "list.jsonl:7": "not-startable",
    }
    dumps = (tmp_path / "out" / "servers.jsonl").read_text().splitlines()
    scanned = [row.values for row in rows(dumps) if row.table == "servers"]
    assert {row["server"]: row["status"] for row in scanned} == {"a/good": "complete", "a/wrapped": "complete"}
    again = crawl(tmp_path, runner, "list.jsonl", "-o", "out", "--timeout", "8")
    assert "0 entries (nothing to do), 7 were done before" in again.stderr
    assert (tmp_path / "out" / "servers.jsonl").read_text().splitlines() == dumps


def test_a_cut_last_line_is_crawled_again(tmp_path: Path, runner: dict[str, str]) -> None:
    (tmp_path / "server.json").write_text(json.dumps(entry("a/good", "good-one")))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "crawl.jsonl").write_text('{"name": "a/good", "sta')
    done = crawl(tmp_path, runner, "server.json", "-o", "out")
    assert "1 entries (1 complete)" in done.stderr
    assert json.loads((tmp_path / "out" / "crawl.jsonl").read_text().splitlines()[1])["tools"] > 0


@pytest.mark.parametrize("target", ["none.jsonl", "empty", "binary.json"])
def test_wrong_lists(tmp_path: Path, target: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    done = crawl(tmp_path, dict(os.environ), target, "-o", "out")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert target in done.stderr


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ("no answer to initialize within 60 s (--timeout)", "timeout"),
        ("the server exited with 3 before it answered initialize", "exited"),
        ("HTTP 401: Unauthorized", "unauthorised"),
        ("it sent a list of numbers", "protocol"),
    ],
)
def test_error_classes(error: str, expected: str) -> None:
    assert error_class(error) == expected
