"""Writes the changes since a revision in lines: for people, and one line a tool for agents."""

from collections.abc import Iterator
from typing import Final

from toolsmell.escape import visible
from toolsmell.model.changes import BaseChanges, ChangeState, Objections, ServerChange, ToolChange
from toolsmell.reporters.parts.columns import cut_end
from toolsmell.reporters.parts.rows import amount

WORDS: Final = {
    "lost": "lost",
    "contradicted": "contradicted",
    "steering": "steering",
    "unsupported": "unsupported",
    "routing": "routing risk",
    "findings": "new finding",
}
"""Field of `Objections` -> words for people, the most serious first."""
LONGEST: Final = 300
"""Characters of one objection."""


def head(changes: BaseChanges) -> str:
    """Return the changes in one line."""
    tools = [tool for server in changes.servers for tool in server.tools]
    counts = [sum(tool.state is state for tool in tools) for state in ChangeState]
    several = [(n, state.value) for state, n in zip(ChangeState, counts, strict=True) if n]
    words = ", ".join(f"{f'{n:,}' if at else amount(n, 'tool')} {state}" for at, (n, state) in enumerate(several))
    wrong = f"; {amount(changes.wrong, 'changed tool')} with something lost or wrong" if changes.wrong else ""
    return f"since {visible(changes.base)}: {words or 'no tool changed'}{wrong}"


def lines(changes: BaseChanges) -> Iterator[str]:
    """Yield the changes for people: a line a tool, and one for each objection."""
    yield head(changes)
    for old, new in changes.renamed:
        yield f"  renamed: {visible(old)} -> {visible(new)}"
    several = len(changes.servers) > 1
    for server in changes.servers:
        yield from _server(server, several)
        for tool in server.tools:
            yield f"  {tool_line(tool)}"
            for word, text in objections(tool.objections):
                yield f"      {word}: {cut_end(visible(text), LONGEST)}"


def agent_lines(changes: BaseChanges) -> Iterator[str]:
    """Yield one line a tool with all its objections, the worst tools first."""
    yield head(changes)
    for old, new in changes.renamed:
        yield f"renamed {visible(old)} -> {visible(new)}"
    for server in changes.servers:
        yield from (line.strip() for line in _server(server, several=False))
    tools = [tool for server in changes.servers for tool in server.tools]
    for tool in sorted(tools, key=lambda tool: (not tool.wrong, not any(tool.objections))):
        told = [f"{word}: {cut_end(visible(text), LONGEST)}" for word, text in objections(tool.objections)]
        yield "; ".join((tool_line(tool), *told))


def _server(server: ServerChange, several: bool) -> Iterator[str]:
    said = f"was '{visible(server.was)}' in the base" if server.was else ""
    said = "; ".join(filter(None, (said, visible(server.note))))
    if several or said or server.state is not ChangeState.CHANGED:
        yield f"  server {visible(server.key)} {server.state.value}" + (f": {said}" if said else "")


def tool_line(tool: ToolChange) -> str:
    """Return the name of a tool, what became of it, and the difference in score and tokens."""
    return "; ".join(filter(None, (f"{visible(tool.name)} {tool.state.value}{_measures(tool)}", visible(tool.note))))


def _measures(tool: ToolChange) -> str:
    parts = filter(None, (score(tool), tokens(tool)))
    return "".join(f", {part}" for part in parts)


def score(tool: ToolChange) -> str:
    """Return the score before and after, or the one that there is; empty if the tool has none."""
    before, after = tool.score_before, tool.score_after
    if before is not None and after is not None:
        return f"score {before:g} -> {after:g}"
    one = after if tool.state is ChangeState.ADDED else before
    return "" if one is None or tool.state is ChangeState.CHANGED else f"score {one:g}"


def tokens(tool: ToolChange) -> str:
    """Return the difference in tokens, signed."""
    return f"{(tool.tokens_after or 0) - (tool.tokens_before or 0):+,} tokens"


def objections(found: Objections) -> Iterator[tuple[str, str]]:
    """Yield each objection with its kind in words, the most serious kinds first."""
    for field, word in WORDS.items():
        for text in getattr(found, field):
            yield word, text
