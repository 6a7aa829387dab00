"""Words what is to be said of each statement kind, by the name, the parameters and the siblings of the tool."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ToolContext
from toolsmell.reading.verbs import own_words
from toolsmell.schema.reader import Parameter, choices_of, types_of
from toolsmell.scoring.failure_advice import bounds_ids, failure
from toolsmell.scoring.limit_advice import limit
from toolsmell.scoring.named_act import CONTENTS, Act, act_of, gives_a_value, is_plural, is_scalar, seeks, thing_of
from toolsmell.scoring.parameter_advice import (
    NAMES,
    PATHS,
    PLAIN,
    code_of,
    describes_form,
    fields_of,
    has,
    has_most,
    is_counted,
    is_easy,
    is_file,
    is_new,
    is_number,
    is_output,
    is_query,
    is_sql,
    items_of,
    last_of,
    mentions,
    names_a_tool,
    names_plainly,
    parameters_of,
    quoted,
    speaks_a_language,
)
from toolsmell.scoring.siblings import IDS, Siblings, is_id
from toolsmell.text import identifier_words, pattern

_ILLUSTRATED: Final = (
    "e.g", "for example", "for instance", "such as", "example:", "examples:", "i.e", "like '", 'like "', "default",
    "one of", "absolute", "relative", "supported", "full path", " url", " uri", "e-mail", "email",
)  # fmt: skip
"""Words of a parameter's description that show its values, or their form."""
_ORIGINS: Final = (
    " from ", "returned by", "obtained", "see ", "returns it", "returned it", "specified in", "given in", "given by",
)  # fmt: skip
"""Words of a parameter's description that may say where its value comes from."""
_DEFAULTED: Final = (
    "default", "omit", "left out", "if not", "optional", "when not", "leave", "unless", "without it", "required",
    "only ", "if provided", "if set", "if given", "if specified",
)  # fmt: skip
"""Words of a parameter's description that may say what holds without it, or that it is for some calls only."""
_ALTERNATIVES: Final = frozenset("either alternatively".split())
_SENDING: Final = frozenset("send push broadcast append publish".split())
_PASSED_ON: Final = frozenset("args headers env params proxy cookies vars metadata options token auth".split())
"""Parameters that a tool passes on: without them it passes nothing."""
_ANSWERING: Final = frozenset("retrieves retrieve returns return fetches provides".split())
_OPEN: Final = frozenset(
    """process processes handle handles manage manages perform performs invoke invokes call calls control controls
    operate operates work works apply applies""".split()
)
"""Verbs that tell nothing of what changes."""
_NAMED: Final = 3
"""Parameters that a statement names."""
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


def _prerequisite(tool: ToolContext, siblings: Siblings) -> str | None:
    for parameter in parameters_of(tool):
        found = siblings.origin(tool, parameter) if parameter.required else None
        if found and not mentions(parameter, _ORIGINS) and not names_a_tool(parameter, tool):
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
        return "say what it changes, or that it changes nothing" if _is_open(tool) else None
    if act is Act.CREATE:  # Everybody knows that a second call sends it again, and that a name may be taken.
        named = (p for p in parameters_of(tool) if p.required and last_of(p) in NAMES and is_new(p, thing))
        told = StatementKind.FAILURE not in tool.reading.missing or "url" in tool.name_words
        new = None if told else next(named, None)
        return f"say what happens if {quoted(new.name)} is already taken" if new else None
    if act is Act.REPLACE and not any(_is_target(parameter) for parameter in parameters_of(tool)):
        return None
    if act is Act.DESTROY and "from" in tool.name_words:
        return None  # `remove_user_from_team` removes no user.
    if act is Act.CHANGE and all(parameter.required for parameter in parameters_of(tool)):
        return None  # Nothing can be left out.
    worded, bare = _EFFECTS.get(act, (None, None))
    return worded.format(thing) if worded and thing and "{" not in thing else bare


def _is_open(tool: ToolContext) -> bool:
    """Return True if neither name nor text tells whether a tool changes something."""
    if seeks(tool) or not _ANSWERING.isdisjoint(tool.text.words):
        return False
    return not tool.text.words or not _OPEN.isdisjoint((*own_words(tool)[:1], *tool.text.words[:1]))


