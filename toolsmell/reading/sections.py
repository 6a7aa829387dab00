"""Places sentences in a description: under a heading, in a list, after the label of a parameter."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from toolsmell.text import Span, begin_of_line, has_any, pattern, words_of

_LABEL: Final = (
    r"(?:[:@](?:param|arg)\s+(?:\w+\s+)?)?"
    r"[`*\"']{0,3}([A-Za-z_$][\w.$-]{0,80})[`*\"']{0,3}\s{0,12}(?:\([^()\n]{0,120}\))?[`*]{0,3}\s?(?:[:：=]|\s?[-–—]\s)"
)
_AFTER_LABEL: Final = ":-=：–—"
"""A text without one of these has no label."""
_MARGIN: Final = 80
"""Characters before a sentence in which the mark of a list item is looked for."""
_LONGEST_HEADING: Final = 120
_MARKS: Final = " \t-*•+0123456789.()#>"


class Stand(NamedTuple):
    """The place of one sentence."""

    section: str | None
    """What the heading above announces; `other` for a heading of unknown words, None without a heading."""
    bullet: bool
    opens_line: bool
    heading: bool
    label: str | None
    """The name that the sentence begins with and explains: `name: ...`."""
    under: str | None
    """The parameter whose explanation the sentence continues or is."""


def stands(
    raw: str, spans: Sequence[Span], parameters: Collection[str], headings: Mapping[str, str]
) -> Iterator[Stand]:
    """Yield where each sentence stands. `headings` are words of headings with the section that they announce."""
    section: str | None = None
    under: str | None = None
    end, after_heading = 0, False
    for span in spans:
        line = raw[begin_of_line(raw, span.start, _MARGIN) : span.start]
        opens = not line.strip(_MARKS)
        bullet = opens and bool(line.strip())
        gap = raw.count("\n", end, span.start) > 1
        if gap and not bullet and not after_heading and not (opens and line[:1].isspace()):
            section = None
        heading = is_heading(span.text)
        label = None if heading else _label(span.text)
        if label in parameters:
            under = label
        elif opens or (label is not None and label.lower() in headings):
            under = None  # Behind the text about a parameter, `Example: ...` is about the tool.
        yield Stand(section, bullet, opens, heading, label, under)
        if heading:
            # A sentence that leads from the heading of an example to a list is a part of the example.
            leads = section == "example" and after_heading and span.text[0] not in "#*"
            section = section if leads else announced(span.text, headings)
        end, after_heading = span.end, heading


def _label(text: str) -> str | None:
    """Return the name that a text begins with and explains."""
    match = pattern(_LABEL).match(text) if has_any(text, _AFTER_LABEL) else None
    return match[1] if match else None


def is_heading(text: str) -> bool:
    """Return True if a sentence only announces what follows."""
    if len(text) > _LONGEST_HEADING:
        return False
    bare = text.rstrip("*_ ")
    return bare.endswith((":", "：")) or text[0] == "#" or (text.startswith("**") and text.endswith("**"))


def announced(heading: str, headings: Mapping[str, str]) -> str:
    """Return the section that a heading announces."""
    found = [headings[word] for word in words_of(heading) if word in headings]
    return next((section for section in found if section != "note"), found[0] if found else "other")
