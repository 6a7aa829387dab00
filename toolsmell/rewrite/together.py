"""Tries all rewrites of a server together: two new texts may be easy to confuse although neither was before."""

from collections import Counter
from collections.abc import Mapping
from itertools import count
from typing import Final, NamedTuple

from toolsmell.evidence.claims import Objection, Rewrite, Violation
from toolsmell.evidence.proposals import Proposal
from toolsmell.rewrite.measure import NEAR, SLACK, Bench, about_schema, objection_of
from toolsmell.rules.engine import check_server

ROUNDS: Final = 5
"""Limit of rounds, because each reads the server again. After it, every text that is too near to another is dropped."""


def together(bench: Bench, proposals: dict[int, Proposal]) -> dict[int, Proposal]:
    """Return the proposals without those that agents would confuse with another new text."""
    for round_ in count(1):
        bad = _objections(bench, rewrites) if (rewrites := _rewrites(proposals)) else {}
        taken = {i: why for i, why in bad.items() if round_ > ROUNDS or not _outlasts(proposals, bad, i, why)}
        if not taken:
            break
        for index, objection in taken.items():
            violation = objection.violation
            proposals[index] = proposals[index]._replace(
                proposed=None,
                reason=f"left alone: {violation.objection} ({violation.detail})",
                refused=(*proposals[index].refused, violation),
            )
    return proposals


class _Objection(NamedTuple):
    """An objection to a rewrite next to the others."""

    violation: Violation
    near: int | None = None
    """Index of the tool that it is too near to."""


def _outlasts(
    proposals: Mapping[int, Proposal], bad: Mapping[int, _Objection], index: int, objection: _Objection
) -> bool:
    """Return True if this is the one of two near tools that gains more: it may stay."""
    near = objection.near
    if near is None or near not in bad:
        return False
    return (_gain(proposals[index]), -index) > (_gain(proposals[near]), -near)


def _gain(proposal: Proposal) -> float:
    """Return how much more a proposal says than the original."""
    return float(len(proposal.proposed.checked.sentences)) if proposal.proposed else 0.0


def _rewrites(proposals: Mapping[int, Proposal]) -> dict[int, Rewrite]:
    return {i: p.proposed.rewrite for i, p in proposals.items() if p.proposed}


def _objections(bench: Bench, rewrites: dict[int, Rewrite]) -> dict[int, _Objection]:
    after = bench.with_all(rewrites)
    rules = bench.yardstick.rules
    found = check_server(after, rules)
    bad: dict[int, _Objection] = {}
    tools = {tool.tool.index: tool for tool in bench.server.tools}
    for index in rewrites:
        known = Counter((f.id, f.pointer) for f in bench.findings_of(tools[index]))
        for finding in found.tools[index]:
            if about_schema(finding.id):
                continue
            known[finding.id, finding.pointer] -= 1
            if known[finding.id, finding.pointer] < 0:
                why = Violation(objection_of(finding.id, rules), f"{finding.id}: {finding.message}")
                bad[index] = _Objection(why)
    nearer = Bench(after, bench.yardstick)
    for position, tool in enumerate(bench.server.tools):
        index = tool.tool.index
        if index in rewrites and index not in bad:
            (was, _), (now, which) = bench.nearest(position), nearer.nearest(position)
            if which is not None and now > max(was + SLACK, NEAR):
                words = f"next to the others' new texts ({was:.2f}, then {now:.2f})"
                near = after.tools[which].tool.index
                bad[index] = _Objection(Violation(Objection.MORE_CONFUSABLE, words), near)
    return bad
