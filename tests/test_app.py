"""The public API, as another program calls it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("bm25s")

import toolsmell
from toolsmell import app
from toolsmell.errors import SourceError
from toolsmell.evaluate.datasets import Case, load_cases
from toolsmell.evaluate.stats import Effect
from toolsmell.model import Provenance, Status
from toolsmell.sources.options import TargetOptions
from toolsmell.sources.targets import manifests

ACTING = Path(__file__).parent.parent / "fixtures" / "servers" / "acting.py"
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
    assert found.comparison.verdict_of("after") is Effect.BETTER
    alone = app.evaluate(iter(clear), iter(cases))
    assert (alone.before, alone.comparison) == (None, None)
    assert alone.after.retrieval[0].mean("recall@1") == 1
    with pytest.raises(SourceError, match="no case can be measured"):
        app.evaluate(clear, [Case(" ", ())])


def test_the_public_names_read_and_scan(folder: Path) -> None:
    (report,) = toolsmell.scan(toolsmell.read(str(folder / "clear.json")))
    assert [tool.name for tool in report.tools] == [f"t{i}" for i in range(len(WORDS))]


def test_read_takes_paths_and_commands_and_reports_what_cannot_be_read(folder: Path) -> None:
    missing, server = toolsmell.read(folder / "none.json", [sys.executable, str(ACTING)])
    assert missing.status is Status.FAILED
    assert missing.error is not None
    assert "none.json" in missing.error
    assert server.provenance is Provenance.WIRE
    assert server.tools


def test_augment_proposes_for_each_tool(folder: Path) -> None:
    (manifest,) = toolsmell.read(str(folder / "clear.json"))
    names = [proposal.name for proposal in toolsmell.augment(manifest)]
    assert names == [f"t{i}" for i in range(len(WORDS))]


def test_every_public_name_exists_and_importing_loads_nothing_else() -> None:
    assert all(hasattr(toolsmell, name) for name in dir(toolsmell))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = toolsmell.nothing
    code = "import sys, toolsmell; print(sorted(m for m in sys.modules if m.startswith('toolsmell')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['toolsmell', 'toolsmell.version']"
