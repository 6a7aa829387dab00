"""A description that orders the agent to use the tool.

## What it checks

Orders to use the tool always, first, before anything else, or instead of every other one, and orders never to use
built-in or foreign tools.

## Why it matters

Such a line wins by being loud, not by fitting the task. The agent calls the tool for tasks that another one, or none,
would have done right.

## Smelly

```json
{"name": "quick_search", "description": "Searches the web. ALWAYS use this tool instead of any other search tool.",
 "inputSchema": {"type": "object", "properties": {}}}
```

## Better

```json
{"name": "quick_search", "inputSchema": {"type": "object", "properties": {}},
 "description": "Searches the web and returns ten titles with links. For the text of a page use read_page."}
```

## Not flagged

An order between the server's own tools ("call resolve_id before this"), advice for a situation ("call this first if a
page stays empty"), orders about a parameter, and what the tool must not be used for.

## References

- Studies of tool choice find that such wording changes which tool is chosen, whatever the tool does; see also the
  family `security` for instructions that go further.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.text import pattern

_LITERALS = (
    "always use", "always call", "always prefer", "always invoke", "always run", "always choose", "always default",
    "must use this", "must call this", "must run this", "must invoke this", "have to use this", "have to call this",
    "must be called", "must be used", "must be run", "must be invoked", "tool first", "call this first",
    "use this first",
    "before any", "before all", "before every", "before each", "before anything", "before answering",
    "before responding", "use any other", "use other", "never use", "instead of any", "instead of all",
    "instead of the default", "instead of other", "instead of every", "instead of built", "instead of the built",
    "instead of native", "preferred ", "proactively", "whenever possible", "for everything", "as often as",
    "mandatory first",
)  # fmt: skip
_THIS = r"(?:this|it)(?: (?:tool|function|command|server|one|mcp))?"
_DO = r"(?:use|call|prefer|invoke|run|choose)"
_FOREIGN = r"(?:built[- ]?in|native|default|fallback|other|external|generic|your own|standard)"
_ORDERS = (
    rf"\balways {_DO} this (?:tool|function|command|server|one|mcp)\b",
    rf"\balways {_DO} this (?:first|instead|whenever|when|for (?:all|any|every))\b",
    rf"\balways {_DO} this before (?:any|all|every|each|doing|using|responding|answering)\b",
    r"\balways default to(?: using)? this\b",
    rf"\b(?:must|should|have to|need to) always {_DO} {_THIS}\b",
    (
        rf"\b(?:must|have to) (?:always )?{_DO} this(?: \w+)? (?:tool |function )?"
        r"(?:before (?:any|all|every|each|doing|responding|answering)|first\b|for (?:all|any|every)|whenever|every"
        r"|instead of)"
    ),
    (
        r"\bmust (?:always )?be (?:called|used|run|invoked) "
        r"(?:first\b(?! (?:if|when|to))|before (?:any|all|every|each|other))"
    ),
    rf"\b(?:call|use|run|invoke) {_THIS} (?:first,? )?before (?:any other|any|all|anything|everything|every|each)\b",
    r"\bmandatory first step\b",
    (
        rf"\b(?:do not|don['’]t|never) use (?:any )?{_FOREIGN}\b.{{0,40}}"
        r"\b(?:tools?|servers?|functions?|search|commands?)\b"
    ),
    (
        r"\binstead of (?:any|all|every|the default|other|built-in|the built-in|native)\b.{0,40}\b(?:tool|command"
        r"|function|search)s?\b"
    ),
    r"\bpreferred (?:and recommended )?(?:way|tool|method) (?:to|for|of)\b",
    r"\byou must use this tool\b|\balways default to using\b",
    r"\buse this tool (?:proactively|whenever possible|for everything|as often as)",
)


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    lower = tool.text.lower
    if not any(map(lower.__contains__, _LITERALS)):
        return
    for sentence in tool.text.sentences:
        order = _order(sentence.text.lower()) if len(sentence.text) < 2_000 else None
        if order and not _names_sibling(sentence.text, tool):
            yield Hit(
                "/description",
                f"the description orders the agent to choose this tool ('{shown(order, 60)}'): it is picked for tasks"
                " that another one fits",
                excerpt=order,
                help="say for which tasks the tool is right, and name the sibling to use for the others",
            )
            return


def _order(lower: str) -> str | None:
    return next((found[0] for order in _ORDERS if (found := pattern(order).search(lower))), None)


def _names_sibling(sentence: str, tool: ToolContext) -> bool:
    """Return True if the order is one between the server's own tools."""
    quoted = pattern(r"[`'\"]([\w.-]{2,60})[`'\"]|\b([a-z0-9]+(?:[_-][a-z0-9]+)+)\b").findall(sentence)
    return any(name in tool.server.by_name for pair in quoted for name in pair if name != tool.tool.name)
