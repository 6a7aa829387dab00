"""The places of a file that use or change names, by name."""

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from toolsmell.sources.code.parsed import Parsed
from toolsmell.sources.code.syntax import Match
from toolsmell.text import pattern

_NAME = r"[A-Za-z_$][\w$]*"


class NameUses:
    """The uses and changes of names in a file, each found when it is first asked for."""

    def __init__(self, file: Parsed) -> None:
        self._file: Final = file

    @cached_property
    def changes(self) -> Mapping[str, list[Match]]:
        """The places that change a list, map or object after it was made, by the last part of its name."""
        found: dict[str, list[Match]] = {}
        for match in self._file.matches_apart("changes"):
            found.setdefault(_last(self._file.text(match["object"])), []).append(match)
        return found

    @cached_property
    def changes_of(self) -> Mapping[str, list[Match]]:
        """The places that change a value, or pass it to a function, by the name that the value has."""
        found: dict[str, list[Match]] = {}
        for match in self._file.matches_apart("changes"):
            root = pattern(r"[\w$]+").match(self._file.text(match["object"]))
            found.setdefault(root[0] if root else "", []).append(match)
        return found

    @cached_property
    def uses(self) -> Mapping[str, list[Match]]:
        """The calls, new objects, subclasses and typed values of a file, by the last part of the name that is used."""
        found: dict[str, list[Match]] = {}
        for match in self._file.matches_apart("uses"):
            if "type" in match:
                for name in set(pattern(_NAME).findall(self._file.text(match["type"]))):
                    found.setdefault(name, []).append(match)
            else:
                found.setdefault(_last(self._file.text(match["name"])), []).append(match)
        return found


def _last(name: str) -> str:
    """Return the last part of a dotted name, without a call or an index behind it."""
    return name.rpartition(".")[2].partition("(")[0].partition("[")[0]
