"""Sorts the facts of a tool's code by their use to a writer, who sees only the first ones."""

from collections import Counter
from collections.abc import Iterator

from toolsmell.calling.trouble import kinds_of
from toolsmell.evidence.code.shown import citable
from toolsmell.evidence.code.worded import words
from toolsmell.model.implementation import CodeFact, FactKind, Flag, Implementation
from toolsmell.reading.context import ServerContext, ToolContext, per_server
from toolsmell.rewrite.code_claims import SHARED_BY, code_of
from toolsmell.text import pattern


def told_facts(tool: ToolContext, code: Implementation, most: int) -> Iterator[str]:
    """Yield a line for each fact: those of this tool alone, the nearest to the handler first, then those of several.

    Trouble of a login, a network or a configuration comes last: no description should state it.
    """
    described = {parameter.name for parameter in tool.parameters if parameter.description}
    shared = _sharing(tool.server)

    def rank(fact: CodeFact) -> tuple[bool, ...]:
        return _is_trouble(fact), shared[_place(fact)] >= SHARED_BY, _is_described(fact, described)

    facts = sorted(citable(code), key=rank)
    for fact in facts[:most]:
        others = shared[_place(fact)] - 1
        also = f" (as {others} other tools)" if others + 1 >= SHARED_BY else ""
        yield f"{fact.citation}: {words(fact)}{also}"
    if len(facts) > most:
        yield f"and {len(facts) - most} more facts"


_Place = tuple[str, int, int]


def _place(fact: CodeFact) -> _Place:
    return fact.lines.file, fact.lines.line, fact.lines.end_line


def _is_trouble(fact: CodeFact) -> bool:
    message = fact.message or ""
    status = pattern(r"(?i)\bstatus(?: code)?\b[^.]*…").search(message)
    troubled = Flag.CONFIGURATION in fact.flags or kinds_of(message) or status
    return fact.kind is FactKind.FAILURE and bool(troubled)


def _is_described(fact: CodeFact, described: set[str]) -> bool:
    """Return True for documentation of a parameter that the schema describes."""
    return fact.kind is FactKind.DOCUMENTATION and fact.parameter in described


@per_server
def _sharing(server: ServerContext) -> Counter[_Place]:
    """Return how many tools of a server run the lines of each fact."""
    found: Counter[_Place] = Counter()
    for tool in server.tools:
        code = code_of(tool)
        found.update({_place(fact) for fact in citable(code)} if code is not None else ())
    return found
