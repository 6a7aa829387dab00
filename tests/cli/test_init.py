"""`toolsmell init`: what it sees in a repository, and that what it writes works."""

import json
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.commands import toolsmell
from toolsmell.config import read

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
