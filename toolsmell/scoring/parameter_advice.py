"""Words what is to be said of one parameter: its values, its origin, its form, by its name and its schema."""

from re import IGNORECASE
from typing import Final

from toolsmell.escape import shown
from toolsmell.model import Json
from toolsmell.reading.context import ToolContext
from toolsmell.schema.reader import Parameter, choices_of
from toolsmell.schema.walk import ALTERNATIVES, alternatives
from toolsmell.scoring.named_act import Act, act_of, thing_of
from toolsmell.scoring.siblings import IDS, Siblings
from toolsmell.text import identifier_words, pattern, words_of

CHOICES: Final = 3
"""Values of an enumeration that a statement names."""

NAMES: Final = frozenset("name title url names titles urls".split())
_CURSORS: Final = frozenset(("cursor", "token"))
PATHS: Final = frozenset("path paths file files filename dir directory folder".split())
_DATES: Final = frozenset("date time since until timestamp datetime day".split())
_QUERIES: Final = frozenset("query filter filters expression sql jql search q where selector pattern regex".split())
_ADDRESSES: Final = frozenset("api endpoint endpoints http route url".split())
_PLAIN_FORMS: Final = frozenset("ip email url uri uuid date".split())
_TERMS: Final = frozenset("term terms keyword keywords phrase natural".split())
"""Words of a description that say that a query is plain words."""
_SYNTAX: Final = frozenset("sql jql expression regex pattern".split())
_TEXTS: Final = frozenset("text message content body prompt comment title description".split())
_LONG: Final = frozenset("text message content body prompt".split())
"""Texts of which a service limits the length, and an agent may pass long ones."""
FREE: Final = _TEXTS - {"title"} | frozenset(
    """prompt prompts summary note notes insight thought reason word words wish question answer feedback task code
    script city country address""".split()
)
"""Texts of people, and what everybody can write: an agent needs neither an example nor a meaning."""
_FORMED: Final = ("pattern", "format")
_LANGUAGES: Final = frozenset(
    """sql mysql postgresql promql logql jql cql kql soql gaql graphql cypher sparql lucene regex xpath jmespath aql
    flux odata""".split()
)
"""Query languages: a text that names one says which syntax a query has."""
_PLACES: Final = frozenset("city country address location place origin destination".split())
_CALLED: Final = r"\s*(?:(?:the|a|an|exact|full|unique) )*(?:[\w-]+ ){0,2}(?:name|id|symbol|ticker|uuid|identifier)\b"
"""The beginning of a description that says that a parameter names a thing."""
_NAMED: Final = r"\s*(?:the )?(?:exact |full |unique )?(?:[\w-]+ ){0,2}names?\b"
_FORM: Final = r"[A-Z]{2,4}[-/:][A-Z]{2}|ISO|RFC ?\d|UUID|\bbase64\b|<[\w ]+>|\d{2,}|\bformat\b"
_PLAIN_NUMBERS: Final = frozenset(
    """pid port seed year month lat lng lon latitude longitude x y width height temperature priority percentage percent
    age amount price quantity""".split()
)
"""Numbers that count nothing, or whose names tell what they mean."""
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
    if found := siblings.origin(tool, parameter):
        return f"say where {name} comes from: from {quoted(found)}, for instance"
    last = (identifier_words(parameter.name) or [""])[-1]
    creates = act_of(tool) is Act.CREATE and "publish" not in tool.name_words
    if last in IDS and creates and _is_new(parameter, thing_of(tool)):
        return f"say what form {name} has, and whether it must be new"
    if last in IDS | {"pid"}:
        return f"say where {name} comes from and what form it has"
    if last in FREE or last == "title":
        return None
    if words & _QUERIES and not _LANGUAGES.isdisjoint(tool.text.words):
        return f"give an example value of {name}"
    if words & PATHS and not is_file(parameter, tool):
        return f"say which form {name} has, with an example"
    return _by_form(name, words, parameter)


