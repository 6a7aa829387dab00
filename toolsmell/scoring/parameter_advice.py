"""Words what is to be said of one parameter: its values, its origin, its form, by its name and its schema."""

from typing import Final

from toolsmell.reading.context import ToolContext
from toolsmell.reading.stems import stems_of
from toolsmell.schema.reader import Parameter, choices_of
from toolsmell.scoring.named_act import Act, act_of, thing_of
from toolsmell.scoring.named_object import subject_of
from toolsmell.scoring.naming import listed, quoted
from toolsmell.scoring.parameter_facts import (
    BOUNDS,
    COUNTED,
    DATES,
    FREE,
    LANGUAGES,
    NAMES,
    PATHS,
    PLAIN,
    PLAIN_NUMBERS,
    QUERIES,
    describes_fields,
    fields_of,
    has,
    has_most,
    is_easy,
    is_file,
    is_new,
    is_number,
    known_stems,
    last_of,
    names_a_tool,
    tells_base,
)
from toolsmell.scoring.siblings import ALIKE, IDS, Siblings
from toolsmell.text import identifier_words, words_of

_CURSORS: Final = frozenset(("cursor", "token"))
_FILES: Final = frozenset("file files directory directories folder folders".split())
_PLAIN_VALUES: Final = frozenset(
    """asc desc ascending descending json jsonl xml csv text txt html markdown md yaml toml pdf png jpg jpeg svg gif
    low medium high small large debug info warn warning error critical get post put patch delete head options year month
    week day hour minute second yearly monthly weekly daily hourly left right top bottom center middle up down yes no on
    off true false none all open closed active inactive enabled disabled male female en de fr es it pt zh ja ko ru
    public private read write""".split()
)
"""Values that mean what they say."""
_PROPER: Final = frozenset("model engine version provider network chain currency format formats".split())
"""Parameters whose values are proper names."""
_TOLD_BY_NAME: Final = frozenset("include with show recursive force verbose debug overwrite pretty".split())
"""First words of flags that say what changes."""
_PLAIN_FLAGS: Final = frozenset(
    """enabled enable active visible hidden archived trash sensitive case required public private parallel randomize
    deleted closed save ignore""".split()
)
"""Words of flags that mean what they say."""
_PLAIN_FORMS: Final = frozenset("ip email url uri uuid date".split())
_SEMANTIC: Final = frozenset("semantic semantically similar similarity vector embedding embeddings".split())
"""Words of tools that look for what a text means: a query of theirs has no syntax."""
_SOUGHT: Final = frozenset("query q search".split())
_MATCHING: Final = frozenset("literal exact substring regex wildcard wildcards fuzzy insensitive glob".split())
"""Words of a text that says how a query is matched."""
_FORMED: Final = ("pattern", "format")
_EXACT: Final = frozenset(
    """branch file table column database schema bucket container namespace package repo repository index channel topic
    queue function class method field pod cluster key variable host domain""".split()
)
"""Things of machines: everybody knows that their names must match."""
_SELF_NAMED: Final = frozenset("new first last full display nick given family middle".split())
"""Words of names that name a person, or what gets the name."""
_NUMBERS: Final = frozenset("number numbers integers sum".split())
"""A text with one of these speaks of plain numbers."""


def of_parameter(parameter: Parameter, tool: ToolContext, siblings: Siblings) -> str | None:
    name, words = quoted(parameter.name), frozenset(identifier_words(parameter.name))
    if choices := choices_of(parameter.schema):
        if (
            len(choices) == 1
            or last_of(parameter) in _PROPER
            or frozenset(words_of(" ".join(choices))) - _PLAIN_VALUES <= tool.text.vocabulary
        ):
            return None  # There is nothing to choose, or the text names each value.
        return f"say what each value of {name} means: {listed(choices)}"
    if parameter.types == {"boolean"}:
        spoken = f"{tool.text.lower} {' '.join(tool.name_words)}"
        told = any(word[:ALIKE] in spoken for word in words if len(word) >= ALIKE)
        told = told or not _PLAIN_FLAGS.isdisjoint(words)
        plain = told or not _TOLD_BY_NAME.isdisjoint(identifier_words(parameter.name)[:1])
        return None if plain else f"say what changes if {name} is true"
    if words & _CURSORS and "string" in (parameter.types or {"string"}):
        return f"say what {name} accepts and where it comes from"
    found = siblings.origin(tool, parameter)
    if found and not names_a_tool(parameter, tool):
        return f"say where {name} comes from: from {quoted(found)}, for instance"
    last = last_of(parameter)
    new = act_of(tool) is Act.CREATE and "publish" not in tool.name_words and is_new(parameter, thing_of(tool))
    if last in IDS and new:
        return f"say what form {name} has, and whether it must be new"
    if last in IDS | {"pid", "uri"} and parameter.name.lower() != "key":
        form = "" if is_number(parameter) else " and what form it has"
        return f"say where {name} comes from{form}"
    if last in FREE or last in ("title", "key"):
        return None
    if words & QUERIES and not (LANGUAGES | {"select"}).isdisjoint(tool.text.vocabulary):
        return None if is_easy(parameter, tool) else f"give an example value of {name}"
    if words & PATHS and not (is_file(parameter, tool) or parameter.types & {"object", "array"}):
        return f"say which form {name} has, with an example"
    if last in NAMES and "string" in parameter.types:
        return _of_name(name, parameter, tool, new=new)
    return _by_form(name, words, parameter, tool)


