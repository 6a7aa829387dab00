"""Decides whether a sentence counts for its tool, with the reason if not."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from toolsmell.model.reading import StatementKind
from toolsmell.reading.explaining import Mention
from toolsmell.reading.observed import Observed
from toolsmell.reading.readable import Readable
from toolsmell.reading.relevance import empty
from toolsmell.reading.statement_kinds import FIRST
from toolsmell.reading.stems import CARRYING, CONCRETE, GENERIC, VOID, stems_in_name, stems_of, without_forms
from toolsmell.text import pattern, words_of


class Reason(StrEnum):
    """Why a sentence does not count. The words complete "it ..."."""

    STEERING = "steers the agent, or may"
    DOUBTFUL = "may be an order, and speaks of nothing that the tool is about"
    HEADING = "only announces what follows"
    NAME = "adds at most general words to the name"
    SCHEMA = "repeats the schema"
    REPEATED = "repeats what was said before"
    SHARED = "is in other tools of the server too"
    BARE = "adds little to the name"
    """It counts a quarter of a statement."""
    SLIGHT = "would fit many other tools as well"
    """It counts a little, like one that siblings have too."""
    UNNAMED = "speaks of parameters in words that may mean something else"
    """The same."""
    GENERAL = "is mostly in general words"
    """It counts a half."""
    WORDS = "has only words that were there before"
    """The same."""
    FILLER = "has no statement that was recognised"
    """It counts a little if it names something."""


ORDERS: Final = frozenset((Reason.STEERING, Reason.DOUBTFUL))
"""Reasons of sentences that are orders: the others are read as if they were not there."""
SLIGHT_KINDS: Final = frozenset(StatementKind) - {StatementKind.PURPOSE, StatementKind.STEERING}
"""Kinds that hold for each tool if several share them. A shared purpose tells no tool from another."""
SLIGHT: Final = 0.02
"""Weight of a statement that fits any tool: true, but it tells no tool from another."""
SHARED: Final = 0.004
"""Weight of a statement that siblings have too, or that repeats earlier words."""
COMMON: Final = 0.3
"""Weight of a short limit, failure, effect or prerequisite of the whole server: it binds this tool too."""
GENERAL: Final = 0.5
"""Weight of a statement about the subject of the tool in general words ("fails if the file does not exist")."""
LONG: Final = 0.1
"""The same for a long one: what says much about every tool is mostly boilerplate."""
SHORT: Final = 8
"""A sentence of at most this many words needs one new word, a longer one two."""
TELLING: Final = 2
"""So many general words that are not in the name tell more than it does: so say readers of 42 of 60 first sentences."""
DOUBTFUL: Final = -1.2
"""Log-odds of steering above which a sentence that speaks of nothing that the tool is about is taken for an order.

