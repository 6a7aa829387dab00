"""Finds names of tools and parameters in text files: in quotes, in a definition, in another convention's spelling."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from toolsmell.sources.code.text_files import Page, TextSpan
from toolsmell.text import identifier_words, pattern

_BEFORE = 200
"""Code points before a name that tell what it is."""
_QUOTES: Final = "\"'`"

_DEFINED = (
    r"(?<![\w-])(?:def|func|fn|fun|function|class|async|public|static|(?:name|id)\s*[:=])\s+(?:\([^)\n]*\)\s*)?"
    r"(?:[\w<>,.?\[\] ]{1,60}\s)?$"
)
"""What is before a name that is defined: a keyword, perhaps a receiver or the type of the result."""

_VALUE = (
    r"(?m:(?:^|[(\[{,=:>])[ \t]*(?:\n[ \t]*)?"
    r"|^[ \t]*(?!(?:case|when|if|elif|elsif|unless|return|in)\b)\w+[ \t]+)\Z"
)
"""What is before a quoted name that is a value or a key, and not a word in a sentence."""


_NAMED = r"(?i)\b(?:name|id|tool|method)[\"']?[ \t]*(?:[:=]|=>)[ \t]*\Z"


_LISTED_AFTER = r"[\"'`]\s*,\s*[\"'`][\w.-]+[\"'`]"
_LISTED_BEFORE = r"[\"'`][\w.-]+[\"'`]\s*,\s*\Z"
"""What is after and before a name in a list of names."""
_DECORATION = r"[ \t]*(?:@|#\[|\[)"


def quoted(page: Page, name: str) -> Iterator[TextSpan]:
    """Yield the places where a name is in quotes, as a value or a key."""
    for start in _occurrences(page.text, name):
        end = start + len(name)
        mark = page.text[start - 1 : start]
        if not mark or mark not in _QUOTES or page.text[end : end + 1] != mark or page.text[end : end + 2] == "``":
            continue
        before = _lines_before(page.text, start - 1)
        if pattern(_VALUE).search(before) and not pattern(_COMMENTED).match(before.rpartition("\n")[2]):
            yield TextSpan(page, start, end)


def is_mentioned(hit: TextSpan) -> bool:
    """Return True if a quoted name is one of a list of names, or is looked up: `if active("moor_ship")`."""
    text = hit.page.text
    before = _lines_before(text, hit.start - 1)
    if pattern(_LISTED_AFTER).match(text, hit.end) or pattern(_LISTED_BEFORE).search(before):
        return True
    is_decorated = pattern(_DECORATION).match(before.rpartition("\n")[2])
    return not is_decorated and bool(pattern(_USED_AFTER).match(text, hit.end))


def is_registered(hit: TextSpan) -> bool:
    """Return True if the lines before a definition decorate it as a tool."""
    lines = _lines_before(hit.page.text, hit.page.start_of(max(1, hit.line - 1))).split("\n")
    lines += hit.page.text[hit.page.start_of(max(1, hit.line - 1)) : hit.start].split("\n")
    return any(pattern(_DECORATION).match(line) and "tool" in line.lower() for line in lines)


def is_comment(hit: TextSpan) -> bool:
    """Return True if a place is in a comment that has a mark on its line."""
    return bool(pattern(_COMMENTED).match(_lines_before(hit.page.text, hit.start).rpartition("\n")[2]))


def keyed(page: Page, name: str) -> Iterator[TextSpan]:
    """Yield the places where a name of several words is a key without quotes, as in `moor_ship: "Moors ..."`."""
    if len(identifier_words(name)) < 2:
        return
    for match in re.finditer(
        rf"(?m)^[ \t]*(?P<name>{re.escape(name)})[ \t]*(?::|=>)(?=[ \t]*(?:$|[\"'`{{\[(|>]))", page.text
    ):
        yield TextSpan(page, *match.span("name"))


def is_called(hit: TextSpan) -> bool:
    """Return True if a quoted name is the value of a key such as `name`."""
    return bool(pattern(_NAMED).search(_lines_before(hit.page.text, hit.start - 1)))


def defined(page: Page, name: str) -> Iterator[TextSpan]:
    """Yield the places where a name is defined."""
    for start in _occurrences(page.text, name):
        after = page.text[start + len(name) : start + len(name) + 1]
        if (after.isalnum() or after in ("_", "-")) and after:
            continue
        if page.text[start - 1 : start].isspace() and pattern(_DEFINED).search(_lines_before(page.text, start)):
            yield TextSpan(page, start, start + len(name))


def defined_in_another_spelling(page: Page, name: str) -> Iterator[TextSpan]:
    """Yield the places where a name is defined in the spelling of another convention: `ListShipsAsync`."""
    words = [re.escape(word) for word in identifier_words(name)]
    if len(words) < 2:
        return
    expression = rf"(?i)(?<!\w){'[_-]?'.join(words)}(?:Async|Tool|Command)?(?=\s*[(<{{:]|\s+(?:extends|implements)\b)"
    for match in re.finditer(expression, page.text):
        if pattern(_DEFINED).search(_lines_before(page.text, match.start())):
            yield TextSpan(page, *match.span())


def _occurrences(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + len(name))


def _lines_before(text: str, end: int) -> str:
    """Return what is before a place on its line and on the line before, without the start of a long line."""
    start = max(0, end - _BEFORE)
    line = text.rfind("\n", start, end)
    line_before = text.rfind("\n", start, line) if line > 0 else -1
    if line_before >= 0:
        return text[line_before + 1 : end]
    return text[start:end] if start == 0 else "…" + text[start:end]


_USED_AFTER = r"[\"'`]\s*[\])]"
"""What follows a quoted name that is looked up, as in `arguments["ship"]` and `get("ship")`."""
_USED_VALUE = r"\s*=\s*(?:\w+\.)*(?:args|arguments|params|parameters|input|request|req|options|opts)\b"
"""What follows a name that gets the value of a parameter, as in `ship=args.ship`."""
_COMMENTED = r"[ \t]*(?:/[/*]|#(?!\[)|\*[ \t])"


def declares_parameter(page: Page, name: str, start: int, end: int) -> Iterator[TextSpan]:
    """Yield the places in a span of a file that declare a parameter; those in quotes first, then other spellings."""
    for expression in _of_parameter(name):
        for hit in page.matches(expression, start, end):
            if not _is_use(page.text, hit):
                yield hit


def _is_use(text: str, hit: TextSpan) -> bool:
    """Return True if a name is not declared, but its value is taken or it is spoken of."""
    before = text[hit.start - 1 : hit.start]
    if before and before in _QUOTES and text[hit.end : hit.end + 1] == before:
        return bool(pattern(_USED_AFTER).match(text, hit.end))
    line = _lines_before(text, hit.start).rpartition("\n")[2]
    spoken = line.count('"') % 2 == 1 or bool(pattern(_COMMENTED).match(line))
    return spoken or before in (".", "$", *_QUOTES) or bool(pattern(_USED_VALUE).match(text, hit.end))


def _of_parameter(name: str) -> Sequence[re.Pattern[str]]:
    """Return expressions for the name of a parameter: in quotes, in a declaration, in another spelling."""
    plain = re.escape(name)
    words = [re.escape(word) for word in identifier_words(name)]
    spelled = rf"(?i:{'[_-]?'.join(words)})" if len(words) > 1 else plain
    declared = r"(?=\s*[:=?]|\s+[*\[\]\w.]+[ ,`\n)])"
    typed = r"(?:string|int|long|bool|boolean|double|float|decimal|object|[A-Z][\w<>.]*(?:\[\])?)\??[ \t]+"
    forms = [
        rf"[\"'`](?P<name>{plain})[\"'`]",
        rf"(?<![\w-])(?P<name>{plain}){declared}",
        rf"(?<!\w){typed}(?P<name>{spelled})(?=\s*[,;){{])",
    ]
    if len(words) > 1:
        forms.append(rf"(?<![A-Za-z0-9])(?P<name>{spelled}){declared}")
    return [re.compile(form) for form in forms]
