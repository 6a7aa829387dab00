"""Finds words that no description should gain: orders to the agent, praise, secrets, paths of a machine."""

from collections.abc import Iterator
from re import IGNORECASE

from toolsmell.evidence.claims import Objection, Violation
from toolsmell.evidence.orders import ORDERS
from toolsmell.safety.credentials import known_token
from toolsmell.text import pattern

_ORDERS = (
    *ORDERS,
    r"\balways (?:use|call|prefer|invoke|run|choose|pick|start)\b",
    (
        r"\b(?:must|should|have to|need to) (?:always )?(?:use|call|prefer|invoke|choose) this\b(?! (?:only|after"
        r"|before|once|with))"
    ),
    (
        r"\b(?:ignore|disregard|forget|override) (?:all |any |the |your )*(?:previous|prior|earlier|above|other"
        r"|system)\b"
    ),
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
_PRAISE = (
    r"\b(?:powerful|seamless(?:ly)?|effortless(?:ly)?|cutting[- ]edge|state[- ]of[- ]the[- ]art|world[- ]class"
    r"|best[- ]in[- ]class"
    r"|industry[- ]leading|blazing(?:ly)?|unparalleled|revolutionary|unmatched|amazing(?:ly)?|incredibl[ey]"
    r"|comprehensive|robust"
    r"|versatile|intuitive|superior|excellent|perfect(?:ly)?|hassle[- ]free|user[- ]friendly|invaluable"
    r"|outstanding|the best|the fastest"
    r"|highly (?:accurate|reliable|efficient)|lightning[- ]fast|easy[- ]to[- ]use)\b"
)
_PATHS = (
    r"(?<![\w.:/])(?:/home/[\w.-]+|/root\b|/Users/[\w.-]+|/tmp/[\w./-]+|/var/folders/\S+|/private/var/\S+)"
    r"|\b[A-Za-z]:\\\\?Users\\\\?\w+"
)


def tone(sentence: str, original: str) -> Iterator[Violation]:
    """Yield the orders and the praise in a sentence that the original, in lower case, does not have."""
    for source in _ORDERS:
        order = pattern(source, IGNORECASE).search(sentence)
        if order and order[0].lower() not in original:
            yield Violation(Objection.INSTRUCTION, f"it orders the agent: '{order[0]}'", sentence)
            break
    praise = pattern(_PRAISE, IGNORECASE).search(sentence)
    if praise and praise[0].lower() not in original:
        yield Violation(Objection.PRAISE, f"'{praise[0]}' praises the tool", sentence)


def private(sentence: str, original: str, machine: tuple[str, ...]) -> Iterator[Violation]:
    """Yield the secrets and the paths of a machine in a sentence that the original does not have."""
    if (kind := known_token(sentence)) and known_token(original) is None:
        yield Violation(Objection.SECRET, f"it has {kind}", sentence)
    path = pattern(_PATHS).search(sentence)
    own = next((text for text in machine if len(text) > 3 and text in sentence and text not in original), None)
    if own or (path and path[0].lower() not in original.lower()):
        yield Violation(
            Objection.LOCAL_PATH, f"'{own or (path[0] if path else '')}' is a path of one machine", sentence
        )
