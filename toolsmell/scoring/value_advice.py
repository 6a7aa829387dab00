"""Words what happens with the values at the edge: a timeout that passes, results beyond a limit, no value at all."""

from collections.abc import Callable, Iterator
from typing import Final

from toolsmell.reading.context import ToolContext
from toolsmell.reading.stems import STOP_WORDS
from toolsmell.reading.verbs import own_words
from toolsmell.schema.reader import Parameter, choices_of
from toolsmell.scoring.group_advice import PAGING, of_several, tells_failure
from toolsmell.scoring.named_act import Act, act_of, is_plural, seeks
from toolsmell.scoring.named_object import subject_of
from toolsmell.scoring.naming import quoted
from toolsmell.scoring.parameter_facts import (
    COUNTED,
    PLAIN_NUMBERS,
    fields_of,
    has,
    has_most,
    is_bound,
    is_long_text,
    is_main_query,
    is_number,
    is_query,
    last_of,
    mentions,
    parameters_of,
    words_in,
)
from toolsmell.scoring.siblings import IDS, is_id
from toolsmell.text import words_of

_BOUNDING: Final = frozenset("limit count size per page top n num number results".split())
"""Words of parameters that bound what is returned, not what is read: `page_size`, but no `interval_size`."""
_TIMES: Final = ({"timeout"}, {"time", "limit"}, {"max", "time"}, {"max", "duration"})
_HOLLOW: Final = frozenset("additional extra details debug information data metadata more".split())
"""Words that do not tell what a flag adds."""
_NO_CONTENT: Final = frozenset("default false true".split())
_GRADES: Final = frozenset("profile mode strategy level detail preset quality depth".split())
"""Choices whose values do not explain themselves."""
_SERIES: Final = frozenset("data values rows points items records texts".split())
_SIZES: Final = frozenset("distance radius amount duration".split())
_RECOGNISING: Final = frozenset("decode identify recognize resolve classify geocode regeocode".split())
_ELSEWHERE: Final = frozenset("redirect callback webhook avatar icon logo website base source".split())
"""Words of addresses that a tool does not open itself."""
_KEEPING: Final = frozenset("save saves store stores remember register registers".split())
_KNOWN_NAME: Final = frozenset(
    "existing already overwrites replaces unique taken duplicate duplicates twice again".split()
)
_REQUESTS: Final = frozenset("service endpoint path method".split())
_PLACES: Final = COUNTED | PLAIN_NUMBERS | IDS
"""Numbers whose largest value depends on what exists."""
_WRITING: Final = (Act.CREATE, Act.CHANGE, Act.REPLACE)
_AXES: Final = frozenset("xyz")
_FEWEST_CHOICES: Final = 3
_FEW_WORDS: Final = 6
"""Words of a description that explain no choice, besides the choices themselves."""


def of_values(tool: ToolContext) -> Iterator[str]:
    """Yield statements about values that no statement kind covers, the most useful first."""
    yield from of_several(tool)
    given = parameters_of(tool)
    for word in _EACH:
        yield from filter(None, (word(parameter, tool) for parameter in given))
    yield from _of_undescribed(tool)


def _passed_time(parameter: Parameter, tool: ToolContext) -> str | None:
    words = words_in(parameter)
    if not any(time <= words for time in _TIMES) or not is_number(parameter) or act_of(tool) in _WRITING:
        return None
    if mentions(parameter, ("return", "fail", "error", "partial", "abort")):
        return None
    return f"say whether it returns an error or what it has so far if {quoted(parameter.name)} has passed"


