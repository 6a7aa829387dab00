"""Fits the weights of statement kinds to labelled sentences.

One logistic model a kind, fitted by penalised likelihood, over what `toolsmell.reading` sees in a sentence.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

from toolsmell.model import Json
from toolsmell.model.reading import StatementKind
from toolsmell.reading.conduct import TRAIT
from toolsmell.reading.features import all_words
from toolsmell.reading.lexicon import SCHEMA, UNIT
from toolsmell.reading.statement_kinds import Seen

Numbers = NDArray[np.float64]

KINDS: Final = tuple(kind.value for kind in StatementKind)
PENALTY: Final = 1.0
WORD_PENALTY: Final = 2.0
"""Words are many and each is rare, so their weights are kept smaller than those of cues."""
PENALTY_OF_MENTIONS: Final = 3.0
"""Mentions of parameters are few, so their weights are kept small."""
WORDS: Final = ("word:", "opens:")
"""How the names of features of words begin."""
MANY: Final = (*WORDS, TRAIT)
"""How the names of features begin that are many and rare each."""
PLACES: Final = ("is:first", "is:second", "first-new:", "fresh:")
"""How the names of features begin that tell where a sentence stands, or are there in some places only."""
SERVERS: Final = 2
WORD_SERVERS: Final = 4
"""A feature must occur in the texts of so many servers."""
SMALLEST: Final = 0.2
"""Weights of words below this are left out: they decide nothing."""


class Example(NamedTuple):
    """One labelled sentence."""

    server: str
    seen: Seen
    says: Mapping[str, float]
    """By kind, the share of readers who found it; others are 0."""
    unknown: frozenset[str] = frozenset()
    """Kinds that the label leaves open."""
    weight: float = 1.0


class Model(NamedTuple):
    """Weights by kind and feature."""

    features: tuple[str, ...]
    weights: Numbers
    """A row for each kind, a column for each feature."""
    bias: Numbers

    def predict(self, examples: Sequence[Example]) -> Numbers:
        """Return the log-odds of each kind: a row for each example."""
        return np.asarray(_matrix(examples, self.features) @ self.weights.T + self.bias)


def fit(examples: Sequence[Example]) -> Model:
    """Fit every kind to `examples`."""
    names = vocabulary(examples)
    matrix = _matrix(examples, names)
    penalty = np.array([WORD_PENALTY if name.startswith(MANY) else PENALTY for name in names])
    others = np.array([not name.startswith(TRAIT) for name in names])
    anywhere = np.array([not name.startswith(PLACES) for name in names])
    rows, bias = [], []
    for kind in KINDS:
        target = np.array([example.says.get(kind, 0.0) for example in examples])
        known = np.array([0.0 if kind in example.unknown else example.weight for example in examples])
        # Conduct tells orders from the rest, wherever they stand, and nothing about the other kinds.
        used = anywhere if kind == StatementKind.STEERING.value else others
        weights = np.zeros(len(names))
        weights[used], constant = _logistic(matrix[:, used], target, known, penalty[used])
        rows.append(weights)
        bias.append(constant)
    return Model(names, np.array(rows), np.array(bias))


def vocabulary(examples: Iterable[Example]) -> tuple[str, ...]:
    """Return the features that occur in the texts of enough servers."""
    servers: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        for feature in _features(example):
            servers[feature].add(example.server)
    return tuple(
        sorted(f for f, found in servers.items() if len(found) >= (WORD_SERVERS if f.startswith(WORDS) else SERVERS))
    )


def _features(example: Example) -> Iterator[str]:
    yield from example.seen.features
    yield from set(all_words(example.seen.tokens))


def _matrix(examples: Sequence[Example], names: Sequence[str]) -> Any:
    place = {name: i for i, name in enumerate(names)}
    rows, columns = [], []
    for row, example in enumerate(examples):
        found = [place[feature] for feature in _features(example) if feature in place]
        rows.extend([row] * len(found))
        columns.extend(found)
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(examples), len(names)))


def _logistic(matrix: Any, target: Numbers, known: Numbers, penalty: Numbers) -> tuple[Numbers, float]:
    size = matrix.shape[1]
    transposed = matrix.T.tocsr()

    def loss(values: Numbers) -> tuple[float, Numbers]:
        weights = values[:size]
        odds = matrix @ weights + values[size]
        cost = float((known * (np.logaddexp(0, odds) - target * odds)).sum() + 0.5 * (penalty * weights**2).sum())
        error = known * (expit(odds) - target)
        return cost, np.append(transposed @ error + penalty * weights, error.sum())

    begin = np.append(np.zeros(size), -2.0)
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return found.x[:size], float(found.x[size])


def logistic(names: Sequence[str], found: Sequence[Collection[str]], target: Numbers) -> dict[str, float]:
    """Fit one yes-or-no question to sets of features; the constant stands under the empty name."""
    place = {name: i for i, name in enumerate(names)}
    pairs = [(row, place[f]) for row, features in enumerate(found) for f in features if f in place]
    rows, columns = zip(*pairs, strict=True)
    matrix = csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(found), len(names)))
    weights, constant = _logistic(matrix, target, np.ones(len(found)), np.full(len(names), PENALTY_OF_MENTIONS))
    return {**{name: round(float(w), 3) for name, w in zip(names, weights, strict=True)}, "": round(constant, 3)}


def to_json(source: Json, model: Model | None, limits: Sequence[float], doubt: Sequence[float], explains: Json) -> Json:
    """Return the content of `statements.json`: the phrases of `source` (YAML) compiled, and the weights of `model`.

    `limits` are the log-odds from which on each kind counts as said: they move into the constants. `doubt` is
    measured from there.
    """
    table = _Table(model)
    phrases = _phrases(source["cues"])
    cues = sorted(set(phrases.values()))
    bias = [0.0] * len(KINDS) if model is None else [b - t for b, t in zip(model.bias, limits, strict=True)]
    return {
        "schema": SCHEMA,
        "kinds": list(KINDS),
        "bias": _written(round(float(b) * UNIT) for b in bias),
        "doubt": [round(float(d), 3) for d in doubt],
        "explains": explains,
        "phrases": trie({phrase: cues.index(found) for phrase, found in phrases.items()}),
        "cues": cues,
        "chinese": [[phrase, cue] for cue, text in source["chinese"].items() for phrase in text.split()],
        "verbs": dict(form for verb in source["verbs"].split() for form in forms(verb)),
        "headings": {word: section for section, text in source["headings"].items() for word in text.split()},
        "rows": [_written(row) for row in table.rows],
        "named": table.named,
        "grams": trie(table.grams),
        "openings": table.openings,
    }


def _written(row: Iterable[int]) -> str:
    """Return a row of weights as text: a scan parses only the rows that it needs."""
    return " ".join(map(str, row))


class _Table:
    """The weights of a model as a scan reads them: rows of hundredths, and the features that have them."""

    def __init__(self, model: Model | None) -> None:
        self.rows: list[list[int]] = []
        self.named: dict[str, int] = {}
        self.grams: dict[str, int] = {}
        self.openings: dict[str, int] = {}
        for column, name in enumerate(model.features if model else ()):
            row = _row(name, model.weights[:, column]) if model else []
            if any(row):
                self._add(name, row)

    def _add(self, name: str, row: list[int]) -> None:
        group, _, words = name.partition(":")
        place = len(self.rows)
        if group == "word":
            self.grams[words] = place
        elif group == "opens":
            self.openings[words] = place
        else:
            self.named[name] = place
        self.rows.append(row)


def _row(name: str, column: Numbers) -> list[int]:
    least = SMALLEST if name.startswith(WORDS) else SMALLEST / 3
    return [round(float(w) * UNIT) if abs(w) >= least else 0 for w in column]


def _phrases(cues: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return every phrase with its cues: `a|b c` is short for two phrases."""
    found: dict[str, list[str]] = defaultdict(list)
    for cue, text in cues.items():
        for phrase in text.split(","):
            for words in product(*(word.split("|") for word in phrase.split())):
                if words and cue not in found[" ".join(words)]:
                    found[" ".join(words)].append(cue)
    return {phrase: tuple(cues) for phrase, cues in found.items() if cues}


