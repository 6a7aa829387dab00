"""Words what can go wrong in a call: with a parameter's value, with a field of an item, or with the thing itself."""

from re import IGNORECASE
from typing import Final

from toolsmell.reading.context import ToolContext
from toolsmell.reading.verbs import own_words
from toolsmell.schema.reader import Parameter, choices_of
from toolsmell.scoring.named_act import Act, act_of, is_plural, seeks, thing_of
from toolsmell.scoring.named_object import subject_of
from toolsmell.scoring.naming import is_readable, quoted
from toolsmell.scoring.new_names import TITLES, is_login, is_new_name, is_set_anew
from toolsmell.scoring.parameter_facts import (
    NAMES,
    PATHS,
    PLACES,
    by_name,
    code_of,
    common_parameters,
    is_main_query,
    is_output,
    is_query,
    is_structured,
    last_of,
    parameters_of,
    speaks_a_language,
    words_in,
)
from toolsmell.scoring.siblings import IDS, Siblings, is_id
from toolsmell.scoring.wrong_input import wrong_input
from toolsmell.text import pattern, words_of

_EXISTENCE: Final = frozenset("exist exists nonexistent overwrite overwrites".split())
"""A text with one of these may say what happens to a thing that exists, or that does not."""
_OF_EXISTENCE: Final = ("does not exist", "already exists", "cannot be reached", "is not found")
_ALWAYS_THERE: Final = frozenset(
    """stats settings statistics details credentials options metrics contents analytics capabilities dimensions
    conditions coins topics cryptocurrencies directions prices rates facts features characteristics
    instructions guidelines commands endpoints regions zones markets exchanges networks chains shards counts
    directories nodes columns""".split()
)
"""Things of which there are always some."""
_KINDS: Final = frozenset(
    "categories languages models voices currencies countries formats types units providers".split()
)
"""Things that a service sets: even a list of them is not empty."""
_EXAMINING: Final = frozenset(
    "analyze analyse compare explain evaluate validate verify lint measure compute calculate".split()
)
"""Verbs of tools that are given what they examine."""
_SOUGHT: Final = frozenset("terms keywords words phrases occurrences matches patterns".split())
"""What is looked for, not what is found."""
_WRITING: Final = (Act.CREATE, Act.CHANGE, Act.REPLACE, Act.DESTROY, Act.SWITCH)
_COMPUTED: Final = frozenset(("expression", "where"))
_SEEKING: Final = frozenset("search searches find finds".split())
_WORDED: Final = frozenset("prompt topic question phrase description text".split())
_SYNTAX: Final = frozenset("sql jql expression regex pattern".split())
_HOLDERS: Final = frozenset(
    """collection table database bucket project repo repository branch channel workspace dataset index queue
    symbol ticker username revision commit""".split()
)
"""Things that tools work in, and that are named by one word."""
_SENDING: Final = frozenset("send push broadcast publish post".split())
_ZONES: Final = frozenset("timezone tz".split())
_BETWEEN: Final = frozenset("min max since before after from until".split())
"""Words of parameters that bound a range: nothing has to have just this id."""
_SECRETS: Final = frozenset("private secret access auth password token".split())
"""Words of parameters that are no names but secrets: `privateKey`."""
_SEVERAL: Final = frozenset("ids uids gids names urls paths".split())
"""Names of lists, if only of one text: `ids`, separated by commas."""
_RUNNING: Final = frozenset("run open execute launch play use call invoke describe".split())
"""Verbs whose object exists."""
_ON_CHAIN: Final = frozenset("wallet contract token ens ethereum evm owner solana blockchain eoa".split())
"""Words of addresses that are valid or not; nobody looks for them."""
_PLACED: Final = ("coordinate", "latitude", "坐标", "经纬")
_PATH: Final = r"(?:The )?(?:[Aa]bsolute |[Ff]ull |[Ff]ile |[Ll]ocal )*[Pp]ath (?:of|to)\b"
_CALLED: Final = (
    r"\s*(?:(?:the|a|an|exact|full|unique) )*(?:[\w-]+ ){0,2}(?:name|id|urn|symbol|ticker|uuid|identifier)\b"
)
"""The beginning of a description that says that a parameter names a thing."""


