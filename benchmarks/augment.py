"""Measures how texts of the rewriter, and published ones, change the search for tools, and what they cost.

    python benchmarks/augment.py --data DIR [--json FILE]
    python benchmarks/augment.py --runs DIR
    python benchmarks/augment.py --own FILE

DIR holds `retrieval/`, a folder a set with `tools.json`, `queries.jsonl` and `after_NAME.json` for each published
rewrite. Tools are indexed as the tool search of clients does it: name, description, parameters with their
descriptions. Names with a slash or a colon are of several servers, the part before it; siblings are those of one server.
The rewriter makes no call and asks no model. Without DIR nothing is measured, and that is said.

With `--runs`, DIR holds for each server what `toolsmell augment --model ... --format json --record NAME.record.json` printed,
as NAME.json, next to that recording; and, if somebody read the sentences, NAME.true.json: an object with true or false for
each added sentence. The table says what became of the tools.
With `--own`, FILE has lists of tools. Each sentence of a description is checked as if somebody had written it about the same tool: the
sentences that typed facts contradict are printed, and counted.
"""

import argparse
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from toolsmell import tokens
from toolsmell.app import read
from toolsmell.evaluate.catalog import Catalog, from_tools
from toolsmell.evaluate.retrieval import Setup, build, run
from toolsmell.evaluate.sets import RetrievalSet, load_retrieval
from toolsmell.evaluate.stats import Interval, compare
from toolsmell.evidence.check_verdicts import CheckVerdict, verdict_of
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Rewrite
from toolsmell.evidence.proposals import VariantKind
from toolsmell.model import Frame, Manifest, Provenance, Tool
from toolsmell.reading.context import ServerContext
from toolsmell.rewrite.check.new_sentences import Fresh
from toolsmell.rewrite.check.objections import against_sentences
from toolsmell.rewrite.measure import Yardstick, replaced
from toolsmell.rewrite.propose import Options, improve
from toolsmell.rules.selection import rule_set
from toolsmell.scoring import rubric

MEASURES = ("recall@1", "recall@5", "ndcg@10")


class Row(NamedTuple):
    """One version of the tools of one set."""

    set: str
    version: str
    changed: int
    tokens: int
    means: dict[str, float]
    interval: Interval | None
    """95 % bootstrap interval of the difference in recall@5 to the original, over the cases."""


def rewritten(tools: Sequence[Tool], kind: VariantKind | None) -> list[Tool]:
    """Return the tools with what the rewriter proposes, in their order."""
    servers: dict[str, list[Tool]] = defaultdict(list)
    for tool in tools:
        server, mark, _ = (tool.name or "").replace(":", "/").partition("/")
        servers[server if mark else ""].append(tool)
    shipped = rubric.load()
    options = Options(
        Yardstick(shipped, rule_set(("recommended", "security"), (), shipped)[0], Frame.EFFECTIVE), kind=kind
    )
    after = {tool.index: tool for tool in tools}
    for key, own in servers.items():
        context = ServerContext(Manifest(key, key, Provenance.FILE, tuple(own)))
        for proposal in improve(context, options):
            if proposal.proposed:
                after[proposal.index] = replaced(after[proposal.index], proposal.proposed.rewrite)
    return [after[tool.index] for tool in tools]


def searched(data: RetrievalSet, catalog: Catalog) -> list[dict[str, float]]:
    return [o.measures for o in run(build(catalog, Setup()), catalog, data.cases)]


def measured(data: RetrievalSet, version: str, catalog: Catalog, before: Sequence[dict[str, float]]) -> Row:
    found = searched(data, catalog)
    means = {name: sum(o[name] for o in found) / len(found) for name in MEASURES}
    pairs = zip(catalog.entries, data.tools.entries, strict=True)
    changed = sum(a.tool.raw != b.tool.raw for a, b in pairs)
    recall = [[o["recall@5"] for o in side] for side in (before, found)]
    interval = compare(*recall).interval if recall[0] != recall[1] else None
    cost = sum(tokens.of_tool(e.tool).total for e in catalog.entries)
    return Row(data.name, version, changed, cost, means, interval)


def rows(data: RetrievalSet) -> Iterator[Row]:
    before = searched(data, data.tools)
    yield measured(data, "original", data.tools, before)
    tools = [entry.tool for entry in data.tools.entries]
    catalog = from_tools([tool.raw for tool in rewritten(tools, None)], data.name)
    yield measured(data, "toolsmell", catalog, before)
    for name, catalog in data.variants.items():
        yield measured(data, name, catalog, before)


