"""Tools that reach the outside world and say that they do not.

## What it checks

Tools with `openWorldHint: false` whose name, or first sentence, searches the web, opens or reads an address that the
caller gives, or sends mail and messages; and servers of a hosted service that have the hint in all their tools. One
finding for the server; the second kind is a note, because the author may mean the user's own data.

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

Tools without the hint, whose default is true, servers of a hosted service of whose tools only some have it, and
servers whose service nobody knows by name.

## References

- Model Context Protocol 2026-07-28, ToolAnnotations: the world of a web search tool is open, that of a memory tool is
  not.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model import Severity
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.reading.verbs import own_words
from toolsmell.rules.base import Hit, Options
from toolsmell.text import pattern, words_of

_WEB = (
    r"\b(?:search(?:es)?|brows(?:e|es)|crawls?|scrapes?|queries|query) (?:the )?(?:\w+ )?(?:web|internet)\b"
    r"|\bweb (?:search|scrap|crawl)\w*|\bfrom the (?:web|internet)\b"
    r"|\b(?:fetch(?:es)?|scrapes?|crawls?|downloads?|opens?|retrieves?) (?:\w+ ){0,4}"
    r"(?:web ?pages?|web ?sites?|urls?)\b"
)
_FEWEST = 3
"""Tools of a server that make a habit."""
_SEND = frozenset(("send", "reply", "forward"))
_SENT = frozenset("email emails mail mails sms message messages dm tweet webhook".split())
_HOSTED = frozenset(
    "github gitlab bitbucket jira confluence atlassian slack discord notion linear asana trello monday airtable todoist"
    " clickup zendesk intercom hubspot salesforce pipedrive stripe paypal xero shopify twilio sendgrid mailchimp gmail"
    " gdrive google youtube spotify twitter reddit linkedin facebook instagram telegram whatsapp dropbox digitalocean"
    " heroku netlify vercel cloudflare aws azure gcp firebase supabase neon datadog sentry pagerduty grafana figma"
    " contentful openai anthropic perplexity elevenlabs replicate zapier calendly zoom mapbox postman".split()
)
"""Services that are reached over the network, by a word in the name of their server."""
_LOCAL = r"\blocalhost|\blocal\b|\bcache|\btab\b|\bsession\b|\bagents?\b"


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    found = [(tool, why) for tool in server.tools if _closed(tool) and (why := _reaches_out(tool))]
    if found:
        tool, why = found[0]
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        yield Hit(
            "/annotations/openWorldHint",
            f"openWorldHint of '{shown(tool.tool.label, 50)}'{more} is false, but its text says '{shown(why, 50)}':"
            " clients trust what it brings",
            excerpt="openWorldHint",
            tool=tool.tool.index,
            help='write "openWorldHint": true',
            members=tuple((tool.tool.index, "/annotations/openWorldHint") for tool, _ in found),
        )
    elif service := _hosted(server):
        count = len(server.tools)
        yield Hit(
            "/annotations/openWorldHint",
            f"openWorldHint is false in all {count} tools, but the server works with {shown(service, 30)}, which is"
            " outside: clients trust what it brings",
            excerpt="openWorldHint of all",
            tool=server.tools[0].tool.index,
            severity=Severity.NOTE,
            help='write "openWorldHint": true, or remove the hint',
            members=tuple((tool.tool.index, "/annotations/openWorldHint") for tool in server.tools),
        )


def _hosted(server: ServerContext) -> str | None:
    """Return the hosted service of a server all of whose tools deny the world outside."""
    if len(server.tools) < _FEWEST or not all(map(_closed, server.tools)):
        return None
    written = words_of(f"{server.manifest.name or ''} {server.manifest.key}")
    known = sorted(_HOSTED.intersection((*server.name_words, *written)))
    return known[-1] if known else None


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
