"""Prices of models: a dated table that the user can replace, because prices change."""

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from toolsmell.data.shipped import read_regular, shipped
from toolsmell.errors import UsageError
from toolsmell.model import Json
from toolsmell.models.budget import Pricing
from toolsmell.models.client import Usage

SCHEMA = "toolsmell.prices/v1"
_MILLION = 1_000_000


class Price(NamedTuple):
    """US dollars for a million tokens."""

    input: float
    output: float
    cached_input: float
    """Price of tokens that the provider reads from its cache; the full price if it has no cache."""
    cache_write: float
    """Price of tokens that are written to the cache; the full price if writing costs nothing extra."""


class Prices(NamedTuple):
    read: str
    """The day on which the figures were looked up."""
    source: str
    models: Mapping[str, Price]

    def of(self, model: str) -> Price | None:
        """Return the price of `model`, with or without the provider in its name."""
        return self.models.get(model) or self.models.get(model.rpartition("/")[2])

    def pricing(self, model: str) -> Pricing | None:
        """Return the price function for a budget; None if the model is not in the table."""
        price = self.of(model)
        return None if price is None else partial(cost, price)


def cost(price: Price, usage: Usage) -> float:
    """Return the cost of `usage` in US dollars."""
    fresh = usage.input_tokens - usage.cached_tokens
    dollars = fresh * price.input + usage.cached_tokens * price.cached_input + usage.output_tokens * price.output
    return dollars / _MILLION


def load(path: Path | None = None) -> Prices:
    """Read a price table, or the shipped one. Raises `UsageError` if it cannot be used."""
    path = path or Path(shipped("prices.json"))
    try:
        return _parsed(json.loads(read_regular(path)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"cannot use the price table {path}: {error}") from None


def _parsed(raw: Json) -> Prices:
    if raw["schema"] != SCHEMA or raw["currency"] != "USD" or raw["per_tokens"] != _MILLION:
        raise ValueError(f"it must say `schema` {SCHEMA}, `currency` USD and `per_tokens` {_MILLION}")
    models = {str(name): _price(row) for name, row in raw["models"].items()}
    return Prices(str(raw["read"]), str(raw["source"]), models)


def _price(row: Json) -> Price:
    full, output = float(row["input"]), float(row["output"])
    price = Price(full, output, float(row.get("cached_input", full)), float(row.get("cache_write", full)))
    if min(price) < 0:
        raise ValueError("a price is negative")
    return price
