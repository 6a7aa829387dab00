"""Measures the time to read the tools of a repository from its source code.

    python benchmarks/extract.py [--repository DIR ...]

Makes repositories of 2,000 files in three languages: one file in twenty makes tools (3 each, or 30), one in ten
only mentions them, and the rest does neither. Or reads the folders that are given. Prints a table: wall time and
processor time, the best of several runs, each in a process of its own, start included.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from hook import files  # type: ignore[import-not-found]  # the script next to this one

RUNS = 5
FILES = 2_000
GOAL = "2.0 s"

EXTRACT = """
import json, sys
from toolsmell.sources.code import scan_directory
found = [len(manifest.tools) for manifest in scan_directory(sys.argv[1])]
print(json.dumps({"servers": len(found), "tools": sum(found)}))
"""

PLAIN = {
    "py": "def work_{n}(rows: list[int], limit: int = {n}) -> int:\n    total = 0\n    for row in rows:\n"
    '        total += row if row < limit else 0\n    return total  # "a word", and more of them\n\n\n',
    "ts": "export function work{n}(rows: number[], limit = {n}): number {{\n  let total = 0;\n"
    "  for (const row of rows) {{\n    total += row < limit ? row : 0; // a word, and more of them\n  }}\n"
    "  return total;\n}}\n\n",
    "go": "func work{n}(rows []int, limit int) int {{\n\ttotal := {n}\n\tfor _, row := range rows {{\n"
    "\t\tif row < limit {{\n\t\t\ttotal += row // a word, and more of them\n\t\t}}\n\t}}\n\treturn total\n}}\n\n",
}
SPOKEN = {
    "py": "# A client of mcp: asks a server for its tools, each with name and inputSchema.\n",
    "ts": "// A client of mcp: asks a server for its tools, each with name and inputSchema.\n",
    "go": "// A client of mcp: asks a server for its tools, each a mcp.Tool{} with name.\n",
}


class Measured(NamedTuple):
    wall: float
    processor: float
    found: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repository", type=Path, action="append", metavar="DIR")
    options = parser.parse_args()
    print("| repository | found | wall | processor | goal |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for repository in options.repository or [written(Path(folder, f"of-{tools}"), tools) for tools in (3, 30)]:
            best = min(measured(repository) for _ in range(RUNS))
            name = repository.name if options.repository else f"{FILES:,} files"
            print(f"| {name} | {best.found} | {best.wall:.2f} s | {best.processor:.2f} s | {GOAL} |")


def written(folder: Path, tools: int) -> Path:
    """Write a repository: ten files to a package, as with code that people write, ignored ones among them."""
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    (folder / ".gitignore").write_text("build/\n*.log\n/generated\n", encoding="utf-8")
    makes = files(tools)
    for number in range(FILES):
        kind = ("py", "ts", "go")[number % 3]
        package = folder / "src" / f"package{number // 10}"
        package.mkdir(parents=True, exist_ok=True)
        code = "".join(PLAIN[kind].format(n=n) for n in range(25))
        if number % 20 == 0:
            code = makes[{"py": "server.py", "ts": "server.ts", "go": "main.go"}[kind]]
        elif number % 10 == 5:
            code = SPOKEN[kind] + code
        elif kind == "go":
            code = "package main\n\n" + code
        (package / f"module{number}.{kind}").write_text(code, encoding="utf-8")
    for name in ("build", "generated"):
        (folder / name).mkdir()
        (folder / name / "server.py").write_text(makes["server.py"], encoding="utf-8")
    return folder


def measured(repository: Path) -> Measured:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([sys.executable, "-c", EXTRACT, str(repository)], check=True, capture_output=True)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    found = json.loads(done.stdout)
    return Measured(wall, processor, f"{found['tools']:,} tools of {found['servers']:,} servers")


if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    main()
