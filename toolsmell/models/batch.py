"""Batches in OpenAI's format: questions as lines of a file, and the file of answers that comes back."""

from dataclasses import replace
from typing import Any

from toolsmell.model import Json
from toolsmell.models.client import ChatReply, ChatRequest, ModelError
from toolsmell.models.protocol import body_of, reply_of

_PATH = "/v1/chat/completions"


def line_of(request: ChatRequest, *, official: bool) -> Json:
    """Return a request as a line of a batch, under its key. `official` says that OpenAI will run it."""
    body: dict[str, Any] = body_of(request)
    body["max_completion_tokens" if official else "max_tokens"] = request.max_tokens
    if official:
        body["model"] = request.model.removeprefix("openai/")
    return {"custom_id": request.key, "method": "POST", "url": _PATH, "body": body}


def answer_of(line: Json) -> ChatReply | ModelError:
    """Return the answer in a line of a batch. Raises TypeError, KeyError or AttributeError for any other line."""
    response, error = line.get("response"), line.get("error")
    if not isinstance(response, dict):
        return ModelError(f"the batch gave no answer: {_reason(error)}")
    body = response["body"]
    if response.get("status_code", 200) != 200:
        said = body.get("error") if isinstance(body, dict) else body
        return ModelError(f"the batch was answered {response['status_code']!a}: {_reason(said)}")
    try:
        return replace(reply_of(body), cached=True)
    except ModelError as unusable:
        return unusable


def _reason(error: Json) -> str:
    said = (error.get("message") or error.get("code")) if isinstance(error, dict) else error
    return f"{said or 'it does not say why'!s}"[:200]
