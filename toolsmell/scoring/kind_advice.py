"""Words what is to be said of each statement kind, by the name, the parameters and the siblings of the tool."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ToolContext
from toolsmell.reading.verbs import own_words
from toolsmell.schema.reader import Parameter, choices_of
from toolsmell.scoring.example_advice import example
from toolsmell.scoring.failure_advice import bounds_ids, failure
from toolsmell.scoring.limit_advice import limit
from toolsmell.scoring.named_act import Act, act_of, is_plural, seeks, thing_of
from toolsmell.scoring.naming import name_of, quoted
from toolsmell.scoring.parameter_facts import (
    NAMES,
    PASSED_ON,
    common_parameters,
    has,
    is_counted,
    is_new,
    last_of,
    mentions,
    names_a_tool,
    names_by_id,
    parameters_of,
)
from toolsmell.scoring.result_advice import is_hinted, result
from toolsmell.scoring.sibling_texts import same_in_words
from toolsmell.scoring.siblings import IDS, ORIGINS, Siblings, is_id
from toolsmell.scoring.state_advice import TIES, spread, unchanged
from toolsmell.text import identifier_words

_DEFAULTED: Final = (
    "default", "omit", "left out", "if not", "optional", "when not", "leave", "unless", "without it", "required",
    "only ", "if provided", "if set", "if given", "if specified",
)  # fmt: skip
"""Words of a parameter's description that may say what holds without it, or that it is for some calls only."""
_CHOSEN: Final = frozenset(
    """mode type language lang voice model format unit units sort order direction version region locale timezone
    encoding method theme style size quality resolution namespace branch workspace cwd dir directory folder root
    provider engine network chain interval period timeframe granularity status priority""".split()
)
"""Parameters that have some value in every call, passed or not."""
_FILTERED: Final = frozenset("type kind status state category severity priority level branch version".split())
"""Parameters that leave things out of what is read: without them, nothing is left out."""
_OPTED: Final = frozenset("include expand fields annotations mask".split())
"""Parameters that add something: without them, nothing is added."""
_ALTERNATIVES: Final = frozenset("either alternatively".split())
_ANSWERING: Final = frozenset("retrieves retrieve returns return fetches provides".split())
_OPEN: Final = frozenset(
    """process processes handle handles manage manages perform performs control controls
    operate operates work works apply applies""".split()
)
"""Verbs that tell nothing of what changes."""
_NAMED: Final = 3
"""Parameters that a statement names."""


def _purpose(tool: ToolContext, _siblings: Siblings) -> str | None:
    name = name_of(tool)
    if not name or not tool.text.raw.strip():
        return f"say what {quoted(name)} does" if name else "say what it does"
    return f"say more about what {quoted(name)} does than its name tells"


def _when(tool: ToolContext, siblings: Siblings) -> str | None:
    """Word when to use the tool by what tells it from a sibling, or by the call that needs its result."""
    if _is_deprecated(tool):
        return None
    near = siblings.confused(tool) or siblings.rival(tool) or same_in_words(tool)
    if near and not _is_deprecated(tool.server.by_name.get(near)):
        return f"say for which task to use it rather than {quoted(near)}"
    if writer := siblings.other_writer(tool):
        return f"say for which changes to use it rather than {quoted(writer)}"
    if (known := _known_by_name(tool, siblings)) is not None:
        return known
    taken = siblings.taker(tool)
    if taken and taken[0] not in tool.text.raw:
        return f"say that it finds the {quoted(taken[1])} that {quoted(taken[0])} takes"
    return None


def _known_by_name(tool: ToolContext, siblings: Siblings) -> str | None:
    """Word that a tool which reads what a parameter names is for a known name, and a sibling finds the others."""
    for parameter in parameters_of(tool) if act_of(tool) is Act.READ or own_words(tool)[:1] == ("open",) else ():
        if not parameter.required or last_of(parameter) not in IDS | {"name", "names"}:
            continue
        found = siblings.origin(tool, parameter) or siblings.finder_of_own(tool, parameter)
        if found and siblings.is_about(tool, found, parameter):
            told = mentions(parameter, ORIGINS) or names_a_tool(parameter, tool) or found in tool.text.raw
            several = "array" in parameter.types
            return None if told else _use_if_known(parameter.name, found, several=several)
    return None


