"""Examples that stand for what is too long to print: `{"times": 3, "text": ...}`, `{"times": 3, "tool": {...}}`."""

from typing import Any


def expanded(value: Any) -> Any:
    """Return an example in full: text repeated, and in a list tools repeated with `{n}` as their number."""
    if isinstance(value, dict):
        if value.keys() == {"times", "text"}:
            return str(value["text"]) * int(value["times"])
        return {key: expanded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [item for entry in value for item in _repeated(entry)]
    return value


def _repeated(entry: Any) -> list[Any]:
    if isinstance(entry, dict) and entry.keys() == {"times", "tool"}:
        return [_numbered(expanded(entry["tool"]), str(n)) for n in range(entry["times"])]
    return [expanded(entry)]


def _numbered(value: Any, n: str) -> Any:
    if isinstance(value, str):
        return value.replace("{n}", n)
    if isinstance(value, dict):
        return {key: _numbered(item, n) for key, item in value.items()}
    return [_numbered(item, n) for item in value] if isinstance(value, list) else value
