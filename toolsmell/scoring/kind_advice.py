"""Words what is to be said of each statement kind, by the name, the parameters and the siblings of the tool."""

from collections.abc import Callable
from typing import Final

from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ToolContext
from toolsmell.schema.reader import Parameter, choices_of
from toolsmell.scoring.named_act import Act, act_of, is_plural, is_scalar, seeks, thing_of
from toolsmell.scoring.parameter_advice import (
    FREE,
    NAMES,
    describes_form,
    fields_of,
    has,
    is_bound,
    is_file,
    is_long_text,
    is_query,
    mentions,
    names_plainly,
    quoted,
    speaks_a_language,
    trouble,
)
from toolsmell.scoring.siblings import IDS, Siblings
from toolsmell.text import identifier_words

_EXISTENCE: Final = frozenset("exist exists nonexistent overwrite overwrites".split())
"""A text with one of these may say what happens to a thing that exists, or that does not."""
_OF_EXISTENCE: Final = ("does not exist", "already exists", "cannot be reached", "is not found")
_ILLUSTRATED: Final = (
    "e.g", "for example", "for instance", "such as", "example:", "examples:", "i.e", "like '", 'like "', "default",
    "one of", "absolute", "supported",
)  # fmt: skip
"""Words of a parameter's description that show its values, or their form."""
_ORIGINS: Final = (" from ", "returned by", "obtained", "see ", "returns it", "returned it")
"""Words of a parameter's description that may say where its value comes from."""
_DEFAULTED: Final = (
    "default", "omit", "left out", "if not", "optional", "when not", "leave", "unless", "without it", "required",
    "only ",
)  # fmt: skip
"""Words of a parameter's description that may say what holds without it, or that it is for some calls only."""
_WHOLE: Final = frozenset("all complete entire full whole".split())
_ALTERNATIVES: Final = frozenset("either alternatively".split())
_ALWAYS_THERE: Final = frozenset("stats settings statistics details credentials options metrics contents".split())
"""Things of which there are always some."""
_WRITING: Final = (Act.CREATE, Act.CHANGE, Act.REPLACE, Act.DESTROY, Act.SWITCH)
_SENDING: Final = frozenset("send append publish".split())
_PASSED_ON: Final = frozenset("args headers env params proxy cookies vars metadata options token auth".split())
"""Parameters that a tool passes on: without them it passes nothing."""
_ANSWERING: Final = frozenset("retrieves retrieve returns return fetches provides".split())
_PLANS: Final = frozenset("plan plans explain validate check analyze format count".split())
_COMPUTED: Final = frozenset(("expression", "where"))
_TEXTS_OF_RESULTS: Final = ("get the name of", "get the id of", "returns the name of", "returns the id of")
_PLAIN: Final = (
    FREE
    | NAMES
    | frozenset(
        """tags labels keywords categories cursor token email user username password database collection
    table bucket to cc recipients subject""".split()
    )
)
_SCALARS: Final = frozenset(("boolean", "number", "integer", "null"))


def _purpose(tool: ToolContext, _siblings: Siblings) -> str | None:
    name = tool.tool.name
    if not name or not tool.text.raw.strip():
        return f"say what {quoted(name)} does" if name else "say what it does"
    return f"say more about what {quoted(name)} does than its name tells"


def _when(tool: ToolContext, siblings: Siblings) -> str | None:
    """Word when to use the tool by what tells it from a sibling, or by the call that needs its result."""
    if "deprecated" in tool.text.lower:
        return None
    if near := siblings.confused(tool) or siblings.rival(tool):
        return f"say for which task to use it rather than {quoted(near)}"
    if taken := siblings.taker(tool):
        return f"say that it finds the {quoted(taken[1])} that {quoted(taken[0])} takes"
    return None


def _when_not(tool: ToolContext, siblings: Siblings) -> str | None:
    near = siblings.confused(tool)
    return f"say how it differs from {quoted(near)}" if near else None


def _limit(tool: ToolContext, _siblings: Siblings) -> str | None:
    reads = act_of(tool) is Act.READ
    bounds = [p for p in tool.parameters if is_bound(p)]
    for parameter in bounds:
        if not has(parameter, "maximum", "exclusiveMaximum"):
            return f"say the largest value that {quoted(parameter.name)} may have"
    for parameter in tool.parameters:
        if reads and is_query(parameter) and not bounds and _finds_many(parameter, tool):
            return f"say how many results {quoted(parameter.name)} gives at most"
        if is_file(parameter, tool):
            return f"say which files or folders {quoted(parameter.name)} must not point to"
    thing, words = thing_of(tool), tool.text.words
    if reads and "count" in tool.name_words:
        return None
    if reads:
        many = thing is not None and is_plural(thing) and not bounds and not _is_always_there(thing)
        if many:
            return f"say which {thing} it leaves out, or how many it returns at most"
        return f"say how much of the {thing} it returns at most" if thing and not _WHOLE.isdisjoint(words) else None
    free = next((p for p in tool.parameters if is_long_text(p)), None)
    return f"say how long {quoted(free.name)} may be" if free else None