def failure(tool: ToolContext, _siblings: Siblings) -> str | None:
    """Word what happens if something that the tool is given is wrong or not there."""
    act = act_of(tool)
    thing = subject_of(tool) if act in (Act.READ, Act.DESTROY) else thing_of(tool)
    sends = act is Act.CREATE and not _SENDING.isdisjoint(tool.name_words)
    if sends:
        act = Act.SWITCH  # The file that is sent is there.
    existence_told = not _EXISTENCE.isdisjoint(tool.text.words)
    if code := code_of(tool):
        return f"say what it returns if {quoted(code)} fails"
    common = common_parameters(tool.server)
    for parameter in sorted(parameters_of(tool), key=lambda p: (not p.required, p.name in common)):
        if act in (Act.READ, None) and is_main_query(parameter) and _matches(parameter, tool):
            return f"say what it returns if nothing matches {quoted(parameter.name)}"
        if act is Act.READ and _is_asked_for(parameter, tool):
            return f"say what it returns if nothing matches {quoted(parameter.name)}"
        formal = act in _WRITING or speaks_a_language(parameter, tool)
        if parameter.required and is_query(parameter) and formal and last_of(parameter) != "selector":
            return f"say what happens if {quoted(parameter.name)} is not valid"
        given = parameter.required or is_output(parameter) or (act is Act.MAKE and last_of(parameter) in PATHS)
        given = given and not (sends and parameter.name == "name")  # It may name what is sent.
        wrong = _trouble(parameter, tool, act, thing) if given else None
        if wrong and not (existence_told and wrong.endswith(_OF_EXISTENCE)):
            return f"say what happens if {wrong}"
    if inner := None if existence_told else _inner_trouble(tool, act, thing):
        return f"say what happens if {inner}"
    return _without_thing(tool, act, thing, existence_told=existence_told) or wrong_input(tool)


def _is_asked_for(parameter: Parameter, tool: ToolContext) -> bool:
    """Return True if a tool that searches is told in plain words what for: `prompt`, `topic`."""
    seeking = not _SEEKING.isdisjoint((*own_words(tool), *tool.text.words[:1])) or "match" in tool.text.words
    return seeking and parameter.required and parameter.types == {"string"} and last_of(parameter) in _WORDED


def _matches(parameter: Parameter, tool: ToolContext) -> bool:
    """Return True if a query may match nothing: it is no expression, and in no language."""
    return last_of(parameter) not in _COMPUTED and seeks(tool) and not speaks_a_language(parameter, tool)


def is_always_there(thing: str, tool: ToolContext) -> bool:
    """Return True if there is always some of a thing: nobody gets no details, but a list may be empty."""
    last = thing.lower().rsplit(" ", 1)[-1]
    if (
        "supported" in thing
        or "allowed " in thing
        or _is_number_asked(last, tool)
        or "most " in f"{thing} "
        or last in _KINDS
    ):
        return True
    return last in _ALWAYS_THERE and not {"list", last} <= {*tool.name_words}


def _is_number_asked(last: str, tool: ToolContext) -> bool:
    """Return True if all that a tool is given is how many things it returns, at least one."""
    given = parameters_of(tool)
    least = len(given) == 1 and isinstance(given[0].schema, dict) and given[0].schema.get("minimum")
    return least == 1 and last in words_of(given[0].description or "")


def _without_thing(tool: ToolContext, act: Act | None, thing: str | None, *, existence_told: bool) -> str | None:
    """Return what to say of a thing that is not there, or that is there already."""
    if thing is None:
        return None
    many = is_plural(thing)
    verbs = {*own_words(tool)[:1], *(word.removesuffix("s") for word in tool.text.words[:1])}
    if act is Act.READ and not _EXAMINING.isdisjoint(verbs):
        return None
    if act is Act.READ and many and not is_always_there(thing, tool) and _is_spoken_of(thing, tool):
        naming = [p for p in parameters_of(tool) if last_of(p) in IDS and not p.required and not bounds_ids(p)]
        if len(naming) > 1 and not any(p.required for p in parameters_of(tool)):
            return f"say what it returns if {quoted(naming[0].name)} does not exist"
        sought = thing.lower().rsplit(" ", 1)[-1] in _SOUGHT
        return "say what it returns if nothing matches" if sought else f"say what it returns if there are no {thing}"
    if existence_told:
        return None
    named = any(p.required for p in parameters_of(tool)) or not (many or parameters_of(tool))
    if act is Act.DESTROY and named:
        return f"say what happens if {f'some of the {thing} do' if many else f'the {thing} does'} not exist"
    return None


def _is_spoken_of(thing: str, tool: ToolContext) -> bool:
    """Return True if the text has the last word of a thing, or is in no Latin script."""
    last = thing.lower().rsplit(" ", 1)[-1]
    spoken = not {last, last.removesuffix("s")}.isdisjoint(tool.text.vocabulary)
    return spoken or "list" in tool.name_words or not tool.text.raw.isascii()


