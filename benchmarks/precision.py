"""Measures how often a rule is right and useful: real servers, and a reader's verdicts on a sample of findings.

    python benchmarks/precision.py --write | --check
    python benchmarks/precision.py (--dumps DIR | --fresh DIR) --dump
    python benchmarks/precision.py --data DIR [--dumps DIR] [--fresh DIR] [--read RULE... [--half odd|even] | --prune]

The verdicts of readers are in benchmarks/precision.verdicts.jsonl, by fingerprint and without any text of a server.
`--write` counts them into rubrics/precision.json, which the rules' pages quote, and needs nothing else; `--check`
fails if that file says anything else.

DIR of `--data` holds `corpora/mcpm.jsonl`, a server a line, and, if need be, `jury/dev.jsonl`, a tool a line; neither
has annotations or output schemas. `--dump` starts the servers of benchmarks/servers.json with no real credentials,
calls none of their tools, and writes what they list into the folder of `--dumps`; needs npx, uvx and a network.
`--fresh` names dumps of servers that were chosen after the rules were written; with `--dump`, those of the list `fresh`.
Verdicts marked as fresh are on these, and on tools read from the source of public repositories, by their names.

Servers are split by the CRC-32 of their names: rules are tuned on the even half, and only verdicts on the odd one and
on fresh servers count. A seeded hash draws a sample of each rule's findings there, so that it stays the same while the
findings do. `--read` shows those of the sample that nobody read. `--prune` drops the verdicts on findings that a server
of the data no longer has, because the rule was changed since.
"""

import argparse
import json
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import NamedTuple

from toolsmell.data.precision import ENOUGH, FILE, Precision
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


def half_of(server: str, fresh: bool) -> str:
    return "odd" if fresh or zlib.crc32(server.encode("utf-8", "replace")) % 2 else "even"


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
        return half_of(self.server, self.fresh)

    @property
    def lot(self) -> int:
        """The place in the draw."""
        return zlib.crc32(f"{SEED} {self.print}".encode())


class Verdict(NamedTuple):
    """What a reader decided; its fields are the keys of a line in the file."""

    fingerprint: str
    rule: str
    server: str
    tool: str | int | None
    right: bool
    reason: str
    useful: bool | None = None
    """Whether a right finding is worth a maintainer's minute; None if that was not judged."""
    fresh: bool = False

    @property
    def counts(self) -> bool:
        """Whether the rule was not tuned on the server."""
        return half_of(self.server, self.fresh) == "odd"

    def line(self) -> str:
        left_out = {"useful": None, "fresh": False}
        entry = {
            key: value for key, value in self._asdict().items() if key not in left_out or value is not left_out[key]
        }
        return json.dumps(entry, ensure_ascii=False)


def main() -> int:
    options = parser().parse_args()
    if options.dump:
        return dump(Path(options.fresh or options.dumps), options.only, "fresh" if options.fresh else "servers")
    verdicts = read_verdicts()
    if options.write or options.check:
        return write(verdicts, only_check=options.check)
    if not options.data:
        print("skipped: no data; name its folder with --data or TOOLSMELL_DATA", file=sys.stderr)
        return 0
    manifests = [*corpus(Path(options.data)), *(dumped(Path(options.dumps)) if options.dumps else ())]
    found = {f.print: f for manifest in manifests for f in findings(manifest)}
    fresh = list(dumped(Path(options.fresh))) if options.fresh else []
    found |= {f.print: f._replace(fresh=True) for manifest in fresh for f in findings(manifest)}
    manifests += fresh
    if options.read:
        show(options.read, options.half, found.values(), verdicts)
    elif options.prune:
        prune(verdicts, found, {manifest.key for manifest in manifests})
    else:
        print_table(manifests, found.values(), verdicts)
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
    made.add_argument("--write", action="store_true", help=f"count the verdicts into rubrics/{FILE}")
    made.add_argument("--check", action="store_true", help=f"fail if rubrics/{FILE} is not what the verdicts give")
    made.add_argument("--prune", action="store_true", help="drop the verdicts on findings that are no more")
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


