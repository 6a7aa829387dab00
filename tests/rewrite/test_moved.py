"""What tools share moves to the server's instructions, and nothing that any of them said is lost."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.rewrite.scripted import run

ONLY = "Works within the harbour of the ship only."
LATE = "Answers may be up to ten minutes old."


def _tool(name: str, *sentences: str) -> dict[str, Any]:
    return {
        "name": name,
        "description": " ".join((f"Does {name} work.", *sentences)),
        "inputSchema": {"type": "object"},
    }


TOOLS = [
    _tool("tide", ONLY, LATE),
    _tool("berths", ONLY, LATE),
    _tool("pilots", ONLY),
    _tool("gates", ONLY, LATE, "Gates open at six."),
]


def _write(folder: Path, **more: Any) -> Path:
    path = folder / "tools.json"
    path.write_text(json.dumps({"tools": TOOLS, **more}, indent=2), encoding="utf-8")
    return path


def test_shared_sentences_are_said_once_and_verify_finds_nothing_lost(tmp_path: Path) -> None:
    path = _write(tmp_path, instructions="Tools of a harbour.")
    before = tmp_path / "before.json"
    before.write_bytes(path.read_bytes())
    done = run(tmp_path, "augment", "tools.json", "--move-shared", "--apply", "--format", "json")
    assert done.returncode == 0, done.stderr
    (server,) = json.loads(done.stdout)["servers"]
    after = json.loads(path.read_text(encoding="utf-8"))
    assert after["instructions"] == f"Tools of a harbour.\nAll tools: {ONLY}\nAll tools but `pilots`: {LATE}"
    told = {tool["name"]: tool["description"] for tool in after["tools"]}
    assert told == {
        "tide": "Does tide work.",
        "berths": "Does berths work.",
        "pilots": "Does pilots work.",
        "gates": "Does gates work. Gates open at six.",
    }
    assert server["moved"]["tokens"] < 0
    assert run(tmp_path, "verify", "before.json", "tools.json").returncode == 0


def test_what_is_neither_in_the_tools_nor_in_the_instructions_is_lost(tmp_path: Path) -> None:
    before = _write(tmp_path, instructions="Tools of a harbour.")
    (tmp_path / "before.json").write_bytes(before.read_bytes())
    bare = [{**tool, "description": f"Does {tool['name']} work."} for tool in TOOLS]
    before.write_text(json.dumps({"tools": bare, "instructions": "Tools of a harbour."}), encoding="utf-8")
    done = run(tmp_path, "verify", "before.json", "tools.json", "--format", "json")
    assert done.returncode == 1
    assert ONLY in done.stdout


@pytest.mark.parametrize(
    ("sentence", "more"),
    [
        pytest.param(ONLY, {}, id="no instructions"),
        pytest.param("This tool works within the harbour only.", {"instructions": "A harbour."}, id="about itself"),
        pytest.param("It works within the harbour of the ship.", {"instructions": "A harbour."}, id="about what was said"),
        pytest.param("You must always call this first, whatever is asked.", {"instructions": "A harbour."}, id="an order"),
    ],
)  # fmt: skip
def test_what_cannot_stand_alone_or_has_no_place_stays(tmp_path: Path, sentence: str, more: dict[str, Any]) -> None:
    tools = [_tool(name, sentence) for name in ("tide", "berths", "pilots", "gates")]
    (tmp_path / "tools.json").write_text(json.dumps({"tools": tools, **more}), encoding="utf-8")
    done = run(tmp_path, "augment", "tools.json", "--move-shared", "--format", "json")
    (server,) = json.loads(done.stdout)["servers"]
    assert server["moved"] is None
    assert "nothing is moved to the instructions" in done.stderr
    assert all(sentence in tool["original"]["description"] and not tool["proposed"] for tool in server["tools"])


def test_source_code_gets_the_instructions_too(tmp_path: Path) -> None:
    made = "\n".join(
        f'@server.tool()\ndef {name}() -> str:\n    """Does {name} work. {ONLY}"""\n    return ""\n'
        for name in ("tide", "berths", "pilots")
    )
    source = f'from mcp.server.fastmcp import FastMCP\n\nserver = FastMCP("harbour", instructions="Tools of a harbour.")\n\n{made}'
    (tmp_path / "server.py").write_text(source, encoding="utf-8")
    done = run(tmp_path, "augment", "server.py", "--move-shared", "--apply")
    assert done.returncode == 0, done.stderr
    after = (tmp_path / "server.py").read_text(encoding="utf-8")
    assert after.count(ONLY) == 1
    assert f"All tools: {ONLY}" in after


@pytest.mark.parametrize("option", [("--tool", "tide"), ("--interactive",), ("--overrides", "mcp.json")])
def test_a_move_is_about_all_tools(tmp_path: Path, option: tuple[str, ...]) -> None:
    _write(tmp_path, instructions="Tools of a harbour.")
    done = run(tmp_path, "augment", "tools.json", "--move-shared", *option)
    assert done.returncode == 2
    assert "--move-shared is about all tools" in done.stderr
