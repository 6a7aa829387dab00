"""A type in the text that is not the one in the schema.

## What it checks

Parameters whose description names a type (`limit (int): ...`, 'comma-separated', 'JSON string', 'list of', 'whether
to') that the schema's `type` does not have.

## Why it matters

An agent that follows the sentence gets an error; one that follows the schema may be misunderstood:
a list where a text with commas was meant.

## Smelly

```json
{"name": "tag_order", "description": "Adds tags to an order.",
 "inputSchema": {"type": "object", "properties": {
   "tags": {"type": "array", "items": {"type": "string"}, "description": "Comma-separated tags to add."}}}}
```

## Better

```json
{"name": "tag_order", "description": "Adds tags to an order.",
 "inputSchema": {"type": "object", "properties": {
   "tags": {"type": "array", "items": {"type": "string"}, "description": "Tags to add."}}}}
```

## Not flagged

Integers that are called numbers, and a text for which the text says how the list is written in it.

## References

- JSON Schema 2020-12, Validation, 6.1.1 `type`.
"""

from collections.abc import Iterator
from re import IGNORECASE

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import choices_of
from toolsmell.text import pattern

_NAMES = {
    **dict.fromkeys(("str", "string", "text"), "string"),
    **dict.fromkeys(("int", "integer"), "integer"),
    **dict.fromkeys(("float", "number", "double"), "number"),
    **dict.fromkeys(("bool", "boolean"), "boolean"),
    **dict.fromkeys(("list", "array"), "array"),
    **dict.fromkeys(("dict", "object", "map"), "object"),
}
_SHOWN = {
    "array": "a list", "string": "a text", "object": "an object", "integer": "a whole number", "number": "a number",
    "boolean": "true or false",
}  # fmt: skip
_LITERALS = ("list of", "array of", "whether", "if true", "set to true", "boolean", "true to", "comma", "json")
_LIST = r"\W{0,2}(?:optional:? )?(?:an? )?(?:array|list) of\b"
_WRITTEN = r"separat|delimit|json|string|newline|one per line|each line|csv|identif|specify each|list of \w+ ids?\b"
_SEPARATED = r"\bcomma[- ](?:separated|delimited)\b"
_ENCODED = r"\bjson[- ](?:encoded )?string\b|\bstringified\b|\bjson[- ]encoded\b"
_WHETHER = r"\W{0,2}(?:optional:? )?(?:whether|if true\b|set to true\b|boolean\b|true to\b)"


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    likely = any(map(tool.prose_lower.__contains__, _LITERALS))
    for parameter, text, signature in tool.explanations if likely or tool.entries else ():
        if not likely and not signature:
            continue
        types = parameter.types if not choices_of(parameter.schema) else frozenset()
        said = _signature(signature, types) or _prose(text.lower, types) if types else None
        if said:
            yield Hit(
                parameter.pointer,
                f"the text asks for {said} in '{shown(parameter.path)}', the schema for {_shown(types)}: an agent"
                " passes the wrong one",
                excerpt=said,
                help=f"write the same type in the text and in the schema of '{shown(parameter.path)}'",
            )


def _shown(types: frozenset[str]) -> str:
    return " or ".join(_SHOWN.get(name, name) for name in sorted(types - {"null"}))


def _signature(signature: str, types: frozenset[str]) -> str | None:
    if not signature:
        return None
    first = pattern(r"[a-z]+").match(signature.lower())
    named = _NAMES.get(first[0]) if first else None
    if named is None or named in types or {named, *types} >= {"integer", "number"}:
        return None
    alternatives = pattern(r"\bor\b|\||,|/").split(signature.lower())
    return None if any(_NAMES.get(a.strip()) in types for a in alternatives) else named


def _prose(lower: str, types: frozenset[str]) -> str | None:
    if types == {"string"}:
        if (
            ("array of" in lower or "list of" in lower)
            and pattern(_LIST).match(lower)
            and not pattern(_WRITTEN).search(lower)
        ):
            return "a list"
        if (
            " or " not in lower
            and pattern(_WHETHER).match(lower)
            and not pattern(r"string|'true'|\"true\"|yes|['\"`]").search(lower)
        ):
            return "true or false"
    elif "string" not in types and not types.isdisjoint(("array", "object")):
        if "array" in types and "comma" in lower and pattern(_SEPARATED, IGNORECASE).search(lower):
            return "text with commas"
        if "json" in lower and pattern(_ENCODED).search(lower):
            return "JSON as text"
    return None