def _by_form(name: str, words: frozenset[str], parameter: Parameter) -> str | None:
    if parameter.types & {"object", "array"}:
        return _structured(name, parameter)
    if is_number(parameter):
        return _counting(name, words, parameter)
    if has(parameter, *_FORMED):
        return None if words & _PLAIN_FORMS else f"say what {name} means"
    if words & PATHS:
        told = has(parameter, "default")  # A default such as `.` shows whether a path may be relative.
        return f"say what {name} points to" + ("" if told else ", and whether it may be relative")
    if words & _DATES:
        return f"say which form {name} has, with an example"
    if words & _QUERIES:
        return f"say which syntax {name} takes, with an example"
    return f"say what {name} means and which values it takes"


def _structured(name: str, parameter: Parameter) -> str | None:
    fields, described = fields_of(parameter), _fields_described(parameter)
    if described:
        return f"say what {name} means" if parameter.types == {"object"} else None
    if fields == (parameter.name,):
        return None  # It only wraps what it is called.
    if "object" in parameter.types and fields:
        return f"say what the keys of {name} mean: {_listed(fields)}"
    if parameter.types == {"object"}:
        return f"say which keys {name} takes"
    return (
        f"say what the keys of one item of {name} mean: {_listed(fields)}"
        if fields
        else (f"say what one item of {name} is")
    )


def _counting(name: str, words: frozenset[str], parameter: Parameter) -> str | None:
    bound = words & (BOUNDS | {"per"})
    least, most = has(parameter, "minimum", "exclusiveMinimum"), has(parameter, "maximum", "exclusiveMaximum")
    if words & _PLAIN_NUMBERS:
        return None
    if words & _COUNTED and not bound:  # The least value shows the first one.
        return f"say what {name} counts" if least else f"say whether {name} counts from 0 or from 1"
    if bound or any(len(word) > 3 and word.endswith("s") and not word.endswith("ss") for word in words):
        told = most or (not bound and has(parameter, "default"))
        return None if told else f"say the largest value that {name} may have"  # The name tells what it counts.
    if least and most:
        return f"say what a low and a high value of {name} mean, or its unit"
    return f"say what {name} counts, or its unit"


def _listed(values: tuple[str, ...]) -> str:
    named = [quoted(value) for value in values[:CHOICES]]
    more = len(values) - len(named)
    return ", ".join(named) + (f" and {more:,} more" if more else "")


def is_file(parameter: Parameter, tool: ToolContext) -> bool:
    """Return True if a parameter is the path of a file or a folder, not that of an address."""
    about = (*tool.text.words, *words_of(parameter.description or ""))
    return (identifier_words(parameter.name) or [""])[-1] in PATHS and _ADDRESSES.isdisjoint(about)


def is_bound(parameter: Parameter) -> bool:
    """Return True if a number says how many results there are at most."""
    words = frozenset(identifier_words(parameter.name))
    return bool(words & BOUNDS) and not words & _PLAIN_NUMBERS and is_number(parameter)


def is_number(parameter: Parameter) -> bool:
    return bool(parameter.types & {"integer", "number"})


def has(parameter: Parameter, *keywords: str) -> bool:
    branches = (branch for _, branch in alternatives(parameter.schema, (*ALTERNATIVES, "allOf")))
    schemas = (schema for schema in (parameter.schema, *branches) if isinstance(schema, dict))
    return any(not schema.keys().isdisjoint(keywords) for schema in schemas)


def fields_of(parameter: Parameter) -> tuple[str, ...]:
    """Return the names of the fields of an object, or of the items of an array, that the schema lists."""
    fields = _inner(parameter).get("properties")
    return tuple(fields) if isinstance(fields, dict) else ()


def _inner(parameter: Parameter) -> dict[str, Json]:
    schema = parameter.schema if isinstance(parameter.schema, dict) else {}
    items = schema.get("items")
    return items if isinstance(items, dict) else schema


