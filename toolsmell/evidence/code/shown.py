"""The code of a tool as text for a reader: facts with their ids, and numbered slices of the functions."""

from collections.abc import Iterator
from typing import Final

from toolsmell import tokens
from toolsmell.evidence.code.worded import words
from toolsmell.model.implementation import CodeFact, Flag, Implementation, ReachedFunction

MOST_TOKENS: Final = 3_000
"""Tokens of the slices of one tool."""
MOST_FACTS: Final = 40


def citable(code: Implementation) -> list[CodeFact]:
    """Return the facts that can be cited, the nearest to the handler first."""
    return [fact for fact in code.facts if Flag.ERROR_PATH not in fact.flags and not fact.off]


def fact_lines(code: Implementation, most: int = MOST_FACTS) -> Iterator[str]:
    """Yield a line for each fact that can be cited, the nearest to the handler first."""
    shown = citable(code)
    for fact in shown[:most]:
        yield f"{fact.citation}: {words(fact)}"
    if len(shown) > most:
        yield f"and {len(shown) - most} more facts"


def slices(code: Implementation, budget: int = MOST_TOKENS) -> str:
    """Return the code of the functions with numbers of lines, as far as it fits; what is left out is said."""
    parts: list[str] = []
    left_out: list[str] = []
    for function in _by_relevance(code):
        text = _numbered(function, code.texts.get(function.lines.shown, ""))
        cost = tokens.ESTIMATE.tokens(text)
        if cost > budget:
            if not parts:  # a long handler is shown in part
                kept = text[: budget * 3]
                parts.append(f"{kept}\n(the rest of {function.name} is not shown)")
                budget = 0
            else:
                left_out.append(function.name)
            continue
        parts.append(text)
        budget -= cost
    if left_out:
        parts.append(f"Not shown, because they matter least: {', '.join(dict.fromkeys(left_out))}")
    return "\n\n".join(parts)


def _by_relevance(code: Implementation) -> list[ReachedFunction]:
    """Return the functions, each once: the handler, then those that hold most facts, then the nearest."""
    distinct = list({function.lines.shown: function for function in reversed(code.functions)}.values())[::-1]

    def rank(function: ReachedFunction) -> tuple[int, int, int]:
        return min(function.depth, 1), -sum(_holds(function, fact) for fact in code.facts), function.depth

    return sorted(distinct, key=rank)


def _holds(function: ReachedFunction, fact: CodeFact) -> bool:
    lines = function.lines
    return fact.lines.file == lines.file and lines.line <= fact.lines.line <= lines.end_line


def _numbered(function: ReachedFunction, text: str) -> str:
    lines = (f"{function.lines.line + at}| {line}" for at, line in enumerate(text.splitlines()))
    return f"{function.name} in {function.lines.file}:\n" + "\n".join(lines)
