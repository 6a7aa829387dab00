"""Vectors of texts, from a server that speaks OpenAI's protocol or a model on this machine."""

from collections.abc import Sequence
from typing import Any

from toolsmell.llm.client import ModelError, Unavailable
from toolsmell.llm.endpoint import provider_errors
from toolsmell.llm.wire import encodable

_BATCH = 128


class EndpointEmbeddings:
    """`EmbeddingModel` over an `openai.OpenAI` client."""

    def __init__(self, client: Any, model: str, *, timeout: float) -> None:
        self._client = client
        self._model = model
        self._timeout = timeout

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        batches = (list(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH))
        return [vector for batch in batches for vector in self._embed(batch)]

    def _embed(self, batch: list[str]) -> list[list[float]]:
        # Some servers refuse an empty text; a space has no meaning either.
        sent = [encodable(text) or " " for text in batch]
        with provider_errors(self._timeout, key=self._client.api_key):
            answer = self._client.embeddings.create(model=self._model, input=sent, encoding_format="float")
        try:
            vectors = [list(map(float, item.embedding)) for item in sorted(answer.data, key=lambda item: item.index)]
        except (AttributeError, TypeError, ValueError):
            raise ModelError("the embedding server answered with something else than vectors: check the URL") from None
        if len(vectors) != len(batch):
            raise Unavailable(f"the embedding server gave {len(vectors)} vectors for {len(batch)} texts")
        return vectors
