"""Labelled descriptions for `benchmarks/reading.py`: texts from a data directory, labels from `benchmarks/labels`.

The project stores fingerprints and labels, not texts. A fingerprint is the first 16 hex digits of the SHA-256 of
server, name and description, with zero bytes between them.

- `labels/statements.jsonl`: each sentence, by two independent readers. Only these, and those of `audit/says.jsonl` of the
  data directory, are measured on.
- `labels/one_reader.jsonl`: each sentence, by one of four readers: 771 descriptions of half 0, 571 of half 1. They are fitted
  to, and never measured on.
- `labels/third_reader.jsonl`: kinds and parameters of whole descriptions, by a reader who knew the definitions only: all of
  `audit/says.jsonl` and 90 of half 1. They show how far the definitions go, and nothing is fitted to them.
- `labels/written.txt`: sentences that were written for fitting; a `?` behind their kinds says that only the label of orders
  is sure. `labels/written_tools.jsonl`: whole descriptions of invented tools, with the letters of each sentence and the
  parameters that it explains. `labels/steering.txt`, `labels/orders_*.txt`,
  `labels/honest_*.txt`, `labels/pairs*.txt` and `labels/effective.jsonl` are tests of their own, and no weights are fitted to
  any but the last.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

from toolsmell.calibrate.statement_weights import Example
from toolsmell.model import Manifest, Provenance, Tool
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.reading.description_reader import observed
from toolsmell.reading.lexicon import Lexicon
from toolsmell.reading.observed import Observed
from toolsmell.text import Text

LABELS: Final = Path(__file__).parent / "labels"
OVERLAP: Final = 0.4
"""A sentence has the labels of the units that it shares so much of the shorter one with."""
BEHEADED: Final = 0.5
"""Weight of a later sentence that is read as a first one."""
LETTERS: Final = {
    "P": "purpose", "W": "when", "N": "when_not", "L": "limit", "F": "failure", "Q": "prerequisite", "E": "effect",
    "R": "result", "D": "default", "X": "example", "S": "steering",
}  # fmt: skip


class Unit(NamedTuple):
    """A piece of a description with the labels of one reader."""

    start: int
    end: int
    says: frozenset[str]
    parameters: frozenset[str]
    filler: bool


class Labelled(NamedTuple):
    """One tool with the labels of its description; `second` repeats `first` if only one reader labelled it."""

    server: str
    tool: ToolContext
    first: tuple[Unit, ...]
    second: tuple[Unit, ...]
    quoted: bool = False
    """Whether the labels are the shortest quotation a kind: other sentences may have the kind too."""

    def says(self, units: Sequence[Unit]) -> frozenset[str]:
        return frozenset(kind for unit in units for kind in unit.says)

    def parameters(self, units: Sequence[Unit]) -> frozenset[str]:
        return frozenset(name for unit in units for name in unit.parameters)


class Texts(NamedTuple):
    """All tools of the data directory."""

    tools: Mapping[str, tuple[str, ToolContext]]
    """By fingerprint, each with the name of its server."""


def half(server: str) -> int:
    """Return 0 or 1: the half that a server is in. Servers are divided by the hash of their name."""
    return int(sha256(server.lower().encode()).hexdigest(), 16) % 2


def fingerprint(server: str, name: str, description: str) -> str:
    return sha256(f"{server}\0{name}\0{description}".encode()).hexdigest()[:16]


def texts(data: Path) -> Texts:
    """Read every server of the data directory."""
    found: dict[str, tuple[str, ToolContext]] = {}
    for server, tools in _servers(data):
        manifest = Manifest(
            server, "data", Provenance.FILE, tuple(Tool(i, t) for i, t in enumerate(tools)), name=server
        )
        for tool in ServerContext(manifest).tools:
            name, description = tool.tool.name, tool.tool.description
            if name and description:
                found.setdefault(fingerprint(server, name, description), (server, tool))
    return Texts(found)


def _servers(data: Path) -> Iterator[tuple[str, list[Any]]]:
    for path in ("audit/lists.jsonl", "corpora/mcpm.jsonl"):
        for row in _rows(data / path):
            yield row["server"], [tool for tool in row["tools"] if isinstance(tool, dict)]
    jury: dict[str, list[Any]] = {}
    for row in _rows(data / "jury/dev.jsonl"):
        jury.setdefault(row["server"], []).append(row)
    yield from jury.items()


def _rows(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def labelled(data: Path, known: Texts) -> list[Labelled]:
    """Return the tools of `labels/statements.jsonl` and of `audit/says.jsonl` whose texts are known."""
    found = []
    for row in _rows(LABELS / "statements.jsonl"):
        if row["fingerprint"] in known.tools:
            server, tool = known.tools[row["fingerprint"]]
            found.append(Labelled(server, tool, _units(row["first"]), _units(row["second"])))
    for row in _rows(data / "audit/says.jsonl"):
        key = fingerprint(row["server"], row["name"], row["description"])
        if key in known.tools:
            server, tool = known.tools[key]
            units = tuple(_quoted(row))
            found.append(Labelled(server, tool, units, units, quoted=True))
    return found


def third_reader(known: Texts) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return the kinds and the explained parameters of `labels/third_reader.jsonl`, by fingerprint."""
    rows = [row for row in _rows(LABELS / "third_reader.jsonl") if row["fingerprint"] in known.tools]
    return {row["fingerprint"]: (frozenset(row["says"]), frozenset(row["parameters"])) for row in rows}


