"""`toolsmell calibrate` as a user types it, on labels that follow from the text by a rule of our own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.rubrics import COMPONENTS
from toolsmell.errors import ExitCode

ROOT = Path(__file__).parent.parent.parent
THINGS = ("berth", "tide", "crane", "pilot", "buoy", "ferry", "sluice", "beacon")
MORE = (
    "It reads the register of the harbour office by the number of the {thing}.",
    "Use this when a captain asks about a {thing} by name; do not use it for those at sea.",
    "Returns the depth, the hours and the owner of each {thing}, newest first.",
    "Only forty of them are returned, and an unknown {thing} raises an error.",
)


def _run(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "toolsmell", *args]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)


def _row(server: int, thing: str, sentences: int, jurors: int = 3) -> dict[str, Any]:
    """Make a tool with a level for each sentence of its description; the last juror is a little stricter."""
    text = " ".join([f"Find a {thing}.", *(more.format(thing=thing) for more in MORE[:sentences])])
    levels = [1 + sentences] * jurors
    levels[-1] = max(1, levels[-1] - (server + sentences) % 2)
    return {
        "server": f"port-{server}",
        "name": f"find_{thing}",
        "description": text,
        "scores": dict.fromkeys(COMPONENTS, levels),
    }


def _rows(jurors: int = 3) -> list[dict[str, Any]]:
    return [_row(s, thing, (s * 3 + i) % 5, jurors) for s in range(8) for i, thing in enumerate(THINGS)]


def _written(folder: Path, rows: list[Any]) -> Path:
    path = folder / "labels.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def test_a_rubric_is_fitted_and_a_scan_takes_it(tmp_path: Path) -> None:
    _written(tmp_path, _rows())
    done = _run("calibrate", "labels.jsonl", "-o", "mine.yaml", "--source", "our captains", cwd=tmp_path)
    assert done.returncode == ExitCode.CLEAN, done.stderr
    assert "64 tools of 8 servers" in done.stderr
    purpose = next(line for line in done.stdout.splitlines() if line.startswith("| purpose "))
    assert float(purpose.split("|")[4].strip(" *")) > 0.7, "levels that follow from the text are learned"
    assert "our captains" in (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    tools = {"tools": [{"name": "find_berth", "description": "Find a berth."}, _row(0, "tide", 4)]}
    (tmp_path / "tools.json").write_text(json.dumps(tools), encoding="utf-8")
    args = ("scan", "tools.json", "--format", "json", "--frame", "prose", "--fail-on", "never")
    own, shipped = (json.loads(_run(*args, *more, cwd=tmp_path).stdout) for more in (("--rubric", "mine.yaml"), ()))
    assert own["rubric"]["fingerprint"] != shipped["rubric"]["fingerprint"]
    poor, rich = (tool["scores"] for tool in own["servers"][0]["tools"])
    assert all(poor[c]["value"] < rich[c]["value"] for c in COMPONENTS)
    assert poor["purpose"]["calibrated"] is True


def test_the_same_labels_give_the_same_rubric_on_top_of_it_too(tmp_path: Path) -> None:
    _written(tmp_path, _rows())
    assert _run("calibrate", "labels.jsonl", "-o", "one.yaml", cwd=tmp_path).returncode == ExitCode.CLEAN
    for name in ("two.yaml", "three.json"):
        done = _run("calibrate", "labels.jsonl", "--rubric", "one.yaml", "-o", name, cwd=tmp_path)
        assert done.returncode == ExitCode.CLEAN, done.stderr
    assert (tmp_path / "two.yaml").read_bytes() == (tmp_path / "one.yaml").read_bytes()
    assert json.loads((tmp_path / "three.json").read_text())["calibration"]["tools"] == 64


def test_one_juror_has_nobody_to_agree_with_and_what_is_not_read_is_left_out(tmp_path: Path) -> None:
    rows = _rows(jurors=1)
    rows[0] |= {"description": "港の空いている係留場所を調べて返します。船の名前が必要です。"}
    _written(tmp_path, rows)
    done = _run("calibrate", "labels.jsonl", cwd=tmp_path)
    assert done.returncode == ExitCode.CLEAN, done.stderr
    assert next(line for line in done.stdout.splitlines() if line.startswith("| usage |")).startswith("| usage | – |")
    assert "63 tools of 8 servers" in done.stderr
    assert "1 left out" in done.stderr


def _with_scores(**scores: Any) -> Callable[[list[Any]], list[Any]]:
    return lambda rows: [*rows[:-1], {**rows[-1], "scores": {**rows[-1]["scores"], **scores}}]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(lambda _: [], "no labelled tool in it", id="nothing"),
        pytest.param(lambda rows: [{**row, "server": "port-1", "name": f"t{i}"} for i, row in enumerate(rows)],
                     "64 labelled tools of 1 server are too few", id="one server"),
        pytest.param(lambda rows: rows[::4], "16 labelled tools of 8 servers are too few", id="too few tools"),
        pytest.param(_with_scores(usage=[1, 6, 2]), "labels.jsonl:64: scores.usage must be a level from 1 to 5",
                     id="a level out of range"),
        pytest.param(_with_scores(usage=[1, True, 2]), "labels.jsonl:64: scores.usage must be", id="no number"),
        pytest.param(_with_scores(usage=[1, 2]), "the same number of jurors", id="a juror is missing"),
        pytest.param(_with_scores(clarity=[1, 2, 3]), "labels.jsonl:64: scores: 'clarity' is no component",
                     id="an unknown component"),
        pytest.param(lambda rows: [*rows, rows[3]], "was labelled in line 4 already", id="a tool twice"),
        pytest.param(lambda rows: [*rows, [1]], "labels.jsonl:65: must be an object", id="no object"),
        pytest.param(lambda rows: [*rows, {"name": "t"}], "labels.jsonl:65: server must be a text", id="no server"),
        pytest.param(
            lambda rows: [{**row, "scores": {**row["scores"], "usage": [2, 2, 2]}} for row in rows],
            "every level of usage is 2",
            id="one level for all",
        ),
    ],
)  # fmt: skip
def test_labels_that_cannot_be_used_are_refused_with_their_line(
    tmp_path: Path, change: Callable[[list[Any]], list[Any]], message: str
) -> None:
    _written(tmp_path, change(_rows()))
    done = _run("calibrate", "labels.jsonl", "-o", "mine.yaml", cwd=tmp_path)
    assert done.returncode == ExitCode.USAGE
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "mine.yaml").exists()


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param(("nowhere.jsonl",), "cannot be read", id="no file"),
        pytest.param(("labels.jsonl", "-o", "mine.txt"), "a rubric is a .yaml or a .json file", id="no rubric's name"),
        pytest.param(("labels.jsonl", "--rubric", "labels.jsonl"), "labels.jsonl", id="no rubric"),
    ],
)
def test_files_that_cannot_be_used_are_refused(tmp_path: Path, args: tuple[str, ...], message: str) -> None:
    _written(tmp_path, _rows()[:3])
    done = _run("calibrate", *args, cwd=tmp_path)
    assert done.returncode == ExitCode.USAGE
    assert message in done.stderr
    assert "Traceback" not in done.stderr