def table(found: Sequence[Row]) -> Iterator[str]:
    yield f"| set | texts | changed | tokens | {' | '.join(MEASURES)} | recall@5, 95 % | per 1,000 tokens |"
    yield f"|---|---|---|---|{'---|' * len(MEASURES)}---|---|"
    before = {row.set: row for row in found if row.version == "original"}
    for row in found:
        start = before[row.set]
        extra = row.tokens - start.tokens
        cells = [_cell(row.means[m], start.means[m], first=row is start) for m in MEASURES]
        gain = row.means["recall@5"] - start.means["recall@5"]
        rate = f"{1000 * gain / extra:+.4f}" if extra > 0 else "–"
        sure = f"{row.interval[0]:+.3f} to {row.interval[1]:+.3f}" if row.interval else "–"
        yield f"| {row.set} | {row.version} | {row.changed} | {row.tokens} | {' | '.join(cells)} | {sure} | {rate} |"


def _cell(value: float, before: float, *, first: bool) -> str:
    return f"{value:.3f}" if first else f"{value:.3f} ({value - before:+.3f})"


def run_row(folder: Path, name: str) -> dict[str, object]:
    """Return what became of the tools of one recorded run."""
    printed = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    stored = json.loads((folder / f"{name}.record.json").read_text(encoding="utf-8"))
    listed = {t["name"]: t for t in printed["servers"][0]["tools"]}
    before = [Tool(i, raw) for i, raw in enumerate(stored["server"]["tools"])]
    after = [_proposed(tool, listed[tool.name]) if tool.name in listed else tool for tool in before]
    labels = folder / f"{name}.true.json"
    read = json.loads(labels.read_text(encoding="utf-8")) if labels.exists() else {}
    made = [t for t in listed.values() if t["proposed"]]
    claims = [c["text"] for t in made for c in t["proposed"]["claims"]]
    known = [read[text] for text in claims if text in read]
    usage = printed["usage"]
    return {
        "server": name,
        "tools": len(listed),
        "proposed": len(made),
        "sentences": len(claims),
        "rejected": sum(len(t["rejected"]) for t in listed.values()),
        "true by reading": f"{sum(known)} of {len(known)}" if known else "not read",
        "missing kinds": f"{_missing(name, before)} -> {_missing(name, after)}",
        "tokens": f"{sum(tokens.of_tool(t).total for t in before)} -> {sum(tokens.of_tool(t).total for t in after)}",
        "questions a tool": round(usage.get("questions", 0) / max(1, len(listed)), 1),
        "tokens a tool": (usage.get("input_tokens", 0) + usage.get("output_tokens", 0)) // max(1, len(listed)),
    }


def _proposed(tool: Tool, entry: dict[str, Any]) -> Tool:
    if not entry["proposed"]:
        return tool
    return replaced(tool, Rewrite(entry["proposed"]["description"], entry["proposed"]["parameters"]))


def _missing(name: str, tools: Sequence[Tool]) -> int:
    server = ServerContext(Manifest(name, name, Provenance.FILE, tuple(tools)))
    return sum(len(tool.reading.missing) for tool in server.tools)


def run_table(folder: Path) -> Iterator[str]:
    """Yield a row for each run of a folder."""
    names = sorted(path.name.removesuffix(".record.json") for path in folder.glob("*.record.json"))
    found = [run_row(folder, name) for name in names]
    if found:
        yield f"| {' | '.join(found[0])} |"
        yield f"|{'---|' * len(found[0])}"
    for row in found:
        yield f"| {' | '.join(str(value) for value in row.values())} |"


def own_sentences(file: Path) -> Iterator[str]:
    """Yield the sentences of real descriptions that typed facts contradict, and at last their number."""
    count = bad = 0
    for manifest in read(str(file)):
        for tool in ServerContext(manifest).tools:
            fresh = [Fresh(None, s.text) for s in tool.reading.sentences]
            count += len(fresh)
            for one, why in against_sentences(ToolEvidence(tool), Rewrite(tool.text.raw), fresh).items():
                if verdict_of(why) is CheckVerdict.CONTRADICTED:
                    bad += 1
                    yield f"{tool.tool.label}: {' '.join(one.text.split())[:160]} ({why[0].detail})"
    yield f"{bad} of {count} sentences are called contradicted"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=os.environ.get("TOOLSMELL_DATA"), help="folder with retrieval/")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every number")
    parser.add_argument("--runs", type=Path, metavar="DIR", help="folder with recorded runs of a model")
    parser.add_argument("--own", type=Path, metavar="FILE", help="lists of tools, whose own sentences are checked")
    options = parser.parse_args()
    if options.own:
        print("\n".join(own_sentences(options.own)))
        return 0
    if options.runs:
        print(
            "\n".join(run_table(options.runs)) or f"{options.runs}: no recorded runs (NAME.json with NAME.record.json)"
        )
        return 0
    if not options.data:
        print("skipped: no data; name its folder with --data or TOOLSMELL_DATA", file=sys.stderr)
        return 0
    folders = [path for path in sorted(Path(options.data, "retrieval").iterdir()) if path.is_dir()]
    found = [row for folder in folders for row in rows(load_retrieval(folder))]
    print("\n".join(table(found)))
    if options.json:
        options.json.write_text(json.dumps([row._asdict() for row in found], indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
