"""What a sentence has that was not said before and that few other tools would say."""

from typing import Final, NamedTuple

from toolsmell.model.reading import StatementKind
from toolsmell.reading.observed import Observed
from toolsmell.reading.readable import Readable
from toolsmell.reading.relevance import empty
from toolsmell.reading.stems import CONCRETE
from toolsmell.text import has_any, pattern

SHORT: Final = 8
"""A sentence of at most this many words needs one new word, a longer one two."""
_CODE: Final = ("{", "(", "=", "`")
_QUESTION: Final = (
    r"\b(?:know|find out|see|learn|check|decide|determine|tell|identify|discover|asks?|figure out) "
    r"(?:which|whether|who|whose|why|how|where) "
)
_TOGETHER: Final = r"\b(?:one of the (?:two|three|four)|either of|exactly one|not both)\b"
_READ: Final = 400
"""Characters of a sentence in which a question is looked for."""
_NUMBER: Final = frozenset(("is:number",))
_OWN: Final = frozenset(("is:@tool", "is:@param"))
_NAMES: Final = _NUMBER | _OWN | {"is:@name", "is:quoted"}


class SaidBefore(NamedTuple):
    """Stems and statements of the sentences before."""

    texts: set[tuple[str | None, str]]
    """Each with the parameter that it is about."""
    words: set[str]
    of_parameters: dict[str | None, set[str]]
    """Those of the sentences about each parameter."""
    stems: set[str]
    about: set[str]
    """Stems of what the tool is about: of its name, its parameters and its first sentence."""


def has_news(tool: Readable, found: Observed, before: SaidBefore) -> bool:
    """Return True if a sentence has words that no other tool needs, or names something."""
    named = found.seen.features & _NAMES
    # The number in `get_erc20_balance` is nothing new.
    if named and (named != _NUMBER or not any(map(str.isdigit, tool.tool.name or ""))):
        return True
    return len(found.sentence.stems - empty() - tool.name_stems - before.stems) >= _enough(found)


def takes_up_subject(tool: Readable, found: Observed) -> bool:
    """Return True if a sentence without new words speaks of what the name or an earlier sentence speaks of.

    One that spells the whole name may be a template with the name put in, unless it sets the order of calls.
    """
    stems, own = found.sentence.stems, tool.name_stems
    if _spells_name(tool, found):
        return StatementKind.PREREQUISITE in found.says
    if found.mentions:  # `Fails if the name does not exist`, where `name` is a parameter
        return True
    return not stems <= empty() | own or not (own - empty()).isdisjoint(stems)


def _spells_name(tool: Readable, found: Observed) -> bool:
    """Return True if a sentence has the name of the tool, as it is or in words; not `run` for its `runs`."""
    name, spoken = tool.tool.name or "", " ".join(tool.name_words)
    words = f" {' '.join(found.sentence.words)} "
    return bool(spoken) and (f" {spoken} " in words or (len(tool.name_words) > 1 and name in found.sentence.text))


def is_concrete(tool: Readable, found: Observed) -> bool:
    """Return True if a sentence has general words that few tools need, or names the question that a call answers."""
    if StatementKind.LIMIT in found.says and pattern(_TOGETHER).search(found.sentence.text[:_READ].lower()):
        return True
    return asks(found) or len((found.sentence.stems & CONCRETE) - tool.name_stems) >= _enough(found)


def asks(found: Observed) -> bool:
    """Return True if a sentence names the question that a call answers: `Use it to find out why a call failed`."""
    return StatementKind.WHEN in found.says and pattern(_QUESTION).search(found.sentence.text[:_READ]) is not None


def names_its_own(found: Observed, about: set[str]) -> bool:
    """Return True if a sentence names something of the server, or a number or a value of what the tool is about."""
    seen = found.seen.features
    return not _OWN.isdisjoint(seen) or not (_NAMES.isdisjoint(seen) or about.isdisjoint(found.sentence.stems))


def has_new_words(found: Observed, before: SaidBefore) -> bool:
    """Return True if a sentence has a word that no sentence before has, or that none about the same parameter has.

    `Defaults to 5.` says something new of each parameter, and a call of the same words may be another call.
    """
    under = found.stand.under
    words = before.words if under is None else before.of_parameters.get(under, set())
    if not words.issuperset(found.sentence.words):
        return True
    return StatementKind.EXAMPLE in found.says and has_any(found.sentence.text, _CODE)


def is_short(found: Observed) -> bool:
    """Return True if one word of its own is enough for a sentence."""
    return len(found.sentence.words) <= SHORT


def _enough(found: Observed) -> int:
    """Return how many words of its own a sentence needs."""
    return 1 if is_short(found) else 2


def plain(text: str) -> str:
    """Return a sentence as it is compared with others: in lower case, without its full stop."""
    return text.rstrip(" .!?。！？").lower()
