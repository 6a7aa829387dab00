"""The plugin folder follows the published formats, and every command in it exists."""

import json
import re
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from toolsmell.cli import COMMANDS
from toolsmell.version import __version__

PLUGIN = Path(__file__).parents[2] / "plugin"
SKILL = PLUGIN / "skills" / "toolsmell" / "SKILL.md"


def parsed(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((PLUGIN / name).read_text(encoding="utf-8"))
    return document


def test_the_manifest_has_the_fields_of_agent_plugins_1_0() -> None:
    # https://agent-plugins.org/specification: `$schema` and `name` are required, no other field than these is allowed.
    manifest = parsed("plugin.json")
    allowed = "$schema name version description author homepage repository license keywords extensions".split()
    assert manifest.keys() <= set(allowed)
    assert manifest["$schema"] == "https://agent-plugins.org/schemas/1.0.0/plugin.schema.json"
    assert re.fullmatch(r"[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?", manifest["name"])
    assert manifest["author"].keys() <= {"name", "email", "url"}
    assert all(isinstance(word, str) for word in manifest["keywords"])
    assert manifest["version"] == __version__


def test_the_server_is_started_by_a_command_that_exists() -> None:
    servers = parsed("mcp.json")["mcpServers"]
    (server,) = servers.values()
    assert (server["type"], server["command"]) == ("stdio", "uvx")
    assert server["args"][:2] == ["toolsmell", "mcp"]


def test_the_skill_follows_the_format_of_agent_skills() -> None:
    # https://agentskills.io/specification: the name is that of the folder, the description says what and when.
    _, front, body = SKILL.read_text(encoding="utf-8").split("---\n", 2)
    fields = YAML(typ="safe").load(front)
    assert fields["name"] == SKILL.parent.name
    assert 0 < len(fields["description"]) <= 1024
    assert "Use when" in fields["description"]
    assert len(fields["compatibility"]) <= 500
    assert body.count("\n") < 300


def test_every_command_in_the_skill_exists() -> None:
    named = set(re.findall(r"`(?:uvx )?toolsmell ([a-z-]+)", SKILL.read_text(encoding="utf-8")))
    assert named
    assert named <= COMMANDS.keys()
