"""Summaries of a survey's tables: shares of smells, scores, rules, tokens, names, near-duplicates, changes."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from toolsmell.survey.store import Store

RESAMPLES: Final = 1000
"""Bootstrap samples: whole servers are drawn, because tools of one server are alike."""
_BINS = 10
_TOP = 20
_SIMILAR = 0.8
"""Estimated Jaccard similarity of word triples from which two definitions are near-duplicates."""


class Share(NamedTuple):
    """A share of tools with its 95 % interval, by bootstrap over servers."""

    name: str
    tools: int
    share: float
    low: float
    high: float


class SharedName(NamedTuple):
    """A tool name that several servers use."""

    name: str
    servers: int
    definitions: int
    """Different definitions under this name: an agent that sees two of them must tell them apart."""


class SurveyChange(NamedTuple):
    """Differences from another survey."""

    servers_added: int
    servers_removed: int
    servers_changed: int
    overall_before: float | None
    overall_after: float | None


class SurveySummary(NamedTuple):
    """A survey in figures."""

    date: str | None
    rubric: str | None
    servers: int
    status: Mapping[str, int]
    tools: int
    smelly: Share
    smells: tuple[Share, ...]
    """By component, in the rubric's order."""
    overall: tuple[int, ...]
    """Tools by overall score, in ten bins from 0 to 100."""
    overall_mean: float | None
    tokens: Mapping[str, int]
    """Quartiles, 90th and 99th percentile and maximum of a tool's tokens."""
    rules: tuple[tuple[str, int, int], ...]
    """Rule, findings, servers; the most frequent first."""
    names: tuple[SharedName, ...]
    duplicates: tuple[tuple[str, ...], ...]
    """Groups of near-identical definitions under different names."""
    change: SurveyChange | None = None


def summarise(store: Store, before: Store | None = None) -> SurveySummary:
    """Read the tables of a survey and return its summary. Needs the extra `scale`."""
    runs = list(store.read("runs"))
    servers = list(store.read("servers", columns=("source", "server", "server_hash", "status", "overall")))
    tools = list(store.read("tools", columns=("source", "name", "definition", "tokens", "overall", "levels")))
    overall = [tool["overall"] for tool in tools if tool["overall"] is not None]
    smelly, smells = _shares(tools)
    return SurveySummary(
        date=runs[-1]["date"] if runs else None,
        rubric=runs[-1]["rubric"] if runs else None,
        servers=len(servers),
        status=dict(Counter(str(row["status"]) for row in servers)),
        tools=len(tools),
        smelly=smelly,
        smells=smells,
        overall=_binned(overall),
        overall_mean=round(sum(overall) / len(overall), 1) if overall else None,
        tokens=_quantiles([tool["tokens"] for tool in tools]),
        rules=_rules(store),
        names=_names(tools),
        duplicates=near_duplicates(store),
        change=_change(before, servers) if before else None,
    )


def _shares(tools: Sequence[Mapping[str, object]]) -> tuple[Share, tuple[Share, ...]]:
    """Return the share of smelly tools and of each component's smell, with intervals by server."""
    import numpy as np

    ordered = sorted(tools, key=lambda tool: str(tool["source"]))
    components: list[str] = list(json.loads(str(ordered[0]["levels"]))) if ordered else []
    names = ["any smell", *components]
    by_server = []
    for _, group in groupby(ordered, key=lambda tool: tool["source"]):
        levels = [json.loads(str(tool["levels"])) for tool in group]
        flags = [[(row.get(name) or 3) < 3 for name in components] for row in levels]
        by_server.append([len(levels), sum(any(row) for row in flags), *map(sum, zip(*flags, strict=True))])
    if not by_server:
        return Share("any smell", 0, 0.0, 0.0, 0.0), ()
    counts = np.array(by_server, dtype=float)
    totals = counts.sum(axis=0)
    generator = np.random.default_rng(0)
    drawn = generator.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), RESAMPLES) @ counts
    resampled = drawn[:, 1:] / drawn[:, :1]
    low, high = np.percentile(resampled, [2.5, 97.5], axis=0)
    made = [
        Share(name, int(totals[i + 1]), totals[i + 1] / totals[0], float(low[i]), float(high[i]))
        for i, name in enumerate(names)
    ]
    return made[0], tuple(made[1:])


