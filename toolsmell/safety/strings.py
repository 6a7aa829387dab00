"""Every string that a server sent, and where it stands: what hidden text and secrets are looked for in.

An agent reads more than descriptions: names, titles, enumerations, defaults and examples reach the model as well,
and each has carried instructions in real attacks.
"""

from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Final, NamedTuple

from toolsmell.model import Json, Pointer
from toolsmell.model.pointer import escape
from toolsmell.schema.walk import NAMED

MAX_DEPTH: Final = 128
"""Values are read this deep: twice as deep as a schema may be before that is a finding of its own."""


class Role(IntEnum):
    """The purpose of a string."""

    PROSE = 0
    """A description, a title, instructions: free text."""
    NAME = 1
    """The name of a tool, a parameter, a prompt: what is called."""
    VALUE = 2
    """An enumeration's value, a default, an example, a URI, anything else."""


class Sent(NamedTuple):
    """One string."""

    pointer: Pointer
    """To the string; for a key, to what stands under it."""
    text: str
    role: Role


_ROLES: Mapping[str, Role] = {
    "description": Role.PROSE,
    "title": Role.PROSE,
    "instructions": Role.PROSE,
    "summary": Role.PROSE,
    "$comment": Role.PROSE,
    "name": Role.NAME,
    "required": Role.NAME,
}
_NAMING = frozenset(NAMED)


def strings(value: Json, pointer: Pointer = "") -> Iterator[Sent]:
    """Yield every string in a JSON value, keys that its server chose among them; `icons` are left out.

    A key of letters and digits only is taken for a keyword where keywords stand: it has no room to hide anything.
    """
    stack = [(value, pointer, Role.VALUE, False, 0)]
    while stack:
        here, at, role, named, depth = stack.pop()
        if isinstance(here, str):
            yield Sent(at, here, role)
        elif depth >= MAX_DEPTH:
            continue
        elif isinstance(here, dict):
            for key, item in reversed(here.items()):
                if key == "icons" and not named:
                    continue
                below = f"{at}/{escape(key)}"
                if named or not key.isalnum():
                    yield Sent(below, key, Role.NAME if named else Role.VALUE)
                below_role = Role.VALUE if named else _ROLES.get(key, Role.VALUE)
                stack.append((item, below, below_role, key in _NAMING and not named, depth + 1))
        elif isinstance(here, list | tuple):
            last = len(here) - 1
            stack.extend((here[i], f"{at}/{i}", role, False, depth + 1) for i in range(last, -1, -1))
