"""Words what is to be said of each statement kind, by the name, the parameters and the siblings of the tool."""

from collections.abc import Callable
from typing import Final

from toolsmell.escape import shown
from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ToolContext
from toolsmell.reading.verbs import Deed, deed_named, deed_of, opening_deed, own_words
from toolsmell.schema.reader import Parameter, choices_of
from toolsmell.scoring.parameter_advice import (
    BOUNDS,
    PATHS,
    finder,
    has,
    is_long_text,
    is_number,
    is_query,
    mentions,
    quoted,
    trouble,
)
from toolsmell.scoring.siblings import Siblings
from toolsmell.text import identifier_words

_EMPTY: Final = frozenset("api mcp tool tools my your our".split())
"""Words of names that name no thing."""
_LONGEST_THING: Final = 4
"""Words of a thing that is named in full; the last words of a longer one cannot be left out."""
_PREPOSITIONS: Final = frozenset("by for from in of on to with as via and or".split())
_EXISTENCE: Final = frozenset("exist exists nonexistent overwrite overwrites".split())
"""A text with one of these may say what happens to a thing that exists, or that does not."""
_ILLUSTRATED: Final = ("e.g", "for example", "for instance", "such as", "example:", "examples:", "i.e")
_ORIGINS: Final = (" from ", "returned by", "obtained", "see ")
"""Words of a parameter's description that may say where its value comes from."""
_DEFAULTED: Final = ("default", "omit", "left out", "if not", "optional", "when not", "leave", "unless")


def _deed(tool: ToolContext) -> Deed | None:
    found = deed_of(tool) or opening_deed(tool)
    return found[1] if found else None


def _thing(tool: ToolContext) -> str | None:
    """Return the subject of the tool: its name without verbs ("calendar events"), or None if nothing is left."""
    own = own_words(tool)
    end = next((i for i, word in enumerate(own) if i and word in _PREPOSITIONS), len(own))
    words = [word for word in own[:end] if deed_named(word) is None and word not in _EMPTY]
    if not words or len(words) == len(own) or len(words) > _LONGEST_THING:
        return None
    if end == len(own) and deed_named(own[-1]) is not None and not _is_plural(words[-1]):
        return None  # `semantic_search`: the words before a last verb may only say how it works
    return shown(" ".join(words), 40)


def _purpose(tool: ToolContext, _siblings: Siblings) -> str | None:
    name = tool.tool.name
    if not name or not tool.text.raw.strip():
        return f"say what {quoted(name)} does" if name else "say what it does"
    return f"say more about what {quoted(name)} does than its name tells"


def _when(tool: ToolContext, siblings: Siblings) -> str | None:
    if "deprecated" in tool.text.lower:
        return None
    near = siblings.confused(tool)
    if near:
        return f"say for which task to use it rather than {quoted(near)}"
    return f"say for which task or question to call {quoted(tool.tool.name)}" if tool.tool.name else None


def _when_not(tool: ToolContext, siblings: Siblings) -> str | None:
    near = siblings.confused(tool)
    return f"say how it differs from {quoted(near)}" if near else None


def _limit(tool: ToolContext, _siblings: Siblings) -> str | None:
    reads = _deed(tool) is Deed.READ
    for parameter in tool.parameters:
        words = frozenset(identifier_words(parameter.name))
        if words & BOUNDS and not has(parameter, "maximum", "exclusiveMaximum") and is_number(parameter):
            return f"say the largest value that {quoted(parameter.name)} may have"
        if reads and is_query(parameter):
            return f"say what {quoted(parameter.name)} does not search, or how many results it gives at most"
        if words & PATHS:
            return f"say which values of {quoted(parameter.name)} are rejected"
    thing = _thing(tool)
    if reads:
        return (
            f"say which {thing} it leaves out, or how many it returns at most" if thing and _is_plural(thing) else None
        )
    free = next((p for p in tool.parameters if is_long_text(p)), None)
    return f"say how long {quoted(free.name)} may be" if free else None


