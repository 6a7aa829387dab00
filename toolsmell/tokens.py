"""What a tool costs in tokens: a fast estimate, or an exact count where an encoding is at hand."""

import json
from collections.abc import Callable
from typing import NamedTuple

from toolsmell.errors import UsageError
from toolsmell.model import Tokens, Tool

ENCODING = "o200k_base"
"""The encoding that is counted, and that the estimate stands for."""

_PARTS = ("name", "description", "inputSchema")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Counter(NamedTuple):
    """A way to count tokens."""

    count: Callable[[str], int]
    exact: bool
    encoding: str


def estimate(text: str) -> int:
    """Return about how many tokens `text` is."""
    return -(-len(text.encode("utf-8", "surrogatepass")) * 10 // 43)


ESTIMATE = Counter(estimate, exact=False, encoding=ENCODING)


def of_tool(tool: Tool, counter: Counter = ESTIMATE) -> Tokens:
    """Count what `tool` costs in a request: the compact JSON of its name, description and input schema.

    What is no object costs nothing: no client can offer it to a model.
    """
    raw = tool.raw if isinstance(tool.raw, dict) else {}
    offered = {part: raw[part] for part in _PARTS if part in raw}
    return Tokens(
        total=counter.count(_encode(offered)) if offered else 0,
        description=counter.count(tool.description or ""),
        exact=counter.exact,
        encoding=counter.encoding,
    )


def exact_counter() -> Counter:
    """Return a counter with tiktoken and an encoding that is on this machine. Nothing is downloaded.

    Raises `UsageError` where tiktoken or the encoding is missing.
    """
    raise UsageError("not yet")
