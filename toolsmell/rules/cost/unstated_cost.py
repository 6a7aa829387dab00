"""A tool that costs money, among siblings that say so, without a word of it.

## What it checks

Servers of which a tool says that a call costs something (credits, a charge, quota that is billed), against tools of the
same verb whose text says nothing of cost. One finding for the server.

## Why it matters

The agent takes silence for free. It calls the tool that does not mention its price ten times, and the user pays.

## Smelly

```json
[{"name": "generate_image", "description": "Makes an image. Costs 5 credits.", "inputSchema": {"type": "object"}},
 {"name": "generate_video", "description": "Makes a video.", "inputSchema": {"type": "object"}}]
```

## Better

```json
[{"name": "generate_image", "description": "Makes an image. Costs 5 credits.", "inputSchema": {"type": "object"}},
 {"name": "generate_video", "description": "Makes a video. Costs 40 credits.", "inputSchema": {"type": "object"}}]
```

## Not flagged

Servers that say nothing of cost in any tool, or all of it in their instructions, and tools with another verb than the
one that costs something.

## References

- Anthropic, "Writing effective tools for agents": say what a call uses up.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.reading.verbs import deed_named
from toolsmell.rules.base import Hit, Options
from toolsmell.text import pattern

_COSTS = (
    r"\b(?:costs?|uses?|consumes?|spends?|deducts?|charges?|requires?|incurs?|takes?) (?:about |up to |around |you |at"
    r" least |an? |additional |api |\d[\d.,]* |more )*(?:(?:credits?|costs?|charges?|fees?)\b"
    r"(?! (?:notes?|reports?|cent|folder|alloc|data|type|categor))|usd|\$\d"
    r"|cents?\b)"
    r"|\bcost:? ?(?:~|about )?\$?\d|\bcost warning\b|\b\d+ credits?\b(?! notes?)|\bbillable\b"
    r"|\b(?:is|are|calls?|usage|requests?) billed\b(?! by)"
    r"|\bpaid (?:tool|call|endpoint)"
)
_MENTIONS = r"\bcosts?\b|credit|charge|\bfees?\b|\bfree\b|bill|pric|\bpay|\$|quota|budget"
_NAMED = 3


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    charged = [tool for tool in server.tools if pattern(_COSTS).search(tool.text.lower)]
    if not charged or pattern(_MENTIONS).search((server.manifest.instructions or "").lower()):
        return
    verbs = dict(_verbs(server))
    costly = {verbs[tool.tool.index]: tool for tool in reversed(charged) if verbs[tool.tool.index]}
    silent = [tool for tool in server.tools if verbs[tool.tool.index] in costly and _silent(tool)]
    if not silent:
        return
    example = costly[verbs[silent[0].tool.index]]
    names = ", ".join(f"'{shown(tool.tool.label, 40)}'" for tool in silent[:_NAMED])
    more = f" and {len(silent) - _NAMED} more" if len(silent) > _NAMED else ""
    yield Hit(
        "/description",
        f"'{shown(example.tool.label, 40)}' says that a call costs something, and nothing says whether {names}{more}"
        f" {'do' if len(silent) > 1 else 'does'}: an agent takes silence for free",
        excerpt="cost",
        tool=silent[0].tool.index,
        help="say in each description what a call costs, or that it is free",
        members=tuple((tool.tool.index, "/description") for tool in silent),
    )


def _verbs(server: ServerContext) -> Iterator[tuple[int, str]]:
    """Yield the index of each tool with the verb of its name, or else its first word; empty if that is a noun.

    Words of the server's name do not count; a noun is a word that stands before the verb of another tool.
    """
    names = {
        tool.tool.index: [word for word in tool.name_words if word not in server.name_words] for tool in server.tools
    }
    known = {index: next((word for word in words if deed_named(word)), "") for index, words in names.items()}
    nouns = {words[0] for index, words in names.items() if known[index] and words[0] != known[index]}
    for index, words in names.items():
        yield index, known[index] or (words[0] if words and words[0] not in nouns else "")


def _silent(tool: ToolContext) -> bool:
    if not tool.text.raw.strip() or tool.text.script != "latin":
        return False
    return not pattern(_MENTIONS).search(tool.text.lower)
