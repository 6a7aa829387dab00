"""The public API, as another program calls it."""

import json
from pathlib import Path

import pytest

pytest.importorskip("bm25s")

from toolsmell import app
from toolsmell.errors import SourceError
from toolsmell.evaluate.datasets import Case, load_cases
from toolsmell.evaluate.stats import Verdict
from toolsmell.sources.options import TargetOptions
from toolsmell.sources.targets import manifests

WORDS = ("moon", "rain", "book", "lamp", "stone", "field", "house", "river", "glass", "sand")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    clear = [{"name": f"t{i}", "description": f"Serves requests about {word}."} for i, word in enumerate(WORDS)]
    vague = [{**tool, "description": "Serves requests."} for tool in clear]
    cases = [{"query": f"tell me of {word}", "tools": [f"t{i}"]} for i, word in enumerate(WORDS)]
    (tmp_path / "clear.json").write_text(json.dumps({"tools": clear}))
    (tmp_path / "vague.json").write_text(json.dumps({"tools": vague}))
    (tmp_path / "cases.jsonl").write_text("".join(json.dumps(case) + "\n" for case in cases))
    return tmp_path


def test_evaluate(folder: Path) -> None:
    clear, vague = (list(manifests([str(folder / f"{name}.json")], TargetOptions())) for name in ("clear", "vague"))
    cases = load_cases(folder / "cases.jsonl")
    found = app.evaluate(clear, cases, vague)
    assert found.comparison is not None
    assert found.comparison.verdict_of("after") is Verdict.BETTER
    alone = app.evaluate(iter(clear), iter(cases))
    assert (alone.before, alone.comparison) == (None, None)
    assert alone.after.retrieval[0].mean("recall@1") == 1
    with pytest.raises(SourceError, match="no case can be measured"):
        app.evaluate(clear, [Case(" ", ())])
