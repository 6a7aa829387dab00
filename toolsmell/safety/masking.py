"""Replaces secrets in a text by words for what they are. Nothing else in the project masks text.

Data (results, errors, output of servers) is masked without mercy: a value is masked if its name says that it is secret,
and so are mail addresses. Prose (descriptions) is read by people and models, so that only what looks random is masked.
"""

from collections.abc import Iterable, Iterator
from re import Match
from typing import Final

from toolsmell.model import Json
from toolsmell.safety.credentials import is_filler, names_secret
from toolsmell.safety.secrets import hints, likely, marks
from toolsmell.text import identifier_words, pattern

SECRET: Final = "[a secret]"  # noqa: S105 - the word that replaces one
ADDRESS: Final = "[a mail address]"
PRIVATE: Final = "[private]"

_SHORTEST_PRIVATE: Final = 4
_CARRIERS: Final = frozenset(
    "auth bearer cookie cookies csrf jwt otp pass passcode pin pw pwd session sessionid sid signature xsrf".split()
)
"""Last words of names whose value is secret, besides those that `names_secret` knows."""
_NAME: Final = r"(?<![A-Za-z0-9_])([A-Za-z_][\w.-]{1,80})(?:\\{0,127}[\"'])?\s{0,4}(?:=>|:=|[:=])\s{0,4}"
_VALUE: Final = (
    r"(\\{0,127}[\"'])((?:(?!(?<!\\)\1)[\s\S]){0,4000})|(\[[^\]\n]{0,4000}\]?)"
    r"|([^\s,;\"'<>&}\])\\]{1,4000})( {1,2}[a-z]+\b(?!\s?[:=]))?"
)
"""A value in quotes at any depth of escapes (2), in a list (3) or bare (4), perhaps with a word after it (5)."""
_HEADER: Final = r"(?i)\b((?:proxy-)?authorization|(?:set-)?cookie2?)(\s{0,4}[:=]\s{0,4})([^\n\r\"'<>]{1,4000})"
_COOKIE: Final = r"(?i)\b((?:set-)?cookie2?\s{0,4}[:=]\s{0,4}[\w-]{1,60}=)([^;\s\"'<>]{1,4000})"
_SCHEME: Final = r"(?i)\b(Bearer|Basic|Digest|Negotiate|ApiKey|Token)(\s{1,4})([A-Za-z0-9+/=._~:-]{8,4000})"
_PAIR: Final = (
    r"(\\{0,127}\"(?:name|key)\\{0,127}\"\s{0,4}:\s{0,4}\\{0,127}\")([\w.-]{2,80})"
    r"(\\{0,127}\"\s{0,4},\s{0,40}\\{0,127}\"value\\{0,127}\"\s{0,4}:\s{0,4}\\{0,127}\")([^\"\\]{1,4000})"
)
_ELEMENT: Final = r"<([\w:.-]{2,80})>([^<]{1,4000})(?=</)"
_FLAG: Final = r"(?<![\w-])--?([A-Za-z][\w-]{1,60})( {1,4})([^\s-]\S{0,4000})"
_LOGIN: Final = r"(?i)(\blogin\s{1,4}\S{1,100}\s{1,4}password\s{1,4}|(?:\s-u|--user)[ =]{1,4}[^\s:]{1,100}:)(\S{1,400})"
_CRUMB: Final = (
    r"(?i)\b([\w-]{1,60}=)([^;\s\"\\]{8,4000})(?=;\s{0,4}(?:path|expires|max-age|domain|httponly|secure|samesite)\b)"
)
_MAIL: Final = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,100}\b"
_SAYS: Final = frozenset(
    """a an and any are array as at bool boolean but by cannot could does empty expected false field for from got has
    have if in int integer into invalid is it malformed may missing must no none not null number object of on one only
    optional or please received required should str string than that the this to too true type undefined unexpected
    unknown value was with your""".split()
)
"""First words of what a message says about a parameter: `token: must be a string`."""


def masked(text: str, private: Iterable[str] = (), *, prose: bool = False) -> str:
    """Return `text` without secrets and without the texts in `private`, each replaced by a word for what it is.

    With `prose`, placeholders, mail addresses and values without a digit stay: it is for texts that people wrote.
    """
    text = _without(text, private)
    for kind in likely(text):
        text = pattern(kind.shape).sub(lambda m, word=f"[{kind.name}]": _unless_filler(m, word, prose), text)  # type: ignore[misc]
    if hints(text):
        text = _without_assigned(text, prose)
    return text if prose else pattern(_MAIL).sub(ADDRESS, text)


def masked_json(value: Json, private: Iterable[str] = (), *, prose: bool = False) -> Json:
    """Return a copy of a JSON value in which each string, keys too, is masked; values below a secret name are too."""
    return _masked_json(value, tuple(private), prose, secret=False, depth=0)


def holds_mask(text: str) -> bool:
    """Return True if something in `text` was masked."""
    return "[" in text and any(mark in text for mark in (SECRET, ADDRESS, PRIVATE, *marks()))


