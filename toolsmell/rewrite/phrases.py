"""Small phrases that several templates are made of."""

from collections.abc import Sequence

from toolsmell.text import pattern


def listed(items: Sequence[str], last: str = "and") -> str:
    """Return `a, b and c`."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}"


def named(name: str, description: str | None) -> str:
    """Return a field as code, with what its schema says of it where that is short and plain."""
    words = (description or "").strip().rstrip(".")
    plain = 1 < len(words.split()) <= 8 and words.isprintable() and not pattern(r"[`()\"';:.]").search(words)
    if not plain or words[:2].isupper():
        return f"`{name}`"
    return f"`{name}` ({words[:1].lower()}{words[1:]})"
