"""Tells plain statements of what a tool does or takes from orders that share their words.

`Breaks any links of the node.` and `When false, the value is a ratio.` have words that orders have as well (`any`,
`break`, `false`), and the weights of words alone take them for orders. Their construction speaks to nobody: it is no
order unless one of its words concerns the agent's conduct.
"""

from collections.abc import Set as AbstractSet
from typing import Final

from toolsmell.reading.conduct import TRAIT
from toolsmell.reading.features import LONGEST
from toolsmell.reading.observed import Observed
from toolsmell.text import pattern

_ACT: Final = (
    r"^\W*(?:optionally |also |automatically |it )?(?:accepts|adds|allows|applies|breaks|builds|changes|checks|clears|"
    r"closes|collapses|compares|computes|contains|converts|counts|creates|defines|deletes|describes|detaches|disables|"
    r"draws|emits|enables|expands|exports|fills|filters|finds|fires|flushes|formats|groups|handles|holds|imports|includes|"
    r"inserts|joins|keeps|leaves|lists|loads|locks|logs|maps|marks|merges|moves|opens|parses|preserves|prints|reads|rebuilds|"
    r"refreshes|removes|renames|renders|replaces|resets|resizes|resolves|restarts|returns|rotates|runs|saves|searches|sets|"
    r"shifts|shows|sorts|splits|starts|stops|stores|supports|takes|trims|updates|uses|validates|wraps|writes) "
    r"(?:any|an?|the|all|its|their|both|every|each|only|optional|one|two|several) "
)
_VALUE: Final = r"^\W*(?:when|if) (?:true|false|null|none|set|unset|omitted|empty|enabled|disabled)\b"
_SORTS: Final = (
    r"^\W*(?:common|typical|possible|supported|available|known|allowed|valid|accepted|permitted) [\w -]{2,40}: "
)
_NEEDLESS: Final = r"^\W*no [\w -]{2,60} (?:is |are )?(?:needed|required|necessary)\b"
_REST: Final = (
    r"^\W*(?:nothing else|everything else|no other \w{2,20}|all other \w{2,20}|the rest) .{0,60}?"
    r"(?:is|are|will be|stays?|remains?|gets?) (?:not |left )?"
    r"(?:changed|touched|affected|kept|modified|unchanged|untouched|unaffected|preserved|the same|alone|ignored)\b"
)
_CHOICE: Final = r"^\W*(?:pick|choose|select) (?:between|from|one of|among) (?:these|the following|the|[`'\"])"
_BOUND: Final = r"^\W*(?:confined|restricted|limited|scoped|capped) (?:by|to|within|at) "
_USEFUL: Final = r"^\W*(?:useful|handy|helpful) (?:for|when|if|to) "
_UNSEEN: Final = r"^\W*[\w '-]{2,60} (?:may|might) not be (?:visible|available|complete|included|shown|listed|exact)\b"
_WILL: Final = (
    r"^\W*(?:this|it|the) (?:tool |operation |call |command |action |endpoint )?"
    r"(?:will|is going to|is \W{0,2}not\W{0,2} going to|won['’]t) (?:not |only |also |permanently )?"
    r"(?:add|append|change|clear|create|delete|drop|erase|fail|merge|move|overwrite|remove|rename|replace|reset|restart"
    r"|return|run|stop|trigger|update|wait|write)\b"
)
_RESTORED: Final = (
    r"^\W*if needed,? (?:you can|it can be) (?:restored?|undon?e?|reverted?|recovere?d?|renamed?|changed?)\b"
)
_DELAY: Final = r"^\W*there (?:may|might|can|will) be (?:an? |some )?(?:\w{2,20} )?(?:delay|lag|limit|gap)s?\b"
_UNSUPPORTED: Final = r".{0,120}\b(?:do|does) not (?:currently |yet )?support\b"
_PLAIN: Final[tuple[tuple[str, AbstractSet[str]], ...]] = (
    (_ACT, frozenset()),
    (_VALUE, frozenset(("blame",))),
    (_SORTS, frozenset()),
    (_NEEDLESS, frozenset()),
    (_REST, frozenset(("others",))),
    (_CHOICE, frozenset(("choose", "command"))),
    (_BOUND, frozenset(("others",))),
    (_USEFUL, frozenset(("agent",))),
    (_UNSEEN, frozenset(("hide", "blame"))),
    (_WILL, frozenset(("money", "obey"))),
    (_RESTORED, frozenset(("to-you",))),
    (_DELAY, frozenset()),
    (_UNSUPPORTED, frozenset(("vendor",))),
)
"""Constructions, each with the traits of conduct that it may have."""
_OF_CONDUCT: Final = frozenset(
    """agent blame choose command consent duty hide lift mind money obey others please promise rank rules secret stake
    talk to-you trust user vendor""".split()
)
"""Traits of sentences that speak to an agent, or of its conduct."""


def is_plain(found: Observed) -> bool:
    """Return True if the construction of a sentence speaks to nobody, and no word of it concerns an agent's conduct."""
    lower = found.sentence.text[:LONGEST].lower()
    for source, allowed in _PLAIN:
        if pattern(source).match(lower):
            traits = {feature.removeprefix(TRAIT) for feature in found.seen.features if feature.startswith(TRAIT)}
            return traits.isdisjoint(_OF_CONDUCT - allowed)
    return False