def _finds_many(parameter: Parameter, tool: ToolContext) -> bool:
    """Return True if a query gives rows: one that is explained or planned does not."""
    return seeks(tool) and (not speaks_a_language(parameter, tool) or not _PLANS & frozenset(tool.name_words))


def _matches(parameter: Parameter, tool: ToolContext) -> bool:
    """Return True if a query may match nothing: it is no expression, and in no language."""
    last = (identifier_words(parameter.name) or [""])[-1]
    return last not in _COMPUTED and seeks(tool) and not speaks_a_language(parameter, tool)


def _is_always_there(thing: str) -> bool:
    return "supported" in thing or thing.rsplit(" ", 1)[-1] in _ALWAYS_THERE


def _failure(tool: ToolContext, _siblings: Siblings) -> str | None:
    act, thing = act_of(tool), thing_of(tool)
    existence_told = not _EXISTENCE.isdisjoint(tool.text.words)
    for parameter in sorted(tool.parameters, key=lambda p: not p.required):
        if act in (Act.READ, None) and is_query(parameter) and _matches(parameter, tool):
            return f"say what it returns if nothing matches {quoted(parameter.name)}"
        formal = act in _WRITING or speaks_a_language(parameter, tool)
        if parameter.required and is_query(parameter) and formal:
            return f"say what happens if {quoted(parameter.name)} is not valid"
        wrong = trouble(parameter, act, thing) if parameter.required else None
        if wrong and not (existence_told and wrong.endswith(_OF_EXISTENCE)):
            return f"say what happens if {wrong}"
    if inner := None if existence_told else _inner_trouble(tool, act, thing):
        return f"say what happens if {inner}"
    return _without_thing(tool, act, thing, existence_told=existence_told)


def _without_thing(tool: ToolContext, act: Act | None, thing: str | None, *, existence_told: bool) -> str | None:
    """Return what to say of a thing that is not there, or that is there already."""
    if thing is None:
        return None
    many = is_plural(thing)
    if act is Act.READ and many and not _is_always_there(thing):
        return f"say what it returns if there are no {thing}"
    if existence_told:
        return None
    people_write = any((identifier_words(p.name) or [""])[-1] in FREE for p in tool.parameters)
    if act is Act.CREATE and StatementKind.EFFECT not in tool.reading.missing and not people_write:
        return f"say what it does with {thing} that exist" if many else f"say what it does if the {thing} exists"
    if act is Act.DESTROY and tool.parameters:
        return f"say what happens if {f'some of the {thing} do' if many else f'the {thing} does'} not exist"
    return None


def _inner_trouble(tool: ToolContext, act: Act | None, thing: str | None) -> str | None:
    """Return what can be wrong with a field of an object, or of the items of an array, that names something."""
    for parameter in tool.all_parameters:
        root = parameter.path.partition(".")[0].partition("[")[0]
        last = (identifier_words(parameter.name) or [""])[-1]
        if parameter.depth == 1 and parameter.required and last in IDS | NAMES and "string" in parameter.types:
            named, _, wrong = (trouble(parameter, act, thing) or "").rpartition("` ")
            return f"{named}` in {quoted(root)} {wrong}" if named else None
    return None


def _prerequisite(tool: ToolContext, siblings: Siblings) -> str | None:
    for parameter in tool.parameters:
        found = siblings.origin(tool, parameter) if parameter.required else None
        if found and not mentions(parameter, (found.lower(), *_ORIGINS)):
            return f"say where {quoted(parameter.name)} comes from: from {quoted(found)}, for instance"
    return None


def _hinted(tool: ToolContext, read_only: bool) -> bool:
    """Return True if the annotations say that the tool only reads, or that it does not."""
    annotations = tool.tool.annotations or {}
    return annotations.get("readOnlyHint") is read_only


def _effect(tool: ToolContext, _siblings: Siblings) -> str | None:
    act, thing = act_of(tool), thing_of(tool)
    if _hinted(tool, read_only=True):
        return None
    if act is None:
        answers = seeks(tool) or not _ANSWERING.isdisjoint(tool.text.words)
        return None if answers else "say what it changes, or that it changes nothing"
    if act is Act.CREATE and not _SENDING.isdisjoint(tool.name_words):
        return None  # Everybody knows that a second call sends it again.
    if act is Act.REPLACE and not any(_is_target(parameter) for parameter in tool.parameters):
        return None
    if act is Act.CHANGE and all(parameter.required for parameter in tool.parameters):
        return None  # Nothing can be left out.
    named, bare = _EFFECTS.get(act, (None, None))
    return named.format(thing) if named and thing and "{" not in thing else bare


