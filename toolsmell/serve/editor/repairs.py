"""Offers repairs for the problems of a document: fix, suppress with a reason, ask for a brief."""

import json
import os
from collections.abc import Iterator
from typing import Final, NamedTuple

from toolsmell.app import brief
from toolsmell.editing import fixes
from toolsmell.errors import ToolsmellError
from toolsmell.escape import visible
from toolsmell.model import Location, Manifest
from toolsmell.reporters.parts.columns import cut_end
from toolsmell.rewrite.brief_text import text_of
from toolsmell.serve.editor.problems import BufferSpan, span_of
from toolsmell.serve.editor.scanned import About, Buffer, CheckedBuffer, Load, beginnings, check, same_file
from toolsmell.sources.suffixes import SOURCE_ENDINGS

MOST: Final = 5
"""Problems in a selection for which something is offered."""
_ABOVE: Final = 4
"""Lines above the name of a tool on which the tool may begin, for instance with a decorator."""
_REASON: Final = "say why"
_CONFIG: Final = "toolsmell.toml"


class BufferEdit(NamedTuple):
    """A part of a file and its new text."""

    path: str
    span: BufferSpan
    text: str


class Repair(NamedTuple):
    """An action for one problem."""

    title: str
    rule: str
    span: BufferSpan
    """The place of the problem."""
    changes: tuple[BufferEdit, ...] = ()
    create: str | None = None
    """A file that is made first if it does not exist."""
    preferred: bool = False
    tool: str | None = None
    """The tool whose brief is asked for instead of a change."""


def repairs(checked: CheckedBuffer, selected: BufferSpan, load: Load) -> tuple[Repair, ...]:
    """Return the code actions for the problems in a selection."""
    found = [about for about in checked.found() if _meet(span_of(about.finding), selected)][:MOST]
    own = [repair for about in found for repair in _repairs(checked, about, load)]
    briefs = {repair.tool: repair for about in found for repair in _briefs(about)}
    return (*own, *briefs.values())


def brief_text(checked: CheckedBuffer, name: str) -> str:
    """Return the brief of a tool of the document. Raises `ToolsmellError` if it has no such tool."""
    for server in checked.servers:
        if checked.project and any(tool.name == name for tool in server.manifest.tools):
            options = checked.project.options._replace(tools=frozenset((name,)))
            return "\n".join(text_of(found) for found in brief(server.manifest, options))
    raise ToolsmellError(f"the document has no tool named '{name}'")


def _meet(one: BufferSpan, other: BufferSpan) -> bool:
    return (one.line, one.column) <= (other.end_line, other.end_column) and (other.line, other.column) <= (
        one.end_line,
        one.end_column,
    )


def _repairs(checked: CheckedBuffer, about: About, load: Load) -> Iterator[Repair]:
    finding = about.finding
    where = _where(about)
    if (fix := _fix(checked, about)) and finding.fix:
        title = cut_end(visible(f"{finding.fix.description} ({finding.id})"), 120)
        yield Repair(title, *where, fix, preferred=True)
    if suppression := _suppression(checked, about, load):
        yield suppression


def _briefs(about: About) -> Iterator[Repair]:
    if about.tool and about.tool.name:
        title = f"Copy the brief for {cut_end(visible(about.tool.name), 60)}"
        yield Repair(title, *_where(about), tool=about.tool.name)


def _where(about: About) -> tuple[str, BufferSpan]:
    return about.finding.id, span_of(about.finding)


def _fix(checked: CheckedBuffer, about: About) -> tuple[BufferEdit, ...]:
    if about.tool is None or about.server.manifest.locator is None:
        return ()
    try:
        fixed = fixes.single(about.server.manifest, about.tool, about.finding)
    except ToolsmellError:
        return ()  # the literal cannot take the text; the finding says what to do by hand
    files = fixed.after if fixed else {}
    if any(not same_file(file, checked.buffer.path) for file in files):
        return ()
    return tuple(change(checked.buffer, data.decode("utf-8", "surrogatepass")) for data in files.values())


