"""Makes claims without a model: what siblings say about the same parameter, and which sibling returns an id.

Only what is plainly right is claimed. Everything else needs a writer: a model, an agent or a person (`brief`).
"""

import json
from collections.abc import Iterator
from typing import NamedTuple

from toolsmell.evidence.claims import Citation, CiteKind, Claim
from toolsmell.evidence.facts import mentions, numbers_of
from toolsmell.model import Component, Json
from toolsmell.reading.context import ServerContext, ToolContext, per_server
from toolsmell.reading.verbs import Deed, deed_named, deed_of
from toolsmell.rewrite.origins import origin_of
from toolsmell.rules.trust import is_suspicious
from toolsmell.schema.reader import Parameter
from toolsmell.text import identifier_words, pattern, words_of

_LONGEST = 200
_CITED = 2
_ACTS = (
    r"(?<!path )(?<!link )(?<!url )(?<!reference )\bto (?!the\b|an?\b)[a-z]+"
    r"|\b(?:must|not|never|empty|if|when|unless|only|new|updated)\b"
)
"""Words about actions and conditions of a sibling, which may differ here."""
_GRAMMAR = frozenset(
    "the a an of to for in this be unique identifier id chosen specific given input value text processed".split()
)
"""Words that say nothing about a parameter."""
_NOT_SHARED = ("description", "title", "default", "examples", "example")


def claims_of(tool: ToolContext, component: Component) -> tuple[Claim, ...]:
    """Return the claims about the parameters of a tool; each adds to `component`."""
    if tool.text.script not in ("latin", "none"):
        return ()
    return tuple(claim for parameter in tool.parameters for claim in _of_parameter(tool, parameter, component))


def _of_parameter(tool: ToolContext, parameter: Parameter, component: Component) -> Iterator[Claim]:
    explained = parameter.description or parameter.name in tool.reading.explained
    if not explained and (claim := _as_siblings(tool, parameter, component)):
        yield claim
    origin = origin_of(tool, parameter.name)
    if origin and origin.tool.name and not is_suspicious(origin) and not _names(tool, parameter, origin.tool.name):
        cite = Citation(CiteKind.SIBLING, f"{origin.tool.name}#/description")
        yield Claim(f"As returned by `{origin.tool.name}`.", component, (cite,), parameter.name)


def _names(tool: ToolContext, parameter: Parameter, name: str) -> bool:
    return mentions(tool.text.lower, name) or mentions((parameter.description or "").lower(), name)


class _Said(NamedTuple):
    """Descriptions that a server gives to parameters with one name."""

    shapes: set[str]
    """Their schemas, without descriptions."""
    texts: dict[str, list[Citation]]
    """Each description, with its first places; tools that steer the agent are left out."""
    defaults: set[str]
    words: set[str]
    """Words of the names of the tools."""


def _as_siblings(tool: ToolContext, parameter: Parameter, component: Component) -> Claim | None:
    """Return the description that all tools give that describe a parameter with this name and schema."""
    said = _described(tool.server).get(parameter.name)
    if said is None or said.shapes != {_shape(parameter.schema)} or len(said.texts) != 1:
        return None
    ((text, cites),) = said.texts.items()
    same_default = said.defaults == {json.dumps(parameter.default, sort_keys=True)}
    plain = len(text) <= _LONGEST and text.isprintable()
    if not plain or not _holds_here(tool, parameter, text, same_default) or _about_others(tool, parameter, text, said):
        return None
    ended = text if text.endswith((".", "!", "?", ")")) else f"{text}."
    return Claim(ended, component, tuple(cites), parameter.name)


@per_server
def _described(server: ServerContext) -> dict[str, _Said]:
    """Return the descriptions of parameters by name: each tool is read once."""
    found: dict[str, _Said] = {}
    for tool in server.tools:
        described = [p for p in tool.parameters if p.description and p.description.strip()]
        usable = bool(described) and not is_suspicious(tool)
        for parameter in {p.name: p for p in reversed(described)}.values():
            said = found.setdefault(parameter.name, _Said(set(), {}, set(), set()))
            said.shapes.add(_shape(parameter.schema))
            if usable:
                cites = said.texts.setdefault((parameter.description or "").strip(), [])
                if len(cites) < _CITED:
                    at = f"{tool.tool.name}#{parameter.pointer}/description"
                    cites.append(Citation(CiteKind.SIBLING, at))
                said.defaults.add(json.dumps(parameter.default, sort_keys=True))
                said.words.update(map(_singular, tool.name_words))
    return found


def _about_others(tool: ToolContext, parameter: Parameter, text: str, said: _Said) -> bool:
    """Return True if the words of siblings are about a thing of their own: "the new entry"."""
    own = {_singular(w) for w in (*tool.name_words, *identifier_words(parameter.name), *tool.server.name_words)}
    own |= {_singular(tool.server.beginning or "")}
    return bool({_singular(w) for w in words_of(text)} & ((said.words - own) | {"new", "existing"}))


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _holds_here(tool: ToolContext, parameter: Parameter, text: str, same_default: bool) -> bool:
    """Return True if the words of siblings about their parameter are true of this one."""
    words, lower = words_of(text), text.lower()
    own = deed_of(tool)
    deeds = {deed_named(w) for w in words} - {None, Deed.READ, own[1] if own else None}
    known = [*identifier_words(parameter.name), *tool.server.name_words, *tool.name_words]
    news = [w for w in set(words) - _GRAMMAR if not any(_same_word(w, k) for k in known)]
    # A bare list of names is what the sibling takes.
    prose = len(pattern(r"(?<!\w)[a-z]{2,}(?!\w)").findall(text)) > 1
    to_reader = not {"you", "your", "please"}.isdisjoint(words)
    acts = pattern(_ACTS).search(lower) is not None
    bound_elsewhere = not same_default and ("default" in lower or bool(numbers_of(text)))
    speaks_of_need = any(w in lower for w in ("required", "optional", "this tool", "omit"))
    if len(news) < 2 or not prose or to_reader or deeds or acts or bound_elsewhere or speaks_of_need:
        return False
    return not any(mentions(lower, name) for name in tool.server.by_name if len(name) > 3 and not name.isalpha())


def _same_word(word: str, known: str) -> bool:
    """Return True for a word and its short form: `repository` and `repo`."""
    return len(known) > 2 and (word.startswith(known) or known.startswith(word))


def _shape(schema: Json) -> str:
    if not isinstance(schema, dict):
        return ""
    return json.dumps({k: v for k, v in schema.items() if k not in _NOT_SHARED}, sort_keys=True)