Neither a name nor a number, a path, an address or a statement speaks against it: attacks have them too.
"""
CERTAIN: Final = 2.5
"""Log-odds of a purpose above which a first sentence about what the name says is no order."""
PLAIN: Final = 1.5
"""Log-odds of a kind above which it is plain: a first sentence with a plain purpose is no order, unless more surely."""
TITLE: Final = 4
"""A heading of fewer words is a title (`Returns:`)."""
PLACES: Final = tuple(StatementKind).index
STEERING: Final = tuple(StatementKind).index(StatementKind.STEERING)
PURPOSE: Final = tuple(StatementKind).index(StatementKind.PURPOSE)
SMALL: Final = frozenset("use call get set run tool".split())
"""Words of names that orders have too."""
_BINDING: Final = frozenset(
    (StatementKind.LIMIT, StatementKind.FAILURE, StatementKind.EFFECT, StatementKind.PREREQUISITE)
)
_PLAIN_KINDS: Final = frozenset((StatementKind.PURPOSE, StatementKind.RESULT, StatementKind.EXAMPLE))
"""Kinds that say little of the subject if they say it in general words. The others bind it."""
_RARE_IN_SCHEMAS: Final = frozenset(
    (
        StatementKind.WHEN,
        StatementKind.WHEN_NOT,
        StatementKind.FAILURE,
        StatementKind.PREREQUISITE,
        StatementKind.RESULT,
    )
)
"""A schema has said a statement of these kinds only if it has all of its words, such as `fails`."""
_ABOUT_ITSELF: Final = (
    r"\W*(?:use |with |using )?(?:this|the) (?:[\w-]{1,30} ){0,4}?(?:tool|function|endpoint|method)\b"
    r"|\W*the (?:purpose|aim|goal|job|task) of (?:this|the)\b"
    r"|.{1,60} (?:with|by|by means of|using) this (?:tool|function)\W*$"
    r"|.{1,60}? (?:what|(?:task|job|purpose|aim) (?:of|that|which)) this (?:tool|function)\b"
)
_CARRIER: Final = 200
"""Characters of a sentence within which it is seen to speak of the tool itself."""
_NO_PARAMETERS: Final = (
    r"\W*(?:(?:it |this tool )?(?:takes|needs|has|requires|accepts|expects) )?(?:no|without) "
    r"(?:input )?(?:parameters?|arguments?|inputs?)(?: (?:is |are )?(?:needed|required|necessary|taken))?\W*$"
)
_ALTERNATIVE: Final = frozenset("either both neither exactly".split())
"""Words about several parameters at once, which schemas hardly tell."""
_EXPLICIT: Final = frozenset(("label", "inline", "named", "assigned", "value"))
"""Ways to name a parameter that can mean no other."""
_NUMBER: Final = frozenset(("is:number",))
_OWN: Final = frozenset(("is:@tool", "is:@param"))
_NAMES: Final = _NUMBER | _OWN | {"is:@name", "is:quoted"}


class SentenceWeight(NamedTuple):
    """The weight of one sentence, with the reason if it does not count, or not in full."""

    weight: float
    reason: Reason | None = None


FULL: Final = SentenceWeight(1.0)
LITTLE: Final = SentenceWeight(SLIGHT, Reason.SLIGHT)
UNNAMED: Final = SentenceWeight(SLIGHT, Reason.UNNAMED)
UNCLEAR: Final = SentenceWeight(SLIGHT, Reason.FILLER)
STALE: Final = SentenceWeight(SHARED, Reason.WORDS)
LEAST: Final = SentenceWeight(SHARED, Reason.SHARED)
PARTLY: Final = SentenceWeight(COMMON, Reason.SHARED)
HALF: Final = SentenceWeight(GENERAL, Reason.GENERAL)
HARDLY: Final = SentenceWeight(LONG, Reason.SHARED)


class _Before(NamedTuple):
    """Stems and statements of the sentences before."""

    texts: set[str]
    words: set[str]
    stems: set[str]
    about: set[str]
    """Stems of what the tool is about: of its name, its parameters and its first sentence."""


def verdicts(tool: Readable, found: Iterable[Observed]) -> Iterator[tuple[Observed, SentenceWeight]]:
    """Yield each sentence with its weight."""
    shared = tool.shared_sentences
    common = tool.common_sentences if shared else shared
    bare = frozenset(p.name for p in tool.parameters if not p.description)
    before = _Before(set(), set(), set(), set(tool.name_stems | (tool.schema_text.stems - GENERIC)))
    opened = False
    for i, one in enumerate(found):
        first = not opened and FIRST in one.seen.features
        if first:
            weight = _first(tool, one, before.about)
            if (weight is FULL or (weight.weight and i in shared)) and not _opens(tool, one):
                # A limit or a result weighs the same wherever it stands.
                weight = _verdict(tool, one, before, shared=i in shared, common=i in common, bare=bare)
        else:
            weight = _verdict(tool, one, before, shared=i in shared, common=i in common, bare=bare)
        yield one, weight
        if weight.reason in ORDERS:
            continue
        if first:
            before.about.update(one.sentence.stems - GENERIC)
            opened = True
        before.texts.add(_plain(one.sentence.text))
        before.words.update(one.sentence.words)
        before.stems.update(one.sentence.stems)


def _first(tool: Readable, found: Observed, about: set[str]) -> SentenceWeight:
    """Weigh the first sentence: siblings may begin alike, but it must say more than the tool's name."""
    adds = _adds_to_name(tool, found)
    if not adds and found.log_odds[STEERING] < CERTAIN:
        return SentenceWeight(0.0, Reason.HEADING if found.stand.heading and not found.says else Reason.NAME)
    order = _order(found, about)
    if order is not None and not _states_purpose(tool, found):
        return SentenceWeight(0.0, order)
    if found.stand.heading and not found.says:
        return SentenceWeight(0.0, Reason.HEADING)
    return FULL if found.says or found.explains else SentenceWeight(1.0, Reason.BARE)