def read_verdicts() -> dict[str, Verdict]:
    entries = (json.loads(line) for line in VERDICTS.read_text(encoding="utf-8").splitlines())
    return {entry["fingerprint"]: Verdict(**entry) for entry in entries}


def prune(verdicts: Mapping[str, Verdict], found: Mapping[str, Found], servers: AbstractSet[str]) -> None:
    """Drop the verdicts on findings that a server of the data no longer has."""
    kept = [v for v in verdicts.values() if v.fingerprint in found or v.server not in servers]
    VERDICTS.write_text("".join(f"{verdict.line()}\n" for verdict in kept), encoding="utf-8")
    print(f"{len(verdicts) - len(kept)} of {len(verdicts)} verdicts were dropped")


def show(rules: Sequence[str], half: str, found: Iterable[Found], verdicts: Mapping[str, Verdict]) -> None:
    """Print what nobody read of the samples: a line to fill in for the file of verdicts, and what it is about."""
    found = list(found)
    for rule in rules:
        for f in sample(rule, half, found):
            if f.print not in verdicts:
                print(Verdict(f.print, rule, f.server, f.tool, True, "", True, f.fresh).line())
                print(f"    {f.finding.pointer}: {f.finding.message}")
                print(f"    {f.part[:400]}" if f.part and f.finding.pointer != "/description" else "")
                print(f"    {f.description[:700]!r}\n")


def print_table(manifests: Sequence[Manifest], found: Iterable[Found], verdicts: Mapping[str, Verdict]) -> None:
    tools = sum(len(m.tools) for m in manifests)
    found = list(found)
    known = figures(verdicts)
    print(f"{len(manifests)} servers, {tools:,} tools; the verdicts are on the odd half and on fresh servers\n")
    print("| rule | findings | odd half | unread | read | right | useful | on by default |")
    print("|---|---:|---:|---:|---:|---:|---:|---|")
    for rule in RULES:
        of_rule = [f for f in found if f.finding.id == rule.id]
        odd = sum(f.half == "odd" for f in of_rule)
        unread = sum(f.print not in verdicts for f in sample(rule.id, "odd", of_rule))
        figure = known.get(rule.id, Precision(0, 0))
        useful = f"{figure.useful} of {figure.judged}" if figure.judged else ""
        on = "yes" if rule.recommended else ""
        print(f"| {rule.id} | {len(of_rule)} | {odd} | {unread} | {figure.read} | {figure.right} | {useful} | {on} |")


def figures(verdicts: Mapping[str, Verdict]) -> dict[str, Precision]:
    """Count the verdicts of each rule that has any; rules about files, changes and suppressions have no corpus."""
    counted: dict[str, Precision] = {}
    for rule in RULES:
        if rule.scope in (Scope.TOOL, Scope.SERVER):
            own = [verdict for verdict in verdicts.values() if verdict.rule == rule.id and verdict.counts]
            if not own:
                continue
            judged = [verdict for verdict in own if verdict.useful is not None]
            counted[rule.id] = Precision(
                len(own), sum(v.right for v in own), len(judged), sum(v.useful is True for v in judged)
            )
    return counted


def write(verdicts: Mapping[str, Verdict], *, only_check: bool) -> int:
    """Write rubrics/precision.json, or fail if it does not say what the verdicts give."""
    rules = {rule: figure._asdict() for rule, figure in figures(verdicts).items()}
    document = {"schema": "toolsmell.precision/v1", "enough": ENOUGH, "rules": rules}
    path = HERE.parent / "rubrics" / FILE
    text = json.dumps(document, indent=1) + "\n"
    if not only_check:
        path.write_text(text, encoding="utf-8")
    elif path.read_text(encoding="utf-8") != text:
        print(f"rubrics/{FILE} is not what the verdicts give: run `python benchmarks/precision.py --write`")
        return 1
    return 0


def dump(folder: Path, only: Sequence[str], listed: str) -> int:
    """Start the servers one after the other and write what they list."""
    from toolsmell.sources.json import snapshot
    from toolsmell.sources.server.launch import Launch
    from toolsmell.sources.server.live import fetch

    folder.mkdir(parents=True, exist_ok=True)
    for entry in json.loads(SERVERS.read_text(encoding="utf-8"))[listed]:
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
