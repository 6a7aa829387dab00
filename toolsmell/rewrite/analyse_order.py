"""Claims about what precedes what: the tool that finds a thing says which calls need it.  Pure.

It is said once, by the tool that comes first: said by each of those that follow, the same sentence would be paid for
many times, and a search for the first tool would find them instead.
"""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from toolsmell.evidence.claims import Citation, CiteKind, Claim
from toolsmell.evidence.facts import mentions
from toolsmell.model import Component
from toolsmell.reading.context import ServerContext, ToolContext, per_server
from toolsmell.reading.verbs import Deed, deed_of, own_words
from toolsmell.rewrite.phrases import listed
from toolsmell.text import identifier_words, pattern

_FINDING = ("search", "find", "lookup", "list", "browse")
"""Verbs of tools that find things, the best first. What is queried is searched in: `query_table` finds no tables."""
_DANGLING = frozenset("by from with to of for in on at".split())
_ENDINGS = frozenset("id ids uid uuid guid key slug name number handle".split())
"""Last words of names that identify a thing."""
_FETCHING = frozenset(("get", "fetch", "read", "retrieve", "show", "view"))
_MOST = 12
_READ = 200
"""Followers that are looked at."""
_LONGEST = 4
"""Words that a follower is called by, and that a kind in a path has."""
_LONGEST_NAME = 60


class Finder(NamedTuple):
    """A tool that finds things of a kind."""

    tool: ToolContext
    rank: int
    """Place of its verb in `_FINDING`."""
    noun: tuple[str, ...]
    """The kind, in singular: `release note`."""
    opens: bool
    """Whether its verb stands before the kind: so it does, mostly, in all tools of a server."""


class Follower(NamedTuple):
    """A tool that takes what identifies such a thing."""

    tool: ToolContext
    pointer: str
    """Where it says so: a parameter, or its name."""
    thing: tuple[str, ...]
    """What it takes, in words: `release note id`."""


class _Index(NamedTuple):
    """The tools of a server by what they find and take: each is read once."""

    finders: dict[tuple[str, ...], Finder]
    """By the kind, the one that finds it best."""
    takers: dict[str, list[Follower]]
    """By the last word of the kind: who may take such a thing."""


def order_claims(tool: ToolContext) -> Iterator[Claim]:
    """Say for which calls `tool` finds what they take, if it is the one that does so best."""
    finder = _finder(tool)
    index = _index(tool.server) if finder else None
    if finder is None or index is None or index.finders[finder.noun].tool is not tool:
        return
    followers = list(islice(_followers(finder, index), _READ))
    called = {words: f for f in followers if (words := _called(f, finder))}
    if not called or any(mentions(tool.text.lower, f.tool.tool.name or "") for f in followers):
        return
    thing = " ".join(followers[0].thing)
    shown = list(called)[:_MOST]
    cites = tuple(Citation(CiteKind.SIBLING, f"{called[w].tool.tool.name}#{called[w].pointer}") for w in shown)
    yield Claim(f"Use it first where a call needs the {thing}: {listed(shown, 'or')}.", Component.USAGE, cites)


@per_server
def _index(server: ServerContext) -> _Index:
    index = _Index({}, {})
    for tool in server.tools:
        finder = _finder(tool)
        if finder and finder.rank < (best.rank if (best := index.finders.get(finder.noun)) else len(_FINDING)):
            index.finders[finder.noun] = finder
        deed = deed_of(tool)
        if not finder and not (deed and deed[1] is Deed.CREATE) and _speakable(tool):
            for taker in _takers(tool):
                index.takers.setdefault(taker.thing[-2], []).append(taker)
    return index


