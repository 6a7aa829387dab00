"""Divides tools into folds by server, so that no tool is scored by weights that were fitted to its server."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

FOLDS: Final = 10
REPEATS: Final = 5
"""Ways to divide the servers; the figures are means over them."""
SEED: Final = 20_260_301


def folds(servers: Sequence[str], number: int = FOLDS, repeats: int = REPEATS) -> list[NDArray[np.int64]]:
    """Return, for each repeat, the fold of each tool: servers are dealt at random, the largest first, to even folds."""
    sizes = Counter(servers)
    number = min(number, len(sizes))
    random = np.random.default_rng(SEED)
    found = []
    for _ in range(repeats):
        names = sorted(sizes)
        random.shuffle(names)
        load = [0] * number
        fold: dict[str, int] = {}
        for name in sorted(names, key=lambda name: -sizes[name]):
            fold[name] = min(range(number), key=load.__getitem__)
            load[fold[name]] += sizes[name]
        found.append(np.array([fold[server] for server in servers]))
    return found
