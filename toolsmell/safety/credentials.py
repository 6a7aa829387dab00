"""Strings that look like credentials, and strings that only hold their place."""

from toolsmell.text import identifier_words, pattern

# A literal that is looked for first, what it is, and the shape of the whole. Bounded, to stay linear.
_TOKENS: tuple[tuple[str, str, str], ...] = (
    ("sk-", "an API key", r"\bsk-[A-Za-z0-9_-]{20,}"),
    ("gh", "a GitHub token", r"\bgh[oprsu]_[A-Za-z0-9]{30,}"),
    ("github_pat_", "a GitHub token", r"\bgithub_pat_[A-Za-z0-9_]{22,}"),
    ("glpat-", "a GitLab token", r"\bglpat-[A-Za-z0-9_-]{20,}"),
    ("xox", "a Slack token", r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
    ("AKIA", "an AWS access key", r"\bAKIA[0-9A-Z]{16}\b"),
    ("ASIA", "an AWS access key", r"\bASIA[0-9A-Z]{16}\b"),
    ("hooks.slack.com", "a Slack webhook", r"\bhooks\.slack\.com/services/T\w{8,12}/B\w{8,12}/\w{20,30}\b"),
    ("SG.", "a SendGrid key", r"\bSG\.[\w-]{22}\.[\w-]{43}\b"),
    ("shpat_", "a Shopify token", r"\bshpat_[0-9a-f]{32}\b"),
    ("AIza", "a Google API key", r"\bAIza[0-9A-Za-z_-]{35}"),
    ("npm_", "an npm token", r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("pypi-", "a PyPI token", r"\bpypi-[A-Za-z0-9_-]{50,}"),
    ("hf_", "a Hugging Face token", r"\bhf_[A-Za-z0-9]{30,}"),
    ("_live_", "a Stripe key", r"\b[rs]k_live_[0-9A-Za-z]{20,}"),
    ("eyJ", "a JSON web token", r"\beyJ[A-Za-z0-9_-]{10,500}\.eyJ[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*)?"),
    ("PRIVATE KEY-----", "a private key", r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----"),
    ("://", "a password in a URL", r"://[^/\s:@]{0,200}:[^/\s@{}$<>*]{3,200}@"),
)

_NAMES = frozenset(
    (
        "authorization",
        "credential",
        "credentials",
        "passphrase",
        "passwd",
        "password",
        "pat",
        "secret",
        "token",
    )
)
_KEYS = frozenset(("access", "api", "auth", "private", "secret", "service", "signing"))
"""What makes a `key` a secret one: `API_KEY`, but not `SORT_KEY`."""

_PLACEHOLDER = (
    r"(?i)your|example|placeholder|change[_-]?me|replace|insert|todo|dummy|sample|redacted|secret[_-]?here"
    r"|x{3,}|\.{3}|…|\*{3}|<|>|\{|\$[A-Z_]"
)
_MIN_SECRET = 8
_PREFIXES = ("bearer ", "basic ", "token ")


def known_token(text: str) -> str | None:
    """Say what kind of credential stands in `text`, by a shape that little else has; None if none does."""
    for literal, kind, shape in _TOKENS:
        if literal in text and (match := pattern(shape).search(text)) and not _held(match.group()):
            return kind
    return None


def masked(text: str) -> str:
    """Return `text` with every credential in it replaced by a word for what it is."""
    keys = "PRIVATE KEY-----" in text
    for literal, kind, shape in _TOKENS:
        if literal in text:
            text = _masked(text, shape, f"[{kind}]")
    return _without_private_keys(text) if keys else text


def names_secret(name: str) -> bool:
    """Say whether a variable, header or flag of this name usually carries a credential."""
    words = identifier_words(name)
    return not _NAMES.isdisjoint(words) or "apikey" in words or ("key" in words and not _KEYS.isdisjoint(words))


def is_placeholder(text: str) -> bool:
    """Say whether `text` only holds the place of a value that somebody puts in, or is too short for one."""
    bare = text.strip()
    for prefix in _PREFIXES:
        if bare.lower().startswith(prefix):
            bare = bare[len(prefix) :].strip()
    return len(bare) < _MIN_SECRET or " " in bare or _held(bare)


def _masked(text: str, shape: str, word: str) -> str:
    return pattern(shape).sub(lambda match: match[0] if _held(match[0]) else word, text)


def _without_private_keys(text: str) -> str:
    """Return `text` without the bodies of private keys; `masked` has replaced their first lines."""
    pieces, at = [], 0
    begin = text.find("[a private key]")
    while begin >= 0:
        pieces.append(text[at:begin] + "[a private key]")
        end = text.find("PRIVATE KEY-----", begin)
        at = len(text) if end < 0 else end + len("PRIVATE KEY-----")
        begin = text.find("[a private key]", at)
    return "".join((*pieces, text[at:]))


def _held(text: str) -> bool:
    return len(set(text)) < _MIN_SECRET // 2 or bool(pattern(_PLACEHOLDER).search(text))
