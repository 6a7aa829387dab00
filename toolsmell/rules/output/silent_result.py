"""A tool that does not say what comes back.

## What it checks

Every tool. An output schema with named fields, or a sentence about the result, must say what comes back: fields, form,
order or units. Tools that read, search or make something are one finding for the server. Tools that change or delete
something are another: a note, because a sentence on success and failure is enough for them.

## Why it matters

The agent plans the next call before it sees the result. If nothing says that a list has ids, or that a chart comes back
as a link, it asks again, or calls a tool that it does not need.

## Smelly

```json
{"name": "find_orders", "description": "Searches orders by customer.",
 "inputSchema": {"type": "object", "properties": {"customer": {"type": "string"}}}}
```

## Better

```json
{"name": "find_orders",
 "description": "Searches orders by customer. Returns id, state and total of each, newest first, at most 50.",
 "inputSchema": {"type": "object", "properties": {"customer": {"type": "string"}}}}
```

## Not flagged

Tools whose text may say it in words that are not certain, long texts, texts in other scripts, and servers whose output
schemas could not be read.

## References

- Model Context Protocol 2025-06-18: output schemas describe structured results.
- Anthropic, "Writing effective tools for agents": describe what a tool returns.
"""

from collections.abc import Iterator, Sequence

from toolsmell.escape import shown
from toolsmell.model import Severity
from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.reading.leads import by_lead, found
from toolsmell.reading.verbs import Deed, deed_of, opening_deed, own_words
from toolsmell.rules.base import Hit, Options
from toolsmell.scoring.named_act import gives_a_value
from toolsmell.text import pattern

_NAMED = 3
_LONG = 600
"""A text of more characters says something of the result more often than not."""
_LONGEST = 900
"""A text of more characters may say it in a way that is not looked for here."""
_SHORT = 9
"""A text of so few words has no room for a result, though the reading is not sure of it."""
_INPUT = r"\b(?:by|given) (?:its |their |the |an? )?(?:\w+ )?ids?\b"
"""Words about what the caller passes."""
_ACTS = frozenset(
    "set start stop cancel clear move add assign enable disable close open click tap type swipe press scroll drag"
    " navigate"
    " launch terminate post put replace merge archive restart reset toggle store save sets replaces puts"
    " starts stops cancels clears moves adds"
    " assigns enables disables closes opens clicks navigates launches posts merges archives restarts resets stores"
    " saves".split()
)
"""Verbs of tools that change something, besides those of `reading.verbs`."""
_MAKES = frozenset(
    "generate render draw plot convert export produce build compose make synthesize draft schedule post submit import"
    " copy duplicate clone add put replace set move merge".split()
)
"""Verbs that make something or change it, besides those of `reading.verbs`."""
_SURELY = (
    # A literal that must be in the text for the pattern to be tried, and the pattern.
    ("return", r"\breturn"),
    *((literal, literal) for literal in "result respon output receiv yield success confirm".split()),
    ("shown once", "shown once"),
    ("error", r"\berrors?\b"),
    ("report", r"\breports?\b"),
    *(
        (lead, r"\b(?:check|verif|test|determin|tell)\w* (?:if|whether|that)\b")
        for lead in (" if", " whether", " that")
    ),
)
_SURELY_TELLS = by_lead(_SURELY)
_MAY_TELL = by_lead(
    (
        *_SURELY,
        ("with ", r"\bwith (?:its|their|all|each|full|id)"),
        ("as ", r"\bas (?:an? |json|csv|yaml|text|markdown)"),
        *(
            (literal, literal)
            for literal in (
                "includ contain detail summar display print identif link preview report metadata statistic content"
                " status whether"
            ).split()
        ),
        ("show", r"\bshow"),
        ("id", r"\bids?\b"),
        ("url", r"\burls?\b"),
        ("field", r"\bfields?\b"),
        *((literal, literal) for literal in ("number of", "name of", "names of", "list of")),
        (":", r":\s"),
        ("(", r"\("),
    )
)
"""What may tell the result of a tool that reads, though the reading does not take it for that."""
_FORM = by_lead(
    (
        *_SURELY,
        *((word, rf"\b{word}s?\b") for word in ("url", "path", "file", "id")),
        *((word, rf"\b{word}\b") for word in ("png", "svg")),
        *(
            (literal, literal)
            for literal in "link base64 image picture html json pdf snippet script identifier preview".split()
        ),
        ("save", r"\bsave[sd]?\b"),
        ("as a", r"\bas an? "),
        ("tell", r"\btells?\b"),
        ("show", r"\bshows? (?:its|what|which|whether)\b"),
    )
)
"""The form in which what a tool made may come back."""
_IN_FORM = (
    r"\b(?:is|are|as|back) (?:an? |the )?(?:\w+ )?"
    r"(?:png|jpe?g|svg|pdf|html|json|csv|xml|markdown|base64|links?|urls?|ids?|paths?|files?|images?|pictures?)\b"
)
"""Words that say in which form the made thing comes."""
_EVIDENT = frozenset(("ping", "help", "echo", "version"))
"""Names that say what comes back: an answer, a guide, the same text, a number."""
_OTHER_LETTERS = r"[\u0400-\u04ff\u2e80-\u9fff\uac00-\ud7af]"
"""Letters of a sentence in another script, among names in Latin ones."""
_FAILS = r"\bif\b|\bwhen\b|fail|error|exception|reject|invalid|not found|cannot"
_ANSWER = r"\breturn|\bresult|\brespon[ds]"


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    silent = [tool for tool in server.tools if _silent(tool)]
    gives = [tool for tool in silent if not _acts(tool)]
    acts = [tool for tool in silent if _acts(tool)]
    if gives:
        yield Hit(
            "/description",
            f"nothing says what {named(gives)} {'return' if len(gives) > 1 else 'returns'}: an agent cannot plan the"
            " next step",
            excerpt="result",
            tool=gives[0].tool.index,
            help="add one sentence that begins with 'Returns' and names the fields, or an output schema",
            members=tuple((tool.tool.index, "/description") for tool in gives),
        )
    if acts:
        yield Hit(
            "/description",
            f"nothing says what {named(acts)} {'report' if len(acts) > 1 else 'reports'} when done: an agent cannot"
            " tell what it changed",
            excerpt="result of acting",
            tool=acts[0].tool.index,
            severity=Severity.NOTE,
            help="say what comes back, such as 'Returns the new state' or 'Returns nothing; fails if there is none'",
            members=tuple((tool.tool.index, "/description") for tool in acts),
        )


