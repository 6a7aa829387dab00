"""Decides whether a sentence counts for its tool, with the reason if not."""

from collections.abc import Iterable, Iterator
from typing import Final

from toolsmell.model.reading import StatementKind
from toolsmell.reading.empty_talk import tells_of_a_function
from toolsmell.reading.explaining import Mention
from toolsmell.reading.news import (
    SHORT,
    SaidBefore,
    asks,
    has_new_words,
    has_news,
    is_concrete,
    is_short,
    names_its_own,
    plain,
    takes_up_subject,
)
from toolsmell.reading.observed import Observed
from toolsmell.reading.order_reasons import CERTAIN, PLAIN, STEERING, order_in, states_purpose
from toolsmell.reading.readable import Readable
from toolsmell.reading.schema_repeats import in_schema
from toolsmell.reading.sentence_weights import (
    FULL,
    HALF,
    HARDLY,
    LEAST,
    LITTLE,
    ORDERS,
    PARTLY,
    SLIGHT_KINDS,
    STALE,
    UNCLEAR,
    UNNAMED,
    Reason,
    SentenceWeight,
)
from toolsmell.reading.statement_kinds import FIRST
from toolsmell.reading.stems import CARRYING, GENERIC, VOID, stems_of, without_forms
from toolsmell.text import pattern, words_of

TELLING: Final = 2
"""So many general words that are not in the name tell more than it does: so say readers of 42 of 60 first sentences."""
TITLE: Final = 4
"""A heading of fewer words is a title (`Returns:`)."""
PLACES: Final = tuple(StatementKind).index
_BINDING: Final = frozenset(
    (StatementKind.LIMIT, StatementKind.FAILURE, StatementKind.EFFECT, StatementKind.PREREQUISITE)
)
_PLAIN_KINDS: Final = frozenset((StatementKind.PURPOSE, StatementKind.RESULT, StatementKind.EXAMPLE))
"""Kinds that say little of the subject if they say it in general words. The others bind it."""
_ABOUT_ITSELF: Final = (
    r"\W*(?:use |with |using )?(?:this|the) (?:[\w-]{1,30} ){0,4}?(?:tool|function|endpoint|method)\b"
    r"|\W*the (?:purpose|aim|goal|job|task) of (?:this|the)\b"
    r"|.{1,60} (?:with|by|by means of|using) this (?:tool|function)\W*$"
    r"|.{1,60}? (?:what|(?:task|job|purpose|aim) (?:of|that|which)) this (?:tool|function)\b"
)
_CARRIER: Final = 200
"""Characters of a sentence within which it is seen to speak of the tool itself."""
_ORDER: Final = frozenset((StatementKind.STEERING,))
_OF_ITSELF: Final = _ORDER | {StatementKind.PURPOSE, StatementKind.WHEN}
"""`Use this tool for the payment of bills` tells no task beyond the name `pay_bill`."""
_RESTATING: Final = frozenset((StatementKind.PURPOSE, StatementKind.EFFECT))
"""Kinds that a sentence of the words of the name can be read to have: `A label is added`, for `add_label`."""
_OF_COURSE: Final = stems_of("after become once operation place result".split(), ascii_only=True)
_BINDING_WORDS: Final = frozenset(
    """after again all already also always any back before both cannot default each either except first if instead many
    multiple never no none not nothing only permanently several specific unless until without""".split()
)
"""Words that make a statement of the words of the name: `no label is added`."""
_NO_PARAMETERS: Final = (
    r"\W*(?:(?:it |this tool )?(?:takes|needs|has|requires|accepts|expects) )?(?:no|without) "
    r"(?:input )?(?:parameters?|arguments?|inputs?)(?: (?:is |are )?(?:needed|required|necessary|taken))?\W*$"
)
_EXPLICIT: Final = frozenset(("label", "inline", "named", "assigned", "value"))
"""Ways to name a parameter that can mean no other."""


def verdicts(tool: Readable, found: Iterable[Observed]) -> Iterator[tuple[Observed, SentenceWeight]]:
    """Yield each sentence with its weight."""
    shared = tool.shared_sentences
    common, copied = (tool.common_sentences, tool.copied_sentences) if shared else (shared, shared)
    bare = frozenset(p.name for p in tool.parameters if not p.description)
    before = SaidBefore(set(), set(), {}, set(), set(tool.name_stems | (tool.schema_text.stems - GENERIC)))
    opened = False
    for i, one in enumerate(found):
        first = not opened and FIRST in one.seen.features
        if first:
            weight = _first(tool, one, before.about)
            if one.says and weight.weight and (weight is FULL or i in shared) and not _opens(tool, one):
                # A limit or a result weighs the same wherever it stands.
                weight = _verdict(tool, one, before, shared=i in shared, common=i in common, bare=bare)
        else:
            weight = _verdict(tool, one, before, shared=i in shared, common=i in common, bare=bare)
        if weight.reason is Reason.SHARED and i not in copied:
            weight = weight._replace(reason=Reason.ALIKE)
        yield one, weight
        if weight.reason in ORDERS:
            continue
        if first:
            before.about.update(one.sentence.stems - GENERIC)
            opened = True
        before.texts.add((one.stand.under, plain(one.sentence.text)))
        before.words.update(one.sentence.words)
        before.of_parameters.setdefault(one.stand.under, set()).update(one.sentence.words)
        before.stems.update(one.sentence.stems)