def one_reader(known: Texts) -> list[Labelled]:
    """Return the tools of `labels/one_reader.jsonl` whose texts are known."""
    rows = [row for row in _rows(LABELS / "one_reader.jsonl") if row["fingerprint"] in known.tools]
    return [
        Labelled(*known.tools[row["fingerprint"]], units, units) for row in rows for units in (_units(row["first"]),)
    ]


def _units(rows: Sequence[Any]) -> tuple[Unit, ...]:
    return tuple(
        Unit(
            row["span"][0],
            row["span"][1],
            frozenset(row["says"]),
            frozenset(row["parameters"]),
            row.get("filler", False),
        )
        for row in rows
    )


def _quoted(row: Any) -> Iterator[Unit]:
    text, lower = row["description"], row["description"].lower()
    for kind, quote in row["says"].items():
        at = max(text.find(quote), lower.find(quote.lower()))
        if at >= 0 and kind in LETTERS.values():
            yield Unit(at, at + len(quote), frozenset((kind,)), frozenset(), filler=False)
    yield Unit(0, 0, frozenset(), frozenset(row["parameters"]), filler=False)
    for filler in row["filler"]:
        at = text.find(filler)
        yield Unit(at, at + len(filler), frozenset(), frozenset(), filler=True)


def examples(tools: Sequence[Labelled], words: Lexicon) -> Iterator[tuple[Observed, Example, frozenset[str]]]:
    """Yield each sentence of labelled tools with its labels, and the parameters that the first reader saw explained."""
    for labels in tools:
        every = labels.says(labels.first)
        for seen in observed(labels.tool, words):
            first, second = (_at(seen, units) for units in (labels.first, labels.second))
            says = {k: ((k in first[0]) + (k in second[0])) / 2 for k in first[0] | second[0]}
            unknown = every - says.keys() if labels.quoted else frozenset()
            yield seen, Example(labels.server, seen.seen, says, unknown), first[1]


def beheaded(tools: Sequence[Labelled], words: Lexicon) -> Iterator[Example]:
    """Yield the second sentence of each labelled tool as it reads without the first.

    A sentence is no purpose because it stands first; in the labelled texts, nearly every first sentence is one.
    """
    for labels in tools:
        spans = labels.tool.text.sentences
        if labels.quoted or len(spans) < 2:
            continue
        at = spans[1].start
        raw = {**labels.tool.tool.raw, "description": labels.tool.text.raw[at:]}
        seen = next(observed(ToolContext(labels.tool.tool._replace(raw=raw), labels.tool.server), words), None)
        if seen is None:
            continue
        given = [
            "purpose" in _at(seen, [unit._replace(start=unit.start - at, end=unit.end - at) for unit in units])[0]
            for units in (labels.first, labels.second)
        ]
        yield Example(labels.server, seen.seen, {"purpose": sum(given) / 2}, _NOT_PURPOSE, BEHEADED)


def _at(seen: Observed, units: Sequence[Unit]) -> tuple[frozenset[str], frozenset[str]]:
    says: set[str] = set()
    explained: set[str] = set()
    for unit in units:
        shared = min(seen.span.end, unit.end) - max(seen.span.start, unit.start)
        if shared > OVERLAP * min(seen.span.end - seen.span.start, unit.end - unit.start):
            says |= unit.says
            explained |= unit.parameters
    return frozenset(says), frozenset(explained)


