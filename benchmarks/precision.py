"""Measures how often a rule is right: runs it over real servers, with a reader's verdicts on a sample of findings.

    python benchmarks/precision.py --data DIR [--dumps DIR] [--write]
    python benchmarks/precision.py --dumps DIR --dump
    python benchmarks/precision.py --data DIR --dumps DIR --read RULE... [--half odd|even]

DIR of `--data` holds `corpora/mcpm.jsonl`, a server a line, and, if need be, `jury/dev.jsonl`, a tool a line; neither
has annotations or output schemas. `--dump` starts the servers of benchmarks/servers.json with no real credentials,
calls none of their tools, and writes what they list into the folder of `--dumps`; needs npx, uvx and a network.

Servers are split by the CRC-32 of their names: rules are tuned on the even half, and the figures are of the odd one.
A seeded hash draws a sample of each rule's findings there, so that it stays the same while the findings do.
`--read` shows those of the sample that nobody read. The verdicts of readers are in
benchmarks/precision.verdicts.jsonl, by fingerprint and without any text of a server. `--write` stores the figures in
rubrics/precision.json, which the rules' pages quote.
"""

import argparse
import json
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from toolsmell.data.precision import ENOUGH, FILE
from toolsmell.errors import SourceError
from toolsmell.model import Finding, Json, Manifest, Provenance, Tool
from toolsmell.model.pointer import lookup
from toolsmell.project.fingerprint import fingerprint
from toolsmell.reading.context import ServerContext
from toolsmell.rules import RULES, Scope
from toolsmell.rules.engine import RuleSet, check_server
from toolsmell.sources.json.kinds import DocumentKind, recognise
from toolsmell.sources.json.manifest import documents, open_file, read

HERE = Path(__file__).parent
SERVERS = HERE / "servers.json"
VERDICTS = HERE / "precision.verdicts.jsonl"
SAMPLE = 40
SEED = 20261122


class Found(NamedTuple):
    """One finding, with what a reader needs to judge it."""

    print: str
    server: str
    tool: str | None
    description: str
    part: str
    """The part of the tool that the finding points at, as JSON."""
    finding: Finding
    fresh: bool = False
    """The server was chosen after the rules were written."""

    @property
    def half(self) -> str:
        return "odd" if self.fresh or zlib.crc32(self.server.encode("utf-8", "replace")) % 2 else "even"

    @property
    def lot(self) -> int:
        """The place in the draw."""
        return zlib.crc32(f"{SEED} {self.print}".encode())


class Verdict(NamedTuple):
    """What a reader decided."""

    right: bool
    reason: str
    useful: bool | None = None
    """Whether a right finding is worth a maintainer's minute; None if that was not judged."""


class Row(NamedTuple):
    """One rule's figures on the odd half."""

    rule: str
    recommended: bool
    findings: int
    odd: int
    right: int
    read: int
    unread: int
    judged: int = 0
    useful: int = 0

    @property
    def precision(self) -> float | None:
        return self.right / self.read if self.read >= ENOUGH else None


def main() -> int:
    options = parser().parse_args()
    if options.dump:
        return dump(Path(options.dumps), options.only)
    if not options.data:
        print("skipped: no data; name its folder with --data or TOOLSMELL_DATA", file=sys.stderr)
        return 0
    manifests = [*corpus(Path(options.data)), *(dumped(Path(options.dumps)) if options.dumps else ())]
    found = {f.print: f for manifest in manifests for f in findings(manifest)}
    fresh = list(dumped(Path(options.fresh))) if options.fresh else []
    found |= {f.print: f._replace(fresh=True) for manifest in fresh for f in findings(manifest)}
    manifests += fresh
    verdicts = read_verdicts()
    if options.read:
        show(options.read, options.half, found.values(), verdicts)
        return 0
    rows = [row(rule.id, rule.recommended, found.values(), verdicts) for rule in RULES]
    print_table(rows, manifests, set(verdicts) - set(found))
    if options.write:
        write(rows)
    return 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--data", default=os.environ.get("TOOLSMELL_DATA"), help="folder with corpora/mcpm.jsonl")
    made.add_argument("--dumps", help="folder of dumps, made with --dump")
    made.add_argument("--fresh", help="folder of dumps of servers that no rule was tuned on: all of them count")
    made.add_argument("--dump", action="store_true", help="start the servers and write their dumps")
    made.add_argument("--only", action="append", default=[], metavar="SERVER", help="dump this server only")
    made.add_argument("--read", nargs="+", metavar="RULE", help="show findings of the sample that nobody read")
    made.add_argument("--half", choices=("odd", "even"), default="odd")
    made.add_argument("--write", action="store_true", help=f"store the figures in rubrics/{FILE}")
    return made


