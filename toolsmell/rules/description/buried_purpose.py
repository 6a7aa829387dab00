"""A description that opens with something else than what the tool does.

## What it checks

The first sentence: it must not be a warning, a note, a condition, an order to use the tool, or a list of parameters.

## Why it matters

An agent that has fifty tools to choose from reads beginnings; so do clients that shorten descriptions, and searches
over them. If the purpose comes third, the tool is passed over, or taken for a wrong one.

## Smelly

```json
{"name": "purge_cache", "description": "IMPORTANT: ask the user first! Empties the cache of one site.",
 "inputSchema": {"type": "object"}}
```

## Better

```json
{"name": "purge_cache", "description": "Empties the cache of one site. Ask the user first: pages are slow afterwards.",
 "inputSchema": {"type": "object"}}
```

## Not flagged

A first sentence that has the purpose in it after all ("If a dialog is open, use this tool to close it"), a label
before it ("Step 1: resolves the name"), and 'deprecated', which is the first thing to know.

## References

- Hasan et al., "Model Context Protocol (MCP) Tool Descriptions Are Smelly!" (arXiv 2602.14878): unclear purpose.
- Anthropic, "Writing effective tools for agents".
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.text import pattern

_FIRST = (
    "note", "important", "warning", "caution", "attention", "critical", "always", "never", "must", "do", "don't",
    "before", "if", "only",
    "you", "please", "args", "arguments", "parameters", "example", "examples", "rule", "rules", "guardrails",
    "prerequisites",
    "prerequisite", "requires", "remember", "when", "use", "usage", "make", "required",
)  # fmt: skip
_OPENING = (
    r"(?:note|important|warning|caution|attention|critical|rules?|guardrails|prerequisites?"
    r"|remember)\b[^\w:\n]{0,3}[:!*\n]"
    r"|(?:always|never|must|do not|don['’]t|please|make sure|remember)\b"
    r"|before (?:using|calling|you|running|invoking)\b"
    r"|if (?:and only if )?(?:the |a )?(?:user|you)\b"
    r"|only (?:use|call|run|invoke)\b|you (?:must|should|need)\b"
    r"|(?:args|arguments|parameters|examples?|usage)[ ]*:"
    r"|requires?\b(?!d)|when (?:the user|asked|a user|you)\b"
    r"|use this (?:tool |function )?(?:instead|when|whenever|if|before|after|first|only|proactively|sparingly)\b"
)
# The purpose is in the sentence after all.
_PURPOSE = (
    r"(?:use|call|invoke|run) this (?:tool|function|command)? ?to \w+|this tool (?!should|must|can|is|before|after"
    r"|first)\w+s\b|\b(?:can|lets? you|allows? you to) \w+"
)


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    raw = tool.text.raw
    first = pattern(r"[\W_]*([A-Za-z'’]+)").match(raw[:200])
    if first is None or first[1].lower().replace("’", "'") not in _FIRST:
        return
    opening = raw[first.start(1) :]
    if not pattern(_OPENING).match(opening[:200].lower()):
        return
    sentence = next((s.text for s in tool.text.sentences if s.end > first.start(1)), "")
    if not pattern(_PURPOSE).search(sentence[:500].lower()):
        yield Hit(
            "/description",
            f"the description begins with '{shown(sentence, 50)}', not with what the tool does: an agent may overlook"
            f" the"
            " tool",
            excerpt=sentence[:200],
        )
