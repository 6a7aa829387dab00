"""Finds the siblings that a description should name: the most similar tool, and the one that lists ids."""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from toolsmell.cached import cached_property
from toolsmell.reading.context import ServerContext, ToolContext, per_server
from toolsmell.reading.stems import stems_of
from toolsmell.reading.verbs import Deed, deed_named
from toolsmell.schema.reader import Parameter
from toolsmell.scoring.named_act import Act, act_of, ending_verb
from toolsmell.scoring.naming import is_readable, name_of
from toolsmell.scoring.sibling_names import FINDERS, PREPOSITIONS, SEEKERS, NameParts, alike, parts_of, spoken_stems
from toolsmell.text import identifier_words, words_of

LISTED: Final = 20
"""Tools that are compared for each word: one that more tools have does not distinguish them."""
ALIKE: Final = 5
"""Words that begin with the same letters, so many, say the same: `active` and `activated`."""
_MORE: Final = 1
"""Words that the name of a sibling may have beyond the thing that it finds."""
_SOME: Final = frozenset("latest recent active available current open visible selected local".split())
"""Words that only say which things are found."""
_WHOLE: Final = frozenset("write overwrite".split())
_PART: Final = frozenset("edit append patch modify".split())
"""Verbs of tools that change a part of what others write as a whole."""
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
_GIVEN: Final = frozenset("id uid uuid uri gid sha number slug".split())
"""Last words of parameters that name a thing by what its creation gives."""
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
_BARE: Final = frozenset(("id", "uuid", "uid", "index"))
"""Names of parameters that name the thing of the tool."""
_CHOOSING: Final = (("select",), ("switch",), ("focus",), ("activate",))
"""Last words of the names of tools that are given which one of several things is meant."""


class Siblings:
    """The tools of one server by the words of their names. Built once; each question is answered in constant time."""

    def __init__(self, server: ServerContext) -> None:
        self._names = {tool.tool.index: parts_of(tool, server) for tool in server.tools}
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
                if name and name != tool.tool.name and alike(own, theirs):
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
            names = self._names[other.tool.index]
            things = names.things
            if (
                names.head == own.head
                and ending not in (None, verb)
                and things - stems_of(verbs) == own.things - stems_of(verbs)
            ):
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
                more = self._names[other.tool.index].found - wanted
                near = not more or (wanted <= things and len(more) <= _MORE and _are_told(more, tool))
                if name and name != tool.tool.name and near:
                    seeks = not SEEKERS.isdisjoint(other.name_words)  # What was found before may not be listed.
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
        creates = act_of(tool) is Act.CREATE or any(
            deed_named(word) is Deed.CREATE or word in _STORING for word in tool.name_words
        )
        if creates and (words[-1] == "name" or stems_of(words[:-1]) <= self._names[tool.tool.index].things):
            return None  # It gives the name, or the id.
        found = self.finder(tool, words[:-1]) or self._joined.get("".join(words[:-1]))
        return None if found == tool.tool.name else found

    def _lister_of_own(self, tool: ToolContext) -> str | None:
        """Return the name of a sibling that lists the things of a tool that is given the `id` of one, or None."""
        own = self._names[tool.tool.index]
        if (
            own.deed is Deed.CREATE
            or (own.deed is None and tool.name_words[-1:] not in _CHOOSING)
            or own.reach in ("many", "found")
        ):
            return None
        end = next((i for i, word in enumerate(tool.name_words) if i and word in PREPOSITIONS), None)
        words = [word for word in tool.name_words[:end] if not stems_of((word,)).isdisjoint(own.things)]
        return self.finder(tool, words) if words else None

    def _lister(self, tool: ToolContext, word: str, *, named: bool) -> str | None:
        """Return the name of a sibling that lists just what a parameter of one word names: `table`, `list_tables`."""
        stems, own = stems_of((word,)), self._names[tool.tool.index]
        if word in _OTHERWISE or (stems <= own.things and (not named or own.deed in (None, Deed.CREATE))):
            return None
        found = self.finder(tool, [word])
        return found if found and self._names[self._server.by_name[found].tool.index].things == stems else None

    def finder_of_own(self, tool: ToolContext, parameter: Parameter) -> str | None:
        """Return a sibling that finds the things of a tool which is given the `names` of some, or None."""
        words = identifier_words(parameter.name)
        if len(words) != 1 or self._names[tool.tool.index].reach == "found":
            return None
        head = self._names[tool.tool.index].head
        others = [other for other in self._finders.get(head or "", [])[:LISTED] if other.tool.name != tool.tool.name]
        same = (other for other in others if self._names[other.tool.index].head == head)
        return next((other.tool.name for other in same if parameter.name not in self._required(other)), None)

    def is_about(self, tool: ToolContext, name: str, parameter: Parameter) -> bool:
        """Return True if a sibling finds the things that `tool` is about, and that a parameter of it names."""
        ours, theirs = self._names[tool.tool.index], self._names[self._server.by_name[name].tool.index]
        # The `id` of `get_defect_launches` is that of a defect: `list_launches` does not find it.
        return ours.head == theirs.head and (
            ours.things - stems_of(_CONTENTS) <= theirs.things or "_" in parameter.name.strip("_")
        )

    def counterpart(self, tool: ToolContext) -> str | None:
        """Return the sibling that shows what `tool` changes, or that changes what it shows; None if none is certain."""
        own = self._names[tool.tool.index]
        others = self._by_stem.get(own.head or "", []) if own.deed is not None else []
        for other in others if len(others) <= LISTED else ():
            names, name = self._names[other.tool.index], other.tool.name or ""
            pair = {own.deed, names.deed}
            opposite = Deed.READ in pair and not pair.isdisjoint((Deed.CREATE, Deed.CHANGE))
            counts = "count" in tool.name_words or "count" in other.name_words
            sought = "found" in (own.reach, names.reach)
            if opposite and not (counts or sought) and names.things == own.things and name not in tool.text.raw:
                return name
        return None

    def other_writer(self, tool: ToolContext) -> str | None:
        """Return the sibling that changes a part of what `tool` writes as a whole, or the other way round."""
        whole, part = _WHOLE & {*tool.name_words}, _PART & {*tool.name_words}
        own = self._names[tool.tool.index]
        others = self._by_stem.get(own.head or "", []) if bool(whole) is not bool(part) else []
        for other in others if len(others) <= LISTED else ():
            names = self._names[other.tool.index]
            if (
                names.head == own.head
                and names.things == own.things
                and {*other.name_words} & (_PART if whole else _WHOLE)
            ):
                return other.tool.name
        return None

    def taker(self, tool: ToolContext) -> tuple[str, str] | None:
        """Return a sibling and the required parameter of it for which `tool` finds a value, or None."""
        return self._takers.get(tool.tool.name or "")

    def taker_of_new(self, tool: ToolContext) -> tuple[str, str] | None:
        """Return a sibling and its required id of the thing that `tool` creates, or None."""
        things = self._names[tool.tool.index].things
        own = {parameter.name for parameter in tool.parameters}
        found = self._by_id.get(things, ())
        return next((one for one in found if one[0] != tool.tool.name and one[1] not in own), None)

    @cached_property
    def _by_id(self) -> dict[frozenset[str], list[tuple[str, str]]]:
        """Tools with a required id, by the stems of what it names: of the id itself, or of the tool if it is bare."""
        found: dict[frozenset[str], list[tuple[str, str]]] = {}
        for tool in self._server.tools:
            name = self._names[tool.tool.index]
            for parameter in tool.parameters if name.deed is not Deed.CREATE and name_of(tool) else ():
                words = identifier_words(parameter.name)
                if parameter.required and words[-1:] and words[-1] in _GIVEN and is_readable(parameter.name):
                    named = name.things if len(words) == 1 else frozenset(stems_of(words[:-1]))
                    some = found.setdefault(named, [])
                    if len(some) < LISTED:
                        some.append((tool.tool.name or "", parameter.name))
        return found

    def _takes(self, name: str, parameter: str) -> bool:
        return parameter in self._required(self._server.by_name[name])

    def _required(self, tool: ToolContext) -> frozenset[str]:
        name = tool.tool.name or ""
        if name not in self._needed:
            self._needed[name] = frozenset(p.name for p in tool.parameters if p.required)
        return self._needed[name]

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


