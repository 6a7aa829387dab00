"""Counts the real defects that toolsmell reports: by default, with all rules, or not at all.

    python benchmarks/defects.py [--data DIR] [--report FILE]

DIR holds `audit/defects.jsonl` (a tool a line, with every defect that a reader saw before any scan: kind and note) and
`audit/lists.jsonl` (a server a line, with its tools). A defect counts as found if a rule for its kind has a finding
about the tool; KINDS says which rules those are. A smell alone does not count. FILE is the JSON report of a scan of these
servers with `--judge --judge-all`: the tools with a verdict are then counted once more, with what the judge reports.
JUDGED says which kinds those findings may be about; whether one is about the very defect is for a reader to say.
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from toolsmell.model import Manifest, Provenance, Tool
from toolsmell.reading.context import ServerContext
from toolsmell.rules import BY_ID, RULES
from toolsmell.rules.engine import RuleSet, check_server

KINDS: Mapping[str, str] = {
    "return": "silent-result undescribed-output missing-output-schema",
    "side-effect": "unstated-effect unstated-cost denied-destruction read-only-hint-on-writer missing-annotations",
    "id-source": "unexplained-id",
    "token-waste": "stub-tool restated-schema wasted-white-space repeated-sentence shared-boilerplate tool-over-budget empty-words",
    "contradiction": "contradicted-enum contradicted-type contradicted-range contradicted-default contradicted-required",
    "annotations-wrong": "closed-world-hint denied-destruction read-only-hint-on-writer destructive-hint-on-reader conflicting-hints",
    "annotations-missing": "missing-annotations unannotated-tool",
    "sibling": "overlapping-tools near-identical-description identical-description confusable-names",
    "number-not-integer": "number-for-integer contradicted-type",
    "prerequisite": "missing-prerequisite",
    "required": "optional-id contradicted-required prose-only-required",
    "conditional-required": "contradicted-required prose-only-required",
    "default": "unexplained-pagination unbounded-limit prose-only-default",
    "default-prose": "prose-only-default",
    "default-invalid": "default-contradicts-schema",
    "enum-prose": "prose-only-enum",
    "range-prose": "prose-only-range",
    "undescribed-param": "undescribed-parameter parameter-name-restated placeholder-description",
    "undescribed-nested": "undescribed-parameter parameter-name-restated",
    "param-weak": "type-only-description parameter-name-restated copied-description",
    "unit": "unstated-index-base unitless-number mixed-units",
    "path": "ambiguous-path undescribed-parameter",
    "steering": "steering-description agent-instruction foreign-tool-instruction telemetry-parameter",
    "deep-nesting": "deep-nesting",
    "free-object": "free-form-object untyped-parameter",
    "tool-too-large": "tool-over-budget",
    "provider": "schema-unsupported-by-client unknown-format",
    "garbled": "garbled-text",
    "naming-params": "mixed-spelling mixed-naming",
}
"""By kind of defect: the rules that report it. Kinds that are not here need a reader."""


JUDGED: Mapping[str, str] = {
    "return": "judged-missing-result judged-missing-effect",
    "side-effect": "judged-missing-effect",
    "id-source": "judged-unknown-origin",
    "contradiction": "judged-contradiction",
    "number-not-integer": "judged-contradiction",
    "default-invalid": "judged-contradiction",
    "enum-prose": "judged-contradiction",
    "required": "judged-contradiction",
    "annotations-wrong": "judged-misleading-name",
    "sibling": "judged-unclear-choice",
    "prerequisite": "judged-missing-prerequisite",
    "conditional-required": "judged-missing-prerequisite",
    "free-object": "judged-missing-prerequisite",
    "default": "judged-missing-effect judged-unclear-value",
    "range-prose": "judged-contradiction",
    "undescribed-param": "judged-unknown-origin judged-unclear-value",
    "undescribed-nested": "judged-unknown-origin judged-unclear-value",
    "path": "judged-unknown-origin judged-unclear-value",
    "unit": "judged-unknown-origin judged-unclear-value",
    "steering": "judged-coercion",
}
"""By kind of defect: the findings of a judge that report it."""


def main() -> int:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--data", default=os.environ.get("TOOLSMELL_DATA"), help="folder with audit/defects.jsonl")
    made.add_argument("--report", type=Path, help="JSON report of a scan with a judge")
    options = made.parse_args()
    if not options.data:
        print("skipped: no data; name its folder with --data or TOOLSMELL_DATA", file=sys.stderr)
        return 0
    found = dict(reported(Path(options.data) / "audit" / "lists.jsonl"))
    print_table(Path(options.data) / "audit" / "defects.jsonl", found)
    if options.report:
        print_judged(Path(options.data) / "audit" / "defects.jsonl", dict(judged(options.report)))
    return 0


def judged(report: Path) -> Iterator[tuple[tuple[str, str], frozenset[str]]]:
    """Yield each tool with a verdict in a report, with the ids of its findings."""
    for server in json.loads(report.read_text(encoding="utf-8"))["servers"]:
        for tool in server["tools"]:
            if tool.get("judge", {}).get("standing") == "used":
                yield (server["name"] or server["key"], tool["name"]), frozenset(f["id"] for f in tool["findings"])


def print_judged(path: Path, found: Mapping[tuple[str, str], frozenset[str]]) -> None:
    """Print how many defects of the judged tools have a finding of a rule or of the judge."""
    defects = hits = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        key = (entry["server"], entry["tool"])
        for defect in entry["defects"] if key in found else ():
            able = f"{KINDS.get(defect['kind'], '')} {JUDGED.get(defect['kind'], '')}".split()
            defects, hits = defects + 1, hits + bool(found[key].intersection(able))
    print(f"\nwith the judge: {hits} of {defects} defects of {len(found)} tools have a finding of their kind")


def reported(path: Path) -> Iterator[tuple[tuple[str, str], frozenset[str]]]:
    """Yield each tool (server and name) with the ids of the rules that have a finding about it or its server."""
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        tools = tuple(Tool(i, raw) for i, raw in enumerate(entry["tools"]))
        manifest = Manifest(entry["server"], str(path), Provenance.WIRE, tools, name=entry["server"])
        result = check_server(ServerContext(manifest), RuleSet(RULES))
        everywhere = {finding.id for finding in result.server if not finding.members}
        by_tool = {tool.index: set(everywhere) for tool in tools}
        for index, findings in (*result.tools.items(), (None, result.server)):
            for finding in findings:
                for place in finding.members:
                    by_tool[place.index].add(finding.id)
                if index is not None:
                    by_tool[index].add(finding.id)
        for tool in tools:
            yield (entry["server"], tool.label), frozenset(by_tool[tool.index])


def print_table(path: Path, found: Mapping[tuple[str, str], frozenset[str]]) -> None:
    total: Counter[str] = Counter()
    default: Counter[str] = Counter()
    with_all: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        ids = found.get((entry["server"], entry.get("tool") or entry.get("name")), frozenset())
        for defect in entry.get("defects", ()):
            hits = ids.intersection(KINDS.get(defect["kind"], "").split())
            total[defect["kind"]] += 1
            with_all[defect["kind"]] += bool(hits)
            default[defect["kind"]] += any(BY_ID[id_].recommended for id_ in hits)
    print("| kind | defects | by default | with all rules | a rule can |\n|---|---:|---:|---:|---|")
    for kind, count in total.most_common():
        print(f"| {kind} | {count} | {default[kind]} | {with_all[kind]} | {'yes' if kind in KINDS else ''} |")
    able = [kind for kind in total if kind in KINDS]
    for label, kinds in (("all", list(total)), ("kinds that a rule can report", able)):
        n, d, a = (sum(counts[kind] for kind in kinds) for counts in (total, default, with_all))
        print(f"\n{label}: {n} defects, {d} by default ({d / n:.0%}), {a} with all rules ({a / n:.0%})")


if __name__ == "__main__":
    sys.exit(main())
