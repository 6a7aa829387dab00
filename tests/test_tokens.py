"""Token counts: the estimate is near the exact count, and a hostile server can slow or break neither."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolsmell.errors import UsageError
from toolsmell.model import Manifest, Provenance, Tool
from toolsmell.reading.context import ServerContext
from toolsmell.tokens import compact_json, estimate, exact_counter, of_tool

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)

TOOL = {
    "name": "convert_length",
    "description": "Convert a length from one unit to another. Use it for distances, not for areas.\n\n"
    "Args:\n    value: the length, in `source`\n    source: one of m, km, ft, mi\n    target: the same",
    "inputSchema": {
        "type": "object",
        "properties": {
            "value": {"type": "number"},
            "source": {"type": "string"},
            "target": {"type": "string"},
        },
        "required": ["value", "source", "target"],
    },
    "annotations": {"readOnlyHint": True},
}

needs_encoding = pytest.mark.skipif(
    not (importlib.util.find_spec("tiktoken") and importlib.util.find_spec("litellm")),
    reason="exact counts need litellm, which brings tiktoken and its encodings",
)


def test_estimate_of_a_tool_is_near_the_exact_count() -> None:
    # Counted with tiktoken 0.14 and o200k_base.
    tokens = of_tool(Tool(0, TOOL))
    assert tokens.total == pytest.approx(100, rel=0.1)
    assert tokens.description == pytest.approx(48, rel=0.15)
    assert (tokens.exact, tokens.encoding) == (False, "o200k_base")


def test_only_what_a_model_is_given_counts() -> None:
    bare = {key: TOOL[key] for key in ("name", "description", "inputSchema")}
    assert of_tool(Tool(0, TOOL)) == of_tool(Tool(0, bare))


@pytest.mark.parametrize("raw", [None, 3, "text", [], [{"name": "x"}], True])
def test_what_is_no_object_costs_nothing(raw: object) -> None:
    assert of_tool(Tool(0, raw))[:2] == (0, 0)


@given(st.text(st.characters(codec=None)))
def test_any_text_has_an_estimate(text: str) -> None:
    assert 0 <= estimate(text) <= 4 * len(text) + 1


@given(json_values)
def test_compact_json_is_json(value: object) -> None:
    assert json.loads(compact_json(value)) == value


def test_compact_json_of_what_is_nested_deeper_than_the_interpreter_recurses() -> None:
    depth = 20_000
    value: object = "leaf"
    for level in range(depth):
        value = {"a/b": value, "n": None} if level % 2 else [1, value]
    assert compact_json(value).count("{") == depth // 2
    assert of_tool(Tool(0, {"inputSchema": value})).total > depth


@needs_encoding
def test_exact_count() -> None:
    tokens = of_tool(Tool(0, TOOL), exact_counter())
    assert (tokens.total, tokens.description, tokens.exact) == (100, 48, True)


@needs_encoding
@pytest.mark.parametrize("text", [" " * 1_000_000, "a" * 1_000_000, "\ud800" * 1000, "<|endoftext|>"])
def test_exact_count_of_hostile_text(text: str) -> None:
    assert exact_counter().tokens(text) > 0


@needs_encoding
def test_exact_counter_needs_the_encoding_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    assert exact_counter().exact, "a folder without it is no reason not to look into litellm's"
    with pytest.raises(UsageError, match="encoding no_such_base"):
        exact_counter("no_such_base")


def test_exact_counter_without_tiktoken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tiktoken", None)
    with pytest.raises(UsageError, match=r"need tiktoken; `pip install 'toolsmell\[llm\]'`"):
        exact_counter()


def test_annotations_cost_nothing_in_a_request() -> None:
    bare = {part: value for part, value in TOOL.items() if part != "annotations"}
    tools = ServerContext(Manifest("m", "m", Provenance.FILE, (Tool(0, TOOL), Tool(1, bare), Tool(2, {})))).tools
    assert [tool.cost for tool in tools] == [of_tool(Tool(0, raw)) for raw in (bare, bare, {})]
    assert tools[0].cost.total > 0 == tools[2].cost.total
