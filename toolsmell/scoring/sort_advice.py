"""Words what a tool of a certain sort could say: a guide its length, a screenshot its size, a map its countries."""

from collections.abc import Iterator
from itertools import chain
from typing import Final, NamedTuple

from toolsmell.reading.context import ServerContext, ToolContext, per_server
from toolsmell.reading.verbs import own_words
from toolsmell.scoring.named_act import Act, act_of, gives_a_value, is_plural, thing_of
from toolsmell.scoring.named_object import object_of, subject_of
from toolsmell.scoring.naming import quoted
from toolsmell.scoring.parameter_facts import COUNTED, NAMES, PATHS, last_of, parameters_of
from toolsmell.scoring.siblings import IDS
from toolsmell.scoring.state_advice import TIES
from toolsmell.text import pattern

_READ: Final = 20
"""Words at the beginning of a text that say what its tool is about."""


class _Sort(NamedTuple):
    """The words that show a sort of tool, the words that may tell the statement already, and the statement.

    `{0}` is the word that shows the sort.
    """

    shown: frozenset[str]
    told: frozenset[str]
    words: str


def _sort(shown: str, told: str, words: str) -> _Sort:
    return _Sort(frozenset(shown.split()), frozenset(told.split()), words)


_BARE: Final = (
    _sort(
        "documentation docs guide manual handbook readme tutorial guidelines",
        "long short words tokens length brief search characters list lists libraries",
        "say how long the {0} is, in words or tokens",
    ),
    _sort(
        "env environment",
        "secrets masked redacted hidden keys definitions names",
        "say whether it shows secrets as well",
    ),
    _sort("date time", "utc timezone zone gmt local amsterdam", "say in which time zone the {0} is"),
    _sort(
        "graph tree hierarchy",
        "truncated truncates limit limited depth most first entire whole complete full",
        "say whether a large {0} is returned in full",
    ),
    _sort(
        "files",
        "folder directory directories workspace project drive bucket repository repo path",
        "say in which folder the {0} are",
    ),
)
"""Sorts of tools that read something and take no parameters."""
_BY_NAME: Final = (
    _sort(
        "allowed enabled supported",
        "change changes changed dynamic static cache cached fixed session current",
        "say whether one call a session is enough, or what it returns may change",
    ),
    _sort("about instructions", "long short words tokens", "say how long the text that it returns is"),
    _sort("screenshot", "png jpeg jpg pixels resolution size format", "say in which format and size the {0} is"),
    _sort(
        "directions direction geocode regeocode geocoder geocoding bicycling walking driving transit poi ip",
        "country countries region regions worldwide global globally world us usa china europe",
        "say for which countries it has data",
    ),
    _sort(
        "research audit crawl",
        "seconds minutes minute hours asynchronous status job",
        "say how long a call takes",
    ),
    _sort("summarize summarizer summarise transcribe", "mb pages words long tokens", "say how long its input may be"),
)
"""Sorts of tools that a word of the name shows."""
_OF_NOW: Final = frozenset("price prices market consumption traffic utilization".split())
"""What changes from minute to minute."""
_FRESH: Final = frozenset(
    "live realtime real-time current latest cached delayed updated historical daily hourly now recorded".split()
)
_SUMS: Final = {"adds": "sum", "add": "sum", "multiplies": "product", "multiply": "product", "subtract": "difference"}
_CLOSED: Final = {
    "goals": "completed",
    "tasks": "completed",
    "todos": "completed",
    "reminders": "completed",
    "issues": "closed",
    "tickets": "closed",
    "projects": "archived",
    "channels": "archived",
    "boards": "archived",
}
"""States that a list or a count may leave out, by the things that have them."""
_NO_STATES: Final = frozenset("status open active directory folder path".split())
_VIEWS: Final = frozenset("tab window page scene".split())
"""Things that may be in front of others."""
_FRONT: Final = frozenset("switch switches focus active current selects background foreground activate".split())
_KEPT: Final = frozenset("persist persists session restart temporarily temporary permanently until saved".split())
_STOPPING: Final = frozenset("stop end shutdown terminate".split())
_EMPTYING: Final = frozenset("wipe clear purge flush discard".split())
_NEEDING: Final = frozenset("execute executes run runs process correct write writes convert translate validate".split())
"""Verbs of tools that have to be given what they work on."""
_ONE: Final = r"\A\W*(?:\w+ly )?(\w+) (?:(?:an?|the given) |(?:\w+ ){1,3}(?:in|of) a given |data )"
"""A text whose first verb has an object that the call has to name: `Execute a SQL query`."""
_REMOVING: Final = frozenset("delete remove destroy".split())
_UNDONE: Final = frozenset("undo undone restore restored irreversible permanently reversible recover permanent".split())


def of_sort(tool: ToolContext) -> Iterator[str]:
    """Yield statements that the sort of a tool suggests, the most useful first."""
    if _lacks_parameters(tool):
        yield "list its parameters: the input schema has none"
    words, opening = tool.text.vocabulary, frozenset(tool.text.words[:_READ])
    bare = act_of(tool) in (Act.READ, None) and not tool.parameters
    for sorts, shown in ((_BARE if bare else (), opening | {*tool.name_words}), (_BY_NAME, {*tool.name_words})):
        for sort in sorts:
            found = next(
                (word for word in (*tool.text.words[:_READ], *tool.name_words) if word in sort.shown & shown), None
            )
            if found and sort.told.isdisjoint(words):
                yield sort.words.format(found)
    yield from _of_answer(tool)
    yield from _of_act(tool)


