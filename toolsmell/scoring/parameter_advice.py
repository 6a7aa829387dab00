"""Words what is to be said of one parameter: its values, its origin, its form, by its name and its schema."""

from typing import Final

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.reading.verbs import Deed
from toolsmell.schema.reader import Parameter, choices_of
from toolsmell.schema.walk import ALTERNATIVES, alternatives
from toolsmell.scoring.siblings import Siblings
from toolsmell.text import identifier_words, words_of

CHOICES: Final = 3
"""Values of an enumeration that a statement names."""

_IDS: Final = frozenset("id ids uuid guid key slug ref handle sha number".split())
_NAMES: Final = frozenset("name title url".split())
_CURSORS: Final = frozenset(("cursor", "token"))
PATHS: Final = frozenset("path paths file files filename dir directory folder".split())
_DATES: Final = frozenset("date time since until timestamp datetime day".split())
_QUERIES: Final = frozenset("query filter filters expression sql jql search q where selector pattern regex".split())
_TEXTS: Final = frozenset("text message content body prompt comment title description".split())
_LONG: Final = frozenset("text message content body prompt".split())
"""Texts of which a service limits the length, and an agent may pass long ones."""
_FREE: Final = _TEXTS - {"title"} | frozenset("prompt prompts summary note notes insight thought reason".split())
"""Texts of people: no value of them is wrong."""
_FORMED: Final = ("pattern", "format")
_LANGUAGES: Final = frozenset(
    "sql mysql postgresql promql logql jql cql kql soql gaql graphql cypher sparql lucene regex xpath jmespath".split()
)
"""Query languages: a text that names one says which syntax a query has."""
BOUNDS: Final = frozenset("limit max count size top n".split())
_COUNTED: Final = frozenset("page offset start skip index row col column line".split())


def quoted(name: str) -> str:
    """Return a name from a server as code, on one line and not too long."""
    return f"`{shown(name, 60)}`"


def of_parameter(parameter: Parameter, tool: ToolContext, siblings: Siblings) -> str | None:
    name, words = quoted(parameter.name), frozenset(identifier_words(parameter.name))
    if choices := choices_of(parameter.schema):
        if len(choices) == 1 or frozenset(words_of(" ".join(choices))) <= frozenset(tool.text.words):
            return None  # There is nothing to choose, or the text names each value.
        return f"say what each value of {name} means: {_listed(choices)}"
    if parameter.types == {"boolean"}:
        return f"say what changes if {name} is true"
    if words & _CURSORS and "string" in (parameter.types or {"string"}):
        return f"say what {name} accepts and where it comes from"
    if found := finder(parameter, tool, siblings):
        return f"say where {name} comes from: from {quoted(found)}, for instance"
    if (identifier_words(parameter.name) or [""])[-1] in _IDS:
        return f"say where {name} comes from and what form it has"
    if words & _QUERIES and not _LANGUAGES.isdisjoint(tool.text.words):
        return f"give an example value of {name}"
    return _by_form(name, words, parameter)


def _by_form(name: str, words: frozenset[str], parameter: Parameter) -> str | None:
    if parameter.types & {"object", "array"} and _fields_described(parameter):
        return f"say what {name} means" if parameter.types == {"object"} else None
    if parameter.types == {"object"}:
        return f"say which keys {name} takes"
    if "array" in parameter.types:
        return f"say what one item of {name} is"
    if is_number(parameter):
        bound = words & (BOUNDS | {"per"})
        if words & _COUNTED and not bound:
            least = has(parameter, "minimum", "exclusiveMinimum")  # It shows the first value.
            return f"say what {name} counts" if least else f"say whether {name} counts from 0 or from 1"
        if has(parameter, "minimum", "exclusiveMinimum") and has(parameter, "maximum", "exclusiveMaximum"):
            return (
                f"say what {name} counts" if bound else f"say what a low and a high value of {name} mean, or its unit"
            )
        return f"say what {name} counts, and its largest value" if bound else f"say what {name} counts, or its unit"
    if has(parameter, *_FORMED):
        return f"say what {name} means"
    if words & PATHS:
        told = has(parameter, "default")  # A default such as `.` shows whether a path may be relative.
        return f"say what {name} points to" + ("" if told else ", and whether it may be relative")
    if words & _DATES:
        return f"say which form {name} has, with an example"
    if words & _QUERIES:
        return f"say which syntax {name} takes, with an example"
    return f"say what {name} means and which values it takes"


def finder(parameter: Parameter, tool: ToolContext, siblings: Siblings) -> str | None:
    words = identifier_words(parameter.name)
    if len(words) < 2 or words[-1] not in _IDS:
        return None
    return siblings.finder(tool, words[:-1])


def _listed(values: tuple[str, ...]) -> str:
    named = [quoted(value) for value in values[:CHOICES]]
    more = len(values) - len(named)
    return ", ".join(named) + (f" and {more:,} more" if more else "")


def is_number(parameter: Parameter) -> bool:
    return bool(parameter.types & {"integer", "number"})


def has(parameter: Parameter, *keywords: str) -> bool:
    branches = (branch for _, branch in alternatives(parameter.schema, (*ALTERNATIVES, "allOf")))
    schemas = (schema for schema in (parameter.schema, *branches) if isinstance(schema, dict))
    return any(not schema.keys().isdisjoint(keywords) for schema in schemas)


def _fields_described(parameter: Parameter) -> bool:
    """Return True if the schema describes the fields of an object, or of the items of an array."""
    schema = parameter.schema if isinstance(parameter.schema, dict) else {}
    items = schema.get("items")
    inner = items if isinstance(items, dict) else schema
    fields = inner.get("properties")
    described = fields.values() if isinstance(fields, dict) else ()
    return any(
        isinstance(field, dict) and field.get("description") for field in (inner if inner is items else {}, *described)
    )


def mentions(parameter: Parameter, words: tuple[str, ...]) -> bool:
    said = (parameter.description or "").lower()
    return any(word in said for word in words)


def is_query(parameter: Parameter) -> bool:
    words = identifier_words(parameter.name) or [""]
    return (words[-1] in _QUERIES or words[0] == "query") and not choices_of(parameter.schema)


def is_long_text(parameter: Parameter) -> bool:
    last = (identifier_words(parameter.name) or [""])[-1]
    return last in _LONG and "string" in parameter.types and not has(parameter, "maxLength", "enum", "const")


def trouble(parameter: Parameter, deed: Deed | None) -> str | None:
    """Return what can be wrong with the value of a parameter; None if its schema leaves no room for that."""
    name, last = quoted(parameter.name), (identifier_words(parameter.name) or [""])[-1]
    if parameter.types == {"array"}:
        return f"one of {name} does not exist" if last.removesuffix("s") in _IDS | _NAMES else None
    if parameter.types == {"object"}:
        return None
    if last in _FREE and not has(parameter, *_FORMED):
        return None
    if choices_of(parameter.schema) or not parameter.types & {"string"}:
        return None if last not in _IDS else f"{name} does not exist"
    if deed is Deed.CREATE and last in _NAMES | PATHS:
        return f"{name} is already taken" if last in _NAMES else f"{name} already exists"
    return f"{name} does not exist" if last in _IDS | _NAMES | PATHS else f"{name} is not valid"
