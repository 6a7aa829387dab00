"""Findings by rule, for people who read a whole run: what is wrong once is said once, with where."""

from collections.abc import Iterator
from typing import NamedTuple

from toolsmell.model import Severity
from toolsmell.reporters.parts.rows import FindingRow, Key, Shortlist


class RuleGroup(NamedTuple):
    """The findings of one rule."""

    rule: str
    severity: Severity
    """The gravest."""
    total: int
    worst: tuple[FindingRow, ...]
    """Some of them."""

    def by_message(self) -> dict[str, list[FindingRow]]:
        """Return the findings that are kept, by what they say."""
        found: dict[str, list[FindingRow]] = {}
        for row in self.worst:
            found.setdefault(row.finding.message, []).append(row)
        return found


class Groups:
    """Takes findings as they come, and keeps at most `limit` of each rule."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._rules: dict[str, Shortlist[FindingRow]] = {}

    def add(self, row: FindingRow) -> None:
        self._rules.setdefault(row.finding.id, Shortlist(self._limit)).add(row.badness, row)

    @property
    def total(self) -> int:
        return sum(rows.total for rows in self._rules.values())

    def __iter__(self) -> Iterator[RuleGroup]:
        """Yield the rules, that of the worst finding first."""
        groups = [self._group(rule) for rule in self._rules]
        return iter(sorted(groups, key=_badness))

    def _group(self, rule: str) -> RuleGroup:
        rows = self._rules[rule]
        worst = tuple(rows)
        return RuleGroup(rule, min((row.finding.severity for row in worst), key=lambda s: s.rank), rows.total, worst)


def _badness(group: RuleGroup) -> tuple[Key, int, str]:
    return group.worst[0].badness[:3], -group.total, group.rule