def corpus(data: Path) -> Iterator[Manifest]:
    """Yield the servers of the corpora, which tell no annotations and no output schemas."""
    absent = {"annotations": "the corpus has none", "outputSchema": "the corpus has none"}
    for manifest in (*read_file(data / "corpora" / "mcpm.jsonl"), *jury(data / "jury" / "dev.jsonl")):
        yield manifest._replace(unknown={**manifest.unknown, **absent})


def jury(path: Path) -> Iterator[Manifest]:
    """Yield the servers whose tools were judged, from a file with a tool a line."""
    servers: dict[str, list[Json]] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        entry = json.loads(line)
        parts = ("name", "description", "inputSchema")
        kept = {part: entry[part] for part in parts if entry.get(part) is not None}
        servers.setdefault(entry["server"], []).append(kept)
    for server, tools in servers.items():
        lost = {"inputSchema": "the file has none"}
        listed = tuple(Tool(i, tool, {} if "inputSchema" in tool else lost) for i, tool in enumerate(tools))
        yield Manifest(server, str(path), Provenance.FILE, listed, name=server)


def dumped(folder: Path) -> Iterator[Manifest]:
    """Yield the servers that were dumped, as if they had just answered."""
    for path in sorted(folder.glob("*.json")):
        for manifest in read_file(path):
            yield manifest._replace(provenance=Provenance.WIRE, locator=None)


def read_file(path: Path) -> Iterator[Manifest]:
    for document in documents(open_file(str(path))):
        if isinstance(document, SourceError):
            raise document
        kind = recognise(document.value) or DocumentKind.TOOLS
        yield read(document, kind, stem=path.stem)


def findings(manifest: Manifest) -> Iterator[Found]:
    """Run every rule over one server."""
    found = check_server(ServerContext(manifest), RuleSet(RULES))
    for finding in found.server:
        yield made(manifest, None, finding)
    for tool in manifest.tools:
        for finding in found.tools[tool.index]:
            yield made(manifest, tool.index, finding)


def made(manifest: Manifest, index: int | None, finding: Finding) -> Found:
    tool = manifest.tools[index] if index is not None else None
    label = None if tool is None else tool.name or tool.index
    place = (None, "") if finding.members else (label, finding.pointer)
    key = fingerprint(finding.id, manifest.key, *place, finding.excerpt)
    part = json.dumps(lookup(tool.raw, finding.pointer), ensure_ascii=False) if tool and finding.pointer else ""
    return Found(key, manifest.key, tool and tool.label, (tool and tool.description) or "", part, finding)


def sample(rule: str, half: str, found: Iterable[Found]) -> list[Found]:
    """Draw the findings of a rule that are to be read."""
    of_rule = [f for f in found if f.finding.id == rule and f.half == half]
    return sorted(of_rule, key=lambda f: f.lot)[:SAMPLE]


