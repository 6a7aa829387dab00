"""All rewrites of a server at once: what they mend, and what speaks against them only next to one another.  Pure."""

from collections import Counter
from collections.abc import Mapping
from itertools import count
from typing import Final, NamedTuple

from toolsmell.evidence.claims import Objection, Proposal, Rewrite, Violation
from toolsmell.model import Finding, Severity
from toolsmell.rewrite.measure import NEAR, SLACK, Bench, objection_of
from toolsmell.rules.engine import check_server

ROUNDS: Final = 5
"""After so many, all that comes too near to another is left alone: each round reads the server anew."""
NO_BETTER: Final = "left alone: what could be added would not make it measurably better"
"""The reason of a text that no score rewards: it is proposed only if a rule no longer finds what it found."""


def together(bench: Bench, proposals: dict[int, Proposal]) -> dict[int, Proposal]:
    """Keep the rewrites that hold next to one another, and of those without a better score the ones that mend."""
    proposals = _mending(bench, proposals)
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
    """What speaks against a rewrite next to the others."""

    violation: Violation
    near: int | None = None
    """The tool that it comes too near to."""


def _outlasts(
    proposals: Mapping[int, Proposal], bad: Mapping[int, _Objection], index: int, objection: _Objection
) -> bool:
    """Say whether of two tools that come too near to one another this is the one that gains more: it may stay."""
    near = objection.near
    if near is None or near not in bad:
        return False
    return (_gain(proposals[index]), -index) > (_gain(proposals[near]), -near)


def _gain(proposal: Proposal) -> float:
    return proposal.proposed.measured.worth - proposal.original.worth if proposal.proposed else 0.0


def _rewrites(proposals: Mapping[int, Proposal]) -> dict[int, Rewrite]:
    return {i: p.proposed.rewrite for i, p in proposals.items() if p.proposed}


def _mending(bench: Bench, proposals: dict[int, Proposal]) -> dict[int, Proposal]:
    """Take back the texts that neither score higher nor mend a finding."""
    doubtful = {i: p for i, p in proposals.items() if p.proposed and p.reason == NO_BETTER}
    if not doubtful:
        return proposals
    after = check_server(bench.with_all(_rewrites(proposals)), bench.yardstick.rules)
    for index, proposal in doubtful.items():
        mended = _counted(bench.findings[index]) - _counted(after.tools[index])
        if mended and proposal.proposed:
            names = ", ".join(dict.fromkeys(id_ for id_, _ in mended))
            cost = proposal.proposed.measured.tokens - proposal.original.tokens
            proposals[index] = proposal._replace(reason=f"mends {names} for {cost:+d} tokens, and lowers nothing")
        else:
            proposals[index] = proposal._replace(proposed=None, unsafe=False)
    return proposals


def _counted(findings: list[Finding]) -> Counter[tuple[str, str]]:
    return Counter((f.id, f.pointer) for f in findings if f.severity is not Severity.NOTE)


def _objections(bench: Bench, rewrites: dict[int, Rewrite]) -> dict[int, _Objection]:
    after = bench.with_all(rewrites)
    rules = bench.yardstick.rules
    found = check_server(after, rules)
    bad: dict[int, _Objection] = {}
    for index in rewrites:
        known = Counter((f.id, f.pointer) for f in bench.findings[index])
        for finding in found.tools[index]:
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
