"""Finds the passages of a document, such as a README, that are about one tool."""

from collections.abc import Iterator, Mapping
from typing import Final

from toolsmell.evidence.facts import mentions

_LONGEST: Final = 1_500
"""Characters of one document that are kept for one tool."""


def passages(tool: str, documents: Mapping[str, str]) -> dict[str, str]:
    """Return, by document, the blocks that name `tool`: paragraphs, list items and table rows."""
    found = {name: "\n".join(_about(tool, text)) for name, text in documents.items()}
    return {name: text[:_LONGEST] for name, text in found.items() if text}


def _about(tool: str, text: str) -> Iterator[str]:
    if len(tool) < 3 or tool.lower() not in text.lower():
        return
    lines = text.splitlines()
    for at, line in enumerate(lines):
        if mentions(line.lower(), tool):
            yield line.strip()
            yield from _below(lines, at)


def _below(lines: list[str], at: int) -> Iterator[str]:
    """Yield the lines that belong to the one at `at`: deeper ones, or those of a section if it is a heading."""
    heading = lines[at].lstrip().startswith("#")
    depth = len(lines[at]) - len(lines[at].lstrip())
    for line in lines[at + 1 : at + 20]:
        if line.lstrip().startswith("#") or (not heading and len(line) - len(line.lstrip()) <= depth):
            return
        if line.strip():
            yield line.strip()
