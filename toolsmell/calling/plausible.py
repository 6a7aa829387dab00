"""Plausible values of parameters that take a text: the example in the description, or one of a well-known format.

A parameter is often a plain `string` to the schema, and a time zone or a date to its name or description. All addresses
are of names and networks that are kept free for documentation (RFC 2606, RFC 5737).
"""

from re import IGNORECASE
from typing import Final, NamedTuple

from toolsmell.text import identifier_words, pattern

FORMATS: Final = {
    "date-time": "2024-05-01T12:00:00Z",
    "date": "2024-05-01",
    "time": "12:00:00Z",
    "email": "someone@example.com",
    "uri": "https://example.com/",
    "uuid": "123e4567-e89b-42d3-a456-426614174000",
    "ipv4": "192.0.2.1",
    "hostname": "example.com",
}
"""A value of each format that JSON Schema names."""

_GIVEN: Final = (
    r"(?:\be\.g\.|\bfor (?:example|instance)\b|\bsuch as\b|\bexamples?\b)[,:]?\s?"
    r"(?:'([^'\n]{1,100})'|\"([^\"\n]{1,100})\"|`([^`\n]{1,100})`)"
)
_ADDED: Final = frozenset(("code", "name", "string", "value"))
"""Words that may follow the format in a name: `code` in `country_code`."""


class _Format(NamedTuple):
    value: str
    names: str = ""
    """Names of parameters that have this format."""
    told: str = ""
    """Pattern that matches descriptions of such a parameter."""


_KNOWN: Final = (
    # A form that is spelt out, then the name, then a standard; a `time` may be of any of them.
    _Format(FORMATS["date-time"], "datetime timestamp", r"\byyyy-mm-dd ?.?t?.?hh"),
    _Format(FORMATS["date"], "date", r"\byyyy-mm-dd\b|\biso.?8601 date\b(?!.?time)"),
    _Format("12:00:00", "", r"\bhh:mm:ss\b"),
    _Format("12:00", "", r"\bhh:mm\b"),
    _Format("Europe/London", "timezone tz"),
    _Format(FORMATS["uri"], "url uri link website"),
    _Format(FORMATS["email"], "email"),
    _Format(FORMATS["uuid"], "uuid guid"),
    _Format("EUR", "currency"),
    _Format("GB", "country"),
    _Format("en", "language lang locale"),
    _Format(FORMATS["ipv4"], "ip ipv4"),
    _Format(FORMATS["hostname"], "hostname domain"),
    _Format(FORMATS["date-time"], "", r"\biso.?8601\b|\brfc.?3339\b"),
    _Format("Europe/London", "", r"\biana (?:time|tz)"),
    _Format(FORMATS["uri"], "", r"^(?:(?:the|a|an|full|absolute) )*ur[li]\b"),
    _Format(FORMATS["email"], "", r"\be-?mail address\b"),
    _Format(FORMATS["uuid"], "", r"\buuid\b"),
    _Format("EUR", "", r"\biso.?4217\b"),
    _Format("GB", "", r"\biso.?3166\b"),
    _Format("en", "", r"\biso.?639\b|\bbcp.?47\b"),
    _Format("12:00", "time"),
)


def plausible(name: str, description: str) -> str | None:
    """Return a value for a parameter by its name and description, or None."""
    if given := pattern(_GIVEN, IGNORECASE).search(description):
        return next(group for group in given.groups() if group is not None)
    names = _names(name)
    for known in _KNOWN:
        if not names.isdisjoint(known.names.split()):
            return known.value
        if known.told and pattern(known.told, IGNORECASE).search(description):
            return known.value
    return None


def _names(name: str) -> frozenset[str]:
    """Return the possible formats from the end of a name: `timezone` and `zone` from `source_time_zone_name`."""
    words = identifier_words(name[:200])
    while len(words) > 1 and words[-1] in _ADDED:
        words = words[:-1]
    return frozenset(
        word for end in (words[-1:], words[-2:]) for word in ("".join(end), "".join(end).removesuffix("s"))
    )
