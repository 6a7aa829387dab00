"""Says where the value of an identifying parameter comes from: from which tool, and whether a text says so."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple, TypeAlias

from toolsmell.reading.context import ServerContext, ToolContext, per_server, per_tool
from toolsmell.reading.verbs import deed_named
from toolsmell.schema.reader import Parameter
from toolsmell.text import identifier_words, last_word, pattern

_HINTS = (
    r"return|obtain|found (?:in|using|via|with|by)|find|get it|listed|list[ _-]|search|e\.g|example|such as"
    r"|like\b|format|url"
    r"|(?<![a-z\d])\d|`|(?<![a-z])['\"]|respon|previous"
    r"|\bcall \w+|discover|created by|generated|shown|visible|copy|default|use (?:the )?\w+_\w+|given by|see "
    r"|\buser (?:provides|gives|supplies|confirms|specifies)|\bask\b|\balias (?:for|of)\b|\bsha\b"
    r"|\bor (?:the |an? |their |its )?(?:\w+ )?(?:e-?mail|name|slug|user ?name|login|handle|key|path|title|alias)\b"
)
_ORIGIN = rf"\bfrom\b|{_HINTS}"
_ORIGIN_HERE = (
    rf"{_HINTS}|\bfrom (?:the |an? |your |this |its |another |other )?(?:[\w-]+ ){{0,2}}?"
    r"(?:get|quer|result|output|earlier|call"
    r"|tool|link|event|page|message|webhook|file|config|setting|dashboard|api\b|address|field|metadata|\w+[_-]\w+)"
)
"""Words about a place that the agent can reach, if a tool of the server finds the thing."""
_EXAMPLES = (
    r"\([^()]{0,200}?\be\.g[^()]{0,200}\)|\be\.g\..*|\bsuch as\b.*|\bfor example\b.*"
    r"|\([^()]{0,200}?\bexamples?\b[^()]{0,200}\)"
)
_LISTERS = frozenset("list search find query lookup browse".split())
_GETTERS = frozenset("get fetch retrieve show all".split())
MAKERS = frozenset("create add register set put upsert save insert new start open".split())
_MOST_LISTERS = 100
"""Tools that list one kind of thing, of which each id is compared with every one."""
_NAMED = (
    r"\b([a-z]{3,20}) (?:(?:unique|numeric|internal|opaque) )*(?:id|identifier|uuid|guid)\b"
    r"|\b(?:id|identifier|uuid|guid) (?:of|for) (?:the|an?) ([a-z]{3,20})\b"
)
_PLAIN = frozenset("all my available many from by of the api mcp v1 v2".split())
"""Words in the name of a tool that do not narrow down what it lists."""
NEUTRAL = _LISTERS | _GETTERS | _PLAIN
_VAGUE = frozenset("the unique numeric specific its this that new valid existing".split())
_CODES = frozenset("id ids uuid guid gid sid identifier slug handle nickname alias urn arn".split())
_CHOSEN = frozenset("nickname handle alias".split())
"""Handles that people choose: an example does not tell which ones exist."""
_CODE = r"^(?:[a-z-]+ ){0,4}(?:ids?|identifier|uuid|guid|slug|nickname|alias|handle)\b(?:\(s\))?"
_WITHOUT = (
    r"\bomit|if (?:not|none|empty|omitted)|\bcurrent\b|\blatest\b|\bactive\b|leave (?:empty|out|blank)|\bany\b"
    r"|otherwise|\bnew\b|\bnull\b|\bunset|instead"
)
"""What happens without an optional id, or what it is set to."""

Sources: TypeAlias = Mapping[str, Sequence[ToolContext]]


class IdPlace(NamedTuple):
    tool: ToolContext
    parameter: Parameter


def noun_of(tool: ToolContext, parameter: Parameter) -> str | None:
    """Return the thing that an id identifies, in the singular; None if the parameter is no id of a thing."""
    if not _free(parameter) or "pattern" in parameter.schema:
        return None
    words = identifier_words(parameter.name)
    if len(words) > 1 and words[-1] == "id":
        return singular(words[-2])
    if words == ("id",) and len(tool.name_words) > 1:
        named = pattern(_NAMED).search((parameter.description or "").lower())
        said = (named[1] or named[2]) if named else ""
        last = tool.name_words[-1]
        noun = singular(said if said and said not in _VAGUE else last)
        return noun if noun in map(singular, tool.name_words) or (said and deed_named(last)) else None
    return None


def handle_of(parameter: Parameter) -> str | None:
    """Return the thing that an optional id or another handle with a description identifies, in the singular."""
    text = parameter.description
    if not text or not _free(parameter):
        return None
    coded = last_word(parameter.name) in _CODES
    said = None if coded else pattern(_CODE).match(text.lower())
    if not coded and said is None:
        return None
    if not parameter.required and pattern(_WITHOUT).search(text.lower()):
        return None
    words = identifier_words(parameter.name)
    if coded:
        return singular(words[-2]) if len(words) > 1 and "sub" not in words else None
    return singular(words[0]) if len(words) == 1 else None


def _free(parameter: Parameter) -> bool:
    """Return True for a text or a number without a default and without a list of its values."""
    if not isinstance(parameter.schema, dict) or parameter.schema.keys() & {"enum", "const", "examples"}:
        return False
    return parameter.default is None and not parameter.types.isdisjoint(("string", "integer", "number"))


@per_server
def sources(server: ServerContext) -> Sources:
    """Return, for each thing, the tools that list or search it by their names."""
    found: dict[str, list[ToolContext]] = {}
    for tool in server.tools:
        words = tool.name_words
        lists = not _LISTERS.isdisjoint(words) or ("manage" in words and "'list'" in tool.text.raw)
        for word in words:
            plural = word.endswith("s") and not word.endswith("ss") and not _GETTERS.isdisjoint(words)
            if (lists or plural) and len(word) > 2:
                found.setdefault(singular(word), []).append(tool)
    return {noun: _plainest(tools) for noun, tools in found.items()}


def _plainest(tools: list[ToolContext]) -> Sequence[ToolContext]:
    """Return the tools in their order; of very many those with the shortest names, so that the work stays linear."""
    if len(tools) <= _MOST_LISTERS:
        return tools
    longest = sorted(len(tool.name_words) for tool in tools)[_MOST_LISTERS - 1]
    return [tool for tool in tools if len(tool.name_words) <= longest][:_MOST_LISTERS]


@per_server
def made(server: ServerContext) -> AbstractSet[str]:
    """Return the things that tools of a server make, by their names, in the singular."""
    makers = (tool for tool in server.tools if not MAKERS.isdisjoint(tool.name_words))
    return {singular(word) for tool in makers for word in tool.name_words}


def origin_of(place: IdPlace, noun: str, listers: Sequence[ToolContext], *, sure: bool = False) -> ToolContext | None:
    """Return the tool that lists these very things: the one that shares most words with the tool that takes the id.

    With `sure`, a search that may be in the thing instead of for it (`search_wiki`) does not count.
    """
    said = _said_before(place, noun)
    words = {*place.tool.name_words, *identifier_words(place.parameter.name), *said}
    fitting = [tool for tool in listers if _fits(tool, noun, words) and _narrow_enough(tool, place, noun, said)]
    able = [tool for tool in fitting if not _needs(tool, noun) and (not sure or _lists(tool, noun))]
    return max(able, key=lambda tool: len(words & {*tool.name_words}), default=None)


def _fits(source: ToolContext, noun: str, words: AbstractSet[str]) -> bool:
    """Return True if no word of the tool's name says that it lists others."""
    known = NEUTRAL | {"manage"} | words | source.server.name_words
    extra = {word for word in source.name_words if word not in known and singular(word) != noun}
    return not extra - {source.server.beginning}


