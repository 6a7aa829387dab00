"""Parts of a tool that its source could not read, and that no rule may report."""

from toolsmell.model import Pointer, Tool
from toolsmell.model.pointer import lookup


def may_speak_of(tool: Tool, pointer: Pointer) -> bool:
    """Return True if the value at `pointer` was read, with all its direct members.

    A parameter whose description is computed at run time lacks no description, and an object with members that are
    computed is not short of any.
    """
    return not any(_hides(tool, key if key.startswith("/") else f"/{key}", pointer) for key in tool.unknown)


def _hides(tool: Tool, unread: Pointer, pointer: Pointer) -> bool:
    if pointer == unread or (pointer and unread.rpartition("/")[0] == pointer):
        return True
    # A value that was read in part exists, and so do the parts that were read.
    return pointer.startswith(f"{unread}/") and lookup(tool.raw, unread) is None
