"""JSON that is harmless wherever it is printed."""

import json
from json.encoder import encode_basestring_ascii

from toolsmell.model import Json

_encode = json.JSONEncoder(allow_nan=False, check_circular=False).encode


def dumps(value: Json) -> str:
    """Return JSON on one line, in ASCII, in which no CI runner finds a command such as `##[add-mask]`."""
    return _encode(value).replace("##", "#\\u0023")


def quoted(text: str | None) -> str:
    """Return a string, or null, as `dumps` does: for what is written so often that its fields are put in a template."""
    return "null" if text is None else encode_basestring_ascii(text).replace("##", "#\\u0023")
