"""From what the user typed to a model: which server, which key, which limits."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from toolsmell.errors import UsageError
from toolsmell.llm import cache, replay
from toolsmell.llm.budget import Budget, Metered, Pricing
from toolsmell.llm.client import ChatModel, EmbeddingModel
from toolsmell.llm.endpoint import OPENAI_URL, Endpoint, openai_client
from toolsmell.llm.retry import Retrying


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelOptions:
    """What a user says about a model. None of it may come from a file that was found in a repository."""

    model: str
    """As its provider calls it; without `url`, with the provider in front (`anthropic/...`) unless it is OpenAI's."""
    url: str | None = None
    """A server that speaks OpenAI's protocol, up to and with `/v1`."""
    key_env: str | None = None
    """The variable that holds the key for `url`. Without it nothing is sent there: a provider's own key never is."""
    timeout: float = 120.0
    """Seconds for one answer."""
    attempts: int = 5
    max_calls: int | None = None
    max_cost: float | None = None
    """US dollars."""
    cache: Path | None = None
    """The cache file; None is the user's own."""
    use_cache: bool = True
    offline: bool = False
    """Answer from the cache alone."""
    record: Path | None = None
    replay: Path | None = None
    """Answer from this recording alone."""
    env: Mapping[str, str] = field(default_factory=lambda: os.environ)


@dataclass(frozen=True, slots=True)
class Connection:
    """A model and the books of what it consumes."""

    model: ChatModel
    budget: Budget


@contextmanager
def connect(options: ModelOptions, pricing: Pricing | None = None) -> Iterator[Connection]:
    """Give the model that `options` describe. Raises `UsageError` where they do not fit together.

    Outermost is the recording, then the cache, then retries, then the budget: every attempt counts as a call, an
    answer from the cache does not.
    """
    check(options)
    with ExitStack() as stack:
        live = None if options.offline or options.replay else stack.enter_context(_live(options))
        if pricing is None and live is not None:
            pricing = live.pricing
        budget = Budget(max_calls=options.max_calls, max_cost=options.max_cost, pricing=pricing)
        model: ChatModel | None = None
        if options.replay:
            model = replay.Replay(options.replay)
        elif live is not None:
            model = Retrying(Metered(live.model, budget), attempts=options.attempts)
        if not options.replay and options.use_cache:
            store = stack.enter_context(cache.opened(options.cache))
            model = cache.Cached(model, store, budget, server=server_id(options))
        if model is None:
            raise UsageError("--offline answers from the cache, so it cannot be used with --no-cache")
        if options.record:
            model = stack.enter_context(replay.recording(model, options.record))
        yield Connection(model, budget)
