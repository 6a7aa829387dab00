"""How text from a server stands in a prompt, and how JSON is read from an answer."""

import json
from hashlib import sha256

from toolsmell.model import Json

_LONGEST, _TRIES = 100_000, 1_000
# An answer of unclosed braces would otherwise be read from each of them to its end.


def fenced(text: str) -> str:
    """Put `text` between two marks that it cannot hold: they are made from its hash.

    So the same text always gives the same prompt, which a random mark would not, and can be read from a cache.
    """
    mark = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return f"<<<{mark}\n{text}\n{mark}>>>"


def json_of(reply: str) -> Json:
    """Return the last JSON object of `reply`, alone or among other text; None where there is none.

    The last, because an answer that repeats what it was given ends with its own word.
    """
    reply = reply[:_LONGEST]
    decoder = json.JSONDecoder()
    found: Json = None
    at = reply.find("{")
    for _ in range(_TRIES):
        if at < 0:
            break
        try:
            found, end = decoder.raw_decode(reply, at)
        except (ValueError, RecursionError):
            end = at + 1
        at = reply.find("{", end)
    return found
