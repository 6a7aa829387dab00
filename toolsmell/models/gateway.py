"""A model of a provider that does not speak OpenAI's protocol, through litellm."""

import os
from dataclasses import replace
from typing import Any

from toolsmell.errors import UsageError
from toolsmell.models.client import ChatReply, ChatRequest, Usage
from toolsmell.models.endpoint import provider_errors, without_refused
from toolsmell.models.protocol import body_of, reply_of


class Gateway:
    """`ChatModel` over litellm: `anthropic/...`, `gemini/...`, `bedrock/...`.

    litellm takes each provider's key from the variable that the provider documents, unless `key` is given.
    """

    def __init__(self, *, timeout: float, key: str | None = None) -> None:
        self._litellm = import_litellm()
        self._timeout = timeout
        self._key = key
        self._refused: set[str] = set()

    def complete(self, request: ChatRequest) -> ChatReply:
        body = {**body_of(request), "max_tokens": request.max_tokens, "timeout": self._timeout}
        response = without_refused(body, self._refused, self._send)
        reply = reply_of(response.model_dump())
        return _with_cost(reply, getattr(response, "_hidden_params", {}).get("response_cost"))

    def _send(self, body: dict[str, Any]) -> Any:
        with provider_errors(self._timeout, key=self._key, body=body):
            return self._litellm.completion(**body, api_key=self._key, num_retries=0, max_retries=0)

    def price(self, model: str, usage: Usage) -> float | None:
        """Return the cost of `usage` in US dollars by litellm's price list; None if the model is not in it."""
        try:
            read, written = self._litellm.cost_per_token(
                model=model, prompt_tokens=usage.input_tokens, completion_tokens=usage.output_tokens
            )
        except Exception:  # noqa: BLE001 - litellm raises a bare Exception, among others, for an unknown model
            return None
        return float(read + written)


def import_litellm() -> Any:
    """Import litellm without its side effects: it fetches a price list, and loads the nearest `.env` above its folder.

    That may be the `.env` of a scanned repository, if the virtual environment is inside it.
    """
    # https://github.com/BerriAI/litellm/issues/10293
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    os.environ["LITELLM_MODE"] = "PRODUCTION"
    try:
        import litellm
    except ImportError:
        raise UsageError("asking a model needs the extra `llm`: pip install 'toolsmell[llm]'") from None
    litellm.suppress_debug_info = True
    litellm.telemetry = False
    return litellm


def _with_cost(reply: ChatReply, cost: Any) -> ChatReply:
    if reply.usage is None or not isinstance(cost, int | float):
        return reply
    return replace(reply, usage=replace(reply.usage, cost=float(cost)))