def _opens(tool: Readable, found: Observed) -> bool:
    """Return True if a sentence can open a description: it states the purpose, or begins with a word of the name."""
    if found.stand.label is not None and found.stand.label == found.stand.under:
        return False
    return StatementKind.PURPOSE in found.says or not tool.name_stems.isdisjoint(stems_of(found.sentence.words[:1]))


def _adds_to_name(tool: Readable, found: Observed) -> bool:
    """Return True if a sentence says more than the name of the tool."""
    stems = found.sentence.stems - tool.name_stems
    if pattern(_ABOUT_ITSELF).match(found.sentence.text[:_CARRIER].lower()):
        stems = without_forms(stems - CARRYING, tool.name_words)
    telling = stems - GENERIC
    if telling and all(len(stem) > 3 for stem in telling):  # `createCronJob`: "Creates a cronjob"
        glued = "".join(tool.name_words)
        telling = without_forms({stem for stem in telling if stem not in glued}, tool.name_words)
    if telling and len(tool.name_words) > 1:  # after `delete`, "Deletes a task in Acme Tasks" does say something
        telling = telling - tool.server.key_stems
    more = any(kind not in (StatementKind.PURPOSE, StatementKind.STEERING) for kind in found.says)
    return bool(telling) or more or len(stems - VOID) >= TELLING


def _states_purpose(tool: Readable, found: Observed) -> bool:
    """Return True if a sentence speaks of what the name says, and states a purpose more surely than it gives orders."""
    own, stems = tool.name_stems - SMALL, found.sentence.stems
    if own.isdisjoint(stems):
        return False
    purpose, order = found.log_odds[PURPOSE], found.log_odds[STEERING]
    if own <= stems:
        return purpose > order
    return purpose > max(PLAIN, order) or (order < PLAIN and not _commands(found))


def _verdict(
    tool: Readable, found: Observed, before: _Before, *, shared: bool, common: bool, bare: frozenset[str]
) -> SentenceWeight:
    reason = _reason(tool, found, before, shared=shared, bare=bare)
    if reason is not None:
        return SentenceWeight(0.0, reason)
    if any(m.name in bare and m.name in found.explains and _is_explicit(m) for m in found.mentions):
        return FULL
    if not _has_new_words(found, before):
        return STALE
    if shared:
        if not common or _BINDING.isdisjoint(found.says):
            return LEAST
        if _is_short(found):
            return PARTLY
        return HARDLY if _has_news(tool, found, before) else LEAST
    if not found.says and not _explicit(found):
        return UNNAMED if found.explains else UNCLEAR
    if _has_news(tool, found, before):
        return FULL
    if found.says and _takes_up_subject(tool, found):
        return HALF if _PLAIN_KINDS.issuperset(found.says) else FULL
    return HALF if found.says and _is_concrete(tool, found) else LITTLE


def _reason(tool: Readable, found: Observed, before: _Before, *, shared: bool, bare: frozenset[str]) -> Reason | None:
    says = found.says
    if (order := _order(found, before.about)) is not None:
        return order
    if found.stand.heading and not _tells(found):
        return Reason.HEADING
    if _plain(found.sentence.text) in before.texts or not (says or _has_new_words(found, before)):
        return Reason.REPEATED
    if shared and bare.isdisjoint(found.explains) and SLIGHT_KINDS.isdisjoint(says):
        return Reason.SHARED
    if found.explains and bare.isdisjoint(found.explains) and _in_schema(tool, found):
        return Reason.SCHEMA
    if not tool.parameters and pattern(_NO_PARAMETERS).match(found.sentence.text[:_CARRIER].lower()):
        return Reason.SCHEMA
    if says or found.explains or _names_its_own(found, before.about):
        return None
    return Reason.FILLER


