"""Every case of `fixtures/rules`, run with its rule alone: exact pointers, and nothing else."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.examples import expanded
from tests.subjects import OF_LISTS, coded, found_in
from toolsmell.model import Manifest, Place, Provenance, Tool
from toolsmell.project.sentence_record import sentence_in
from toolsmell.reading.context import ServerContext
from toolsmell.rules import BY_ID
from toolsmell.rules.base import ServerDigest
from toolsmell.rules.engine import RuleSet, check_server

FIXTURES = Path(__file__).parents[2] / "fixtures" / "rules"


def _cases() -> list[Any]:
    cases = []
    for path in sorted(FIXTURES.glob("*.yaml")):
        document = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        rule = document.pop("rule")
        for name, case in document.items():
            marks = [pytest.mark.xfail(strict=True)] if name.startswith("todo_") else []
            cases.append(pytest.param(rule, case, id=f"{path.stem}:{name}", marks=marks))
    return cases


def manifest_of(case: dict[str, Any]) -> Manifest:
    """Build what a case describes: `tool`, or `tools` with whatever else the server sent; or the `code` of tools."""
    if "code" in case:
        return coded(case["code"])
    tools = expanded(case.get("tools") or [case["tool"]])
    unknown = case.get("unknown", {})
    server = dict(expanded(case.get("server", {})))
    for key in ("prompts", "resources", "resource_templates"):
        server[key] = tuple(server.get(key, ()))
    server["rests"] = tuple(sentence_in(rest, "fixture") for rest in server.get("rests", ()))
    server["duplicate_keys"] = tuple(Place(*place) for place in server.get("duplicate_keys", ()))
    return Manifest(
        key=server.pop("key", "fixture"),
        source="fixture",
        provenance=Provenance(server.pop("provenance", "wire")),
        tools=tuple(Tool(i, raw, unknown) for i, raw in enumerate(tools)),
        **server,
    )


def neighbours_of(case: dict[str, Any]) -> list[ServerDigest]:
    """Build what a rule of scope `run` remembers: `neighbours`, each with its `key` and the `names` of its tools."""
    return [
        ServerDigest(n["key"], frozenset(n["names"]), n.get("tools", len(n["names"])), n.get("tokens", 0))
        for n in case.get("neighbours", ())
    ]


@pytest.mark.parametrize(("rule_id", "case"), _cases())
def test_case(rule_id: str, case: dict[str, Any]) -> None:
    rule = BY_ID[rule_id]
    options = {rule_id: case["options"]} if "options" in case else {}
    if rule.scope not in OF_LISTS:
        subject = case.get("file") or case.get("use") or case.get("defect") or case
        found_here = found_in(rule, subject)
        assert sorted(f.pointer if i is None else f"{i}:{f.pointer}" for i, f in found_here) == sorted(
            case.get("hits", [])
        )
        assert all(f.message and "\n" not in f.message for _, f in found_here)
        assert all(f.help and "\n" not in f.help for _, f in found_here)
        assert any(case.get("message", "") in f.message for _, f in found_here) or not found_here
        assert all(f.confidence == case.get("confidence", f.confidence) for _, f in found_here)
        return
    found = check_server(ServerContext(manifest_of(case)), RuleSet((rule,), options=options), neighbours_of(case))
    expected = case.get("hits", [])
    if "tools" in case:
        hits = [f"{index}:{f.pointer}" for index, findings in found.tools.items() for f in findings]
        hits += [f.pointer for f in found.server]
    else:
        hits = [f.pointer for findings in found.tools.values() for f in findings] + [f.pointer for f in found.server]
    assert sorted(hits) == sorted(expected)
    every = (*found.server, *(f for findings in found.tools.values() for f in findings))
    assert all(any(words in finding.help for finding in every) for words in case.get("helps", ()))
    for finding in every:
        assert finding.message
        assert "\n" not in finding.message
        assert finding.help
        assert "\n" not in finding.help
        assert len(finding.help) < 260
        if "message" in case:
            assert case["message"] in finding.message


def test_code_is_read_only_if_a_rule_about_it_is_selected(tmp_path: Path) -> None:
    (tmp_path / "server.py").write_text(
        "from mcp.server.fastmcp import FastMCP\nmcp = FastMCP('demo')\n"
        "@mcp.tool()\ndef search(query: str, since: str) -> str:\n    return query\n",
        encoding="utf-8",
    )
    report = (
        "import sys; from toolsmell.cli import run; run(sys.argv[1:]); print('toolsmell.evidence.code' in sys.modules)"
    )
    plain, selected = (
        subprocess.run(
            [sys.executable, "-c", report, "scan", str(tmp_path), *more], capture_output=True, text=True, check=True
        ).stdout
        for more in ([], ["--select", "unused-parameter"])
    )
    assert plain.endswith("False\n")
    assert "'since' does nothing" in " ".join(selected.split())
    assert selected.endswith("True\n")


def test_text_that_the_source_reader_finds_unsent_is_reported() -> None:
    manifest = coded('@mcp.tool()\ndef search(query: str) -> str:\n    """Searches notes."""\n    return query\n')
    unsent = manifest.tools[0]._replace(unsent="Raises:\n    ValueError: if the query is longer than 400 characters.")
    rules = RuleSet((BY_ID["text-not-sent"],))
    assert check_server(ServerContext(manifest), rules).tools[0] == []
    (finding,) = check_server(ServerContext(manifest._replace(tools=(unsent,))), rules).tools[0]
    assert "ValueError" in finding.message


def test_code_is_read_for_several_processes_too(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "server.py").write_text(
            f"from mcp.server.fastmcp import FastMCP\nmcp = FastMCP('{name}')\n"
            "@mcp.tool()\ndef search(query: str, since: str) -> str:\n    return query\n",
            encoding="utf-8",
        )
    targets = [str(tmp_path / name) for name in ("first", "second")]
    command = [sys.executable, "-m", "toolsmell", "scan", *targets, "--jobs", "2", "--select", "unused-parameter"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert " ".join(done.stdout.split()).count("'since' does nothing") == 2
