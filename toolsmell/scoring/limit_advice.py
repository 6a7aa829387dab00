"""Words the limit that the parameters of a tool, or what it returns, suggest."""

from itertools import pairwise
from typing import Final

from toolsmell.reading.context import ToolContext
from toolsmell.reading.verbs import own_words
from toolsmell.schema.reader import Parameter
from toolsmell.scoring.failure_advice import is_always_there
from toolsmell.scoring.named_act import CONTENTS, Act, act_of, answers_a_question, is_plural, seeks, thing_of
from toolsmell.scoring.naming import quoted
from toolsmell.scoring.parameter_facts import (
    FOLDERS,
    code_of,
    common_parameters,
    has_most,
    is_bound,
    is_file,
    is_long_text,
    is_main_query,
    is_output,
    is_sql,
    last_of,
    mentions,
    parameters_of,
    speaks_a_language,
    words_in,
)
from toolsmell.scoring.siblings import Siblings

_PLACED: Final = ("relative", "absolute", "allowed", "within", "under the", "inside", "full path")
_WHOLE: Final = frozenset("all complete entire full whole".split())
_PLANS: Final = frozenset("plan plans explain validate check analyze format count".split())
_SENT: Final = frozenset("send push post reply publish broadcast speak tts".split())
"""Verbs of tools whose texts go to a service that bounds them."""
_SHORT: Final = frozenset(
    """columns parameters tabs fields components properties shards networks volumes databases tables collections schemas
    directories folders groups keys headers libraries""".split()
)
"""Things of which there are so few that a tool gives them all."""
_TURNS: Final = frozenset("steps turns iterations retries attempts rounds".split())
"""What a tool that works by itself is limited to, if the name of a parameter begins with `max`."""


def limit(tool: ToolContext, _siblings: Siblings) -> str | None:
    """Word the limit that is most probably missing; None if nothing concrete is limited."""
    act = act_of(tool)
    bounds = [p for p in parameters_of(tool) if is_bound(p)]
    for parameter in bounds:
        if _TURNS & words_in(parameter) and "max" in words_in(parameter):
            return f"say what it returns if {quoted(parameter.name)} is reached"
        if not has_most(parameter):
            return f"say the largest value that {quoted(parameter.name)} may have"
    if code := code_of(tool):
        return f"say how long {quoted(code)} may run, and as which user or in which sandbox"
    if "count" in tool.name_words:
        return None
    return _of_parameters(tool, act, bounded=bool(bounds)) or _of_thing(tool, act, bounded=bool(bounds))


def _of_parameters(tool: ToolContext, act: Act | None, *, bounded: bool) -> str | None:
    for parameter in parameters_of(tool):
        if act in (Act.READ, None) and is_main_query(parameter) and not bounded and _finds_many(parameter, tool):
            rows = "rows" if is_sql(parameter, tool) else "results"
            return f"say how many {rows} {quoted(parameter.name)} gives at most"
        shared = (
            last_of(parameter) == "filename"
            or mentions(parameter, _PLACED)
            or parameter.name in common_parameters(tool.server)
        )
        if act is not Act.MAKE and not shared and is_file(parameter, tool) and not is_output(parameter):
            folder = last_of(parameter) in FOLDERS
            allowed = f"say which folders {quoted(parameter.name)} may name"
            return allowed if folder else f"say in which folders {quoted(parameter.name)} may be"
    return None


def _of_thing(tool: ToolContext, act: Act | None, *, bounded: bool) -> str | None:
    thing = thing_of(tool)
    if act is Act.READ and not seeks(tool):
        return None  # Of two things that are compared there are no more than two.
    if act is Act.READ and thing is not None and not answers_a_question(tool):
        every = not _WHOLE.isdisjoint(tool.text.words) or _is_counted(tool, thing)
        short = thing.lower().rsplit(" ", 1)[-1] in _SHORT
        if is_plural(thing) and not (bounded or every or short or is_always_there(thing, tool)):
            return f"say how many {thing} it returns at most"
        whole = thing.lower().split()[-1] in CONTENTS and every and "list" not in tool.name_words
        return f"say how much of the {thing} it returns at most" if whole else None
    if act is Act.READ:
        return None
    if act is not Act.MAKE and _SENT.isdisjoint(tool.name_words):
        return None
    free = next((p for p in parameters_of(tool) if is_long_text(p)), None)
    return f"say how long {quoted(free.name)} may be" if free else None


def _is_counted(tool: ToolContext, thing: str) -> bool:
    """Return True if a text says how many of a thing there are: `the latest 100 contracts`."""
    last = thing.lower().rsplit(" ", 1)[-1]
    words = tool.text.raw.lower().split()
    return any(before.isdecimal() and word.startswith(last) for before, word in pairwise(words))


def _finds_many(parameter: Parameter, tool: ToolContext) -> bool:
    """Return True if a query gives rows: one that is explained or planned does not."""
    return (
        seeks(tool)
        and (own_words(tool)[:1] != ("run",) or speaks_a_language(parameter, tool))
        and not answers_a_question(tool)
        and (not speaks_a_language(parameter, tool) or not _PLANS & frozenset(tool.name_words))
    )
