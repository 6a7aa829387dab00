"""A tool that needs what another tool starts, with no word of it.

## What it checks

Required parameters that name a running thing (a session, job, run, sandbox, browser, transaction ...) where another
tool of the server starts it. Some description, or the server's instructions, must say so. One finding for each such
parameter in a server.

## Why it matters

The thing does not exist before the other tool was called. An agent that does not know makes an id up, and fails in a
way that looks like a fault of the server.

## Smelly

```json
[{"name": "create_sandbox", "description": "Creates a sandbox.", "inputSchema": {"type": "object"}},
 {"name": "run_code", "description": "Runs code.", "inputSchema": {"type": "object", "required": ["sandbox_id"],
   "properties": {"sandbox_id": {"type": "string", "description": "The sandbox."}, "code": {"type": "string"}}}}]
```

## Better

```json
[{"name": "create_sandbox", "description": "Creates a sandbox and returns its id.", "inputSchema": {
  "type": "object"}},
 {"name": "run_code", "description": "Runs code.", "inputSchema": {"type": "object", "required": ["sandbox_id"],
   "properties": {"sandbox_id": {"type": "string", "description": "Id that create_sandbox returned."}, "code": {
  "type": "string"}}}}]
```

## Not flagged

Things that stay (a user, an order), things that another tool lists, and ids that no tool of the server makes
(`unexplained-id`).

## References

- Anthropic, "Writing effective tools for AI agents" (2025): make the order of calls explicit.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.catalogue._words import stem
from toolsmell.schema.reader import Parameter
from toolsmell.text import identifier_words, pattern

_RUNNING = frozenset(
    "session sandbox job run crawl browser connection process transaction upload batch operation export import "
    "prediction generation research task call terminal stream recording trace build deployment execution".split()
)
_STARTS = frozenset(
    "create start open launch begin connect new run init initialize submit spawn execute trigger".split()
)
_LISTS = frozenset(("list", "search", "find", "query", "browse", "all"))
_GETS = frozenset(("get", "fetch", "show", "read"))
_ENDINGS = frozenset(("id", "uid", "uuid", "handle", "token", "key", "identifier"))
_SAID = (
    r"\b(?:from|return|obtain|created|started|opened|given by|provided by|response|result|first|previous|before|after"
    r"|earlier)"
)


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    starters = _starters(server)
    if not starters:
        return
    said: dict[str, tuple[ToolContext, Parameter] | None] = {}
    for tool in server.tools:
        for parameter in tool.parameters:
            thing = _thing(parameter)
            starter = starters.get(thing or "")
            if not thing or starter is None or starter is tool:
                continue
            if thing in said and said[thing] is None:
                continue
            if _explained(tool, parameter, starter, thing):
                said[thing] = None
            else:
                said.setdefault(thing, (tool, parameter))
    for thing, place in said.items():
        if place:
            tool, parameter = place
            yield Hit(
                parameter.pointer,
                f"'{shown(parameter.name)}' must come from '{shown(starters[thing].tool.label)}', but nothing says so: "
                "an agent makes one up",
                excerpt=parameter.name,
                tool=tool.tool.index,
            )


def _starters(server: ServerContext) -> dict[str, ToolContext]:
    """Return, for each running thing that no tool lists, the tool that starts it."""
    found: dict[str, ToolContext] = {}
    listed: set[str] = set()
    for tool in server.tools:
        plural = not _GETS.isdisjoint(tool.name_words) and tool.name_words[-1].endswith("s")
        if plural or not _LISTS.isdisjoint(tool.name_words):
            listed.update(map(stem, tool.name_words))
        elif not _STARTS.isdisjoint(tool.name_words) and not _RUNNING.isdisjoint(
            words := set(map(stem, tool.name_words))
        ):
            for thing in words & _RUNNING - _STARTS:
                found.setdefault(thing, tool)
    return {thing: tool for thing, tool in found.items() if thing not in listed}


def _thing(parameter: Parameter) -> str | None:
    """Return the running thing that a required parameter names."""
    if not parameter.required or len(parameter.name) > 40:
        return None
    words = identifier_words(parameter.name)
    if len(words) > 1 and words[-1] in _ENDINGS:
        words = words[:-1]
    thing = stem(words[-1]) if len(words) == 1 else ""
    return thing if thing in _RUNNING else None


def _explained(tool: ToolContext, parameter: Parameter, starter: ToolContext, thing: str) -> bool:
    name = (starter.tool.name or "").lower()
    described = (parameter.description or "").lower()
    instructions = (tool.server.manifest.instructions or "").lower()
    if any(name in text for text in (described, tool.text.lower, instructions)) or pattern(_SAID).search(described):
        return True
    if any(thing in text and pattern(_SAID).search(text) for text in (tool.text.lower, instructions)):
        return True
    return thing in starter.text.lower and bool(pattern(r"\breturn|\bid\b|identifier").search(starter.text.lower))
