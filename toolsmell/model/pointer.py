"""JSON pointers (RFC 6901): how the parts of a document are named."""

from toolsmell.model.basics import Json, Pointer


def escape(token: str) -> str:
    """Escape one step of a JSON pointer (RFC 6901)."""
    return token.replace("~", "~0").replace("/", "~1") if "~" in token or "/" in token else token


def unescape(token: str) -> str:
    """Return a step of a JSON pointer as the key it names."""
    return token.replace("~1", "/").replace("~0", "~") if "~" in token else token


def lookup(root: Json, pointer: Pointer) -> Json:
    """Return the value at `pointer` in `root`, or None."""
    if pointer in ("", "/"):
        return root
    here = root
    for token in pointer.lstrip("/").split("/"):
        if isinstance(here, dict):
            here = here.get(unescape(token))
        elif isinstance(here, list) and token.isdecimal() and int(token) < len(here):
            here = here[int(token)]
        else:
            return None
    return here
