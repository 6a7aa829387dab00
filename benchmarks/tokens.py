"""Measures the error of the token estimate against exact counts, and its time.

    python benchmarks/tokens.py --data DIR [--fit]

DIR holds `corpora/mcpm.jsonl`: one server a line, `{"server": ..., "tools": [...]}`. Exact counts need
litellm, which brings tiktoken and its encodings; `--fit`, which prints the constants anew, needs numpy.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from toolsmell.model import Tool
from toolsmell.tokens import compact_json, estimate, exact_counter, features, of_tool

LEAST = 8
"""The relative error of a text shorter than this many tokens counts as if it had as many."""


class Sample(NamedTuple):
    server: str
    tool: Tool
    total: str
    description: str


PARTS: dict[str, Callable[[Sample], str]] = {
    "whole tool": lambda sample: sample.total,
    "description": lambda sample: sample.description,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=os.environ.get("TOOLSMELL_DATA"), help="folder with corpora/mcpm.jsonl")
    parser.add_argument("--fit", action="store_true", help="fit the constants to the first half again")
    options = parser.parse_args()
    if not options.data:
        print("skipped: no data; name its folder with --data or TOOLSMELL_DATA", file=sys.stderr)
        return 0
    samples = list(read(Path(options.data, "corpora", "mcpm.jsonl")))
    first = [s for s in samples if in_first_half(s.server)]
    second = [s for s in samples if not in_first_half(s.server)]
    print(f"{len(samples)} tools: fitted to {len(first)}, tested on {len(second)} of other servers")
    if options.fit:
        print("constants:", ", ".join(f"{c:.3f}" for c in fit(first)))
    print_errors({"first half": first, "second half": second})
    print_cost(samples)
    return 0


def read(path: Path) -> list[Sample]:
    samples = []
    for line in path.read_text(encoding="utf-8").splitlines():
        server = json.loads(line)
        for i, raw in enumerate(server["tools"]):
            offered = {key: raw[key] for key in ("name", "description", "inputSchema") if key in raw}
            tool = Tool(i, raw)
            samples.append(Sample(server["server"], tool, compact_json(offered), tool.description or ""))
    return samples


def in_first_half(server: str) -> bool:
    """Split by server, so that tools of one hand stand on one side."""
    return sha256(server.encode()).digest()[0] % 2 == 0


def fit(samples: Sequence[Sample]) -> Sequence[float]:
    """Return the constants with the least squared relative error on whole tools and descriptions alike."""
    import numpy as np

    count = exact_counter().tokens
    texts = [text for s in samples for text in (s.total, s.description)]
    exact = np.array([count(text) for text in texts], float)
    weight = 1 / np.maximum(exact, LEAST)
    looks = np.array([features(text) for text in texts], float)
    constants: Sequence[float] = np.linalg.lstsq(looks * weight[:, None], exact * weight, rcond=None)[0]
    return constants


def print_errors(halves: dict[str, list[Sample]]) -> None:
    print(f"\n{'encoding':<12} {'of':<12} {'half':<12}  median     p90     p99     sum  server p90")
    for encoding in ("o200k_base", "cl100k_base"):
        count = exact_counter(encoding).tokens
        for half, samples in halves.items():
            for part, text_of in PARTS.items():
                pairs = [(s.server, estimate(text_of(s)), count(text_of(s))) for s in samples if text_of(s)]
                print(f"{encoding:<12} {part:<12} {half:<12} {error_columns(pairs)}")


def error_columns(pairs: list[tuple[str, int, int]]) -> str:
    errors = sorted(abs(guess - exact) / max(exact, LEAST) for _, guess, exact in pairs)
    servers: dict[str, list[int]] = {}
    for server, guess, exact in pairs:
        both = servers.setdefault(server, [0, 0])
        both[0] += guess
        both[1] += exact
    of_servers = sorted(abs(guess - exact) / max(exact, LEAST) for guess, exact in servers.values())
    total = sum(guess for _, guess, _ in pairs) / sum(exact for *_, exact in pairs) - 1
    columns = [statistics.median(errors), at(errors, 0.9), at(errors, 0.99)]
    return " ".join(f"{c:>7.1%}" for c in columns) + f" {total:>+7.1%} {at(of_servers, 0.9):>11.1%}"


def at(ordered: list[float], quantile: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * quantile))]


def print_cost(samples: Sequence[Sample]) -> None:
    def microseconds(work: Callable[[Sample], object]) -> float:
        rounds = []
        for _ in range(7):
            start = time.perf_counter()
            for sample in samples:
                work(sample)
            rounds.append(time.perf_counter() - start)
        return min(rounds) / len(samples) * 1e6

    print(f"\nestimate of a whole tool    {microseconds(lambda s: estimate(s.total)):5.1f} microseconds")
    print(f"of_tool, with writing JSON  {microseconds(lambda s: of_tool(s.tool)):5.1f} microseconds")


if __name__ == "__main__":
    sys.exit(main())