def _inner_trouble(tool: ToolContext, act: Act | None, thing: str | None) -> str | None:
    """Return what can be wrong with a field of an object, or of the items of an array, that names something."""
    given = by_name(tool)
    for parameter in tool.all_parameters:
        root = parameter.path.partition(".")[0].partition("[")[0]
        if parameter.depth == 1 and parameter.required and last_of(parameter) in IDS | NAMES | PATHS:
            kept = last_of(parameter) in IDS or (root in given and "array" in given[root].types)
            if "string" not in parameter.types or not kept:
                continue  # The name of an author, say, is what is written.
            named, _, wrong = (_trouble(parameter, tool, act, thing) or "").rpartition("` ")
            if named and root in given and is_readable(parameter.name):
                return f"{named}` in {quoted(root)} {wrong}"
    return None


def _trouble(parameter: Parameter, tool: ToolContext, act: Act | None, thing: str | None) -> str | None:
    """Return what can be wrong with the value of a parameter; None if nothing concrete can."""
    name, last = quoted(parameter.name), last_of(parameter)
    if "array" in parameter.types or last in _SEVERAL:
        return None if is_structured(parameter) else _among(name, last)
    if bounds_ids(parameter) and last in IDS:
        return None
    if parameter.types == {"object"} or choices_of(parameter.schema):
        return None
    if is_new_name(parameter, tool, act, thing):
        return f"{name} already exists" if last in PATHS else f"{name} is already taken"
    if _may_be_new(parameter, tool, act) or _is_worked_on(parameter, act):
        return None
    if last in ("url", "urls"):
        return None if act is Act.MAKE else f"{name} cannot be reached"
    if (last in NAMES and act is Act.MAKE) or (last in TITLES and act in _WRITING):
        return None  # It is a name of what is made.
    if _is_secret(parameter, act):
        return f"{name} is not valid"
    if last in ("pid", "uri") or last in IDS:
        return f"{name} does not exist"
    if is_login(parameter, act, thing):
        return f"{name} is already taken"
    if is_set_anew(parameter, tool, act, thing):
        return None
    return _wrong_text(name, last, parameter, act, thing) if parameter.types <= {"string", "null"} else None


def _may_be_new(parameter: Parameter, tool: ToolContext, act: Act | None) -> bool:
    """Return True if a `name` may be that of something new, because the verb of its tool is not known."""
    runs = not _RUNNING.isdisjoint(own_words(tool)[:1])
    return act is None and parameter.name == "name" and not (parameter.depth or runs)


def _is_worked_on(parameter: Parameter, act: Act | None) -> bool:
    """Return True if a parameter is a number that a tool works on, not that of a thing."""
    plain = last_of(parameter) == "number" and not is_id(parameter) and "of the" not in (parameter.description or "")
    return plain and (act is None or parameter.name == "number")


def _is_secret(parameter: Parameter, act: Act | None) -> bool:
    """Return True if a value is a secret that a service checks: not one that a call sets."""
    if last_of(parameter) in PLACES | {"id", "uri"} or (
        act in (Act.CREATE, Act.CHANGE) and "password" in parameter.name
    ):
        return False
    return not _SECRETS.isdisjoint(words_in(parameter)) or {"api", "key"} <= words_in(parameter)


def bounds_ids(parameter: Parameter) -> bool:
    return not _BETWEEN.isdisjoint(words_in(parameter))


def _among(name: str, last: str) -> str | None:
    """Return what can be wrong with one of several values."""
    if last in ("urls", "uris"):
        return f"one of {name} cannot be reached"
    return f"one of {name} does not exist" if last.removesuffix("s") in IDS | NAMES | PATHS else None


def _wrong_text(name: str, last: str, parameter: Parameter, act: Act | None, thing: str | None) -> str | None:
    """Return what can be wrong with a text."""
    if not _ZONES.isdisjoint(words_in(parameter)):
        return f"{name} is not a known time zone"
    if last in NAMES | PATHS or (last in _HOLDERS and last != thing):
        return f"{name} does not exist"
    if not parameter.types or (last in PLACES and act is Act.SWITCH):
        return None
    if last in PLACES:
        said = (parameter.description or "").lower()
        if any(word in said for word in _PLACED):
            return None  # Coordinates are always somewhere.
        chain = last == "address" and not _ON_CHAIN.isdisjoint({*words_of(said), *words_in(parameter)})
        return f"{name} is not a valid address" if chain or "0x" in said else f"{name} is not found"
    if last == "selector":
        return f"{name} matches nothing"
    if last in _SYNTAX:
        return f"{name} is not valid"
    if act in (Act.READ, None) and pattern(_PATH).match(parameter.description or ""):
        return f"{name} does not exist"
    called = is_id(parameter) or pattern(_CALLED, IGNORECASE).match(parameter.description or "")
    return f"{name} does not exist" if called else None
