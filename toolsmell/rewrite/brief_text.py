"""Writes a brief as text or JSON, short enough for the context of an agent."""

from collections.abc import Iterator
from typing import Final

from toolsmell import tokens
from toolsmell.model import Json
from toolsmell.rewrite.brief import ASKS, Brief

BUDGET: Final = 700
"""Most tokens of the brief of one tool."""
SCHEMA: Final = "toolsmell.brief/v1"


def text_of(brief: Brief, budget: int = BUDGET) -> str:
    """Return a brief of at most `budget` tokens; what does not fit is cut from the longest section, and said."""
    sections = [(title, list(lines)) for title, lines in _sections(brief) if lines]
    cut: dict[str, int] = {}
    while _cost(text := _joined(brief, sections, cut)) > budget and (longest := _longest(sections)) is not None:
        title, lines = sections[longest]
        last = lines.pop()
        if len(lines) == 0:
            if len(last) <= 80:
                return text
            lines.append(f"{last[: len(last) * 2 // 3]}…")
        else:
            cut[title] = cut.get(title, 0) + 1
    return text


def _sections(brief: Brief) -> Iterator[tuple[str, list[str]]]:
    missing = [f"{kind.value}: {ASKS[kind]}" for kind in brief.missing if kind in ASKS]
    bare = [f"the parameter `{name}`" for name in brief.undescribed]
    apart = [f"what tells it from `{brief.confusable}`, which reads alike"] if brief.confusable else []
    yield "Missing", [*missing, *bare, *apart]
    yield "Findings", list(brief.findings)
    yield "Parameters", list(brief.schema)
    yield "Other tools", list(brief.siblings)
    for name, passage in brief.documents.items():
        yield f"From {name}", [line for line in passage.splitlines() if line.strip()]
    yield "Recorded calls", list(brief.calls)
    yield "Code", list(brief.code)
    yield "Constraints", list(brief.constraints)
    yield "Checks", list(brief.checks)


def _joined(brief: Brief, sections: list[tuple[str, list[str]]], cut: dict[str, int]) -> str:
    levels = ", ".join(f"{component} {level}" for component, level in brief.levels.items())
    score = "unscored" if brief.overall is None else f"{brief.overall:g} of 100"
    lines = [f"{_line(brief.tool)}: {score}, {brief.tokens} tokens", f"Levels of 1 to 5: {levels}" if levels else ""]
    lines += ["Text:", *(f"  {line}" for line in (brief.text.strip() or "(no description)").splitlines())]
    for title, told in sections:
        more = f" ({cut[title]} more not shown)" if cut.get(title) else ""
        lines += [f"{title}:{more}", *(f"  - {_line(line)}" for line in told)]
    return "\n".join(line for line in lines if line)


def _line(text: str) -> str:
    """Return a text on one line, so that a name cannot begin a section of its own."""
    return " ".join(text.splitlines())


def _longest(sections: list[tuple[str, list[str]]]) -> int | None:
    """Return the section that costs most, of those that may be cut."""
    sizes = [
        (sum(map(len, lines)), at) for at, (title, lines) in enumerate(sections) if title not in ("Missing", "Checks")
    ]
    return max(sizes)[1] if sizes and max(sizes)[0] > 80 else None


def _cost(text: str) -> int:
    return tokens.ESTIMATE.tokens(text)


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