def named(tools: Sequence[ToolContext]) -> str:
    """Return the first names of a list of tools, and how many more there are."""
    names = ", ".join(f"'{shown(tool.tool.label, 40)}'" for tool in tools[:_NAMED])
    rest = len(tools) - _NAMED
    return f"{names} and {rest} more {'tool' if rest == 1 else 'tools'}" if rest > 0 else names


def _silent(tool: ToolContext) -> bool:
    text = tool.text
    if not text.raw.strip() or len(text.raw) > _LONGEST or not tool.tool.known("outputSchema") or _has_fields(tool):
        return False
    if not _EVIDENT.isdisjoint(tool.name_words[-1:]):
        return False
    other_letters = not text.raw.isascii() and pattern(_OTHER_LETTERS).search(text.raw)
    if text.script != "latin" or other_letters or tool.text_has_gaps:
        return False
    said = pattern(_INPUT).sub("", text.lower)
    # The reading of a text costs more than all that is asked here: it is asked last.
    if _makes(tool):
        if _formless(tool, said):
            return not tool.reading.says(StatementKind.RESULT)
        if pattern(_IN_FORM).search(said):
            return False
    if len(text.raw) > _LONG or found(said, _SURELY_TELLS):
        return False
    if gives_a_value(tool):
        return False  # `Get the length of a list`
    reads, may_tell = _reads(tool), found(said, _MAY_TELL)
    if (reads and may_tell) or tool.reading.says(StatementKind.RESULT):
        return False
    certain = StatementKind.RESULT in tool.reading.missing
    if reads or not certain:
        return (certain or len(text.words) <= _SHORT) and not may_tell
    return True


def _formless(tool: ToolContext, said: str) -> bool:
    """Return True if no word of the text is about the form of a result, besides those about failures."""
    if not found(said, _FORM):
        return True
    return bool(pattern(_FAILS).search(said)) and not found(_without_failures(tool), _FORM)


def _makes(tool: ToolContext) -> bool:
    """Return True if the tool makes or changes something, by its name or the first word of its text."""
    opening = opening_deed(tool)
    deed = deed_of(tool) or opening
    if deed is not None:
        return deed[1] in (Deed.CREATE, Deed.CHANGE) and (opening is None or opening[1] is not Deed.READ)
    first = tool.text.words[:1]
    return bool(first) and not _MAKES.isdisjoint((first[0], first[0].removesuffix("s")))


def _without_failures(tool: ToolContext) -> str:
    """Return the text without the words about ids that the caller passes, and without sentences about failures."""
    kept = (
        sentence.text.lower()
        for sentence in tool.reading.sentences
        if StatementKind.FAILURE not in sentence.says or pattern(_ANSWER).search(_consequence(sentence.text.lower()))
    )
    return pattern(_INPUT).sub("", "\n".join(kept))


def _consequence(sentence: str) -> str:
    """Return a sentence without the condition that it begins with: `if the response is an error, ...`."""
    return sentence.partition(",")[2] if sentence.startswith(("if ", "when ")) else sentence


def _has_fields(tool: ToolContext) -> bool:
    """Return True if the output schema names fields: more than the one `result` that SDKs wrap a text in."""
    return any(parameter.name != "result" for parameter in tool.all_outputs)


def _reads(tool: ToolContext) -> bool:
    deed = deed_of(tool) or opening_deed(tool)
    return deed is not None and deed[1] is Deed.READ


def _acts(tool: ToolContext) -> bool:
    """Return True if the tool changes something that is there, by its name or the first word of its text."""
    deed = deed_of(tool) or opening_deed(tool)
    if deed is not None:
        return deed[1] in (Deed.CHANGE, Deed.DESTROY)
    return not _ACTS.isdisjoint((*own_words(tool)[:2], *tool.text.words[:1]))
