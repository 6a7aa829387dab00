"""A tool that says it does nothing yet.

## What it checks

Sentences of a description by which the tool is not there yet: `v1 stub: ...`, `Not implemented`, `Coming soon`,
`Placeholder tool`, `Does nothing yet`. All such tools of a server are one finding.

## Why it matters

A list of tools is paid for in every request, and an agent that picks a stub has wasted a call. It may also take the
empty answer for a fact: nothing is selected, no job is running.

## Smelly

```json
{"name": "get_tide", "description": "Tide of a harbour. v1 stub: returns valid:false.", "inputSchema": {
  "type": "object"}}
```

## Better

```json
{"name": "get_tide", "description": "Height of the tide in metres, measured in the last ten minutes.", "inputSchema": {
  "type": "object"}}
```

## Not flagged

Sentences with a condition or about a part of the tool ("a folder is not implemented", "not implemented for Windows"),
and tools whose name is about stubs.

## References

- Anthropic, "Writing effective tools for AI agents" (2025): fewer tools, each of which does something.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.text import pattern

_LITERALS = ("stub", "implemented", "coming soon", "placeholder", "does nothing", "functional")
_STUB = (
    r"(?:^|[\W_])(?:v\d+ |currently (?:a |an )?|(?:this|it) is (?:only )?a )?"
    r"stub(?:bed)?(?=[:.,;)]| [—–-]| implementation| for now|$)"
    r"|^\W*(?:(?:this tool|this|it) is )?(?:currently )?"
    r"(?:not (?:yet |currently )?(?:implemented|functional)|unimplemented)\b"
    r"|^\W*(?:this tool is )?coming soon\b|\(coming soon\)|\bplaceholder (?:tool|implementation)\b"
    r"|\bdoes nothing (?:yet|for now|in this version)\b"
)
_CONDITION = r"\b(?:if|when|unless|for|on|in case|except)\b"


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    stubs = [(tool, said) for tool in server.tools if (said := _says_stub(tool))]
    if stubs:
        tool, said = stubs[0]
        more = f" and {len(stubs) - 1} more" if len(stubs) > 1 else ""
        yield Hit(
            "/description",
            f"'{shown(tool.tool.label, 50)}'{more} {'say' if more else 'says'} that nothing is there yet"
            f" ('{shown(said, 50)}'): an agent wastes a call, or takes the empty answer for a fact",
            excerpt="stub",
            tool=tool.tool.index,
            help=f"leave '{shown(tool.tool.label, 50)}' out of the list until it works",
            members=tuple((each.tool.index, "/description") for each, _ in stubs),
        )


def _says_stub(tool: ToolContext) -> str | None:
    """Return the sentence by which the tool is a stub, or None."""
    lower = tool.text.lower
    if not any(map(lower.__contains__, _LITERALS)) or not {"stub", "stubs", "placeholder"}.isdisjoint(tool.name_words):
        return None
    for span in tool.text.sentences:
        found = pattern(_STUB).search(span.text.lower())
        if found and not pattern(_CONDITION).search(span.text.lower()[: found.end() + 8]):
            return span.text
    return None
