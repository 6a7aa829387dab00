"""A description that only repeats the tool's name.

## What it checks

Whether the description has one word that is neither in the tool's name or title, nor in the server's name, nor says
nothing on its own (articles, `tool`, `this`, another form of the name's verb). If there is none, `scan --why` has to
agree: a description with a sentence that says something is not reported. The tools of a server that lack the same are
one finding.

## Why it matters

`get_user`: "Gets a user." An agent knew that. It still does not know which user, by what, and what it gets back, or
how the tool differs from `find_user`.

## Smelly

```json
{"name": "get_user", "description": "Gets a user.", "inputSchema": {"type": "object"}}
```

## Better

```json
{"name": "get_user", "description": "Returns name, mail address and team of one user, by their login.",
 "inputSchema": {"type": "object"}}
```

## Not flagged

Descriptions with a word of their own, even a weak one, and those in a script that the name is not written in.

## References

- Hasan et al., "Model Context Protocol (MCP) Tool Descriptions Are Smelly!" (arXiv 2602.14878): unclear purpose.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.reading.verbs import Deed, deed_of
from toolsmell.rules.base import Hit, Options
from toolsmell.text import identifier_words

_LONGEST = 120
_EMPTY = frozenset(
    (
        "a", "an", "the", "of", "for", "to", "in", "on", "with", "by", "and", "or", "from", "at", "is", "are",
        "be", "it",
        "this", "that", "tool", "function", "method", "command", "endpoint", "api", "use", "used", "using",
        "can", "will",
        "allow", "you", "your", "user", "given", "specified", "specific", "certain", "existing", "new", "via", "into",
        "perform", "execute", "do", "let", "provide", "information", "about", "detail", "data", "all", "one", "single",
    )
)  # fmt: skip
# Verbs that name the same act.
_ACTS = (
    ("get", "retrieve", "fetch", "return", "read", "obtain", "load"),
    ("list", "enumerate", "get", "show", "retrieve", "return"),
    ("create", "add", "make", "insert"),
    ("delete", "remove"),
    ("update", "modify", "edit", "change"),
    ("search", "find", "query", "look"),
    ("send", "post"),
    ("run", "execute"),
)
_ACT_WORDS = frozenset(word for act in _ACTS for word in act) | _EMPTY


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    raw = tool.text.raw
    if not raw or len(raw) > _LONGEST or tool.text.script not in ("latin", "none"):
        return
    if not _likely(tool):
        return
    if "or" in tool.text.words and "or" not in tool.name_words:
        return  # it does another thing too
    said = {_stem(part) for word in tool.text.words for part in (word, *identifier_words(word))} - _EMPTY
    named = _named(tool)
    if not said <= named:
        glued = "".join(tool.name_words)
        if not all(word in named or (len(word) > 3 and word in glued) for word in said):
            return
    says = any(sentence.says for sentence in tool.reading.sentences)
    if any(c.isalnum() for c in raw) and named and not says:
        lacks = _lacks(tool)
        yield Hit(
            "/description",
            f"the description ({shown(raw, 50)}) only repeats the name: it tells an agent nothing",
            excerpt=raw,
            help=f"add what the name does not say: {lacks}, limits, or when to use it",
            together=f"{{tools}} descriptions only repeat the name of the tool; none says {lacks}",
        )


def _lacks(tool: ToolContext) -> str:
    """Return what an agent must know of a tool that reads, deletes or acts."""
    found = deed_of(tool)
    if found and found[1] is Deed.READ:
        return "which fields come back"
    return "what is lost with it" if found and found[1] is Deed.DESTROY else "what changes and what comes back"


def _likely(tool: ToolContext) -> bool:
    """Settle most descriptions without taking names apart: one word that begins like nothing in them is enough."""
    manifest = tool.server.manifest
    names = f"{tool.tool.name} {tool.tool.title or ''} {manifest.name or manifest.key}".lower()
    for word in tool.text.lower.split():
        plain = word.strip(".,:;!?()'\"")
        if len(plain) > 3 and plain[:3] not in names and plain not in _EMPTY and _stem(plain) not in _ACT_WORDS:
            return False
    return True


def _named(tool: ToolContext) -> frozenset[str]:
    words = {_stem(word) for word in (*tool.name_words, *identifier_words(tool.tool.title or ""))}
    if len(tool.name_words) > 1:  # after `delete`, "Deletes a task in Acme Tasks" does say something
        words |= {_stem(word) for word in identifier_words(tool.server.manifest.name or tool.server.manifest.key)}
    for act in _ACTS:
        if not words.isdisjoint(act):
            words.update(act)
    return frozenset(words)


def _stem(word: str) -> str:
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith("ss"):
            return word[: -len(ending)] + instead
    return word
