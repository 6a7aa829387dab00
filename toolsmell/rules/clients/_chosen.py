"""The limits that a rule of this family looks at: those of the clients that the user chose."""

from toolsmell.data import client_limits as clients
from toolsmell.data.client_limits import Limit
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Options

OPTION = "clients"
"""A list of names of clients; an empty list means `portable`: the current limits of all."""


def limits(kind: str, options: Options) -> tuple[Limit, ...]:
    """Return the limits of one kind that hold for the chosen clients."""
    return clients.limits(kind, options[OPTION])


def server_name(server: ServerContext) -> str | None:
    """Return the name under which clients know the server, or None if only its file or a title is known."""
    manifest = server.manifest
    if manifest.group:
        return manifest.key
    return manifest.name if manifest.name and " " not in manifest.name else None


def utf16_length(text: str) -> int:
    """Return the length in the units that JavaScript clients count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, units: int) -> str:
    """Return the rest of `text` after its first `units` units of UTF-16."""
    if text.isascii():
        return text[units:]
    return text.encode("utf-16-le", "surrogatepass")[2 * units :].decode("utf-16-le", "replace")


def lost(text: str, units: int) -> str:
    """Return what `cut` returns, from the first whole word on."""
    end = cut(text, units)
    kept = text[: len(text) - len(end)]
    if kept and end and not kept[-1].isspace() and not end[0].isspace():
        return end[len(end.split(None, 1)[0]) :].lstrip() or end
    return end.lstrip()
