"""Measures the reading of sentences: statement kinds, explained parameters, denials, deletions, steering, padding.

    python benchmarks/reading.py --data DIR [--fit]

DIR (or TOOLSMELL_DATA) holds the texts; the labels of two independent readers stand, by fingerprint, in
`benchmarks/labels`. Everything is measured on servers that the weights were not fitted to: the servers are divided in
two halves by the hash of their name, weights are fitted to one half and tested on the other. `--fit` writes
`rubrics/statements.json`, fitted to both halves. Needs the extra `eval`.
"""

import argparse
import json
import os
import sys

os.environ.setdefault("OMP_NUM_THREADS", "1")  # The matrices are small: more threads only wait for each other.

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from ruamel.yaml import YAML

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import reading_data as data
from benchmarks.reading_data import Labelled
from toolsmell.calibrate import statement_weights as fitting
from toolsmell.calibrate.statement_weights import KINDS, Example, Model
from toolsmell.model.reading import StatementKind
from toolsmell.reading import explaining
from toolsmell.reading.description_reader import observed
from toolsmell.reading.lexicon import Lexicon, from_data

RUBRICS: Final = Path(__file__).parent.parent / "rubrics"
FOLDS: Final = 4
SHRINK: Final = 0.8
"""The limit of one kind rests on few tools, so it is drawn this far to the limit that is best for all."""
EVEN: Final = 0.0
"""A sentence is an order from even odds on: the limits of the other kinds are low, so as to overlook no statement."""
DENIALS: Final = 0.01
FLAT: Final = 0.005
"""A difference of F1 that means nothing."""


