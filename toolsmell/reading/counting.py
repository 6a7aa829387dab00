"""Whether a sentence counts for its tool, and if not, why."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from toolsmell.model.reading import StatementKind
from toolsmell.reading.stems import GENERIC

if TYPE_CHECKING:
    from toolsmell.reading.context import ToolContext
    from toolsmell.reading.reader import Observed


class Reason(StrEnum):
    """Why a sentence does not count: words that complete "it ..."."""

    STEERING = "steers the agent"
    HEADING = "is a heading"
    NAME = "repeats the name"
    SCHEMA = "repeats the schema"
    REPEATED = "repeats an earlier sentence"
    SHARED = "stands in other tools of the server too"
    FILLER = "has no statement that was recognised"


SHARED_KINDS: Final = frozenset(
    (StatementKind.LIMIT, StatementKind.FAILURE, StatementKind.PREREQUISITE, StatementKind.EFFECT)
)
"""What holds for several tools holds for each of them."""
LONG: Final = 12
"""A sentence of so many stems that says nothing new is no statement, whatever cues it has."""
_NAMES: Final = frozenset(("is:@tool", "is:@param", "is:number", "is:@name"))
_VALUES: Final = frozenset(("is:@tool", "is:@param", "is:number", "is:@name", "is:quoted"))


def reasons(tool: "ToolContext", found: Iterable["Observed"]) -> Iterator[tuple["Observed", Reason | None]]:
    """Yield each sentence with the reason why it does not count, or None."""
    shared = tool.shared_sentences
    bare = frozenset(p.name for p in tool.parameters if not p.description)
    before: set[str] = set()
    earlier: set[str] = set()
    for i, sentence in enumerate(found):
        why = _reason(tool, sentence, first=i == 0, shared=i in shared, bare=bare, before=before, earlier=earlier)
        before |= sentence.sentence.stems
        earlier.add(_plain(sentence.span.text))
        yield sentence, why


def _reason(
    tool: "ToolContext",
    found: "Observed",
    *,
    first: bool,
    shared: bool,
    bare: frozenset[str],
    before: set[str],
    earlier: set[str],
) -> Reason | None:
    says, features = found.says, found.seen.features
    if StatementKind.STEERING in says:
        return Reason.STEERING
    if found.stand.heading:
        return Reason.HEADING
    if _plain(found.span.text) in earlier:
        return Reason.REPEATED
    stems = found.sentence.stems
    explains = bool(found.explains)
    if first:
        return None if _opens(tool, found) else Reason.NAME
    if shared and bare.isdisjoint(found.explains) and SHARED_KINDS.isdisjoint(says):
        return Reason.SHARED
    if stems <= before | tool.name_stems and _VALUES.isdisjoint(features) and (not says or len(stems) > LONG):
        return Reason.REPEATED if stems else Reason.FILLER
    if explains and bare.isdisjoint(found.explains) and stems <= tool.schema_text.stems | tool.name_stems:
        return Reason.SCHEMA
    if says or explains or not _NAMES.isdisjoint(features):
        return None
    return Reason.FILLER


def _opens(tool: "ToolContext", found: "Observed") -> bool:
    """Return True if a first sentence says more than the name of the tool."""
    telling = found.sentence.stems - tool.name_stems - GENERIC
    return bool(telling) or any(kind is not StatementKind.PURPOSE for kind in found.says)


def _plain(text: str) -> str:
    return text.rstrip(" .!?。！？").lower()
