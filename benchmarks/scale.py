"""Measures the time of a search by BM25 on a large catalog, and the growth of memory.

    python benchmarks/scale.py [--tools 4000] [--queries 20000] [--limit 30]

Tools and queries are made up, with words as frequent as in English (Zipf). It runs `toolsmell eval run` as a user does,
in a process of its own, for a quarter, a half and all tools, with one way of searching and with the two of the
default. Exits 1 if the largest takes longer than `--limit` seconds with one. Needs the extra `eval`.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

ENDS = ("l", "n", "r", "s", "th", "m", "nd", "rk")
WORDS = [f"{a}{b}{c}{number or ''}" for number in range(12) for a in "bdfgklmnprstvz" for b in "aeiou" for c in ENDS]
RANKS = [1 / rank for rank in range(1, len(WORDS) + 1)]


class Taken(NamedTuple):
    seconds: float
    cpu: float
    """Seconds of processor time. The rest was waiting for other programs."""
    megabytes: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tools", type=int, default=4_000)
    parser.add_argument("--queries", type=int, default=20_000)
    parser.add_argument("--limit", type=float, default=30.0, help="seconds for one search of all")
    args = parser.parse_args()
    print("| tools | queries | one search | two searches (default) | memory at most |")
    print("|---|---|---|---|---|")
    with TemporaryDirectory() as folder:
        for part in (4, 2, 1):
            tools, queries = args.tools // part, args.queries // part
            write(Path(folder), tools, queries)
            one = taken(Path(folder), "--analyser", "standard")
            two = taken(Path(folder))
            times = " | ".join(f"{t.seconds:.1f} s ({t.cpu:.1f} of work)" for t in (one, two))
            print(f"| {tools:,} | {queries:,} | {times} | {max(one.megabytes, two.megabytes):.0f} MB |", flush=True)
    return int(one.seconds > args.limit)


def write(folder: Path, tools: int, queries: int) -> None:
    """Write tools, and queries that are a few words of a tool's description and some of others."""
    random = Random(20_261_122)
    listed = [_tool(number, random) for number in range(tools)]
    (folder / "tools.json").write_text(json.dumps({"tools": listed}))
    with (folder / "cases.jsonl").open("w") as file:
        file.writelines(json.dumps(case) + "\n" for case in _cases(listed, queries, random))


def _tool(number: int, random: Random) -> dict[str, Any]:
    def words(count: int) -> str:
        return " ".join(random.choices(WORDS, RANKS, k=count))

    properties = {f"{words(1)}_{i}": {"type": "string", "description": words(8)} for i in range(3)}
    schema = {"type": "object", "properties": properties}
    return {"name": f"{words(2).replace(' ', '_')}_{number}", "description": words(40), "inputSchema": schema}


def _cases(tools: list[dict[str, Any]], count: int, random: Random) -> Iterator[dict[str, Any]]:
    for number in range(count):
        tool = random.choice(tools)
        words = random.sample(tool["description"].split(), 4) + random.choices(WORDS, RANKS, k=4)
        yield {"query": f"{' '.join(words)} {number}", "tools": [tool["name"]]}


def taken(folder: Path, *options: str) -> Taken:
    """Run the command line and return what it took."""
    command = [sys.executable, "-m", "toolsmell", "eval", "run", "tools.json", "--cases", "cases.jsonl", *options]
    begun = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as process:
        _, process.returncode, usage = os.wait4(process.pid, 0)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed")
    work = usage.ru_utime + usage.ru_stime
    return Taken(time.perf_counter() - begun, work, usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10))


if __name__ == "__main__":
    sys.exit(main())