def _binned(values: Iterable[float]) -> tuple[int, ...]:
    bins = [0] * _BINS
    for value in values:
        bins[min(_BINS - 1, int(value * _BINS / 100))] += 1
    return tuple(bins)


def _quantiles(values: list[int]) -> dict[str, int]:
    ordered = sorted(values)
    if not ordered:
        return {}
    at = {"25 %": 0.25, "median": 0.5, "75 %": 0.75, "90 %": 0.9, "99 %": 0.99, "largest": 1.0}
    return {name: ordered[min(len(ordered) - 1, int(share * len(ordered)))] for name, share in at.items()}


def _rules(store: Store) -> tuple[tuple[str, int, int], ...]:
    findings: Counter[str] = Counter()
    servers: dict[str, set[str]] = {}
    for row in store.read("findings", columns=("rule", "source")):
        findings[row["rule"]] += 1
        servers.setdefault(row["rule"], set()).add(row["source"])
    return tuple((rule, count, len(servers[rule])) for rule, count in findings.most_common())


def _names(tools: Iterable[Mapping[str, object]]) -> tuple[SharedName, ...]:
    """Return the names that most servers share under different definitions."""
    sources: dict[str, set[object]] = {}
    definitions: dict[str, set[object]] = {}
    for tool in tools:
        if isinstance(name := tool["name"], str):
            sources.setdefault(name, set()).add(tool["source"])
            definitions.setdefault(name, set()).add(tool["definition"])
    shared = [
        SharedName(name, len(sources[name]), len(definitions[name])) for name in sources if len(definitions[name]) > 1
    ]
    return tuple(sorted(shared, key=lambda n: (-n.servers, -n.definitions, n.name))[:_TOP])


def near_duplicates(store: Store, limit: int = _TOP) -> tuple[tuple[str, ...], ...]:
    """Return groups of definitions whose descriptions are nearly the same, by MinHash; the largest first.

    The estimate uses 64 permutations of word triples (Broder 1997); an identical definition counts once.
    """
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=_SIMILAR, num_perm=64)
    groups: dict[str, list[str]] = {}
    owner: dict[str, str] = {}
    seen: set[str] = set()
    for row in store.read("definitions", columns=("definition", "name", "description")):
        words = (row["description"] or "").lower().split()
        if row["definition"] in seen or len(words) < 8:
            continue
        seen.add(row["definition"])
        sketch = MinHash(num_perm=64)
        sketch.update_batch([" ".join(words[i : i + 3]).encode() for i in range(len(words) - 2)])
        near = index.query(sketch)
        group = owner[near[0]] if near else row["definition"]
        owner[row["definition"]] = group
        groups.setdefault(group, []).append(str(row["name"]))
        index.insert(row["definition"], sketch)
    several = [tuple(sorted(names)) for names in groups.values() if len(names) > 1]
    return tuple(sorted(several, key=lambda names: (-len(names), names))[:limit])


def _change(before: Store, after: Sequence[Mapping[str, object]]) -> SurveyChange:
    """Compare servers by their key: `server` names the same one in both surveys."""
    old = {row["server"]: row for row in before.read("servers", columns=("server", "server_hash", "overall"))}
    new = {str(row["server"]): row for row in after}
    both = old.keys() & new.keys()
    return SurveyChange(
        servers_added=len(new.keys() - old.keys()),
        servers_removed=len(old.keys() - new.keys()),
        servers_changed=sum(old[name]["server_hash"] != new[name]["server_hash"] for name in both),
        overall_before=_mean(old[name]["overall"] for name in both),
        overall_after=_mean(new[name]["overall"] for name in both),
    )


def _mean(values: Iterable[object]) -> float | None:
    known = [value for value in values if isinstance(value, int | float)]
    return round(sum(known) / len(known), 1) if known else None