def _beyond_bound(parameter: Parameter, tool: ToolContext) -> str | None:
    """Word what a bound leaves out: the rest of a list, the things that are not removed, its default."""
    act, name = act_of(tool), quoted(parameter.name)
    if not is_bound(parameter) or words_in(parameter) - _BOUNDING or not _seeks_or_removes(tool):
        return None
    if act is Act.DESTROY:
        thing = subject_of(tool)
        return f"say which {thing} it removes if there are more than {name}" if thing and is_plural(thing) else None
    if not (parameter.required or has(parameter, "default") or mentions(parameter, ("default",))):
        return f"say which {name} is used if it is left out"
    pages = any(PAGING & words_in(p) for p in tool.parameters) or not PAGING.isdisjoint(tool.text.vocabulary)
    if not has_most(parameter):
        return f"say the largest value that {name} may have"
    return None if pages else f"say how to get the rest if there are more than {name}"


def _seeks_or_removes(tool: ToolContext) -> bool:
    return seeks(tool) or act_of(tool) in (Act.READ, Act.DESTROY)


def _address(parameter: Parameter, tool: ToolContext) -> str | None:
    named = last_of(parameter) in ("url", "uri") or {"url", "uri"} & {*words_of(parameter.description or "")}
    if (
        not named
        or "string" not in parameter.types
        or is_query(parameter)
        or _ELSEWHERE & words_in(parameter)
        or choices_of(parameter.schema)
    ):
        return None
    if act_of(tool) not in (Act.READ, Act.MAKE, None) or tells_failure(tool) or mentions(parameter, ("path", "filter")):
        return None
    return f"say what happens if {quoted(parameter.name)} cannot be reached"


def _flag(parameter: Parameter, tool: ToolContext) -> str | None:
    said = parameter.description or ""
    include = not {"include", "verbose", "extra"}.isdisjoint({*words_in(parameter), *words_of(said)[:1]})
    if parameter.types != {"boolean"} or not include or _HOLLOW.isdisjoint(words_of(said)):
        return None
    if (
        {*words_of(said)[1:]}
        - _HOLLOW
        - STOP_WORDS
        - words_in(parameter)
        - {*tool.name_words, *tool.text.words, *_NO_CONTENT}
    ):
        return None
    return (
        None if mentions(parameter, (":", "e.g", "such as", "including")) else f"say what {quoted(parameter.name)} adds"
    )


def _grade(parameter: Parameter, _tool: ToolContext) -> str | None:
    choices = choices_of(parameter.schema)
    said = parameter.description or ""
    told = (
        {*words_of(said)} - STOP_WORDS - words_in(parameter) - {word for value in choices for word in words_of(value)}
    )
    shown = any(f"{value}{sign}" in said for value in choices for sign in "=:(")
    if last_of(parameter) not in _GRADES or len(choices) < _FEWEST_CHOICES or shown:
        return None
    return f"say how the values of {quoted(parameter.name)} differ" if len(told) <= _FEW_WORDS else None


def _text_match(parameter: Parameter, _tool: ToolContext) -> str | None:
    partial = "string" in parameter.types and mentions(parameter, ("substring", "partial match"))
    return (
        f"say whether {quoted(parameter.name)} ignores case" if partial and not mentions(parameter, ("case",)) else None
    )


def _unknown(parameter: Parameter, tool: ToolContext) -> str | None:
    recognises = not _RECOGNISING.isdisjoint(own_words(tool)) and parameter.required and "string" in parameter.types
    if not recognises or tells_failure(tool):
        return None
    if {"location", "coordinates", "coordinate"} & words_in(parameter):
        return f"say what it returns if there is nothing at {quoted(parameter.name)}"
    return f"say what it returns if {quoted(parameter.name)} is not known"


def _request(parameter: Parameter, tool: ToolContext) -> str | None:
    called = not {"call", "calls", "request", "requests"}.isdisjoint((*own_words(tool)[:1], *tool.text.words[:8]))
    if not called or last_of(parameter) not in _REQUESTS or not parameter.required or tells_failure(tool):
        return None
    return f"say what it returns if the call of {quoted(parameter.name)} fails"


def _earliest(parameter: Parameter, tool: ToolContext) -> str | None:
    alone = not any(p.required for p in tool.parameters)
    if parameter.name != "date" or not alone or act_of(tool) not in (Act.READ, None) or mentions(parameter, ("since",)):
        return None
    return "say the earliest `date` that has data"


