"""The package works outside of its repository: as a wheel, from a source distribution, and in place."""

import json
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

TOOLS = {"tools": [{"name": "add", "description": "Adds two numbers.", "inputSchema": {"type": "object"}}]}


def run(*args: str | Path, cwd: Path) -> str:
    done = subprocess.run([str(a) for a in args], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build both distributions, as a release would: the wheel from the source distribution."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.mark.parametrize("pattern", ["*.whl", "*.tar.gz"])
def test_distribution_in_a_clean_environment(built: Path, tmp_path: Path, pattern: str) -> None:
    (distribution,) = built.glob(pattern)
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", distribution, cwd=tmp_path)
    (tmp_path / "tools.json").write_text(json.dumps(TOOLS))
    toolsmell = tmp_path / "venv" / "bin" / "toolsmell"
    report = json.loads(run(toolsmell, "scan", "tools.json", "--format", "json", cwd=tmp_path))
    assert report["rubric"]["id"] == "six-components"
    assert report["servers"][0]["tools"][0]["overall"] is not None
    assert "undescribed-parameter" in run(toolsmell, "rules", cwd=tmp_path)
    assert "## Why it matters" in run(toolsmell, "explain", "undescribed-parameter", cwd=tmp_path)


def test_wheel_holds_what_it_needs_and_nothing_else(built: Path) -> None:
    import zipfile

    (wheel,) = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"toolsmell"}
    assert "toolsmell/py.typed" in names
    assert "toolsmell/rubrics/six-components.json" in names
    assert "toolsmell/rubrics/six-components.yaml" in names
    assert "toolsmell/reporters/parts/report-v1.schema.json" in names
