"""Writes the changes since a revision as a table of Markdown with the words that were removed and added."""

from collections.abc import Iterator

from toolsmell.model.changes import BaseChanges, ChangeState, ServerChange, TextChange
from toolsmell.reporters.parts.changes_text import head, objections, score, tokens
from toolsmell.reporters.parts.gfm import code, prose
from toolsmell.reporters.parts.page.differing_words import WordSpan, merged

_MARKS = {"gone": "del", "new": "ins"}
_AROUND = 12
"""Words of an unchanged passage that are shown at each end."""
HEAD = "| tool | score | tokens | what the check says | words that went and came |\n|---|---|---:|---|---|"


def intro(changes: BaseChanges) -> Iterator[str]:
    """Yield the lines above the table."""
    yield prose(head(changes)) + "."
    for old, new in changes.renamed:
        yield f"- renamed: {code(old)} → {code(new)}"
    for server in changes.servers:
        if said := _server(server):
            yield f"- {said}"


def rows(changes: BaseChanges) -> Iterator[str]:
    """Yield a row for each tool, those with something wrong first."""
    tools = [tool for server in changes.servers for tool in server.tools]
    for tool in sorted(tools, key=lambda tool: (not tool.wrong, not any(tool.objections))):
        told = [f"**{word}**: {prose(text)}" for word, text in objections(tool.objections)]
        cells = (
            f"{code(tool.name)} {tool.state.value}" + (f" ({prose(tool.note)})" if tool.note else ""),
            prose(score(tool).removeprefix("score ")),
            tokens(tool).removesuffix(" tokens"),
            "<br>".join(told),
            "<br>".join(map(_diff, tool.texts)),
        )
        yield f"| {' | '.join(cells)} |"


def _server(server: ServerChange) -> str:
    """Return the change of a server; empty if only its tools changed."""
    said = [f"was {code(server.was)}"] if server.was else []
    said += [prose(server.note)] if server.note else []
    if server.state is ChangeState.CHANGED and not said:
        return ""
    return f"server {code(server.key)} {server.state.value}" + (f": {'; '.join(said)}" if said else "")


def _diff(text: TextChange) -> str:
    where = f"{code(text.parameter)}: " if text.parameter else ""
    return where + " ".join(map(_piece, merged(text.before, text.after)))


def _piece(piece: WordSpan) -> str:
    """Return marked words whole and long passages that did not change without their middle."""
    mark = _MARKS.get(piece.mark)
    if mark:
        return f"<{mark}>{prose(piece.text)}</{mark}>"
    words = piece.text.split()
    if len(words) > 2 * _AROUND:
        return f"{prose(' '.join(words[:_AROUND]))} … {prose(' '.join(words[-_AROUND:]))}"
    return prose(piece.text)