def change(buffer: Buffer, after: str) -> BufferEdit:
    """Return the smallest single change that turns a document into `after`."""
    before = buffer.text
    start = next((i for i, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), None)
    start = min(len(before), len(after)) if start is None else start
    most = min(len(before), len(after)) - start
    end = next((i for i in range(most) if before[-1 - i] != after[-1 - i]), most)
    span = BufferSpan(*_position(before, start), *_position(before, len(before) - end))
    return BufferEdit(buffer.path, span, after[start : len(after) - end])


def _position(text: str, offset: int) -> tuple[int, int]:
    line = text.count("\n", 0, offset)
    return line, offset - (text.rfind("\n", 0, offset) + 1)


def _suppression(checked: CheckedBuffer, about: About, load: Load) -> Repair | None:
    title = f"Suppress {about.finding.id} here, with a reason"
    if checked.buffer.path.endswith(SOURCE_ENDINGS):
        text = _with_comment(checked, about, load)
        return Repair(title, *_where(about), (change(checked.buffer, text),)) if text else None
    return _row(checked, about, title.replace("here", "in the configuration"))


def _with_comment(checked: CheckedBuffer, about: About, load: Load) -> str | None:
    """Return the document with a comment that suppresses the finding and changes nothing else, or None."""
    lines = checked.buffer.text.splitlines(keepends=True)
    mark = "#" if checked.buffer.path.endswith(".py") else "//"
    for line in _lines_for_comment(checked, about):
        if not 0 < line <= len(lines):
            continue
        code = lines[line - 1]
        indent = code[: len(code) - len(code.lstrip())]
        end = "\r\n" if code.endswith("\r\n") else "\n"
        comment = f"{indent}{mark} toolsmell: ignore[{about.finding.id}] {_REASON}{end}"
        text = "".join((*lines[: line - 1], comment, *lines[line - 1 :]))
        if _suppresses(check(checked.buffer._replace(text=text), load), checked, about):
            return text
    return None


def _lines_for_comment(checked: CheckedBuffer, about: About) -> Iterator[int]:
    """Yield lines above which a comment may be about the finding: its own, then those on which its tool may begin."""
    at = about.finding.location
    if at is not None:
        yield at.line
    start = _start(checked, about)
    yield from (start.line - above for above in range(_ABOVE + 1) if start)


def _start(checked: CheckedBuffer, about: About) -> Location | None:
    found = (at for tool, at in beginnings(about.server) if about.tool and tool.index == about.tool.index)
    return next((at for at in found if same_file(at.file, checked.buffer.path)), None)


def _suppresses(after: CheckedBuffer, before: CheckedBuffer, about: About) -> bool:
    texts = [_texts(one.manifest) for one in before.servers]
    kept = [_texts(one.manifest) for one in after.servers]
    gone = all(found.identity != about.identity for found in after.found())
    return gone and texts == kept


def _texts(manifest: Manifest) -> list[object]:
    return [tool.raw for tool in manifest.tools]


def _row(checked: CheckedBuffer, about: About, title: str) -> Repair | None:
    """Return the change that adds a row to the configuration: JSON has no comments."""
    name = about.tool.name if about.tool else None
    if name is not None and visible(name) != name:
        return None
    known = checked.project.file if checked.project else None
    file = known or os.path.join(_top(os.path.dirname(checked.buffer.path)), _CONFIG)
    table = "tool.toolsmell.suppress" if file.endswith("pyproject.toml") else "suppress"
    tool = f"tool = {json.dumps(name, ensure_ascii=False)}\n" if name else ""
    row = f'\n[[{table}]]\nrule = "{about.finding.id}"\n{tool}reason = "{_REASON}"\n'
    lines = _lines_of(file) if known else 0
    added = BufferEdit(file, BufferSpan(lines, 0, lines, 0), row)
    return Repair(title, *_where(about), (added,), create=None if known else file)


def _top(folder: str) -> str:
    """Return the top of the repository around a folder, or the folder itself."""
    above = folder
    while not os.path.exists(os.path.join(above, ".git")):
        if above == os.path.dirname(above):
            return folder
        above = os.path.dirname(above)
    return above


def _lines_of(file: str) -> int:
    """Return the number of lines of a file on the disk; an editor puts what lies beyond its end at the end."""
    try:
        with open(file, "rb") as stream:
            data = stream.read()
    except OSError:
        return 0
    return data.count(b"\n") + (0 if data.endswith(b"\n") or not data else 1)