def _fields_described(parameter: Parameter) -> bool:
    """Return True if the schema describes the fields of an object, or of the items of an array."""
    inner = _inner(parameter)
    fields = inner.get("properties")
    described = fields.values() if isinstance(fields, dict) else ()
    own = () if inner is parameter.schema else (inner,)
    return any(isinstance(field, dict) and field.get("description") for field in (*own, *described))


def mentions(parameter: Parameter, words: tuple[str, ...]) -> bool:
    said = (parameter.description or "").lower()
    return any(word in said for word in words)


def describes_form(parameter: Parameter) -> bool:
    """Return True if a description shows how a value looks: `YYYY-MM-DD`, a number of digits, a quoted value."""
    said = parameter.description or ""
    return pattern(_FORM).search(said) is not None or said.count("'") > 1 or "[" in said or "`" in said or '"' in said


def names_plainly(parameter: Parameter) -> bool:
    """Return True if the value is a plain name, or what people say: `Database name`, `human-readable label`."""
    said = (parameter.description or "").lower()
    return pattern(_NAMED).match(said) is not None or "human-readable" in said or "natural language" in said


def speaks_a_language(parameter: Parameter, tool: ToolContext) -> bool:
    """Return True if a query is in a language, by the text of the tool or of the parameter: SQL, GraphQL."""
    said = words_of(parameter.description or "")
    if not _TERMS.isdisjoint(said):
        return False
    words = (*tool.text.words, *said)
    return any(word in _LANGUAGES or word.startswith("sql") or word == "select" for word in words)


def is_query(parameter: Parameter) -> bool:
    words = identifier_words(parameter.name) or [""]
    named = words[-1] in _QUERIES or (words[0] == "query" and words[-1] not in IDS)
    return named and not choices_of(parameter.schema)


def is_long_text(parameter: Parameter) -> bool:
    last = (identifier_words(parameter.name) or [""])[-1]
    return last in _LONG and "string" in parameter.types and not has(parameter, "maxLength", "enum", "const")


def trouble(parameter: Parameter, act: Act | None, thing: str | None) -> str | None:
    """Return what can be wrong with the value of a parameter; None if nothing concrete can."""
    name, last = quoted(parameter.name), (identifier_words(parameter.name) or [""])[-1]
    if parameter.types == {"array"}:
        return f"one of {name} does not exist" if last.removesuffix("s") in IDS | NAMES else None
    if parameter.types == {"object"} or choices_of(parameter.schema):
        return None
    if act is Act.CREATE and last in NAMES | PATHS and "string" in parameter.types and _is_new(parameter, thing):
        return f"{name} is already taken" if last in NAMES else f"{name} already exists"
    if last in ("url", "urls"):
        return f"{name} cannot be reached"
    if last in PATHS and not {"output", "out", "target", "save", "dest", "destination"}.isdisjoint(
        identifier_words(parameter.name)
    ):
        return f"{name} already exists"
    if last in NAMES and " to save" in f" {parameter.description or ''}":
        return f"{name} is already taken"
    if last in IDS | NAMES | PATHS | {"pid"}:
        return f"{name} does not exist" if last in IDS | {"pid"} or "string" in parameter.types else None
    if not parameter.types & {"string"}:
        return None
    return None if last in _PLACES and act is Act.SWITCH else _wrong_text(name, last, parameter)


def _is_new(parameter: Parameter, thing: str | None) -> bool:
    """Return True if a name is that of the thing which is created: `name`, or `table_name` of a new table."""
    *of, last = identifier_words(parameter.name)
    return last not in ("url", "urls") and set(of) <= {*(thing or "").split(), "file", "new"}


def _wrong_text(name: str, last: str, parameter: Parameter) -> str | None:
    if last in _PLACES:
        return f"{name} is not found"
    if last in _SYNTAX or has(parameter, *_FORMED):
        return f"{name} is not valid"
    called = pattern(_CALLED, IGNORECASE).match(parameter.description or "")
    return f"{name} does not exist" if called else None
