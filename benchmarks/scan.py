"""Measures the speed of a scan: cold start, time per tool, memory of a stream, growth with the size of a server.

    python benchmarks/scan.py [--data DIR] [--imports]

Prints a table. DIR is a folder with `corpora/mcpm.jsonl` (a server a line: {"server", "tools"}); without it, or
TOOLSMELL_DATA, the rows that need real tools are left out, and that is said. Times are the best of several runs:
what the code takes, not what else the machine does. `--imports` says what a cold start spends on imports.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

RUNS = 15
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""An installed package has its bytecode. In a checkout without bytecode, the first run writes it."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default=os.environ.get("TOOLSMELL_DATA"))
    parser.add_argument("--imports", action="store_true")
    args = parser.parse_args()
    corpus = Path(args.data, "corpora/mcpm.jsonl") if args.data else None
    with tempfile.TemporaryDirectory() as folder:
        if args.imports:
            print(imports(Path(folder)))
            return
        rows = list(measure(Path(folder), corpus))
    print("| what | measured | goal |\n|---|---|---|")
    for what, measured, goal in rows:
        print(f"| {what} | {measured} | {goal} |")


def measure(folder: Path, corpus: Path | None) -> Iterator[tuple[str, str, str]]:
    small = folder / "thirty.json"
    small.write_text(json.dumps({"tools": made_tools(30)}))
    bare = best(lambda: run("-c", "pass"))
    cold = best(lambda: scan(small))
    yield "bare start of the interpreter", f"{bare:.3f} s", ""
    yield "cold scan of a 30-tool file, above the bare start", f"{cold - bare:.3f} s", "0.10 s"
    if corpus and corpus.exists():
        yield per_tool(corpus, "json")
        yield per_tool(corpus, "text")
        alone, added = scoring(corpus)
        yield "what scores in both frames add to that, CPU time", f"{added:.2f} ms a tool", "0.15 ms a tool"
        yield "reading and scores in both frames, without rules, CPU time", f"{alone:.2f} ms a tool", "0.25 ms a tool"
    else:
        yield "2,247 real tools, every rule on, and what scores add", "left out: no --data", "0.4 and 0.15 ms a tool"
    yield stream(folder)
    yield from growth(folder)


def per_tool(corpus: Path, format_: str) -> tuple[str, str, str]:
    count = sum(len(json.loads(line)["tools"]) for line in corpus.read_text().splitlines())
    seconds = min(in_process(corpus, format_) for _ in range(3))
    return f"{count:,} real tools, every rule on, {format_}", f"{seconds / count * 1000:.2f} ms a tool", "0.4 ms a tool"


def scoring(corpus: Path) -> tuple[float, float]:
    """Return the milliseconds of CPU that a tool is read and scored in, the best of five runs each.

    First without any rule, then what scores add to a tool that the default rules have read.
    """
    from toolsmell import app
    from toolsmell.model import Frame, Manifest, Provenance, Tool
    from toolsmell.reading.context import ServerContext
    from toolsmell.rules.engine import check_server
    from toolsmell.scoring import score

    servers = [json.loads(line) for line in corpus.read_text().splitlines()]
    options, tools = app.default_options(), 0
    best_of: dict[bool, list[float]] = {False: [], True: []}
    for ruled in (False, True) * 5:
        tools, spent = 0, 0.0
        for server in servers:
            listed = tuple(Tool(i, raw) for i, raw in enumerate(server["tools"]))
            manifest = Manifest(str(server["server"]), "corpus", Provenance.FILE, listed, name=str(server["server"]))
            context = ServerContext(manifest)
            if ruled:
                check_server(context, options.rules)
            tools += len(context.tools)
            began = time.process_time()
            for tool in context.tools:
                score.score_tool(tool, options.rubric, Frame.EFFECTIVE)
            spent += time.process_time() - began
        best_of[ruled].append(spent)
    return min(best_of[False]) / tools * 1000, min(best_of[True]) / tools * 1000


def stream(folder: Path) -> tuple[str, str, str]:
    path = folder / "stream.jsonl"
    with path.open("w") as lines:
        for i in range(10_000):
            lines.write(json.dumps({"server": f"server-{i}", "tools": made_tools(10)}) + "\n")
    scan(path, "--format", "json", "--quiet")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return "peak memory, 100,000 tools in JSON Lines", f"{peak:.0f} MB", "150 MB"


def growth(folder: Path) -> Iterator[tuple[str, str, str]]:
    times = {}
    for size in (2_000, 20_000):
        path = folder / f"server-{size}.json"
        path.write_text(json.dumps({"tools": made_tools(size)}))
        times[size] = in_process(path)
        yield (
            f"one server of {size:,} tools, every rule on, json",
            f"{times[size]:.1f} s",
            "10 s" if size == 20_000 else "",
        )
    yield "growth from 2,000 to 20,000 tools (10 is linear)", f"x {times[20_000] / times[2_000]:.1f}", ""


def in_process(path: Path, format_: str = "json") -> float:
    """Return the seconds that a child takes to read, score and lint a file with every rule on, start excluded."""
    code = (
        "import sys, time\nfrom toolsmell.cli import main, run\nrun(['rules'])\n"
        f"sys.argv = ['toolsmell', 'scan', {str(path)!r}, '--select', 'all', '--quiet', '--format', {format_!r}]\n"
        "began = time.perf_counter()\ntry:\n    main()\nexcept SystemExit:\n"
        "    print(time.perf_counter() - began, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True
    )
    return float(done.stderr.splitlines()[-1])


def scan(path: Path, *args: str) -> None:
    run("-m", "toolsmell", "scan", str(path), *args)


def run(*args: str) -> None:
    done = subprocess.run(
        [sys.executable, *args], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, env=ENVIRONMENT
    )
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())


def best(action: Callable[[], None]) -> float:
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        action()
        times.append(time.perf_counter() - began)
    return min(times)


def imports(folder: Path) -> str:
    small = folder / "thirty.json"
    small.write_text(json.dumps({"tools": made_tools(30)}))
    args = [sys.executable, "-X", "importtime", "-m", "toolsmell", "scan", str(small)]
    done = subprocess.run(args, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:") and "[us]" not in line]
    rows = sorted(((int(line.split("|")[0].split(":")[1]), line.split("|")[2].strip()) for line in lines), reverse=True)
    total = sum(own for own, _ in rows)
    ours = sum(own for own, name in rows if name.startswith("toolsmell"))
    head = f"{total / 1000:.0f} ms of imports (traced), {ours / 1000:.0f} ms of them toolsmell's own; the longest:"
    return "\n".join([head, *(f"{own / 1000:7.1f} ms  {name}" for own, name in rows[:25])])


VERBS = ("create", "list", "delete", "update", "search", "export", "archive", "rename", "copy", "merge")
THINGS = ("invoice", "customer", "branch", "recipe", "sensor", "ticket", "playlist", "vehicle", "lease", "sample")


def made_tools(count: int) -> list[dict[str, Any]]:
    """Return tools of the usual size, each with a text of its own."""
    return [made_tool(i) for i in range(count)]


def made_tool(i: int) -> dict[str, Any]:
    verb, thing = VERBS[i % 10], THINGS[i // 10 % 10]
    return {
        "name": f"{verb}_{thing}_{i}",
        "description": f"{verb.capitalize()} the {thing} of series {i}. Use it once the {thing} was approved. "
        f"Returns the {thing}'s new state, or an error that names what is missing in step {i * 7 % 1013}.",
        "inputSchema": {
            "type": "object",
            "properties": {
                f"{thing}_id": {"type": "string", "description": f"Id of the {thing}, as list_{thing} returns it."},
                "limit": {
                    "type": "integer",
                    "description": "Most rows to return, 1-100.",
                    "minimum": 1,
                    "maximum": 100,
                },
                "dry_run": {"type": "boolean", "description": "Only say what would happen.", "default": False},
            },
            "required": [f"{thing}_id"],
        },
    }


if __name__ == "__main__":
    main()
