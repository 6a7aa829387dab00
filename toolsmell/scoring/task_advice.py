"""Words for which task a tool is the right one, by the object of the verb that its text begins with."""

from typing import Final

from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ToolContext
from toolsmell.scoring.named_act import Act, act_of
from toolsmell.scoring.named_object import object_of

_EXAMINING: Final = frozenset("analyze analyse summarize explain compare extract evaluate validate diagnose".split())
"""Verbs that a task is about; of others, the object is what it needs."""
_PLAIN: Final = frozenset("search look browse scan query find check test run execute send echo say tell".split())
"""Verbs whose task everybody knows."""
_TASKS: Final = frozenset("when whenever useful ideal stub demonstrates deprecated".split())
"""Words of a text that may say for which task its tool is; a stub is for none."""
_VAGUE: Final = frozenset(
    """information info details data metadata listing documentation id ids state logo image file files page structure
    endpoint node element""".split()
)
"""Last words of objects that no task is about."""
_FEWEST: Final = 2
"""Words of an object that tells more than what sort of thing it is."""


def task(tool: ToolContext) -> str | None:
    """Return a statement about the task of a tool that answers or makes something; None if its object is not clear."""
    told = any(StatementKind.WHEN in sentence.says for sentence in tool.reading.sentences)
    if told or not _TASKS.isdisjoint(tool.text.vocabulary) or act_of(tool) not in (Act.READ, Act.MAKE):
        return None
    found, verb = object_of(tool), tool.text.words[0].removesuffix("s") if tool.text.words else ""
    if "list" in (verb, *tool.name_words):
        return None  # It is for whoever looks for one of them.
    if found is None or verb in _PLAIN or len(found.split()) < _FEWEST or found.lower().split()[-1] in _VAGUE:
        return None
    if verb in _EXAMINING:
        return f"say for which task to {verb} {found}"
    return f"say for which task an agent needs the {found}"
