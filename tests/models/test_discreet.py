"""No prompt has a secret in it, whichever part of the project made it."""

from tests.safety.secrets import ISSUED
from toolsmell.models.client import ChatMessage, ChatReply, ChatRequest, ToolCall
from toolsmell.models.discreet import Discreet, DiscreetEmbeddings

TEXTS = [planted.text for planted in ISSUED]


class _Heard:
    """A model that keeps what it is asked."""

    def __init__(self) -> None:
        self.requests: list[ChatRequest] = []
        self.texts: list[str] = []

    def complete(self, request: ChatRequest) -> ChatReply:
        self.requests.append(request)
        return ChatReply(text="")

    def embed(self, texts: object) -> list[list[float]]:
        self.texts += list(texts)  # type: ignore[call-overload]
        return [[0.0] for _ in self.texts]


def test_messages_functions_and_calls_are_masked() -> None:
    model = _Heard()
    text = "\n".join(TEXTS)
    messages = (ChatMessage("user", f"Judge this:\n{text}"), ChatMessage("assistant", text, (ToolCall("a", text),)))
    tools = ({"name": "a", "description": text, "parameters": {"default": text}},)
    Discreet(model).complete(ChatRequest(model="m", messages=messages, tools=tools))
    sent = repr(model.requests)
    assert [planted.kind for planted in ISSUED if planted.secret in sent] == []


def test_texts_for_embeddings_are_masked() -> None:
    model = _Heard()
    DiscreetEmbeddings(model).embed(TEXTS)
    assert [planted.kind for planted in ISSUED if any(planted.secret in text for text in model.texts)] == []


def test_a_request_without_secrets_is_sent_as_it_is() -> None:
    model = _Heard()
    request = ChatRequest(model="m", messages=(ChatMessage("user", "password: the user's password. Token: 12 chars"),))
    Discreet(model).complete(request)
    assert model.requests == [request]
