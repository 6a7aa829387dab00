"""Words of praise and orders to the agent: one table for the rules, for what a rewrite may drop, and for its check.

A text that is published is read with patterns that spare honest sentences; a new text may have none of it in any form.
The weighted cues of the statement kind `steering` are in `rubrics/statements.yaml`.
"""

from typing import Final

_BOASTS = (
    r"seamless(?:ly)?|effortless(?:ly)?|cutting[- ]edge|world[- ]class|industry[- ]leading|best[- ]in[- ]class"
    r"|unparalleled|revolutionary|unmatched|amazing(?:ly)?|incredibl[ey]"
)
"""Words that praise wherever they are."""

PRAISE: Final = (
    rf"\b(?:{_BOASTS})\b"
    r"|\b(?:a|an|this|most|fast and|highly|extremely|very) powerful\b(?! than| enough|\W+\(op)|\bpowerful (?:tool"
    r"|search|analysis|api|engine|way|feature|capabilit)\w*"
    r"|\bthe best (?:api|tool|way|choice|solution)\b|\bbest tool for\b|\bblazing(?:ly)?[- ]fast\b"
    r"|\bnext[- ]gen(?:eration)? (?:tool|ai|search|platform|engine)\b|\bmost (?:powerful|reliable|advanced)\b"
)
"""Praise of a tool, in lower case."""

PRAISE_IN_ANY_FORM: Final = (
    rf"\b(?:{_BOASTS}|powerful|state[- ]of[- ]the[- ]art|blazing(?:ly)?|comprehensive|robust|versatile|intuitive"
    r"|superior|excellent|awesome|perfect(?:ly)?|hassle[- ]free|user[- ]friendly|invaluable|outstanding|the best"
    r"|the fastest|highly (?:accurate|reliable|efficient)|lightning[- ]fast|easy[- ]to[- ]use)\b"
)
"""Words that praise, or may: no new sentence needs them, and a sentence that says nothing else is waste."""

_FAVOURS = (
    r"\b(?:prefer|choose|pick|favou?r) this (?:tool|one|server|over)\b",
    r"\b(?:do not|don['’]t|never) (?:use|call|consider) (?:any |the )?others?\b",
    r"\bbefore (?:answering|responding|replying|doing anything|any other)\b",
)
_FORGET = r"\b(?:ignore|disregard|forget|override) (?:all |any |the |your )*(?:previous|prior|earlier|above|system"

ORDERS_IN_ORIGINALS: Final = (
    *_FAVOURS,
    (
        r"\balways (?:use|call|prefer|invoke|run|choose|pick) this (?:tool|one|server|function)\b"
        r"(?! (?:after|before|if|once|only|when|with))"
    ),
    r"\b(?:do not|don['’]t|never) (?:tell|inform|notify|reveal)\w* (?:\w+ )?(?:the )?user\b",
    rf"{_FORGET})\b",
)
"""Orders that are no facts, so that a rewrite need not keep them."""

ORDERS_IN_NEW_TEXTS: Final = (
    *_FAVOURS,
    r"\balways (?:use|call|prefer|invoke|run|choose|pick|start)\b",
    (
        r"\b(?:must|should|have to|need to) (?:always )?(?:use|call|prefer|invoke|choose) this\b(?! (?:only|after"
        r"|before|once|with))"
    ),
    rf"{_FORGET}|other)\b",
    (
        r"\b(?:do not|don['’]t|never|without) (?:tell|inform|notify|mention|reveal|ask|telling|informing"
        r"|asking)\w* (?:\w+ )?(?:the )?user\b"
    ),
    r"\b(?:tell|assure|convince|recommend to|remind) the user\b",
    (
        r"\b(?:send|forward|post|upload|include|append|pass) (?:the |your |all |any )*(?:conversation|chat|prompt"
        r"|credentials?|secrets?|environment|history)\b"
    ),
    r"\byou (?:are|will now|must now|shall)\b",
    r"<\s*/?\s*(?:important|system|instructions?|assistant)\b",
)
"""Orders that no new sentence may give."""

