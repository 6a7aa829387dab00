"""Whatever a server sends, every rule ends, points to something that is there, and says it on one line."""

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.linear import grows_linearly
from toolsmell.model import Finding, JsonText, Manifest, Provenance, Tool
from toolsmell.model.pointer import lookup
from toolsmell.reading.context import ServerContext
from toolsmell.rules import RULES
from toolsmell.rules.base import Scope
from toolsmell.rules.engine import RuleSet, check_server

DATA = os.environ.get("TOOLSMELL_DATA")
OF_SERVERS = RuleSet(tuple(rule for rule in RULES if rule.scope in (Scope.TOOL, Scope.SERVER)))

_TEXT = st.sampled_from(
    [
        "",
        "a",
        "Use `list_all` first. Defaults to 10 (1-5).",
        "Args:\n  x (int, optional): one of 'a' or 'b'\n",
        "\ud800\x1b[2J\u202e",
        "TODO: add description",
        "查询。",
        "object",
        "integer",
        "#/properties/x",
        "file:///etc/passwd",
        "required",
    ]
)
_LEAF = st.one_of(st.none(), st.booleans(), st.integers(-2, 10**20), st.floats(), _TEXT)
_KEY = st.sampled_from(
    "type properties items required enum default description title $ref $defs anyOf x y limit cursor start_date timeout"
    " path id x-mcp-header examples minimum maximum additionalProperties annotations name inputSchema".split()
)
_JSON = st.recursive(
    _LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEY, inner, max_size=4), max_leaves=12
)
_PROPERTY = st.dictionaries(_KEY, _JSON, max_size=5)
_SCHEMA = st.fixed_dictionaries(
    {"type": st.just("object"), "properties": st.dictionaries(_KEY, _PROPERTY, max_size=4)},
    optional={
        "required": _JSON,
        "$defs": st.dictionaries(_KEY, _PROPERTY, max_size=2),
        "anyOf": _JSON,
        "$schema": _TEXT,
    },
)
_TOOL = st.one_of(
    _JSON,
    st.fixed_dictionaries(
        {"name": st.sampled_from(["get_x", "createX", "list_all"]) | _JSON, "inputSchema": _SCHEMA},
        optional={
            "description": _TEXT,
            "outputSchema": _SCHEMA | _JSON,
            "annotations": _JSON,
            "required": _JSON,
            "icons": _JSON,
        },
    ),
)


def _findings(tools: list[Any]) -> tuple[list[tuple[Any, Finding]], list[Finding]]:
    manifest = Manifest("k", "test", Provenance.WIRE, tuple(Tool(i, raw) for i, raw in enumerate(tools)))
    found = check_server(ServerContext(manifest), OF_SERVERS)
    return [(tools[i], finding) for i, findings in found.tools.items() for finding in findings], found.server


def _check(tools: list[Any]) -> None:
    about_tools, about_server = _findings(tools)
    for raw, finding in about_tools:
        assert finding.pointer == "" or lookup(raw, finding.pointer) is not None or _is_null(raw, finding.pointer), (
            finding
        )
    for finding in (*about_server, *(f for _, f in about_tools)):
        assert finding.message
        assert finding.message.isprintable(), finding
        assert len(finding.message) < 400


def _is_null(raw: Any, pointer: str) -> bool:
    owner, _, key = pointer.rpartition("/")
    holder = lookup(raw, owner)
    return (isinstance(holder, dict) and key.replace("~1", "/").replace("~0", "~") in holder) or isinstance(
        holder, list
    )


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(_TOOL, min_size=1, max_size=4))
def test_anything_that_is_json(tools: list[Any]) -> None:
    _check(tools)


def test_no_rule_follows_a_reference(tmp_path: Path) -> None:
    secret = tmp_path / "secret.json"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/schema.json"
        for target in (address, secret.as_uri(), str(secret)):
            prop = {"$ref": target, "type": "strng", "default": 1, "examples": [2], "description": "Defaults to 3."}
            schema = {"$schema": target, "type": "object", "properties": {"x": prop}, "$dynamicRef": target}
            undeclared = {**schema, "$schema": "https://json-schema.org/draft/2020-12/schema"}
            tools = [
                {"name": "a", "inputSchema": schema, "outputSchema": schema},
                {"name": "b", "inputSchema": undeclared},
            ]
            without = _findings(tools)
            secret.write_text('{"type": "nonsense"}')
            assert _findings(tools) == without
            secret.unlink()
        with pytest.raises(BlockingIOError):
            listener.accept()


