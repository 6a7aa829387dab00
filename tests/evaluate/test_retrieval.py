"""Searches, and what they find."""

from collections.abc import Sequence
from typing import Any

import pytest

pytest.importorskip("numpy")
pytest.importorskip("bm25s")

import numpy as np

from tests.evaluate.tools import WEATHER, case, catalog, tool
from toolsmell.errors import UsageError
from toolsmell.evaluate.analysis import Analyser
from toolsmell.evaluate.retrieval import SearchResult, Setup, build, run
from toolsmell.evaluate.retrievers import Dense, Fused, Lexical
from toolsmell.evaluate.search_documents import DocumentForm, Expansion

CASES = (
    case("weather of the coming days", "forecast", line=1),
    case("weather measured at this moment", "observation", line=2),
    case("text a person", "send_message", line=3),
)


def letters(texts: Sequence[str], /) -> Any:
    """Embed a text as how often each letter comes."""
    return np.array([[text.lower().count(chr(97 + i)) for i in range(26)] for text in texts], np.float32)


def letters_of_three(texts: Sequence[str], /) -> Any:
    return letters(texts)[:, :3]


def found(setup: Setup, *tools: Any, cases: Sequence[Any] = CASES, **more: Any) -> list[SearchResult]:
    tools_there = catalog(*(tools or WEATHER))
    return list(run(build(tools_there, setup, **more), tools_there, cases))


@pytest.mark.parametrize("analyser", list(Analyser))
def test_words_find_their_tool(analyser: Analyser) -> None:
    assert [o.measures["recall@1"] for o in found(Setup(analyser=analyser))] == [1, 1, 1]


@pytest.mark.parametrize("method", ["dense", "hybrid"])
def test_vectors_find_their_tool(method: str) -> None:
    outcomes = found(Setup(DocumentForm.DESCRIPTION, method), embed=letters)
    assert [o.measures["recall@3"] for o in outcomes] == [1, 1, 1]
    assert outcomes[0].measures["recall@1"] == 1


def test_questions_find_their_tool() -> None:
    extra = [Expansion(questions=("umbrella or not?",)), Expansion(), Expansion()]
    asked = [case("umbrella", "forecast")]
    (plain,) = found(Setup(), cases=asked)
    (enriched,) = found(Setup(DocumentForm.TOOLSHED), cases=asked, expansions=extra)
    assert (plain.ranking.ranks, plain.ranking.first) == ((None,), None)
    assert (enriched.ranking.ranks, enriched.ranking.first) == ((1,), 0)


@pytest.mark.parametrize("form", [DocumentForm.TDWA, DocumentForm.TOOL2VEC])
def test_means_of_vectors(form: DocumentForm) -> None:
    extra = [Expansion(questions=("zzz", "zzzz")), Expansion(), Expansion()]
    (outcome,) = found(Setup(form, "dense"), embed=letters, expansions=extra, cases=[case("zz", "forecast")])
    assert outcome.ranking.ranks == (1,)


def test_a_case_without_a_right_tool_cannot_be_measured() -> None:
    assert found(Setup(), cases=[case("2+2")]) == []


def test_a_tool_that_does_not_exist_is_missed() -> None:
    (outcome,) = found(Setup(), cases=[case("weather", "forecast", "gone")])
    assert outcome.ranking.ranks[1] is None
    assert outcome.measures["completeness@10"] == 0


def test_no_place_in_the_list_is_favoured() -> None:
    """Each of four tools with the same text is first for about a quarter of the queries, in any order of the tools."""
    names = ("alpha", "beta", "gamma", "delta")
    cases = [case(f"plain {i}", "alpha") for i in range(400)]
    shares = []
    for order in (names, tuple(reversed(names))):
        tools = [tool(name, "plain text") for name in order]
        outcomes = found(Setup(DocumentForm.DESCRIPTION), *tools, cases=cases)
        shares.append([o.measures["recall@1"] for o in outcomes])
    assert 0.18 < sum(shares[0]) / 400 < 0.32
    assert shares[0] == shares[1], "the order of the list must not matter"


def test_ranks_agree_with_what_came_first() -> None:
    tools = [tool(f"t{i}", "same text") for i in range(5)]
    for outcome in found(Setup(), *tools, cases=[case(f"text {i}", f"t{i % 5}") for i in range(50)]):
        is_first = outcome.ranking.first == int(outcome.case.tools[0][1:])
        assert is_first == (outcome.ranking.ranks == (1,))


def test_empty_documents_are_never_found() -> None:
    assert (
        found(Setup(DocumentForm.DESCRIPTION), {"name": "x"}, {"name": "y"}, cases=[case("q", "x")])[0].ranking.first
        is None
    )
    dense = Dense(np.zeros((2, 3), np.float32), letters_of_three)
    assert np.isneginf(next(dense.scores(["q"]))).all()


def test_hostile_text_is_only_text() -> None:
    hostile = tool("x\udc80", "\ud800 \x00 " + "a" * 1_000_000, p="\u202e")
    (outcome,) = found(Setup(), hostile, *WEATHER, cases=[case("a" * 100_000 + "\udfff", "x\udc80")])
    assert outcome.ranking.ranks == (None,)


def test_fusion_adds_reciprocal_ranks() -> None:
    class Fixed:
        def __init__(self, *scores: float) -> None:
            self.row = np.array(scores, np.float32)

        def scores(self, queries: Sequence[str]) -> Any:
            return iter([self.row] * len(queries))

    fused = next(Fused([Fixed(3, 2, -np.inf, -np.inf), Fixed(1, 5, 5, -np.inf)]).scores(["q"]))
    assert fused[:3] == pytest.approx([1 / 61 + 1 / 63, 1 / 62 + 1 / 61, 1 / 61])
    assert np.isneginf(fused[3])


def test_lexical_scores_are_those_of_lucene() -> None:
    """BM25 by hand for one term: idf ln(1 + (N - n + .5) / (n + .5)), tf / (tf + 1.5 (.25 + .75 length / mean))."""
    from math import log

    scores = next(Lexical(["cat cat dog", "dog"], Analyser.PLAIN).scores(["cat"]))
    assert scores[0] == pytest.approx(log(1 + 1.5 / 1.5) * 2 / (2 + 1.5 * (0.25 + 0.75 * 3 / 2)), rel=1e-5)


@pytest.mark.parametrize(
    ("setup", "message"),
    [
        pytest.param(Setup(method="dense"), "needs an embedding model", id="no model"),
        pytest.param(Setup(DocumentForm.TDWA), "can only be searched with dense", id="a vector"),
        pytest.param(Setup(method="magic"), "no such method", id="method"),
    ],
)
def test_what_cannot_be_searched(setup: Setup, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        build(catalog(*WEATHER), setup)