def trie(runs: Mapping[str, int]) -> dict[str, Json]:
    """Return runs of words nested word by word; one that others begin with has its number under the empty word."""
    root: dict[str, Json] = {}
    for run, number in runs.items():
        *before, last = run.split()
        node = root
        for word in before:
            if not isinstance(node.get(word, 0), dict):
                node[word] = {"": node[word]} if word in node else {}
            node = node[word]
        if isinstance(node.get(last), dict):
            node[last][""] = number
        else:
            node[last] = number
    return root


_DOUBLED: Final = frozenset("set stop drop log run reset cut get put commit transfer ship plan submit pin tag".split())
_IRREGULAR: Final = {
    "overwrite": "overwritten", "write": "written", "send": "sent", "set": "set", "reset": "reset", "sell": "sold",
    "buy": "bought", "pay": "paid", "spend": "spent", "shut": "shut", "rebuild": "rebuilt",
}  # fmt: skip


def forms(verb: str) -> Iterator[tuple[str, str]]:
    """Yield the forms of a verb: `save`, `saves`, `saved`, `saving`, each with its name."""
    stem = verb.removesuffix("e")
    soft = verb.endswith("y") and verb[-2] not in "aeou"
    if verb in _DOUBLED:
        stem = verb + verb[-1]
    yield verb, "base"
    yield (verb[:-1] + "ies" if soft else verb + ("es" if verb.endswith(("sh", "ch", "s", "x")) else "s")), "3s"
    yield _IRREGULAR.get(verb, verb[:-1] + "ied" if soft else stem + "ed"), "ed"
    yield stem + "ing", "ing"