@pytest.mark.skipif(not DATA, reason="TOOLSMELL_DATA names no folder with corpora/mcpm.jsonl")
def test_real_servers() -> None:
    for line in (Path(DATA or "") / "corpora/mcpm.jsonl").read_text(encoding="utf-8").splitlines():
        _check(json.loads(line)["tools"])


@pytest.mark.parametrize("rule", [rule for rule in OF_SERVERS.rules if rule.fixable], ids=lambda rule: rule.id)
def test_fixes_cure_and_are_done_once(rule: Any) -> None:
    from ruamel.yaml import YAML

    path = Path(__file__).parents[2] / f"fixtures/rules/{rule.id}.yaml"
    cases = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    fixed = 0
    for case in cases.values():
        if not isinstance(case, dict) or "tool" not in case:
            continue
        before = case["tool"]
        findings = [f for _, f in _findings([before])[0] if f.id == rule.id and f.fix]
        after = json.loads(json.dumps(before))
        for edit in (edit for f in findings if f.fix for edit in f.fix.edits):
            owner, _, key = edit.pointer.rpartition("/")
            lookup(after, owner)[key] = json.loads(edit.text) if isinstance(edit.text, JsonText) else edit.text
        fixed += bool(findings)
        assert not [f for _, f in _findings([after])[0] if f.id == rule.id and f.fix]
    assert fixed


_LISTER = {"name": "list_ships", "description": "Lists ships.", "inputSchema": {"type": "object"}}
_HARBOURS: dict[str, Callable[[int], list[dict[str, Any]]]] = {
    "marks in a text about marks": lambda size: [{"name": "a", "description": "&lt;" * size + " html"}],
    "marks in an open quotation": lambda size: [{"name": "a", "description": '"' + "&lt;" * size}],
    "examples in an open bracket": lambda size: [_sink("sink_ship", "alias of a ship (" + "e.g. " * size), _LISTER],
    "ids and tools that list": lambda size: [
        tool
        for i in range(size // 20)
        for tool in (_sink(f"sink_ship_{i}", ""), {**_LISTER, "name": f"list_ships_{i}"})
    ],
    "mentioned tools": lambda size: [
        {
            "name": "moor",
            "description": " ".join(f"Call `find_knot{i}x` first." for i in range(size // 16)),
            "inputSchema": {"type": "object", "properties": {f"rope_{i}": {} for i in range(size // 16)}},
        }
    ],
    "ids and parameters": lambda size: [
        {
            "name": "moor",
            "inputSchema": {
                "required": (ids := [f"{'x' * (i % 90)}y{'z' * (i // 90)}_ship_id" for i in range(size // 16)]),
                "properties": {name: {"type": "string"} for name in ids},
            },
        },
        {
            "name": "list_ships",
            "inputSchema": {
                "required": (asked := [f"q{i}" for i in range(size // 16)]),
                "properties": {name: {"type": "string"} for name in asked},
            },
        },
    ],
}


def _sink(name: str, text: str) -> dict[str, Any]:
    key = "ship_alias" if text else "ship_id"
    schema = {"type": "object", "required": [key], "properties": {key: {"type": "string", "description": text}}}
    return {"name": name, "description": "Sinks.", "inputSchema": schema}


@pytest.mark.parametrize("harbour", _HARBOURS)
def test_rules_are_linear(harbour: str) -> None:
    rules = RuleSet(tuple(rule for rule in RULES if rule.id in ("garbled-text", "unexplained-id", "unknown-reference")))

    def work(size: int) -> None:
        tools = tuple(Tool(i, raw) for i, raw in enumerate(_HARBOURS[harbour](size)))
        check_server(ServerContext(Manifest("k", "test", Provenance.WIRE, tools)), rules)

    assert grows_linearly(work, 8_000)


def test_a_name_of_signs_alone_is_no_part_of_a_tool_that_is_missing() -> None:
    text = "Call `find_ropes` first."
    schema = {"type": "object", "properties": {"____": {"type": "string"}}}
    found, _ = _findings([{"name": "moor", "description": text, "inputSchema": schema}])
    assert "unknown-reference" in {finding.id for _, finding in found}
