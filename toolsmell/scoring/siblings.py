"""Finds the siblings that a description should name: the most similar tool, and the one that lists ids."""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from toolsmell.cached import cached_property
from toolsmell.reading.context import ServerContext, ToolContext, per_server
from toolsmell.reading.stems import stems_of
from toolsmell.reading.verbs import Deed, deed_named
from toolsmell.schema.reader import Parameter
from toolsmell.scoring.named_act import ending_verb
from toolsmell.scoring.naming import is_readable, name_of
from toolsmell.text import identifier_words, words_of

LISTED: Final = 20
"""Tools that are compared for each word: one that more tools have does not distinguish them."""
ALIKE: Final = 5
"""Words that begin with the same letters, so many, say the same: `active` and `activated`."""
_SEEKERS: Final = frozenset("search find query lookup".split())
_PREPOSITIONS: Final = frozenset("by for from in of on to with as via".split())
_FINDERS: Final = frozenset("list search find query lookup browse discover".split())
_CONTENTS: Final = frozenset("read open view download".split())
"""Verbs that give what is in a thing: no agent confuses them with those that look for it."""
_TELLING: Final = tuple(
    frozenset(words.split())
    for words in (
        "stop cancel close end undo un",
        "count",
        "send append publish",
        "query",
        "bulk batch multiple",
        "write overwrite",
    )
)
"""Words that tell a tool from every other one that lacks them."""
IDS: Final = frozenset(
    "id ids gid gids uid uids udid uuid guid key slug ref handle sha number hash doi pmid isbn identifier".split()
)
"""Last words of parameters that name a thing by an id."""
_NAMING: Final = IDS | {"name"}
ORIGINS: Final = (
    " from ", "returned by", "obtained", "see ", "returns it", "returned it", "specified in", "given in", "given by",
)  # fmt: skip
"""Words of a parameter's description that may say where its value comes from."""
_ASKED: Final = frozenset("query q search keyword keywords term terms pattern".split())
"""Parameters of tools that look for something."""
_OTHERWISE: Final = frozenset(
    """name title file files path query message text content comment note prompt description url date time code key id
    status type result results""".split()
)
"""Parameters of one word that an agent has from elsewhere, although a sibling lists such things."""
_STORING: Final = frozenset("upload put store".split())
"""Verbs of tools that give a new thing its key."""
_BARE: Final = frozenset(("id", "uuid", "uid"))
"""Names of parameters that name the thing of the tool."""
_POSSESSIVES: Final = frozenset(("my", "your", "our"))


class _Name(NamedTuple):
    """The parts of a tool's name."""

    things: frozenset[str]
    """Stems without verbs and without the server's mark."""
    deed: Deed | None
    words: frozenset[str]
    """All words but those of the server's own name."""
    head: str | None
    """The stem of the last word for a thing, before a preposition: of `get_active_asset`, `asset`."""
    reach: str | None
    """What a reading verb reaches: `one` thing, `many`, or the `found` ones; None for other verbs."""


