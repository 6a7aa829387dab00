"""Tools that reach the outside world and say that they do not.

## What it checks

Tools with `openWorldHint: false` whose name, or first sentence, searches the web, opens or reads an address that the
caller gives, or sends mail and messages. One finding for the server.

## Why it matters

What such a tool returns was written by strangers, and what it sends leaves the house. Clients that ask the user only
for tools of the open world let it pass.

## Smelly

```json
{"name": "fetch_page", "description": "Fetches a web page.", "annotations": {"readOnlyHint": true,
  "openWorldHint": false}, "inputSchema": {"type": "object", "properties": {"url": {"type": "string"}}}}
```

## Better

```json
{"name": "fetch_page", "description": "Fetches a web page.", "annotations": {"readOnlyHint": true,
  "openWorldHint": true}, "inputSchema": {"type": "object", "properties": {"url": {"type": "string"}}}}
```

## Not flagged

Tools without the hint, whose default is true, and tools that work on one account of a service: whether that world is
closed is a matter of opinion.

## References

- Model Context Protocol 2026-07-28, ToolAnnotations: the world of a web search tool is open, that of a memory tool is
  not.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.reading.verbs import own_words
from toolsmell.rules.base import Hit, Options
from toolsmell.text import pattern

_WEB = (
    r"\b(?:search(?:es)?|brows(?:e|es)|crawls?|scrapes?|queries|query) (?:the )?(?:\w+ )?(?:web|internet)\b"
    r"|\bweb (?:search|scrap|crawl)\w*|\bfrom the (?:web|internet)\b"
    r"|\b(?:fetch(?:es)?|scrapes?|crawls?|downloads?|opens?|retrieves?) (?:\w+ ){0,4}"
    r"(?:web ?pages?|web ?sites?|urls?)\b"
)
_SEND = frozenset(("send", "reply", "forward"))
_SENT = frozenset("email emails mail mails sms message messages dm tweet webhook".split())
_LOCAL = r"\blocalhost|\blocal\b|\bcache|\btab\b|\bsession\b|\bagents?\b"


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    found = [(tool, why) for tool in server.tools if _closed(tool) and (why := _reaches_out(tool))]
    if found:
        tool, why = found[0]
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        yield Hit(
            "/annotations/openWorldHint",
            f"openWorldHint of '{shown(tool.tool.label, 50)}' is false, but its text says '{shown(why, 50)}'{more}:"
            " clients trust what it brings",
            excerpt="openWorldHint",
            tool=tool.tool.index,
            help='write "openWorldHint": true',
            members=tuple((tool.tool.index, "/annotations/openWorldHint") for tool, _ in found),
        )


def _closed(tool: ToolContext) -> bool:
    return bool(tool.tool.annotations) and (tool.tool.annotations or {}).get("openWorldHint") is False


def _reaches_out(tool: ToolContext) -> str:
    """Return the words that tell of the world outside; the empty text if there are none."""
    sentences = tool.text.sentences
    first = sentences[0].text.lower() if sentences else ""
    if pattern(_LOCAL).search(first):
        return ""
    web = pattern(_WEB).search(first)
    if web:
        return web[0]
    words = own_words(tool)
    if words and words[0] in _SEND and not _SENT.isdisjoint(words[1:3]):
        return " ".join(words)
    return ""
