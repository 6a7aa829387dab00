"""Words which call of a tool a text could show, and for which parameter it could tell the results apart."""

from typing import Final

from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ToolContext
from toolsmell.schema.reader import Parameter, choices_of
from toolsmell.scoring.named_act import Act, act_of
from toolsmell.scoring.naming import quoted
from toolsmell.scoring.parameter_facts import DATES, PATHS, PLAIN, PLAIN_NUMBERS, has, last_of, mentions, parameters_of
from toolsmell.scoring.siblings import IDS, is_id

_SHOWN: Final = 3
"""Parameters of a call that are named."""
_FEWEST: Final = 2
"""Values whose forms are not plain that a call has to bring together to be worth showing."""
_ACTIONS: Final = frozenset("action actions operation subcommand".split())
"""Parameters that choose what a tool does."""
_NO_TEXT: Final = frozenset(
    """image images photo picture screenshot logo audio video file guide guides docs documentation manual instructions
    readme id identifier about philosophy best verify verifies test tests""".split()
)
"""Words of what nobody can show in a description."""


def shown_call(tool: ToolContext) -> str | None:
    """Word a call with the required parameters and its result; None if there is nothing in it that a call would show.

    Nobody needs a call with one plain text, or with ids.
    """
    needed = [p for p in parameters_of(tool) if p.required and not has(p, "const")]
    if not tool.parameters:
        told = any(StatementKind.RESULT in sentence.says for sentence in tool.reading.sentences)
        shows = act_of(tool) is Act.READ and not told and _NO_TEXT.isdisjoint(tool.text.vocabulary)
        return "show an example of what it returns" if shows else None
    if not any(map(_is_built, needed)) and sum(not _is_plain(p) for p in needed) < _FEWEST:
        return None
    names = [quoted(p.name) for p in needed[:_SHOWN]]
    joined = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    return f"show a call with {joined}, and what it returns"


def _is_built(parameter: Parameter) -> bool:
    """Return True if a value has parts: an object, or a list of objects or lists."""
    items = parameter.schema.get("items") if isinstance(parameter.schema, dict) else None
    listed = isinstance(items, dict) and not {"object", "array"}.isdisjoint(str(items.get("type")).split())
    return "object" in parameter.types or listed


def _is_plain(parameter: Parameter) -> bool:
    """Return True if everybody can write the value: a text, a name, an id, a choice, a flag."""
    last = last_of(parameter)
    if parameter.types and parameter.types <= {"boolean", "null", "integer", "number"}:
        return True
    if choices_of(parameter.schema) or has(parameter, "examples", "example", "default", "format", "pattern"):
        return True
    if last in ("source", "destination", "dest"):
        return True
    return last in PLAIN | IDS | PATHS | DATES | PLAIN_NUMBERS or is_id(parameter)


def of_each_action(tool: ToolContext) -> str | None:
    """Word that each value of a parameter has a result of its own, if one chooses what the tool does."""
    for parameter in parameters_of(tool):
        chosen = choices_of(parameter.schema) or mentions(parameter, (":", "'", '"', " or ", "one of"))
        if last_of(parameter) in _ACTIONS and parameter.required and chosen:
            return f"say what it returns for each {quoted(parameter.name)}"
    return None
