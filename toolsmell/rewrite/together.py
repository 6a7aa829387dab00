"""All rewrites of a server at once: what they mend, and what speaks against them only next to one another.  Pure."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from toolsmell.model import Finding, Severity
from toolsmell.rewrite.claims import Objection, Proposal, Rewrite, Violation
from toolsmell.rewrite.measure import NEAR, SLACK, Bench, objection_of
from toolsmell.rules.engine import check_server

ROUNDS: Final = 5
NO_BETTER: Final = "left alone: what could be added would not make it measurably better"
"""The reason of a text that no score rewards: it is proposed only if a rule no longer finds what it found."""


def together(bench: Bench, proposals: dict[int, Proposal]) -> dict[int, Proposal]:
    """Keep the rewrites that hold next to one another, and of those without a better score the ones that mend."""
    proposals = _mending(bench, proposals)
    for _ in range(ROUNDS):
        rewrites = _rewrites(proposals)
        bad = _objections(bench, rewrites) if rewrites else {}
        if not bad:
            break
        for index, violation in bad.items():
            proposals[index] = proposals[index]._replace(
                proposed=None,
                reason=f"left alone: {violation.objection} ({violation.detail})",
                refused=(*proposals[index].refused, violation),
            )
    return proposals


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


def _objections(bench: Bench, rewrites: dict[int, Rewrite]) -> dict[int, Violation]:
    after = bench.with_all(rewrites)
    rules = bench.yardstick.rules
    found = check_server(after, rules)
    bad: dict[int, Violation] = {}
    for index in rewrites:
        known = Counter((f.id, f.pointer) for f in bench.findings[index])
        for finding in found.tools[index]:
            known[finding.id, finding.pointer] -= 1
            if known[finding.id, finding.pointer] < 0:
                bad[index] = Violation(objection_of(finding.id, rules), f"{finding.id}: {finding.message}")
    nearer = Bench(after, bench.yardstick)
    for position, tool in enumerate(bench.server.tools):
        index = tool.tool.index
        if index in rewrites and index not in bad:
            was, now = bench.nearest(position), nearer.nearest(position)
            if now > max(was + SLACK, NEAR):
                bad[index] = Violation(
                    Objection.MORE_CONFUSABLE, f"next to the others' new texts ({was:.2f}, then {now:.2f})"
                )
    return bad
