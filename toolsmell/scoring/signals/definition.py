"""Signals of a whole definition, for rubrics that judge more than what is said: hints, siblings, order and brevity.

They read the tool itself, so they cost time only if a rubric weighs them.
"""

from typing import Final

from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ToolContext
from toolsmell.reading.features import Names, tokens_of
from toolsmell.reading.verbs import Deed, deed_of
from toolsmell.scoring.siblings import siblings_of
from toolsmell.scoring.told import Told

HINTS: Final = ("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint")
ROOM: Final = 60
"""Words that every tool may have."""
ROOM_PER_PARAMETER: Final = 15
"""Words in addition for each parameter."""


def silent(told: Told) -> float:
    """Return 1 if there is no description."""
    return float(not told.tool.text.raw.strip())


def restated(told: Told) -> float:
    """Return 1 if the description is the name or the title of the tool, and nothing else."""
    raw = told.tool.tool.raw
    names = [raw.get(key) for key in ("name", "title")] if isinstance(raw, dict) else []
    own = told.tool.text.raw.strip().lower()
    return float(bool(own) and own in [name.strip().lower() for name in names if isinstance(name, str)])


def hinted(told: Told) -> float:
    """Return the share of the four annotations that are stated."""
    annotations = told.tool.tool.annotations or {}
    return sum(isinstance(annotations.get(hint), bool) for hint in HINTS) / len(HINTS)


def contradicted(told: Told) -> float:
    """Return 1 if a hint denies what the verb in the name of the tool says."""
    annotations, deed = told.tool.tool.annotations or {}, deed_of(told.tool)
    if deed is None or deed[1] is Deed.READ:
        return 0.0
    denied = annotations.get("destructiveHint") is False and deed[1] is Deed.DESTROY
    return float(annotations.get("readOnlyHint") is True or denied)


def names_sibling(tool: ToolContext) -> bool:
    """Return True if a sentence that counts names another tool of the server."""
    names = Names(tool.tool.name or "", {}, tool.server.by_name)
    return any(s.counts and "@tool" in tokens_of(s.text, names).words for s in tool.reading.sentences)


def apart(told: Told) -> float:
    """Return 1 if no sibling is easily confused with the tool, or if the description names it."""
    return float(siblings_of(told.tool.server).nearest(told.tool) is None or names_sibling(told.tool))


def covered(told: Told) -> float:
    """Return the share of parameters that the schema describes; 1 without parameters."""
    parameters = told.tool.parameters
    return sum(bool(p.description) for p in parameters) / len(parameters) if parameters else 1.0


def leading(told: Told) -> float:
    """Return 1 if the first sentence counts and states the purpose."""
    sentences = told.tool.reading.sentences
    return float(bool(sentences) and sentences[0].counts and StatementKind.PURPOSE in sentences[0].says)


def idle(told: Told) -> float:
    """Return the share of the description's characters in sentences that do not count."""
    sentences = told.tool.reading.sentences
    total = sum(len(s.text) for s in sentences)
    return sum(len(s.text) for s in sentences if not s.counts) / total if total else 0.0


def excess(told: Told) -> float:
    """Return the excess of words over the room that the parameters give; 1 at three times the room."""
    room = ROOM + ROOM_PER_PARAMETER * told.parameters
    return max(0.0, min(1.0, (len(told.tool.text.words) - room) / (2 * room)))
