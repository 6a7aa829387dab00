"""Repeats a rejected call with the correction that the message names: a value, a missing parameter, a folder."""

from collections.abc import Iterator
from re import IGNORECASE
from typing import Final

from toolsmell.calling.classify import Outcome
from toolsmell.calling.outcomes import Observation, Trial
from toolsmell.calling.plan import Pool, value
from toolsmell.calling.seeds import WORK
from toolsmell.model import Json
from toolsmell.reading.context import ToolContext
from toolsmell.schema.fit import violation
from toolsmell.text import pattern

_READ: Final = 600
_VALUE: Final = r"['\"`\[(]?[\w.-]{1,40}['\"`]?"
_LIST: Final = (
    r"(?:one of|allowed(?: values)?(?: are)?|valid (?:values|options|choices)(?: are)?|expected"
    r"|supported(?: values)?(?: are)?|choose from|available)\b[^\w'\"`]{0,4}"
    rf"(?P<list>{_VALUE}(?:(?:, ?(?:or |and )?| or | and |\|){_VALUE}){{1,20}})"
)
_MISSING: Final = (
    r"(?:missing|requires?|required|must (?:provide|specify|pass|include)|needs?)[^.\n]{0,40}?"
    r"['\"`](?P<after>\w{1,60})['\"`]|['\"`](?P<before>\w{1,60})['\"`] (?:is|are) (?:required|missing)"
)
_WHY: Final = "as the last rejection says"


def second(tool: ToolContext, last: Observation, pool: Pool, given: Pool) -> Trial | None:
    """Return a call that fits the schema and follows the rejection of `last`; None if that names nothing."""
    trial = last.trial
    if (
        trial.fault is not None
        or trial.why == _WHY
        or last.outcome not in (Outcome.REJECTED, Outcome.INVALID_ARGUMENTS)
    ):
        return None
    schema = tool.tool.input_schema or {}
    for arguments in _corrected(tool, trial.arguments, last.text[:_READ], pool, given):
        if arguments != trial.arguments and violation(arguments, schema, schema) is None:
            return Trial(trial.tool, arguments, _WHY)
    return None


def _corrected(
    tool: ToolContext, sent: dict[str, Json], error: str, pool: Pool, given: Pool
) -> Iterator[dict[str, Json]]:
    """Yield the arguments with what an error names."""
    if missing := pattern(_MISSING, IGNORECASE).search(error):
        name = missing["after"] or missing["before"]
        parameter = next((p for p in tool.parameters if p.name == name and name not in sent), None)
        if parameter is not None:
            yield {**sent, parameter.name: value(parameter, pool, given)}
    if listed := pattern(_LIST, IGNORECASE).search(error):
        values = pattern(r"[\w.-]{1,40}").findall(pattern(r" (?:or|and) ").sub(", ", listed["list"]))
        for name in _wrong(sent, error):
            yield from ({**sent, name: allowed} for allowed in values[:1])
    if folder := pattern(rf"{WORK}[\w/.-]*").search(error):
        paths = [name for name, sent_value in sent.items() if _is_path(sent_value)]
        yield from ({**sent, name: folder[0].rstrip(".")} for name in paths)


def _wrong(sent: dict[str, Json], error: str) -> list[str]:
    """Return the arguments that an error is about: those whose value or name it repeats, or else the only text."""
    texts = [name for name, sent_value in sent.items() if isinstance(sent_value, str)]
    named = [n for n in texts if str(sent[n]) in error or pattern(rf"\b{n}\b", IGNORECASE).search(error)]
    return named or (texts if len(texts) == 1 else [])


def _is_path(sent: Json) -> bool:
    return isinstance(sent, str) and sent.startswith(("/", "./")) and not sent.startswith(WORK)
