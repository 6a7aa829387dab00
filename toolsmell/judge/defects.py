"""Checks the defects that models report, and keeps those that enough of them report."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from toolsmell.judge.quotation import Haystack
from toolsmell.judge.subject import Subject
from toolsmell.model.pointer import lookup
from toolsmell.model.verdicts import AgreedDefect, Defect, Verdict
from toolsmell.reading.context import ToolContext


class CheckedDefects(NamedTuple):
    """The defects of one answer that can be used, and the number of others."""

    kept: tuple[Defect, ...] = ()
    dropped: int = 0


def checked(found: Sequence[Defect], subject: Subject, parameters: frozenset[str]) -> CheckedDefects:
    """Return the defects whose quotation is in the input and whose parameter exists, each kind and place once."""
    haystack = Haystack((subject.shown,))  # a schema's numbers and flags may be quoted as well
    kept: dict[tuple[str, str], Defect] = {}
    dropped = 0
    plain = {_plain(name): name for name in parameters}
    for defect in found:
        if defect.parameter not in parameters:
            defect = defect._replace(parameter=plain.get(_plain(defect.parameter), defect.parameter))
        named = _plain(defect.quotation.strip("\"'` ")) in plain  # `id` is too short to be looked for
        if not (haystack.has(defect.quotation) or named) or (defect.parameter and defect.parameter not in parameters):
            dropped += 1
        else:
            kept.setdefault((defect.kind, defect.parameter), defect)
    return CheckedDefects(tuple(kept.values()), dropped)


def agreed(verdicts: Iterable[Verdict], tool: ToolContext) -> tuple[AgreedDefect, ...]:
    """Return the defects that at least half of the usable verdicts report for certain, in the words of the first."""
    usable = [verdict for verdict in verdicts if verdict.usable]
    reported: dict[tuple[str, str], list[Defect]] = {}
    for verdict in usable:
        for defect in (defect for defect in verdict.defects if defect.certain):
            reported.setdefault((defect.kind, defect.parameter), []).append(defect)
    return tuple(
        AgreedDefect(votes[0], _pointer(tool, votes[0].parameter), len(votes), len(usable))
        for votes in reported.values()
        if 2 * len(votes) >= len(usable)
    )


def _plain(path: str) -> str:
    """Return the path of a parameter without the marks of lists, which models leave out: `events.start`."""
    return path.replace("[]", "").replace("[*]", "")


def parameters_of(tool: ToolContext) -> frozenset[str]:
    """Return the ways in which a model may name the parameters of a tool: names at the top, paths below."""
    return frozenset(name for p in tool.all_parameters for name in (p.path, p.name))


def _pointer(tool: ToolContext, parameter: str) -> str:
    """Return the place of a finding about a parameter, or about the whole tool."""
    found = next((p for p in tool.all_parameters if parameter in (p.path, p.name)), None) if parameter else None
    if found:
        return found.pointer
    return "/description" if lookup(tool.tool.raw, "/description") is not None else ""