def _said_before(place: IdPlace, noun: str) -> frozenset[str]:
    """Return the word that narrows down the thing in the description: `received` in `the received email ID`."""
    found = pattern(r"\b([a-z]{3,20}) ([a-z]{3,20}) (?:id|identifier|uuid|guid)\b").search(
        (place.parameter.description or "").lower()
    )
    return frozenset((found[1],)) if found and singular(found[2]) == noun else frozenset()


def _narrow_enough(source: ToolContext, place: IdPlace, noun: str, said: AbstractSet[str]) -> bool:
    """Return True if the words that narrow down a bare `id` are in the name of the source too."""
    words = place.tool.name_words
    nouns = [singular(word) for word in words]
    at = nouns.index(noun) if place.parameter.name.lower() == "id" and noun in nouns else 0
    before = set(words[1:at][-1:]) - source.server.name_words - _VAGUE
    narrowing = before | (said & set(words))
    return narrowing <= {*source.name_words, *map(singular, source.name_words)}


def _lists(tool: ToolContext, noun: str) -> bool:
    """Return False for a search that may be in the thing, not for it: `search_wiki`."""
    return "list" in tool.name_words or noun not in tool.name_words


def _needs(tool: ToolContext, noun: str) -> bool:
    """Return True if the caller must know such a thing already."""
    return noun in _known_before(tool)


@per_tool
def _known_before(tool: ToolContext) -> AbstractSet[str]:
    """Return the things whose ids a tool has to be given; built once, for it is asked of every id of other tools."""
    named = (p.name for p in tool.parameters if p.required and last_word(p.name) in _CODES)
    return {singular(word) for name in named for word in identifier_words(name)}


def says_origin(place: IdPlace, source: ToolContext | None) -> bool:
    """Return True if a text says where the value comes from, or the tool is the one that makes or finds the thing."""
    tool, parameter = place
    if tool is source or not MAKERS.isdisjoint(tool.name_words):
        return True
    said = (parameter.description or "").lower()
    if source is not None and not _CHOSEN.isdisjoint(pattern(r"[a-z]+").findall(said)):
        said = pattern(_EXAMPLES).sub("", said)
    if pattern(_ORIGIN if source is None else _ORIGIN_HERE).search(said) or not said.isascii():
        return True
    lower = tool.text.lower
    if source is not None and source.tool.label.lower() in f"{lower}\n{said}":
        return True
    return len(parameter.name) > 2 and parameter.name.lower() in lower


def singular(word: str) -> str:
    """Return a noun without the ending of its plural."""
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