def _names_its_own(found: Observed, about: set[str]) -> bool:
    """Return True if a sentence names something of the server, or a number or a value of what the tool is about."""
    seen = found.seen.features
    return not _OWN.isdisjoint(seen) or not (_NAMES.isdisjoint(seen) or about.isdisjoint(found.sentence.stems))


def _tells(found: Observed) -> bool:
    """Return True if a heading is a statement that a list follows: a long one, or one that is certainly of some kind.

    Readers of 29 such headings of four to eight words agreed in 28.
    """
    size = len(found.sentence.words)
    if size > SHORT or not found.says:
        return bool(found.says)
    return size >= TITLE and max(found.log_odds[kind] for kind in map(PLACES, found.says)) > PLAIN


def _in_schema(tool: Readable, found: Observed) -> bool:
    """Return True if the schema has said what a sentence says of parameters."""
    said = [p.description or "" for p in tool.parameters if p.name in found.explains]
    known = stems_of(words_of(" ".join(said))).union(tool.name_stems, *map(_named, found.explains))
    free = GENERIC if _RARE_IN_SCHEMAS.isdisjoint(found.says) else frozenset[str]()
    return _ALTERNATIVE.isdisjoint(found.sentence.words) and found.sentence.stems - free <= known


def _commands(found: "Observed") -> bool:
    """Return True if a sentence has words that are typical of orders."""
    return any(feature.startswith("cue:st-") for feature in found.seen.features)


def _explicit(found: "Observed") -> bool:
    """Return True if a sentence explains a parameter, and does not only use a word that is the name of one."""
    return any(
        _is_explicit(mention) or "under" in mention.features
        for mention in found.mentions
        if mention.name in found.explains
    )


def _is_explicit(mention: Mention) -> bool:
    return not _EXPLICIT.isdisjoint(mention.features) and "under" not in mention.features


def _order(found: "Observed", about: set[str]) -> Reason | None:
    """Return the reason if a sentence is an order, or may be one and speaks of nothing that the tool is about."""
    odds = found.log_odds[STEERING]
    if odds > 0:
        return Reason.STEERING
    return Reason.DOUBTFUL if odds > DOUBTFUL and about.isdisjoint(found.sentence.stems) else None


def _named(name: str) -> frozenset[str]:
    return frozenset(stems_in_name(name))


def _has_news(tool: Readable, found: Observed, before: _Before) -> bool:
    """Return True if a sentence has words that no other tool needs, or names something."""
    named = found.seen.features & _NAMES
    # The number in `get_erc20_balance` is nothing new.
    if named and (named != _NUMBER or not any(map(str.isdigit, tool.tool.name or ""))):
        return True
    return len(found.sentence.stems - empty() - tool.name_stems - before.stems) >= _enough(found)


def _takes_up_subject(tool: Readable, found: Observed) -> bool:
    """Return True if a sentence without new words speaks of what the name or an earlier sentence speaks of.

    One that spells the whole name may be a template with the name put in, unless it sets the order of calls.
    """
    stems, own = found.sentence.stems, tool.name_stems
    if own <= stems or (tool.tool.name or "") in found.sentence.text:
        return StatementKind.PREREQUISITE in found.says
    return not stems <= empty() | own or not (own - empty()).isdisjoint(stems)


def _is_concrete(tool: Readable, found: Observed) -> bool:
    """Return True if a sentence has general words that few tools need."""
    return len((found.sentence.stems & CONCRETE) - tool.name_stems) >= _enough(found)


def _enough(found: Observed) -> int:
    """Return how many words of its own a sentence needs."""
    return 1 if _is_short(found) else 2


def _is_short(found: Observed) -> bool:
    return len(found.sentence.words) <= SHORT


def _has_new_words(found: Observed, before: _Before) -> bool:
    return not before.words.issuperset(found.sentence.words)


def _plain(text: str) -> str:
    return text.rstrip(" .!?。！？").lower()
