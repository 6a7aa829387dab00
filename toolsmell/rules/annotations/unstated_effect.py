"""A tool that may destroy something and does not say what is lost.

## What it checks

Tools that delete, remove or overwrite something by their name: a sentence must say whether that can be undone, or what
else goes with it. Tools with a parameter for the file to write (`output_path`): a text must say what happens if the
file exists. All tools of a server with one of these faults are one finding.

## Why it matters

The agent decides by the text whether to ask the user first. `destructiveHint` tells the client that something is lost,
not what, nor whether a trash keeps it.

## Smelly

```json
{"name": "delete_album", "description": "Deletes an album.", "annotations": {"destructiveHint": true},
 "inputSchema": {"type": "object", "properties": {"id": {"type": "string", "description": "Id from list_albums."}}}}
```

## Better

```json
{"name": "delete_album", "annotations": {"destructiveHint": true},
 "description": "Deletes an album for good; its photos stay in the library.",
 "inputSchema": {"type": "object", "properties": {"id": {"type": "string", "description": "Id from list_albums."}}}}
```

## Not flagged

Texts that say anything of undoing, keeping, trash, cascades or permanence, of existing files or new names, tools that
take away a mark (label, tag, member, favourite), folders to write to, and texts in other scripts.

## References

- Model Context Protocol 2025-06-18, ToolAnnotations: hints are for clients, and untrusted.
"""

from collections.abc import Iterator, Sequence
from re import IGNORECASE

from toolsmell.escape import shown
from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.reading.verbs import Deed, deed_of, opening_deed, own_words
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter
from toolsmell.text import identifier_words, pattern

_NAMED = 3
_SHORT = 50
"""A first sentence of so many characters can take two words more."""
_MARKS = frozenset(
    "label labels tag tags reaction reactions member members membership from assignee reviewer filter filters watcher "
    "subscription follower favorite favourite star pin permission permissions role http request".split()
)
_SAID = (
    r"permanent|irreversib|undo|undone|revers|restor|recover|trash|archiv|recycle|soft|cascad|for good|forever|lost"
    r"|kept|keeps"
    r"|stay|remain|also (?:delet|remov)|and all|along with|including|cannot|can't|only if|fails? (?:if|when)|warning"
    r"|caution"
    r"|refuse|confirm|and (?:its|their)|danger|backup|not affect|but (?:not|leave)|without|\bhttp\b"
)


_NO_THING = frozenset("tool tools mcp api".split())
_OF_THE_CALL = frozenset("by from in on with for of at to".split())
"""Words after which a name tells of the call, not of the thing: `delete_album_by_id`."""
_OUTPUT = frozenset("output out dest destination save".split())
_FILE = frozenset("path file filename filepath".split())
_FILE_SAID = r"overwrit|replac|exist|append|unless|unique|timestamp|temporary|director|folder|\bnew (?:file|name)"


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    silent = [tool for tool in server.tools if _silent(tool)]
    if silent:
        yield _lost(silent)
    writers = [(tool, name) for tool in server.tools if (name := _overwrites(tool))]
    if writers:
        yield _overwritten(writers)


def _overwritten(writers: Sequence[tuple[ToolContext, str]]) -> Hit:
    tool, parameter = writers[0]
    more = f" (and {len(writers) - 1} more)" if len(writers) > 1 else ""
    return Hit(
        "/description",
        f"nothing says what '{shown(tool.tool.label, 40)}'{more} does if the file in '{shown(parameter, 40)}' exists:"
        " an agent may overwrite it",
        excerpt="overwrite",
        tool=tool.tool.index,
        help=f"say in the description of '{shown(parameter, 40)}' whether an existing file is replaced, or the call"
        " fails",
        members=tuple((tool.tool.index, "/description") for tool, _ in writers),
    )


def _overwrites(tool: ToolContext) -> str | None:
    """Return the parameter with the file that the tool writes, if no text says what happens to an existing one."""
    outputs = [parameter.name for parameter in tool.parameters if _is_output(parameter)]
    if len(outputs) != 1 or tool.text.script != "latin":
        return None
    names = " ".join(parameter.name for parameter in tool.parameters).lower()
    return None if pattern(_FILE_SAID).search(f"{tool.prose_lower} {names}") else outputs[0]


def _is_output(parameter: Parameter) -> bool:
    words = identifier_words(parameter.name)
    return len(words) > 1 and words[-1] in _FILE and not _OUTPUT.isdisjoint(words) and "string" in parameter.types


def _lost(silent: Sequence[ToolContext]) -> Hit:
    names = ", ".join(f"'{shown(tool.tool.label, 40)}'" for tool in silent[:_NAMED])
    more = f" and {len(silent) - _NAMED} more" if len(silent) > _NAMED else ""
    return Hit(
        "/description",
        f"nothing says whether what {names}{more} {'delete' if len(silent) > 1 else 'deletes'} can be restored, or"
        f" what is"
        " lost with it: an agent cannot tell whether to ask first",
        excerpt="effect",
        tool=silent[0].tool.index,
        help=f"say in '{shown(silent[0].tool.label, 40)}' whether it can be undone and what goes with it, such as"
        f" '{_example(silent[0])}'",
        members=tuple((tool.tool.index, "/description") for tool in silent),
    )


def _example(tool: ToolContext) -> str:
    """Return a sentence for one tool: 'Deletes the album for good; nothing else is deleted'."""
    opening = tool.text.sentences[0].text.rstrip(".") if opening_deed(tool) and tool.text.sentences else ""
    opening = pattern(r" (?:by|using|with) (?:its |the |an? )?(?:\w+ )?(?:id|name|key|uuid)s?$", IGNORECASE).sub(
        "", opening
    )
    if 0 < len(opening) <= _SHORT and opening.isascii() and opening.replace(" ", "").isalnum():
        return f"{opening} for good; nothing else is deleted"
    deed = deed_of(tool)
    words = [word for word in own_words(tool) if word not in _NO_THING and (deed is None or word != deed[0])]
    words = words[: next((at for at, word in enumerate(words) if at and word in _OF_THE_CALL), None)]
    return f"Deletes the {shown(' '.join(words) or 'record', 40)} for good; nothing else is deleted"


def _silent(tool: ToolContext) -> bool:
    deed = deed_of(tool)
    if deed is None or deed[1] is not Deed.DESTROY or not _MARKS.isdisjoint(tool.name_words):
        return False
    if not tool.text.raw.strip() or tool.text.script != "latin" or pattern(_SAID).search(tool.text.lower):
        return False
    return not tool.reading.says(StatementKind.EFFECT)
