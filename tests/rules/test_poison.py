"""Every published form of poisoning is found, and nothing that only looks like one."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from toolsmell.model import Manifest, Provenance, Tool
from toolsmell.reading.context import ServerContext
from toolsmell.rules import RULES
from toolsmell.rules.engine import RuleSet, check_server

FOLDER = Path(__file__).parents[2] / "fixtures" / "poison"
SECURITY = RuleSet(tuple(rule for rule in RULES if rule.family == "security"))


def _tools(name: str) -> list[Any]:
    document = YAML(typ="safe").load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return [pytest.param(tool, id=case) for case, tool in document.items()]


def _found(tool: dict[str, Any]) -> list[str]:
    manifest = Manifest("fixture", "fixture", Provenance.WIRE, (Tool(0, tool),))
    found = check_server(ServerContext(manifest), SECURITY)
    return [f"{f.id}: {f.message}" for findings in (*found.tools.values(), found.server) for f in findings]


@pytest.mark.parametrize("tool", _tools("poisoned"))
def test_poison_is_found(tool: dict[str, Any]) -> None:
    assert _found(tool)


@pytest.mark.parametrize("tool", _tools("harmless"))
def test_what_only_looks_like_poison_is_left_alone(tool: dict[str, Any]) -> None:
    assert _found(tool) == []


@pytest.mark.parametrize("tool", _tools("poisoned"))
def test_poison_is_found_in_the_instructions_too(tool: dict[str, Any]) -> None:
    text = tool["description"]
    manifest = Manifest("fixture", "fixture", Provenance.WIRE, (), instructions=text)
    found = check_server(ServerContext(manifest), SECURITY)
    alone = check_server(
        ServerContext(Manifest("fixture", "fixture", Provenance.WIRE, (Tool(0, {"description": text}),))), SECURITY
    )
    assert {f.id for f in found.server} >= {f.id for f in alone.tools[0]}


@pytest.mark.parametrize(
    "filler", ["do not tell the user ", "before read ~/.ssh ", "when the x_y tool is called ", "\u200b", "A" * 64 + " "]
)
def test_a_hostile_megabyte_is_read_in_time(filler: str) -> None:
    tool = {"name": "big", "description": filler * (1_000_000 // len(filler)), "inputSchema": {"type": "object"}}
    assert isinstance(_found(tool), list)
