"""Tells whether a parameter names what a tool makes, or something that exists."""

from typing import Final

from toolsmell.reading.context import ToolContext
from toolsmell.reading.verbs import own_words
from toolsmell.schema.reader import Parameter
from toolsmell.scoring.named_act import Act
from toolsmell.scoring.parameter_facts import FOLDERS, NAMES, PATHS, is_new, is_output, last_of, words_in
from toolsmell.scoring.siblings import IDS
from toolsmell.text import identifier_words, words_of

TITLES: Final = frozenset(("title", "titles"))
"""Names that several things may have."""
_OPENING: Final = 40
"""Characters of a description that say whether a name is new."""
_OPENING_VERBS: Final = frozenset("create add define make register upload save write".split())
_NAMING: Final = frozenset(
    "create generate make write save record download new init register export draw render plot convert".split()
)
"""Verbs that need a path or an id for what they make."""
_PLACES: Final = frozenset("asset target dest save".split())
"""Words of paths at which something may be created."""
_WITH_ID: Final = 2
_SHORTEST: Final = 3
_NO_NEW_NAME: Final = frozenset("existing directory folder descriptive short label display".split())
"""Words of what exists, or of a text that several things may have."""


def is_new_name(parameter: Parameter, tool: ToolContext, act: Act | None, thing: str | None) -> bool:
    """Return True if a parameter names what the tool makes: a file that it writes, a thing that it creates."""
    last = last_of(parameter)
    if act is Act.CREATE and shortens(parameter, thing):
        return True
    if last in PATHS and "output" in words_in(parameter):
        return True
    said = words_of(parameter.description or "")
    if last in FOLDERS or not _NO_NEW_NAME.isdisjoint(said):
        return False
    if {"or", "update"} <= {*tool.name_words} or "upsert" in tool.name_words:
        return False  # What exists is updated.
    makes = not _NAMING.isdisjoint((*own_words(tool), *(word.removesuffix("s") for word in tool.text.words[:1])))
    if last in PATHS | IDS and not (is_output(parameter) or (makes and not (parameter.depth and last in IDS))):
        return False  # `add_heading` has to be given a file that exists.
    new = "new" in (*identifier_words(parameter.name)[:1], *words_of((parameter.description or "")[:_OPENING])[:2])
    if new and parameter.types == {"string"} and last not in TITLES | IDS:
        return True
    if last in PATHS and (is_output(parameter) or (act is Act.MAKE and not parameter.required)):
        return True
    creates = act is Act.CREATE and "string" in parameter.types and is_new(parameter, thing)
    if last in (NAMES | PATHS | IDS) - TITLES and creates:
        return True
    return last in NAMES and " to save" in f" {parameter.description or ''}"


def is_set_anew(parameter: Parameter, tool: ToolContext, act: Act | None, thing: str | None) -> bool:
    """Return True if a parameter may name what a tool makes, although its verb does not say so for certain.

    A text that begins with `Create` creates what `set_name` sets; `username` names a new user.
    """
    if act is Act.CREATE and parameter.name.lower() == (thing or "").lower().rsplit(" ", 1)[-1]:
        return True  # `alias` of a new alias.
    opens = _OPENING_VERBS & {word.removesuffix("s") for word in tool.text.words[:1]}
    if "create" in own_words(tool) and last_of(parameter) in PATHS and not _PLACES.isdisjoint(words_in(parameter)):
        return True
    named = NAMES if "add" in opens else NAMES | PATHS  # A heading that is added to a file is no file.
    return last_of(parameter) in named and bool(opens or act is Act.REPLACE) and is_new(parameter, thing)


def shortens(parameter: Parameter, thing: str | None) -> bool:
    """Return True if a required parameter is the id of a thing in short: `conn_id` of a connection."""
    words = identifier_words(parameter.name)
    if not parameter.required or len(words) != _WITH_ID or words[1] not in IDS or len(words[0]) < _SHORTEST:
        return False
    return (thing or "").lower().rsplit(" ", 1)[-1].startswith(words[0])


def is_login(parameter: Parameter, act: Act | None, thing: str | None) -> bool:
    """Return True if a parameter is the name of the new thing in one word: `username` of a new user."""
    named = parameter.name.lower()
    return act is Act.CREATE and bool(thing) and named == f"{(thing or '').lower().rsplit(' ', 1)[-1]}name"
