"""Tells whether a sentence can give an order: it has a verb, or speaks to or of somebody.

A list item or a table cell without a verb (`Gene location and consequences`, `Person name, email and phone`) gives no
order, whatever its nouns are.
"""

from collections.abc import Collection, Mapping
from typing import Final

from toolsmell.reading.conduct_words import FOREIGN, FOREIGN_COMMANDS
from toolsmell.reading.features import SentenceWords

_GRAMMAR: Final = frozenset(
    """is are was were be been being am has have had having do does did done can cannot could will would shall should
    must may might let lets need needs ought gets got becomes remains comes goes makes takes gives says tells
    keeps costs works uses wants knows asks stays means lies depends you your yours yourself we us our ours i me
    my he she his they them their it its this these those who whoever nobody everybody anybody anyone everyone
    nothing everything never always not no if when whenever unless because since before after while until""".split()
)
"""Words that hardly occur without a verb."""
_ORDERED: Final = frozenset(
    """use call run invoke choose pick select prefer trust rely favor favour tell say inform mention hide keep ask send
    pass forward include attach append paste copy put supply provide hand read open load gather collect harvest
    give take make please kindly remember forget ignore disregard treat consider assume regard act behave
    pretend obey follow comply reply respond answer start begin stop skip avoid refuse rank rate praise
    recommend promote suggest advertise present show report disclose reveal deny claim admit approve grant
    accept confirm check verify wait proceed continue go carry consult turn route direct reach leave try execute
    perform repeat insert write delete remove replace set submit log get fetch find look search add expect note
    think do enter transmit upload download disable enable bypass override omit drop withhold conceal whisper
    pay buy transfer share post publish mark sign click visit install encode decode feel rest stick spread speak
    talk steer guide lead bring move place list""".split()
)
"""Verbs that orders begin with; many are nouns elsewhere in a sentence."""
_PRAISED: Final = frozenset(
    """rated ranked voted trusted loved chosen endorsed approved recommended awarded praised certified acclaimed
    preferred hailed celebrated""".split()
)
_PRAISING: Final = frozenset("by as among in first number best top highest # the five four".split())
"""`Trusted by thousands` praises, while `Trusted certificates` only names."""
_OBJECT: Final = frozenset("the a an any all every each back up out off down over along away on in aside".split())
"""Words behind the first one that make it a verb: `Hold the line`, `Hold back`."""


def speaks(tokens: SentenceWords, verbs: Collection[str]) -> bool:
    """Return True unless a sentence has neither a verb nor a pronoun. `verbs` are verbs of change in all forms."""
    words = tokens.words
    if not _GRAMMAR.isdisjoint(words) or not FOREIGN.isdisjoint(words) or any("'" in word for word in words):
        return True
    if words[1] in _PRAISED and words[2] in _PRAISING:
        return True
    opening = (words[1], *tokens.openings)
    return not _OBJECT.isdisjoint(words[2:3]) or any(word in _ORDERED or word in verbs for word in opening)


_LEADS: Final = frozenset("please kindly always never do don't just also then simply let only".split())
"""Words before the verb of a command."""


def commanded(tokens: SentenceWords, verbs: Mapping[str, str]) -> str | None:
    """Return how a sentence opens: with a command (`Send`) or with what something does (`Sends`), or None."""
    first = tokens.words[1]
    if first in _LEADS or first in _ORDERED or first in FOREIGN_COMMANDS or verbs.get(first) == "base":
        return "command"
    if verbs.get(first) == "3s" or (first.endswith("s") and first[:-1] in _ORDERED):
        return "statement"
    return None