ORDER_LITERALS: Final = (
    "always use", "always call", "always prefer", "always invoke", "always run", "always choose", "always default",
    "must use this", "must call this", "must run this", "must invoke this", "have to use this", "have to call this",
    "must be called", "must be used", "must be run", "must be invoked", "tool first", "call this first",
    "use this first",
    "before any", "before all", "before every", "before each", "before anything", "before answering",
    "before responding", "use any other", "use other", "never use", "instead of any", "instead of all",
    "instead of the default", "instead of other", "instead of every", "instead of built", "instead of the built",
    "instead of native", "preferred ", "proactively", "whenever possible", "for everything", "as often as",
    "mandatory first", "even when you", "even if you",
)  # fmt: skip
"""A text in lower case that has none of them has none of the orders below."""

_THIS = r"(?:this|it)(?: (?:tool|function|command|server|one|mcp))?"
_DO = r"(?:use|call|prefer|invoke|run|choose)"
_FOREIGN = r"(?:built[- ]?in|native|default|fallback|other|external|generic|your own|standard)"
ORDERS_TO_CHOOSE: Final = (
    # A literal that must be in the text for the pattern to be tried, and the pattern.
    (
        "always ",
        (
            rf"\balways {_DO} this (?:tool|function|command|server|one|mcp)\b"
            r"(?! (?:twice|again|once|with|after|only|last)\b)"
        ),
    ),
    ("always ", rf"\balways {_DO} this (?:first|instead|whenever|when|for (?:all|any|every))\b"),
    ("always ", rf"\balways {_DO} this before (?:any|all|every|each|doing|using|responding|answering)\b"),
    ("always ", r"\balways default to(?: using)? this\b"),
    ("always ", rf"\b(?:must|should|have to|need to) always {_DO} {_THIS}\b"),
    (
        " this",
        (
            rf"\b(?:must|have to) (?:always )?{_DO} this(?: \w+)? (?:tool |function )?"
            r"(?:before (?:any|all|every|each|doing|responding|answering)|first\b|for (?:all|any|every)|whenever|every"
            r"|instead of)"
        ),
    ),
    (
        "must ",
        (
            r"\bmust (?:always )?be (?:called|used|run|invoked) "
            r"(?:first\b(?! (?:if|when|to))|before (?:any|all|every|each|other))"
        ),
    ),
    (
        " before ",
        (
            rf"\b(?:call|use|run|invoke) {_THIS} (?:first,? )?before "
            r"(?:any other|any|all|anything|everything|every|each)\b"
        ),
    ),
    ("mandatory first step", r"\bmandatory first step\b"),
    (
        "even ",
        (
            r"\beven (?:when|if) you (?:(?:think|believe|feel|are sure) )?(?:that )?(?:you )?(?:already )?"
            r"(?:know|remember|can answer)\b"
        ),
    ),
    (
        " use ",
        (
            rf"\b(?:do not|don['’]t|never) use (?:any )?{_FOREIGN}\b.{{0,40}}"
            r"\b(?:tools?|servers?|functions?|search|commands?)\b"
        ),
    ),
    (
        "instead of ",
        (
            r"\binstead of (?:any|all|every|the default|other|built-in|the built-in|native)\b.{0,40}\b(?:tool|command"
            r"|function|search)s?\b"
        ),
    ),
    ("preferred ", r"\bpreferred (?:and recommended )?tool (?:to|for|of)\b"),
    (
        "preferred ",
        r"(?:\b(?:this|it)(?: tool| function)? is|^) the preferred (?:and recommended )?(?:way|method) (?:to|for|of)\b",
    ),
    (" us", r"\byou must use this tool\b|\balways default to using\b"),
    ("use this tool ", r"\buse this tool (?:proactively|whenever possible|for everything|as often as)"),
)
"""Orders to choose this tool whatever the task is, in lower case."""
