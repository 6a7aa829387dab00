"""Measures what the code of servers yields: handlers found, facts by kind, time; and how many of the facts are true.

`python benchmarks/code_facts.py FOLDER...` prints the yield by language and the time.
`... --sample facts.jsonl --count 200` writes facts to read, each with its lines; the sample is the same each time.
`... --findings findings.jsonl --count 50` writes findings of the family `implementation` to read, at most so many a rule.
`python benchmarks/code_facts.py --verdicts facts.jsonl` reads them back. A reader sets "verdict" to "true", "false" or
"internal" (true, and of no use to anybody who calls the tool).
"""

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from toolsmell.app import Scanner, default_options, read
from toolsmell.errors import ToolsmellError
from toolsmell.evidence.code import implementations
from toolsmell.evidence.code.worded import words
from toolsmell.model import Manifest, Tool
from toolsmell.model.implementation import CodeFact, Implementation
from toolsmell.rules import RULES

ENDINGS = {".py": "Python", ".go": "Go"}


class Followed(NamedTuple):
    """A tool with its code."""

    manifest: Manifest
    tool: Tool
    code: Implementation

    @property
    def language(self) -> str:
        handler = self.code.handler
        return ENDINGS.get(Path(handler.lines.file).suffix, "TypeScript/JavaScript") if handler else "(no handler)"


def main(arguments: list[str]) -> int:
    """Measure, write a sample, or read verdicts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="*", help="servers: folders with source code")
    parser.add_argument("--sample", type=Path, help="write facts to read to this file")
    parser.add_argument("--findings", type=Path, help="write findings to read to this file")
    parser.add_argument("--count", type=int, default=200, help="facts, or findings a rule")
    parser.add_argument("--seed", type=int, default=7, help="of the sample")
    parser.add_argument("--kinds", default="", help="only these kinds, with commas between them")
    parser.add_argument("--verdicts", type=Path, help="read verdicts back from this file")
    given = parser.parse_args(arguments)
    if given.verdicts:
        print_verdicts(given.verdicts)
    elif given.findings:
        write(given.findings, findings(given.folders, given.count))
    else:
        followed = list(print_yield(given.folders))
        if given.sample:
            write(given.sample, sampled(followed, given.count, given.seed, given.kinds))
    return 0


def manifests(folders: list[str]) -> Iterator[Manifest]:
    for folder in folders:
        try:
            yield from (manifest for manifest in read(folder) if manifest.tools)
        except ToolsmellError as error:
            print(f"{folder}: {error}", file=sys.stderr)


def print_yield(folders: list[str]) -> Iterator[Followed]:
    """Print what is found by language, and yield the tools."""
    tools: dict[str, list[Followed]] = defaultdict(list)
    spent, count = 0.0, 0
    for manifest in manifests(folders):
        begin = time.process_time()
        found = implementations(manifest)
        spent += time.process_time() - begin
        count += len(manifest.tools)
        for tool in manifest.tools:
            one = Followed(manifest, tool, found[tool.index])
            tools[one.language].append(one)
            yield one
    print(f"{count} tools, {spent:.2f} s of processor time for facts ({300 * spent / max(1, count):.2f} s for 300)")
    for language, listed in sorted(tools.items()):
        facts = sum(bool(one.code.facts) for one in listed)
        functions = sum(len(one.code.functions) for one in listed) / len(listed)
        print(f"{language}: {len(listed)} tools, {facts / len(listed):.0%} with a fact, {functions:.1f} functions each")
        kinds = Counter(fact.kind.value for one in listed for fact in one.code.facts)
        print("  " + ", ".join(f"{kind} {number}" for kind, number in kinds.most_common()))


def sampled(followed: list[Followed], count: int, seed: int, kinds: str) -> Iterator[dict[str, Any]]:
    """Yield facts in a fixed random order, as many of each kind as there are for it, until the count is reached."""
    by_kind: dict[str, list[tuple[Followed, CodeFact]]] = defaultdict(list)
    for one in followed:
        for fact in one.code.facts:
            if not kinds or fact.kind.value in kinds.split(","):
                by_kind[fact.kind.value].append((one, fact))
    for listed in by_kind.values():
        Random(seed).shuffle(listed)
    taken = 0
    while taken < count and any(by_kind.values()):
        for kind in sorted(by_kind):
            if by_kind[kind] and taken < count:
                taken += 1
                yield shown(*by_kind[kind].pop())


def shown(one: Followed, fact: CodeFact) -> dict[str, Any]:
    return {
        "verdict": None,
        "kind": fact.kind.value,
        "tool": one.tool.name,
        "fact": words(fact),
        "way": [step.function for step in fact.way],
        "at": fact.lines.shown,
        "code": lines_at(fact.lines.file, fact.lines.line, fact.lines.end_line),
    }


def lines_at(file: str, line: int, end_line: int) -> list[str]:
    """Return lines of a file with some around them."""
    text = Path(file).read_text(encoding="utf-8", errors="replace").splitlines()
    return text[max(0, line - 4) : min(end_line + 2, line + 14)]


def findings(folders: list[str], count: int) -> Iterator[dict[str, Any]]:
    """Yield findings of the family `implementation`, at most `count` a rule."""
    options = default_options()
    rules = tuple(rule for rule in RULES if rule.family == "implementation")
    scanner = Scanner(options._replace(rules=options.rules._replace(rules=rules)))
    seen: Counter[str] = Counter()
    for manifest in manifests(folders):
        for tool in scanner.scan(manifest).tools:
            for finding in tool.findings:
                seen[finding.id] += 1
                if finding.family == "implementation" and seen[finding.id] <= count:
                    places = [f"{r.location.file}:{r.location.line}" for r in finding.related]
                    row = {
                        "verdict": None,
                        "kind": finding.id,
                        "tool": tool.name,
                        "fact": finding.message,
                        "at": places,
                    }
                    yield {**row, "source": manifest.source}


def write(file: Path, rows: Iterator[dict[str, Any]]) -> None:
    with file.open("w", encoding="utf-8") as stream:
        count = sum(stream.write(json.dumps(row, ensure_ascii=False) + "\n") > 0 for row in rows)
    print(f"wrote {count} rows to {file}")


def print_verdicts(file: Path) -> None:
    """Print the share of true ones by kind."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["verdict"]:
            found[row["kind"]][row["verdict"]] += 1
    for kind, counts in sorted(found.items()):
        total = sum(counts.values())
        true = total - counts["false"]
        print(f"{kind}: {true} of {total} true ({true / total:.0%}), {counts['internal']} internal")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