def _is_target(parameter: Parameter) -> bool:
    """Return True if a parameter says where something is written."""
    return parameter.required and (identifier_words(parameter.name) or [""])[-1] in _TARGETS


_TARGETS: Final = frozenset("key name path destination filename file title url id".split())
_AGAIN: Final = "say what a second call with the same arguments does"
_KEPT: Final = "say whether what is not passed keeps its value"
_EFFECTS: Final[dict[Act | None, tuple[str, str]]] = {
    Act.CREATE: (_AGAIN, _AGAIN),
    Act.CHANGE: (_KEPT, _KEPT),
    Act.REPLACE: ("say whether it overwrites a {} that exists", "say whether it overwrites what exists"),
    Act.DESTROY: ("say whether the removed {} can be restored", "say whether what it removes can be restored"),
}


def _result(tool: ToolContext, _siblings: Siblings) -> str | None:
    act, thing = act_of(tool), thing_of(tool)
    if (
        tool.all_outputs
        or (thing and is_scalar(thing))
        or "count" in tool.name_words
        or tool.text.lower.startswith(_TEXTS_OF_RESULTS)
    ):
        return None
    named, bare = _RESULTS[act]
    if act is None and _hinted(tool, read_only=False):
        return _WORKED
    return named.format(thing) if thing and "{" not in thing else bare


_WORKED: Final = "say what it returns, or only that it worked"
_FIELDS: Final = "say what it returns: which fields, in which form"
_RESULTS: Final = {
    Act.READ: ("say what it returns of the {}: which fields, in which form", _FIELDS),
    Act.CREATE: (
        "say what it returns: the new {}, its id, or only that it worked",
        "say what it returns: an id, or only that it worked",
    ),
    Act.CHANGE: ("say whether it returns the changed {}", _WORKED),
    Act.REPLACE: (_WORKED, _WORKED),
    Act.DESTROY: ("say whether it returns the removed {}, or only that it worked", _WORKED),
    Act.MAKE: (
        "say in which form it returns the {}: the content, a path or an address",
        "say in which form it returns what it makes: the content, a path or an address",
    ),
    Act.SWITCH: (_WORKED, _WORKED),
    None: (_FIELDS, _FIELDS),
}


def _default(tool: ToolContext, _siblings: Siblings) -> str | None:
    if not _ALTERNATIVES.isdisjoint(tool.text.words) or "one of" in tool.text.lower:
        return None  # What may be left out depends on what is passed.
    if any(mentions(parameter, ("alternative", "instead of")) for parameter in tool.parameters):
        return None
    for parameter in tool.parameters:
        if not _PASSED_ON.isdisjoint(identifier_words(parameter.name)[-1:]):
            continue
        if not parameter.required and not has(parameter, "default") and not mentions(parameter, _DEFAULTED):
            return f"say what holds if {quoted(parameter.name)} is left out"
    return None


def _example(tool: ToolContext, siblings: Siblings) -> str | None:
    fit = [p for p in tool.parameters if _needs_example(p, tool, siblings)]
    order = sorted(fit, key=lambda p: (not p.types & {"object", "array"}, not p.required))
    return f"give an example value of {quoted(order[0].name)}" if order else None


def _needs_example(parameter: Parameter, tool: ToolContext, siblings: Siblings) -> bool:
    """Return True if an agent may not know how a value looks: not of plain words, names and numbers."""
    if has(parameter, "enum", "const", "examples", "example", "minimum", "maximum") or choices_of(parameter.schema):
        return False
    if has(parameter, "default", "format", "pattern") or fields_of(parameter):
        return False  # The default is an example, and a form is told.
    if parameter.types and parameter.types <= _SCALARS:
        return False
    if is_query(parameter) and not speaks_a_language(parameter, tool):
        return False
    if (identifier_words(parameter.name) or [""])[-1] in _PLAIN:
        return False
    if names_plainly(parameter):
        return False
    if siblings.origin(tool, parameter) or mentions(parameter, _ORIGINS):
        return False  # An agent passes what another tool gave.
    return not mentions(parameter, _ILLUSTRATED) and not describes_form(parameter)


BY_KIND: Final[dict[StatementKind | None, Callable[[ToolContext, Siblings], str | None]]] = {
    StatementKind.PURPOSE: _purpose,
    StatementKind.WHEN: _when,
    StatementKind.WHEN_NOT: _when_not,
    StatementKind.LIMIT: _limit,
    StatementKind.FAILURE: _failure,
    StatementKind.PREREQUISITE: _prerequisite,
    StatementKind.EFFECT: _effect,
    StatementKind.RESULT: _result,
    StatementKind.DEFAULT: _default,
    StatementKind.EXAMPLE: _example,
}
