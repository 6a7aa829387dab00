"""Published sets, if they are installed: a BM25 on descriptions alone gives the published figures."""

import os
from pathlib import Path

import pytest

pytest.importorskip("bm25s")

from toolsmell.evaluate.analysis import Analyser
from toolsmell.evaluate.catalog import Catalog, check
from toolsmell.evaluate.retrieval import Setup, build, run
from toolsmell.evaluate.search_documents import DocumentForm
from toolsmell.evaluate.sets import load_retrieval

DATA = os.environ.get("TOOLSMELL_DATA")
pytestmark = pytest.mark.skipif(not DATA, reason="TOOLSMELL_DATA names no folder with the published sets")
QUICK = Setup(DocumentForm.DESCRIPTION, "bm25", Analyser.PLAIN)


def mean(tools: Catalog, folder: str, measure: str) -> float:
    cases = check(load_retrieval(Path(str(DATA), "retrieval", folder)).cases, tools).cases
    found = [outcome.measures[measure] for outcome in run(build(tools, QUICK), tools, cases)]
    return sum(found) / len(found)


def test_azure() -> None:
    tools = load_retrieval(Path(str(DATA), "retrieval", "azure")).tools
    assert mean(tools, "azure", "recall@1") == pytest.approx(0.71, abs=0.03)


def test_tmdb_before_and_after_a_rewrite() -> None:
    data = load_retrieval(Path(str(DATA), "retrieval", "tmdb"))
    assert mean(data.tools, "tmdb", "recall@5") == pytest.approx(0.25, abs=0.02)
    assert mean(data.variants["draft"], "tmdb", "recall@5") == pytest.approx(0.45, abs=0.03)
