"""Runs an evaluation: measures the tools before and after on the same cases."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from toolsmell.errors import SourceError
from toolsmell.evaluate.analysis import Analyser
from toolsmell.evaluate.catalog import Catalog, CheckedCases, check
from toolsmell.evaluate.comparison import HEADLINE, CaseId, CaseMeasures, VersionComparison, case_id, compare_all
from toolsmell.evaluate.confusion import Mistake, Neighbour, Shift, mistakes, neighbours, shifts
from toolsmell.evaluate.datasets import Case, split
from toolsmell.evaluate.expansion import from_examples
from toolsmell.evaluate.retrieval import SearchResult, Setup, build, run
from toolsmell.evaluate.retrievers import Embed
from toolsmell.evaluate.search_documents import NEEDS_EXPANSION, Expansion
from toolsmell.evaluate.tool_selection import TrialAnswer, ask, measured
from toolsmell.evaluate.trials import Mode, TrialMaker
from toolsmell.models.client import ChatModel

DEFAULT_SETUPS = (Setup(), Setup(analyser=Analyser.ENGLISH))
"""With and without stemming: a gain that depends on stemming is not much of a gain."""


class Selector(NamedTuple):
    """A model that selects tools."""

    model: ChatModel
    name: str
    modes: tuple[Mode, ...] = tuple(Mode)
    concurrency: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyPlan:
    """The measures to take."""

    setups: tuple[Setup, ...] = DEFAULT_SETUPS
    embed: Embed | None = None
    asking: Selector | None = None
    expand: Callable[[Catalog], Sequence[Expansion]] | None = None
    """Writes the expansions of enriched forms; None takes them from half of the cases, which are then not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The results of one version of the tools."""

    name: str
    catalog: Catalog
    checked: CheckedCases
    retrieval: tuple[CaseMeasures, ...]
    selection: tuple[CaseMeasures, ...]
    answers: tuple[TrialAnswer, ...]
    mistakes: tuple[Mistake, ...]
    """The mistakes of the first way of searching."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """The result of an evaluation."""

    after: Version
    before: Version | None = None
    comparison: VersionComparison | None = None
    """The comparison of retrieval and selection together."""
    neighbours: tuple[Neighbour, ...] = ()
    """Similar tools in the version after."""
    shifts: tuple[Shift, ...] = ()


def measure(
    name: str, catalog: Catalog, cases: Sequence[Case], plan: StudyPlan, reference: Catalog | None = None
) -> Version:
    """Measure one version. Siblings are looked up in `reference`, or in this version if it is None."""
    checked = check(cases, catalog)
    if not checked.cases:
        raise SourceError("no case can be measured: " + _first_problems(checked))
    found: list[CaseMeasures] = []
    first: list[SearchResult] = []
    for setup in plan.setups:
        outcomes = _retrieve(catalog, checked.cases, setup, plan)
        first = first or outcomes
        if outcomes:
            found.append(CaseMeasures(name, setup.label, {case_id(o.case): o.measures for o in outcomes}))
    answers = _select(catalog, checked.cases, plan.asking, reference) if plan.asking else ()
    if not found and not answers:
        raise SourceError("no case can be measured: a search is measured by cases that a tool fits, and there are none")
    return Version(
        name=name,
        catalog=catalog,
        checked=checked,
        retrieval=tuple(found),
        selection=tuple(measured(answers, name)),
        answers=answers,
        mistakes=mistakes(first, catalog),
    )


def study(after: Catalog, cases: Sequence[Case], plan: StudyPlan, before: Catalog | None = None) -> Study:
    """Measure `after` and, if there is a version before, compare the two."""
    old = measure("before", before, cases, plan) if before is not None else None
    new = measure("after", after, cases, plan, before)
    nearest = tuple(neighbours(after, build(after, Setup()))) if len(after) > 1 else ()
    if old is None:
        return Study(after=new, neighbours=nearest)
    return Study(
        after=new,
        before=old,
        comparison=compare_versions(old, [new]),
        neighbours=nearest,
        shifts=shifts(old.mistakes, new.mistakes),
    )


def compare_versions(before: Version, after: Sequence[Version]) -> VersionComparison:
    """Compare versions in all measures that both have, as one family of tests."""
    servers = servers_of(before)
    retrieval = compare_all(before.retrieval, [m for v in after for m in v.retrieval], HEADLINE, servers)
    if not before.selection:
        return retrieval
    selection = compare_all(before.selection, [m for v in after for m in v.selection], ("correct",), servers)
    return retrieval.joined(selection)


def servers_of(version: Version) -> Mapping[CaseId, str] | None:
    """Return the server of the first tool of each case; None if there is only one server."""
    catalog = version.catalog
    if len({entry.server for entry in catalog.entries}) < 2:
        return None
    return {
        case_id(case): catalog.server_of(case.tools[0]) if case.tools and case.tools[0] in catalog.position else ""
        for case in version.checked.cases
    }


def _retrieve(catalog: Catalog, cases: Sequence[Case], setup: Setup, plan: StudyPlan) -> list[SearchResult]:
    expansions: Sequence[Expansion] | None = None
    if setup.form in NEEDS_EXPANSION and plan.expand:
        expansions = plan.expand(catalog)
    elif setup.form in NEEDS_EXPANSION:
        examples, cases = split(cases)
        expansions = from_examples(catalog, examples)
    return list(run(build(catalog, setup, plan.embed, expansions), catalog, cases))


def _select(
    catalog: Catalog, cases: Sequence[Case], asking: Selector, reference: Catalog | None
) -> tuple[TrialAnswer, ...]:
    trials = TrialMaker(catalog, reference).trials(cases, asking.modes)
    return tuple(ask(trials, catalog, asking.model, asking.name, concurrency=asking.concurrency))


def _first_problems(checked: CheckedCases) -> str:
    shown = [f"line {p.line} {p.text}" for p in checked.problems[:3]]
    return "; ".join(shown) or "there are none"
