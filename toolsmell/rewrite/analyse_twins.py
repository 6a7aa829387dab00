"""What other tools of a server say of the same parameter: taken over where at least two say it, and none otherwise."""

import json
from collections.abc import Iterator
from typing import NamedTuple

from toolsmell.evidence.claims import Citation, CiteKind, Claim
from toolsmell.evidence.facts import mentions, numbers_of
from toolsmell.model import Component, Json
from toolsmell.reading.context import ServerContext, ToolContext, per_server
from toolsmell.reading.verbs import Deed, deed_named, deed_of
from toolsmell.rules.trust import is_suspicious
from toolsmell.schema.reader import Parameter
from toolsmell.text import identifier_words, pattern, words_of

_AGREEING = 2
"""So many siblings must say the same of a parameter."""
_LONGEST = 200
_NOT_SHARED = ("description", "title", "default", "examples", "example")


class _Said(NamedTuple):
    """What the tools of a server say of parameters of one name."""

    shapes: set[str]
    """Their schemas, without what describes them."""
    texts: dict[str, list[Citation]]
    """Each description, with the first places that it stands at; not those of tools that speak to the agent."""
    defaults: set[str]
    words: set[str]
    """Of the names of the tools."""


def meaning(tool: ToolContext, parameter: Parameter) -> Iterator[Claim]:
    """Take the description that a parameter of this name has in all tools that describe one."""
    said = _described(tool.server).get(parameter.name)
    if said is None or said.shapes != {_shape(parameter.schema)} or len(said.texts) != 1:
        return
    ((text, cites),) = said.texts.items()
    same_default = said.defaults == {json.dumps(parameter.default, sort_keys=True)}
    agreed = len(cites) >= _AGREEING and len(text) <= _LONGEST and text.isprintable()
    if agreed and _carries(tool, parameter, text, same_default) and not _about_others(tool, parameter, text, said):
        ended = text if text.endswith((".", "!", "?", ")")) else f"{text}."
        yield Claim(ended, Component.PARAMETERS, tuple(cites), parameter.name)


@per_server
def _described(server: ServerContext) -> dict[str, _Said]:
    """Return, by name, what is said of parameters: each tool is read once."""
    found: dict[str, _Said] = {}
    for tool in server.tools:
        described = [p for p in tool.parameters if p.description and p.description.strip()]
        usable = bool(described) and not is_suspicious(tool)
        for parameter in {p.name: p for p in reversed(described)}.values():
            said = found.setdefault(parameter.name, _Said(set(), {}, set(), set()))
            said.shapes.add(_shape(parameter.schema))
            if usable:
                cites = said.texts.setdefault((parameter.description or "").strip(), [])
                if len(cites) < _AGREEING:
                    at = f"{tool.tool.name}#{parameter.pointer}/description"
                    cites.append(Citation(CiteKind.SIBLING, at))
                said.defaults.add(json.dumps(parameter.default, sort_keys=True))
                said.words.update(map(_singular, tool.name_words))
    return found


def _about_others(tool: ToolContext, parameter: Parameter, text: str, said: _Said) -> bool:
    """Say whether words of siblings speak of what only they deal with: 'the new entry'."""
    own = {_singular(w) for w in (*tool.name_words, *identifier_words(parameter.name))}
    return bool({_singular(w) for w in words_of(text)} & ((said.words - own) | {"new", "existing"}))


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _carries(tool: ToolContext, parameter: Parameter, text: str, same_default: bool) -> bool:
    """Say whether siblings' words about their parameter hold here as well."""
    words, lower = words_of(text), text.lower()
    own = deed_of(tool)
    deeds = {deed_named(w) for w in words} - {None, Deed.READ, own[1] if own else None}
    informs = len(set(words) - set(identifier_words(parameter.name)) - {"the", "a", "an", "of", "to"}) > 1
    # What is but a list of names is what the sibling takes.
    prose = len(pattern(r"(?<!\w)[a-z]{2,}(?!\w)").findall(text)) > 1
    to_reader = not {"you", "your", "please"}.isdisjoint(words)
    bound_elsewhere = not same_default and ("default" in lower or bool(numbers_of(text)))
    speaks_of_need = any(w in lower for w in ("required", "optional", "this tool", "omit"))
    if not informs or not prose or to_reader or deeds or bound_elsewhere or speaks_of_need:
        return False
    return not any(mentions(lower, name) for name in tool.server.by_name if len(name) > 3 and not name.isalpha())


def _shape(schema: Json) -> str:
    if not isinstance(schema, dict):
        return ""
    return json.dumps({k: v for k, v in schema.items() if k not in _NOT_SHARED}, sort_keys=True)
