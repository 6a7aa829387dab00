"""A survey as a user runs it: real worker processes, real files; interrupted, killed, resumed, compared."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed")
pytest.importorskip("pyarrow")

from toolsmell.survey.store import Store, opened

TOOLSMELL = [sys.executable, "-m", "toolsmell"]
pytestmark = pytest.mark.timeout(170)


def tools(server: int, count: int = 3) -> list[dict[str, object]]:
    schema = {"type": "object", "properties": {"pot": {"type": "string"}}, "required": ["pot"]}
    return [
        {"name": f"fire_{server}_{i}", "description": f"Fire pot {i} in kiln {server}.", "inputSchema": schema}
        for i in range(count)
    ]


def write(path: Path, servers: int, **change: object) -> Path:
    lines = [{"server": f"kiln-{i}", "tools": change.get(f"s{i}", tools(i))} for i in range(servers)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def survey(*arguments: object, folder: Path, env: dict[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    command = [*TOOLSMELL, "survey", *map(str, arguments)]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **(env or {})}, capture_output=True, text=True, timeout=150, check=False
    )


def table(store: Store, name: str) -> list[dict[str, Any]]:
    return sorted(store.read(name), key=lambda row: json.dumps(row, sort_keys=True, default=str))


def customised(tmp_path: Path, code: str) -> dict[str, str]:
    """Return an environment in which each Python process runs `code` when it starts."""
    (tmp_path / "custom").mkdir()
    (tmp_path / "custom" / "sitecustomize.py").write_text(code)
    return {"PYTHONPATH": os.pathsep.join((str(tmp_path / "custom"), *filter(None, [os.environ.get("PYTHONPATH")])))}


@pytest.mark.parametrize("format_", ["parquet", "jsonl"])
def test_tables_and_a_report(tmp_path: Path, format_: str) -> None:
    write(tmp_path / "servers.jsonl", 12)
    done = survey("servers.jsonl", "-o", "out", "--workers", 2, "--format", format_, folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "36 tools of 12 servers" in done.stderr
    assert "dashboard: http://127.0.0.1:" in done.stderr
    store = opened(str(tmp_path / "out"))
    assert [len(table(store, name)) for name in ("servers", "tools", "definitions", "runs")] == [12, 36, 36, 1]
    shown = survey("report", "out", folder=tmp_path)
    assert "12 servers (12 complete), 36 tools" in shown.stdout
    found = json.loads(survey("report", "out", "--format", "json", folder=tmp_path).stdout)
    assert (found["schema"], found["tools"]) == ("toolsmell.survey.report/v1", 36)
    assert all(0 <= share["low"] <= share["share"] <= share["high"] <= 1 for share in found["smells"])


def test_the_page_escapes_hostile_names_and_asks_for_nothing(tmp_path: Path) -> None:
    name = "</td><script>alert(1)</script>"
    both: list[dict[str, object]] = [
        {"name": name, "description": text, "inputSchema": {}} for text in ("Adds a pot.", "Drops a pot.")
    ]
    lines = [json.dumps({"server": f"s{i}", "tools": [tool]}) for i, tool in enumerate(both)]
    (tmp_path / "servers.jsonl").write_text("\n".join(lines))
    survey("servers.jsonl", "-o", "out", folder=tmp_path)
    page = survey("report", "out", "--format", "html", folder=tmp_path).stdout
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'" in page
    assert "<style>" in page
    assert page.count("'sha256-") == 1


def test_parts_cut_lines_whole_and_give_the_same_rows_as_one_part(tmp_path: Path) -> None:
    write(tmp_path / "servers.jsonl", 40)
    survey("servers.jsonl", "-o", "one", "--workers", 1, folder=tmp_path)
    survey("servers.jsonl", "-o", "many", "--workers", 2, "--part-mb", 0.01, folder=tmp_path)
    one, many = opened(str(tmp_path / "one")), opened(str(tmp_path / "many"))
    assert len(one.parts()) == 1 < len(many.parts())
    for name in ("servers", "tools", "findings"):
        without_place = [[{**row, "source": None} for row in table(store, name)] for store in (one, many)]
        assert without_place[0] == without_place[1]


def test_a_rerun_skips_and_a_changed_input_replaces_what_is_out_of_date(tmp_path: Path) -> None:
    write(tmp_path / "servers.jsonl", 6)
    survey("servers.jsonl", "-o", "out", folder=tmp_path)
    again = survey("servers.jsonl", "-o", "out", folder=tmp_path)
    assert "(1 finished before" in again.stderr
    write(tmp_path / "servers.jsonl", 7)
    survey("servers.jsonl", "-o", "out", folder=tmp_path)
    assert len(table(opened(str(tmp_path / "out")), "servers")) == 7


def test_since_copies_unchanged_servers_and_scans_the_others(tmp_path: Path) -> None:
    write(tmp_path / "old.jsonl", 5)
    write(tmp_path / "new.jsonl", 6, s2=tools(99))
    survey("old.jsonl", "-o", "old", folder=tmp_path)
    done = survey("new.jsonl", "-o", "new", "--since", "old", folder=tmp_path)
    assert "4 servers unchanged" in done.stderr
    survey("new.jsonl", "-o", "fresh", folder=tmp_path)
    for name in ("servers", "tools", "findings", "definitions"):
        assert table(opened(str(tmp_path / "new")), name) == table(opened(str(tmp_path / "fresh")), name)
    changed = json.loads(survey("report", "new", "--since", "old", "--format", "json", folder=tmp_path).stdout)[
        "change"
    ]
    assert (changed["servers_added"], changed["servers_removed"], changed["servers_changed"]) == (1, 0, 1)


def test_a_server_that_ends_the_process_is_named_and_the_others_are_scanned(tmp_path: Path) -> None:
    write(tmp_path / "servers.jsonl", 9)
    env = customised(
        tmp_path,
        "import os\n"
        "from toolsmell.survey import tabulate as rows\n"
        "real = rows.server_rows\n"
        "def server_rows(server, *rest):\n"
        "    if server.manifest.key == 'kiln-4': os._exit(9)\n"
        "    if server.manifest.key == 'kiln-7': raise ZeroDivisionError('seven')\n"
        "    return real(server, *rest)\n"
        "rows.server_rows = server_rows\n",
    )
    done = survey("servers.jsonl", "-o", "out", "--workers", 2, folder=tmp_path, env=env)
    assert done.returncode == 0
    assert "2 not read" in done.stderr
    servers = {row["server"]: row for row in table(opened(str(tmp_path / "out")), "servers")}
    broken = {name: row["error"] for name, row in servers.items() if row["status"] == "crashed"}
    assert len(servers) == 9
    assert sorted(broken.values()) == [
        "the scan failed: ZeroDivisionError: seven",
        "the scan of this server ended its process",
    ]
    assert len(table(opened(str(tmp_path / "out")), "tools")) == 21


SLOW = (
    "import time\n"
    "from toolsmell.survey import tabulate as rows\n"
    "real = rows.server_rows\n"
    "def server_rows(*given):\n"
    "    time.sleep(0.01)\n"
    "    return real(*given)\n"
    "rows.server_rows = server_rows\n"
)
"""Each server takes ten milliseconds, so that a survey of 600 can be interrupted."""


def _workers(pid: int) -> list[int]:
    """Return the processes two levels below: Dask's workers stand below their nannies' parent."""
    listed = subprocess.run(["ps", "-ww", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [row.split(None, 2) for row in listed.splitlines()[1:]]
    return [int(own) for own, parent, args in rows if int(parent) == pid and "spawn_main" in args]


def test_a_killed_worker_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    write(tmp_path / "servers.jsonl", 600)
    command = [*TOOLSMELL, "survey", "servers.jsonl", "-o", "out", "--workers", "2", "--part-mb", "0.02"]
    env = {**os.environ, **customised(tmp_path, SLOW)}
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, env=env) as running:
        killed = False
        for _ in range(600):
            if not killed and (tmp_path / "out" / "servers").is_dir() and (workers := _workers(running.pid)):
                os.kill(workers[0], signal.SIGKILL)
                killed = True
            if running.poll() is not None:
                break
            time.sleep(0.05)
        assert running.wait(120) == 0
    assert killed
    counts = Counter(row["server"] for row in table(opened(str(tmp_path / "out")), "servers"))
    assert len(counts) == 600
    assert set(counts.values()) == {1}


def test_an_interrupted_survey_goes_on(tmp_path: Path) -> None:
    write(tmp_path / "servers.jsonl", 600)
    arguments = ["servers.jsonl", "-o", "out", "--workers", "2", "--part-mb", "0.02"]
    env = {**os.environ, **customised(tmp_path, SLOW)}
    restored = lambda: signal.signal(signal.SIGINT, signal.default_int_handler)  # noqa: E731  shells may ignore it
    with subprocess.Popen(
        [*TOOLSMELL, "survey", *arguments],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        env=env,
        preexec_fn=restored,  # noqa: PLW1509
        start_new_session=True,
    ) as running:
        while not (tmp_path / "out" / "servers").is_dir() and running.poll() is None:
            time.sleep(0.02)
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does: the workers get it too
        assert running.stderr is not None
        said = running.stderr.read()
        assert running.wait(120) == 130
    assert "interrupted" in said
    assert "Traceback" not in said
    assert survey(*arguments, folder=tmp_path).returncode == 0
    assert len(table(opened(str(tmp_path / "out")), "tools")) == 1800


def test_a_full_disk_says_so_and_leaves_no_half_part(tmp_path: Path) -> None:
    write(tmp_path / "servers.jsonl", 30)
    env = customised(tmp_path, "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n")
    done = survey("servers.jsonl", "-o", "out", "--workers", 1, "--format", "jsonl", folder=tmp_path, env=env)
    assert done.returncode == 3
    assert "cannot be written: File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file() and path.parent.name != "runs"] == []


def test_inputs_of_every_kind(tmp_path: Path) -> None:
    import bz2
    import gzip

    import pyarrow
    from pyarrow import parquet

    folder = tmp_path / "in"
    folder.mkdir()
    text = write(tmp_path / "x.jsonl", 2).read_bytes()
    (folder / "a.jsonl.gz").write_bytes(gzip.compress(text))
    (folder / "b.ndjson.bz2").write_bytes(bz2.compress(text))
    (folder / "c.json").write_text(json.dumps({"tools": tools(3)}))
    (folder / "notes.txt").write_text("not read")
    columns = {"name": ["p", "q"], "tools": [json.dumps(tools(4)), json.dumps({"tools": tools(5)})]}
    parquet.write_table(pyarrow.table(columns), folder / "d.parquet")
    parquet.write_table(pyarrow.table({"server": ["r"], "tools": [tools(6)]}), folder / "e.parquet")
    assert survey("in", "in/*.json", "-o", "out", folder=tmp_path).returncode == 0
    servers = [(row["server"], row["tools"]) for row in table(opened(str(tmp_path / "out")), "servers")]
    assert sorted(servers) == sorted(
        [("kiln-0", 3), ("kiln-1", 3), ("kiln-0", 3), ("kiln-1", 3), ("c", 3), ("p", 3), ("q", 3), ("r", 3)]
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["none.jsonl", "-o", "out"], "none.jsonl: no such file or folder"),
        (["notes.txt", "-o", "out"], "notes.txt: is not read"),
        (["empty", "-o", "out"], "has no file that a survey reads"),
        (["x.jsonl", "-o", "out", "--select", "nothing"], "no rule, family or preset is called 'nothing'"),
        (["x.jsonl", "-o", "out", "--since", "empty"], "holds no survey"),
        (["x.jsonl", "-o", "."], "to which the survey writes"),
        (["x.jsonl", "-o", "out", "--scheduler", "tcp://127.0.0.1:1"], "no Dask scheduler answers"),
        (["x.jsonl", "-o", "out", "--scheduler", "tcp://127.0.0.1:1", "--workers", "2"], "exclude each other"),
        (["bad.parquet", "-o", "out"], "bad.parquet"),
        (["report", "empty"], "holds no survey"),
    ],
)
def test_wrong_use(tmp_path: Path, arguments: list[str], words: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("")
    (tmp_path / "bad.parquet").write_text("no table")
    write(tmp_path / "x.jsonl", 1)
    done = survey(*arguments, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
