"""Limits what a run spends on models, and counts it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias

from toolsmell.models.client import ChatModel, ChatReply, ChatRequest, ModelError, Usage

Pricing: TypeAlias = Callable[[Usage], float | None]
"""Maps the usage of one answer to US dollars; None if the model's price is unknown."""

DECODE_WEIGHT = 0.002
"""The cost of writing a token, for each token before it, relative to reading one: 0.0007-0.006 for 13 open models on
an H100, and about this value for the large ones (arXiv 2604.05404, table 1)."""


class BudgetExceeded(ModelError):
    """The next call could exceed what the user allowed. Earlier answers are kept."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Calls, tokens and money spent. Answers from a cache or a recording count in `cached` only."""

    calls: int = 0
    cached: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    """The part of the input tokens that providers read from their caches."""
    output_tokens: int = 0
    prefill_equivalents: float = 0.0
    """Cost of the calls for their servers, in units of reading one token (`prefill_equivalents`)."""
    unmetered: int = 0
    """Calls whose server did not report usage. They are in no sum."""
    cost: float | None = 0.0
    """US dollars, or None if the price of any call is unknown."""


class Reserved(NamedTuple):
    """The most that a call may consume, set aside while it runs."""

    tokens: int
    cost: float | None
    """US dollars; None if the price is unknown."""


class Budget:
    """The limits of a run, shared by its threads. It counts consumption even if nothing is limited."""

    def __init__(
        self,
        *,
        max_calls: int | None = None,
        max_cost: float | None = None,
        max_tokens: int | None = None,
        pricing: Pricing | None = None,
        within: "Budget | None" = None,
    ) -> None:
        """Limit calls, US dollars and tokens. With `max_cost`, a call of unknown price is rejected. `max_tokens` are
        read and written; if a server does not report usage, what was set aside counts.

        `within` is a budget that several models share. It counts everything that is spent here.
        """
        self._within = within
        self._max_calls = max_calls
        self._max_cost = max_cost
        self._max_tokens = max_tokens
        self._tokens = 0
        self._pricing = pricing
        self._lock = threading.Lock()
        self._spent = Spent()
        self._reserved_cost = 0.0
        self._reserved_tokens = 0

    @property
    def spent(self) -> Spent:
        with self._lock:
            return self._spent

    def reserve(self, request: ChatRequest) -> Reserved:
        """Count a call before it is made, set aside what it may consume, and return that."""
        usage = expected_usage(request)
        reserved = Reserved(usage.input_tokens + usage.output_tokens, self._price(usage))
        self.take(request, reserved)
        return reserved

    def take(self, request: ChatRequest, expected: Reserved) -> None:
        """Count a call with its expected consumption. Raises `BudgetExceeded` if a limit does not allow it."""
        with self._lock:
            self._check(request, expected)
            if self._within:
                self._within.take(request, expected)
            self._spent = replace(self._spent, calls=self._spent.calls + 1)
            self._reserved_cost += expected.cost or 0.0
            self._reserved_tokens += expected.tokens

    def _check(self, request: ChatRequest, expected: Reserved) -> None:
        spent = self._spent
        if self._max_calls is not None and spent.calls >= self._max_calls:
            raise BudgetExceeded(f"the limit of {self._max_calls} model calls is reached (--max-questions)")
        if self._max_tokens is not None and self._tokens + self._reserved_tokens + expected.tokens > self._max_tokens:
            raise BudgetExceeded(
                f"the next call could go over {self._max_tokens:,} tokens (--max-tokens); {self._tokens:,} are spent"
            )
        if self._max_cost is None:
            return
        if expected.cost is None or spent.cost is None:
            raise BudgetExceeded(f"no price is known for {request.model}, so --max-cost cannot be enforced")
        if spent.cost + self._reserved_cost + expected.cost > self._max_cost:
            raise BudgetExceeded(
                f"the next call could go over ${self._max_cost:g} (--max-cost); ${spent.cost:.4f} are spent"
            )

    def settle(self, reserved: Reserved, reply: ChatReply | None) -> None:
        """Replace what `reserve` set aside by what the call consumed. `reply` is None if it gave no answer."""
        self.account(reserved, reply, self._price(reply.usage) if reply and reply.usage else None)

    def account(self, reserved: Reserved, reply: ChatReply | None, cost: float | None) -> None:
        """Add a finished call and its cost to what is spent."""
        with self._lock:
            self._reserved_cost -= reserved.cost or 0.0
            self._reserved_tokens -= reserved.tokens
            if reply is not None:
                usage = reply.usage
                self._tokens += usage.input_tokens + usage.output_tokens if usage else reserved.tokens
                self._spent = _add(self._spent, usage, cost)
        if self._within:
            self._within.account(reserved, reply, cost)

    def count_cached(self) -> None:
        with self._lock:
            self._spent = replace(self._spent, cached=self._spent.cached + 1)
        if self._within:
            self._within.count_cached()

    def _price(self, usage: Usage) -> float | None:
        own = self._pricing(usage) if self._pricing else None
        return own if own is not None else usage.cost


class Metered:
    """`ChatModel` that asks another one within a budget. A call that fails still counts as a call."""

    def __init__(self, model: ChatModel, budget: Budget) -> None:
        self._model = model
        self._budget = budget

    def complete(self, request: ChatRequest) -> ChatReply:
        reserved = self._budget.reserve(request)
        reply = None
        try:
            reply = self._model.complete(request)
        finally:
            self._budget.settle(reserved, reply)
        return reply


def prefill_equivalents(usage: Usage) -> float:
    """Return the cost of a call to its server, in units of reading one token (PTE; arXiv 2604.05404).

    Tokens read from a cache are free. Writing a token loads all those before it.
    """
    fresh = usage.input_tokens - usage.cached_tokens
    return fresh + DECODE_WEIGHT * usage.input_tokens * usage.output_tokens


def _add(spent: Spent, usage: Usage | None, cost: float | None) -> Spent:
    if usage is None:
        return replace(spent, unmetered=spent.unmetered + 1, cost=None)
    return replace(
        spent,
        input_tokens=spent.input_tokens + usage.input_tokens,
        cached_tokens=spent.cached_tokens + usage.cached_tokens,
        output_tokens=spent.output_tokens + usage.output_tokens,
        prefill_equivalents=spent.prefill_equivalents + prefill_equivalents(usage),
        cost=None if cost is None or spent.cost is None else spent.cost + cost,
    )


def expected_usage(request: ChatRequest) -> Usage:
    """Return a high estimate of what a request consumes: three bytes a token, and the longest answer."""
    text = sum(len(m.content.encode("utf-8", "replace")) for m in request.messages)
    called = sum(len(call.arguments) for m in request.messages for call in m.tool_calls)
    return Usage(input_tokens=(text + called + len(repr(request.tools))) // 3, output_tokens=request.max_tokens)
