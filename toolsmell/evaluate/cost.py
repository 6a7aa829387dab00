"""Computes the cost of a server's tools for an agent: tokens of every request, and money by the price table."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from toolsmell.data import client_limits as clients
from toolsmell.evaluate.catalog import Catalog, CatalogTool
from toolsmell.model import Json
from toolsmell.models.prices import Price
from toolsmell.tokens import ESTIMATE, Counter, compact_json


class Client(StrEnum):
    """The client that sends the tools, which determines their format."""

    MCP = "mcp"
    """Name, description and input schema as the server sent them."""
    OPENAI = "openai"
    ANTHROPIC = "anthropic"
    GEMINI = "gemini"
    CLAUDE_CODE = "claude-code"
    """Anthropic's format: the server's name before tool names, long descriptions cut (`rubrics/clients.yaml`)."""


class Conversation(NamedTuple):
    """The cost of the tool list over `requests` requests, in US dollars."""

    requests: int
    uncached: float
    """The cost at the full price each time."""
    cached: float
    """The cost if the list is written to the provider's cache once and read from it later."""


class ListCost(NamedTuple):
    """The cost of the whole list with one client."""

    client: Client
    tokens: int
    """Tokens of one request."""
    exact: bool
    conversations: Mapping[str, Conversation]
    """The cost of a conversation, by model."""


def list_cost(
    catalog: Catalog,
    client: Client,
    prices: Mapping[str, Price],
    *,
    requests: int = 20,
    counter: Counter = ESTIMATE,
) -> ListCost:
    """Count the tokens of all tools as `client` sends them, and their cost over a conversation."""
    tokens = sum(counter.tokens(compact_json(offered(entry, client))) for entry in catalog.entries)
    conversations = {model: conversation(tokens, requests, price) for model, price in prices.items()}
    return ListCost(client, tokens, counter.exact, conversations)


def conversation(tokens: int, requests: int, price: Price) -> Conversation:
    """Return the cost of `tokens` tokens that are part of each of `requests` requests.

    The cached figure supposes that no pause outlives the cache and that the list is long enough to be cached.
    """
    read = tokens * (requests - 1) * price.cached_input
    return Conversation(
        requests=requests,
        uncached=tokens * requests * price.input / 1e6,
        cached=(tokens * price.cache_write + read) / 1e6 if requests else 0.0,
    )


def offered(entry: CatalogTool, client: Client) -> Json:
    """Return a tool in the format of `client`."""
    tool = entry.tool
    schema = tool.input_schema or {"type": "object", "properties": {}}
    name, description = tool.name or "", tool.description or ""
    match client:
        case Client.MCP:
            return {"name": name, "description": description, "inputSchema": schema}
        case Client.OPENAI:
            function = {"name": name, "description": description, "parameters": schema}
            return {"type": "function", "function": function}
        case Client.ANTHROPIC:
            return {"name": name, "description": description, "input_schema": schema}
        case Client.GEMINI:
            return {"name": name, "description": description, "parameters": schema}
        case Client.CLAUDE_CODE:
            named = _prefix(client).format(server=entry.server) + name
            return {"name": named, "description": _cut(description, client), "input_schema": schema}


def frontier(points: Sequence[tuple[float, float]]) -> list[int]:
    """Return the positions of the points (tokens, score) that no other beats in both, cheapest first."""
    best = float("-inf")
    found = []
    for index in sorted(range(len(points)), key=lambda i: (points[i][0], -points[i][1])):
        if points[index][1] > best:
            best = points[index][1]
            found.append(index)
    return found


def _prefix(client: Client) -> str:
    return next((limit.prefix for limit in clients.limits("full-name-length", [client])), "")


def _cut(text: str, client: Client) -> str:
    limits = clients.limits("description-length", [client])
    units = next((limit.value for limit in limits if limit.effect == "cuts"), None)
    data = text.encode("utf-16-le", "surrogatepass")
    if units is None or len(data) <= 2 * units:
        return text
    return data[: 2 * units].decode("utf-16-le", "ignore") + "... [truncated]"