def row(rule: str, recommended: bool, found: Iterable[Found], verdicts: dict[str, Verdict]) -> Row:
    all_of_it = [f for f in found if f.finding.id == rule]
    drawn = sample(rule, "odd", all_of_it)
    decided = [verdicts[f.print] for f in drawn if f.print in verdicts]
    return Row(
        rule=rule,
        recommended=recommended,
        findings=len(all_of_it),
        odd=sum(f.half == "odd" for f in all_of_it),
        right=sum(v.right for v in decided),
        read=len(decided),
        unread=len(drawn) - len(decided),
        judged=sum(v.useful is not None for v in decided),
        useful=sum(v.useful is True for v in decided),
    )


def read_verdicts() -> dict[str, Verdict]:
    if not VERDICTS.exists():
        return {}
    entries = (json.loads(line) for line in VERDICTS.read_text(encoding="utf-8").splitlines())
    return {e["fingerprint"]: Verdict(e["right"], e["reason"], e.get("useful")) for e in entries}


def show(rules: Sequence[str], half: str, found: Iterable[Found], verdicts: dict[str, Verdict]) -> None:
    """Print what nobody read of the samples: a line to fill in for the file of verdicts, and what it is about."""
    found = list(found)
    for rule in rules:
        for f in sample(rule, half, found):
            if f.print not in verdicts:
                entry = {
                    "fingerprint": f.print,
                    "rule": rule,
                    "server": f.server,
                    "tool": f.tool,
                    "right": None,
                    "reason": "",
                }
                print(json.dumps(entry, ensure_ascii=False))
                print(f"    {f.finding.pointer}: {f.finding.message}")
                print(f"    {f.part[:400]}" if f.part and f.finding.pointer != "/description" else "")
                print(f"    {f.description[:700]!r}\n")


def print_table(rows: Sequence[Row], manifests: Sequence[Manifest], stale: set[str]) -> None:
    tools = sum(len(m.tools) for m in manifests)
    print(f"{len(manifests)} servers, {tools:,} tools; the figures are of the odd half\n")
    print(
        "| rule | findings | odd half | read | right | precision | on by default |\n|---|---:|---:|---:|---:|---:|---|"
    )
    for r in rows:
        figure = f"{r.precision:.2f}" if r.precision is not None else f"unmeasured ({r.read})"
        unread = f" ({r.unread} unread)" if r.unread else ""
        on = "yes" if r.recommended else ""
        print(f"| {r.rule} | {r.findings} | {r.odd} | {r.read}{unread} | {r.right} | {figure} | {on} |")
    if stale:
        print(f"\n{len(stale)} verdicts are of findings that are no more")


def write(rows: Sequence[Row]) -> None:
    entries = {
        r.rule: {"read": r.read, "right": r.right, "judged": r.judged, "useful": r.useful}
        for r in rows
        if not RULES_WITHOUT_A_CORPUS.get(r.rule)
    }
    document = {"schema": "toolsmell.precision/v1", "enough": ENOUGH, "rules": entries}
    path = HERE.parent / "rubrics" / FILE
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


RULES_WITHOUT_A_CORPUS = {rule.id: True for rule in RULES if rule.scope not in (Scope.TOOL, Scope.SERVER)}


def dump(folder: Path, only: Sequence[str]) -> int:
    """Start the servers one after the other and write what they list."""
    from toolsmell.sources.json import snapshot
    from toolsmell.sources.server.launch import Launch
    from toolsmell.sources.server.live import fetch

    folder.mkdir(parents=True, exist_ok=True)
    for entry in json.loads(SERVERS.read_text(encoding="utf-8"))["servers"]:
        if only and entry["key"] not in only:
            continue
        keep = ("NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "UV_INDEX_URL", "UV_DEFAULT_INDEX", "NPM_CONFIG_REGISTRY")
        launch = Launch(tuple(entry["argv"]), env=entry.get("env", {}), empty_folder=True, keep=keep)
        manifest = fetch(launch, key=entry["key"], timeout=180)
        print(
            f"{entry['key']}: {len(manifest.tools)} tools{f', {manifest.error}' if manifest.error else ''}", flush=True
        )
        if manifest.tools:
            text = json.dumps(snapshot.to_json(manifest), indent=1)
            (folder / f"{entry['key']}.json").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
