"""No rule can be forgotten: rows, modules, fixtures and documentation name the same rules."""

import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from ruamel.yaml import YAML

from tests.examples import expanded
from tests.subjects import OF_LISTS, coded, found_in
from toolsmell.model import Manifest, Place, Provenance, Tool
from toolsmell.project.sentence_record import sentence_in
from toolsmell.reading.context import ServerContext
from toolsmell.rules import BY_ID, RULES, Rule
from toolsmell.rules.base import Need, Scope
from toolsmell.rules.engine import Neighbours, RuleSet, check_server
from toolsmell.sources.json.document import parse

ROOT = Path(__file__).parents[2]
SECTIONS = ["What it checks", "Why it matters", "Smelly", "Better", "Not flagged"]


def _modules() -> set[str]:
    return {
        path.stem.replace("_", "-")
        for path in (ROOT / "toolsmell/rules").glob("*/*.py")
        if path.stem != "__init__" and not path.stem.startswith("_")
    }


def test_rows_are_modules() -> None:
    assert _modules() == set(BY_ID)
    assert len(BY_ID) == len(RULES)


def test_rows_have_fixtures() -> None:
    assert {path.stem for path in (ROOT / "fixtures/rules").glob("*.yaml")} == set(BY_ID)


def test_rows_have_pages() -> None:
    pages = {path.stem for path in (ROOT / "docs/rules").glob("*.md")} - {"README"}
    assert set(BY_ID) <= pages


def test_every_fixture_has_two_that_hit_and_two_that_must_not() -> None:
    assert [rule.id for rule in RULES if not _is_complete(rule)] == []


def _is_complete(rule: Rule) -> bool:
    document = YAML(typ="safe").load((ROOT / f"fixtures/rules/{rule.id}.yaml").read_text(encoding="utf-8"))
    named = document.pop("rule") == rule.id and all(name.startswith(("fail_", "pass_", "todo_")) for name in document)
    hit = sum(name.startswith("fail_") and bool(case["hits"]) for name, case in document.items())
    passed = sum(name.startswith("pass_") and not case.get("hits") for name, case in document.items())
    return named and hit >= 2 and passed >= 2


def test_every_row_reads_well() -> None:
    assert [rule.id for rule in RULES if not _reads_well(rule)] == []


def _reads_well(rule: Rule) -> bool:
    is_id = re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.id) and not rule.id.startswith(
        ("no-", "disallow-", "require-")
    )
    is_summary = rule.summary == rule.summary.strip().rstrip(".") and len(rule.summary) <= 100
    return bool(is_id) and is_summary and rule.module_name.split(".")[2] == rule.family.replace("-", "_")


def test_every_rule_documents_its_sections() -> None:
    assert [rule.id for rule in RULES if not _is_documented(rule)] == []


def _is_documented(rule: Rule) -> bool:
    found = re.findall(r"^## (.+)$", rule.module.__doc__ or "", re.MULTILINE)
    optional = [name for name in ("Configuration", "References") if name in found]
    configured = "Configuration" in found or not rule.options
    return found == [*SECTIONS, *optional] and configured and "References" in found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_are_true(rule: Rule) -> None:
    if rule.needs is Need.IMPLEMENTATIONS:
        smelly_code, better_code = (_code(rule, section) for section in ("Smelly", "Better"))
        assert _hits_in(rule, coded(smelly_code)), "the smelly example is not found"
        assert not _hits_in(rule, coded(better_code)), "the better example is found too"
        return
    smelly, better = (_example(rule, section) for section in ("Smelly", "Better"))
    assert _hits(rule, smelly), "the smelly example is not found"
    assert not _hits(rule, better), "the better example is found too"


class _Example(NamedTuple):
    values: list[Any]
    duplicate_keys: tuple[Place, ...]


def _example(rule: Rule, section: str) -> _Example:
    match = re.search(rf"## {section}\n+```json\n(.*?)```", rule.module.__doc__ or "", re.DOTALL)
    assert match, f"no ```json block under {section}"
    document = parse(match[1], "example")
    if isinstance(document.value, list):
        return _Example(expanded(document.value), ())
    return _Example([expanded(document.value)], tuple(Place(0, pointer) for pointer in document.duplicates()))


def _code(rule: Rule, section: str) -> str:
    match = re.search(rf"## {section}\n+```python\n(.*?)```", rule.module.__doc__ or "", re.DOTALL)
    assert match, f"no ```python block under {section}"
    return match[1]


def _hits(rule: Rule, example: _Example) -> list[str]:
    examples = example.values
    if rule.scope is Scope.RUN:
        return _hits_among(rule, examples)
    if rule.scope not in OF_LISTS:
        return [f.id for value in examples for _, f in found_in(rule, value)]
    server = next((e for e in examples if isinstance(e, dict) and e.keys() & {"instructions", "rests"}), {})
    tools = [e for e in examples if e is not server]
    manifest = Manifest(
        "example",
        "example",
        Provenance.WIRE,
        tuple(Tool(i, raw) for i, raw in enumerate(tools)),
        instructions=server.get("instructions"),
        rests=tuple(sentence_in(rest, "example") for rest in server.get("rests", ())),
        duplicate_keys=example.duplicate_keys,
    )
    return _hits_in(rule, manifest)


def _hits_in(rule: Rule, manifest: Manifest) -> list[str]:
    found = check_server(ServerContext(manifest), RuleSet((rule,)))
    return [f.id for findings in found.tools.values() for f in findings] + [f.id for f in found.server]


def _hits_among(rule: Rule, servers: list[Any]) -> list[str]:
    """Check the last of several servers, each an object with its `server` and its `tools`, next to the others."""
    neighbours = Neighbours()
    for entry in servers:
        tools = tuple(Tool(i, raw) for i, raw in enumerate(entry["tools"]))
        server = ServerContext(Manifest(entry["server"], "example", Provenance.WIRE, tools, group="example"))
        found = check_server(server, RuleSet((rule,)), neighbours.of(server))
        neighbours.add(server)
    return [f.id for findings in found.tools.values() for f in findings] + [f.id for f in found.server]