def _finder(tool: ToolContext) -> Finder | None:
    words = own_words(tool)
    at = next((i for i, word in enumerate(words[:2]) if word in _FINDING), len(words) - 1)
    if len(words) < 2 or words[at] not in _FINDING or not _speakable(tool):
        return None
    noun = tuple(_singular(w) for w in (words[at + 1 :] or words[:at]))
    # What has to be found first does not find: `list_issue_comments` takes the issue.
    needs = any(p.required and _is_by(_thing(p.name), noun) for p in tool.parameters)
    if needs or not all(w.isalpha() for w in noun):
        return None
    return Finder(tool, _FINDING.index(words[at]), noun, at < len(words) - 1)


def _takers(tool: ToolContext) -> Iterator[Follower]:
    """Yield what a tool takes: by its parameters, and by a path that is its name (`get_movie_movie_id_credits`)."""
    for parameter in tool.parameters:
        if parameter.required and (thing := _thing(parameter.name)):
            yield Follower(tool, parameter.pointer, thing)
    words = tuple(tool.name_words)
    for at, word in enumerate(words):
        if word == "id" and at:
            yield Follower(tool, "/name", words[max(0, at - _LONGEST) : at + 1])


def _followers(finder: Finder, index: _Index) -> Iterator[Follower]:
    """Yield the tools that take what `finder` finds, each once."""
    seen = set()
    for taker in index.takers.get(finder.noun[-1], ()):
        if taker.tool.tool.index in seen:
            continue
        by_name = taker.pointer == "/name"
        if by_name and taker.thing[-1 - len(finder.noun) : -1] != finder.noun:
            continue
        if not by_name and not _takes(taker, finder):
            continue
        seen.add(taker.tool.tool.index)
        yield taker._replace(thing=(*finder.noun, "id")) if by_name else taker


def _takes(taker: Follower, finder: Finder) -> bool:
    fits = _is_by(taker.thing, finder.noun)
    return fits and _same_branch(taker.tool, taker.thing, finder) and not _other_kind(taker.tool, finder)


def _is_by(thing: tuple[str, ...] | None, noun: tuple[str, ...]) -> bool:
    """Say whether what a parameter takes identifies a thing called `noun`, or by the end of it."""
    bare = tuple(_singular(w) for w in thing[:-1]) if thing else ()
    return bool(bare) and noun[-len(bare) :] == bare


def _thing(name: str) -> tuple[str, ...] | None:
    """Return the words of a parameter that identifies something: `boat id`."""
    words = tuple(identifier_words(name)) if len(name) <= _LONGEST_NAME else ()
    return words if len(words) > 1 and words[-1] in _ENDINGS else None


def _same_branch(tool: ToolContext, thing: tuple[str, ...], finder: Finder) -> bool:
    """Say whether what a parameter leaves out of the kind stands in the tool's name: an account of which service."""
    rest = finder.noun[: len(finder.noun) - (len(thing) - 1)]
    return set(rest) <= {_singular(w) for w in tool.name_words}


def _other_kind(tool: ToolContext, finder: Finder) -> bool:
    """Say whether a tool's name speaks of another kind with the same word: a subscription of a topic."""
    words = [_singular(w) for w in own_words(tool)]
    last = finder.noun[-1]
    before = words[1 if finder.opens else 0 : words.index(last)] if last in words else []
    return not set(before) <= {_singular(w) for w in finder.tool.name_words}


def _called(follower: Follower, finder: Finder) -> str:
    """Return what a follower does with the thing, by the words of its name: `credits`, `close`."""
    words = [w for w in own_words(follower.tool) if w not in _FETCHING]
    kept = [
        word
        for at, word in enumerate(words)
        if _singular(word) not in finder.noun and word not in words[:at] and (word not in _ENDINGS or not at)
    ]
    kept = kept[:_LONGEST]
    while kept and kept[-1] in _DANGLING:
        kept.pop()
    return " ".join(kept)


def _speakable(tool: ToolContext) -> bool:
    """Say whether the words of a tool's name may stand in another's text."""
    name = tool.tool.name or ""
    return bool(pattern(r"[\w ./:-]{1,100}").fullmatch(name)) and tool.server.name_counts[name] == 1


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
