"""Words which call of a tool a text could show, and for which parameter it could tell the results apart."""

from typing import Final

from toolsmell.reading.context import ToolContext
from toolsmell.schema.reader import choices_of
from toolsmell.scoring.naming import quoted
from toolsmell.scoring.parameter_facts import has, last_of, mentions, parameters_of

_SHOWN: Final = 3
"""Parameters of a call that are named."""
_ACTIONS: Final = frozenset("action actions operation subcommand".split())
"""Parameters that choose what a tool does."""


def shown_call(tool: ToolContext) -> str:
    """Word a call with the required parameters, or else with the first ones, and its result."""
    given = [p for p in parameters_of(tool) if not has(p, "const")]
    named = [p for p in given if p.required] or given
    if not named:
        return "show an example of what it returns"
    names = [quoted(p.name) for p in named[:_SHOWN]]
    joined = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    return f"show a call with {joined}, and what it returns"


def of_each_action(tool: ToolContext) -> str | None:
    """Word that each value of a parameter has a result of its own, if one chooses what the tool does."""
    for parameter in parameters_of(tool):
        chosen = choices_of(parameter.schema) or mentions(parameter, (":", "'", '"', " or ", "one of"))
        if last_of(parameter) in _ACTIONS and parameter.required and chosen:
            return f"say what it returns for each {quoted(parameter.name)}"
    return None
