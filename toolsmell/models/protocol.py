"""Converts requests and replies to and from OpenAI's chat protocol, which nearly every server speaks."""

from typing import Any

from toolsmell.model import Json
from toolsmell.models.client import ChatMessage, ChatReply, ChatRequest, ToolCall, Unavailable, Usage


def body_of(request: ChatRequest) -> dict[str, Any]:
    """Return the body of a request without the token limit, which servers name differently."""
    body: dict[str, Any] = {"model": request.model, "messages": [_message(m) for m in request.messages]}
    if request.temperature is not None:
        body["temperature"] = request.temperature
    if request.seed is not None:
        body["seed"] = request.seed
    if request.tools:
        body["tools"] = [{"type": "function", "function": tool} for tool in request.tools]
        body["tool_choice"] = request.tool_choice
    if request.schema is not None:
        body["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": "answer", "strict": True, "schema": request.schema},
        }
    sendable: dict[str, Any] = encodable(body)
    return sendable


def encodable(value: Json) -> Json:
    """Replace lone surrogates, which JSON text may contain and UTF-8 cannot encode."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {encodable(key): encodable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [encodable(item) for item in value]
    return value


def reply_of(payload: Json) -> ChatReply:
    """Return the reply in a server's answer. Raises `Unavailable` for an answer without a message."""
    try:
        choice = payload["choices"][0]
        message = choice["message"]
        calls = tuple(_tool_call(call) for call in message.get("tool_calls") or ())
        text = _text(message.get("content"))
    except (TypeError, KeyError, IndexError, AttributeError):
        raise Unavailable(f"the model's server answered without a message: {ascii(payload)[:200]}") from None
    return ChatReply(
        text=text,
        tool_calls=calls,
        usage=_usage(payload.get("usage")),
        finish=str(choice.get("finish_reason") or "stop"),
        model=str(payload.get("model") or ""),
    )


def _message(message: ChatMessage) -> dict[str, Any]:
    sent: dict[str, Any] = {"role": message.role, "content": message.content}
    if message.tool_calls:
        sent["tool_calls"] = [
            {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
            for call in message.tool_calls
        ]
    if message.tool_call_id:
        sent["tool_call_id"] = message.tool_call_id
    return sent


def _text(content: Json) -> str:
    """Return the text of a content: a string, nothing, or a list of parts."""
    if content is None:
        return ""
    if isinstance(content, str):
        return content
    return "".join(part["text"] for part in content if part.get("type") == "text")


def _tool_call(call: Json) -> ToolCall:
    function = call["function"]
    arguments = function.get("arguments")
    return ToolCall(
        name=str(function["name"]),
        arguments=arguments if isinstance(arguments, str) else "",
        id=str(call.get("id") or ""),
    )


def _usage(usage: Json) -> Usage | None:
    if not isinstance(usage, dict):
        return None
    read, written = usage.get("prompt_tokens"), usage.get("completion_tokens")
    if not isinstance(read, int) or not isinstance(written, int):
        return None
    details = usage.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else None
    return Usage(read, written, cached if isinstance(cached, int) else 0)
