"""Words what a tool that creates something could say of the id, the path or the address of the new thing."""

from typing import Final

from toolsmell.reading.context import ServerContext, ToolContext, per_server
from toolsmell.reading.verbs import own_words
from toolsmell.scoring.named_act import is_plural, is_scalar
from toolsmell.scoring.naming import quoted
from toolsmell.scoring.new_names import shortens
from toolsmell.scoring.parameter_facts import NAMES, PATHS, last_of, parameters_of
from toolsmell.scoring.siblings import IDS, Siblings, is_id

_SENDING: Final = frozenset("send push broadcast publish post reply".split())
NAMED: Final = frozenset(
    """branch table database schema column index bucket tag label namespace package role variable topic queue stream
    view field repository repo sheet worksheet register keyspace symlink link alias container image volume network
    pod deployment cronjob domain subdomain collection shortcut macro bookmark style group chart
    secret property constraint organization organisation org scope partition shard""".split()
)
"""Things that are named by a name, which whoever creates them knows."""
_PARTS: Final = frozenset(
    """text content contents data permission reaction row rows value values paragraph heading setting settings member
    members membership access log logs credit like footnote endnote break state cell cells line lines word words insight
    header footer shape key keys number numbers watermark border password email emails mail""".split()
)
"""Parts of something else, and texts: most have no id."""


def of_new(tool: ToolContext, thing: str | None, siblings: Siblings) -> str | None:
    """Return a statement about what identifies a new thing; None if whoever creates it gives its name."""
    if taken := siblings.taker_of_new(tool):
        return f"say whether it returns the {quoted(taken[1])} that {quoted(taken[0])} takes"
    if thing is None or "{" in thing or is_scalar(thing):
        return None
    if any(shortens(p, thing) for p in parameters_of(tool)):
        return None  # Whoever creates it gives the id.
    last = thing.lower().rsplit(" ", 1)[-1]
    one = last if last.endswith("ss") else last.removesuffix("s")
    if not {last, one}.isdisjoint(NAMED | _PARTS):
        return None
    if not {last, one}.isdisjoint(PATHS):
        given = any(last_of(p) in PATHS | NAMES for p in parameters_of(tool))
        return None if given or not tool.parameters else f"say whether it returns the path of the new {thing}"
    if not _has_ids(tool.server):
        return None
    ids = "the ids" if is_plural(thing) else "the id"
    new = "" if not _SENDING.isdisjoint(own_words(tool)) else "new "
    return f"say whether it returns {ids} of the {new}{thing}"


@per_server
def _has_ids(server: ServerContext) -> bool:
    """Return True if a parameter of a server is an id, or if nothing is known of its parameters."""
    given = [parameter for tool in server.tools for parameter in tool.parameters]
    return not given or any(last_of(p) in IDS - {"key", "handle", "number", "ref"} or is_id(p) for p in given)
