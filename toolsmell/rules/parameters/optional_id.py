"""The only id, or the only content, that a tool needs is optional.

## What it checks

Tools that by their name get, update or delete one thing, and whose only identifying parameter is not in `required`.
Tools that make, change or replace something, and whose only parameter besides required ids, an object or a list, is not
in `required`.

## Why it matters

The schema allows a call that does not say which thing to change. The call fails, or changes something that
nobody meant. Without its content, an update changes nothing, or empties what was there.

## Smelly

```json
{"name": "delete_note", "description": "Deletes a note.", "inputSchema": {"type": "object", "properties": {
  "note_id": {"type": "string", "description": "Id of the note, from list_notes."}}}}
```

## Better

```json
{"name": "delete_note", "description": "Deletes a note.", "inputSchema": {"type": "object", "required": ["note_id"],
  "properties": {"note_id": {"type": "string", "description": "Id of the note, from list_notes."}}}}
```

## Not flagged

Tools with another parameter that may identify the thing (name, path, url, ids), with any required parameter, with a
default, and texts that say what happens without the id.

## References

- JSON Schema 2020-12, Validation, section 6.5.3: a property that is not in `required` may be left out.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.reading.verbs import Deed, deed_of
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter
from toolsmell.text import identifier_words, last_word, pattern

_ONE = frozenset("get read fetch show describe view retrieve".split())
_IDENTIFY = frozenset(
    "id ids name names slug url urls uri email key keys uuid path paths query filter number title ref handle login "
    "username symbol code selector target data request payload input update".split()
)
_WITHOUT = (
    r"optional|omit|if not|unless|default|current|leave|left out|otherwise|\ball\b|\bor\b|either|active|latest"
    r"|when (?:no|not)|without|if (?:provided|given|specified|empty|null)|logged"
)


_IDS = frozenset("id ids uuid guid key slug".split())
_WRITES = frozenset("put replace set add".split())
"""Verbs of tools that take what they write, besides those of `reading.verbs`."""
_EMPTY = r"optional|omit|unless|default|\bleave|left out|otherwise|\bif\b|\bwhen\b|empty|clear|\bnone\b|without|either"
"""Words on what happens without the content."""


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if content := _content(tool):
        name = shown(content.name)
        yield Hit(
            content.pointer,
            f"'{name}' is all that '{shown(tool.tool.label, 50)}' could write, and it is not required: a call without"
            " it fails, or empties the thing",
            excerpt=content.name,
            help=f"add '{name}' to 'required'",
        )
    deed = deed_of(tool)
    if deed is None or deed[1] is Deed.CREATE or (deed[1] is Deed.READ and deed[0] not in _ONE):
        return
    if any(parameter.required for parameter in tool.parameters) or _conditional(tool):
        return
    naming = [parameter for parameter in tool.parameters if _identifies(parameter)]
    if len(naming) == 1 and _is_id(naming[0], tool) and not _may_miss(naming[0], tool):
        name = shown(naming[0].name)
        yield Hit(
            naming[0].pointer,
            f"'{name}' is the only parameter that says which thing to {deed[0]}, and it is not required: a call without"
            " it fails, or reaches something else",
            excerpt=naming[0].name,
            help=f"add '{name}' to 'required'",
        )


def _content(tool: ToolContext) -> Parameter | None:
    """Return the only parameter with something to write, if it may be left out and no text says what happens then."""
    deed = deed_of(tool)
    writes = deed[1] in (Deed.CREATE, Deed.CHANGE) if deed else not _WRITES.isdisjoint(tool.name_words[:1])
    if not writes or _conditional(tool) or not tool.read_whole:
        return None
    rest = [parameter for parameter in tool.parameters if last_word(parameter.name) not in _IDS]
    if len(rest) != 1 or not all(parameter.required for parameter in tool.parameters if parameter is not rest[0]):
        return None
    content = rest[0]
    if content.required or content.default is not None or content.types.isdisjoint(("object", "array")):
        return None
    named = [span.text for span in tool.text.sentences if last_word(content.name) in span.text.lower()]
    said = "\n".join((content.description or "", *named)).lower()
    return None if "null" in content.types or pattern(_EMPTY).search(said) else content


def _conditional(tool: ToolContext) -> bool:
    schema = tool.tool.input_schema or {}
    return not schema.keys().isdisjoint(("anyOf", "oneOf", "allOf", "if", "dependentRequired"))


def _identifies(parameter: Parameter) -> bool:
    return not _IDENTIFY.isdisjoint(identifier_words(parameter.name))


def _is_id(parameter: Parameter, tool: ToolContext) -> bool:
    """Return True if the parameter is `id`, or the id of the thing in the tool's name."""
    words = identifier_words(parameter.name)
    if parameter.default is not None or words[-1:] != ("id",) or "null" in parameter.types:
        return False
    named = {word.removesuffix("s") for word in tool.name_words}
    plural = tool.name_words[-1].endswith("s") and not tool.name_words[-1].endswith("ss")
    return not plural and (len(words) == 1 or words[-2] in named)


def _may_miss(parameter: Parameter, tool: ToolContext) -> bool:
    return bool(pattern(_WITHOUT).search(f"{parameter.description or ''}\n{tool.text.raw}".lower()))
