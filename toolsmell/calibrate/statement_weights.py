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
from toolsmell.reading.features import all_words
from toolsmell.reading.lexicon import SCHEMA
from toolsmell.reading.statement_kinds import Seen

Numbers = NDArray[np.float64]

KINDS: Final = tuple(kind.value for kind in StatementKind)
PENALTY: Final = 1.0
WORD_PENALTY: Final = 2.0
"""Words are many and each is rare, so their weights are kept smaller than those of cues."""
PENALTY_OF_MENTIONS: Final = 3.0
"""Mentions of parameters are few, so their weights are kept small."""
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
    penalty = np.array([WORD_PENALTY if name.startswith("word:") else PENALTY for name in names])
    rows, bias = [], []
    for kind in KINDS:
        target = np.array([example.says.get(kind, 0.0) for example in examples])
        known = np.array([0.0 if kind in example.unknown else example.weight for example in examples])
        weights, constant = _logistic(matrix, target, known, penalty)
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
        sorted(f for f, found in servers.items() if len(found) >= (WORD_SERVERS if f.startswith("word:") else SERVERS))
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
    weights: dict[str, list[list[float]]] = {}
    if model is not None:
        for column, name in enumerate(model.features):
            entry = _entry(name, model.weights[:, column])
            if entry:
                weights[name] = entry
    bias = (
        [0.0] * len(KINDS)
        if model is None
        else [round(float(b - t), 3) for b, t in zip(model.bias, limits, strict=True)]
    )
    return {
        "schema": SCHEMA,
        "kinds": list(KINDS),
        "bias": bias,
        "doubt": [round(float(d), 3) for d in doubt],
        "explains": explains,
        "phrases": trie(source["cues"]),
        "chinese": [[phrase, cue] for cue, text in source["chinese"].items() for phrase in text.split()],
        "verbs": dict(form for verb in source["verbs"].split() for form in forms(verb)),
        "headings": {word: section for section, text in source["headings"].items() for word in text.split()},
        "weights": weights,
    }


def _entry(name: str, column: Numbers) -> list[list[float]]:
    least = SMALLEST if name.startswith("word:") else SMALLEST / 3
    return [[kind, round(float(w), 2)] for kind, w in enumerate(column) if abs(w) >= least]


def trie(cues: Mapping[str, str]) -> dict[str, Json]:
    """Return phrases as nested mappings, word by word; under the empty word stand the cues of a phrase."""
    root: dict[str, Json] = {}
    for cue, text in cues.items():
        for phrase in text.split(","):
            for words in product(*(word.split("|") for word in phrase.split())):
                node = root
                for word in words:
                    node = node.setdefault(word, {})
                if words and cue not in node.setdefault("", []):
                    node[""].append(cue)
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
