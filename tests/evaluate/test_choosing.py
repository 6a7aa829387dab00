"""Choosing among rewrites, the original being one of them."""

import pytest

pytest.importorskip("bm25s")

from tests.evaluate.tools import case, catalog, tool
from toolsmell.evaluate.catalog import Catalog
from toolsmell.evaluate.choosing import LEAST, choose
from toolsmell.evaluate.datasets import Case, split
from toolsmell.evaluate.stats import Effect
from toolsmell.evaluate.study import StudyPlan

TOPICS = [f"topic{chr(97 + i)}{chr(97 + j)}" for i in range(8) for j in range(8)]


def versions() -> tuple[Catalog, Catalog, Catalog]:
    """Return tools that say half of their topics, all of them, and none."""
    half = [tool(f"t{i}", f"Serves {topic}." if i % 2 else "Serves.") for i, topic in enumerate(TOPICS)]
    full = [tool(f"t{i}", f"Serves {topic}.") for i, topic in enumerate(TOPICS)]
    none = [tool(f"t{i}", "Serves.") for i in range(len(TOPICS))]
    return catalog(*half), catalog(*full), catalog(*none)


CASES: list[Case] = [
    case(f"about {topic} {n}", f"t{i}", line=2 * i + n) for i, topic in enumerate(TOPICS) for n in (1, 2)
]


def test_the_best_is_chosen_and_judged_by_other_cases() -> None:
    half, full, none = versions()
    found = choose(half, {"full": full, "none": none}, CASES, StudyPlan())
    assert found.name == "full"
    assert found.comparison is not None
    assert found.comparison.verdict_of("full") is Effect.BETTER
    assert (found.comparison.rows[0].difference.cases, found.comparison.unpaired) == (len(CASES) // 2, 0)


def test_the_original_stays_where_rewrites_are_worse() -> None:
    half, full, none = versions()
    found = choose(full, {"half": half, "none": none}, CASES, StudyPlan())
    assert (found.name, found.comparison) == (None, None)
    assert "worse" in found.reason


def test_what_was_best_by_luck_is_found_out() -> None:
    """A rewrite that serves the cases it is chosen by, and no others, is not kept."""
    cases = [case(f"about {topic}", f"t{i}", line=i + 1) for i, topic in enumerate(TOPICS)]
    lucky = {c.tools[0] for c in split(cases).choose}

    def serving(wanted: bool) -> Catalog:
        texts = (f"Serves {topic}." if (f"t{i}" in lucky) is wanted else "Serves." for i, topic in enumerate(TOPICS))
        return catalog(*(tool(f"t{i}", text) for i, text in enumerate(texts)))

    found = choose(serving(False), {"lucky": serving(True)}, cases, StudyPlan())
    assert found.name is None
    assert found.reason == "lucky measures worse than the original on cases it was not chosen by"


def test_no_difference_does_not_stand_in_the_way() -> None:
    _, full, _ = versions()
    found = choose(full, {"same": full}, CASES, StudyPlan())
    assert found.name == "same"
    assert "no difference found" in found.reason


def test_too_few_cases_decide_nothing() -> None:
    half, full, _ = versions()
    found = choose(half, {"full": full}, CASES[:LEAST], StudyPlan())
    assert (found.name, found.reason) == (None, "12 cases: too few to choose by, 24 are needed")