def _use_if_known(name: str, found: str, *, several: bool) -> str:
    are, them = ("are", "them") if several else ("is", "it")
    return f"say to use it if {quoted(name)} {are} known, and {quoted(found)} to find {them}"


def _when_not(tool: ToolContext, siblings: Siblings) -> str | None:
    near = siblings.confused(tool) or same_in_words(tool)
    if near is None or _is_deprecated(tool.server.by_name.get(near)):
        return None
    return f"say how it differs from {quoted(near)}"


def _is_deprecated(tool: ToolContext | None) -> bool:
    """Return True if a text says that its tool should not be used any more: nobody has to be told from it."""
    return tool is not None and "deprecated" in tool.text.lower


def _prerequisite(tool: ToolContext, siblings: Siblings) -> str | None:
    if known := _known_by_name(tool, siblings):
        return known
    for parameter in parameters_of(tool):
        found = siblings.origin(tool, parameter) if parameter.required else None
        if found and not mentions(parameter, ORIGINS) and not names_a_tool(parameter, tool):
            return f"say where {quoted(parameter.name)} comes from: from {quoted(found)}, for instance"
    return None


def _effect(tool: ToolContext, _siblings: Siblings) -> str | None:
    act, thing = act_of(tool), thing_of(tool)
    if is_hinted(tool, read_only=True):
        return None
    if act is None:
        requests = "http" in tool.text.vocabulary  # Everybody knows what a PUT does.
        return "say what it changes, or that it changes nothing" if _is_open(tool) and not requests else None
    if act is Act.SWITCH or ("publish" in tool.name_words and names_by_id(tool)):
        return unchanged(tool, thing)
    if act is Act.DESTROY and (also := spread(tool, thing)):
        return also
    if act is Act.CREATE:  # Everybody knows that a second call sends it again, and that a name may be taken.
        names = NAMES - {"title", "titles"}  # Several things may have one title.
        named = (p for p in parameters_of(tool) if p.required and last_of(p) in names and is_new(p, thing))
        told = StatementKind.FAILURE not in tool.reading.missing or "url" in tool.name_words
        new = None if told else next(named, None)
        return f"say what happens if {quoted(new.name)} is already taken" if new else None
    if act is Act.REPLACE and not any(_is_target(parameter) for parameter in parameters_of(tool)):
        return None
    last = (thing or "").rsplit(" ", 1)[-1].removesuffix("s")
    if act is Act.DESTROY and "http" in tool.text.vocabulary and thing is None:
        return None  # It sends a request.
    if act is Act.DESTROY and ("from" in tool.name_words or last in TIES):
        return None  # `remove_user_from_team` removes no user, and a tag can be added again.
    if act is Act.CHANGE and not _leaves_out(tool):
        return None  # Nothing can be left out.
    worded, bare = _EFFECTS.get(act, (None, None))
    if not worded or not thing or "{" in thing:
        return bare
    return worded.format(f"{'' if is_plural(thing) else 'an '}existing {thing}" if act is Act.REPLACE else thing)


def _leaves_out(tool: ToolContext) -> bool:
    """Return True if a part of a change may be left out: of one list of changes, none is."""
    given = parameters_of(tool)
    free = [p for p in given if not p.required and not has(p, "default") and p.types != {"boolean"}]
    free = [p for p in free if last_of(p) not in PASSED_ON]
    return bool(free) and not (len(given) == 1 and given[0].types == {"array"})


def _is_open(tool: ToolContext) -> bool:
    """Return True if neither name nor text tells whether a tool changes something."""
    if seeks(tool) or not _ANSWERING.isdisjoint(tool.text.words):
        return False
    return not _OPEN.isdisjoint((*own_words(tool)[:1], *tool.text.words[:1]))


def _is_target(parameter: Parameter) -> bool:
    """Return True if a parameter says where something is written."""
    return parameter.required and (identifier_words(parameter.name) or [""])[-1] in _TARGETS