def _is_target(parameter: Parameter) -> bool:
    """Return True if a parameter says where something is written."""
    return parameter.required and (identifier_words(parameter.name) or [""])[-1] in _TARGETS


_TARGETS: Final = frozenset("key name path destination filename file title url id".split())
_KEPT: Final = "say whether what is not passed keeps its value"
_EFFECTS: Final[dict[Act, tuple[str, str]]] = {
    Act.CHANGE: (_KEPT, _KEPT),
    Act.REPLACE: ("say whether it overwrites a {} that exists", "say whether it overwrites what exists"),
    Act.DESTROY: ("say whether the removed {} can be restored", "say whether what it removes can be restored"),
}


def _result(tool: ToolContext, _siblings: Siblings) -> str | None:
    act, thing = act_of(tool), thing_of(tool)
    if _has_fields(tool) or (thing and is_scalar(thing)) or "count" in tool.name_words or gives_a_value(tool):
        return None
    if code := code_of(tool):
        return f"say what it returns of {quoted(code)}: its output, its value, its errors"
    if own_words(tool)[:1] in (("download",), ("export",)):
        return f"say where the {thing} goes: into the result, or to which file" if thing else None
    if act is Act.MAKE and "convert" in own_words(tool):
        return "say whether it returns the content, a path or an address"
    if act in (Act.READ, None) and (form := _form(tool, thing)):
        return form
    if (act is None and _works(tool)) or (thing is None and "add" in tool.name_words):
        return _WORKED
    if act is None and _runs(tool):
        return "say whether it returns the output, or only that it worked"
    if not _PURE.isdisjoint(tool.text.words[:1]) or pattern(_LISTED).search(tool.text.raw):
        return None
    named, bare = _RESULTS[act]
    if thing is None or "{" in thing or not _SENDING.isdisjoint(tool.name_words):
        return bare
    return named and named.format(thing, id="their ids" if is_plural(thing) else "an id")


def _has_fields(tool: ToolContext) -> bool:
    """Return True if the output schema tells more than the one text `result` that SDKs wrap every answer in."""
    return any(p.name != "result" or p.types <= {"integer", "number", "boolean"} for p in tool.all_outputs)


def _form(tool: ToolContext, thing: str | None) -> str | None:
    """Word the form of what a tool gives, if it is rows, an answer, a file or a text."""
    if any(is_sql(parameter, tool) for parameter in parameters_of(tool)):
        return "say in which form it returns the rows"
    if not _CALLS.isdisjoint(own_words(tool)):
        return "say in which form it returns the answer"
    if thing and not CONTENTS.isdisjoint(thing.split()[-1:]):
        return f"say in which form it returns the {thing}"
    if thing is None and not _WRITTEN.isdisjoint(tool.text.words[:12]):
        return "say in which form it returns the text: plain, Markdown or HTML"
    return None


def _works(tool: ToolContext) -> bool:
    """Return True if a tool without a known verb changes something, by its annotations or its parameters."""
    return _hinted(tool, read_only=False) or any(p.required and is_output(p) for p in parameters_of(tool))


def _runs(tool: ToolContext) -> bool:
    """Return True if a tool runs something that has an output: no query."""
    verb = own_words(tool)[:1]
    built = verb == ("build",) and any(last_of(p) in PATHS for p in parameters_of(tool))
    return built or (not _RUNS.isdisjoint(verb) and not any(map(is_query, parameters_of(tool))))