def _are_told(stems: AbstractSet[str], tool: ToolContext) -> bool:
    """Return True if the text of a tool has the words that a sibling's name adds, or these only say which ones."""
    return stems <= stems_of(_SOME) or stems <= spoken_stems(tool)


def differ(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Return True if the verbs of two names tell their tools apart: one reads what the other finds, or undoes it."""
    seeks = not FINDERS.isdisjoint(ours) or not FINDERS.isdisjoint(theirs)
    if seeks and _CONTENTS.isdisjoint(ours) is not _CONTENTS.isdisjoint(theirs):
        return True
    return any(words.isdisjoint(ours) is not words.isdisjoint(theirs) for words in _TELLING)


def _adds(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Return True if the other name says what it adds: `list_files_with_sizes` to `list_files`."""
    more = theirs[len(ours) :]
    return tuple(theirs[: len(ours)]) == tuple(ours) and bool(more) and more[0] in PREPOSITIONS


def differ_in_schema(ours: ToolContext, theirs: ToolContext) -> bool:
    """Return True if one of two tools has to be given an id, or what to look for, and the other one has not."""
    if _needs(ours, IDS) is not _needs(theirs, IDS):
        return True
    seekers = [not SEEKERS.isdisjoint(tool.name_words) for tool in (ours, theirs)]
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


def _finds(tool: ToolContext, name: NameParts) -> bool:
    """Return True if a tool lists or finds things, by its name: `get_projects` does, if it needs no id."""
    finding = FINDERS & frozenset(tool.name_words)
    if finding:
        return finding != {"query"} or any(word.endswith("s") for word in tool.name_words)  # `query_database`
    return (
        name.reach == "many"
        and "count" not in tool.name_words
        and not any(parameter.required for parameter in tool.parameters)
    )


siblings_of: Final = per_server(Siblings)
"""Returns the siblings of a server, built once for it."""
