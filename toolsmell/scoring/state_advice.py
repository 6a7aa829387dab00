"""Words what happens to a thing that is in the wanted state already, and to what hangs on a removed one."""

from typing import Final

from toolsmell.reading.context import ToolContext
from toolsmell.reading.stems import stems_of
from toolsmell.reading.verbs import own_words
from toolsmell.scoring.named_act import is_plural
from toolsmell.scoring.named_object import object_of

_STATES: Final = {
    verb: state
    for state, verbs in {
        "is already running": "start launch boot",
        "is not running": "stop kill terminate shutdown",
        "is already paused": "pause suspend",
        "is not paused": "resume unpause",
        "is already enabled": "enable",
        "is already disabled": "disable",
        "is already active": "activate",
        "is not active": "deactivate",
        "is already archived": "archive",
        "is not archived": "unarchive",
        "is already locked": "lock",
        "is not locked": "unlock",
        "is already closed": "close",
        "is already open": "open reopen",
        "is already connected": "connect",
        "is not connected": "disconnect",
        "is already attached": "attach mount",
        "is not attached": "detach unmount",
        "is already published": "publish",
        "is not published": "unpublish",
        "is already approved": "approve",
        "is already rejected": "reject",
        "has already ended": "cancel",
        "is already completed": "complete finish finalize",
        "is already merged": "merge",
        "is already pinned": "pin",
        "is not pinned": "unpin",
        "is already installed": "install",
    }.items()
    for verb in verbs.split()
}
"""The state in which a thing is before a call that makes no difference, or that cannot succeed, by the verb."""
_ALONE: Final = {
    "start": "it is already running",
    "stop": "nothing is running",
    "kill": "nothing is running",
    "close": "nothing is open",
    "pause": "nothing is running",
    "resume": "nothing is paused",
}
"""The same of a tool that names no thing: there is only one."""
_KNOWN: Final = frozenset("already idempotent op noop otherwise unless currently".split())
"""Words of a text that may speak of the state before a call."""
_OPENED: Final = frozenset(
    """port serial session connection database position gate door valve server device cluster host wallet account
    vpn""".split()
)
"""Things that are open or not; anybody can open a page or a file twice."""
TIES: Final = frozenset("permission tag label member membership role access assignment reaction assignee".split())
"""What only ties two things together."""
_CONTAINERS: Final = frozenset(
    """folder directory project workspace database schema collection bucket board repository repo notebook album
    playlist namespace space section course catalog cluster vault drive canvas library dataset stack""".split()
)
_OWNERS: Final = frozenset("user account organization organisation team customer company tenant client".split())
_SPREADING: Final = frozenset(
    """cascade cascades cascading recursive recursively contents inside contained containing associated children nested
    everything empty within their its all belonging""".split()
)
"""Words of a text that may say what else is removed."""


def unchanged(tool: ToolContext, thing: str | None) -> str | None:
    """Return a statement about a thing that is in the wanted state already, by the verb of a name."""
    if not _KNOWN.isdisjoint(tool.text.words):
        return None
    verb = next((word for word in own_words(tool) if word in _STATES), "")
    if (found := object_of(tool)) and not _same_head(found, thing or found):
        thing = found  # `enable-backups-droplet` enables backups.
    if verb in _ALONE and (thing is None or thing in _STATES) and not any(p.required for p in tool.parameters):
        return f"say what happens if {_ALONE[verb]}"
    if thing is None or "{" in thing or is_plural(thing) or thing in _STATES or thing == "status":
        return None
    state = _STATES.get(verb)
    if state is None:
        return None
    if _is_placed(tool, thing):
        return None
    if verb in ("open", "connect", "disconnect") and thing.rsplit(" ", 1)[-1].lower() not in _OPENED:
        return None
    return f"say what happens if the {thing} {state}"


def spread(tool: ToolContext, thing: str | None) -> str | None:
    """Return a statement about the contents of a thing that a tool removes, or about what belongs to it."""
    last = (thing or "").lower().rsplit(" ", 1)[-1]
    if not _SPREADING.isdisjoint(tool.text.words) or "from" in tool.name_words:
        return None
    if last in _CONTAINERS:
        return f"say whether it also removes what is in the {thing}"
    return f"say what happens to what belongs to the {thing}" if last in _OWNERS else None


def _is_placed(tool: ToolContext, thing: str) -> bool:
    """Return True if a text names a thing only behind a preposition: `Enable backups on a droplet`."""
    head, words = thing.lower().split()[-1], tool.text.words
    before = words[1 : words.index(head)] if head in words else ()
    return not {"on", "for", "of", "in", "from"}.isdisjoint(before)


def _same_head(one: str, other: str) -> bool:
    return stems_of(one.lower().split()[-1:]) == stems_of(other.lower().split()[-1:])
