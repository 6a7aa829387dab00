"""Strings that look like credentials, and placeholders for them."""

from typing import Final

from toolsmell.safety.secrets import issued
from toolsmell.text import identifier_words, pattern

_NAMES: Final = frozenset(
    "authorization credential credentials passphrase passwd password passwords pat secret secrets token".split()
)
_ENDINGS: Final = ("password", "passwd", "secret", "token", "apikey", "accesskey", "secretkey", "privatekey")
"""Endings of names that are written as one word: `PGPASSWORD`, `authtoken`."""
_KEYS: Final = frozenset(
    "access account admin api auth encryption license master private secret service shared signing".split()
)
"""Words that make a `key` a secret one: `API_KEY`, but not `SORT_KEY`."""
_ABOUT: Final = frozenset(
    "arn at count counts description enabled endpoint expires expiry field file hint in label length limit name path "
    "policy required rotation ttl type types uri url usage".split()
)
"""Last words of names that say something about a secret and do not carry it: `token_type`, `SECRET_NAME`."""
_PAGING: Final = frozenset("continuation cursor max min next page pagination previous start sync".split())
"""Words of tokens that open nothing: `next_page_token`, `max_token`."""

_PLACEHOLDER = (
    r"(?i)your|example|placeholder|change[_-]?me|replace|insert|todo|dummy|sample|redacted|secret[_-]?here"
    r"|x{3,}|\.{3}|…|\*{3}|<|>|\{|\$[A-Z_]"
)
_MIN_SECRET = 8
_PREFIXES = ("bearer ", "basic ", "token ")


def known_token(text: str) -> str | None:
    """Return the kind of credential in `text`, by a form that little else has, or None."""
    return next((kind.name for kind, match in issued(text) if not is_filler(match[0])), None)


def names_secret(name: str) -> bool:
    """Return True if a variable, header or flag of this name usually carries a credential."""
    words = identifier_words(name[:200])
    if not words or words[-1] in _ABOUT or not _PAGING.isdisjoint(words):
        return False
    return (
        not _NAMES.isdisjoint(words) or words[-1].endswith(_ENDINGS) or ("key" in words and not _KEYS.isdisjoint(words))
    )


def is_placeholder(text: str) -> bool:
    """Return True if `text` only marks the place of a value that somebody puts in, or is too short for one."""
    bare = text.strip()
    for prefix in _PREFIXES:
        if bare.lower().startswith(prefix):
            bare = bare[len(prefix) :].strip()
    return len(bare) < _MIN_SECRET or " " in bare or is_filler(bare)


def is_filler(text: str) -> bool:
    """Return True if `text` contains a word that marks a place, or has fewer than four different characters."""
    return len(set(text)) < _MIN_SECRET // 2 or bool(pattern(_PLACEHOLDER).search(text[:4000]))
