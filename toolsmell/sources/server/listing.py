"""Asks a server for its lists, page by page, and says in words why that ended early."""

import anyio

from toolsmell.sources.server.dialogue import METHOD_NOT_FOUND, ClosedError, Dialogue, DialogueError, RefusedError
from toolsmell.sources.server.limits import Limits
from toolsmell.sources.server.received import ASIDE, Wire, entries


async def read_lists(dialogue: Dialogue, wire: Wire, limits: Limits, *, handshake_only: bool = False) -> None:
    """Fill `wire` with everything a scan wants. Raises `DialogueError`; what came before it is in `wire`."""
    wire.hello = await dialogue.greet(patience=limits.patience, handshake_only=handshake_only)
    asked = [method for method, (capability, _, _) in ASIDE.items() if wire.offers(capability)]
    wire.unknown.update((ASIDE[method][2], "not asked for: the scan ended before") for method in asked)
    await _read_tools(dialogue, wire, limits)
    for method in asked:
        await _read_aside(dialogue, wire, limits, method)


async def _read_tools(dialogue: Dialogue, wire: Wire, limits: Limits) -> None:
    try:
        async for page in dialogue.pages("tools/list", most=limits.max_pages):
            wire.add_tools(page, most=limits.max_entries)
    except RefusedError as refusal:
        if refusal.code != METHOD_NOT_FOUND or wire.offers("tools") or wire.tools:
            raise
        wire.notes.append("the server offers no tools")
    wire.complete = True


async def _read_aside(dialogue: Dialogue, wire: Wire, limits: Limits, method: str) -> None:
    _, key, part = ASIDE[method]
    found = []
    reason = wire.unknown[part] = f"no answer to {method} within {limits.aside:g} s"
    with anyio.move_on_after(limits.aside):
        try:
            async for page in dialogue.pages(method, most=limits.max_pages):
                found += entries(page, key)
            reason = ""
        except DialogueError as trouble:
            reason = str(trouble) or f"the server had gone before it answered {method}"
    if reason:
        wire.unknown[part] = reason
    else:
        wire.aside[part] = found
        del wire.unknown[part]


def explain(trouble: Exception | None, *, asking: str | None, timeout: float, fate: str | None = None) -> str:
    """Return why a server was not read to the end; empty if it was."""
    if isinstance(trouble, TimeoutError):
        awaited = f" to {asking}" if asking else ""
        return f"no answer{awaited} within {timeout:g} s (--timeout)"
    if isinstance(trouble, ClosedError):
        return f"the server {fate or 'closed the connection'} before it answered {asking}"
    return str(trouble or "")