_TARGETS: Final = frozenset("key name path destination filename file title url id".split())
_KEPT: Final = "say whether what is not passed keeps its value"
_EFFECTS: Final[dict[Act, tuple[str, str]]] = {
    Act.CHANGE: (_KEPT, _KEPT),
    Act.REPLACE: ("say whether it overwrites {}", "say whether it overwrites what exists"),
    Act.DESTROY: ("say whether the removed {} can be restored", "say whether what it removes can be restored"),
}


def _default(tool: ToolContext, _siblings: Siblings) -> str | None:
    if not _ALTERNATIVES.isdisjoint(tool.text.words) or "one of" in tool.text.lower:
        return None  # What may be left out depends on what is passed.
    if any(mentions(parameter, ("alternative", "instead of", "either", "one of")) for parameter in parameters_of(tool)):
        return None
    if naming := _ways_to_name(tool):
        return f"say whether one of {_joined(naming)} has to be passed"
    if act_of(tool) is Act.CHANGE:
        return _KEPT if _leaves_out(tool) else None
    free = [p for p in parameters_of(tool) if _may_have_a_default(p) and p.name not in common_parameters(tool.server)]
    single = [p for p in free if not p.types & {"array", "object"} and not mentions(p, ("filter",))]
    chosen = (p for p in single if (choices_of(p.schema) and last_of(p) not in _OPTED) or last_of(p) in _CHOSEN)
    if used := next((p for p in chosen if not (act_of(tool) is Act.READ and last_of(p) in _FILTERED)), None):
        return f"say which {quoted(used.name)} is used if it is left out"
    acts = act_of(tool) in (Act.SWITCH, Act.DESTROY)
    placed = (p for p in parameters_of(tool) if acts and p.name == "index" and not (p.required or has(p, "default")))
    if (place := next(placed, None)) and not mentions(place, _DEFAULTED):
        return f"say what it does if {quoted(place.name)} is left out"
    named = next((p for p in single if last_of(p) in IDS or is_id(p)), None)
    if named and not any(p.required for p in tool.parameters):
        return f"say what it does if {quoted(named.name)} is left out"
    return None


def _may_have_a_default(parameter: Parameter) -> bool:
    """Return True if neither schema nor text says what holds without a parameter; where null is a value, it does."""
    if parameter.required or has(parameter, "default") or "null" in parameter.types:
        return False
    return parameter.types != {"boolean"} and not is_counted(parameter) and not mentions(parameter, _DEFAULTED)


def _ways_to_name(tool: ToolContext) -> list[Parameter]:
    """Return the optional parameters that name a thing in several ways (`issue_id`, `issue_key`), or all there are."""
    given = parameters_of(tool)
    naming = [p for p in given if last_of(p) in IDS | NAMES and not p.required and not bounds_ids(p)]
    if any(mentions(parameter, ("required", "optional")) for parameter in naming):
        return []
    things = Counter(tuple(identifier_words(p.name)[:-1]) for p in naming)
    same = [p for p in naming if things[tuple(identifier_words(p.name)[:-1])] > 1 and len(identifier_words(p.name)) > 1]
    if same:
        return same
    alone = not any(p.required or has(p, "default") for p in given)
    return naming if alone and len(naming) > 1 and all("string" in p.types for p in naming) else []


def _joined(parameters: Sequence[Parameter]) -> str:
    names = [quoted(parameter.name) for parameter in parameters[:_NAMED]]
    return f"{', '.join(names[:-1])} and {names[-1]}"


BY_KIND: Final[dict[StatementKind | None, Callable[[ToolContext, Siblings], str | None]]] = {
    StatementKind.PURPOSE: _purpose,
    StatementKind.WHEN: _when,
    StatementKind.WHEN_NOT: _when_not,
    StatementKind.LIMIT: limit,
    StatementKind.FAILURE: failure,
    StatementKind.PREREQUISITE: _prerequisite,
    StatementKind.EFFECT: _effect,
    StatementKind.RESULT: result,
    StatementKind.DEFAULT: _default,
    StatementKind.EXAMPLE: example,
}
