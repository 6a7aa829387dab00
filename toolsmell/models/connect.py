"""Connects the model that the user named: server, key, limits, cache and recording."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from toolsmell.errors import UsageError
from toolsmell.models.breaker import Breaker
from toolsmell.models.budget import Budget, Metered, Pricing
from toolsmell.models.cache import Cached, CachedEmbeddings, opened
from toolsmell.models.client import ChatModel, EmbeddingModel
from toolsmell.models.discreet import Discreet, DiscreetEmbeddings
from toolsmell.models.embeddings import over_endpoint, over_gateway
from toolsmell.models.endpoint import OPENAI_URL, Endpoint, openai_client
from toolsmell.models.gateway import Gateway
from toolsmell.models.replay import RecordedModel, recording
from toolsmell.models.retry import Patience, Retrying, RetryingEmbeddings


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelOptions:
    """The user's choices about a model. None may come from a file that was found in a repository."""

    model: str
    """The server's name of the model. Without `url` it begins with the provider (`anthropic/...`), except OpenAI."""
    url: str | None = None
    """A server that speaks OpenAI's protocol; the URL ends with `/v1`."""
    key_env: str | None = None
    """The variable with the key. None means the provider's own variable or, with `url`, no key at all."""
    timeout: float = 120.0
    """Seconds for one answer."""
    attempts: int = 5
    give_up_after: int | None = None
    """Failures in a row after which the model is not asked again. None means no limit."""
    max_calls: int | None = None
    max_cost: float | None = None
    """US dollars."""
    max_tokens: int | None = None
    cache: Path | None = None
    """The cache file; None means the user's own."""
    use_cache: bool = True
    offline: bool = False
    """Take answers from the cache only."""
    record: Path | None = None
    replay: Path | None = None
    """Take answers from this recording only."""
    env: Mapping[str, str] = field(default_factory=lambda: os.environ)


@dataclass(frozen=True, slots=True)
class Connection:
    """A model and the budget that counts what it consumes."""

    model: ChatModel
    budget: Budget


def destination(options: ModelOptions) -> str:
    """Return where questions go and with whose key, in words."""
    if options.url is None and "/" in options.model and not options.model.startswith("openai/"):
        key = f"the key in {options.key_env}" if options.key_env else "that provider's key"
        return f"the provider '{options.model.partition('/')[0]}' through litellm, with {key}"
    key_env = options.key_env or (None if options.url else "OPENAI_API_KEY")
    key = f"the key in {key_env}" if key_env else "no key"
    return f"at {options.url or OPENAI_URL}, with {key}"


@contextmanager
def connect(
    options: ModelOptions, pricing: Pricing | None = None, shared: Budget | None = None
) -> Iterator[Connection]:
    """Yield the model that `options` describe. Raises `UsageError` if they do not fit together.

    The layers from outside: recording, cache, retries, budget. So every attempt counts as a call, and
    an answer from the cache does not. Without `pricing`, litellm's price list applies to its providers.
    `shared` is a budget of several connections.
    """
    _check(options)
    with ExitStack() as stack:
        live = None if options.offline or options.replay else stack.enter_context(_live(options))
        if pricing is None and isinstance(live, Gateway):
            pricing = partial(live.price, options.model)
        budget = Budget(
            max_calls=options.max_calls,
            max_cost=options.max_cost,
            max_tokens=options.max_tokens,
            pricing=pricing,
            within=shared,
        )
        model = _patient(live, budget, options) if live else None
        if options.replay:
            model = RecordedModel(options.replay)
        elif options.use_cache:
            store = stack.enter_context(opened(options.cache))
            model = Cached(model, store, budget, server=options.url or "")
        if model is None:
            raise UsageError("--offline answers from the cache, so it cannot be used with --no-cache")
        if options.record:
            model = stack.enter_context(recording(model, options.record))
        yield Connection(model, budget)


@contextmanager
def connect_embeddings(options: ModelOptions) -> Iterator[EmbeddingModel]:
    """Yield the embedding model that `options` describe. Their budgets and recordings are not used."""
    _check(options)
    with ExitStack() as stack:
        model: EmbeddingModel | None = None
        if not options.offline:
            model = stack.enter_context(_live_embeddings(options))
            model = RetryingEmbeddings(model, Patience(attempts=options.attempts))
        if options.use_cache:
            store = stack.enter_context(opened(options.cache))
            model = CachedEmbeddings(model, store, name=f"{options.url or ''} {options.model}")
        if model is None:
            raise UsageError("--offline answers from the cache, so it cannot be used with --no-cache")
        yield model


def _patient(live: ChatModel, budget: Budget, options: ModelOptions) -> ChatModel:
    patient = Retrying(Metered(live, budget), Patience(attempts=options.attempts))
    return Breaker(patient, after=options.give_up_after) if options.give_up_after else patient


@contextmanager
def _live(options: ModelOptions) -> Iterator[ChatModel]:
    url, key = _address(options)
    if url is None:
        yield Discreet(Gateway(timeout=options.timeout, key=key))
        return
    with openai_client(url, key, options.timeout) as client:
        yield Discreet(Endpoint(client, timeout=options.timeout, official=url == OPENAI_URL))


@contextmanager
def _live_embeddings(options: ModelOptions) -> Iterator[EmbeddingModel]:
    url, key = _address(options)
    if url is None:
        yield DiscreetEmbeddings(over_gateway(options.model, timeout=options.timeout, key=key))
        return
    name = options.model.removeprefix("openai/") if url == OPENAI_URL else options.model
    with openai_client(url, key, options.timeout) as client:
        yield DiscreetEmbeddings(over_endpoint(client, name, timeout=options.timeout))


def _address(options: ModelOptions) -> tuple[str | None, str | None]:
    """Return the URL of an OpenAI-compatible server (None for litellm's providers) and its key."""
    key = options.env.get(options.key_env) if options.key_env else None
    if options.key_env and not key:
        raise UsageError(f"the variable {options.key_env}, which should contain the model's key, is not set")
    if options.url is not None:
        return options.url, key
    if "/" in options.model and not options.model.startswith("openai/"):
        return None, key
    key = key or options.env.get("OPENAI_API_KEY")
    if not key:
        raise UsageError(f"{options.model} is a model of OpenAI: set OPENAI_API_KEY, or give another server's URL")
    return OPENAI_URL, key


def _check(options: ModelOptions) -> None:
    if options.replay and options.record:
        raise UsageError("a run either records or replays")
    if options.url is None:
        return
    try:
        parts = urlsplit(options.url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable:
        raise UsageError(f"{options.url!r} is not the http(s) URL of a model's server")
    if parts.username or parts.password:
        raise UsageError("a model's URL must not contain a key: name a variable that contains it")
