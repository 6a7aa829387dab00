"""Tokens of a tool list, and money by a price table."""

import json
from pathlib import Path

import pytest

from tests.evaluate.tools import WEATHER, catalog, tool
from toolsmell.errors import UsageError
from toolsmell.evaluate.cost import Client, conversation, frontier, list_cost, offered
from toolsmell.models.client import Usage
from toolsmell.models.prices import Price, cost, load
from toolsmell.tokens import Counter

CHARACTERS = Counter(len, exact=True, encoding="characters")
PRICE = Price(input=2.0, output=8.0, cached_input=0.5, cache_write=2.5)


def test_a_list_costs_the_sum_of_its_tools() -> None:
    tools = catalog(*WEATHER)
    found = list_cost(tools, Client.OPENAI, {"m": PRICE}, requests=10, counter=CHARACTERS)
    assert found.tokens == sum(len(json.dumps(offered(e, Client.OPENAI), separators=(",", ":"))) for e in tools.entries)
    assert found.conversations["m"].uncached == pytest.approx(found.tokens * 10 * 2 / 1e6)
    assert found.conversations["m"].cached == pytest.approx(found.tokens * (2.5 + 9 * 0.5) / 1e6)


def test_one_request_caches_nothing() -> None:
    assert conversation(1_000_000, 1, PRICE) == (1, 2.0, 2.5)


@pytest.mark.parametrize(
    ("client", "keys", "name"),
    [
        (Client.MCP, {"name", "description", "inputSchema"}, "forecast"),
        (Client.ANTHROPIC, {"name", "description", "input_schema"}, "forecast"),
        (Client.GEMINI, {"name", "description", "parameters"}, "forecast"),
        (Client.CLAUDE_CODE, {"name", "description", "input_schema"}, "mcp__server__forecast"),
    ],
)
def test_each_client_has_its_shape(client: Client, keys: set[str], name: str) -> None:
    found = offered(catalog(*WEATHER).entries[0], client)
    assert (set(found), found["name"]) == (keys, name)


def test_openai_wraps_a_function() -> None:
    found = offered(catalog(*WEATHER).entries[0], Client.OPENAI)
    assert (found["type"], set(found["function"])) == ("function", {"name", "description", "parameters"})


def test_a_client_that_cuts_pays_for_what_it_sends() -> None:
    entry = catalog(tool("long", "\U0001f600" * 3_000)).entries[0]
    cut = offered(entry, Client.CLAUDE_CODE)["description"]
    assert cut == "\U0001f600" * 1_024 + "... [truncated]"


def test_anything_can_be_counted() -> None:
    tools = catalog({"name": "x\ud800", "description": 7, "inputSchema": []}, 8, None)
    for client in Client:
        assert list_cost(tools, client, {}).tokens > 0


def test_the_frontier_is_what_nothing_beats_in_both() -> None:
    assert frontier([(10, 0.5), (20, 0.4), (5, 0.3), (30, 0.9), (10, 0.6)]) == [2, 4, 3]
    assert frontier([]) == []


def test_usage_is_priced() -> None:
    usage = Usage(input_tokens=1_000_000, output_tokens=100_000, cached_tokens=400_000)
    assert cost(PRICE, usage) == pytest.approx(0.6 * 2 + 0.4 * 0.5 + 0.1 * 8)


def test_the_table_that_comes_along() -> None:
    prices = load()
    assert prices.read
    assert prices.source
    price = prices.of("openai/gpt-4.1")
    assert price == prices.of("gpt-4.1")
    assert price is not None
    assert price.cache_write == price.input
    assert all(p.cached_input <= p.input <= p.output for p in prices.models.values())
    assert prices.of("no-such-model") is None
    assert prices.pricing("no-such-model") is None


def test_the_users_own_table(tmp_path: Path) -> None:
    path = tmp_path / "prices.json"
    path.write_text(table({"input": 1, "output": 2}))
    pricing = load(path).pricing("m")
    assert pricing is not None
    assert pricing(Usage(1_000_000, 1_000_000)) == 3


def table(price: object) -> str:
    head = {"schema": "toolsmell.prices/v1", "currency": "USD", "per_tokens": 1_000_000, "read": "x", "source": "x"}
    return json.dumps({**head, "models": {"m": price}})


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "{}",
        '{"schema": "other"}',
        '{"schema": "toolsmell.prices/v1", "currency": "EUR", "per_tokens": 1000000, "models": {}}',
        table({"input": -1, "output": 1}),
        table(3),
    ],
)
def test_a_table_that_cannot_be_used(tmp_path: Path, text: str) -> None:
    path = tmp_path / "prices.json"
    path.write_text(text)
    with pytest.raises(UsageError, match="cannot use the price table"):
        load(path)