def _lacks_parameters(tool: ToolContext) -> bool:
    """Return True if a tool has to be given something by its text, and its schema has no parameter for it."""
    if tool.parameters or tool.tool.input_schema is None:
        return False
    if own_words(tool)[:1] == ("search",):
        return True
    verb = pattern(_ONE).match(tool.text.raw.strip())
    if verb is None:
        return False
    made = act_of(tool) is Act.CREATE and _VIEWS.isdisjoint(tool.text.vocabulary)
    return made or verb[1].lower() in _NEEDING


def _of_answer(tool: ToolContext) -> Iterator[str]:
    """Yield statements about what a tool answers."""
    words = tool.text.vocabulary
    if not {"echo", "echoes"}.isdisjoint((*own_words(tool)[:1], *tool.text.words[:1])):
        texts = [p for p in parameters_of(tool) if p.required and "string" in p.types]
        yield from (f"say whether it returns {quoted(p.name)} unchanged and alone" for p in texts[:1])
    numbers = len(tool.parameters) > 1 and all(p.types <= {"integer", "number"} for p in tool.parameters)
    if numbers and (result := _SUMS.get((tool.text.words or ("",))[0])):
        yield f"say whether it returns the {result} alone or in a sentence"
    if act_of(tool) is not Act.READ:
        return
    moving = next((word for word in tool.text.words[:_READ] if word in _OF_NOW), None)
    if moving and words.isdisjoint(_FRESH - {"recorded"}):
        yield f"say how old the {_of_market(moving)} may be"
    last = (subject_of(tool) or "").lower().rsplit(" ", 1)[-1]
    last = "goals" if gives_a_value(tool) and "goals" in tool.name_words else last
    listed = {"list", "count"} & {*tool.name_words, *tool.text.words[:1]}
    if last in _CLOSED and listed and words.isdisjoint((_CLOSED[last], *_NO_STATES)):
        counts = "count as well" if "count" in tool.name_words else "are in the list"
        yield f"say whether {_CLOSED[last]} {last} {counts}"


def _of_market(word: str) -> str:
    return {"market": "market data", "consumption": "measured consumption"}.get(word, word)


def _of_act(tool: ToolContext) -> Iterator[str]:
    """Yield statements about what holds after a call."""
    act, own, words = act_of(tool), own_words(tool), tool.text.vocabulary
    thing = thing_of(tool) or object_of(tool)
    last = (thing or "").lower().rsplit(" ", 1)[-1]
    new = {"open", "opens", "create", "creates", "new"} & {*own, *tool.text.words[:1]}
    if new and (view := next((word for word in own if word in _VIEWS), None)) and words.isdisjoint(_FRONT):
        yield f"say whether the new {view} becomes the current one"
    if (
        own
        and is_plural(own[-1])
        and not _EMPTYING.isdisjoint((*own[:1], *(word.removesuffix("s") for word in tool.text.words[:1])))
    ):
        yield "say whether it returns how many entries it removed"
    if not _STOPPING.isdisjoint(own) and not tool.parameters and "wait" not in tool.text.lower:
        yield "say whether it waits until it has ended"
    parts = IDS | NAMES | PATHS | COUNTED
    stored = any(last_of(p) in parts or p.types == {"boolean"} for p in tool.parameters)
    if own[:1] in (("set",), ("configure",)) and words.isdisjoint(_KEPT) and not stored:
        kept = f"the new {thing}" if thing and last == own[-1] and own[0] == "set" else "what it sets"
        yield f"say how long {kept} is kept: for this session, or until it is changed again"
    if not tool.parameters and (meant := _meant(tool)):
        yield f"say which {meant} it means: no parameter names one"
    if thing and "{" not in thing:
        yield from _of_things(tool, act, thing)


def _of_things(tool: ToolContext, act: Act | None, thing: str) -> Iterator[str]:
    """Yield statements about a thing that a tool removed, and about things that may be missing."""
    tie = thing.lower().rsplit(" ", 1)[-1].removesuffix("s") in TIES or "from" in own_words(tool)
    removes = act is Act.DESTROY and not _REMOVING.isdisjoint(own_words(tool))
    if removes and tool.text.vocabulary.isdisjoint(_UNDONE) and not tie:
        yield f"say whether the removed {thing} can be restored"
    if act is Act.READ and is_plural(thing) and not tool.all_outputs and _may_be_none(tool):
        yield f"say what it returns if there are no {thing}"


def _may_be_none(tool: ToolContext) -> bool:
    """Return True if a tool looks for things that need not be there, and its text has no word about that."""
    finds = not {"find", "list", "search", "retrieve", "get"}.isdisjoint(own_words(tool)[:1])
    free = all(last_of(p) == "params" for p in tool.parameters)
    told = not {"which", "available", "all", "supported"}.isdisjoint(tool.text.vocabulary)
    return finds and free and not told and tool.text.vocabulary.isdisjoint(("empty", "none", "no"))


def _meant(tool: ToolContext) -> str | None:
    """Return the thing of a name that a text calls `the cluster`, if a sibling lists several."""
    if tool.tool.input_schema is None:
        return None
    things = (word for word in own_words(tool)[1:] if not is_plural(word) and f" the {word} " in f" {tool.text.lower} ")
    return next((word for word in things if f"{word}s" in _words_of_names(tool.server)), None)


@per_server
def _words_of_names(server: ServerContext) -> frozenset[str]:
    return frozenset(chain.from_iterable(tool.name_words for tool in server.tools))
