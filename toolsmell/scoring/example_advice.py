"""Words of which parameter a text could show a value."""

from typing import Final

from toolsmell.reading.context import ToolContext
from toolsmell.schema.reader import Parameter, choices_of, types_of
from toolsmell.scoring.naming import quoted
from toolsmell.scoring.parameter_facts import (
    PASSED_ON,
    PATHS,
    PLAIN,
    common_parameters,
    describes_form,
    fields_of,
    has,
    is_easy,
    is_file,
    is_query,
    items_of,
    last_of,
    mentions,
    names_a_tool,
    parameters_of,
    speaks_a_language,
    words_in,
)
from toolsmell.scoring.siblings import IDS, ORIGINS, Siblings, is_id
from toolsmell.text import pattern

_ILLUSTRATED: Final = (
    "e.g", "for example", "for instance", "such as", "example:", "examples:", "i.e", "like '", 'like "', "default",
    "例如", "格式", "one of", "absolute", "relative", "supported", "full path", " url", " uri", "e-mail", "email",
)  # fmt: skip
"""Words of a parameter's description that show its values, or their form."""


_SCALARS: Final = frozenset(("boolean", "number", "integer", "null"))

_NAMED: Final = (
    r"\s*(?:optional )?(?:the |an? )?(?:exact |full |unique |new |human-readable )?(?:[\w-]+ ){0,4}"
    r"(?:names?|accounts?|titles?|texts?|contents?|messages?|descriptions?|comments?|notes?|summary|body|questions?"
    r"|reason|versions?|commands?|labels?|tags?|prompts?|phrases?|terms?|keywords?|words?|urls?|links?|emails?)\b"
    r"|\s*(?:the )?(?:numbers?|amount|count)\b|\s*whether\b|\s*(?:true|false) (?:if|to)\b|\s*what to\b"
)
"""The beginning of a description of plain words: what is named in it, everybody can write."""
_REFERENCE: Final = r"\b(?:branch|commit|tag)\b"
"""What git names: an agent has seen many of them."""
_KNOWN: Final = frozenset("hash sha doi pmid isbn number slug handle ticker".split())
"""Ids that a user has from outside."""
_OTHER_KEYS: Final = frozenset("sort order group".split())
"""First words of keys that name a field, not a thing: `sort_key`."""
_PROSE: Final = frozenset("command commands version versions term terms html markdown css source data".split())
"""Parameters of plain text, besides those of people."""


def example(tool: ToolContext, siblings: Siblings) -> str | None:
    common = common_parameters(tool.server)
    fit = [p for p in parameters_of(tool) if (p.required or p.name not in common) and _needs_example(p, tool, siblings)]
    order = sorted(fit, key=lambda p: (not p.types & {"object", "array"}, not p.required))
    return next((text for p in order if (text := _shown(p, tool)) is not None), None)


def _shown(parameter: Parameter, tool: ToolContext) -> str | None:
    """Return what shows how a value looks: of a path, what it may be relative to."""
    if not _OTHER_KEYS.isdisjoint(words_in(parameter)):
        return None
    if (last_of(parameter) in IDS or is_id(parameter)) and "string" in parameter.types:
        return None if last_of(parameter) in _KNOWN else f"say where {quoted(parameter.name)} comes from"
    if last_of(parameter) in ("destination", "dest") and "file" in tool.name_words:
        return f"say whether {quoted(parameter.name)} may be a folder, or names the new file"
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
    if {last_of(parameter), last_of(parameter).removesuffix("s")} & (PLAIN - PATHS | _PROSE):
        return False
    if parameter.name.lower() in IDS - {"id", "uuid"} and parameter.description:
        return False  # A `key` that is described is a plain word.
    if last_of(parameter) not in PATHS and (names_plainly(parameter) or _is_passed_on(parameter)):
        return False
    if siblings.origin(tool, parameter) or names_a_tool(parameter, tool) or mentions(parameter, ORIGINS):
        return False  # An agent passes what another tool gave.
    return not mentions(parameter, _ILLUSTRATED) and not describes_form(parameter)


def _is_passed_on(parameter: Parameter) -> bool:
    return last_of(parameter) in PASSED_ON | {"env"} and bool(parameter.types & {"object", "array"})


def names_plainly(parameter: Parameter) -> bool:
    """Return True if the value is a plain name, or what people say: `Database name`, `human-readable label`."""
    said = (parameter.description or "").lower()
    if is_id(parameter):
        return False
    if pattern(_REFERENCE).search(said):
        return True
    return pattern(_NAMED).match(said) is not None or "human-readable" in said or "natural language" in said
