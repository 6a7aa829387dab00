"""Counts the files that a run passes over because nothing in them is for MCP."""

from collections import Counter
from typing import Final, Protocol, TypeAlias

Kind: TypeAlias = tuple[str, str]
"""What to call one file of a kind, and several."""

NO_TOOLS: Final = ("source file without tools", "source files without tools")
OTHER_JSON: Final = ("JSON file of another kind", "JSON files of other kinds")
NOT_JSON: Final = ("file that is not valid JSON", "files that are not valid JSON")
OWN: Final = ("file that toolsmell wrote", "files that toolsmell wrote")
EMPTY: Final = ("MCP file without tools or servers", "MCP files without tools or servers")
TEST: Final = ("file of tests or examples", "files of tests or examples")
EXCLUDED: Final = ("excluded file", "excluded files")
LARGE: Final = ("file over the size limit", "files over the size limit")


class Count(Protocol):
    """Counts files of a kind."""

    def __call__(self, kind: Kind, count: int = 1, /) -> None: ...


def other_language(language: str) -> Kind:
    """Return the kind of a source file in a language that is not read."""
    return f"{language} file (not read)", f"{language} files (not read)"


class PassedOver:
    """Counts files by kind, and describes them in one line."""

    def __init__(self) -> None:
        self._counts: Final[Counter[Kind]] = Counter()

    def add(self, kind: Kind, count: int = 1, /) -> None:
        """Count a file of a kind: one of the constants above."""
        if count:
            self._counts[kind] += count

    def summary(self) -> str | None:
        """Return the counts in one line, the largest first; None if no file was passed over."""
        total = self._counts.total()
        if not total:
            return None
        listed = ", ".join(_amount(count, kind) for kind, count in self._counts.most_common())
        return f"passed over {listed}"


def _amount(count: int, kind: Kind) -> str:
    return f"{count:,} {kind[0] if count == 1 else kind[1]}"
