"""What rules must not speak of: parts of a tool that its source could not tell."""

from toolsmell.model import Pointer, Tool
from toolsmell.model.pointer import lookup


def may_speak_of(tool: Tool, pointer: Pointer) -> bool:
    """Say whether the thing at `pointer` was read, with everything that it directly holds.

    A parameter whose description is computed at run time lacks no description, and an object with members that are
    computed is not short of any.
    """
    return not any(_hides(tool, key if key.startswith("/") else f"/{key}", pointer) for key in tool.unknown)


def _hides(tool: Tool, unread: Pointer, pointer: Pointer) -> bool:
    if pointer == unread or (pointer and unread.rpartition("/")[0] == pointer):
        return True
    # What is unknown in part is there, and so are the parts that were read.
    return pointer.startswith(f"{unread}/") and lookup(tool.raw, unread) is None
