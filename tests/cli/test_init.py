"""`toolsmell init`: what it sees in a repository, and that what it writes works."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.commands import SERVER, toolsmell
from toolsmell.project.config import read
from toolsmell.version import __version__

ZIZMOR = shutil.which("zizmor") or shutil.which("zizmor", path=str(Path(sys.executable).parent))

FILES = ("toolsmell.toml", ".pre-commit-config.yaml", ".github/workflows/toolsmell.yml")


@pytest.mark.parametrize(
    ("files", "language", "command"),
    [
        ({"pyproject.toml": "[project.scripts]\nother = 'a:b'\nrooms-mcp = 'a:b'\n"}, "Python", ("rooms-mcp",)),
        (
            {"pyproject.toml": "[project.scripts]\nrooms = 'a:b'\n", "uv.lock": ""},
            "Python",
            ("uv", "run", "rooms"),
        ),
        ({"pyproject.toml": "[project]\nname = 'rooms'\n"}, "Python", ()),
        (
            {"pyproject.toml": "[tool.poetry.scripts]\nrooms = 'a:b'\n", "poetry.lock": ""},
            "Python",
            ("poetry", "run", "rooms"),
        ),
        ({"pyproject.toml": "", "src/rooms/__main__.py": ""}, "Python", ("python", "-m", "rooms")),
        ({"pyproject.toml": "", "a/__main__.py": "", "b/__main__.py": ""}, "Python", ()),
        ({"go.mod": "module rooms\n", "cmd/rooms/main.go": ""}, "Go", ("go", "run", "./cmd/rooms")),
        ({"pyproject.toml": "[project\n"}, "Python", ()),
        ({"package.json": '{"bin": {"rooms": "dist/index.js"}}'}, "JavaScript", ("node", "dist/index.js")),
        ({"package.json": '{"bin": "cli.js"}'}, "JavaScript", ("node", "cli.js")),
        ({"package.json": '{"main": "main.js"}'}, "JavaScript", ("node", "main.js")),
        ({"package.json": "[1]"}, "JavaScript", ()),
        ({"go.mod": "module rooms\n"}, "Go", ("go", "run", ".")),
        ({}, "unknown language", ()),
    ],
)
def test_it_sees_the_language_and_how_the_server_starts(
    tmp_path: Path, files: dict[str, str], language: str, command: tuple[str, ...]
) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    done = toolsmell("init", cwd=tmp_path)
    assert done.code == 0, done.stderr
    assert done.stdout.startswith(f"found: {language}")
    assert read(str(tmp_path / "toolsmell.toml")).server.command == command
    for name in FILES:
        text = (tmp_path / name).read_text()
        assert all(line.strip() in done.stdout for line in text.splitlines()), "what is written is shown"
    for name in FILES[1:]:
        YAML(typ="safe").load((tmp_path / name).read_text())


def test_it_starts_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "started"
    (tmp_path / "package.json").write_text(json.dumps({"bin": "x.js", "scripts": {"prepare": f"touch {mark}"}}))
    toolsmell("init", cwd=tmp_path)
    assert not mark.exists()


def test_it_replaces_nothing_unless_told_to(tmp_path: Path) -> None:
    path = tmp_path / ".pre-commit-config.yaml"
    path.write_text("repos: []\n")
    done = toolsmell("init", cwd=tmp_path)
    assert path.read_text() == "repos: []\n"
    assert "kept .pre-commit-config.yaml" in done.stdout
    assert "id: toolsmell" in done.stdout, "what would have been written is shown"
    toolsmell("init", "--force", cwd=tmp_path)
    assert "id: toolsmell" in path.read_text()


def test_it_writes_nothing_outside_of_the_folder(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (inside / ".github").symlink_to(outside)
    done = toolsmell("init", "inside", cwd=tmp_path)
    assert done.code == 2
    assert "leads out of inside" in done.stderr
    assert list(outside.iterdir()) == []


@pytest.mark.skipif(ZIZMOR is None, reason="needs zizmor")
def test_what_it_writes_passes_an_audit(tmp_path: Path) -> None:
    toolsmell("init", cwd=tmp_path)
    done = subprocess.run([str(ZIZMOR), "--offline", "--quiet", "."], cwd=tmp_path, check=False, capture_output=True)
    assert done.returncode == 0, done.stdout.decode()


def test_its_workflow_scans_as_the_action_does(tmp_path: Path) -> None:
    toolsmell("init", cwd=tmp_path)
    (tmp_path / "server.py").write_text(SERVER)
    workflow = YAML(typ="safe").load((tmp_path / FILES[2]).read_text())
    step = workflow["jobs"]["toolsmell"]["steps"][-1]
    assert step["run"] == f'pipx run "toolsmell=={__version__}" action'
    files = {name: str(tmp_path / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    done = toolsmell("action", cwd=tmp_path, env={**os.environ, **step["env"], **files, "RUNNER_TEMP": str(tmp_path)})
    assert done.code == 0
    assert "::warning file=server.py" in done.stdout
    assert "exit-code=0" in (tmp_path / "GITHUB_OUTPUT").read_text()