def _first(tool: Readable, found: Observed, about: set[str]) -> SentenceWeight:
    """Weigh the first sentence: siblings may begin alike, but it must say more than the tool's name."""
    adds = _adds_to_name(tool, found)
    if not adds and found.log_odds[STEERING] < CERTAIN:
        return SentenceWeight(0.0, Reason.HEADING if found.stand.heading and not found.says else Reason.NAME)
    order = order_in(found, about)
    if order is not None and not states_purpose(tool, found):
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
    itself = pattern(_ABOUT_ITSELF).match(found.sentence.text[:_CARRIER].lower()) is not None
    if itself:
        stems = without_forms(stems - CARRYING, tool.name_words)
    telling = stems - GENERIC
    if telling and all(len(stem) > 3 for stem in telling):  # `createCronJob`: "Creates a cronjob"
        glued = "".join(tool.name_words)
        telling = without_forms({stem for stem in telling if stem not in glued}, tool.name_words)
    if telling and len(tool.name_words) > 1:  # after `delete`, "Deletes a task in Acme Tasks" does say something
        telling = telling - tool.server.key_stems
    more = any(kind not in (_OF_ITSELF if itself else _ORDER) for kind in found.says)
    return bool(telling) or more or len(stems - VOID) >= TELLING


def _verdict(
    tool: Readable, found: Observed, before: SaidBefore, *, shared: bool, common: bool, bare: frozenset[str]
) -> SentenceWeight:
    reason = _reason(tool, found, before, shared=shared, bare=bare)
    if reason is not None:
        return SentenceWeight(0.0, reason)
    if any(m.name in bare and m.name in found.explains and _is_explicit(m) for m in found.mentions):
        return FULL
    if not has_new_words(found, before):
        return STALE
    if shared:
        if not common or _BINDING.isdisjoint(found.says):
            return LEAST
        if is_short(found):
            return PARTLY
        return HARDLY if has_news(tool, found, before) else LEAST
    if not found.says and not _explicit(found):
        return UNNAMED if found.explains else UNCLEAR
    if has_news(tool, found, before):
        return FULL
    if found.says and takes_up_subject(tool, found):
        return HALF if _PLAIN_KINDS.issuperset(found.says) else FULL
    if found.says and is_concrete(tool, found):
        return HALF if _BINDING.isdisjoint(found.says) and not asks(found) else FULL
    return LITTLE


def _reason(
    tool: Readable, found: Observed, before: SaidBefore, *, shared: bool, bare: frozenset[str]
) -> Reason | None:
    says = found.says
    if (order := order_in(found, before.about)) is not None:
        return order
    if found.stand.heading and not _tells(found):
        return Reason.HEADING
    if (found.stand.under, plain(found.sentence.text)) in before.texts or not (says or has_new_words(found, before)):
        return Reason.REPEATED
    if says and _RESTATING.issuperset(says) and not found.explains and _restates(tool, found):
        return Reason.NAME
    if shared and bare.isdisjoint(found.explains) and SLIGHT_KINDS.isdisjoint(says):
        return Reason.SHARED
    if found.explains and bare.isdisjoint(found.explains) and in_schema(tool, found):
        return Reason.SCHEMA
    if not tool.parameters and pattern(_NO_PARAMETERS).match(found.sentence.text[:_CARRIER].lower()):
        return Reason.SCHEMA
    if says or found.explains or names_its_own(found, before.about):
        return None
    other = tells_of_a_function(found.sentence.text, tool.tool.name or "", tool.server.by_name)
    return Reason.FUNCTION if other else Reason.FILLER


def _restates(tool: Readable, found: Observed) -> bool:
    """Return True if a sentence has only words of the names of the tool and its parameters, or forms of them."""
    if not _BINDING_WORDS.isdisjoint(found.sentence.words):
        return False
    stems = found.sentence.stems - tool.name_stems - CARRYING - _OF_COURSE
    if stems:
        stems -= stems_of([word for p in tool.parameters for word in words_of(p.name)])
    return not stems or not without_forms(stems, tool.name_words)


def _tells(found: Observed) -> bool:
    """Return True if a heading is a statement that a list follows: a long one, or one that is certainly of some kind.

    Readers of 29 such headings of four to eight words agreed in 28.
    """
    size = len(found.sentence.words)
    if size > SHORT or not found.says:
        return bool(found.says)
    return size >= TITLE and max(found.log_odds[kind] for kind in map(PLACES, found.says)) > PLAIN


def _explicit(found: Observed) -> bool:
    """Return True if a sentence explains a parameter, and does not only use a word that is the name of one."""
    return any(
        _is_explicit(mention) or "under" in mention.features
        for mention in found.mentions
        if mention.name in found.explains
    )


def _is_explicit(mention: Mention) -> bool:
    return not _EXPLICIT.isdisjoint(mention.features) and "under" not in mention.features
