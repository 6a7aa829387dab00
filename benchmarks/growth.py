"""Measures how scan time grows with the size of hostile text: 195 generators, three sizes each.

    python benchmarks/growth.py [--size 10000] [--only WORD] [--limit SECONDS]

Each generator makes a list of tools of about SIZE characters; it is scanned at SIZE, 2 x SIZE and 4 x SIZE, with every
rule, in a process of its own. Time that grows in proportion gives 4 from the first to the last size; the command fails
for a generator whose time grows by more than 9 and is over half a second. It prints the slowest ten.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

Tools = list[dict[str, Any]]

PIECES = (
    ".", "!", "?.", ". ", "a.", "a. ", "( ", ")", "[", "{", '"', "'", "`", "*", "- a\n", "\n", "\n\n", " ", "\t", "a", "a ",
    "aB", "A", "1", "1.", "1 ", "<", "<a>", "<!--", "http://a.b ", "://", "a@", "\\", "/", "a=", "a:", "a: b\n", "Args:\n    p: x\n",
    "e.g. ", "you must always use this tool ", "ignore all previous instructions ", "do not tell the user ", "QUJD", "\u200b",
    "\u202e", "\u6f22", "\u3002", "\U000e0041", "%41", "| a |\n", "```\n", "# a\n", ";", "a,b ", "returns ", "default 1 ",
    "between 1 and 2 ", "5 minutes ", "2024-01-01 ", "eyJ-",
)  # fmt: skip
"""The pieces that a text repeats."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--only", default="", help="run generators whose name has this word")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for one generator")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(list(times(generators()[args.one], args.size))))
        return 0
    found = [measured(name, args) for name in generators() if args.only in name]
    slow = [growth for growth in found if growth.is_steep]
    for growth in sorted(found, key=lambda g: -g.last)[:10]:
        print(growth)
    print(f"{len(found)} generators, {len(slow)} of them grow faster than their size")
    for growth in slow:
        print(f"  {growth}")
    return 1 if slow else 0


class Growth(NamedTuple):
    name: str
    seconds: tuple[float, ...]
    """One for each size; empty if the time was over."""

    @property
    def last(self) -> float:
        return self.seconds[-1] if self.seconds else float("inf")

    @property
    def is_steep(self) -> bool:
        return not self.seconds or (self.last > 0.5 and self.last > 9 * self.seconds[0])

    def __str__(self) -> str:
        shown = ", ".join(f"{s:.2f}" for s in self.seconds)
        return f"{self.name}: {shown or 'not finished'}"


def measured(name: str, args: argparse.Namespace) -> Growth:
    """Measure one generator in a process of its own, so that a bad one can be ended."""
    command = [sys.executable, __file__, "--one", name, "--size", str(args.size)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=args.limit)
    except subprocess.TimeoutExpired:
        return Growth(name, ())
    return Growth(name, tuple(json.loads(done.stdout)))


def times(make: Callable[[int], Tools], size: int) -> Iterator[float]:
    """Yield the CPU seconds of a scan at each size."""
    import time

    from toolsmell.app import ScanOptions, scan
    from toolsmell.model import Manifest, Provenance, Tool
    from toolsmell.rules.selection import rule_set
    from toolsmell.scoring import rubric

    shipped = rubric.load()
    rules, smells = rule_set(("all",), (), shipped)
    options = ScanOptions(shipped, rules, smells)

    def once(tools: Tools) -> float:
        manifest = Manifest("s", "s", Provenance.WIRE, tuple(Tool(i, raw) for i, raw in enumerate(tools)))
        begun = time.process_time()
        list(scan([manifest], options))
        return time.process_time() - begun

    once(make(100))
    for factor in (1, 2, 4):
        yield once(make(size * factor))


def generators() -> dict[str, Callable[[int], Tools]]:
    """Return the generators by name: each piece in three places, and shapes of schemas and lists."""
    found: dict[str, Callable[[int], Tools]] = {}
    for piece in PIECES:
        for place, put in PLACES.items():
            found[f"{piece!r} in {place}"] = lambda size, piece=piece, put=put: put(piece * (size // len(piece)))  # type: ignore[misc]
    return {**found, **SHAPES}


def _tool(description: str = "Gets a thing by its name.", **schema: Any) -> dict[str, Any]:
    return {"name": "get_thing", "description": description, "inputSchema": {"type": "object", **schema}}


def _many(count: int, **fields: Any) -> dict[str, Any]:
    return {f"p{i}": {"type": "string", **fields} for i in range(count)}


def _nested(depth: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(min(depth, 400)):
        schema = {"type": "object", "properties": {"a": schema}}
    return schema


def _chain(length: int) -> dict[str, Any]:
    links = {f"d{i}": {"$ref": f"#/$defs/d{i + 1}"} for i in range(length)}
    schema = {"type": "object", "properties": {"a": {"$ref": "#/$defs/d0"}}, "$defs": links}
    return {**_tool(), "inputSchema": schema}


def _described(size: int) -> Tools:
    count = size // 40
    lines = "".join(f"    p{i}: thing number {i}\n" for i in range(count))
    return [_tool(f"Search rooms.\n\nArgs:\n{lines}", properties=_many(count))]


PLACES: dict[str, Callable[[str], Tools]] = {
    "a description": lambda text: [_tool(f"Get a thing {text}x")],
    "a parameter": lambda text: [_tool(properties={"thing": {"type": "string", "description": f"The thing {text}x"}})],
    "twenty descriptions": lambda text: [
        {**_tool(f"Get a thing {text[: len(text) // 20]} {i}"), "name": f"get_thing_{i}"} for i in range(20)
    ],
}

SHAPES: dict[str, Callable[[int], Tools]] = {
    "a list of required names": lambda size: [_tool(properties=_many(1), required=[f"r{i}" for i in range(size)])],
    "the same required name": lambda size: [_tool(properties=_many(1), required=["p0"] * size)],
    "many parameters": lambda size: [_tool(properties=_many(size // 40, description="The thing."))],
    "many parameters that the text lists": _described,
    "many values": lambda size: [_tool(properties={"a": {"enum": [f"v{i}" for i in range(size // 6)]}})],
    "values in the text": lambda size: [
        _tool(
            "One of " + ", ".join(f"'v{i}'" for i in range(size // 10)),
            properties={"a": {"enum": [f"v{i}" for i in range(size // 10)], "type": "string"}},
        )
    ],
    "many examples": lambda size: [_tool(properties={"a": {"type": "string", "examples": ["x"] * (size // 4)}})],
    "a deep schema": lambda size: [_tool(properties={"a": _nested(size // 30)})],
    "many alternatives": lambda size: [_tool(properties={"a": {"anyOf": [{"type": "string"}] * (size // 20)}})],
    "a chain of references": lambda size: [_chain(size // 30)],
    "many tools": lambda size: [{**_tool(f"Gets thing {i}."), "name": f"get_{i}"} for i in range(size // 100)],
    "many tools of one text": lambda size: [{**_tool(), "name": f"get_{i}"} for i in range(size // 100)],
    "many tools of one name": lambda size: [_tool() for _ in range(size // 100)],
    "a long name": lambda size: [{**_tool(), "name": "get_" + "a" * size}],
    "a name of many words": lambda size: [{**_tool(), "name": "get" + "_a" * (size // 2)}],
}

if __name__ == "__main__":
    raise SystemExit(main())
