"""Proposals of the rewriter, measured with questions of users."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("bm25s")

from tests.evaluate.tools import case
from toolsmell import app
from toolsmell.evaluate.choice_by_cases import keep
from toolsmell.evaluate.datasets import Case
from toolsmell.evidence.claims import Rewrite
from toolsmell.evidence.proposals import Proposal, Variant, VariantKind
from toolsmell.model import Manifest, Provenance, Tool

WORDS = [
    f"{a}{b}" for a in ("moon", "rain", "book", "lamp") for b in ("stone", "field", "house", "river", "glass", "sand")
]
CASES = [
    case(f"{ask} {word}", f"t{i}", line=2 * i + n) for i, word in enumerate(WORDS) for n, ask in ((1, "of"), (2, "my"))
]


LEVEL = {"type": "string", "enum": ["low", "mid", "high"], "default": "mid"}


def tools(texts: list[str]) -> list[dict[str, Any]]:
    schema = {"type": "object", "properties": {"level": LEVEL}, "required": ["level"]}
    return [{"name": f"t{i}", "description": text, "inputSchema": schema} for i, text in enumerate(texts)]


def manifest(*texts: str) -> Manifest:
    return Manifest("desk", "x", Provenance.FILE, tuple(Tool(i, raw) for i, raw in enumerate(tools(list(texts)))))


def proposed(server: Manifest, *texts: str) -> list[Proposal]:
    """Return proposals with these texts instead of the rewriter's."""
    return [_with(p, text) for p, text in zip(app.augment(server), texts, strict=True)]


def _with(proposal: Proposal, text: str) -> Proposal:
    variant = Variant(VariantKind.FULL, (), Rewrite(text, {}, ()), proposal.original)
    return proposal._replace(proposed=variant, variants=(variant,))


GOOD = [f"Gets the {word} of a town at a level." for word in WORDS]
POOR = ["Gets a part of a town at a level." for _ in WORDS]


def test_a_rewrite_that_is_found_better_is_kept() -> None:
    server = manifest(*POOR)
    kept = keep(server, proposed(server, *GOOD), CASES)
    assert all(
        p.proposed and p.proposed.rewrite.description == text for p, text in zip(kept.proposals, GOOD, strict=True)
    )
    assert "better on cases it was not chosen by" in kept.reason


def test_a_rewrite_that_is_found_worse_is_not_proposed() -> None:
    server = manifest(*GOOD)
    kept = keep(server, proposed(server, *POOR), CASES)
    assert not any(p.proposed for p in kept.proposals)
    assert {p.reason for p in kept.proposals} == {
        "left alone: by the cases, every rewrite measures worse than the original"
    }


@pytest.mark.parametrize("cases", [[], CASES[:20]])
def test_too_few_cases_keep_the_original(cases: list[Case]) -> None:
    server = manifest(*POOR)
    kept = keep(server, proposed(server, *GOOD), cases)
    assert not any(p.proposed for p in kept.proposals)
    assert f"{len(cases)} cases: too few" in kept.reason


def test_the_kind_that_somebody_chose_stays() -> None:
    server = manifest(*POOR)
    first = proposed(server, *GOOD)
    (_, *_), reason = keep(server, first, CASES, kinds=())
    assert reason.startswith("proposed: ")


def test_where_nothing_is_proposed_nothing_is_measured() -> None:
    server = manifest(*POOR)
    left = [p._replace(proposed=None) for p in proposed(server, *GOOD)]
    assert keep(server, left, []) == (tuple(left), "there is nothing to choose from")


def test_from_the_command_line(tmp_path: Path) -> None:
    described = {"type": "object", "properties": {"level": {**LEVEL, "description": "Height over the sea"}}}
    teller = {"name": "teller", "description": "Tells a fortune", "inputSchema": described}
    (tmp_path / "tools.json").write_text(json.dumps({"tools": [*tools(POOR), teller]}))
    (tmp_path / "cases.jsonl").write_text(
        "".join(json.dumps({"query": c.query, "tools": c.tools}) + "\n" for c in CASES)
    )

    def augment(cases: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "toolsmell", "augment", "tools.json", "--cases", cases, "--format", "json"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    done = augment("cases.jsonl")
    assert done.returncode == 0, done.stderr
    assert "tools: " in done.stderr
    assert "on cases it was not chosen by" in done.stderr
    (tmp_path / "few.jsonl").write_text('{"query": "q", "tools": ["t0"]}\n')
    few = augment("few.jsonl")
    assert "1 case: too few to choose by, 24 are needed" in few.stderr
    assert not any(tool["proposed"] for tool in json.loads(few.stdout)["servers"][0]["tools"])
    assert augment("none.jsonl").returncode == 2
