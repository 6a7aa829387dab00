"""Words which input of a call can be wrong although it names nothing: a date, an item of a list, an address, a key."""

from typing import Final

from toolsmell.reading.context import ToolContext
from toolsmell.reading.stems import stems_of
from toolsmell.schema.reader import Parameter, choices_of
from toolsmell.scoring.named_act import Act, act_of
from toolsmell.scoring.naming import quoted
from toolsmell.scoring.parameter_facts import DATES, PATHS, fields_of, last_of, parameters_of, words_in

_FIRST: Final = frozenset("start begin from since after min checkin departure".split())
_LAST: Final = frozenset("end until to before max checkout return".split())
_TIMED: Final = DATES | frozenset("start end at from to since until checkin checkout".split())
_AHEAD: Final = frozenset("due start schedule scheduled deadline remind reminder checkin departure expires".split())
"""Words of dates that are meant to lie ahead."""
_ADDRESSED: Final = frozenset("email emails to cc bcc recipient recipients".split())
_KINDS: Final = frozenset("pdf csv excel xlsx docx image audio video json xml zip yaml html pptx".split())
"""Kinds of files that a tool reads one of."""
_CAPITAL: Final = {"excel": "Excel", "image": "image", "audio": "audio", "video": "video"}
_READ: Final = 20
"""Words of a description that say whether a value is a date."""


def wrong_input(tool: ToolContext) -> str | None:
    """Word what a text could say of an input that is given, but of the wrong kind."""
    given = sorted(parameters_of(tool), key=lambda parameter: not parameter.required)
    ones = (wrong for parameter in given if (wrong := _of_one(tool, parameter)))
    return _of_dates(tool, given) or next(ones, None)


def _of_dates(tool: ToolContext, given: list[Parameter]) -> str | None:
    """Word what to say of two dates in the wrong order, or of a date that is past."""
    timed = (p for p in given if last_of(p) in _TIMED and "string" in (p.types or {"string"}))
    dates = [p for p in timed if not (DATES.isdisjoint((*words_in(p), *_said(p))) or choices_of(p.schema))]
    first = next((p for p in dates if _FIRST & words_in(p)), None)
    last = next((p for p in dates if _LAST & words_in(p) and p is not first), None)
    if first and last:
        return f"say what happens if {quoted(first.name)} is after {quoted(last.name)}"
    if act_of(tool) is not Act.READ and (ahead := next((p for p in dates if _AHEAD & words_in(p)), None)):
        return f"say what happens if {quoted(ahead.name)} lies in the past"
    return None


def _said(parameter: Parameter) -> tuple[str, ...]:
    return tuple((parameter.description or "").lower().split()[:_READ])


def _of_one(tool: ToolContext, parameter: Parameter) -> str | None:
    name, last = quoted(parameter.name), last_of(parameter)
    reads = act_of(tool) is Act.READ
    if last == "ip" and parameter.required and act_of(tool) in (Act.READ, None):
        return f"say what it returns if {name} is private or not valid"
    if last in _ADDRESSED and "email" in {*_said(parameter), *tool.name_words, last} and not reads:
        several = "array" in parameter.types
        return f"say what happens if {f'one of {name}' if several else name} is not a valid address"
    if last in PATHS and (kind := _kind(tool, parameter)) and parameter.required:
        return f"say what happens if {name} is no {_CAPITAL.get(kind, kind.upper())} file"
    own = not stems_of(words_in(parameter)).isdisjoint(tool.name_stems)  # Several of what it is about.
    if "array" in parameter.types and parameter.required and own and act_of(tool) not in (Act.READ, Act.MAKE):
        return f"say what happens to the others if one of {name} is not valid" if fields_of(parameter) else None
    return None


def _kind(tool: ToolContext, parameter: Parameter) -> str | None:
    """Return the one kind of file that a tool reads, by the name of the parameter or of the tool."""
    found = sorted(_KINDS & {*words_in(parameter), *tool.name_words})
    return found[0] if len(found) == 1 and act_of(tool) is Act.READ else None