def _masked_json(value: Json, private: tuple[str, ...], prose: bool, *, secret: bool, depth: int) -> Json:
    if isinstance(value, str):
        hidden = secret and _worth(value, prose)
        return SECRET if hidden else masked(value, private, prose=prose)
    if depth > 200:
        return "[nested too deep]"
    if isinstance(value, dict):
        return {
            masked(key, private, prose=prose): _masked_json(
                item, private, prose, secret=isinstance(item, str) and _carries(key), depth=depth + 1
            )
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_masked_json(item, private, prose, secret=secret, depth=depth + 1) for item in value]
    return value


def _without(text: str, private: Iterable[str]) -> str:
    own = {form for value in private if len(value) >= _SHORTEST_PRIVATE for form in _forms(value)}
    for form in sorted(own, key=len, reverse=True):
        text = text.replace(form, PRIVATE)
    return text


def _forms(value: str) -> Iterator[str]:
    """Yield the forms in which a value is usually sent: plain, in JSON, in an address, in base64."""
    from base64 import b64encode
    from json import dumps
    from urllib.parse import quote, quote_plus

    yield value
    yield from (dumps(value)[1:-1], dumps(value, ensure_ascii=False)[1:-1], dumps(dumps(value)[1:-1])[1:-1])
    raw = value.encode("utf-8", "surrogatepass")
    yield from (quote(raw), quote(raw, safe=""), quote_plus(raw))
    if len(raw) >= 6:
        yield b64encode(raw).decode().rstrip("=")


def _unless_filler(match: Match[str], word: str, prose: bool) -> str:
    return match[0] if prose and is_filler(match[0]) else word


def _without_assigned(text: str, prose: bool) -> str:
    """Return `text` without the values whose name, header, flag or scheme says that they are secret."""

    def kept(match: Match[str], name: str, value: str, *before: str) -> str:
        hidden = _carries(name) and _worth(value, prose)
        return "".join((*before, SECRET)) if hidden else match[0]

    if prose:
        text = pattern(_COOKIE).sub(lambda m: f"{m[1]}{SECRET}" if _worth(m[2], prose) else m[0], text)
    else:
        text = pattern(_HEADER).sub(lambda m: f"{m[1]}{m[2]}{SECRET}", text)
        text = pattern(_CRUMB).sub(rf"\g<1>{SECRET}", text)
    text = pattern(_LOGIN).sub(lambda m: f"{m[1]}{SECRET}" if _worth(m[2], prose) else m[0], text)
    text = pattern(_SCHEME).sub(lambda m: f"{m[1]}{m[2]}{SECRET}" if _random(m[3]) else m[0], text)
    text = "".join(_pieces(text, prose))
    text = pattern(_PAIR).sub(lambda m: kept(m, m[2], m[4], m[1], m[2], m[3]), text)
    text = pattern(_ELEMENT).sub(lambda m: kept(m, m[1], m[2], f"<{m[1]}>"), text)
    return pattern(_FLAG).sub(lambda m: kept(m, m[1], m[3], m[0][: -len(m[3])]), text)


def _pieces(text: str, prose: bool) -> Iterator[str]:
    """Yield `text` in pieces, with a word for each value whose name says that it is secret."""
    at = 0
    for name in pattern(_NAME).finditer(text):
        if name.start() < at or not _carries(name[1]):
            continue
        value = pattern(_VALUE).match(text, name.end())
        hidden = value and _hidden(value, prose)
        if value and hidden:
            yield text[at : name.end()] + hidden
            at = value.end(4) if value[4] else value.end()
    yield text[at:]


def _hidden(value: Match[str], prose: bool) -> str | None:
    """Return the text to write for the value of a secret, or None to leave it."""
    quote, quoted, listed, bare, word = value.groups()
    if listed:
        return f'["{SECRET}"]' if _worth(listed[1:-1], prose) else None
    if bare and word and bare.isalpha() and bare.islower():
        return None
    found = bare or quoted or ""
    return f"{quote or ''}{SECRET}" if _worth(found, prose, bare=bool(bare)) else None


def _carries(name: str) -> bool:
    if names_secret(name):
        return True
    words = identifier_words(name[:200])
    return bool(words) and words[-1] in _CARRIERS


def _worth(value: str, prose: bool, *, bare: bool = False) -> bool:
    """Return True if a value with a secret name is to be masked."""
    if SECRET in value or value in marks():
        return False
    if prose:
        return len(value) >= 6 and _random(value) and not is_filler(value)
    # A working directory is called PWD.
    return not (bare and (value.lower().rstrip(".:") in _SAYS or value.startswith(("/", "[")))) and value.strip() != ""


def _random(value: str) -> bool:
    """Return True if a value is no plain word: it has a digit, or a capital after its first letter among small ones."""
    return any(c.isdigit() for c in value) or (any(c.isupper() for c in value[1:]) and value != value.upper())
