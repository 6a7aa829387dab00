"""Finds words that no description should gain: orders to the agent, praise, secrets, paths of a machine."""

from collections.abc import Iterator
from re import IGNORECASE

from toolsmell.evidence.claims import Objection, Violation
from toolsmell.reading.praise_and_orders import ORDERS_IN_NEW_TEXTS, PRAISE_IN_ANY_FORM
from toolsmell.safety.credentials import known_token
from toolsmell.text import pattern

_PATHS = (
    r"(?<![\w.:/])(?:/home/[\w.-]+|/root\b|/Users/[\w.-]+|/tmp/[\w./-]+|/var/folders/\S+|/private/var/\S+)"
    r"|\b[A-Za-z]:\\\\?Users\\\\?\w+"
)


def tone(sentence: str, original: str) -> Iterator[Violation]:
    """Yield the orders and the praise in a sentence that the original, in lower case, does not have."""
    for source in ORDERS_IN_NEW_TEXTS:
        order = pattern(source, IGNORECASE).search(sentence)
        if order and order[0].lower() not in original:
            yield Violation(Objection.INSTRUCTION, f"it orders the agent: '{order[0]}'", sentence)
            break
    praise = pattern(PRAISE_IN_ANY_FORM, IGNORECASE).search(sentence)
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