def last_resort(tool: ToolContext, siblings: Siblings) -> Iterator[str]:
    """Yield what the text of a tool could say although no kind is missing in it for certain."""
    if fields := _fields(tool):
        yield fields
    if _EXISTENCE.isdisjoint(tool.text.words):
        if wrong := failure(tool, siblings):
            yield wrong
        given = (p for p in parameters_of(tool) if p.required and p.types == {"string"} and not choices_of(p.schema))
        unknown = (p for p in given if last_of(p) not in PLAIN | PATHS | IDS and not (is_query(p) or describes_form(p)))
        yield from (f"say what happens if {quoted(p.name)} is not known" for p in unknown)
    numbers = (p for p in parameters_of(tool) if is_number(p) and "string" not in p.types)
    wide = (p for p in numbers if has(p, "minimum") and not has_most(p))
    yield from (f"say the largest value that {quoted(p.name)} may have" for p in wide if not is_counted(p))
    if act_of(tool) is Act.CREATE and _TWICE.isdisjoint(tool.text.words):
        named = (p for p in parameters_of(tool) if p.required and last_of(p) in NAMES and "title" not in p.name)
        yield from (f"say what a second call with the same {quoted(p.name)} does" for p in named)
    if not _LASTING.isdisjoint(own_words(tool)[:1]) and "wait" not in tool.text.lower:
        yield "say whether it waits until it is done"


def _fields(tool: ToolContext) -> str | None:
    """Word what a tool that reads could say of the fields that it returns, if its text lists nothing."""
    if act_of(tool) not in (Act.READ, None) or _has_fields(tool) or "count" in tool.name_words:
        return None
    if not {",", ":"}.isdisjoint(tool.text.raw) or not _LISTING.isdisjoint(tool.text.words):
        return None
    if {"return", "returns"} & {*tool.text.words[1:]} or gives_a_value(tool):
        return None
    thing = thing_of(tool) or (" ".join(own_words(tool)) if len(own_words(tool)) == 1 else None)
    if thing is None or is_scalar(thing) or "{" in thing or thing not in " ".join(tool.text.words[1:]):
        return None
    several = is_plural(thing)
    if not several and any(StatementKind.RESULT in sentence.says for sentence in tool.reading.sentences):
        return None  # `Returns the sum of two numbers`
    return f"say which fields each of the {thing} has" if several else f"say which fields of the {thing} it returns"


_EXISTENCE: Final = frozenset(
    """exist exists found invalid unknown missing valid bad abort aborts aborting rejects rejected refuses refused
    ignored skipped null reported empty taken fail fails""".split()
)
_TWICE: Final = frozenset("taken duplicate duplicates twice again already".split())
_LASTING: Final = frozenset("restart start stop deploy install trigger build sync launch reload rebuild".split())
"""Verbs of what may last longer than a call."""
_LISTING: Final = frozenset("including includes include contains containing with fields such like text content".split())
"""Words before a list of what is returned."""
_CALLS: Final = frozenset("call invoke".split())
_RUNS: Final = frozenset("run test execute launch perform".split())
_WRITTEN: Final = frozenset("content contents documentation readme article".split())
_PURE: Final = frozenset("encode decode hash escape unescape compress decompress".split())
"""Verbs whose result is plain: the same thing in another form."""
_LISTED: Final = r"\([^(),\n]{1,80}(?:,[^(),\n]{1,80}){2}"
"""A list in brackets: `Get the settings (period, length, date)`."""
_WORKED: Final = "say whether it returns more than that it worked"
_FIELDS: Final = "say what it returns: which fields, in which form"
_RESULTS: Final[dict[Act | None, tuple[str, str | None]]] = {
    Act.READ: ("say what it returns of the {}: which fields, in which form", _FIELDS),
    Act.CREATE: (
        "say what it returns: the new {}, {id}, or only that it worked",
        "say whether it returns an id, or only that it worked",
    ),
    Act.CHANGE: ("say whether it returns the changed {}", _WORKED),
    Act.REPLACE: (_WORKED, _WORKED),
    Act.DESTROY: ("say whether it returns the removed {}, or only that it worked", _WORKED),
    Act.MAKE: (
        "say in which form it returns the {}: the content, a path or an address",
        None,
    ),
    Act.SWITCH: (_WORKED, _WORKED),
    None: (_FIELDS, _FIELDS),
}


