"""Words the statements that would raise the scores of a tool: each names the parameter, the sibling or the value."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from toolsmell.cached import cached_property
from toolsmell.escape import shown
from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.reading.verbs import Deed, deed_named, deed_of, opening_deed, own_words
from toolsmell.schema.reader import Parameter, choices_of
from toolsmell.schema.walk import ALTERNATIVES, alternatives
from toolsmell.scoring.gains import Missing, gains
from toolsmell.scoring.siblings import Siblings, siblings_of
from toolsmell.scoring.weights import Rubric
from toolsmell.text import identifier_words, words_of

CHOICES: Final = 3
"""Values of an enumeration that a statement names."""

_IDS: Final = frozenset("id ids uuid guid key slug ref handle sha number".split())
_NAMES: Final = frozenset("name title url".split())
_CURSORS: Final = frozenset(("cursor", "token"))
_PATHS: Final = frozenset("path paths file files filename dir directory folder".split())
_DATES: Final = frozenset("date time since until timestamp datetime day".split())
_QUERIES: Final = frozenset("query filter filters expression sql jql search q where selector pattern regex".split())
_TEXTS: Final = frozenset("text message content body prompt comment title description".split())
_FREE: Final = _TEXTS - {"title"} | frozenset("prompt prompts summary note notes insight thought reason".split())
"""Texts of people: no value of them is wrong."""
_FORMED: Final = ("pattern", "format")
_LANGUAGES: Final = frozenset(
    "sql mysql postgresql promql logql jql cql kql soql gaql graphql cypher sparql lucene regex xpath jmespath".split()
)
"""Query languages: a text that names one says which syntax a query has."""
_BOUNDS: Final = frozenset("limit max count size top n".split())
_COUNTED: Final = frozenset("page offset start skip index row col column line".split())
_EMPTY: Final = frozenset("api mcp tool tools my your our".split())
"""Words of names that name no thing."""
_LONGEST_THING: Final = 4
"""Words of a thing that is named in full; the last words of a longer one cannot be left out."""
_PREPOSITIONS: Final = frozenset("by for from in of on to with as via and or".split())
_ILLUSTRATED: Final = ("e.g", "for example", "for instance", "such as", "example:", "examples:", "i.e")
_DEFAULTED: Final = ("default", "omit", "left out", "if not", "optional", "when not", "leave", "unless")


class Adviser:
    """Words statements for the tools of one server."""

    def __init__(self, server: ServerContext) -> None:
        self._server = server

    @cached_property
    def siblings(self) -> Siblings:
        return siblings_of(self._server)

    def best(self, tool: ToolContext, rubric: Rubric) -> Iterator[str]:
        """Yield statements that the tool lacks, those first that would raise the overall score most."""
        ranked = (gain.missing for gain in gains(tool, lacking(tool), rubric))
        yield from (text for _, text in self.statements(tool, ranked))

    def statements(self, tool: ToolContext, missing: Iterable[Missing]) -> Iterator[tuple[Missing, str]]:
        """Yield a statement for each thing that is missing, in their order; none that has no concrete words."""
        said: set[str] = set()
        compared = False
        for one in missing:
            text = self._statement(tool, one)
            compares = (
                one.kind in (StatementKind.WHEN, StatementKind.WHEN_NOT) and self.siblings.nearest(tool) is not None
            )
            if text and text not in said and not (compares and compared):
                said.add(text)
                compared |= compares
                yield one, text

    def _statement(self, tool: ToolContext, missing: Missing) -> str | None:
        if missing.parameter is not None:
            found = (p for p in tool.parameters if p.name == missing.parameter)
            parameter = next(found, None)
            return None if parameter is None else _of_parameter(parameter, tool, self.siblings)
        return _BY_KIND[missing.kind](tool, self.siblings) if missing.kind in _BY_KIND else None


def quoted(name: str) -> str:
    """Return a name from a server as code, on one line and not too long."""
    return f"`{shown(name, 60)}`"


def _deed(tool: ToolContext) -> Deed | None:
    found = deed_of(tool) or opening_deed(tool)
    return found[1] if found else None


def _thing(tool: ToolContext) -> str | None:
    """Return what the tool is about, by its name without verbs ("calendar events"), or None if nothing is left."""
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
    near = siblings.nearest(tool)
    if near:
        return f"say for which task to use it rather than {quoted(near)}"
    return f"say for which task or question to call {quoted(tool.tool.name)}" if tool.tool.name else None


def _when_not(tool: ToolContext, siblings: Siblings) -> str | None:
    near = siblings.nearest(tool)
    return f"say how it differs from {quoted(near)}" if near else None


def _limit(tool: ToolContext, _siblings: Siblings) -> str | None:
    reads = _deed(tool) is Deed.READ
    for parameter in tool.parameters:
        words = frozenset(identifier_words(parameter.name))
        if words & _BOUNDS and not _has(parameter, "maximum", "exclusiveMaximum") and _is_number(parameter):
            return f"say the largest value that {quoted(parameter.name)} may have"
        if reads and _is_query(parameter):
            return f"say what {quoted(parameter.name)} does not search, or how many results it gives at most"
        if words & _PATHS:
            return f"say which values of {quoted(parameter.name)} are rejected"
    thing = _thing(tool)
    if reads:
        return (
            f"say which {thing} it leaves out, or how many it returns at most" if thing and _is_plural(thing) else None
        )
    free = next((p for p in tool.parameters if _is_long_text(p)), None)
    return f"say how long {quoted(free.name)} may be" if free else None


def _is_query(parameter: Parameter) -> bool:
    words = identifier_words(parameter.name) or [""]
    return (words[-1] in _QUERIES or words[0] == "query") and not choices_of(parameter.schema)


def _is_long_text(parameter: Parameter) -> bool:
    last = (identifier_words(parameter.name) or [""])[-1]
    return last in _TEXTS and "string" in parameter.types and not _has(parameter, "maxLength", "enum", "const")


def _failure(tool: ToolContext, _siblings: Siblings) -> str | None:
    deed, thing = _deed(tool), _thing(tool)
    for parameter in sorted(tool.parameters, key=lambda p: not p.required):
        if deed is Deed.READ and _is_query(parameter):
            return f"say what it returns if nothing matches {quoted(parameter.name)}"
        if parameter.required and (trouble := _trouble(parameter, deed)):
            return f"say what happens if {trouble}"
    if deed is Deed.READ:
        return f"say what it returns if there are no {thing}" if thing and _is_plural(thing) else None
    return None


def _trouble(parameter: Parameter, deed: Deed | None) -> str | None:
    """Return what can be wrong with the value of a parameter; None if its schema leaves no room for that."""
    name, last = quoted(parameter.name), (identifier_words(parameter.name) or [""])[-1]
    if parameter.types == {"array"}:
        missing = last.removesuffix("s") in _IDS | _NAMES
        return f"one of {name} does not exist" if missing else f"an item of {name} is not valid"
    if parameter.types == {"object"}:
        return f"{name} is not valid"
    if last in _FREE and not _has(parameter, *_FORMED):
        return None
    if choices_of(parameter.schema) or not parameter.types & {"string"}:
        return None if last not in _IDS else f"{name} does not exist"
    if deed is Deed.CREATE and last in _NAMES | _PATHS:
        return f"{name} is already taken" if last in _NAMES else f"{name} already exists"
    return f"{name} does not exist" if last in _IDS | _NAMES | _PATHS else f"{name} is not valid"


def _prerequisite(tool: ToolContext, siblings: Siblings) -> str | None:
    for parameter in tool.parameters:
        if parameter.required and (finder := _finder(parameter, tool, siblings)):
            return f"say where {quoted(parameter.name)} comes from: from {quoted(finder)}, for instance"
    return None


def _effect(tool: ToolContext, _siblings: Siblings) -> str | None:
    annotations = tool.tool.raw.get("annotations") if isinstance(tool.tool.raw, dict) else None
    if isinstance(annotations, dict) and annotations.get("readOnlyHint") is True:
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
        if not parameter.required and not _has(parameter, "default") and not _mentions(parameter, _DEFAULTED):
            return f"say what holds if {quoted(parameter.name)} is left out"
    return None


def _example(tool: ToolContext, _siblings: Siblings) -> str | None:
    fit = [p for p in tool.parameters if _needs_example(p)]
    order = sorted(fit, key=lambda p: (not p.types & {"object", "array"}, not p.required))
    return f"give an example value of {quoted(order[0].name)}" if order else None


def _needs_example(parameter: Parameter) -> bool:
    if _has(parameter, "enum", "const", "examples", "example", "minimum", "maximum") or choices_of(parameter.schema):
        return False
    if _has(parameter, "default") and not _is_number(parameter):
        return False  # The default is an example.
    return parameter.types != {"boolean"} and not _mentions(parameter, _ILLUSTRATED)


_BY_KIND: Final[dict[StatementKind | None, Callable[[ToolContext, Siblings], str | None]]] = {
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


def _of_parameter(parameter: Parameter, tool: ToolContext, siblings: Siblings) -> str | None:
    name, words = quoted(parameter.name), frozenset(identifier_words(parameter.name))
    if choices := choices_of(parameter.schema):
        if len(choices) == 1:
            return None  # There is nothing to choose.
        return f"say what each value of {name} means: {_listed(choices)}"
    if parameter.types == {"boolean"}:
        return f"say what changes if {name} is true"
    if words & _CURSORS and "string" in (parameter.types or {"string"}):
        return f"say what {name} accepts and where it comes from"
    if finder := _finder(parameter, tool, siblings):
        return f"say where {name} comes from: from {quoted(finder)}, for instance"
    if (identifier_words(parameter.name) or [""])[-1] in _IDS:
        return f"say where {name} comes from and what form it has"
    if words & _QUERIES and not _LANGUAGES.isdisjoint(tool.text.words):
        return f"give an example value of {name}"
    return _by_form(name, words, parameter)


def _by_form(name: str, words: frozenset[str], parameter: Parameter) -> str:
    if parameter.types == {"object"}:
        return f"say which keys {name} takes"
    if "array" in parameter.types:
        return f"say what one item of {name} is"
    if _is_number(parameter):
        if words & _COUNTED and not words & (_BOUNDS | {"per"}):
            return f"say whether {name} counts from 0 or from 1"
        if _has(parameter, "minimum", "exclusiveMinimum") and _has(parameter, "maximum", "exclusiveMaximum"):
            return f"say what a low and a high value of {name} mean, or its unit"
        bound = words & (_BOUNDS | {"per"})
        return f"say what {name} counts, and its largest value" if bound else f"say what {name} counts, or its unit"
    if _has(parameter, *_FORMED):
        return f"say what {name} means"
    if words & _PATHS:
        return f"say what {name} points to, and whether it may be relative"
    if words & _DATES:
        return f"say which form {name} has, with an example"
    if words & _QUERIES:
        return f"say which syntax {name} takes, with an example"
    return f"say what {name} means and which values it takes"


def _finder(parameter: Parameter, tool: ToolContext, siblings: Siblings) -> str | None:
    words = identifier_words(parameter.name)
    if len(words) < 2 or words[-1] not in _IDS:
        return None
    return siblings.finder(tool, words[:-1])


def _listed(values: tuple[str, ...]) -> str:
    named = [quoted(value) for value in values[:CHOICES]]
    more = len(values) - len(named)
    return ", ".join(named) + (f" and {more:,} more" if more else "")


def _is_number(parameter: Parameter) -> bool:
    return bool(parameter.types & {"integer", "number"})


def _has(parameter: Parameter, *keywords: str) -> bool:
    branches = (branch for _, branch in alternatives(parameter.schema, (*ALTERNATIVES, "allOf")))
    schemas = (schema for schema in (parameter.schema, *branches) if isinstance(schema, dict))
    return any(not schema.keys().isdisjoint(keywords) for schema in schemas)


def _mentions(parameter: Parameter, words: tuple[str, ...]) -> bool:
    said = (parameter.description or "").lower()
    return any(word in said for word in words)


_ORDER: Final = tuple(
    map(StatementKind, "purpose result when_not limit failure when example default effect prerequisite".split())
)


def lacking(tool: ToolContext) -> Iterator[Missing]:
    """Yield what `tool` lacks: parameters that neither schema nor text explains, then the missing kinds."""
    missing = tool.reading.missing
    if StatementKind.PURPOSE in missing:
        yield Missing(StatementKind.PURPOSE)
    explained = tool.reading.explained | _named(tool)
    for parameter in sorted(tool.parameters, key=lambda p: not p.required):
        if not parameter.description and parameter.name not in explained:
            yield Missing(parameter=parameter.name)
    words = frozenset(tool.text.words)
    for kind in _ORDER:
        if kind in missing and kind is not StatementKind.PURPOSE and words.isdisjoint(_DOUBTS.get(kind, ())):
            yield Missing(kind)


_DOUBTS: Final = {
    StatementKind.RESULT: frozenset("return returns returned returning output outputs yields".split()),
    StatementKind.FAILURE: frozenset("fail fails failed error errors empty raises throws exception invalid".split()),
    StatementKind.LIMIT: frozenset("only maximum max limit limited limits cannot most minutes".split()),
    StatementKind.DEFAULT: frozenset("default defaults omitted optional optionally".split()),
    StatementKind.EXAMPLE: frozenset("example examples e.g eg".split()),
    StatementKind.WHEN: frozenset("when whenever useful ideal".split()),
    StatementKind.WHEN_NOT: frozenset("instead prefer rather unlike".split()),
    StatementKind.PREREQUISITE: frozenset("before first requires required needs last".split()),
}
"""Words of a kind. If a text has one, the kind may be said in words that the reader does not know: it is not denied."""


def _named(tool: ToolContext) -> frozenset[str]:
    """Return the parameters that a sentence after the first one names: it may explain them in words not recognised."""
    words = {word for sentence in tool.text.sentences[1:] for word in words_of(sentence.text)}
    names = (parameter.name for parameter in tool.parameters)
    return frozenset(name for name in names if not {name.lower(), f"{name.lower()}s"}.isdisjoint(words))
