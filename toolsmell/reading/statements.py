"""Reads a description into sentences, each with its statement kinds and the parameters that it explains."""

from typing import TYPE_CHECKING, Final

from toolsmell.model.reading import UNREAD, ReadSentence, StatementKind, ToolReading
from toolsmell.reading.cues import Cue

if TYPE_CHECKING:
    from toolsmell.reading.context import ToolContext

_CUES: Final = {
    StatementKind.WHEN: 1 << Cue.WHEN | 1 << Cue.RECOMMENDATION,
    StatementKind.WHEN_NOT: 1 << Cue.WHEN_NOT,
    StatementKind.LIMIT: 1 << Cue.LIMIT,
    StatementKind.FAILURE: 1 << Cue.FAILURE,
    StatementKind.PREREQUISITE: 1 << Cue.ORDER,
    StatementKind.EFFECT: 1 << Cue.CAVEAT,
    StatementKind.RESULT: 1 << Cue.RETURNS,
    StatementKind.DEFAULT: 1 << Cue.DEFAULT,
    StatementKind.EXAMPLE: 1 << Cue.EXAMPLE,
}


def read(tool: "ToolContext") -> ToolReading:
    """Read the description of `tool`. Linear in the length of the text."""
    if not tool.tool.known("description"):
        return UNREAD
    names = {parameter.name for parameter in tool.parameters}
    found = []
    for i, ((sentence, why), span) in enumerate(zip(tool.judged_sentences, tool.text.sentences, strict=True)):
        says = [kind for kind, cues in _CUES.items() if sentence.cues & cues]
        if i == 0 and not sentence.stems <= tool.name_stems:
            says.insert(0, StatementKind.PURPOSE)
        explained = tuple(name for name in sentence.labels if name in names)
        reason = None if why is None else why.value
        found.append(ReadSentence(span.text, span.start, span.end, tuple(says), explained, why is None, reason))
    said = frozenset(kind for sentence in found for kind in sentence.says)
    return ToolReading(tuple(found), missing(tool, said))


def missing(tool: "ToolContext", said: frozenset[StatementKind]) -> tuple[StatementKind, ...]:
    """Return the kinds that `tool` owes its reader and that are not among `said`."""
    return tuple(kind for kind in StatementKind if kind not in said and _owes(tool, kind))


def _owes(tool: "ToolContext", kind: StatementKind) -> bool:
    if kind is StatementKind.STEERING:
        return False
    if kind is StatementKind.DEFAULT:
        return any(not parameter.required for parameter in tool.parameters)
    if kind is StatementKind.WHEN_NOT:
        return len(tool.server.tools) > 1
    return kind is not StatementKind.EXAMPLE or bool(tool.parameters)
