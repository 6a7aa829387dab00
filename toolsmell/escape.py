r"""Shows text from a server so that nothing in it stays hidden, and nothing in it acts.

Control characters move a terminal's cursor, bidirectional marks reorder a line, tag and zero-width
characters carry text that only a model reads, and a lone surrogate breaks the encoder. `visible` writes each
of them as the escape that JSON and Python know (`\x1b`, `\u202e`, `\U000e0041`).
"""

from collections.abc import Iterator

from toolsmell.text import pattern

# Controls, soft hyphen, joiners and fillers, zero-width and bidirectional marks, separators, invisible
# operators, surrogates, variation selectors, annotation marks, non-characters, musical controls, tags.
_INVISIBLE = (
    r"\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
_JOINERS = "\u200c\u200d"
_EMOJI_STYLES = "\ufe0e\ufe0f"
_KEYCAPS = frozenset("#*0123456789")


def visible(text: str, keep: str = "") -> str:
    r"""Return `text` with every character that is not seen written as an escape, except those in `keep`.

    A joiner inside a word of a script that needs it, and the style mark of an emoji, are left alone.
    """
    if text.isascii() and text.isprintable():
        return text
    return pattern(f"[{_INVISIBLE}]").sub(
        lambda m: m[0] if m[0] in keep or _proper(text, m.start()) else _escaped(m[0]), text
    )


def shown(text: str, limit: int = 60) -> str:
    """Return about `limit` characters of `text` for a message: `visible`, plain white space as one space."""
    if len(text) <= limit and text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    cut = pattern(r"[ \t\r\n]+").sub(" ", text[: 4 * limit]).strip(" ")
    return visible(cut if len(cut) <= limit else cut[: limit - 1] + "…")


def inert(line: str) -> str:
    r"""Return a line of output that no CI runner takes for a command.

    GitHub's runner takes `::name::` at the start of a line, behind any white space, and `##[name]` anywhere
    in it; Azure's takes `##vso[`. Colours may stand in front.
    """
    if "##" in line:
        line = pattern(r"##(?=[A-Za-z]*\[)").sub(r"\\x23#", line)
    if "::" in line and pattern(r"(?:\s|\x1b\[\d+m)*::").match(line):
        line = line.replace("::", r"\x3a:", 1)
    return line


def invisible_runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of characters that are not seen, other than line breaks and tabs."""
    if text.isascii() and text.isprintable():
        return
    for run in pattern(f"[{_INVISIBLE}]+").finditer(text):
        start, end = run.span()
        if end - start == 1 and (run[0] in _SHORT or _proper(text, start)):
            continue
        if not all(c in _SHORT or _proper(text, start + i) for i, c in enumerate(run[0])):
            yield start, end


def as_read(text: str) -> str:
    """Return `text` as a model reads it: tags as the letters that they stand for, and without invisible characters."""
    if text.isascii():
        return text
    spelled = "".join(chr(ord(c) - _TAGS) if "\U000e0020" <= c <= "\U000e007e" else c for c in text)
    kept, at = [], 0
    for start, end in invisible_runs(spelled):
        kept.append(spelled[at:start])
        at = end
    return "".join((*kept, spelled[at:]))


_TAGS = 0xE0000
"""How far the invisible tag characters are from the ASCII characters that they stand for."""


def _proper(text: str, at: int) -> bool:
    """Return True if this invisible character is legitimate here."""
    before = text[at - 1] if at else ""
    if text[at] in _EMOJI_STYLES:
        return before in _KEYCAPS if before.isascii() else _seen(before)
    if text[at] in _JOINERS:
        after = text[at + 1 : at + 2]
        return _joined(before) and _joined(after)
    return False


def _joined(c: str) -> bool:
    return not c.isascii() and (c in _EMOJI_STYLES or _seen(c))


def _seen(c: str) -> bool:
    return not pattern(f"[{_INVISIBLE}]").match(c)


def _escaped(c: str) -> str:
    code = ord(c)
    if c in _SHORT:
        return _SHORT[c]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
