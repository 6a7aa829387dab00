"""The scaffold writes a rule that runs, is documented, and passes the tests of every rule."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the parts of the project that the scaffold reads and the tests need."""
    for part in ("toolsmell", "fixtures/rules", "docs/rules", "docs/generate.py", "rubrics", "pyproject.toml"):
        target = tmp_path / part
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / part, target)
    return tmp_path


def _run(checkout: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=checkout,
        env={"PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_new_rule_is_seen_in_a_report(checkout: Path) -> None:
    made = _run(checkout, "-m", "toolsmell.rules.new", "description", "odd-verb")
    assert made.returncode == 0, made.stderr
    assert "wrote toolsmell/rules/description/odd_verb.py" in made.stdout
    assert {"odd-verb.yaml"} < {path.name for path in (checkout / "fixtures/rules").iterdir()}
    assert "# odd-verb" in (checkout / "docs/rules/odd-verb.md").read_text(encoding="utf-8")
    tools = checkout / "tools.json"
    tools.write_text('[{"name": "fix", "description": "Frobnicates it.", "inputSchema": {"type": "object"}}]')
    scan = _run(checkout, "-m", "toolsmell", "scan", str(tools), "--select", "odd-verb")
    assert "the description says 'frobnicates'" in scan.stdout, scan.stderr
    assert "replace 'frobnicates' by a common verb" in scan.stdout


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("descriptions", "odd-verb"), "no family 'descriptions'; families are annotations, "),
        (("description", "Odd"), "'Odd' is no id for a rule"),
        (("description", "../odd-verb"), "'../odd-verb' is no id for a rule"),
        (("cost", "missing-description"), "a rule 'missing-description' exists already"),
        (("description",), "usage: python -m toolsmell.rules.new FAMILY ID"),
    ],
)
def test_what_cannot_be_made_is_said(checkout: Path, arguments: tuple[str, ...], error: str) -> None:
    before = sorted(checkout.rglob("*.py"))
    made = _run(checkout, "-m", "toolsmell.rules.new", *arguments)
    assert made.returncode == 2
    assert error in made.stderr
    assert sorted(checkout.rglob("*.py")) == before


def test_the_families_of_the_project_can_be_extended(checkout: Path) -> None:
    for family in sorted(path.parent.name for path in (checkout / "toolsmell/rules").glob("*/__init__.py")):
        made = _run(checkout, "-m", "toolsmell.rules.new", family.replace("_", "-"), f"odd-{family.replace('_', '-')}")
        assert made.returncode == 0, made.stderr
    listed = _run(checkout, "-c", "from toolsmell.rules import BY_ID; print([i for i in BY_ID if i.startswith('odd')])")
    assert listed.stdout.count("odd-") == len(list((checkout / "toolsmell/rules").glob("*/__init__.py")))
