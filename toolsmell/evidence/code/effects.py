"""Effects by what is sent: the verbs of HTTP and SQL, and the names of functions that send messages."""

import re
from typing import Final

from toolsmell.model.implementation import CodeEffect

_HTTP: Final = {
    "post": CodeEffect.SENDS_REQUEST,
    "put": CodeEffect.SENDS_REQUEST,
    "patch": CodeEffect.SENDS_REQUEST,
    "delete": CodeEffect.DELETES_REMOTE,
}
_SQL: Final = re.compile(
    r"\s*(?:--[^\n]*\n\s*)*(?:(INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE\s+[\w\"`\[.…]+\s+SET|MERGE\s+INTO)"
    r"|(DELETE\s+FROM|DROP\s+(?:TABLE|INDEX|DATABASE|SCHEMA|VIEW)|TRUNCATE\s+(?:TABLE\s+)?[\w\"`\[.…]))",
    re.IGNORECASE,
)
_MESSAGE: Final = re.compile(
    r"(?i)^(?:send_?(?:message|mail|email|sms|text|photo|document|media|notification|messages|draft)(?:_?async)?"
    r"|chat_?postMessage|post_?message|sendmail|publish_?message|reply_?(?:text|message))$"
)
_PRIVATE: Final = re.compile(
    r"(?i)cache|log|tmp|temp|token|history|metric|lock|pid|credential|session|config|state|telemetry"
)
_ASKS: Final = re.compile(
    r"(?i)graphql|search|query|oauth|token|/auth|login|refresh|embedding|completions|/rpc|telemetry|posthog|analytics|sentry|segment\.io|mixpanel"
)
_CLIENT: Final = re.compile(r"(?i)(?:client|session|http|requests?|axios|fetch|api|rest)$")


def of_request(verb: str) -> CodeEffect | None:
    """Return the effect of a request with an HTTP verb, or None if it only reads."""
    return _HTTP.get(verb.lower())


def of_sql(text: str) -> CodeEffect | None:
    """Return the effect of a statement of SQL, or None if it only reads or makes tables."""
    found = _SQL.match(text[:400])
    if found is None:
        return None
    return CodeEffect.WRITES_ROWS if found[1] else CodeEffect.DELETES_ROWS


def sends_message(name: str) -> bool:
    """Return True if a function of this name sends a message to people."""
    return bool(_MESSAGE.match(name))


def is_client(name: str) -> bool:
    """Return True if an object of this name is likely a client of HTTP."""
    return bool(_CLIENT.search(name))


def is_private(written: str) -> bool:
    """Return True if a file that is written is likely one that the server keeps for itself: a cache, a log."""
    return bool(_PRIVATE.search(written))


def only_asks(address: str) -> bool:
    """Return True if a request to an address likely changes nothing, whatever its verb: a search, a login."""
    return bool(_ASKS.search(address))
