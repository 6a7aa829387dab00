"""Measures the time to read the tools of a repository from its source code.

    python benchmarks/extract.py [--repository DIR ...] [--repositories DIR]

Makes repositories of 2,000 files in three languages: one file in twenty makes tools (3 each, or 30), one in ten
only mentions them, and the rest does neither. Or reads the folders that are given. Prints a table: wall time and
processor time, the best of several runs, each in a process of its own, start included; last the processor time if the
folder has not changed since it was read.

With `--repositories`, reads each folder below DIR anew, then to fill the cache, then from the cache, and prints the sums of
processor time and the folders that were not read the same three times.
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

from toolsmell.errors import ToolsmellError
from toolsmell.sources.code import SourceLocator, scan_directory
from toolsmell.sources.code.source_cache import SourceCache

RUNS = 5
FILES = 2_000
GOAL = "2.0 s"

EXTRACT = """
import json, sys
from toolsmell.sources.code import scan_directory
from pathlib import Path
from toolsmell.sources.code.source_cache import SourceCache
store = SourceCache(Path(sys.argv[2])) if sys.argv[2:] else None
found = [len(manifest.tools) for manifest in scan_directory(sys.argv[1], store=store)]
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
    parser.add_argument("--repositories", type=Path, metavar="DIR")
    options = parser.parse_args()
    if options.repositories:
        compared(sorted(path for path in options.repositories.iterdir() if path.is_dir()))
        return
    print("| repository | found | wall | processor | goal | unchanged |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for repository in options.repository or [written(Path(folder, f"of-{tools}"), tools) for tools in (3, 30)]:
            best = min(measured(repository) for _ in range(RUNS))
            again = min(measured(repository, Path(folder, "cache")).processor for _ in range(RUNS))
            name = repository.name if options.repository else f"{FILES:,} files"
            print(f"| {name} | {best.found} | {best.wall:.2f} s | {best.processor:.2f} s | {GOAL} | {again:.2f} s |")


def compared(repositories: list[Path]) -> None:
    """Print the processor times of reading anew, filling the cache and reading from it, and what differs."""
    sums = [0.0, 0.0, 0.0]
    with tempfile.TemporaryDirectory() as folder:
        store = SourceCache(Path(folder))
        for repository in repositories:
            read = [timed(repository, one) for one in (None, store, store)]
            sums = [total + seconds for total, (seconds, _) in zip(sums, read, strict=True)]
            if len({text for _, text in read}) > 1:
                print(f"{repository.name}: is read differently")
    anew, filling, stored = sums
    print(f"{len(repositories)} folders: {anew:.1f} s anew, {filling:.1f} s to fill the cache, {stored:.1f} s from it")


def timed(repository: Path, store: SourceCache | None) -> tuple[float, str]:
    """Return the processor time to read a folder, and all that was read: servers and the places of their parts."""
    began, lines = time.process_time(), []
    try:
        for manifest in scan_directory(repository, store=store):
            lines.append(repr(manifest._replace(locator=None)))
            if isinstance(manifest.locator, SourceLocator):
                lines += [repr((one.head, sorted(one.marks.items()))) for one in manifest.locator.tools]
    except ToolsmellError as error:
        lines.append(str(error))
    return time.process_time() - began, "\n".join(lines)


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


def measured(repository: Path, cache: Path | None = None) -> Measured:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-c", EXTRACT, str(repository), *([str(cache)] if cache else [])]
    done = subprocess.run(command, check=True, capture_output=True)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    found = json.loads(done.stdout)
    return Measured(wall, processor, f"{found['tools']:,} tools of {found['servers']:,} servers")


if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    main()