def _default(tool: ToolContext, _siblings: Siblings) -> str | None:
    if not _ALTERNATIVES.isdisjoint(tool.text.words) or "one of" in tool.text.lower:
        return None  # What may be left out depends on what is passed.
    if any(mentions(parameter, ("alternative", "instead of", "either", "one of")) for parameter in parameters_of(tool)):
        return None
    if naming := _ways_to_name(tool):
        return f"say whether one of {_joined(naming)} has to be passed"
    if act_of(tool) is Act.CHANGE:
        return _KEPT if any(not parameter.required for parameter in parameters_of(tool)) else None
    for parameter in parameters_of(tool):
        if not _PASSED_ON.isdisjoint(identifier_words(parameter.name)[-1:]):
            continue
        if parameter.required or has(parameter, "default") or parameter.types == {"boolean"} or is_counted(parameter):
            continue
        if not mentions(parameter, _DEFAULTED):
            return f"say what holds if {quoted(parameter.name)} is left out"
    return None


def _ways_to_name(tool: ToolContext) -> list[Parameter]:
    """Return the optional parameters that name a thing in several ways (`issue_id`, `issue_key`), or all there are."""
    given = parameters_of(tool)
    naming = [p for p in given if last_of(p) in IDS | NAMES and not p.required and not bounds_ids(p)]
    if any(mentions(parameter, ("required",)) for parameter in naming):
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


def _example(tool: ToolContext, siblings: Siblings) -> str | None:
    fit = [p for p in parameters_of(tool) if _needs_example(p, tool, siblings)]
    order = sorted(fit, key=lambda p: (not p.types & {"object", "array"}, not p.required))
    return next((text for p in order if (text := _shown(p, tool)) is not None), None)


def _shown(parameter: Parameter, tool: ToolContext) -> str | None:
    """Return what shows how a value looks: of a path, what it may be relative to."""
    if (last_of(parameter) in IDS or is_id(parameter)) and "string" in parameter.types:
        return f"say where {quoted(parameter.name)} comes from"
    if last_of(parameter) not in PATHS:
        return f"give an example value of {quoted(parameter.name)}"
    if last_of(parameter) == "filename" and parameter.description:
        return None
    if not is_file(parameter, tool) or "relative" in tool.text.lower or "absolute" in tool.text.lower:
        return None
    several = parameter.types & {"array"}
    return f"say whether {'the ' if several else ''}{quoted(parameter.name)} may be relative"


def _needs_example(parameter: Parameter, tool: ToolContext, siblings: Siblings) -> bool:
    """Return True if an agent may not know how a value looks: not of plain words, names and numbers."""
    if has(parameter, "enum", "const", "examples", "example", "minimum", "maximum") or choices_of(parameter.schema):
        return False
    if has(parameter, "default", "format", "pattern") or fields_of(parameter):
        return False  # The default is an example, and a form is told.
    if parameter.types and (parameter.types <= _SCALARS or types_of(items_of(parameter)) & _SCALARS):
        return False
    if is_query(parameter) and (not speaks_a_language(parameter, tool) or is_easy(parameter, tool)):
        return False
    if {last_of(parameter), last_of(parameter).removesuffix("s")} & (PLAIN - PATHS):
        return False
    if parameter.name.lower() in IDS - {"id", "uuid"} and parameter.description:
        return False  # A `key` that is described is a plain word.
    if last_of(parameter) not in PATHS and (names_plainly(parameter) or _is_passed_on(parameter)):
        return False
    if siblings.origin(tool, parameter) or mentions(parameter, _ORIGINS):
        return False  # An agent passes what another tool gave.
    return not mentions(parameter, _ILLUSTRATED) and not describes_form(parameter)


def _is_passed_on(parameter: Parameter) -> bool:
    return last_of(parameter) in _PASSED_ON | {"env"} and bool(parameter.types & {"object", "array"})


BY_KIND: Final[dict[StatementKind | None, Callable[[ToolContext, Siblings], str | None]]] = {
    StatementKind.PURPOSE: _purpose,
    StatementKind.WHEN: _when,
    StatementKind.WHEN_NOT: _when_not,
    StatementKind.LIMIT: limit,
    StatementKind.FAILURE: failure,
    StatementKind.PREREQUISITE: _prerequisite,
    StatementKind.EFFECT: _effect,
    StatementKind.RESULT: _result,
    StatementKind.DEFAULT: _default,
    StatementKind.EXAMPLE: _example,
}
