"""Vectors of texts, from a server that speaks OpenAI's protocol or any provider that litellm knows."""

from collections.abc import Callable, Sequence
from typing import Any

from toolsmell.model import Json
from toolsmell.models.client import ModelError, Unavailable
from toolsmell.models.endpoint import provider_errors
from toolsmell.models.gateway import import_litellm
from toolsmell.models.protocol import encodable

BATCH = 128
"""The number of texts in one request."""


class Embeddings:
    """`EmbeddingModel` over a function that embeds one batch and returns OpenAI's format."""

    def __init__(self, create: Callable[[list[str]], Json], *, timeout: float, key: str | None) -> None:
        self._create = create
        self._timeout = timeout
        self._key = key

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        batches = (texts[i : i + BATCH] for i in range(0, len(texts), BATCH))
        return [vector for batch in batches for vector in self._embed(batch)]

    def _embed(self, batch: Sequence[str]) -> list[list[float]]:
        # Some servers reject an empty text; a space has no meaning either.
        sent = [encodable(text) or " " for text in batch]
        with provider_errors(self._timeout, key=self._key):
            answer = self._create(sent)
        try:
            items = sorted(answer["data"], key=lambda item: item["index"])
            vectors = [[float(number) for number in item["embedding"]] for item in items]
        except (KeyError, TypeError, ValueError):
            raise ModelError("the embedding server answered without vectors: check the URL and the model") from None
        if len(vectors) != len(batch):
            raise Unavailable(f"the embedding server gave {len(vectors)} vectors for {len(batch)} texts")
        return vectors


def over_endpoint(client: Any, model: str, *, timeout: float) -> Embeddings:
    """Return the embeddings of `model` behind an `openai.OpenAI` client."""

    def create(texts: list[str]) -> Json:
        answer = client.embeddings.create(model=model, input=texts, encoding_format="float")
        return answer.model_dump() if hasattr(answer, "model_dump") else None

    return Embeddings(create, timeout=timeout, key=client.api_key)


def over_gateway(model: str, *, timeout: float, key: str | None) -> Embeddings:
    """Return the embeddings of a provider's `model` through litellm."""
    litellm = import_litellm()

    def create(texts: list[str]) -> Json:
        return litellm.embedding(model=model, input=texts, timeout=timeout, num_retries=0, api_key=key).model_dump()

    return Embeddings(create, timeout=timeout, key=key)
