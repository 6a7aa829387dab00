"""Finds sentences that state trouble of a trial (login, quota, network) as behaviour of the tool.

A proposal may repeat such trouble if the tool's own text or schema mentions it, but not if only a failed call does.
"""

from collections.abc import Iterator, Mapping
from re import IGNORECASE

from toolsmell.text import pattern

KINDS: Mapping[str, str] = {
    "subscription": (
        r"\b(?:un)?subscri(?:be[rd]?s?|bing|ption[- ]?based|ptions?)\b|\bpremium\b|\bpaid (?:plan|tier|account)"
        r"|\bfree (?:plan|tier)"
        r"|\bupgrade (?:your|the) (?:plan|account)|\bpayment required\b"
    ),
    "login": (
        r"\bapi[- ]?keys?\b|\bunauthori[sz]ed\b|\bforbidden\b|\bauthenticat\w+|\binvalid (?:credentials|token)"
        r"|\baccess (?:denied|token)"
        r"|\b(?:not logged|logs?|sign(?:ed)?)[- ]in\b|\blog-?in\b|\b40[13]\b|\bcredentials?\b|\bpermission denied\b"
    ),
    "quota": (
        r"\bquotas?\b|\brate[- ]?limit\w*|\btoo many requests\b"
        r"|\b429\b|\bthrottl\w+|\brequests? per (?:second|minute|hour|day|month)\b"
    ),
    "network": (
        r"\btime[sd]?[- ]?out\w*|\bconnect(?:ion|ivity)\b (?:\w+ )?(?:issues?|problems?|errors?|refused|reset"
        r"|timeouts?|failed|failures?)"
        r"|\b(?:network|connectivity) (?:issues?|problems?|errors?|connectivity|failures?)|\bunreachable\b"
        r"|\bdns\b|\bproxy errors?\b|\bretry mechanisms?\b"
        r"|\bECONN\w+|\bsocket (?:error|hang)"
    ),
    "server": (
        r"\bnot working\b|\binternal (?:server )?errors?\b|\b50[0234]\b|\b(?:temporarily|currently"
        r"|presently) (?:unavailable|down|not available|not working)"
        r"|\bservice (?:is )?unavailable\b|\bunavailab(?:le|ility)\b|\bbad gateway\b|\bserver (?:is )?down\b"
        r"|\boffline\b|\bunder maintenance\b|\bno longer (?:available|works)\b"
        r"|\bcontact (?:the )?(?:\w+ )?(?:provider|support|administrator|developer)"
    ),
    "machine": (
        r"\bno module named\b|\bmodule imports?\b|\bimport(?:ing)? (?:errors?|issues?|failures?)"
        r"|\bModuleNotFound\w*|\btraceback\b|\bstack trace\b"
        r"|\bcommand not found\b|\bENOENT\b|\bexit (?:code|status) \d|\bsandbox(?:ed)?\b|\btest (?:environment"
        r"|account|harness)\b|\bKeyError\b|\bAttributeError\b"
    ),
}
"""Kind of trouble, with the pattern of its words."""


def kinds_of(text: str) -> frozenset[str]:
    """Return the kinds of trouble that a text speaks of."""
    return frozenset(kind for kind, source in KINDS.items() if pattern(source, IGNORECASE).search(text))


def trouble(sentence: str, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the kinds of trouble in `sentence` that are not `known` of the tool, each with the words that state it."""
    for kind, source in KINDS.items():
        found = None if kind in known else pattern(source, IGNORECASE).search(sentence)
        if found:
            yield kind, found[0]