def _searched(parameter: Parameter, tool: ToolContext) -> str | None:
    bounded = any(is_bound(p) for p in tool.parameters) or any(map(str.isdecimal, tool.text.words))
    sought = parameter.required and is_main_query(parameter) and "search" in {*tool.name_words, *words_in(parameter)}
    return f"say how many results {quoted(parameter.name)} gives at most" if sought and not bounded else None


def _series(parameter: Parameter, tool: ToolContext) -> str | None:
    listed = parameter.types == {"array"} and parameter.required and last_of(parameter) in _SERIES
    if not listed or act_of(tool) is not Act.MAKE or has(parameter, "maxItems"):
        return None
    return f"say how many items {quoted(parameter.name)} may have at most"


def _levels(parameter: Parameter, tool: ToolContext) -> str | None:
    """Word how deep a tree may be that a parameter describes: a node with `children`."""
    nested = next((name for name in fields_of(parameter) if name.lower() in ("children", "subtasks")), None)
    return f"say how many levels of {quoted(nested)} it shows" if nested and act_of(tool) is Act.MAKE else None


def _sign(parameter: Parameter, _tool: ToolContext) -> str | None:
    number = parameter.required and is_number(parameter) and last_of(parameter) in _SIZES
    if not number or has(parameter, "minimum", "exclusiveMinimum") or mentions(parameter, ("positive", "greater", "0")):
        return None
    return f"say what happens if {quoted(parameter.name)} is 0 or negative"


def _again(parameter: Parameter, tool: ToolContext) -> str | None:
    keeps = act_of(tool) is Act.CREATE or not _KEEPING.isdisjoint((*own_words(tool)[:1], *tool.text.words[:1]))
    twice = keeps and parameter.name in ("name", "key") and "string" in parameter.types
    known = not _KNOWN_NAME.isdisjoint(tool.text.vocabulary)
    return f"say what a second call with the same {quoted(parameter.name)} does" if twice and not known else None


def _keys(parameter: Parameter, tool: ToolContext) -> str | None:
    free = parameter.types == {"object"} and parameter.required and not has(parameter, "properties", "$ref")
    spoken = f"{parameter.name}." in tool.text.raw and "required" not in tool.text.vocabulary
    return f"say which keys of {quoted(parameter.name)} are required" if free and spoken else None


_EACH: Final[tuple[Callable[[Parameter, ToolContext], str | None], ...]] = (
    _passed_time,
    _keys,
    _beyond_bound,
    _again,
    _address,
    _request,
    _unknown,
    _flag,
    _grade,
    _text_match,
    _searched,
    _earliest,
    _series,
    _levels,
    _sign,
)
"""Statements about one parameter, the most useful first."""


def _of_undescribed(tool: ToolContext) -> Iterator[str]:
    """Yield statements about required parameters that the schema does not describe."""
    bare = [p for p in tool.parameters if p.required and not p.description and not choices_of(p.schema)]
    told = {p.name for p in parameters_of(tool) if p.description}
    axes = [quoted(p.name) for p in bare if p.name in _AXES and is_number(p)]
    if len(axes) > 1:
        yield f"say in which unit {', '.join(axes[:-1])} and {axes[-1]} are"
    for parameter in (p for p in bare if p.name not in _AXES):
        name, placed = quoted(parameter.name), is_id(parameter) or last_of(parameter) in _PLACES
        if is_long_text(parameter):
            yield f"say how long {name} may be"
        elif parameter.types == {"integer"} and not (has_most(parameter) or placed):
            yield f"say the largest value that {name} may have"
        elif _is_unexplained_name(parameter, told) and act_of(tool) not in _WRITING:
            yield f"give an example value of {name}"


def _is_unexplained_name(parameter: Parameter, told: set[str]) -> bool:
    return parameter.types == {"string"} and last_of(parameter) == "name" and parameter.name not in told
