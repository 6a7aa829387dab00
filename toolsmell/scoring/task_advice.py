"""Words for which task a tool is the right one, by the object of the verb that its text begins with."""

from collections.abc import Iterator
from typing import Final

from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ToolContext
from toolsmell.reading.stems import stems_of
from toolsmell.reading.verbs import deed_named, own_words
from toolsmell.scoring.named_act import Act, act_of, asks, switches
from toolsmell.scoring.named_object import object_of
from toolsmell.scoring.parameter_facts import names_by_id, parameters_of, words_in
from toolsmell.text import pattern

_EXAMINING: Final = frozenset("analyze analyse summarize explain compare extract evaluate validate diagnose".split())
"""Verbs that a task is about; of others, the object is what it needs."""
_PLAIN: Final = frozenset(
    "search look browse scan query find check verify test run execute send echo echoe say tell".split()
)
"""Verbs whose task everybody knows."""
_TASKS: Final = frozenset("when whenever useful ideal stub demonstrates deprecated".split())
"""Words of a text that may say for which task its tool is; a stub is for none."""
_VAGUE: Final = frozenset(
    """information info details data metadata listing documentation id ids state logo image file files page structure
    endpoint node element""".split()
)
"""Last words of objects that no task is about."""
_READ: Final = 300
"""Characters of a description that are read."""
_WORDS: Final = (
    r"[A-Za-z][\w/-]*(?: (?!(?:using|with|via|when|that|which|if|and|or|so|by|including)\b)[\w/-]+)*(?![\w'])"
)
"""The first clause of a text."""
_LEAST: Final = 4
_MOST: Final = 11
"""Words of a clause that says enough, and not too much."""
_TOO_PLAIN: Final = frozenset("it this you your all includes information details".split())
_EVERYDAY: Final = frozenset("start stop close open post list click type press call play pause login".split())
"""Verbs whose time is that at which somebody wants it."""
_SMALL: Final = stems_of("return returns two three one new simple given".split(), ascii_only=True)
_FEWEST: Final = 2
"""Words of an object that tells more than what sort of thing it is."""


def tasks(tool: ToolContext) -> Iterator[str]:
    """Yield what is asked if nothing else can be: for which task a tool is, in words of its text."""
    yield from filter(None, (task(tool), opening_task(tool)))


def opening_task(tool: ToolContext) -> str | None:
    """Return a statement about the task of any tool, with the words that its text begins with; None if they are few."""
    if _is_told(tool) or act_of(tool) in (Act.CREATE, Act.DESTROY, Act.CHANGE, Act.REPLACE):
        return None  # Everybody knows what is deleted, or sent, and when.
    line = next((line.strip() for line in tool.text.raw[:_READ].splitlines() if line.strip()), "")
    words = pattern(_WORDS).match(line)
    clause = words[0].split() if words and not line[words.end() :].lstrip().startswith("(") else []
    verb = _bare(clause[0].lower(), tool) if clause else None
    if verb is None or not _LEAST <= len(clause) <= _MOST or not _TOO_PLAIN.isdisjoint(clause):
        return None
    if len(stems_of([word.lower() for word in clause]) - tool.own_stems - _SMALL) < _FEWEST:
        return None  # It says no more than the name.
    return f"say for which task to {verb} {' '.join(clause[1:])}"


def _bare(word: str, tool: ToolContext) -> str | None:
    """Return the bare form of a first word if it is a verb of the tool's name, or one that the rules know."""
    for form in (word, word.removesuffix("s"), word.removesuffix("es")):
        known = deed_named(form) or asks(form) or switches(form)
        if form in _PLAIN | _EVERYDAY:
            return None
        if form in own_words(tool)[:1] or (known and not form.endswith(("s", "ed", "ing"))):
            return form
    return None


def _is_told(tool: ToolContext) -> bool:
    """Return True if a text may say for which task its tool is."""
    told = any(StatementKind.WHEN in sentence.says for sentence in tool.reading.sentences)
    return told or not _TASKS.isdisjoint(tool.text.vocabulary)


def task(tool: ToolContext) -> str | None:
    """Return a statement about the task of a tool that answers or makes something; None if its object is not clear."""
    if _is_told(tool) or act_of(tool) not in (Act.READ, Act.MAKE) or names_by_id(tool):
        return None
    found, verb = object_of(tool), tool.text.words[0].removesuffix("s") if tool.text.words else ""
    if "list" in (verb, *tool.name_words):
        return None  # It is for whoever looks for one of them.
    if found is None or verb in _PLAIN or len(found.split()) < _FEWEST or found.lower().split()[-1] in _VAGUE:
        return None
    heads = stems_of(found.lower().split()[-1:])
    if any(p.required and not heads.isdisjoint(stems_of(words_in(p))) for p in parameters_of(tool)):
        return None  # It is for whoever has its name.
    if verb in _EXAMINING:
        return f"say for which task to {verb} {found}"
    return f"say for which task an agent needs the {found}"