class Figures(NamedTuple):
    """Counts of one kind over tools."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Figures") -> "Figures":  # type: ignore[override]
        return Figures(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def source() -> dict[str, object]:
    """Return the phrases that people edit."""
    return dict(YAML(typ="safe", pure=True).load((RUBRICS / "statements.yaml").read_text(encoding="utf-8")))


def bare() -> Lexicon:
    """Return the lexicon without weights."""
    return from_data(fitting.to_json(source(), None, [0.0] * len(KINDS), [0.0] * len(KINDS), {}))


class Fitted(NamedTuple):
    """Weights, and from where on a kind is said or doubted."""

    model: Model
    limits: Sequence[float]
    doubt: Sequence[float]
    explains: Mapping[str, float]

    def lexicon(self) -> Lexicon:
        return from_data(self.content())

    def content(self) -> dict[str, object]:
        return dict(fitting.to_json(source(), self.model, self.limits, self.doubt, dict(self.explains)))


def fitted(tools: Sequence[Labelled], others: Sequence[Example], more: Sequence[Labelled] = ()) -> Fitted:
    """Fit kinds to labelled tools and single sentences, then the parameters that are explained.

    `more` are tools that one reader labelled: they are fitted to, but set no limits.
    """
    words = bare()
    every = [*tools, *more]
    found = [example for _, example, _ in data.examples(every, words)]
    model = fitting.fit([*found, *others])
    best = _by_tool(every, _crossed(found, others))[: len(tools)]
    truth = np.array([[kind in labels.says(labels.first) for kind in KINDS] for labels in tools])
    common = _limit(best, truth)
    limits = [SHRINK * common + (1 - SHRINK) * _limit(best[:, k], truth[:, k]) for k in range(len(KINDS))]
    limits[KINDS.index(StatementKind.STEERING.value)] = EVEN
    doubt = [_doubt(best[:, k] - limits[k], truth[:, k]) for k in range(len(KINDS))]
    partial = Fitted(model, limits, doubt, {})
    return partial._replace(explains=_explains(tools, more, partial.lexicon()))


def _crossed(found: Sequence[Example], others: Sequence[Example]) -> np.ndarray:
    """Return the log-odds of each kind by weights that were fitted without the server of a sentence."""
    servers = sorted({example.server for example in found})
    fold = {server: i % FOLDS for i, server in enumerate(servers)}
    odds = np.zeros((len(found), len(KINDS)))
    for held in range(FOLDS):
        inside = [i for i, example in enumerate(found) if fold[example.server] == held]
        rest = [example for example in (*found, *others) if fold.get(example.server) != held]
        if inside:
            odds[inside] = fitting.fit(rest).predict([found[i] for i in inside])
    return odds


def _by_tool(tools: Sequence[Labelled], odds: np.ndarray) -> np.ndarray:
    best = np.full((len(tools), len(KINDS)), -9.0)
    at = 0
    for number, labels in enumerate(tools):
        size = len(labels.tool.sentences)
        if size:
            best[number] = odds[at : at + size].max(axis=0)
        at += size
    return best


def _limit(best: np.ndarray, truth: np.ndarray) -> float:
    """Return the log-odds from which on tools have the kind, by F1."""
    tried = np.linspace(-3, 2.5, 56)
    scores = [2 * (truth & (best > t)).sum() / max(1, truth.sum() + (best > t).sum()) for t in tried]
    return float(tried[int(np.argmax(scores))])


def _doubt(best: np.ndarray, truth: np.ndarray) -> float:
    """Return the log-odds, measured from the limit, under which few tools have the kind."""
    for value in np.linspace(0, -6, 61):
        denied = best < value
        if (denied & truth).sum() <= DENIALS / 5 * max(1, denied.sum()):
            return float(value)
    return -6.0


def _explains(tools: Sequence[Labelled], more: Sequence[Labelled], words: Lexicon) -> dict[str, float]:
    found, target = [], []
    servers: dict[str, set[str]] = defaultdict(set)
    for labels in (*tools, *more):
        if labels.quoted:
            continue
        for seen, _, explained in data.examples([labels], words):
            for mention in seen.mentions:
                found.append(mention.features)
                target.append(float(mention.name in explained))
                for feature in mention.features:
                    servers[feature].add(labels.server)
    names = sorted(feature for feature, where in servers.items() if len(where) >= fitting.WORD_SERVERS)
    weights = fitting.logistic(names, found, np.array(target))

    def f1(shift: float) -> float:
        return parameters(tools, words._replace(explains={**weights, "": weights[""] + shift})).f1

    tried = {shift: f1(shift) for shift in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4)}
    # Where F1 hardly changes, rather take a parameter for explained than ask for an explanation that is there.
    best = max(shift for shift, value in tried.items() if value >= max(tried.values()) - FLAT)
    # Plain words that only may mean a parameter get no such lead: most of them mean a thing.
    meant = {way: round(weights.get(way, 0.0) - best, 3) for way in explaining.IMPLICIT}
    return {**weights, **meant, "": round(weights[""] + best, 3)}


def by_kind(tools: Sequence[Labelled], words: Lexicon) -> dict[str, Figures]:
    """Count, over tools, which kinds were read that the first reader saw."""
    found = dict.fromkeys(KINDS, Figures())
    for labels in tools:
        said = {kind.value for seen in observed(labels.tool, words) for kind in seen.says}
        for kind, figures in compared(said, labels.says(labels.first)).items():
            found[kind] += figures
    return found


def compared(said: set[str] | frozenset[str], truth: frozenset[str]) -> dict[str, Figures]:
    return {
        k: Figures(int(k in said and k in truth), int(k in said and k not in truth), int(k not in said and k in truth))
        for k in KINDS
    }


def parameters(tools: Sequence[Labelled], words: Lexicon) -> Figures:
    """Count, over tools, which parameters were read as explained."""
    total = Figures()
    for labels in tools:
        known = {p.name for p in labels.tool.parameters}
        truth = labels.parameters(labels.first) & known
        said = {
            name
            for seen in observed(labels.tool, words)
            for name in explaining.explained(seen.mentions, words.explains)
        }
        total += Figures(len(said & truth), len(said - truth), len(truth - said))
    return total


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default=os.environ.get("TOOLSMELL_DATA"))
    parser.add_argument("--fit", action="store_true", help="fit to both halves and write rubrics/statements.json")
    options = parser.parse_args()
    if not options.data:
        print("skipped: name the data by --data or TOOLSMELL_DATA", file=sys.stderr)
        return 0
    known = data.texts(Path(options.data))
    tools = data.labelled(Path(options.data), known)
    words = bare()
    more = data.one_reader(known)
    others = [*data.written(words), *data.written_tools(words), *data.beheaded([*tools, *more], words)]
    if options.fit:
        content = fitted(tools, others, more).content()
        target = RUBRICS / "statements.json"
        target.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print("\n".join(report(tools, others, more)))
    print("\n".join(third(tools, known)))
    return 0


def report(tools: Sequence[Labelled], others: Sequence[Example], more: Sequence[Labelled]) -> Iterator[str]:
    """Yield the tables: fitted to one half of the servers, measured on the other."""
    near = [labels for labels in tools if data.half(labels.server) == 0]
    far = [labels for labels in tools if data.half(labels.server) == 1]
    beside = [e for e in others if e.server.startswith(data.WRITTEN) or data.half(e.server) == 0]
    words = fitted(near, beside, [labels for labels in more if data.half(labels.server) == 0]).lexicon()
    read = by_kind(far, words)
    readers = [labels for labels in tools if not labels.quoted]
    agreed = dict.fromkeys(KINDS, Figures())
    for labels in readers:
        for kind, figures in compared(labels.says(labels.second), labels.says(labels.first)).items():
            agreed[kind] += figures
    yield f"| kind | tools ({len(far)} held out) | precision | recall | F1 | F1 of two readers ({len(readers)}) |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for kind in KINDS:
        f = read[kind]
        yield f"| {kind} | {f.right + f.missed} | {f.precision:.2f} | {f.recall:.2f} | {f.f1:.2f} | {agreed[kind].f1:.2f} |"
    total, both = sum(read.values(), Figures()), sum(agreed.values(), Figures())
    yield f"| all | {total.right + total.missed} | {total.precision:.2f} | {total.recall:.2f} | {total.f1:.2f} | {both.f1:.2f} |"
    explained = parameters(far, words)
    same = sum(
        (
            Figures(len(a & b), len(a - b), len(b - a))
            for a, b in ((t.parameters(t.second), t.parameters(t.first)) for t in readers)
        ),
        Figures(),
    )
    yield (
        f"| parameters explained | {explained.right + explained.missed} | {explained.precision:.2f} "
        f"| {explained.recall:.2f} | {explained.f1:.2f} | {same.f1:.2f} |"
    )


def third(tools: Sequence[Labelled], known: data.Texts) -> Iterator[str]:
    """Yield how a reader who knew only the definitions agrees with the labels."""
    read = data.third_reader(known)
    for quoted, whose in ((True, "the reader of `audit/says.jsonl`"), (False, "the first of two readers")):
        kinds, explained, number = Figures(), Figures(), 0
        for labels in tools:
            tool = labels.tool.tool
            found = read.get(data.fingerprint(labels.server, tool.name or "", tool.description or ""))
            if found is None or labels.quoted is not quoted:
                continue
            names = {parameter.name for parameter in labels.tool.parameters}
            ours, truth = found[1] & names, labels.parameters(labels.first) & names
            kinds += sum(compared(found[0], labels.says(labels.first)).values(), Figures())
            explained += Figures(len(ours & truth), len(ours - truth), len(truth - ours))
            number += 1
        yield f"a third reader with {whose}, {number} tools: all {kinds.f1:.2f}, parameters {explained.f1:.2f}"


if __name__ == "__main__":
    sys.exit(main())
