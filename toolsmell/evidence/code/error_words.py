"""Words that make a returned value an error, in all languages."""

import re
from typing import Final

_TEXT: Final = re.compile(
    r"(?i)[^\w{\[]{0,6}\s*(?:error\b|failed\b|failure\b|invalid\b|missing\b|unsupported\b|unknown\b|cannot\b|can't\b"
    r"|could not\b|unable to\b|not found\b|access denied\b|permission denied\b|please (?:provide|specify)\b"
    r"|[`'\"]?…?[\w.]+[`'\"]? (?:is required|are required|must (?:be|not|have|contain)|is missing|cannot be|not found\b"
    r"|does not exist)\b)"
)
_NAME: Final = re.compile(
    r"(?i)(?:^|_)(?:err|error|fail|failure|failed)(?:_|$|response|result)|(?:Error|Failure)(?:Response|Result)?$"
)
_FALSE: Final = frozenset(("false", "False", "error", "failed", "failure"))


def is_error_text(text: str) -> bool:
    """Return True if a text opens like an error; a lone `unknown` or `failed` is a value."""
    return bool(_TEXT.match(text)) and (len(text.split()) > 1 or text.lower().startswith("error"))


def is_error_name(name: str) -> bool:
    """Return True if a function of this name makes an error."""
    return bool(_NAME.search(name))


def is_error_key(key: str, value: str) -> bool:
    """Return True if an entry says that a result is an error; `value` is written as in the code."""
    lower = key.lower()
    if lower in ("success", "ok", "status"):
        return value in _FALSE
    if lower == "iserror":
        return value in ("true", "True")
    return lower == "error" and value not in ("None", "null", "nil", "undefined", "False", "false")
