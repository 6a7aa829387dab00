"""Masks secrets in everything that is sent to a model, whoever made the prompt."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from toolsmell.models.client import ChatMessage, ChatModel, ChatReply, ChatRequest, EmbeddingModel
from toolsmell.safety.masking import masked, masked_json


class Discreet:
    """`ChatModel` that sends a request to another one without the secrets in it."""

    def __init__(self, model: ChatModel) -> None:
        self._model: Final = model

    def complete(self, request: ChatRequest) -> ChatReply:
        messages = tuple(_masked(message) for message in request.messages)
        tools = tuple(masked_json(tool, prose=True) for tool in request.tools)
        return self._model.complete(replace(request, messages=messages, tools=tools))


class DiscreetEmbeddings:
    """`EmbeddingModel` that sends texts to another one without the secrets in them."""

    def __init__(self, model: EmbeddingModel) -> None:
        self._model: Final = model

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        return self._model.embed([masked(text, prose=True) for text in texts])


def _masked(message: ChatMessage) -> ChatMessage:
    calls = tuple(replace(call, arguments=masked(call.arguments, prose=True)) for call in message.tool_calls)
    return replace(message, content=masked(message.content, prose=True), tool_calls=calls)