def _failure(tool: ToolContext, _siblings: Siblings) -> str | None:
    deed, thing = _deed(tool), _thing(tool)
    existence_told = not _EXISTENCE.isdisjoint(tool.text.words)
    for parameter in sorted(tool.parameters, key=lambda p: not p.required):
        if deed is Deed.READ and is_query(parameter):
            return f"say what it returns if nothing matches {quoted(parameter.name)}"
        wrong = trouble(parameter, deed) if parameter.required else None
        if wrong and not (existence_told and wrong.endswith(("does not exist", "already exists"))):
            return f"say what happens if {wrong}"
    if deed is Deed.READ:
        return f"say what it returns if there are no {thing}" if thing and _is_plural(thing) else None
    return None


def _prerequisite(tool: ToolContext, siblings: Siblings) -> str | None:
    for parameter in tool.parameters:
        found = finder(parameter, tool, siblings) if parameter.required else None
        if found and not mentions(parameter, (found.lower(), *_ORIGINS)):
            return f"say where {quoted(parameter.name)} comes from: from {quoted(found)}, for instance"
    return None


def _hinted(tool: ToolContext, read_only: bool) -> bool:
    """Return True if the annotations say that the tool only reads, or that it does not."""
    annotations = tool.tool.annotations or {}
    return annotations.get("readOnlyHint") is read_only


def _effect(tool: ToolContext, _siblings: Siblings) -> str | None:
    if _hinted(tool, read_only=True):
        return None
    return _EFFECTS.get(_deed(tool))


_EFFECTS: Final = {
    Deed.CREATE: "say what a second call with the same arguments does",
    Deed.CHANGE: "say whether what is not passed keeps its value",
    Deed.DESTROY: "say whether what it removes can be restored",
    None: "say what it changes, or that it changes nothing",
}


def _is_plural(thing: str) -> bool:
    return thing.endswith("s") and not thing.endswith(("ss", "us", "is"))


def _result(tool: ToolContext, _siblings: Siblings) -> str | None:
    if tool.all_outputs:
        return None
    deed, thing = _deed(tool), _thing(tool)
    named, bare = _RESULTS[deed]
    if deed is None and _hinted(tool, read_only=False):
        return "say what it returns, or only that it worked"
    return named.format(thing) if thing and "{" not in thing else bare


_RESULTS: Final = {
    Deed.READ: ("say what it returns of the {}: which fields, in which form", "say what it returns, and in which form"),
    Deed.CREATE: (
        "say what it returns: the new {}, its id, or only that it worked",
        "say what it returns: an id, or only that it worked",
    ),
    Deed.CHANGE: ("say whether it returns the changed {}", "say what it returns, or only that it worked"),
    Deed.DESTROY: ("say what it returns after it removed the {}", "say what it returns afterwards"),
    None: ("say what it returns, and in which form", "say what it returns, and in which form"),
}


def _default(tool: ToolContext, _siblings: Siblings) -> str | None:
    for parameter in tool.parameters:
        if not parameter.required and not has(parameter, "default") and not mentions(parameter, _DEFAULTED):
            return f"say what holds if {quoted(parameter.name)} is left out"
    return None


def _example(tool: ToolContext, _siblings: Siblings) -> str | None:
    fit = [p for p in tool.parameters if _needs_example(p)]
    order = sorted(fit, key=lambda p: (not p.types & {"object", "array"}, not p.required))
    return f"give an example value of {quoted(order[0].name)}" if order else None


def _needs_example(parameter: Parameter) -> bool:
    if has(parameter, "enum", "const", "examples", "example", "minimum", "maximum") or choices_of(parameter.schema):
        return False
    if has(parameter, "default"):
        return False  # The default is an example.
    return parameter.types != {"boolean"} and not mentions(parameter, _ILLUSTRATED)


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
