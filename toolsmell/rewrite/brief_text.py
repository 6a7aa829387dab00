"""Writes a brief as text or JSON, short enough for the context of an agent."""

from collections.abc import Iterator
from typing import Final

from toolsmell import tokens
from toolsmell.escape import visible
from toolsmell.model import Json
from toolsmell.rewrite.brief import ASKS, Brief

BUDGET: Final = 700
"""Most tokens of the brief of one tool."""
SCHEMA: Final = "toolsmell.brief/v1"
_MISSING: Final = "Missing"
_CHECKS: Final = "Checks"
_WHOLE: Final = ("Code", "Constraints")
"""Titles of sections whose lines are whole: a part of a citation or of a limit is of no use."""
_SHORT: Final = 80
"""Characters of a section that is not cut further."""


class _Section:
    """A title with lines, which is cut from its end. Knows its size at any time, so that cutting takes linear time."""

    def __init__(self, title: str, told: list[str]) -> None:
        self.title: Final = title
        self.lines: Final = [_line(line) for line in told]
        self.size = sum(map(len, self.lines))
        """Characters of the lines."""
        self._dropped = 0
        self._cost = sum(map(_cost, self.lines))

    @property
    def heading(self) -> str:
        return f"{self.title}: ({self._dropped} more not shown)" if self._dropped else f"{self.title}:"

    @property
    def cost(self) -> float:
        """Tokens of the section."""
        return self._cost + _cost(self.heading)

    @property
    def may_be_cut(self) -> bool:
        return self.size > _SHORT and self.title != _CHECKS

    def cut(self) -> None:
        """Leave out the last line, or the end of the only one if a part of it is of use."""
        last = self.lines.pop()
        rest = "" if self.lines or self.title in _WHOLE else f"{last[: len(last) * 2 // 3]}…"
        if rest:
            self.lines.append(rest)
        else:
            self._dropped += 1
        self.size += len(rest) - len(last)
        self._cost += (_cost(rest) if rest else 0.0) - _cost(last)


def text_of(brief: Brief, budget: int = BUDGET) -> str:
    """Return a brief of about `budget` tokens at most.

    What does not fit is cut from the longest section, and said; from what is missing last. The text of the tool and
    the checks are whole.
    """
    sections = [_Section(title, lines) for title, lines in _sections(brief) if lines]
    head = _head(brief)
    room = budget - sum(map(_cost, head))
    while sum(section.cost for section in sections) > room and (longest := _longest(sections)):
        longest.cut()
    lines = (line for one in sections for line in (one.heading, *(f"  - {told}" for told in one.lines)))
    return "\n".join((*head, *lines))


def _head(brief: Brief) -> list[str]:
    levels = ", ".join(f"{component} {level}" for component, level in brief.levels.items())
    score = "unscored" if brief.overall is None else f"{brief.overall:g} of 100"
    text = visible(brief.text.strip() or "(no description)", keep="\t\r\n").splitlines()
    return [
        f"{_line(brief.tool)}: {score}, {brief.tokens} tokens",
        *([f"Levels of 1 to 5: {levels}"] if levels else []),
        "Text:",
        *(f"  {line}" for line in text),
    ]


def _sections(brief: Brief) -> Iterator[tuple[str, list[str]]]:
    missing = [f"{kind.value}: {ASKS[kind]}" for kind in brief.missing if kind in ASKS]
    bare = [f"the parameter `{name}`" for name in brief.undescribed]
    apart = [f"what tells it from `{brief.confusable}`, which reads alike"] if brief.confusable else []
    yield _MISSING, [*missing, *apart, *bare]
    yield "Findings", list(brief.findings)
    yield "Parameters", list(brief.schema)
    yield "Other tools", list(brief.siblings)
    for name, passage in brief.documents.items():
        yield f"From {name}", [line for line in passage.splitlines() if line.strip()]
    yield "Recorded calls", list(brief.calls)
    yield "Code", list(brief.code)
    yield "Constraints", list(brief.constraints)
    yield _CHECKS, list(brief.checks)


def _line(text: str) -> str:
    """Return a text on one line, so that a name cannot begin a section of its own, with all that is hidden shown."""
    return visible(" ".join(text.splitlines()))


def _longest(sections: list[_Section]) -> _Section | None:
    """Return the section to cut next: the longest one, and what is missing only if no other may be cut."""
    found = [section for section in sections if section.may_be_cut]
    return max(found, key=lambda section: (section.title != _MISSING, section.size), default=None)


def _cost(line: str) -> float:
    """Return about how many tokens a line of a brief costs, unrounded, so that costs of lines can be added."""
    return tokens.weight(f"  - {line}\n")


def to_json(brief: Brief) -> dict[str, Json]:
    """Return a brief as JSON."""
    return {
        "tool": brief.tool,
        "text": brief.text,
        "tokens": brief.tokens,
        "overall": brief.overall,
        "levels": brief.levels,
        "missing": [{"kind": kind.value, "asks": ASKS.get(kind, "")} for kind in brief.missing],
        "undescribed_parameters": list(brief.undescribed),
        "confusable": brief.confusable or None,
        "findings": list(brief.findings),
        "evidence": {
            "parameters": list(brief.schema),
            "siblings": list(brief.siblings),
            "documents": brief.documents,
            "calls": list(brief.calls),
            "code": list(brief.code),
        },
        "constraints": list(brief.constraints),
        "checks": list(brief.checks),
    }