def written(words: Lexicon) -> Iterator[Example]:
    """Yield the sentences of `labels/written.txt`, which were written for fitting."""
    lines = (LABELS / "written.txt").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(line for line in lines if line and not line.startswith("#")):
        letters, _, text = line.partition(" | ")
        says = {LETTERS[c]: 1.0 for c in letters if c in LETTERS}
        # An order may stand anywhere, also before everything else, and what is no order is none anywhere.
        places = ("",) if "^" in letters else ("", *_PLACES) if "S" in letters else _PLACES
        for before in places:
            tool = _spoken(text, before, restated=letters == "-^")
            expected = 1 + len(Text(before).sentences)
            found = list(observed(tool, words))
            if len(found) == expected:
                moved = "^" not in letters and before != _OPENING
                unknown = _NOT_STEERING if moved or "?" in letters else frozenset[str]()
                yield Example(f"{WRITTEN}{number % 97}", found[-1].seen, says, unknown, HALF if moved else 1.0)


_NOT_PURPOSE: Final = frozenset(LETTERS.values()) - {"purpose"}
HALF: Final = 0.5
"""Weight of a sentence that is like others: moved to another place, or in a description written for fitting."""
_NOT_STEERING: Final = frozenset(LETTERS.values()) - {"steering"}
WRITTEN: Final = "written-"
"""How the names of the servers of written sentences begin."""
_OPENING: Final = "Zzzq the ooo pppp of a qqqq."
_PLACES: Final = (
    _OPENING,
    f"{_OPENING}\n\nArgs:\n    query_text: words to look for.",
    f"{_OPENING}\n\nReturns:\n    A list of entries.",
    f"{_OPENING}\n\nExamples:\n- list_entries(max_rows=5)\n-",
)
"""What may stand before a sentence."""
_PARAMETERS: Final = ("query_text", "max_rows", "target_id", "output_mode")
_SMALL: Final = frozenset("a the of all available about new an this tool for current information gets listing".split())


def _spoken(text: str, before: str, *, restated: bool) -> ToolContext:
    """Return a tool with the sentence after what stands before it."""
    for name in _PARAMETERS:
        text = text.replace("{param}", name, 1)
    text = text.replace("{tool}", "list_entries", 1).replace("{tool}", "find_entry")
    own = [word for word in text.lower().rstrip(".").split() if word.isalpha() and word not in _SMALL]
    name = "_".join(own[:4]) if restated and own else "do_zzz"
    gap = "\n\n" if ":" in text[:40] or text.startswith(("```", ">")) else " "
    raw = {
        "name": name,
        "description": f"{before}{gap}{text}" if before else text,
        "inputSchema": {"type": "object", "properties": {name: {} for name in _PARAMETERS}},
    }
    tools = (raw, {"name": "list_entries"}, {"name": "find_entry"})
    manifest = Manifest("written", "labels", Provenance.FILE, tuple(Tool(i, t) for i, t in enumerate(tools)))
    return ServerContext(manifest).tools[0]


def written_tools(words: Lexicon) -> Iterator[Example]:
    """Yield the sentences of `labels/written_tools.jsonl`, whose descriptions were written for fitting."""
    servers: dict[str, list[Any]] = {}
    for row in _rows(LABELS / "written_tools.jsonl"):
        servers.setdefault(row["server"], []).append(row)
    for server, rows in servers.items():
        tools = list(_written_server(server, rows))
        yield from (example._replace(weight=HALF) for _, example, _ in examples(tools, words))


def _written_server(server: str, rows: Sequence[Any]) -> Iterator[Labelled]:
    tools = tuple(Tool(number, _described(row)) for number, row in enumerate(rows))
    manifest = Manifest(server, "labels", Provenance.FILE, tools, name=server)
    for row, tool in zip(rows, ServerContext(manifest).tools, strict=True):
        units = tuple(_written_units(row["sentences"]))
        yield Labelled(f"{WRITTEN}{server}", tool, units, units)


def _described(row: Any) -> dict[str, Any]:
    return {
        "name": row["name"],
        "description": "".join(text for _, text, _ in row["sentences"]),
        "inputSchema": {"type": "object", "properties": row["parameters"]},
    }


def _written_units(sentences: Sequence[Any]) -> Iterator[Unit]:
    at = 0
    for letters, text, explained in sentences:
        begin = at + len(text) - len(text.lstrip())
        at += len(text)
        yield Unit(begin, at, frozenset(LETTERS[c] for c in letters), frozenset(explained), filler=False)