class Siblings:
    """The tools of one server by the words of their names. Built once; each question is answered in constant time."""

    def __init__(self, server: ServerContext) -> None:
        self._names = {tool.tool.index: _name(tool, server) for tool in server.tools}
        self._by_stem: dict[str, list[ToolContext]] = {}
        self._finders: dict[str, list[ToolContext]] = {}
        self._joined: dict[str, str] = {}
        """Finders by their thing in one word: `datasource` of `list_data_sources`."""
        self._nearest: dict[int, str | None] = {}
        self._needed: dict[str, frozenset[str]] = {}
        """The required parameters of the tools that find something."""
        for tool in server.tools:
            things = self._names[tool.tool.index].things
            finds = _finds(tool, self._names[tool.tool.index])
            for stem in things:
                self._by_stem.setdefault(stem, []).append(tool)
                if finds:
                    self._finders.setdefault(stem, []).append(tool)
            if finds and len(things) > 1:
                joined = "".join(word for word in tool.name_words if not stems_of((word,)).isdisjoint(things))
                self._joined.setdefault(joined.removesuffix("s"), tool.tool.name or "")
        self._server = server

    def nearest(self, tool: ToolContext) -> str | None:
        """Return the name of the sibling that an agent most likely confuses with `tool`, or None if no name is near.

        Siblings share a thing in their names and do not differ in what they do with it: `find_user` and `get_user`.
        """
        index = tool.tool.index
        if index not in self._nearest:
            self._nearest[index] = self._search(tool)
        return self._nearest[index]

    def confused(self, tool: ToolContext) -> str | None:
        """Return the nearest sibling, or None if an agent can tell the two apart.

        It can if the text of `tool` says what its name adds to that sibling's: `list_files_with_sizes` differs from
        `list_files` by the sizes, and so does a text that speaks of sizes.
        """
        near = self.nearest(tool)
        if near is None or differ(tool.name_words, identifier_words(near)):
            return None
        if differ_in_schema(tool, self._server.by_name[near]) or _adds(tool.name_words, identifier_words(near)):
            return None
        ours, theirs = stems_of(tool.name_words), stems_of(identifier_words(near))
        things = self._names[tool.tool.index].things - theirs
        others = self._names[self._server.by_name[near].tool.index].things - ours
        if _has_of(self._server.by_name[near], others) or _has_of(tool, things):
            return None  # Only `get_project_users` has a parameter about projects.
        if things and others:
            return None  # Each name has a thing of its own: `select_rows` and `delete_columns`.
        text = tool.text.lower
        apart = ours - theirs if theirs < ours else things
        return None if apart and all(stem[:ALIKE] in text for stem in apart) else near

    def _search(self, tool: ToolContext) -> str | None:
        shared: dict[str, float] = {}
        own = self._names[tool.tool.index]
        for stem in sorted(own.things):
            others = self._by_stem[stem]
            for other in others if len(others) <= LISTED else ():
                name, theirs = other.tool.name, self._names[other.tool.index]
                if name and name != tool.tool.name and _alike(own, theirs):
                    distance = len(own.things ^ theirs.things)
                    verb = 2 if tool.name_words[:1] == other.name_words[:1] else 1
                    shared[name] = shared.get(name, 0.0) + verb / (len(others) + distance)
        return max(shared, key=shared.__getitem__, default=None)

    def rival(self, tool: ToolContext) -> str | None:
        """Return the name of a sibling that ends the same thing in another way: `archive_task` of `delete_task`."""
        own, verb = self._names[tool.tool.index], ending_verb(tool)
        if verb is None or own.head is None:
            return None
        others = self._by_stem.get(own.head, [])
        for other in others if len(others) <= LISTED else ():
            ending, verbs = ending_verb(other), {verb, ending_verb(other) or ""}
            things = self._names[other.tool.index].things
            if ending not in (None, verb) and things - stems_of(verbs) == own.things - stems_of(verbs):
                return other.tool.name
        return None

    def finder(self, tool: ToolContext, words: Sequence[str]) -> str | None:
        """Return the name of a sibling that by its name lists or finds the thing that `words` name, or None.

        It has to find the last of the words, and either all of them or nothing else.
        """
        wanted, head = stems_of(words), stems_of(words[-1:])
        found: list[tuple[int, int, int, bool, str]] = []
        for stem in head:
            for other in self._finders.get(stem, [])[:LISTED]:
                things, name = self._names[other.tool.index].things, other.tool.name
                if self._names[other.tool.index].head not in head:
                    continue  # `get_athlete_zones` finds zones.
                if name and name != tool.tool.name and (wanted <= things or things <= wanted):
                    seeks = not _SEEKERS.isdisjoint(other.name_words)  # What was found before may not be listed.
                    shared = len(things & self._names[tool.tool.index].things)
                    found.append((-len(wanted & things), -shared, len(things - wanted), not seeks, name))
        return min(found)[-1] if found else None

    def origin(self, tool: ToolContext, parameter: Parameter) -> str | None:
        """Return the name of a sibling that finds what a parameter names by an id or a name, or None.

        It must not need the same value itself.
        """
        found = self._origin(tool, parameter)
        return None if found is None or self._takes(found, parameter.name) else found

    def _origin(self, tool: ToolContext, parameter: Parameter) -> str | None:
        words = identifier_words(parameter.name)
        if len(words) == 1 and words[0] in _BARE:
            return self._lister_of_own(tool)
        if len(words) == 1 and parameter.types <= {"string"}:
            return self._lister(tool, words[0], named=is_id(parameter))
        if len(words) < 2 or words[-1] not in _NAMING:
            return self.finder(tool, words) if len(words) > 1 and is_id(parameter) else None
        creates = any(deed_named(word) is Deed.CREATE or word in _STORING for word in tool.name_words)
        if creates and (words[-1] == "name" or stems_of(words[:-1]) <= self._names[tool.tool.index].things):
            return None  # It gives the name, or the id.
        found = self.finder(tool, words[:-1]) or self._joined.get("".join(words[:-1]))
        return None if found == tool.tool.name else found

    def _lister_of_own(self, tool: ToolContext) -> str | None:
        """Return the name of a sibling that lists the things of a tool that is given the `id` of one, or None."""
        own = self._names[tool.tool.index]
        if own.deed in (None, Deed.CREATE) or own.reach in ("many", "found"):
            return None
        end = next((i for i, word in enumerate(tool.name_words) if i and word in _PREPOSITIONS), None)
        words = [word for word in tool.name_words[:end] if not stems_of((word,)).isdisjoint(own.things)]
        return self.finder(tool, words) if words else None

    def _lister(self, tool: ToolContext, word: str, *, named: bool) -> str | None:
        """Return the name of a sibling that lists just what a parameter of one word names: `table`, `list_tables`."""
        stems, own = stems_of((word,)), self._names[tool.tool.index]
        if word in _OTHERWISE or (stems <= own.things and (not named or own.deed in (None, Deed.CREATE))):
            return None
        found = self.finder(tool, [word])
        return found if found and self._names[self._server.by_name[found].tool.index].things == stems else None

    def taker(self, tool: ToolContext) -> tuple[str, str] | None:
        """Return a sibling and the required parameter of it for which `tool` finds a value, or None."""
        return self._takers.get(tool.tool.name or "")

    def _takes(self, name: str, parameter: str) -> bool:
        if name not in self._needed:
            self._needed[name] = frozenset(p.name for p in self._server.by_name[name].parameters if p.required)
        return parameter in self._needed[name]

    @cached_property
    def _takers(self) -> dict[str, tuple[str, str]]:
        found: dict[str, tuple[str, str]] = {}
        for tool in self._server.tools if self._finders else ():
            for parameter in tool.parameters:
                origin = (
                    self.origin(tool, parameter)
                    if is_readable(parameter.name) and parameter.required and name_of(tool)
                    else None
                )
                if origin is not None and not self._takes(origin, parameter.name):
                    found.setdefault(origin, (tool.tool.name or "", parameter.name))
        return found


