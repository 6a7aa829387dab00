"""Measures surveys: against a process pool, memory, growth, and a rerun with nothing changed.

    python benchmarks/survey.py --data DIR [--tools 100000] [--large]

DIR holds corpora/mcpm.jsonl; the corpus is repeated with changed names up to the number of tools. `--large` adds a
million tools (20 minutes). Peak memory is that of all processes together, as Linux counts it (proportional set size).
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

from toolsmell.survey import parts
from toolsmell.survey.scan_settings import Settings
from toolsmell.survey.work import Done, Job, work

WORKERS = 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--tools", type=int, default=100_000)
    parser.add_argument("--large", action="store_true")
    given = parser.parse_args()
    print("| what | measured | goal |\n|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(given.data / "corpora" / "mcpm.jsonl", Path(folder), given.tools, large=given.large):
            print(f"| {' | '.join(row)} |", flush=True)


def rows(corpus: Path, folder: Path, tools: int, *, large: bool) -> Iterator[tuple[str, str, str]]:
    """Yield the rows of the table: what is measured, its value, its goal."""
    source = repeated(corpus, folder / "servers.jsonl", tools)
    pool = pooled(source, folder / "pool")
    yield f"{tools:,} tools, process pool of {WORKERS}", f"{pool:.0f} s", ""
    first, peak = survey(source, folder / "dask")
    yield f"{tools:,} tools, survey with {WORKERS} workers", f"{first:.0f} s, x {first / pool:.2f}", "x 1.1"
    yield "peak memory of all its processes", f"{peak:.0f} MB", "450 MB"
    again, _ = survey(source, folder / "dask")
    yield "a rerun with nothing changed", f"{again:.1f} s, {again / first:.1%}", "5 %"
    small = repeated(corpus, folder / "small.jsonl", tools // 10)
    tenth, _ = survey(small, folder / "tenth")
    yield f"{tools // 10:,} tools", f"{tenth:.1f} s, {tenth / tools * 10_000:.2f} ms a tool", ""
    if large:
        million = repeated(corpus, folder / "million.jsonl", 1_000_000)
        seconds, peak = survey(million, folder / "large")
        yield "1,000,000 tools", f"{seconds:.0f} s, {seconds / 1000:.2f} ms a tool, {peak:.0f} MB", "linear"


def repeated(corpus: Path, target: Path, tools: int) -> Path:
    """Write the corpus again and again with changed names, until it has this many tools."""
    servers = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines()]
    written = turn = 0
    with target.open("w", encoding="utf-8") as file:
        while written < tools:
            for server in servers:
                if written >= tools:
                    break
                named = [
                    {**t, "name": f"{t.get('name')}_{turn}"} if isinstance(t, dict) else t for t in server["tools"]
                ]
                named = named[: tools - written]
                written += len(named)
                file.write(json.dumps({"server": f"{server['server']}-{turn}", "tools": named}) + "\n")
            turn += 1
    return target


def pooled(source: Path, out: Path) -> float:
    """Return the seconds that the same parts take in a plain process pool."""
    jobs = [Job(part, Settings(), str(out)) for part in parts.parts([str(source)])]
    began = time.monotonic()
    with get_context("spawn").Pool(WORKERS) as pool:
        done = pool.map(work, jobs, chunksize=1)
    assert all(isinstance(part, Done) for part in done)
    return time.monotonic() - began


def survey(source: Path, out: Path) -> tuple[float, float]:
    """Return seconds and peak megabytes of a survey."""
    began = time.monotonic()
    command = [sys.executable, "-m", "toolsmell", "survey", str(source), "-o", str(out), "--workers", str(WORKERS)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
        peaks: list[float] = [0.0]
        watch = threading.Thread(target=_watch, args=(running.pid, peaks), daemon=True)
        watch.start()
        assert running.wait() == 0
    return time.monotonic() - began, max(peaks)


def _watch(pid: int, peaks: list[float]) -> None:
    while os.path.exists(f"/proc/{pid}"):
        peaks.append(sum(map(_megabytes, _family(pid))))
        time.sleep(0.5)


def _family(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found = [pid]
    for own in found:
        found.extend(children.get(own, []))
    return found


def _megabytes(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


if __name__ == "__main__":
    main()