def _of_name(name: str, parameter: Parameter, tool: ToolContext, *, new: bool) -> str | None:
    """Return what to say of a name or an address: what it means is plain."""
    if (last := last_of(parameter)) in ("url", "urls"):
        return None if last in tool.text.vocabulary else f"say what {name} points to"
    if act_of(tool) is Act.CHANGE and name == "`name`":
        return None  # It is the new name.
    if new:
        return f"say which characters {name} may have, and how long it may be"
    if name in ("`name`", "`names`"):
        return None if subject_of(tool) else f"say what {name} refers to"
    if act_of(tool) in (Act.CREATE, Act.MAKE) or not _SELF_NAMED.isdisjoint(identifier_words(parameter.name)):
        return None
    if parameter.description or not _EXACT.isdisjoint(identifier_words(parameter.name)):
        return None
    return f"say whether {name} must match exactly, with case and spaces"


def _by_form(name: str, words: frozenset[str], parameter: Parameter, tool: ToolContext) -> str | None:
    if parameter.types & {"object", "array"}:
        return _structured(name, parameter)
    if is_number(parameter):
        return _counting(name, words, parameter, tool)
    if has(parameter, *_FORMED):
        return None if words & _PLAIN_FORMS else f"say what {name} means"
    if words & PATHS:
        told = has(parameter, "default")  # A default such as `.` shows whether a path may be relative.
        if last_of(parameter) == "filename":
            return None if told else f"say to which folder {name} is relative"
        if len(words) > 1 or not _FILES.isdisjoint(tool.text.vocabulary):  # It tells what `repo_path` points to.
            return None if told else f"say whether {name} may be relative"
        return f"say what {name} points to" + ("" if told else ", and whether it may be relative")
    if words & DATES or last_of(parameter) == "at":  # `expiresAt`
        return f"say which form {name} has, with an example"
    if words & QUERIES and _SEMANTIC.isdisjoint(tool.text.vocabulary):
        return _of_query(name, words, parameter, tool)
    if last_of(parameter) in PLAIN or words & QUERIES:
        return None
    stems = stems_of(words)
    known = bool(stems) and stems <= known_stems(tool)
    return (
        f"say which values {name} takes, with an example"
        if known
        else f"say what {name} means and which values it takes"
    )


def _of_query(name: str, words: frozenset[str], parameter: Parameter, tool: ToolContext) -> str | None:
    if last_of(parameter) in _SOUGHT:
        told = not _MATCHING.isdisjoint(tool.text.vocabulary)
        return None if told else f"say how {name} is matched: by words, by a pattern or by meaning"
    if last_of(parameter).removesuffix("s") == "filter" and len(words) > 1:
        return f"say which values {name} takes, with an example"  # `domain_filter` has no syntax of its own.
    return f"say which syntax {name} takes, with an example"


def _structured(name: str, parameter: Parameter) -> str | None:
    fields, described, last = fields_of(parameter), describes_fields(parameter), last_of(parameter)
    if described or {"role", "content"} <= set(fields):
        return None
    if fields == (parameter.name,):
        return None  # It only wraps what it is called.
    if "object" in parameter.types and fields:
        return f"say what the keys of {name} mean: {listed(fields)}"
    if "object" in parameter.types and "array" not in parameter.types:
        return f"say which keys {name} takes"
    if fields:
        return f"say what the keys of one item of {name} mean: {listed(fields)}"
    if last in PATHS:
        return f"say whether the {name} may be relative"
    one = last.removesuffix("s")
    if one in ("pattern", "filter"):
        return f"say which syntax the {name} have, with an example"
    if last.endswith("ids") or (one in IDS and one != "id"):
        return f"say where the {name} come from and what form they have"
    return None if last in PLAIN or one in PLAIN else f"say what one item of {name} is"


def _counting(name: str, words: frozenset[str], parameter: Parameter, tool: ToolContext) -> str | None:
    bound = words & (BOUNDS | {"per"})
    least, most = has(parameter, "minimum", "exclusiveMinimum"), has_most(parameter)
    if words & PLAIN_NUMBERS or not _NUMBERS.isdisjoint(tool.text.vocabulary):
        return None
    if words & COUNTED and not bound:  # The least value shows the first one.
        if tells_base(tool):
            return None
        return f"say what {name} counts" if least else f"say whether {name} counts from 0 or from 1"
    if bound or any(len(word) > 3 and word.endswith("s") and not word.endswith("ss") for word in words):
        told = most or (not bound and has(parameter, "default"))
        return None if told else f"say the largest value that {name} may have"  # The name tells what it counts.
    if least and most:
        return f"say what a low and a high value of {name} mean, or its unit"
    return f"say what {name} counts, or its unit"