def differ(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Return True if the verbs of two names tell their tools apart: one reads what the other finds, or undoes it."""
    seeks = not _FINDERS.isdisjoint(ours) or not _FINDERS.isdisjoint(theirs)
    if seeks and _CONTENTS.isdisjoint(ours) is not _CONTENTS.isdisjoint(theirs):
        return True
    return any(words.isdisjoint(ours) is not words.isdisjoint(theirs) for words in _TELLING)


def _adds(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Return True if the other name says what it adds: `list_files_with_sizes` to `list_files`."""
    more = theirs[len(ours) :]
    return tuple(theirs[: len(ours)]) == tuple(ours) and bool(more) and more[0] in _PREPOSITIONS


def differ_in_schema(ours: ToolContext, theirs: ToolContext) -> bool:
    """Return True if one of two tools has to be given an id, or what to look for, and the other one has not."""
    if _needs(ours, IDS) is not _needs(theirs, IDS):
        return True
    seekers = [not _SEEKERS.isdisjoint(tool.name_words) for tool in (ours, theirs)]
    given = [any(parameter.required for parameter in tool.parameters) for tool in (ours, theirs)]
    if seekers in ([True, False], [False, True]) and given == seekers:
        return True
    return any(
        _needs(a, _ASKED) and not any(_is_of(p, _ASKED) for p in b.parameters)
        for a, b in ((ours, theirs), (theirs, ours))
    )


def _has_of(tool: ToolContext, stems: AbstractSet[str]) -> bool:
    """Return True if a parameter of a tool is about what one of `stems` names."""
    return any(not stems.isdisjoint(stems_of(identifier_words(p.name))) for p in tool.parameters)


def _needs(tool: ToolContext, words: Collection[str]) -> bool:
    return any(parameter.required and _is_of(parameter, words) for parameter in tool.parameters)


def _is_of(parameter: Parameter, words: Collection[str]) -> bool:
    return (identifier_words(parameter.name) or [""])[-1] in words


def is_id(parameter: Parameter) -> bool:
    """Return True if a description begins by saying that its parameter is an id: `The ID of the payment intent`."""
    first = words_of((parameter.description or "")[:40])[:2]
    return not {"id", "identifier", "identification", "uuid"}.isdisjoint(first)


def _finds(tool: ToolContext, name: _Name) -> bool:
    """Return True if a tool lists or finds things, by its name: `get_projects` does, if it needs no id."""
    finding = _FINDERS & frozenset(tool.name_words)
    if finding:
        return finding != {"query"} or any(word.endswith("s") for word in tool.name_words)  # `query_database`
    return name.reach == "many" and not any(parameter.required for parameter in tool.parameters)


def _name(tool: ToolContext, server: ServerContext) -> _Name:
    deeds = [(word, deed_named(word)) for word in tool.name_words]
    mark = {server.beginning} | _FINDERS | _POSSESSIVES
    things = {word for word, deed in deeds if deed is None and word not in mark}
    deed = next((deed for _, deed in deeds if deed), None)
    end = next((i for i, word in enumerate(tool.name_words) if i and word in _PREPOSITIONS), None)
    heads = [word for word in tool.name_words[:end] if word in things]
    return _Name(
        frozenset(stems_of(things)),
        deed,
        frozenset(tool.name_words) - server.name_words,
        next(iter(stems_of(heads[-1:])), None),
        _reach(tool.name_words, heads) if deed is Deed.READ else None,
    )


def _reach(words: Sequence[str], heads: Sequence[str]) -> str:
    if not _SEEKERS.isdisjoint(words):
        return "found"
    # In `resources_get` the first word names the kind of thing, not how many are got.
    last = heads[-1] if heads and heads[-1] != words[0] else ""
    plural = last.endswith("s") and not last.endswith(("ss", "us", "is"))
    return "many" if plural or "list" in words else "one"


def _alike(ours: _Name, theirs: _Name) -> bool:
    """Return True if both tools do the same kind of thing to the same thing.

    A tool that gets one thing is no more like one that lists or finds many than their names say.
    If their verbs are unknown, their names must share two words, or all words of one.
    """
    if ours.head != theirs.head or (ours.reach != theirs.reach and "one" in (ours.reach, theirs.reach)):
        return False
    if ours.deed is not None or theirs.deed is not None:
        return ours.deed is theirs.deed
    return len(ours.words & theirs.words) > 1 or ours.words <= theirs.words or theirs.words <= ours.words


siblings_of: Final = per_server(Siblings)
"""Returns the siblings of a server, built once for it."""
